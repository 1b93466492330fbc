#include "arrays.hpp"

#include <nanobind/ndarray.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>

#include "cnv/base/exceptions.hpp"
#include "record_classes.hpp"

namespace cnv::python {
namespace {

std::string dtype_text(nb::handle array) {
  const nb::object dtype = array.attr("dtype");
  return nb::cast<std::string>(nb::str(dtype));
}

std::optional<DType> number_type(char kind, std::size_t bytes) {
  const auto of_size = [&](DType one, DType two, DType four, DType eight) -> std::optional<DType> {
    switch (bytes) {
      case 1: return one;
      case 2: return two;
      case 4: return four;
      case 8: return eight;
      default: return std::nullopt;
    }
  };
  switch (kind) {
    case 'b': return DType::boolean;
    case 'i': return of_size(DType::i8, DType::i16, DType::i32, DType::i64);
    case 'u': return of_size(DType::u8, DType::u16, DType::u32, DType::u64);
    case 'f': return bytes == 4 ? std::optional(DType::f32) : bytes == 8 ? std::optional(DType::f64) : std::nullopt;
    default: return std::nullopt;
  }
}

template <class... Arguments>
nb::object as_array(Arguments&&... arguments) {
  static const nb::handle function = lookup("numpy", "asarray");
  return function(std::forward<Arguments>(arguments)...);
}

// The array's memory, if it may be had in this way; else Python's error is set.
struct Buffer {
  Py_buffer view{};
  const bool held;
  Buffer(nb::handle array, int flags) : held(PyObject_GetBuffer(array.ptr(), &view, flags) == 0) {}
  ~Buffer() {
    if (held) PyBuffer_Release(&view);
  }
  Shape shape() const { return Shape(view.shape, view.shape + view.ndim); }

  Array copy(DType dtype, int outer_axis = 0) const {
    void* memory = nullptr;
    Array result = Array::allocate(dtype, shape(), &memory, outer_axis);
    if (view.len > 0) std::memcpy(memory, view.buf, static_cast<std::size_t>(view.len));
    return result;
  }
};

// Numbers in C order and in this machine's byte order, without asking for attributes, which takes ten times as long:
// scripts hand over arrays at each step.
std::optional<Array> plain_numbers(nb::handle object) {
  static const nb::handle array_class = lookup("numpy", "ndarray");
  if (object.type().ptr() != array_class.ptr()) return std::nullopt;
  const Buffer buffer(object, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT);
  if (!buffer.held) {
    PyErr_Clear();
    return std::nullopt;
  }
  const char* format = buffer.view.format;
  if (!format || !format[0] || format[1]) return std::nullopt;  // text, records, a foreign byte order
  constexpr std::string_view letters = "?bhilqBHILQfd",
                             kinds = "biiiiiuuuuuff";  // of a buffer's format, of numpy's dtype.kind
  const auto found = letters.find(format[0]);
  if (found == std::string_view::npos) return std::nullopt;
  const auto type = number_type(kinds[found], static_cast<std::size_t>(buffer.view.itemsize));
  if (!type) return std::nullopt;
  return buffer.copy(*type);
}

Array numbers(nb::handle array, DType dtype) {
  // A matrix whose columns are contiguous is taken as it lies: appended samples often come so.
  const bool by_columns = nb::cast<int>(array.attr("ndim")) == 2 &&
                          !nb::cast<bool>(array.attr("flags").attr("c_contiguous")) &&
                          nb::cast<bool>(array.attr("flags").attr("f_contiguous"));
  nb::object contiguous = by_columns ? nb::borrow(array) : as_array(array, nb::arg("order") = "C");
  const Buffer buffer(contiguous, by_columns ? PyBUF_F_CONTIGUOUS : PyBUF_C_CONTIGUOUS);
  if (!buffer.held) throw nb::python_error();
  return buffer.copy(dtype, by_columns ? 1 : 0);
}

void push_text(StringData& data, nb::handle item) {
  if (!PyUnicode_Check(item.ptr()))
    throw TypeError("an array of objects can hold text only, not " + nb::cast<std::string>(nb::repr(item)));
  Py_ssize_t size = 0;
  const char* utf8 = PyUnicode_AsUTF8AndSize(item.ptr(), &size);
  if (!utf8) throw nb::python_error();
  data.push_back({utf8, static_cast<std::size_t>(size)});
}

Array texts(nb::handle array) {
  auto data = std::make_shared<StringData>();
  const nb::list flat(array.attr("ravel")().attr("tolist")());
  data->offsets.reserve(flat.size() + 1);
  for (nb::handle item : flat) push_text(*data, item);
  return Array::strings(std::move(data), nb::cast<Shape>(nb::list(array.attr("shape"))));
}

template <class T>
nb::object wrap_numbers(const Array& array) {
  std::vector<std::size_t> shape(array.shape().begin(), array.shape().end());
  std::vector<std::int64_t> strides(shape.size());
  // The outer axis varies slowest in memory, the others follow in order.
  std::int64_t stride = 1;
  for (int i = array.ndim() - 1; i >= 0; --i)
    if (i != array.outer_axis()) strides[static_cast<std::size_t>(i)] = stride, stride *= array.extent(i);
  if (array.ndim() > 0) strides[static_cast<std::size_t>(array.outer_axis())] = stride;
  auto* keep = new std::shared_ptr<const void>(array.owner());
  nb::capsule owner(keep, [](void* p) noexcept { delete static_cast<std::shared_ptr<const void>*>(p); });
  return nb::cast(nb::ndarray<nb::numpy, const T>(static_cast<const T*>(array.data()), shape.size(), shape.data(),
                                                  owner, strides.data()));
}

nb::object wrap_texts(const Array& array) {
  nb::list items;
  for (std::int64_t i = 0; i < array.size(); ++i)
    items.append(nb::str(array.string_at(i).data(), array.string_at(i).size()));
  nb::object flat = lookup("numpy", "array")(items, nb::arg("dtype") = array.size() ? "U" : "U1");
  return flat.attr("reshape")(nb::tuple(nb::cast(array.shape())));
}

template <class T>
nb::object new_array(std::span<const T> values, const Shape& shape) {
  static const nb::handle make = lookup("numpy", "empty"),
                          dtype = lookup("numpy", sizeof(T) == 4 ? "float32" : "float64");
  nb::object extents = shape.size() == 1 ? nb::object(nb::int_(shape[0])) : nb::object(nb::tuple(nb::cast(shape)));
  nb::object array = make(extents, dtype);
  const Buffer memory(array, PyBUF_C_CONTIGUOUS | PyBUF_WRITABLE);
  if (!memory.held) throw nb::python_error();
  std::copy(values.begin(), values.end(), static_cast<T*>(memory.view.buf));
  return array;
}

}  // namespace

Array array_from_python(nb::handle object) {
  if (auto plain = plain_numbers(object)) return *std::move(plain);
  nb::object array = as_array(object);
  nb::object dtype = array.attr("dtype");
  const char kind = nb::cast<std::string>(dtype.attr("kind"))[0];
  if (kind == 'U' || kind == 'T' || kind == 'O') return texts(array);
  const auto type = number_type(kind, nb::cast<std::size_t>(dtype.attr("itemsize")));
  if (!type)
    throw TypeError("arrays of type " + dtype_text(array) +
                    " cannot be shown: use bool, an integer type, float32, float64 or text");
  if (!nb::cast<bool>(dtype.attr("isnative"))) array = array.attr("astype")(dtype.attr("newbyteorder")("="));
  return numbers(array, *type);
}

nb::object array_to_python(const Array& array) {
  if (array.is_string()) return wrap_texts(array);
  return visit_dtype(array.dtype(), [&](auto zero) { return wrap_numbers<decltype(zero)>(array); });
}

nb::object numpy_copy(std::span<const float> values, const Shape& shape) { return new_array(values, shape); }
nb::object numpy_copy(std::span<const double> values, const Shape& shape) { return new_array(values, shape); }

}  // namespace cnv::python
