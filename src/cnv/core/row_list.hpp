// RowList: the rows of a record's table, each with a type of its own, as std::tuple would hold them; far lighter to
// compile. Used by record.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace cnv {

template <std::size_t I, class R>
struct RowAt {
  R row;
};

template <class Indices, class... Rs>
struct RowList;
template <std::size_t... I, class... Rs>
struct RowList<std::index_sequence<I...>, Rs...> : RowAt<I, Rs>... {
  static constexpr std::size_t size = sizeof...(Rs);
  template <class Fn>
  constexpr void for_each(Fn&& fn) const {
    (fn(static_cast<const RowAt<I, Rs>&>(*this).row), ...);
  }
  constexpr std::array<std::string_view, size> names() const {
    return {static_cast<const RowAt<I, Rs>&>(*this).row.name...};
  }
};

template <class... Rs>
constexpr auto rows_of(Rs... rows) {
  return RowList<std::index_sequence_for<Rs...>, Rs...>{{rows}...};
}
template <std::size_t I, class R>
constexpr const R& row_at(const RowAt<I, R>& rows) {
  return rows.row;
}

}  // namespace cnv
