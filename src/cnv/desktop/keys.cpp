#include "cnv/desktop/keys.hpp"

#include <QHash>
#include <QKeySequence>
#include <QStringList>

namespace cnv::desktop {
namespace {

bool is_modifier(int key) {
  return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt || key == Qt::Key_Meta ||
         key == Qt::Key_AltGr || key == Qt::Key_CapsLock || key == Qt::Key_NumLock || key == Qt::Key_ScrollLock ||
         key == Qt::Key_Super_L || key == Qt::Key_Super_R;
}

// Qt::Key of a bare key name; 0 when there is none.
int key_of_name(const QString& name) {
  static const QHash<QString, int> aliases = {{"space", Qt::Key_Space},       {"escape", Qt::Key_Escape},
                                              {"delete", Qt::Key_Delete},     {"pageup", Qt::Key_PageUp},
                                              {"pagedown", Qt::Key_PageDown}, {"insert", Qt::Key_Insert},
                                              {"plus", Qt::Key_Plus},         {"minus", Qt::Key_Minus}};
  const QString lower = name.toLower();
  if (const auto found = aliases.find(lower); found != aliases.end()) return *found;
  const QKeySequence sequence = QKeySequence::fromString(name, QKeySequence::PortableText);
  if (sequence.count() != 1) return 0;
  const QKeyCombination combination = sequence[0];
  if (combination.keyboardModifiers() != Qt::NoModifier || combination.key() == Qt::Key_unknown) return 0;
  return combination.key();
}

Qt::KeyboardModifier modifier_of_name(const QString& name) {
  static const QHash<QString, Qt::KeyboardModifier> names = {
      {"shift", Qt::ShiftModifier}, {"ctrl", Qt::ControlModifier}, {"control", Qt::ControlModifier},
      {"alt", Qt::AltModifier},     {"meta", Qt::MetaModifier},    {"num", Qt::KeypadModifier}};
  return names.value(name.trimmed().toLower(), Qt::NoModifier);
}

}  // namespace

QString key_text(int key, Qt::KeyboardModifiers modifiers) {
  if (key == 0 || key == Qt::Key_unknown || is_modifier(key)) return {};
  if (key == Qt::Key_Backtab) {
    key = Qt::Key_Tab;
    modifiers |= Qt::ShiftModifier;
  }
  const QString name = QKeySequence(key).toString(QKeySequence::PortableText);
  if (name.isEmpty() || !name[0].isPrint()) return {};
  QString text;
  if (modifiers & Qt::MetaModifier) text += QLatin1String("Meta+");
  if (modifiers & Qt::ControlModifier) text += QLatin1String("Ctrl+");
  if (modifiers & Qt::AltModifier) text += QLatin1String("Alt+");
  if (modifiers & Qt::ShiftModifier) text += QLatin1String("Shift+");
  // The keypad's Enter has a name of its own.
  if ((modifiers & Qt::KeypadModifier) && key != Qt::Key_Enter) text += QLatin1String("Num+");
  return text + name;
}

QString key_text(const QKeyEvent& event) {
  Qt::KeyboardModifiers modifiers = event.modifiers();
  const int key = event.key();
  // Shift that only chose the character is part of the character: "?" and not "Shift+?".
  const QString typed = event.text();
  const bool symbol = typed.size() == 1 && typed[0].isPrint() && !typed[0].isSpace() && !typed[0].isLetter();
  if (symbol && key < 0x100) modifiers &= ~Qt::KeyboardModifiers(Qt::ShiftModifier);
  return key_text(key, modifiers);
}

QString normalized_shortcut(const QString& text) {
  if (text == QLatin1String(" ")) return QStringLiteral("Space");
  QString rest = text;
  Qt::KeyboardModifiers modifiers;
  // The last "+" may be the key itself: "Ctrl++".
  for (qsizetype plus = rest.indexOf(u'+'); plus > 0 && plus + 1 < rest.size(); plus = rest.indexOf(u'+')) {
    const Qt::KeyboardModifier modifier = modifier_of_name(rest.left(plus));
    if (modifier == Qt::NoModifier) return {};
    modifiers |= modifier;
    rest = rest.mid(plus + 1);
  }
  const int key = rest == QLatin1String(" ") ? static_cast<int>(Qt::Key_Space) : key_of_name(rest.trimmed());
  return key_text(key, modifiers);
}

}  // namespace cnv::desktop
