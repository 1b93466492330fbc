// Key texts: how a key press and a shortcut are written and compared. Used by the window and by buttons; any thread.
#pragma once

#include <QKeyEvent>
#include <QString>

namespace cnv::desktop {

// Portable text of a key press: "A", "Ctrl+Alt+Shift+A", "Space", "Esc", "Num+5". Order: Meta, Ctrl, Alt, Shift; then
// "Num+" for keypad keys. Empty for modifiers alone and for keys that have no name.
QString key_text(const QKeyEvent& event);
QString key_text(int key, Qt::KeyboardModifiers modifiers);

// The same form of a shortcut as a script writes it, ignoring case: " " and "space" are "Space", "escape" is "Esc",
// "delete" is "Del". Empty for an unknown text.
QString normalized_shortcut(const QString& text);

}  // namespace cnv::desktop
