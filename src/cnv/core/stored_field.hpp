// StoredField: a field inside the SceneStore. Replaced values are shared arrays; a field that grows along one dim keeps
// that dim in a Ring (slices time-major), so that appending and sending cost what is appended. Owner thread only.
#pragma once

#include <deque>

#include "cnv/core/field.hpp"
#include "cnv/core/ring.hpp"

namespace cnv {

class ValueMemory;

class StoredField {
 public:
  // The field must have passed check(). `revision` marks everything as changed at that revision.
  StoredField(Field field, std::uint64_t revision);

  // As in Field.
  const std::string& id() const { return id_; }
  const std::vector<std::string>& dims() const { return dims_; }
  const std::optional<std::string>& unit() const { return unit_; }
  const Dict& attrs() const { return attrs_; }
  // Type of the values.
  DType dtype() const { return growing() ? dtype_ : values_.dtype(); }
  // Rank, extents at this moment, extent of one axis.
  int ndim() const { return static_cast<int>(dims_.size()); }
  Shape shape() const;
  std::int64_t extent(int axis) const;
  // Axis of the dim, or -1.
  int find_axis(std::string_view dim) const;

  // True once something was appended: then the axis `append_axis()` lives in a ring.
  bool growing() const { return append_axis_ >= 0; }
  int append_axis() const { return append_axis_; }
  // Sample numbers along the append axis; 0 and its extent when the field does not grow.
  std::uint64_t begin_sample() const { return ring_ ? ring_->begin() : 0; }
  std::uint64_t end_sample() const { return ring_ ? ring_->end() : 0; }
  // Slices of a growing field: one per sample, the other axes row-major, elements of dtype(). Null otherwise.
  const Ring* ring() const { return ring_.get(); }
  // Coordinates of a growing field along its append axis, elements of coord_dtype(append_axis()); null for text.
  const Ring* coord_ring() const { return coord_ring_.get(); }
  // The most samples that are kept; none: all.
  std::optional<std::int64_t> max_length() const { return max_length_; }

  // A snapshot: shared memory for a field that does not grow, a copy otherwise.
  Array values() const;
  // Coordinates of an axis, 0 ≤ axis < ndim(); their type; one of them as double (NaN for text).
  Array coord(int axis) const;
  DType coord_dtype(int axis) const;
  double coord_number(int axis, std::int64_t position) const;
  // The field as it is now.
  Field snapshot() const;
  // Samples [from, to) of a growing field: values with the append axis outermost, and their coordinates.
  Array values_between(std::uint64_t from, std::uint64_t to) const;
  Array coords_between(std::uint64_t from, std::uint64_t to) const;
  // Element of the slice `sample` (growing fields) as double. `offset` counts elements within the slice.
  double number_at(std::uint64_t sample, std::int64_t offset) const;
  // Bytes of values and coordinates, reserved room included.
  std::size_t memory_bytes() const;

  // Revisions of the store at which each part last changed.
  std::uint64_t replaced_revision() const { return replaced_revision_; }
  std::uint64_t coord_revision(int axis) const { return coord_revisions_[static_cast<std::size_t>(axis)]; }
  const OrderedMap<std::uint64_t>& attr_revisions() const { return attr_revisions_; }
  std::uint64_t changed_revision() const { return changed_revision_; }
  // How often all values were replaced.
  std::uint64_t replacements() const { return replacements_; }

  // ---- changes; the SceneStore calls these after its checks, and sessions that write samples in place ----------
  // Empty text, or why the values (and coords) do not fit.
  std::string replace_problem(const Array& values, const Coords* coords) const;
  std::string append_problem(int axis, const Array& values, const Array& coord_values) const;
  // What the problem functions of the same name found good. Without coords the coordinates stay.
  void replace(Array values, const Coords* coords, std::uint64_t revision);
  void append(int axis, const Array& values, const Array& coord_values, std::optional<std::int64_t> max_length,
              std::uint64_t revision);
  // Sets each key of `update`.
  void merge_attrs(const Dict& update, std::uint64_t revision);

  // In-place replacement of all values of a field of float32 that does not grow: memory to fill, then commit. Memory of
  // earlier values is used again once the last array of them is gone, wherever that was.
  float* begin_replace();
  void commit_replace(std::uint64_t revision);
  // In-place append of one float32 slice with a float64 coordinate, after prepare_push(axis, max_length).
  void prepare_push(int axis, std::optional<std::int64_t> max_length, std::uint64_t revision);
  float* push(double coordinate, std::uint64_t revision) {
    changed_revision_ = revision;
    if (auto* at = coord_ring_->push()) *reinterpret_cast<double*>(at) = coordinate;
    return reinterpret_cast<float*>(ring_->push());
  }

 private:
  void grow_along(int axis, std::uint64_t revision);
  void stop_growing(std::uint64_t revision);
  void promote_to(DType values, DType coord);
  void set_limit(std::optional<std::int64_t> max_length);
  void trim_text();
  std::int64_t slice_elements() const;

  std::string id_;
  std::vector<std::string> dims_;
  std::optional<std::string> unit_;
  Dict attrs_;
  Array values_;               // while not growing
  std::vector<Array> coords_;  // per axis; the append axis' entry is unused while growing
  int append_axis_ = -1;
  DType dtype_ = DType::f64, coord_dtype_ = DType::f64;  // while growing
  Shape slice_shape_;                                    // extents of all axes, the append axis' unused
  std::unique_ptr<Ring> ring_, coord_ring_;
  std::deque<std::string> text_coord_;  // append coordinate when it is text
  std::optional<std::int64_t> max_length_;
  std::shared_ptr<ValueMemory> memory_;  // for values that are written in place
  std::shared_ptr<float[]> writing_;
  std::uint64_t replaced_revision_, changed_revision_, replacements_ = 0;
  std::vector<std::uint64_t> coord_revisions_;
  OrderedMap<std::uint64_t> attr_revisions_;
};

}  // namespace cnv
