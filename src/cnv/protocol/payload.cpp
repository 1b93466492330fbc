#include "cnv/protocol/payload.hpp"

#include <cstring>

#include "cnv/base/numbers.hpp"
#include "cnv/protocol/utf8.hpp"
#include "cnv/protocol/wire_layout.hpp"

namespace cnv::protocol {
namespace {

// Walks the table's tokens: every entry is [dtype, [extents], outer axis, offset, length].
class TableReader {
 public:
  TableReader(std::span<const Token> tokens, std::span<const std::byte> data, const std::shared_ptr<const void>& owner)
      : tokens_(tokens), data_(data), owner_(owner) {}

  bool read(std::size_t count, std::vector<Array>& arrays) {
    if (!list(count)) return fail("is not a list of " + plain_text(count) + " entries");
    arrays.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
      if (!read_entry(arrays)) return problem = "array " + plain_text(i) + " " + problem, false;
    if (end_ != data_.size())
      return fail("does not account for all " + plain_text(data_.size()) + " bytes of the arrays");
    return true;
  }

  std::string problem;

 private:
  bool fail(std::string text) { return problem = std::move(text), false; }
  bool list(std::size_t count) {
    if (at_ >= tokens_.size() || tokens_[at_].kind != Token::Kind::list || tokens_[at_].size != count) return false;
    ++at_;
    return true;
  }
  bool integer(std::int64_t& out) {
    if (at_ >= tokens_.size() || tokens_[at_].kind != Token::Kind::integer) return false;
    out = tokens_[at_++].integer;
    return true;
  }

  bool read_shape(Shape& shape) {
    if (at_ >= tokens_.size() || tokens_[at_].kind != Token::Kind::list) return fail("has no shape");
    const std::size_t rank = tokens_[at_++].size;
    if (rank > limits::max_rank)
      return fail("has " + plain_text(rank) + " dimensions, more than " + plain_text(limits::max_rank));
    shape.resize(rank);
    std::int64_t elements = 1;
    for (auto& extent : shape) {
      if (!integer(extent) || extent < 0) return fail("has an extent that is not a number from 0");
      if (extent > 0 && (__builtin_mul_overflow(elements, extent, &elements) || elements > limits::max_elements))
        return fail("is too large");
    }
    return true;
  }

  bool read_entry(std::vector<Array>& arrays) {
    std::int64_t dtype = 0, outer_axis = 0, offset = 0, length = 0;
    Shape shape;
    if (!list(5) || !integer(dtype)) return fail("is not an entry of five");
    if (dtype < 0 || dtype > static_cast<std::int64_t>(DType::string))
      return fail("has unknown dtype " + plain_text(dtype));
    if (!read_shape(shape)) return false;
    if (!integer(outer_axis) || !integer(offset) || !integer(length)) return fail("is not an entry of five");
    const auto rank = static_cast<std::int64_t>(shape.size());
    if (outer_axis < 0 || (outer_axis > 0 && outer_axis >= rank))
      return fail("has outer axis " + plain_text(outer_axis) + " at rank " + plain_text(rank));
    // The one possible place: so no two arrays overlap, and texts cannot be made to be copied many times.
    if (offset < 0 || static_cast<std::size_t>(offset) != (arrays.empty() ? 0 : aligned(end_)))
      return fail("does not start where the one before ends");
    const auto start = static_cast<std::size_t>(offset);
    if (length < 0 || start > data_.size() || static_cast<std::size_t>(length) > data_.size() - start)
      return fail("reaches beyond the message");
    end_ = start + static_cast<std::size_t>(length);
    const auto bytes = data_.subspan(start, static_cast<std::size_t>(length));
    if (static_cast<DType>(dtype) == DType::string)
      return outer_axis == 0 ? read_strings(bytes, std::move(shape), arrays) : fail("is text that is not row-major");
    return read_numbers(bytes, static_cast<DType>(dtype), std::move(shape), static_cast<int>(outer_axis), arrays);
  }

  bool read_numbers(std::span<const std::byte> bytes, DType dtype, Shape shape, int outer_axis,
                    std::vector<Array>& arrays) {
    if (bytes.size() != static_cast<std::size_t>(element_count(shape)) * item_size(dtype))
      return fail("of shape " + shape_text(shape) + " and type " + std::string(dtype_name(dtype)) + " has " +
                  plain_text(bytes.size()) + " bytes");
    if (dtype == DType::boolean)
      for (const auto byte : bytes)
        if (byte > std::byte{1}) return fail("of type bool holds a byte that is neither 0 nor 1");
    arrays.push_back(Array::wrap(dtype, std::move(shape), {owner_, bytes.data()}, outer_axis));
    return true;
  }

  bool read_strings(std::span<const std::byte> bytes, Shape shape, std::vector<Array>& arrays) {
    const auto count = static_cast<std::size_t>(element_count(shape));
    if (bytes.size() / sizeof(std::uint64_t) < count + 1)
      return fail("of " + plain_text(count) + " texts has only " + plain_text(bytes.size()) + " bytes");
    auto data = std::make_shared<StringData>();
    data->offsets.resize(count + 1);
    const std::size_t offset_bytes = (count + 1) * sizeof(std::uint64_t);
    std::memcpy(data->offsets.data(), bytes.data(), offset_bytes);
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()) + offset_bytes,
                                bytes.size() - offset_bytes);
    if (data->offsets.front() != 0 || data->offsets.back() != text.size())
      return fail("has offsets that do not span its text");
    if (!is_valid_utf8(text)) return fail("holds text that is not valid UTF-8");
    for (std::size_t i = 0; i < count; ++i) {
      const auto from = data->offsets[i], to = data->offsets[i + 1];
      if (from > to || to > text.size()) return fail("has offsets that are not in order");
      if (from < text.size() && (static_cast<unsigned char>(text[from]) & 0xC0u) == 0x80u)
        return fail("has an offset inside a character");
    }
    data->bytes = text;
    arrays.push_back(Array::strings(std::move(data), std::move(shape)));
    return true;
  }

  std::span<const Token> tokens_;
  std::span<const std::byte> data_;
  const std::shared_ptr<const void>& owner_;
  std::size_t at_ = 0, end_ = 0;
};

}  // namespace

Result<Payload> read_payload(std::span<const std::byte> bytes, const std::shared_ptr<const void>& owner) {
  Prelude prelude;
  if (reinterpret_cast<std::uintptr_t>(bytes.data()) % limits::alignment != 0)
    return Error{"the bytes do not start at a multiple of 64"};
  if (bytes.size() < sizeof prelude) return Error{"it ends early"};
  std::memcpy(&prelude, bytes.data(), sizeof prelude);
  const std::size_t header = std::size_t{prelude.message_bytes} + prelude.table_bytes;
  if (header > limits::max_header_bytes)
    return Error{"its header of " + plain_text(header) + " bytes is longer than 1 MiB"};
  if (prelude.array_count > limits::max_arrays)
    return Error{"it has more than " + plain_text(limits::max_arrays) + " arrays"};
  if (prelude.reserved != 0) return Error{"the reserved bytes are not 0"};
  const std::size_t data_start = aligned(sizeof prelude + header);
  if (bytes.size() < data_start) return Error{"it ends early"};

  Payload payload;
  std::string problem;
  payload.tape.reserve(64 + header / 16);
  if (!read_tape(bytes.subspan(sizeof prelude, prelude.message_bytes), payload.tape, problem)) return Error{problem};
  const std::size_t table_start = payload.tape.size();
  if (!read_tape(bytes.subspan(sizeof prelude + prelude.message_bytes, prelude.table_bytes), payload.tape, problem))
    return Error{"in the table of arrays: " + problem};
  TableReader table(std::span(payload.tape).subspan(table_start), bytes.subspan(data_start), owner);
  if (!table.read(prelude.array_count, payload.arrays))
    return Error{table.problem.starts_with("array ") ? table.problem : "the table of arrays " + table.problem};
  payload.tape.resize(table_start);
  return payload;
}

}  // namespace cnv::protocol
