#include "cnv/protocol/reader.hpp"

#include <cstring>

#include "cnv/base/numbers.hpp"
#include "cnv/protocol/utf8.hpp"
#include "cnv/protocol/wire_layout.hpp"

namespace cnv::protocol {
namespace {

bool is_ext(const Token& token, Ext type) {
  return token.kind == Token::Kind::ext && token.ext_type == static_cast<std::int8_t>(type);
}

bool read_slice(Reader& r, Slice& out) {
  const std::string_view body = r.peek().text();
  if (body.size() != 25 || static_cast<unsigned char>(body[0]) > 7)
    return r.fail("a slice is not 25 bytes with a flag byte up to 7");
  int i = 0;
  for (auto* part : {&out.start, &out.stop, &out.step}) {
    if (body[0] & (1 << i)) std::memcpy(&part->emplace(), body.data() + 1 + 8 * i, sizeof(std::int64_t));
    ++i;
  }
  r.next();
  return true;
}

bool read_ext(Reader& r, Value& out) {
  const Token& token = r.peek();
  const auto as = [&]<class T>() {
    T item;
    if (!read(r, item)) return false;
    out = Value(std::move(item));
    return true;
  };
  if (is_ext(token, Ext::array)) return as.operator()<Array>();
  if (is_ext(token, Ext::state_binding)) return as.operator()<StateBinding>();
  if (is_ext(token, Ext::attribute_ref)) return as.operator()<AttributeRef>();
  if (!is_ext(token, Ext::slice)) return r.fail("unknown extension " + plain_text(token.ext_type));
  Slice slice;
  if (!read_slice(r, slice)) return false;
  out = Value(slice);
  return true;
}

// Reads the item as a Value and converts as properties are converted everywhere.
template <class T>
bool read_converted(Reader& r, T& out) {
  Value value;
  if (!read(r, value)) return false;
  std::string problem;
  return from_value(value, out, problem) || r.fail(std::move(problem));
}

}  // namespace

bool Reader::not_expected(std::string_view what) {
  const std::size_t here = at_;
  Value got;
  const bool readable = read(*this, got);
  at_ = here;
  return readable ? fail(expected(what, got)) : false;
}

bool is_binding(const Token& token) { return is_ext(token, Ext::state_binding); }

bool read(Reader& r, Value& out) {
  const Token& token = r.peek();
  switch (token.kind) {
    case Token::Kind::null: out = Value(); break;
    case Token::Kind::boolean: out = Value(token.boolean); break;
    case Token::Kind::integer: out = Value(token.integer); break;
    case Token::Kind::number: out = Value(token.number); break;
    case Token::Kind::text: out = Value(token.text()); break;
    case Token::Kind::list: return out = Value(List()), read(r, *out.get_if<List>());
    case Token::Kind::dict: return out = Value(Dict()), read(r, *out.get_if<Dict>());
    case Token::Kind::ext: return read_ext(r, out);
  }
  r.next();
  return true;
}

bool read(Reader& r, bool& out) { return read_converted(r, out); }
bool read(Reader& r, std::int64_t& out) { return read_converted(r, out); }
bool read(Reader& r, std::uint64_t& out) { return read_converted(r, out); }
bool read(Reader& r, double& out) { return read_converted(r, out); }

bool read(Reader& r, std::string& out) {
  if (r.peek().kind != Token::Kind::text) return r.not_expected("text");
  out = r.next().text();
  return true;
}

bool read(Reader& r, Array& out) {
  if (!is_ext(r.peek(), Ext::array)) return r.not_expected("an array");
  const std::string_view body = r.next().text();
  std::uint32_t index = 0;
  if (body.size() != sizeof index) return r.fail("the number of an array is not four bytes");
  std::memcpy(&index, body.data(), sizeof index);
  if (index >= r.arrays().size()) return r.fail("array " + plain_text(index) + " is not in the message");
  out = r.arrays()[index];
  return true;
}

bool read(Reader& r, StateBinding& out) {
  if (!is_binding(r.peek())) return r.not_expected("a StateBinding");
  const std::string_view body = r.next().text();
  if (!is_valid_utf8(body)) return r.fail("the key of a StateBinding is not valid UTF-8");
  out.key = body;
  return true;
}

bool read(Reader& r, AttributeRef& out) {
  if (!is_ext(r.peek(), Ext::attribute_ref)) return r.not_expected("an AttributeRef");
  const std::string_view body = r.next().text();
  std::uint32_t owner = 0;
  if (body.size() < sizeof owner) return r.fail("an AttributeRef ends early");
  std::memcpy(&owner, body.data(), sizeof owner);
  const std::string_view names = body.substr(sizeof owner);
  if (owner > names.size()) return r.fail("an AttributeRef ends early");
  out = {std::string(names.substr(0, owner)), std::string(names.substr(owner))};
  if (!is_valid_utf8(out.owner) || !is_valid_utf8(out.attribute)) return r.fail("an AttributeRef is not valid UTF-8");
  return true;
}

bool read(Reader& r, GeometryPtr& out) {
  auto geometry = std::make_shared<AnyGeometry>();
  if (!read(r, *geometry)) return false;
  out = std::move(geometry);
  return true;
}

std::string_view record_type(const Reader& r) {
  const Token& dict = r.peek();
  if (dict.kind != Token::Kind::dict) return {};
  std::size_t at = r.position() + 1;
  for (std::uint32_t i = 0; i < dict.size; ++i, at = r.after(at + 1)) {
    if (r.token(at).kind != Token::Kind::text) return {};
    if (r.token(at).text() == "type")
      return r.token(at + 1).kind == Token::Kind::text ? r.token(at + 1).text() : std::string_view();
  }
  return {};
}

}  // namespace cnv::protocol
