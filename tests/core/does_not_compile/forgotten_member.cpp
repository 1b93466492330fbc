// A table that lists one of two members; the test is that a compiler refuses it and says why.
#include "cnv/core/record_members.hpp"

namespace cnv {
struct Place {
  std::string section;
  double x = 0.5;
};
template <>
struct Table<Place> {
  static constexpr std::string_view name = "Place";
  template <class = void>
  static constexpr auto rows() {
    return rows_of(row("section", &Place::section, "Name of the section."));
  }
};
}  // namespace cnv

CNV_RECORD(cnv::Place)
