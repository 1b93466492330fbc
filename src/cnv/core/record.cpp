#include <cmath>

#include "cnv/core/record_members.hpp"

namespace cnv {

std::string expected(std::string_view what, const Value& got) {
  return "expected " + std::string(what) + ", got " + got.repr();
}

bool from_value(const Value& v, Value& out, std::string&) { return out = v, true; }

bool from_value(const Value& v, bool& out, std::string& problem) {
  if (const auto* flag = v.get_if<bool>()) return out = *flag, true;
  if (const auto* integer = v.get_if<std::int64_t>(); integer && (*integer == 0 || *integer == 1))
    return out = *integer == 1, true;
  return problem = expected("true or false", v), false;
}
bool from_value(const Value& v, std::int64_t& out, std::string& problem) {
  if (const auto* integer = v.get_if<std::int64_t>()) return out = *integer, true;
  if (const auto* flag = v.get_if<bool>()) return out = *flag, true;
  if (const auto* number = v.get_if<double>(); number && std::floor(*number) == *number && std::fabs(*number) < 9e15)
    return out = static_cast<std::int64_t>(*number), true;
  return problem = expected("a whole number", v), false;
}
bool from_value(const Value& v, std::uint64_t& out, std::string& problem) {
  std::int64_t value = 0;
  if (!from_value(v, value, problem)) return false;
  if (value < 0) return problem = expected("a whole number that is not negative", v), false;
  return out = static_cast<std::uint64_t>(value), true;
}
bool from_value(const Value& v, double& out, std::string& problem) {
  if (v.is_number()) return out = v.as_double(), true;
  return problem = expected("a number", v), false;
}
bool from_value(const Value& v, std::string& out, std::string& problem) {
  if (const auto* text = v.get_if<std::string>()) return out = *text, true;
  return problem = expected("text", v), false;
}
bool from_value(const Value& v, Array& out, std::string& problem) {
  if (const auto* array = v.get_if<Array>()) return out = *array, true;
  return problem = expected("an array", v), false;
}
bool from_value(const Value& v, Dict& out, std::string& problem) {
  if (const auto* dict = v.get_if<Dict>()) return out = *dict, true;
  return problem = expected("a dict", v), false;
}
bool from_value(const Value& v, StateBinding& out, std::string& problem) {
  if (const auto* binding = v.get_if<StateBinding>()) return out = *binding, true;
  return problem = expected("a StateBinding", v), false;
}
bool from_value(const Value& v, AttributeRef& out, std::string& problem) {
  if (const auto* ref = v.get_if<AttributeRef>()) return out = *ref, true;
  return problem = expected("an AttributeRef", v), false;
}

}  // namespace cnv

CNV_RECORD(cnv::Field)
CNV_RECORD(cnv::PieceTable)
CNV_RECORD(cnv::MorphologyGeometry)
CNV_RECORD(cnv::GridGeometry)
CNV_RECORD(cnv::MorphologyViewSpec)
CNV_RECORD(cnv::SurfaceViewSpec)
CNV_RECORD(cnv::LinePlotViewSpec)
CNV_RECORD(cnv::StateGraphViewSpec)
CNV_RECORD(cnv::HeatMapViewSpec)
CNV_RECORD(cnv::GridSliceOperatorSpec)
CNV_RECORD(cnv::ScalarValueSpec)
CNV_RECORD(cnv::ChoiceValueSpec)
CNV_RECORD(cnv::BoolValueSpec)
CNV_RECORD(cnv::XYValueSpec)
CNV_RECORD(cnv::ControlPresentationSpec)
CNV_RECORD(cnv::ControlSpec)
CNV_RECORD(cnv::ActionSpec)
CNV_RECORD(cnv::PanelSpec)
CNV_RECORD(cnv::LayoutSpec)
CNV_RECORD(cnv::Scene)
CNV_RECORD(cnv::SceneReady)
CNV_RECORD(cnv::FieldReplace)
CNV_RECORD(cnv::FieldAppend)
CNV_RECORD(cnv::ScenePatch)
CNV_RECORD(cnv::StatePatch)
CNV_RECORD(cnv::PanelPatch)
CNV_RECORD(cnv::LayoutReplace)
CNV_RECORD(cnv::Status)
CNV_RECORD(cnv::ErrorReport)
