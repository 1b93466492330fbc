#include "cnv/backends/neuron/epoch.hpp"

#include "cnv/backends/neuron/call.hpp"

namespace cnv::nrn {

int ModelEpoch::count() {
  if (const int* exported = api().structure_change_count) return *exported;
  static const ObjectRef& solver = *new ObjectRef(ObjectRef::create("CVode"));
  return static_cast<int>(solver.call("structure_change_count"));
}

// The count moves at the first step after an edit; until then the edit shows as a pending change.
bool ModelEpoch::current() const {
  const Api& nrn = api();
  if (nrn.structure_changed && *nrn.structure_changed) return false;
  if (nrn.tree_changed && *nrn.tree_changed) return false;
  return count() == count_;
}

}  // namespace cnv::nrn
