#include "cnv/core/stored_field.hpp"

#include <array>
#include <limits>
#include <memory>
#include <mutex>
#include <new>
#include <utility>

#include "cnv/base/numbers.hpp"

namespace cnv {

// Blocks of memory for values that are written in place. Whoever takes a block owns it until it gives it back, on any
// thread; a few wait here to be taken again.
class ValueMemory {
 public:
  ~ValueMemory() { free_spare(); }

  void* take(std::size_t bytes) {
    {
      const std::lock_guard lock(mutex_);
      if (bytes != spare_bytes_) free_spare();
      for (auto& spare : spare_)
        if (spare) return std::exchange(spare, nullptr);
    }
    return ::operator new(bytes, alignment);
  }

  void give_back(void* block, std::size_t bytes) noexcept {
    const std::lock_guard lock(mutex_);
    if (bytes != spare_bytes_) free_spare();
    spare_bytes_ = bytes;
    for (auto& spare : spare_)
      if (!spare) {
        spare = block;
        return;
      }
    ::operator delete(block, alignment);
  }

 private:
  static constexpr std::align_val_t alignment{64};

  void free_spare() noexcept {
    for (auto& spare : spare_)
      if (spare) ::operator delete(std::exchange(spare, nullptr), alignment);
  }

  std::mutex mutex_;
  std::array<void*, 2> spare_{};  // as many as a viewer holds of batches that it has not acknowledged
  std::size_t spare_bytes_ = 0;   // of each
};

namespace {

// For std::allocate_shared: counts and values lie in one block, which goes back with the last array of the values.
template <class T>
struct ValueAllocator {
  using value_type = T;
  explicit ValueAllocator(std::shared_ptr<ValueMemory> from) : memory(std::move(from)) {}
  template <class U>
  ValueAllocator(const ValueAllocator<U>& other) : memory(other.memory) {}

  T* allocate(std::size_t n) { return static_cast<T*>(memory->take(n * sizeof(T))); }
  void deallocate(T* block, std::size_t n) noexcept { memory->give_back(block, n * sizeof(T)); }
  friend bool operator==(const ValueAllocator& a, const ValueAllocator& b) { return a.memory == b.memory; }

  std::shared_ptr<ValueMemory> memory;  // lives as long as a block of it
};

}  // namespace

StoredField::StoredField(Field field, std::uint64_t revision)
    : id_(std::move(field.id)),
      dims_(std::move(field.dims)),
      unit_(std::move(field.unit)),
      attrs_(std::move(field.attrs)),
      values_(std::move(field.values)),
      replaced_revision_(revision),
      changed_revision_(revision) {
  for (const auto& dim : dims_) {
    coords_.push_back(*field.coords.find(dim));
    coord_revisions_.push_back(revision);
  }
  for (const auto& [key, value] : attrs_) attr_revisions_.set(key, revision);
}

int StoredField::find_axis(std::string_view dim) const {
  for (std::size_t i = 0; i < dims_.size(); ++i)
    if (dims_[i] == dim) return static_cast<int>(i);
  return -1;
}

std::int64_t StoredField::extent(int axis) const {
  if (!growing()) return values_.extent(axis);
  return axis == append_axis_ ? static_cast<std::int64_t>(ring_->size()) : slice_shape_[static_cast<std::size_t>(axis)];
}

Shape StoredField::shape() const {
  if (!growing()) return values_.shape();
  Shape shape = slice_shape_;
  shape[static_cast<std::size_t>(append_axis_)] = static_cast<std::int64_t>(ring_->size());
  return shape;
}

std::int64_t StoredField::slice_elements() const {
  std::int64_t n = 1;
  for (int i = 0; i < ndim(); ++i)
    if (i != append_axis_) n *= slice_shape_[static_cast<std::size_t>(i)];
  return n;
}

Array StoredField::values() const {
  return growing() ? values_between(begin_sample(), end_sample()).row_major() : values_;
}

Array StoredField::values_between(std::uint64_t from, std::uint64_t to) const {
  Shape shape = slice_shape_;
  shape[static_cast<std::size_t>(append_axis_)] = static_cast<std::int64_t>(to - from);
  void* memory = nullptr;
  Array array = Array::allocate(dtype_, std::move(shape), &memory, append_axis_);
  ring_->copy(from, to, memory);
  return array;
}

Array StoredField::coords_between(std::uint64_t from, std::uint64_t to) const {
  if (!coord_ring_) {
    auto data = std::make_shared<StringData>();
    for (auto i = from; i < to; ++i) data->push_back(text_coord_[static_cast<std::size_t>(i - begin_sample())]);
    return Array::strings(std::move(data), {static_cast<std::int64_t>(to - from)});
  }
  void* memory = nullptr;
  Array array = Array::allocate(coord_dtype_, {static_cast<std::int64_t>(to - from)}, &memory);
  coord_ring_->copy(from, to, memory);
  return array;
}

Array StoredField::coord(int axis) const {
  return axis == append_axis_ ? coords_between(begin_sample(), end_sample()) : coords_[static_cast<std::size_t>(axis)];
}

DType StoredField::coord_dtype(int axis) const {
  if (axis != append_axis_) return coords_[static_cast<std::size_t>(axis)].dtype();
  return coord_ring_ ? coord_dtype_ : DType::string;
}

double StoredField::coord_number(int axis, std::int64_t position) const {
  if (axis != append_axis_) return coords_[static_cast<std::size_t>(axis)].number_at(position);
  if (!coord_ring_) return std::numeric_limits<double>::quiet_NaN();
  const auto* at = coord_ring_->slice(begin_sample() + static_cast<std::uint64_t>(position));
  return visit_dtype(coord_dtype_,
                     [&](auto zero) { return static_cast<double>(*reinterpret_cast<const decltype(zero)*>(at)); });
}

double StoredField::number_at(std::uint64_t sample, std::int64_t offset) const {
  const auto* at = ring_->slice(sample);
  return visit_dtype(
      dtype_, [&](auto zero) { return static_cast<double>(reinterpret_cast<const decltype(zero)*>(at)[offset]); });
}

Field StoredField::snapshot() const {
  Field field{id_, values(), dims_, {}, unit_, attrs_};
  for (int i = 0; i < ndim(); ++i) field.coords.set(dims_[static_cast<std::size_t>(i)], coord(i));
  return field;
}

std::size_t StoredField::memory_bytes() const {
  std::size_t bytes =
      growing() ? ring_->capacity_bytes() + (coord_ring_ ? coord_ring_->capacity_bytes() : 0) : values_.nbytes();
  for (int i = 0; i < ndim(); ++i)
    if (i != append_axis_) bytes += coords_[static_cast<std::size_t>(i)].nbytes();
  return bytes;
}

std::string StoredField::replace_problem(const Array& values, const Coords* coords) const {
  Coords present;
  if (!coords) {
    // Only extents matter; the present coordinates are not copied for the check.
    const std::string name = "field '" + id_ + "': ";
    if (values.ndim() != ndim())
      return name + "values of shape " + shape_text(values.shape()) + " do not fit shape " + shape_text(shape()) +
             ": they need " + plain_text(ndim()) + (ndim() == 1 ? " dim" : " dims");
    if (values.shape() != shape())
      return name + "values of shape " + shape_text(values.shape()) + " do not fit the coordinates of shape " +
             shape_text(shape()) + "; give coords to change the shape";
    return {};
  }
  return field_problem(id_, values, dims_, *coords);
}

std::string StoredField::append_problem(int axis, const Array& values, const Array& coord_values) const {
  const std::string name = "field '" + id_ + "': ";
  if (coord_values.ndim() != 1)
    return name + "coord_values must have one dimension, not shape " + shape_text(coord_values.shape());
  if (values.ndim() != ndim())
    return name + "appended values of shape " + shape_text(values.shape()) + " do not fit shape " + shape_text(shape());
  for (int i = 0; i < ndim(); ++i)
    if (i != axis && values.extent(i) != extent(i))
      return name + "appended values of shape " + shape_text(values.shape()) + " do not fit shape " +
             shape_text(shape()) + " along '" + dims_[static_cast<std::size_t>(axis)] + "'";
  if (coord_values.size() != values.extent(axis))
    return name + plain_text(coord_values.size()) + " coordinates for " + plain_text(values.extent(axis)) +
           " appended entries of shape " + shape_text(values.shape()) + " along '" +
           dims_[static_cast<std::size_t>(axis)] + "'";
  return {};
}

void StoredField::replace(Array values, const Coords* coords, std::uint64_t revision) {
  if (growing()) stop_growing(revision);
  values_ = std::move(values);
  memory_.reset();
  replaced_revision_ = changed_revision_ = revision;
  ++replacements_;
  if (!coords) return;
  for (int i = 0; i < ndim(); ++i) {
    auto& mine = coords_[static_cast<std::size_t>(i)];
    const auto& given = *coords->find(dims_[static_cast<std::size_t>(i)]);
    if (mine == given) continue;
    mine = given;
    coord_revisions_[static_cast<std::size_t>(i)] = revision;
  }
}

void StoredField::grow_along(int axis, std::uint64_t revision) {
  if (append_axis_ == axis) return;
  if (growing()) stop_growing(revision);
  const Array values = values_.with_outer_axis(axis);
  const Array coord = coords_[static_cast<std::size_t>(axis)];
  append_axis_ = axis;
  dtype_ = values.dtype();
  slice_shape_ = values.shape();
  ring_ = std::make_unique<Ring>(static_cast<std::size_t>(slice_elements()) * item_size(dtype_));
  ring_->append(values.data(), static_cast<std::size_t>(values.extent(axis)));
  text_coord_.clear();
  if (coord.is_string()) {
    for (std::int64_t i = 0; i < coord.size(); ++i) text_coord_.emplace_back(coord.string_at(i));
  } else {
    coord_dtype_ = coord.dtype();
    coord_ring_ = std::make_unique<Ring>(item_size(coord_dtype_));
    coord_ring_->append(coord.data(), static_cast<std::size_t>(coord.size()));
  }
  values_ = Array();
  memory_.reset();
}

void StoredField::stop_growing(std::uint64_t revision) {
  // The coordinate grew since anyone last saw it as a whole.
  coord_revisions_[static_cast<std::size_t>(append_axis_)] = revision;
  values_ = values();
  coords_[static_cast<std::size_t>(append_axis_)] = coord(append_axis_);
  ring_.reset();
  coord_ring_.reset();
  text_coord_.clear();
  max_length_.reset();
  append_axis_ = -1;
}

void StoredField::promote_to(DType values, DType coord) {
  const auto convert = [](std::unique_ptr<Ring>& ring, DType from, DType to, std::int64_t elements) {
    auto wide = std::make_unique<Ring>(static_cast<std::size_t>(elements) * item_size(to), ring->begin());
    for (auto s = ring->begin(); s < ring->end(); ++s) {
      auto* out = wide->push();
      const auto* in = ring->slice(s);
      visit_dtype(from, [&](auto f) {
        visit_dtype(to, [&](auto t) {
          for (std::int64_t i = 0; i < elements; ++i)
            reinterpret_cast<decltype(t)*>(out)[i] =
                static_cast<decltype(t)>(reinterpret_cast<const decltype(f)*>(in)[i]);
        });
      });
    }
    wide->set_max_size(ring->max_size());
    ring = std::move(wide);
  };
  if (values != dtype_) {
    convert(ring_, dtype_, values, slice_elements());
    dtype_ = values;
  }
  if (coord_ring_ && coord == DType::string) {
    const Array text = coords_between(begin_sample(), end_sample()).astype(DType::string);
    for (std::int64_t i = 0; i < text.size(); ++i) text_coord_.emplace_back(text.string_at(i));
    coord_ring_.reset();
  } else if (coord_ring_ && coord != coord_dtype_) {
    convert(coord_ring_, coord_dtype_, coord, 1);
    coord_dtype_ = coord;
  }
}

void StoredField::set_limit(std::optional<std::int64_t> max_length) {
  if (max_length && *max_length < 0) max_length.reset();
  if (max_length == max_length_) return;
  max_length_ = max_length;
  std::optional<std::size_t> limit;
  if (max_length) limit = static_cast<std::size_t>(*max_length);
  ring_->set_max_size(limit);
  if (coord_ring_) coord_ring_->set_max_size(limit);
  trim_text();
}

void StoredField::trim_text() {
  while (text_coord_.size() > ring_->size()) text_coord_.pop_front();
}

void StoredField::append(int axis, const Array& values, const Array& coord_values,
                         std::optional<std::int64_t> max_length, std::uint64_t revision) {
  changed_revision_ = revision;
  const bool text = dtype() == DType::string || values.is_string();
  if (text) {  // text values do not grow in a ring; rare and small
    Field joined = snapshot().append(dims_[static_cast<std::size_t>(axis)], values, coord_values, max_length);
    replace(std::move(joined.values), &joined.coords, revision);
    return;
  }
  const int before = append_axis_;
  grow_along(axis, revision);
  if (before >= 0 && before != axis) replaced_revision_ = revision;
  const DType wide = promote(dtype_, values.dtype());
  const DType wide_coord = promote(coord_ring_ ? coord_dtype_ : DType::string, coord_values.dtype());
  if (wide != dtype_ || (coord_ring_ && wide_coord != coord_dtype_)) {
    promote_to(wide, wide_coord);
    replaced_revision_ = coord_revisions_[static_cast<std::size_t>(axis)] = revision;
  }
  // The limit of an append holds after it: a smaller one trims at the end, an absent or larger one lets the ring grow
  // first.
  if (!max_length || *max_length < 0 || (max_length_ && *max_length > *max_length_)) set_limit(max_length);
  const Array more = values.astype(dtype_).with_outer_axis(axis);
  ring_->append(more.data(), static_cast<std::size_t>(more.extent(axis)));
  if (coord_ring_) {
    const Array coord = coord_values.astype(coord_dtype_);
    coord_ring_->append(coord.data(), static_cast<std::size_t>(coord.size()));
  } else {
    for (std::int64_t i = 0; i < coord_values.size(); ++i) text_coord_.push_back(coord_values.text_at(i));
    trim_text();
  }
  set_limit(max_length);
}

void StoredField::merge_attrs(const Dict& update, std::uint64_t revision) {
  for (const auto& [key, value] : update) {
    attrs_.set(key, value);
    attr_revisions_.set(key, revision);
    changed_revision_ = revision;
  }
}

float* StoredField::begin_replace() {
  if (!memory_) memory_ = std::make_shared<ValueMemory>();
  writing_ = std::allocate_shared_for_overwrite<float[]>(ValueAllocator<float>(memory_),
                                                         static_cast<std::size_t>(values_.size()));
  return writing_.get();
}

void StoredField::commit_replace(std::uint64_t revision) {
  float* const written = writing_.get();
  values_ = Array::wrap(DType::f32, values_.shape(), std::shared_ptr<const void>(std::move(writing_), written));
  replaced_revision_ = changed_revision_ = revision;
  ++replacements_;
}

void StoredField::prepare_push(int axis, std::optional<std::int64_t> max_length, std::uint64_t revision) {
  grow_along(axis, revision);
  promote_to(DType::f32, DType::f64);
  set_limit(max_length);
}

}  // namespace cnv
