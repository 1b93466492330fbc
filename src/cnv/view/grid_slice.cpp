#include "cnv/view/grid_slice.hpp"

#include <algorithm>
#include <cmath>

#include "cnv/view/view_state.hpp"

namespace cnv {

std::optional<SlicePlace> slice_place(const GridSliceOperatorSpec& op, const StoredField& field, const Dict& state) {
  if (!op.axis_state_key || !op.position_state_key || field.ndim() != 2) return std::nullopt;
  const auto* named = state_value(state, *op.axis_state_key).get_if<std::string>();
  int fixed = named ? field.find_axis(*named) : -1;
  if (fixed < 0) fixed = 1;
  const auto n = field.extent(fixed);
  if (n == 0) return std::nullopt;
  const Value& given = state_value(state, *op.position_state_key);
  const double position =
      given.is_number() && std::isfinite(given.as_double()) ? std::clamp(given.as_double(), 0.0, 1.0) : 0.0;
  return SlicePlace{fixed, static_cast<std::int64_t>(std::llround(position * static_cast<double>(n - 1)))};
}

std::vector<const GridSliceOperatorSpec*> slices_over(const SurfaceViewSpec& view, const SceneStore& store) {
  std::vector<const GridSliceOperatorSpec*> out;
  for (const auto& panel : store.scene().layout.panels) {
    if (std::find(panel.view_ids.begin(), panel.view_ids.end(), view.id) == panel.view_ids.end()) continue;
    for (const auto& id : panel.operator_ids) {
      const auto* any = store.scene().operators.find(id);
      const auto* op = any ? std::get_if<GridSliceOperatorSpec>(any) : nullptr;
      if (!op || !op->fits(view.field_id, view.geometry_id)) continue;
      if (std::find(out.begin(), out.end(), op) == out.end()) out.push_back(op);
    }
  }
  return out;
}

}  // namespace cnv
