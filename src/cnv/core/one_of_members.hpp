// The members of OneOf, for the files that compile them.
#pragma once

#include <utility>

#include "cnv/core/one_of.hpp"

namespace cnv {

template <class... Ts>
OneOf<Ts...>::OneOf() = default;
template <class... Ts>
OneOf<Ts...>::OneOf(const OneOf& other) = default;
template <class... Ts>
OneOf<Ts...>::OneOf(OneOf&& other) noexcept = default;
template <class... Ts>
OneOf<Ts...>& OneOf<Ts...>::operator=(const OneOf& other) = default;
template <class... Ts>
OneOf<Ts...>& OneOf<Ts...>::operator=(OneOf&& other) noexcept = default;
template <class... Ts>
OneOf<Ts...>::~OneOf() = default;
template <class... Ts>
bool OneOf<Ts...>::operator==(const OneOf& other) const {
  return static_cast<const Variant&>(*this) == static_cast<const Variant&>(other);
}

}  // namespace cnv
