#include "cnv/backends/jaxley/geometry.hpp"

#include "cnv/backends/jaxley/placement.hpp"
#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"

namespace cnv::jaxley {
namespace {

constexpr int id_decimals = 3;  // of x in an entity id

void need_rows(const char* column, std::size_t rows, std::size_t expected) {
  if (rows != expected)
    throw ValueError("the compartment table has " + plain_text(expected) + " rows, but column '" + column + "' has " +
                     plain_text(rows));
}

void check(const Compartments& t, const Polylines& p) {
  const std::size_t n = t.size();
  if (n == 0)
    throw ValueError("the compartment table is empty: there is nothing to show. Build a network of at least one cell.");
  for (const auto& [name, column] :
       {std::pair{"length", t.length}, {"radius", t.radius}, {"x", t.x}, {"y", t.y}, {"z", t.z}})
    need_rows(name, column.size(), n);
  need_rows("global_cell_index", t.cell.size(), n);
  need_rows("global_branch_index", t.branch.size(), n);
  if (!t.local_branch.empty()) need_rows("local_branch_index", t.local_branch.size(), n);
  if (!t.local_comp.empty()) need_rows("local_comp_index", t.local_comp.size(), n);
  for (const auto local : t.local_comp)
    if (local < 0 || local > 1'000'000)
      throw ValueError("local_comp_index " + plain_text(local) + " is not the number of a compartment");
  std::int64_t last = 0;
  for (const auto end : p.ends) {
    if (end < last || static_cast<std::size_t>(end) * 4 > p.points.size())
      throw ValueError("the rows of the branch polylines do not match their points");
    last = end;
  }
}

std::string cell_name(std::span<const std::string> names, std::int64_t cell) {
  const auto i = static_cast<std::size_t>(cell);
  return cell >= 0 && i < names.size() && !names[i].empty() ? names[i] : "cell_" + plain_text(cell);
}

// Entities lie in the order of the branches, which is that of the compartments.
MorphologyGeometry assemble(const std::vector<Branch>& branches, const std::vector<BranchShape>& shapes,
                            std::span<const std::string> names) {
  Entities entities;
  EntityIds ids(id_decimals);
  std::vector<Piece> pieces;
  std::vector<std::int32_t> first_pieces, last_pieces;
  for (std::size_t i = 0; i < branches.size(); ++i) {
    const Branch& branch = branches[i];
    const auto first_entity = static_cast<std::int32_t>(entities.entity_count());
    const std::string name = cell_name(names, branch.cell) + "_branch_" + plain_text(branch.local);
    for (std::size_t k = 0; k < branch.compartments.size(); ++k)
      add_entity(
          entities, ids, name,
          (static_cast<double>(branch.compartments[k].local) + 0.5) / static_cast<double>(branch.compartment_count),
          shapes[i].cylinders[k]);
    first_pieces.push_back(static_cast<std::int32_t>(pieces.size()));
    for (Piece piece : shapes[i].pieces) {
      piece.entity += first_entity;
      piece.compartment = piece.entity;
      piece.section = static_cast<std::int32_t>(i);
      piece.parent = static_cast<std::int32_t>(pieces.size()) - 1;
      pieces.push_back(piece);
    }
    last_pieces.push_back(static_cast<std::int32_t>(pieces.size()) - 1);
  }
  for (std::size_t i = 0; i < branches.size(); ++i)
    pieces[static_cast<std::size_t>(first_pieces[i])].parent =
        branches[i].parent < 0 ? -1 : last_pieces[static_cast<std::size_t>(branches[i].parent)];
  return morphology_geometry(entities, pieces);
}

}  // namespace

MorphologyGeometry build_geometry(const Compartments& compartments, const Polylines& polylines,
                                  std::span<const std::string> cell_names) {
  check(compartments, polylines);
  const std::vector<Branch> branches = group_branches(compartments, polylines);
  std::vector<BranchShape> shapes = place_branches(branches);
  separate_cells(branches, shapes);
  return assemble(branches, shapes, cell_names);
}

}  // namespace cnv::jaxley
