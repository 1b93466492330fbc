// Which mechanisms this NEURON has and which variables belong to them: for checks before a call and for the lists in
// error messages. The owner thread of NEURON only.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cnv::nrn {

struct Mechanism {
  std::string name;
  std::vector<std::string> variables;  // as in hoc: "gnabar_hh"; of a point process without suffix: "amp"

  struct Parameter {
    std::string name;  // as in `variables` or `arrays`
    int size = 1;      // of an array
  };
  std::vector<Parameter> arrays;      // variables with an index: "vext" has vext[0] and vext[1]
  std::vector<Parameter> parameters;  // what a model sets, as opposed to states and what follows from them
  std::vector<std::string> states;    // of `variables`: what the mechanism integrates
  std::vector<std::string> pointers;  // POINTERs, which a model sets before it runs
};

class MechanismCatalogue {
 public:
  static const MechanismCatalogue& get();
  // Reads it again at the next use; to be called after new mechanisms were loaded.
  static void forget();

  const Mechanism* find_density(std::string_view name) const;
  const Mechanism* find_point(std::string_view name) const;
  // The density mechanism that owns a range variable or an array of them, or null: then v, or a variable that no
  // mechanism lists.
  const Mechanism* owner_of(const std::string& variable) const;
  // The array of this name ("vext"), or null.
  const Mechanism::Parameter* find_array(const std::string& variable) const;
  const std::vector<Mechanism>& density() const { return density_; }
  const std::vector<Mechanism>& point() const { return point_; }

 private:
  MechanismCatalogue();
  std::vector<Mechanism> density_;
  std::vector<Mechanism> point_;
  std::unordered_map<std::string, std::size_t> owner_;
};

// Names joined by commas.
std::string listed(const std::vector<std::string>& names);
std::string listed(const std::vector<Mechanism>& mechanisms);

}  // namespace cnv::nrn
