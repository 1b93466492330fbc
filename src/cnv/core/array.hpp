// Array: an immutable, shared, dense array (numbers or strings); copying it copies a pointer. Used for field values,
// coordinates, geometry and everything that crosses the wire.
#pragma once

#include <cassert>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cnv/core/dtype.hpp"

namespace cnv {

// Extent of each axis; empty for a single value.
using Shape = std::vector<std::int64_t>;

// Number of elements, 1 for rank 0.
std::int64_t element_count(const Shape& shape);
// "(3, 40)".
std::string shape_text(const Shape& shape);

// Strings as they travel: `offsets` has one entry more than there are strings.
struct StringData {
  std::vector<std::uint64_t> offsets{0};  // into `bytes`
  std::string bytes;                      // UTF-8

  // Number of strings.
  std::size_t size() const { return offsets.size() - 1; }
  // String i < size(); valid as long as `bytes` is not changed.
  std::string_view at(std::size_t i) const {
    return std::string_view(bytes).substr(offsets[i], offsets[i + 1] - offsets[i]);
  }
  // Adds one string at the end.
  void push_back(std::string_view text) {
    bytes.append(text);
    offsets.push_back(bytes.size());
  }
};

class Array {
 public:
  // Empty, one-dimensional, float64.
  Array() : shape_{0} {}

  // A copy of `values`; the shape defaults to (values.size()). Throws ValueError when the shape does not match.
  template <class T>
  static Array copy_of(std::span<const T> values, Shape shape = {});
  template <class T>
  static Array copy_of(const std::vector<T>& values, Shape shape = {}) {
    return copy_of(std::span<const T>(values), std::move(shape));
  }
  // The same for text.
  static Array strings(std::span<const std::string> values, Shape shape = {});
  // Text that is shared, not copied. Throws ValueError when the shape does not match.
  static Array strings(std::shared_ptr<const StringData> data, Shape shape);
  // One float64 of rank 0.
  static Array scalar(double value);
  // Shares memory that `data` keeps alive. `outer_axis` is the axis that varies slowest in memory; the others follow
  // in order (0 is row-major).
  static Array wrap(DType dtype, Shape shape, std::shared_ptr<const void> data, int outer_axis = 0);
  // New zeroed memory, and a pointer to fill it before it is shared.
  static Array allocate(DType dtype, Shape shape, void** writable, int outer_axis = 0);

  // Type of the elements.
  DType dtype() const { return dtype_; }
  // Extent of each axis.
  const Shape& shape() const { return shape_; }
  // Number of axes.
  int ndim() const { return static_cast<int>(shape_.size()); }
  // Elements along an axis, 0 ≤ axis < ndim().
  std::int64_t extent(int axis) const { return shape_[static_cast<std::size_t>(axis)]; }
  // Number of elements.
  std::int64_t size() const { return element_count(shape_); }
  // Bytes of all elements; 0 for text.
  std::size_t nbytes() const { return static_cast<std::size_t>(size()) * item_size(dtype_); }
  // The axis that varies slowest in memory; 0: row-major.
  int outer_axis() const { return outer_axis_; }
  // The elements are text.
  bool is_string() const { return dtype_ == DType::string; }

  // Numbers only: memory in the order that outer_axis() says.
  const void* data() const { return data_.get(); }
  // What keeps that memory alive.
  const std::shared_ptr<const void>& owner() const { return data_; }
  // Numbers of exactly this type, in memory order.
  template <class T>
  std::span<const T> as() const {
    assert(dtype_ == DTypeOf<T>::value);
    return {static_cast<const T*>(data_.get()), static_cast<std::size_t>(size())};
  }
  // Strings in row-major order; null for numbers.
  const std::shared_ptr<const StringData>& string_data() const { return strings_; }
  // Element by row-major position; strings only.
  std::string_view string_at(std::int64_t i) const { return strings_->at(static_cast<std::size_t>(i)); }
  // Element by row-major position, converted to double; NaN for strings.
  double number_at(std::int64_t i) const;
  // The element as text, as numpy's str() of it: "1.0", "3", "True", or the string itself.
  std::string text_at(std::int64_t i) const;

  // The same values with the last axis fastest in memory.
  Array row_major() const;
  // The same values with `axis` slowest in memory.
  Array with_outer_axis(int axis) const;
  // Elements converted as C++ converts them, or to text as text_at() has it. Throws TypeError for text to numbers.
  Array astype(DType dtype) const;
  // The elements in row-major order in another shape. Throws ValueError when their number differs.
  Array reshaped(Shape shape) const;
  // Positions `indices` (each within the extent) along `axis`, row-major result.
  Array take(int axis, std::span<const std::int64_t> indices) const;
  // One position, within the extent; the axis is removed.
  Array take_one(int axis, std::int64_t index) const;

  // Same type, shape and elements; NaN equals NaN.
  friend bool operator==(const Array& a, const Array& b);

 private:
  std::int64_t memory_index(std::int64_t row_major_index) const;
  // The given shape, or (count) when it is empty. Throws ValueError when it is for another number of elements.
  static Shape shape_for(std::size_t count, Shape shape);

  DType dtype_ = DType::f64;
  Shape shape_;
  int outer_axis_ = 0;
  std::shared_ptr<const void> data_;
  std::shared_ptr<const StringData> strings_;
};

// Joined along `axis`, promoted as numpy does; every other extent must agree.
Array concatenate(const Array& a, const Array& b, int axis);

template <class T>
Array Array::copy_of(std::span<const T> values, Shape shape) {
  void* memory = nullptr;
  Array array = allocate(DTypeOf<T>::value, shape_for(values.size(), std::move(shape)), &memory);
  if (!values.empty()) std::memcpy(memory, values.data(), values.size() * sizeof(T));
  return array;
}

}  // namespace cnv
