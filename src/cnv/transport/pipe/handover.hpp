// Handing a window from one process of a program to the next: over a control socket a process that was started anew
// says that it is there, and passes one end of a new connection. The model's side is used by launch, the other by the
// viewer; one thread at each end.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cnv/transport/pipe/pipe_channel.hpp"

namespace cnv::transport {

// A connected pair of sockets that keep messages apart, both closed on exec. Throws std::system_error.
SocketPair make_control_pair();
// The process that made a pair; 0: it cannot be found out.
int maker_of(int control);

// What the model's side says.
enum class Said {
  nothing,     // no message has come
  started,     // a process of the program has begun, and hears when it is asked to begin again
  connection,  // with the descriptor of a new connection
  dismissed,   // the window is not wanted any more
  gone,        // the last process that held the socket has ended
};
struct ControlMessage {
  Said said = Said::nothing;
  int descriptor = -1;  // of a connection: the caller's now
};
// The next message; does not wait.
ControlMessage take_message(int control);

// All return false when nobody is there any more.
bool tell_started(int control);
bool tell_dismissed(int control);
// The descriptor stays open here.
bool hand_over(int control, int descriptor);

// A window as a process leaves it to the next one.
struct Handed {
  int control = -1;
  int viewer_pid = 0;  // 0: the viewer is no child of the program
  std::string name;    // of the viewer, as its host calls it
  friend bool operator==(const Handed&, const Handed&) = default;
};
// tell_dismissed(), and its socket is closed.
void dismiss(const Handed& window);
// The environment variable by which a process learns of the windows that it is left, and its value.
inline constexpr const char* handed_variable = "COMPNEUROVIS_AGAIN";
std::string handed_text(std::span<const Handed> windows);
// What is no such text gives nothing.
std::vector<Handed> handed_from(const std::string& text);

// The signal by which a viewer asks the program to begin again at once, whatever it does: one that others ignore.
extern const int again_signal;

}  // namespace cnv::transport
