#include "cnv/core/compartments.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace cnv {
namespace {

constexpr float unknown = std::numeric_limits<float>::quiet_NaN();
constexpr std::int32_t most_compartments = 1 << 28;  // an index beyond is not worth a table

std::vector<float> floats_of(const Array& array) {
  const Array plain = array.astype(DType::f32).row_major();
  const auto values = plain.as<float>();
  return {values.begin(), values.end()};
}

}  // namespace

Compartments::Compartments(const MorphologyGeometry& geometry) : own_x_(floats_of(geometry.xlocs)) {
  count_ = geometry.size();
  if (!geometry.pieces || geometry.pieces->entity.size() == 0) return;
  const PieceTable& table = *geometry.pieces;
  const auto entity = table.entity.as<std::int32_t>(), compartment = table.compartment.as<std::int32_t>(),
             section = table.section.as<std::int32_t>();
  const std::int32_t last = *std::max_element(compartment.begin(), compartment.end());
  if (last >= most_compartments) return;
  const auto compartments = static_cast<std::size_t>(last) + 1;
  of_entity_.assign(static_cast<std::size_t>(geometry.size()), -1);
  entity_for_.assign(compartments, -1);
  middle_.assign(compartments, unknown);
  std::vector<std::int32_t> section_of(compartments, -1);
  for (std::size_t i = 0; i < entity.size(); ++i) {
    auto& own = of_entity_[static_cast<std::size_t>(entity[i])];
    if (own < 0) own = compartment[i];
    section_of[static_cast<std::size_t>(compartment[i])] = section[i];
  }

  // Compartments of a section are equally long and counted on along it, so that its first and last give the middles.
  struct Range {
    std::int32_t first, last;
    bool partial = false;  // an entity that lies elsewhere shows that the section is drawn in part only
  };
  std::map<std::int32_t, Range> ranges;
  for (std::int32_t c = 0; c <= last; ++c) {
    const auto of = section_of[static_cast<std::size_t>(c)];
    if (of < 0) continue;
    ranges.try_emplace(of, Range{c, c}).first->second.last = c;
  }
  for (const auto& [id, range] : ranges)
    for (std::int32_t c = range.first; c <= range.last; ++c)
      middle_[static_cast<std::size_t>(c)] =
          (static_cast<float>(c - range.first) + 0.5F) / static_cast<float>(range.last - range.first + 1);
  for (std::size_t e = 0; e < of_entity_.size(); ++e) {
    const auto c = of_entity_[e];
    if (c < 0) continue;
    auto& range = ranges.at(section_of[static_cast<std::size_t>(c)]);
    const float half = 0.5F / static_cast<float>(range.last - range.first + 1);
    if (std::abs(own_x_[e] - middle_[static_cast<std::size_t>(c)]) > 1.01F * half) range.partial = true;
  }
  for (const auto& [id, range] : ranges)
    if (range.partial) std::fill(middle_.begin() + range.first, middle_.begin() + range.last + 1, unknown);

  const auto distance = [&](std::int32_t e, std::int32_t c) {
    return std::abs(own_x_[static_cast<std::size_t>(e)] - middle_[static_cast<std::size_t>(c)]);
  };
  for (std::size_t e = 0; e < of_entity_.size(); ++e) {
    const auto c = of_entity_[e];
    if (c < 0) continue;
    auto& stands = entity_for_[static_cast<std::size_t>(c)];
    if (stands < 0 || distance(static_cast<std::int32_t>(e), c) < distance(stands, c))
      stands = static_cast<std::int32_t>(e);
  }
  count_ = 0;
  for (std::size_t c = 0; c < compartments; ++c) count_ += section_of[c] >= 0 || entity_for_[c] >= 0;
  // Those without extent have no piece; each has an entity.
  count_ += std::count(of_entity_.begin(), of_entity_.end(), -1);
}

std::int64_t Compartments::of_entity(std::int64_t entity) const {
  return of_entity_.empty() ? entity : of_entity_[static_cast<std::size_t>(entity)];
}

std::int64_t Compartments::entity_for(std::int64_t compartment) const {
  if (of_entity_.empty()) return compartment < static_cast<std::int64_t>(own_x_.size()) ? compartment : -1;
  return compartment >= 0 && compartment < static_cast<std::int64_t>(entity_for_.size())
             ? entity_for_[static_cast<std::size_t>(compartment)]
             : -1;
}

double Compartments::x_of(std::int64_t entity) const {
  const auto own = static_cast<double>(own_x_[static_cast<std::size_t>(entity)]);
  if (of_entity_.empty()) return own;
  const double middle = middle_of(of_entity_[static_cast<std::size_t>(entity)]);
  return std::isnan(middle) ? own : middle;
}

double Compartments::middle_of(std::int64_t compartment) const {
  const bool known = compartment >= 0 && compartment < static_cast<std::int64_t>(middle_.size());
  return static_cast<double>(known ? middle_[static_cast<std::size_t>(compartment)] : unknown);
}

}  // namespace cnv
