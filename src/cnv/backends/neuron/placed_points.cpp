#include "cnv/backends/neuron/placed_points.hpp"

namespace cnv::nrn {
namespace {

std::vector<PlacedPoint>* receiving = nullptr;

// Called by hoc with the object's section as the current one.
void receive_point() {
  const Api& nrn = api();
  receiving->push_back({ObjectRef::share(*nrn.objgetarg(1)), nrn.cas(), *nrn.getarg(2)});
  nrn.hoc_ret();
  nrn.double_push(0);
}

raw::Symbol* point_query() {
  static raw::Symbol* const query = [] {
    api().register_function(receive_point, "cnv_note_point_", api().symbol_type(required_symbol("fadvance")));
    run_hoc(
        "func cnv_query_points_() { local i, x  localobj all, point\n"
        "all = new List($s1)\n"
        "for i = 0, all.count - 1 {\n"
        "point = all.o(i)\n"
        "if (point.has_loc()) { x = point.get_loc()  cnv_note_point_(point, x)  pop_section() }\n"
        "}\n"
        "return all.count\n"
        "}");
    return required_symbol("cnv_query_points_");
  }();
  return query;
}

}  // namespace

std::vector<PlacedPoint> placed_points(const std::string& type) {
  raw::Symbol* const query = point_query();
  std::vector<PlacedPoint> points;
  receiving = &points;
  call_function(query, "point processes of type " + type, {type});
  return points;
}

}  // namespace cnv::nrn
