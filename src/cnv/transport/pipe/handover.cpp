#include "cnv/transport/pipe/handover.hpp"

#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "cnv/base/numbers.hpp"

namespace cnv::transport {
namespace {

constexpr char started_word = 'S', connection_word = 'C', dismissed_word = 'D';

struct Control {
  alignas(cmsghdr) char bytes[CMSG_SPACE(sizeof(int))] = {};
};

bool say(int control, char word, int descriptor = -1) {
  Control room;
  iovec text{&word, 1};
  msghdr message{};
  message.msg_iov = &text;
  message.msg_iovlen = 1;
  if (descriptor >= 0) {
    message.msg_control = room.bytes;
    message.msg_controllen = sizeof room.bytes;
    cmsghdr* part = CMSG_FIRSTHDR(&message);
    part->cmsg_level = SOL_SOCKET;
    part->cmsg_type = SCM_RIGHTS;
    part->cmsg_len = CMSG_LEN(sizeof descriptor);
    ::memcpy(CMSG_DATA(part), &descriptor, sizeof descriptor);
  }
  ssize_t sent = 0;
  while ((sent = ::sendmsg(control, &message, MSG_NOSIGNAL | MSG_DONTWAIT)) < 0 && errno == EINTR) {}
  return sent == 1;
}

int descriptor_of(msghdr& message) {
  int descriptor = -1;
  for (cmsghdr* part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part))
    if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_RIGHTS &&
        part->cmsg_len >= CMSG_LEN(sizeof descriptor))
      ::memcpy(&descriptor, CMSG_DATA(part), sizeof descriptor);
  return descriptor;
}

}  // namespace

const int again_signal = SIGURG;

SocketPair make_control_pair() { return connected_sockets(SOCK_SEQPACKET); }

int maker_of(int control) {
  ucred maker{};
  socklen_t size = sizeof maker;
  return ::getsockopt(control, SOL_SOCKET, SO_PEERCRED, &maker, &size) == 0 ? maker.pid : 0;
}

ControlMessage take_message(int control) {
  char word = 0;
  Control room;
  iovec text{&word, 1};
  msghdr message{};
  message.msg_iov = &text;
  message.msg_iovlen = 1;
  message.msg_control = room.bytes;
  message.msg_controllen = sizeof room.bytes;
  ssize_t got = 0;
  while ((got = ::recvmsg(control, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR) {}
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return {};
  if (got <= 0) return {Said::gone};
  const int descriptor = descriptor_of(message);
  if (word == connection_word && descriptor >= 0) return {Said::connection, descriptor};
  if (descriptor >= 0) ::close(descriptor);
  if (word == started_word) return {Said::started};
  if (word == dismissed_word) return {Said::dismissed};
  return {};
}

bool tell_started(int control) { return say(control, started_word); }
bool tell_dismissed(int control) { return say(control, dismissed_word); }
void dismiss(const Handed& window) {
  tell_dismissed(window.control);
  ::close(window.control);
}
bool hand_over(int control, int descriptor) { return say(control, connection_word, descriptor); }

std::string handed_text(std::span<const Handed> windows) {
  std::string text;
  for (const auto& window : windows)
    text += (text.empty() ? "" : ";") + plain_text(window.control) + "," + plain_text(window.viewer_pid) + "," +
            window.name;
  return text;
}

std::vector<Handed> handed_from(const std::string& text) {
  std::vector<Handed> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(';', at), text.size());
    const std::string one = text.substr(at, end - at);
    at = end + 1;
    const auto first = one.find(','), second = one.find(',', first == one.npos ? first : first + 1);
    if (second == one.npos) return {};
    const auto control = number_from(one.substr(0, first)),
               pid = number_from(one.substr(first + 1, second - first - 1));
    if (!control || !pid || !(*control > 2) || !(*pid >= 0) || *control > 1e6 || *pid > 1e9) return {};
    out.push_back({static_cast<int>(*control), static_cast<int>(*pid), one.substr(second + 1)});
  }
  return out;
}

}  // namespace cnv::transport
