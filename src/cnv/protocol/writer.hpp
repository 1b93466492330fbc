// Writer: one message on its way to bytes. write() puts values and records (by their tables) into MessagePack and notes
// their arrays; finish() adds the array table and the arrays. Used by codec.cpp, one per message.
#pragma once

#include <deque>
#include <msgpack/pack.hpp>

#include "cnv/core/record.hpp"
#include "cnv/protocol/buffer.hpp"
#include "cnv/protocol/codec.hpp"
#include "cnv/protocol/wire_layout.hpp"

namespace cnv::protocol {

// All members throw ValueError when a limit is passed. Arrays and texts given must live until finish().
class Writer {
 public:
  Writer();

  void null() { count(), packer_.pack_nil(); }
  void boolean(bool v) { count(), v ? packer_.pack_true() : packer_.pack_false(); }
  void integer(std::int64_t v) { count(), packer_.pack_int64(v); }
  // As float64 always: msgpack's own pack_double turns 1.0 into the integer 1 and loses the sign of -0.0.
  void number(double v) {
    count();
    char bytes[9] = {'\xcb'};
    const std::uint64_t bits = __builtin_bswap64(std::bit_cast<std::uint64_t>(v));
    std::memcpy(bytes + 1, &bits, sizeof bits);
    buffer_.write(bytes, sizeof bytes);
  }
  // Text that is not UTF-8 is repaired.
  void text(std::string_view v);
  // A name that is known to be valid.
  void key(std::string_view v) {
    count();
    packer_.pack_str(static_cast<std::uint32_t>(v.size()));
    packer_.pack_str_body(v.data(), static_cast<std::uint32_t>(v.size()));
  }
  // `size` entries must follow (a dict's: key and value each), then end().
  void list(std::size_t size) { open(size), packer_.pack_array(static_cast<std::uint32_t>(size)); }
  void dict(std::size_t size) { open(size), packer_.pack_map(static_cast<std::uint32_t>(size)); }
  void end() { --depth_; }
  void array(const Array& v);
  void binding(const StateBinding& v);
  void reference(const AttributeRef& v);
  void slice(const Slice& v);

  Encoded finish(Kind kind);

 private:
  struct Entry {
    const Array* array;
    std::size_t offset, length;
  };
  struct Shared {
    std::size_t at;  // it follows after this many bytes of the buffer
    Chunk chunk;
  };
  void count() {
    if (++values_ > limits::max_values || buffer_.size() > limits::max_header_bytes) too_long();
  }
  void open(std::size_t size);
  [[noreturn]] static void too_long();
  void ext(Ext type, std::string_view body);
  const Array& checked(const Array& array);
  std::uint32_t index_of(const Array& array);
  void write_table();
  void write_data(const std::shared_ptr<const void>& owner, const void* data, std::size_t size);

  Buffer buffer_;
  msgpack::packer<Buffer> packer_{buffer_};
  std::vector<Entry> arrays_;
  std::deque<Array> repaired_;
  std::vector<Shared> shared_;
  std::size_t values_ = 0, depth_ = 0;
};

// ---- values and records ------------------------------------------------------------------------------------------

template <Record T>
void write(Writer& w, const T& record);
template <class T>
void write(Writer& w, const std::optional<T>& v);
template <class T>
void write(Writer& w, const std::vector<T>& v);
template <class T>
void write(Writer& w, const OrderedMap<T>& v);
template <class T>
void write(Writer& w, const Bindable<T>& v);
template <class A, class B>
void write(Writer& w, const std::pair<A, B>& v);
template <class... Ts>
void write(Writer& w, const std::tuple<Ts...>& v);
template <class... Ts>
void write(Writer& w, const std::variant<Ts...>& v);
void write(Writer& w, const Value& v);
inline void write(Writer& w, bool v) { w.boolean(v); }
inline void write(Writer& w, std::int64_t v) { w.integer(v); }
void write(Writer& w, std::uint64_t v);
inline void write(Writer& w, double v) { w.number(v); }
inline void write(Writer& w, const std::string& v) { w.text(v); }
inline void write(Writer& w, const Array& v) { w.array(v); }
inline void write(Writer& w, const StateBinding& v) { w.binding(v); }
inline void write(Writer& w, const AttributeRef& v) { w.reference(v); }
inline void write(Writer& w, const GeometryPtr& v) {
  if (v) write(w, *v);
  else w.null();
}

template <Record T>
void write_rows(Writer& w, const T& record) {
  for_each_row<T>([&](const auto& r) {
    w.key(r.name);
    write(w, record.*(r.member));
  });
}
template <Record T>
void write(Writer& w, const T& record) {
  w.dict(row_count<T>);
  write_rows(w, record);
  w.end();
}
template <class T>
void write(Writer& w, const std::optional<T>& v) {
  if (v) write(w, *v);
  else w.null();
}
template <class T>
void write(Writer& w, const std::vector<T>& v) {
  w.list(v.size());
  for (const auto& item : v) write(w, item);
  w.end();
}
template <class T>
void write(Writer& w, const OrderedMap<T>& v) {
  w.dict(v.size());
  for (const auto& [key, item] : v) {
    w.text(key);
    write(w, item);
  }
  w.end();
}
template <class T>
void write(Writer& w, const Bindable<T>& v) {
  if (v.is_binding()) w.binding(v.binding());
  else write(w, v.value());
}
template <class A, class B>
void write(Writer& w, const std::pair<A, B>& v) {
  w.list(2);
  write(w, v.first);
  write(w, v.second);
  w.end();
}
template <class... Ts>
void write(Writer& w, const std::tuple<Ts...>& v) {
  w.list(sizeof...(Ts));
  std::apply([&](const auto&... item) { (write(w, item), ...); }, v);
  w.end();
}
// One of several records: its name under "type", first.
template <class... Ts>
void write(Writer& w, const std::variant<Ts...>& v) {
  std::visit(
      [&]<class T>(const T& record) {
        w.dict(row_count<T> + 1);
        w.key("type");
        w.key(Table<T>::name);
        write_rows(w, record);
        w.end();
      },
      v);
}

}  // namespace cnv::protocol
