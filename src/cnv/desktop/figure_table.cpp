#include "cnv/desktop/figure_table.hpp"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "cnv/desktop/labels.hpp"

namespace cnv::desktop {

FigureTable::FigureTable(QWidget* parent) : QScrollArea(parent) {
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  setMinimumWidth(240);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* page = new QWidget;
  page->setBackgroundRole(QPalette::Base);
  page->setAutoFillBackground(true);
  column_ = new QVBoxLayout(page);
  column_->setContentsMargins(12, 12, 12, 12);
  column_->setSpacing(0);
  setWidget(page);
}

void FigureTable::set_groups(const std::vector<FigureGroup>& groups) {
  const auto same_rows = [&] {
    if (groups.size() != shown_.size()) return false;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      if (groups[g].title != shown_[g].title || groups[g].rows.size() != shown_[g].rows.size()) return false;
      for (std::size_t r = 0; r < groups[g].rows.size(); ++r)
        if (groups[g].rows[r].name != shown_[g].rows[r].name) return false;
    }
    return true;
  };
  if (!same_rows()) rebuild(groups);
  std::size_t i = 0;
  for (const auto& group : groups)
    for (const auto& row : group.rows) values_[i++]->set_text(row.value);
  shown_ = groups;
}

void FigureTable::rebuild(const std::vector<FigureGroup>& groups) {
  values_.clear();
  while (auto* item = column_->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  bool first = true;
  for (const auto& group : groups) {
    if (!first) column_->addSpacing(8);
    first = false;
    auto* title = new TextLabel(group.title, &Tokens::text2, 11, 600);
    title->setFixedHeight(22);
    column_->addWidget(title);
    for (const auto& row : group.rows) {
      auto* line = new QWidget;
      line->setFixedHeight(22);
      line->setToolTip(row.name);
      auto* layout = new QHBoxLayout(line);
      layout->setContentsMargins(0, 0, 0, 0);
      auto* name = new TextLabel(row.name, &Tokens::text1, 12, 400);
      name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
      layout->addWidget(name, 1);
      auto* value =
          new NumberLabel(row.value.isEmpty() ? QString() : row.value.leftJustified(7, '0'), 12, 400, &Tokens::text1);
      values_.push_back(value);
      layout->addWidget(value);
      column_->addWidget(line);
    }
  }
  column_->addStretch(1);
}

QString FigureTable::text() const {
  QString out;
  for (const auto& group : shown_) {
    out += group.title + '\n';
    for (const auto& row : group.rows) out += row.name + '\t' + row.value + '\n';
  }
  return out;
}

QString bytes_text(double bytes) {
  const char* units[] = {"B", "kB", "MB", "GB", "TB"};
  int unit = 0;
  while (bytes >= 999.5 && unit < 4) {
    bytes /= 1000;
    ++unit;
  }
  const int decimals = unit == 0 || bytes >= 99.95 ? 0 : bytes >= 9.995 ? 1 : 2;
  return QString::number(bytes, 'f', decimals) + QStringLiteral("\u2009") + QLatin1String(units[unit]);
}

}  // namespace cnv::desktop
