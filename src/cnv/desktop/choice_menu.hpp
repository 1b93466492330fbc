// Choices of a view as entries of a menu. GUI thread.
#pragma once

#include <QMenu>
#include <functional>
#include <vector>

#include "cnv/view/choice.hpp"

namespace cnv::desktop {

enum class Groups { submenus, headings };

// Adds the choices in order; `chosen` gets the id of the one that the user takes.
void add_choices(QMenu& menu, const std::vector<Choice>& choices,
                 const std::function<void(const std::string& id)>& chosen, Groups groups = Groups::headings);

// A map's colours from left to right, for a menu.
QIcon map_icon(const ColorTable& colors);

}  // namespace cnv::desktop
