#include "cnv/protocol/writer.hpp"

#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"
#include "cnv/protocol/utf8.hpp"

namespace cnv::protocol {
namespace {

// Below this size a copy costs less than a chunk of its own.
constexpr std::size_t copied_bytes = 8192;

bool same_memory(const Array& a, const Array& b) {
  if (a.dtype() != b.dtype() || a.outer_axis() != b.outer_axis()) return false;
  const bool same = a.is_string() ? a.string_data() == b.string_data() : a.data() == b.data();
  return same && a.shape() == b.shape();
}

bool valid_strings(const StringData& data) {
  if (!is_valid_utf8(data.bytes)) return false;
  for (const auto offset : data.offsets)
    if (offset < data.bytes.size() && (static_cast<unsigned char>(data.bytes[offset]) & 0xC0u) == 0x80u) return false;
  return true;
}

Array repaired(const Array& array) {
  auto data = std::make_shared<StringData>();
  for (std::int64_t i = 0; i < array.size(); ++i) data->push_back(repaired_utf8(array.string_at(i)));
  return Array::strings(std::move(data), array.shape());
}

}  // namespace

Writer::Writer() { buffer_.write_zeros(sizeof(Prelude)); }

void Writer::too_long() {
  throw ValueError("the message without its arrays is longer than 1 MiB or has more than " +
                   plain_text(limits::max_values) + " values; long data belongs into arrays");
}

void Writer::open(std::size_t size) {
  count();
  if (size > limits::max_values) too_long();
  if (++depth_ > limits::max_depth)
    throw ValueError("lists and dicts are nested more than " + plain_text(limits::max_depth) + " deep");
}

void Writer::text(std::string_view v) {
  if (v.size() > limits::max_header_bytes) too_long();
  if (is_valid_utf8(v)) key(v);
  else key(repaired_utf8(v));
}

void Writer::ext(Ext type, std::string_view body) {
  count();
  if (body.size() > limits::max_header_bytes) too_long();
  packer_.pack_ext(body.size(), static_cast<std::int8_t>(type));
  packer_.pack_ext_body(body.data(), static_cast<std::uint32_t>(body.size()));
}

void Writer::binding(const StateBinding& v) {
  ext(Ext::state_binding, is_valid_utf8(v.key) ? v.key : repaired_utf8(v.key));
}

void Writer::reference(const AttributeRef& v) {
  const std::string owner = repaired_utf8(v.owner);
  const auto length = static_cast<std::uint32_t>(owner.size());
  ext(Ext::attribute_ref,
      std::string(reinterpret_cast<const char*>(&length), sizeof length) + owner + repaired_utf8(v.attribute));
}

void Writer::slice(const Slice& v) {
  char body[25]{};
  int i = 0;
  for (const auto& part : {v.start, v.stop, v.step}) {
    if (part) {
      body[0] = static_cast<char>(body[0] | (1 << i));
      std::memcpy(body + 1 + 8 * i, &*part, sizeof *part);
    }
    ++i;
  }
  ext(Ext::slice, {body, sizeof body});
}

const Array& Writer::checked(const Array& array) {
  if (static_cast<std::size_t>(array.ndim()) > limits::max_rank)
    throw ValueError("an array of shape " + shape_text(array.shape()) + " has more than " +
                     plain_text(limits::max_rank) + " dimensions");
  std::int64_t elements = 1;
  for (const auto extent : array.shape())
    if (extent > 0 && __builtin_mul_overflow(elements, extent, &elements)) elements = limits::max_elements + 1;
  if (elements > limits::max_elements)
    throw ValueError("an array of shape " + shape_text(array.shape()) + " is too large");
  if (!array.is_string() || valid_strings(*array.string_data())) return array;
  return repaired_.emplace_back(repaired(array));
}

std::uint32_t Writer::index_of(const Array& array) {
  for (std::size_t i = 0; i < arrays_.size(); ++i)
    if (same_memory(*arrays_[i].array, array)) return static_cast<std::uint32_t>(i);
  if (arrays_.size() == limits::max_arrays)
    throw ValueError("a message has more than " + plain_text(limits::max_arrays) + " arrays");
  const Array& sent = checked(array);
  const std::size_t length =
      sent.is_string() ? sent.string_data()->offsets.size() * sizeof(std::uint64_t) + sent.string_data()->bytes.size()
                       : sent.nbytes();
  const std::size_t offset = arrays_.empty() ? 0 : aligned(arrays_.back().offset + arrays_.back().length);
  arrays_.push_back({&sent, offset, length});
  return static_cast<std::uint32_t>(arrays_.size() - 1);
}

void Writer::array(const Array& v) {
  const std::uint32_t index = index_of(v);
  ext(Ext::array, {reinterpret_cast<const char*>(&index), sizeof index});
}

// Each entry: dtype, extents, the axis outermost in memory, offset and length in bytes.
void Writer::write_table() {
  list(arrays_.size());
  for (const auto& entry : arrays_) {
    list(5);
    integer(static_cast<std::int64_t>(entry.array->dtype()));
    write(*this, entry.array->shape());
    integer(entry.array->outer_axis());
    integer(static_cast<std::int64_t>(entry.offset));
    integer(static_cast<std::int64_t>(entry.length));
    end();
  }
  end();
}

void Writer::write_data(const std::shared_ptr<const void>& owner, const void* data, std::size_t size) {
  if (size == 0) return;
  if (size < copied_bytes) buffer_.write(static_cast<const char*>(data), size);
  else shared_.push_back({buffer_.size(), {owner, static_cast<const std::byte*>(data), size}});
}

Encoded Writer::finish(Kind kind) {
  Prelude prelude;
  prelude.message_bytes = static_cast<std::uint32_t>(buffer_.size() - sizeof prelude);
  write_table();
  prelude.table_bytes = static_cast<std::uint32_t>(buffer_.size() - sizeof prelude - prelude.message_bytes);
  prelude.array_count = static_cast<std::uint32_t>(arrays_.size());
  if (buffer_.size() > sizeof prelude + limits::max_header_bytes) too_long();
  std::memcpy(buffer_.data(), &prelude, sizeof prelude);
  buffer_.write_zeros(aligned(buffer_.size()) - buffer_.size());

  std::size_t end = 0;
  for (const auto& [array, offset, length] : arrays_) {
    buffer_.write_zeros(offset - end);
    if (array->is_string()) {
      const auto& strings = array->string_data();
      write_data(strings, strings->offsets.data(), strings->offsets.size() * sizeof(std::uint64_t));
      write_data(strings, strings->bytes.data(), strings->bytes.size());
    } else {
      write_data(array->owner(), array->data(), length);
    }
    end = offset + length;
  }

  Encoded encoded{kind, {}};
  encoded.chunks.reserve(2 * shared_.size() + 1);
  const std::size_t bytes = buffer_.size();
  const std::byte* data = buffer_.data();
  const auto owner = buffer_.release();
  std::size_t sent = 0;
  const auto send_until = [&](std::size_t to) {
    if (to > sent) encoded.chunks.push_back({owner, data + sent, to - sent});
    sent = to;
  };
  for (auto& [at, chunk] : shared_) {
    send_until(at);
    encoded.chunks.push_back(std::move(chunk));
  }
  send_until(bytes);
  return encoded;
}

void write(Writer& w, std::uint64_t v) {
  if (v > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
    throw ValueError("the number " + plain_text(v) + " is too large");
  w.integer(static_cast<std::int64_t>(v));
}

void write(Writer& w, const Value& v) {
  std::visit(
      [&]<class T>(const T& item) {
        if constexpr (std::is_same_v<T, std::monostate>) w.null();
        else if constexpr (std::is_same_v<T, Slice>) w.slice(item);
        else write(w, item);
      },
      v.variant());
}

}  // namespace cnv::protocol
