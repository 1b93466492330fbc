// Compartments: what a person points at on a cell. An entity may be one of several spans of a compartment, or a piece
// reach over several; the piece table says which belong together. Plain data, any thread.
#pragma once

#include "cnv/core/geometry.hpp"

namespace cnv {

class Compartments {
 public:
  Compartments() = default;
  // From the geometry's pieces; without them each entity is a compartment of its own.
  explicit Compartments(const MorphologyGeometry& geometry);

  // How many there are.
  std::int64_t count() const { return count_; }
  // As pieces count them; -1: the geometry does not say.
  std::int64_t of_entity(std::int64_t entity) const;
  // The entity whose id stands for a compartment, and so for each entity of it: of several the one nearest to its
  // middle. By the number that a piece has; -1: no entity does.
  std::int64_t entity_for(std::int64_t compartment) const;
  // Middle of the entity's compartment along its section, 0…1; the entity's own place where that is not known.
  double x_of(std::int64_t entity) const;
  // By the number that a piece has; NaN where it is not known.
  double middle_of(std::int64_t compartment) const;

 private:
  std::int64_t count_ = 0;
  std::vector<std::int32_t> of_entity_;   // empty: each entity is one
  std::vector<std::int32_t> entity_for_;  // by compartment, -1: none
  std::vector<float> middle_;             // by compartment, NaN: not known
  std::vector<float> own_x_;              // by entity
};

}  // namespace cnv
