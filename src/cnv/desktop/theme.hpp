// The look of the whole window: colours of the current theme, palette, fonts, style sheet, and following the system.
// Used by every widget; GUI thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <QApplication>
#include <QColor>
#include <QObject>

#include "cnv/draw/palette.hpp"

namespace cnv::desktop {

enum class ThemeChoice { system, light, dark };

// "system", "light" or "dark"; empty for anything else.
std::optional<ThemeChoice> parse_theme_choice(std::string_view text);

// What the desktop asks for: GTK_THEME where it is set, else the lightness of the platform's palette.
Theme system_theme();

Theme current_theme();
const Tokens& current_tokens();

QColor to_qcolor(std::uint32_t rgb);
QColor to_qcolor(Rgba8 color);
// Colour of the current theme: ink(&Tokens::accent).
QColor ink(std::uint32_t Tokens::* token);

QPalette make_palette(Theme theme);
QString make_style_sheet(Theme theme);

// One per application. Widgets that paint by hand read current_tokens() when they paint and need no connection;
// those that keep pictures made of colours connect to changed().
class ThemeManager : public QObject {
  Q_OBJECT

 public:
  explicit ThemeManager(QApplication& application, ThemeChoice choice = ThemeChoice::system);
  ~ThemeManager() override;
  // The one that lives, or null.
  static ThemeManager* instance();

  void choose(ThemeChoice choice);
  ThemeChoice choice() const { return choice_; }
  Theme theme() const { return theme_; }

 Q_SIGNALS:
  void changed(cnv::Theme theme);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void apply();

  QApplication& application_;
  ThemeChoice choice_;
  Theme theme_ = Theme::light;
  bool applied_ = false;
};

}  // namespace cnv::desktop
