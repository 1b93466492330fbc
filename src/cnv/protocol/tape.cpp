#include "cnv/protocol/tape.hpp"

#include <limits>
#include <msgpack/null_visitor.hpp>
#include <msgpack/parse.hpp>
#include <msgpack/unpack.hpp>

#include "cnv/base/numbers.hpp"
#include "cnv/protocol/utf8.hpp"

namespace cnv::protocol {
namespace {

// Called by msgpack's parser. The limits are checked here and not by msgpack::unpack_limit, because unpacking to
// objects reserves memory for claimed counts before their items are read.
class TapeVisitor : public msgpack::null_visitor {
 public:
  TapeVisitor(std::vector<Token>& tape, std::string& problem) : tape_(tape), problem_(problem) {}

  bool visit_nil() { return add(Token::Kind::null); }
  bool visit_boolean(bool v) { return add(Token::Kind::boolean) && (tape_.back().boolean = v, true); }
  bool visit_positive_integer(std::uint64_t v) {
    if (v > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
      return fail("an integer is larger than 63 bits");
    return visit_negative_integer(static_cast<std::int64_t>(v));
  }
  bool visit_negative_integer(std::int64_t v) { return add(Token::Kind::integer) && (tape_.back().integer = v, true); }
  bool visit_float32(float v) { return visit_float64(static_cast<double>(v)); }
  bool visit_float64(double v) { return add(Token::Kind::number) && (tape_.back().number = v, true); }
  bool visit_str(const char* v, std::uint32_t size) {
    if (!is_valid_utf8({v, size})) return fail("a text is not valid UTF-8");
    return add_bytes(Token::Kind::text, v, size);
  }
  bool visit_bin(const char*, std::uint32_t) { return fail("it holds a byte string, which the format does not use"); }
  bool visit_ext(const char* v, std::uint32_t size) {
    if (size == 0) return fail("it holds an extension without a type");
    if (!add_bytes(Token::Kind::ext, v + 1, size - 1)) return false;
    tape_.back().ext_type = static_cast<std::int8_t>(*v);
    return true;
  }
  bool start_array(std::uint32_t count) { return open(Token::Kind::list, count); }
  bool end_array() { return close(); }
  bool start_map(std::uint32_t count) { return open(Token::Kind::dict, count); }
  bool end_map() { return close(); }
  void parse_error(std::size_t, std::size_t) { fail("it is not MessagePack"); }
  void insufficient_bytes(std::size_t, std::size_t) { fail("it ends early"); }

 private:
  bool fail(std::string_view text) {
    if (problem_.empty()) problem_ = text;
    return false;
  }
  bool add(Token::Kind kind) {
    if (tape_.size() == limits::max_values)
      return fail("it has more than " + plain_text(limits::max_values) + " values");
    tape_.emplace_back().kind = kind;
    return true;
  }
  bool add_bytes(Token::Kind kind, const char* bytes, std::uint32_t size) {
    if (!add(kind)) return false;
    tape_.back().size = size;
    tape_.back().bytes = bytes;
    return true;
  }
  bool open(Token::Kind kind, std::uint32_t count) {
    if (depth_ == limits::max_depth)
      return fail("lists and dicts are nested more than " + plain_text(limits::max_depth) + " deep");
    if (!add(kind)) return false;
    tape_.back().size = count;
    open_[depth_++] = tape_.size() - 1;
    return true;
  }
  bool close() {
    tape_[open_[--depth_]].end = static_cast<std::uint32_t>(tape_.size());
    return true;
  }

  std::vector<Token>& tape_;
  std::string& problem_;
  std::size_t open_[limits::max_depth]{};
  std::size_t depth_ = 0;
};

}  // namespace

bool read_tape(std::span<const std::byte> bytes, std::vector<Token>& tape, std::string& problem) {
  TapeVisitor visitor(tape, problem);
  std::size_t used = 0;
  const bool whole = msgpack::parse(reinterpret_cast<const char*>(bytes.data()), bytes.size(), used, visitor);
  if (!problem.empty()) return false;
  if (!whole || used != bytes.size()) return problem = "its header has more bytes than one item", false;
  return true;
}

}  // namespace cnv::protocol
