#include "cnv/desktop/view_tiles.hpp"

#include <QVBoxLayout>

#include "cnv/desktop/buttons.hpp"
#include "cnv/desktop/labels.hpp"
#include "cnv/desktop/view3d_panel.hpp"

namespace cnv::desktop {
namespace {
constexpr int head_height = 30;
}

ViewTiles::ViewTiles(QWidget* parent) : QSplitter(Qt::Horizontal, parent) {
  setChildrenCollapsible(false);
  setHandleWidth(3);
}

void ViewTiles::add(QWidget* view, const std::string& view_id) {
  auto* tile = new QWidget;
  auto* column = new QVBoxLayout(tile);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* head = new QWidget;
  head->setFixedHeight(head_height);
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(12, 0, 8, 0);
  auto* caption = new TextLabel({}, &Tokens::text2, 11, 400);
  caption->set_elided(true);
  row->addWidget(caption, 1);
  heads_[view_id] = {caption, row};
  column->addWidget(head);
  column->addWidget(view, 1);
  addWidget(tile);
  setStretchFactor(count() - 1, 1);
  if (auto* space = qobject_cast<View3dPanel*>(view)) {
    views_.push_back(space);
    space->share_room([this] { return smallest(); });
  }
  setSizes(QList<int>(count(), 1000));  // shares, not pixels
}

QSize ViewTiles::smallest() const {
  QSize room = views_.front()->size();
  for (const auto* view : views_) room = room.boundedTo(view->size());
  return room;
}

void ViewTiles::set_caption(const std::string& view_id, const QString& text) {
  if (const auto it = heads_.find(view_id); it != heads_.end()) it->second.caption->setText(text);
}

MenuButton* ViewTiles::add_list(const std::string& view_id, const QString& name) {
  auto* row = heads_.at(view_id).row;
  auto* button = new MenuButton(name, row->parentWidget());
  button->hide();
  row->addWidget(button);
  return button;
}

}  // namespace cnv::desktop
