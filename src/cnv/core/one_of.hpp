// OneOf: a std::variant of records whose copies, moves, comparisons and end are compiled once instead of wherever one
// is used. The file that owns the records includes one_of_members.hpp and says `template class cnv::OneOf<A, B, …>;`.
#pragma once

#include <variant>

namespace cnv {

template <class... Ts>
class OneOf : public std::variant<Ts...> {
 public:
  using Variant = std::variant<Ts...>;
  using Variant::Variant;
  using Variant::operator=;
  OneOf();
  OneOf(const OneOf& other);
  OneOf(OneOf&& other) noexcept;
  OneOf& operator=(const OneOf& other);
  OneOf& operator=(OneOf&& other) noexcept;
  ~OneOf();
  bool operator==(const OneOf& other) const;
};

}  // namespace cnv

template <class... Ts>
struct std::variant_size<cnv::OneOf<Ts...>> : std::variant_size<std::variant<Ts...>> {};
