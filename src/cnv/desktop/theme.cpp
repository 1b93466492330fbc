#include "cnv/desktop/theme.hpp"

#include <QEvent>
#include <QPalette>
#include <QProxyStyle>
#include <QStyle>
#include <QStyleFactory>
#include <QWidget>

#include <memory>

#include "cnv/desktop/text.hpp"

namespace cnv::desktop {
namespace {

ThemeManager* the_manager = nullptr;

// Underlines of menu letters only while Alt is down, as most desktops have it.
class QuietStyle : public QProxyStyle {
 public:
  QuietStyle() : QProxyStyle(QStringLiteral("Fusion")) {}
  int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                QStyleHintReturn* more) const override {
    if (hint == SH_UnderlineShortcut) return QGuiApplication::queryKeyboardModifiers() & Qt::AltModifier ? 1 : 0;
    return QProxyStyle::styleHint(hint, option, widget, more);
  }
};

QColor mixed(QColor over, QColor under, double opacity) {
  const auto mix = [&](int a, int b) { return static_cast<int>(a * opacity + b * (1 - opacity) + 0.5); };
  return {mix(over.red(), under.red()), mix(over.green(), under.green()), mix(over.blue(), under.blue())};
}

}  // namespace

std::optional<ThemeChoice> parse_theme_choice(std::string_view text) {
  if (text == "system") return ThemeChoice::system;
  if (text == "light") return ThemeChoice::light;
  if (text == "dark") return ThemeChoice::dark;
  return std::nullopt;
}

Theme system_theme() {
  const QString gtk = qEnvironmentVariable("GTK_THEME");
  if (!gtk.isEmpty()) return gtk.endsWith(QLatin1String("dark"), Qt::CaseInsensitive) ? Theme::dark : Theme::light;
  // Not the application's palette: that one is ours. The style's own follows the platform.
  static const std::unique_ptr<QStyle> fusion(QStyleFactory::create(QStringLiteral("Fusion")));
  if (!fusion) return Theme::light;
  return fusion->standardPalette().color(QPalette::Window).lightness() < 128 ? Theme::dark : Theme::light;
}

Theme current_theme() { return the_manager ? the_manager->theme() : Theme::light; }
const Tokens& current_tokens() { return tokens(current_theme()); }

QColor to_qcolor(std::uint32_t rgb) { return QColor::fromRgb(rgb); }
QColor to_qcolor(Rgba8 color) { return {color.r, color.g, color.b, color.a}; }
QColor ink(std::uint32_t Tokens::* token) { return to_qcolor(current_tokens().*token); }

QPalette make_palette(Theme theme) {
  const Tokens& t = tokens(theme);
  QPalette palette;
  const auto set = [&](QPalette::ColorRole role, std::uint32_t rgb) {
    const QColor color = to_qcolor(rgb);
    palette.setColor(QPalette::All, role, color);
    palette.setColor(QPalette::Disabled, role, color);
  };
  set(QPalette::Window, t.window);
  set(QPalette::Base, t.panel);
  set(QPalette::AlternateBase, t.window);
  set(QPalette::Button, t.field);
  set(QPalette::Midlight, t.hover);
  set(QPalette::Light, t.hover);
  set(QPalette::Mid, t.sep);
  set(QPalette::Dark, t.edge);
  set(QPalette::Shadow, t.sep);
  set(QPalette::Highlight, t.accent);
  set(QPalette::HighlightedText, t.on_accent);
  set(QPalette::PlaceholderText, t.text3);
  set(QPalette::ToolTipBase, t.tip);
  set(QPalette::ToolTipText, t.tip_text);
  set(QPalette::Link, t.accent);
  set(QPalette::LinkVisited, t.accent);
  set(QPalette::BrightText, t.error);
  for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText}) {
    set(role, t.text1);
    const QColor under = to_qcolor(role == QPalette::WindowText ? t.window : t.panel);
    palette.setColor(QPalette::Disabled, role, mixed(to_qcolor(t.text1), under, disabled_opacity));
  }
  return palette;
}

QString make_style_sheet(Theme theme) {
  const Tokens& t = tokens(theme);
  QString sheet = QStringLiteral(R"(
QToolTip { background: @tip; color: @tiptext; border: none; padding: 4px 6px; }
QMainWindow { background: @window; }
QMainWindow::separator { width: 1px; height: 1px; background: @sep; }
QSplitter::handle { background: @sep; }
QMenuBar { background: @window; border-bottom: 1px solid @sep; padding: 0 8px; spacing: 0; }
QMenuBar::item { padding: 6px 8px 7px 8px; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @panel; border: 1px solid @sep; padding: 4px 0; }
QMenu::item { padding: 5px 24px 5px 12px; }
QMenu::icon { padding-left: 8px; }
QMenu::indicator { width: 16px; height: 16px; padding-left: 6px; }
QMenu::item:selected { background: @hover; }
QMenu::item:disabled { color: @text3; }
QMenu::separator { height: 1px; background: @sep; margin: 4px 0; }
QLineEdit { background: @field; border: 1px solid @edge; border-radius: 3px; padding: 0 6px;
            selection-background-color: @accent; selection-color: @onaccent; }
QLineEdit:focus { border-color: @accent; }
QLineEdit:disabled { border-color: @disablededge; color: @disabledtext; }
QComboBox QAbstractItemView { background: @panel; border: 1px solid @edge; outline: none; padding: 2px 0;
            selection-background-color: @accentsoft; selection-color: @text1; }
QComboBox QAbstractItemView::item { min-height: 22px; padding: 0 6px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QTabBar { background: @window; }
QTabBar::tab { background: @window; color: @text2; padding: 5px 12px; border: none; border-right: 1px solid @sep; }
QTabBar::tab:selected { background: @panel; color: @text1; }
QTabBar::tab:hover { color: @text1; }
QScrollArea { border: none; background: @panel; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @thumb; border-radius: 3px; margin: 2px; min-height: 24px; min-width: 24px; }
QScrollBar::handle:hover { background: @edge; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QPlainTextEdit, QTextEdit { background: @panel; border: 1px solid @sep; selection-background-color: @accent;
            selection-color: @onaccent; }
)");
  const QColor panel = to_qcolor(t.panel);
  // Longer names first, so that no name is a prefix of a later one.
  const std::pair<const char*, QColor> names[] = {{"@accentsoft", to_qcolor(t.accent_soft)},
                                                  {"@onaccent", to_qcolor(t.on_accent)},
                                                  {"@disablededge", mixed(to_qcolor(t.edge), panel, disabled_opacity)},
                                                  {"@disabledtext", mixed(to_qcolor(t.text1), panel, disabled_opacity)},
                                                  {"@thumb", mixed(to_qcolor(t.edge), panel, 0.5)},
                                                  {"@tiptext", to_qcolor(t.tip_text)},
                                                  {"@window", to_qcolor(t.window)},
                                                  {"@panel", panel},
                                                  {"@field", to_qcolor(t.field)},
                                                  {"@hover", to_qcolor(t.hover)},
                                                  {"@text1", to_qcolor(t.text1)},
                                                  {"@text2", to_qcolor(t.text2)},
                                                  {"@text3", to_qcolor(t.text3)},
                                                  {"@accent", to_qcolor(t.accent)},
                                                  {"@edge", to_qcolor(t.edge)},
                                                  {"@sep", to_qcolor(t.sep)},
                                                  {"@tip", to_qcolor(t.tip)}};
  for (const auto& [name, color] : names) sheet.replace(QLatin1String(name), color.name());
  return sheet;
}

ThemeManager::ThemeManager(QApplication& application, ThemeChoice choice) : application_(application), choice_(choice) {
  the_manager = this;
  application_.setStyle(new QuietStyle);
  application_.setFont(ui_font(12));
  application_.setEffectEnabled(Qt::UI_AnimateCombo, false);
  application_.setEffectEnabled(Qt::UI_AnimateMenu, false);
  application_.setEffectEnabled(Qt::UI_FadeMenu, false);
  application_.setEffectEnabled(Qt::UI_AnimateTooltip, false);
  application_.setEffectEnabled(Qt::UI_FadeTooltip, false);
  application_.installEventFilter(this);
  apply();
}

ThemeManager::~ThemeManager() {
  application_.removeEventFilter(this);
  if (the_manager == this) the_manager = nullptr;
}

ThemeManager* ThemeManager::instance() { return the_manager; }

void ThemeManager::choose(ThemeChoice choice) {
  choice_ = choice;
  apply();
}

bool ThemeManager::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::ThemeChange && choice_ == ThemeChoice::system) apply();
  return QObject::eventFilter(watched, event);
}

void ThemeManager::apply() {
  const Theme wanted = choice_ == ThemeChoice::system ? system_theme()
                       : choice_ == ThemeChoice::dark ? Theme::dark
                                                      : Theme::light;
  if (applied_ && wanted == theme_) return;
  applied_ = true;
  theme_ = wanted;
  application_.setPalette(make_palette(theme_));
  application_.setStyleSheet(make_style_sheet(theme_));
  for (QWidget* widget : application_.allWidgets()) widget->update();
  Q_EMIT
  changed(theme_);
}

}  // namespace cnv::desktop
