#include "cnv/core/array.hpp"

#include <charconv>
#include <cmath>
#include <limits>
#include <new>

#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"

namespace cnv {
namespace {

std::shared_ptr<void> aligned_memory(std::size_t bytes) {
  constexpr std::align_val_t alignment{64};
  void* memory = ::operator new(bytes ? bytes : 1, alignment);
  return {memory, [](void* p) { ::operator delete(p, alignment); }};
}

// Elements before `axis`, along it, and after it, of a row-major array.
struct Extents {
  std::int64_t outer = 1, middle = 1, inner = 1;
};
Extents split(const Shape& shape, int axis) {
  Extents e;
  for (int i = 0; i < static_cast<int>(shape.size()); ++i)
    (i < axis ? e.outer : i == axis ? e.middle : e.inner) *= shape[static_cast<std::size_t>(i)];
  return e;
}

std::string number_text(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  char buffer[40];
  const double magnitude = std::fabs(value);
  const bool plain = magnitude == 0 || (magnitude >= 1e-4 && magnitude < 1e16);
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value,
                                 plain ? std::chars_format::fixed : std::chars_format::scientific)
                       .ptr;
  std::string text(buffer, end);
  if (plain && text.find('.') == std::string::npos) text += ".0";
  return text;
}
std::string number_text(float value) {
  if (!std::isfinite(value)) return number_text(static_cast<double>(value));
  char buffer[60];
  const float magnitude = std::fabs(value);
  const bool plain = magnitude == 0 || (magnitude >= 1e-4f && magnitude < 1e16f);
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value,
                                 plain ? std::chars_format::fixed : std::chars_format::scientific)
                       .ptr;
  std::string text(buffer, end);
  if (plain && text.find('.') == std::string::npos) text += ".0";
  return text;
}

}  // namespace

std::int64_t element_count(const Shape& shape) {
  std::int64_t n = 1;
  for (const auto extent : shape) n *= extent;
  return n;
}

std::string shape_text(const Shape& shape) {
  std::string text = "(";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i ? ", " : "") + plain_text(shape[i]);
  return text + (shape.size() == 1 ? ",)" : ")");
}

Array Array::strings(std::span<const std::string> values, Shape shape) {
  auto data = std::make_shared<StringData>();
  data->offsets.reserve(values.size() + 1);
  for (const auto& text : values) data->push_back(text);
  return strings(std::move(data), shape_for(values.size(), std::move(shape)));
}

Array Array::strings(std::shared_ptr<const StringData> data, Shape shape) {
  if (element_count(shape) != static_cast<std::int64_t>(data->size()))
    throw ValueError("array of " + plain_text(data->size()) + " strings cannot have shape " + shape_text(shape));
  Array array;
  array.dtype_ = DType::string;
  array.shape_ = std::move(shape);
  array.strings_ = std::move(data);
  return array;
}

Shape Array::shape_for(std::size_t count, Shape shape) {
  const auto elements = static_cast<std::int64_t>(count);
  if (shape.empty()) return {elements};
  if (element_count(shape) != elements)
    throw ValueError("array of " + plain_text(count) + " values cannot have shape " + shape_text(shape));
  return shape;
}

Array Array::scalar(double value) {
  void* memory = nullptr;
  Array array = allocate(DType::f64, {}, &memory);
  std::memcpy(memory, &value, sizeof value);
  return array;
}

Array Array::wrap(DType dtype, Shape shape, std::shared_ptr<const void> data, int outer_axis) {
  Array array;
  array.dtype_ = dtype;
  array.shape_ = std::move(shape);
  array.outer_axis_ = outer_axis;
  array.data_ = std::move(data);
  return array;
}

Array Array::allocate(DType dtype, Shape shape, void** writable, int outer_axis) {
  const auto bytes = static_cast<std::size_t>(element_count(shape)) * item_size(dtype);
  auto memory = aligned_memory(bytes);
  std::memset(memory.get(), 0, bytes);
  *writable = memory.get();
  return wrap(dtype, std::move(shape), std::move(memory), outer_axis);
}

std::int64_t Array::memory_index(std::int64_t i) const {
  if (outer_axis_ == 0) return i;
  const auto e = split(shape_, outer_axis_);
  const auto inner = i % e.inner, middle = i / e.inner % e.middle, outer = i / (e.inner * e.middle);
  return (middle * e.outer + outer) * e.inner + inner;
}

double Array::number_at(std::int64_t i) const {
  if (is_string()) return std::numeric_limits<double>::quiet_NaN();
  const auto at = memory_index(i);
  return visit_dtype(dtype_, [&](auto zero) {
    using T = decltype(zero);
    return static_cast<double>(static_cast<const T*>(data_.get())[at]);
  });
}

std::string Array::text_at(std::int64_t i) const {
  if (is_string()) return std::string(string_at(i));
  const auto at = memory_index(i);
  return visit_dtype(dtype_, [&](auto zero) -> std::string {
    using T = decltype(zero);
    const T value = static_cast<const T*>(data_.get())[at];
    if constexpr (std::is_same_v<T, bool>) return value ? "True" : "False";
    else if constexpr (std::is_floating_point_v<T>) return number_text(value);
    else return plain_text(value);
  });
}

Array Array::with_outer_axis(int axis) const {
  if (axis == outer_axis_ || is_string() || ndim() == 0) return *this;
  if (outer_axis_ != 0 && axis != 0) return row_major().with_outer_axis(axis);
  // Between row-major (outer, middle, inner) and axis-major (middle, outer, inner): the same swap in both directions.
  const bool to_row_major = axis == 0;
  const auto e = split(shape_, to_row_major ? outer_axis_ : axis);
  void* memory = nullptr;
  Array result = allocate(dtype_, shape_, &memory, axis);
  const auto block = static_cast<std::size_t>(e.inner) * item_size(dtype_);
  const auto* from = static_cast<const std::byte*>(data_.get());
  auto* to = static_cast<std::byte*>(memory);
  const auto copy = [&](auto block_size) {
    for (std::int64_t o = 0; o < e.outer; ++o)
      for (std::int64_t m = 0; m < e.middle; ++m) {
        const auto row = static_cast<std::size_t>(o * e.middle + m) * block_size;
        const auto col = static_cast<std::size_t>(m * e.outer + o) * block_size;
        if (to_row_major) std::memcpy(to + row, from + col, block_size);
        else std::memcpy(to + col, from + row, block_size);
      }
  };
  if (block == 4) copy(std::integral_constant<std::size_t, 4>{});
  else if (block == 8) copy(std::integral_constant<std::size_t, 8>{});
  else copy(block);
  return result;
}

Array Array::row_major() const { return with_outer_axis(0); }

Array Array::astype(DType dtype) const {
  if (dtype == dtype_) return *this;
  if (dtype == DType::string) {
    auto data = std::make_shared<StringData>();
    for (std::int64_t i = 0; i < size(); ++i) data->push_back(text_at(i));
    return strings(std::move(data), shape_);
  }
  if (is_string()) throw TypeError("text cannot be converted to " + std::string(dtype_name(dtype)));
  void* memory = nullptr;
  Array result = allocate(dtype, shape_, &memory, outer_axis_);
  visit_dtype(dtype_, [&](auto from_zero) {
    visit_dtype(dtype, [&](auto to_zero) {
      const auto* from = static_cast<const decltype(from_zero)*>(data_.get());
      auto* to = static_cast<decltype(to_zero)*>(memory);
      for (std::int64_t i = 0; i < size(); ++i) to[i] = static_cast<decltype(to_zero)>(from[i]);
    });
  });
  return result;
}

Array Array::reshaped(Shape shape) const {
  if (element_count(shape) != size())
    throw ValueError("array of shape " + shape_text(shape_) + " cannot be reshaped to " + shape_text(shape));
  Array result = row_major();
  result.shape_ = std::move(shape);
  return result;
}

Array Array::take(int axis, std::span<const std::int64_t> indices) const {
  const Array source = row_major();
  const auto e = split(shape_, axis);
  Shape shape = shape_;
  shape[static_cast<std::size_t>(axis)] = static_cast<std::int64_t>(indices.size());
  if (is_string()) {
    auto data = std::make_shared<StringData>();
    for (std::int64_t o = 0; o < e.outer; ++o)
      for (const auto m : indices)
        for (std::int64_t i = 0; i < e.inner; ++i) data->push_back(string_at((o * e.middle + m) * e.inner + i));
    return strings(std::move(data), std::move(shape));
  }
  void* memory = nullptr;
  Array result = allocate(dtype_, std::move(shape), &memory);
  const auto block = static_cast<std::size_t>(e.inner) * item_size(dtype_);
  const auto* from = static_cast<const std::byte*>(source.data());
  auto* to = static_cast<std::byte*>(memory);
  for (std::int64_t o = 0; o < e.outer; ++o)
    for (const auto m : indices) {
      if (block) std::memcpy(to, from + static_cast<std::size_t>(o * e.middle + m) * block, block);
      to += block;
    }
  return result;
}

Array Array::take_one(int axis, std::int64_t index) const {
  Array result = take(axis, std::span(&index, 1));
  result.shape_.erase(result.shape_.begin() + axis);
  return result;
}

bool operator==(const Array& a, const Array& b) {
  if (a.dtype_ != b.dtype_ || a.shape_ != b.shape_) return false;
  if (a.is_string())
    return a.strings_ == b.strings_ ||
           (a.strings_->offsets == b.strings_->offsets && a.strings_->bytes == b.strings_->bytes);
  const Array x = a.row_major(), y = b.row_major();
  if (x.data() == y.data() || x.size() == 0) return true;
  if (std::memcmp(x.data(), y.data(), x.nbytes()) == 0) return true;
  if (!is_float(a.dtype_)) return false;
  for (std::int64_t i = 0; i < x.size(); ++i) {
    const double p = x.number_at(i), q = y.number_at(i);
    if (p != q && !(std::isnan(p) && std::isnan(q))) return false;
  }
  return true;
}

Array concatenate(const Array& a, const Array& b, int axis) {
  const DType dtype = promote(a.dtype(), b.dtype());
  Shape shape = a.shape();
  shape[static_cast<std::size_t>(axis)] += b.extent(axis);
  const auto ea = split(a.shape(), axis), eb = split(b.shape(), axis);
  if (dtype == DType::string) {
    const Array sa = a.astype(dtype), sb = b.astype(dtype);
    auto data = std::make_shared<StringData>();
    for (std::int64_t o = 0; o < ea.outer; ++o) {
      for (std::int64_t i = 0; i < ea.middle * ea.inner; ++i)
        data->push_back(sa.string_at(o * ea.middle * ea.inner + i));
      for (std::int64_t i = 0; i < eb.middle * eb.inner; ++i)
        data->push_back(sb.string_at(o * eb.middle * eb.inner + i));
    }
    return Array::strings(std::move(data), std::move(shape));
  }
  const Array na = a.astype(dtype).row_major(), nb = b.astype(dtype).row_major();
  void* memory = nullptr;
  Array result = Array::allocate(dtype, std::move(shape), &memory);
  auto* to = static_cast<std::byte*>(memory);
  const auto block_a = static_cast<std::size_t>(ea.middle * ea.inner) * item_size(dtype);
  const auto block_b = static_cast<std::size_t>(eb.middle * eb.inner) * item_size(dtype);
  for (std::int64_t o = 0; o < ea.outer; ++o) {
    if (block_a)
      std::memcpy(to, static_cast<const std::byte*>(na.data()) + static_cast<std::size_t>(o) * block_a, block_a);
    to += block_a;
    if (block_b)
      std::memcpy(to, static_cast<const std::byte*>(nb.data()) + static_cast<std::size_t>(o) * block_b, block_b);
    to += block_b;
  }
  return result;
}

}  // namespace cnv
