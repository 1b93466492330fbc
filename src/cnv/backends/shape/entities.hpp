// Entities: what a script sees of a cell. One row each, gathered by the geometry of each simulator; plain data, any
// thread.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "cnv/backends/shape/piece.hpp"

namespace cnv::shape {

struct Entities {
  std::vector<float> positions;            // (n, 3) µm: middles
  std::vector<float> orientations;         // (n, 3, 3) rotations that turn +z into the axis
  std::vector<float> radii;                // (n,) µm
  std::vector<float> lengths;              // (n,) µm, may be 0
  std::vector<float> xlocs;                // (n,) 0…1
  std::vector<std::string> entity_ids;     // (n,) "dend[3]@0.12500"; repeats carry "#2", "#3", …
  std::vector<std::string> section_names;  // (n,)

  std::size_t entity_count() const { return entity_ids.size(); }
};

// Where an entity lies. `axis` is a unit vector.
struct Cylinder {
  Vector3 middle{}, axis{0, 0, 1};
  double length = 0, radius = 0;
};
// Between two points; along +z when they coincide.
Cylinder cylinder_between(const Vector3& a, const Vector3& b, double radius);

// Gives out "<section>@<x>", with a suffix where that exists already.
class EntityIds {
 public:
  explicit EntityIds(int decimals) : decimals_(decimals) {}
  std::string next(const std::string& section_name, double x);

 private:
  int decimals_;
  std::unordered_set<std::string> used_;
};

void add_entity(Entities& to, EntityIds& ids, const std::string& section_name, double x, const Cylinder& place);

// The geometry "morphology" of a scene.
MorphologyGeometry morphology_geometry(const Entities& entities, std::span<const Piece> pieces);

}  // namespace cnv::shape
