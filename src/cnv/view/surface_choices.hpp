// What the person at the window can choose about a surface, by id. Used by SurfaceView only; any thread.
#pragma once

#include <algorithm>
#include <iterator>
#include <string_view>

#include "cnv/draw/surface_axes.hpp"

namespace cnv {

template <class Value>
struct Named {
  Value value;
  std::string_view id, label;
};
inline constexpr Named<Proportions> named_proportions[] = {{Proportions::automatic, "automatic", "Automatic"},
                                                           {Proportions::data, "data", "Data units on all axes"},
                                                           {Proportions::box, "box", "Box"}};
inline constexpr Named<AxesPlace> named_axes[] = {{AxesPlace::edges, "edges", "On the edges, with a grid"},
                                                  {AxesPlace::middle, "middle", "Crossing in the middle"},
                                                  {AxesPlace::none, "none", "None"}};
inline constexpr std::string_view app_id = "app";

template <class All>
auto find_named(const All& all, std::string_view id) -> decltype(&all[0]) {
  const auto found = std::find_if(std::begin(all), std::end(all), [&](const auto& one) { return one.id == id; });
  return found == std::end(all) ? nullptr : &*found;
}

}  // namespace cnv
