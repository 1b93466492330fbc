#include "cnv/desktop/dock.hpp"

#include <utility>

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QWindow>

#include "cnv/desktop/labels.hpp"
#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {
namespace {

constexpr int place_check_ms = 50, place_checks = 40;

// 28 px, `window` background, a line below.
class TitleBar : public QWidget {
 public:
  explicit TitleBar(QWidget* parent) : QWidget(parent) {
    setFixedHeight(28);
    setProperty("title_bar", true);
  }
  QSize minimumSizeHint() const override { return {60, 28}; }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.fillRect(rect(), ink(&Tokens::window));
    painter.fillRect(QRect(0, height() - 1, width(), 1), ink(&Tokens::sep));
  }
};

}  // namespace

PanelDock::PanelDock(QWidget* parent) : QDockWidget(parent) {
  auto* bar = new TitleBar(this);
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(12, 2, 6, 2);
  row->setSpacing(4);
  name_ = new TextLabel({}, &Tokens::text1, 12, 600, bar);
  detail_ = new TextLabel({}, &Tokens::text2, 12, 400, bar);
  name_->set_elided(true);
  detail_->set_elided(true);
  row->addWidget(name_);
  row->addSpacing(4);
  row->addWidget(detail_);
  row->addStretch(1);
  tools_ = new QHBoxLayout;
  tools_->setSpacing(2);
  row->addLayout(tools_);
  auto* more = more_button_ = new ToolButton(Icon::more, tr("More for this panel"), bar);
  auto* close = close_button_ = new ToolButton(Icon::close, tr("Close this panel (Panels menu opens it again)"), bar);
  row->addWidget(more);
  row->addWidget(close);
  more_ = new QMenu(this);
  more_end_ = more_->addSeparator();
  connect(more_, &QMenu::aboutToShow, this, &PanelDock::more_about_to_show);
  auto* float_out = more_->addAction(tr("Float"), this, [this] { setFloating(!isFloating()); });
  more_->addAction(tr("Close"), this, [this] { this->close(); });
  connect(more, &QAbstractButton::clicked, this, [this, more, float_out] {
    float_out->setText(isFloating() ? tr("Dock") : tr("Float"));
    more_->popup(more->mapToGlobal(QPoint(0, more->height())));
  });
  connect(close, &QAbstractButton::clicked, this, [this] { this->close(); });
  for (auto* button : {more, close}) button->setFocusPolicy(Qt::TabFocus);
  setTitleBarWidget(bar);
  check_place_.setInterval(place_check_ms);
  connect(&check_place_, &QTimer::timeout, this, [this] { check_place(); });
  connect(this, &QDockWidget::topLevelChanged, this, [this](bool floating) {
    checks_left_ = place_checks;
    floating ? check_place_.start() : check_place_.stop();
  });
}

// X11: while the window manager takes a new window over, Qt asks the server where it is, and now and then hears where
// it was for a moment. Nobody corrects that: the panel goes on to believe in the place it asked for, its window in the
// other one, and menus open there. Asked for once more, the window manager tells the place.
void PanelDock::check_place() {
  if (--checks_left_ <= 0) check_place_.stop();
  if (auto* own = isFloating() ? windowHandle() : nullptr; own && own->position() != pos()) own->setPosition(pos());
}

void PanelDock::set_title(const QString& name, const QString& detail) {
  if (windowTitle() != name) {
    setWindowTitle(name);  // also the text in the Panels menu and on tabs
    more_button_->setAccessibleName(tr("%1: more").arg(name));
    close_button_->setAccessibleName(tr("%1: close").arg(name));
  }
  if (name_->text() != name) name_->setText(name);
  if (detail_->text() != detail) detail_->setText(detail);
}

QString PanelDock::detail() const { return detail_->text(); }

ToolButton* PanelDock::add_tool(Icon icon, const QString& name) {
  auto* button = new ToolButton(icon, name, titleBarWidget());
  button->setFocusPolicy(Qt::TabFocus);
  tools_->addWidget(button);
  return button;
}

QAction* PanelDock::add_more(const QString& name) {
  auto* action = new QAction(name, more_);
  more_->insertAction(more_end_, action);
  return action;
}

QMenu* PanelDock::add_more_menu(const QString& name) {
  auto* menu = new QMenu(name, more_);
  more_->insertMenu(more_end_, menu);
  return menu;
}

void PanelDock::add_more_separator() { more_->insertSeparator(more_end_); }

MenuButton* PanelDock::add_list(const QString& name) {
  auto* button = new MenuButton(name, titleBarWidget());
  button->hide();
  tools_->insertWidget(0, button);
  return button;
}

void PanelDock::set_live_chip(bool wanted) {
  if (wanted == (live_ != nullptr)) return;
  if (!wanted) {
    delete live_;
    live_ = nullptr;
    return;
  }
  live_ = new Chip(tr("Live"), titleBarWidget());
  show_live();
  live_->setFocusPolicy(Qt::TabFocus);
  tools_->insertWidget(0, live_);
  connect(live_, &QAbstractButton::clicked, this, &PanelDock::live_requested);
}

void PanelDock::set_following(bool following, bool grows) {
  if (following_ == following && grows_ == grows) return;
  following_ = following;
  grows_ = grows;
  show_live();
}

void PanelDock::set_stopped(bool stopped) {
  if (std::exchange(stopped_, stopped) != stopped) show_live();
}

void PanelDock::show_live() {
  if (!live_) return;
  live_->set_live(following_ && !stopped_);
  live_->setText(!grows_ ? tr("Show all") : !following_ ? tr("Go live") : stopped_ ? tr("Stopped") : tr("Live"));
  live_->setToolTip(grows_ ? tr("Follows the newest samples. Zoom or drag the plot to stay at a place.")
                           : tr("Back to all of the data."));
  live_->setVisible(grows_ || !following_);
  live_->updateGeometry();
}

}  // namespace cnv::desktop
