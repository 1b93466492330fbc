#include "cnv/desktop/controls/field_row.hpp"

#include <QGridLayout>

#include <cmath>

#include "cnv/desktop/labels.hpp"
#include "cnv/desktop/number_field.hpp"
#include "cnv/desktop/text.hpp"

namespace cnv::desktop {
namespace {
constexpr int unit_gap = 7, line_height = 24, undo_gap = 3;
}

FieldRow::FieldRow(const QString& label, QWidget* undo, NumberField* field, const QString& unit, QWidget* parent)
    : QWidget(parent),
      name_(new TextLabel(label, &Tokens::text1, 12, 400, this)),
      unit_(new TextLabel(unit, &Tokens::text2, 12, 400, this)),
      undo_(undo),
      field_(field),
      grid_(new QGridLayout(this)) {
  field->setFixedWidth(field->wanted_width());
  field->setAccessibleName(unit.isEmpty() ? label : QStringLiteral("%1 (%2)").arg(label, unit));
  name_->set_elided(true);
  name_->setBuddy(field);
  name_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  grid_->setContentsMargins(0, 0, 0, 0);
  grid_->setSpacing(0);
  grid_->setColumnStretch(0, 1);
  grid_->setColumnMinimumWidth(2, undo_gap);
  grid_->addWidget(undo, 1, 1);
  grid_->addWidget(field, 1, 3);
  grid_->addWidget(unit_, 1, 4);
  set_unit_width(unit_width());
  set_label_above(false);
}

void FieldRow::set_label_above(bool above) {
  grid_->removeWidget(name_);
  if (above) grid_->addWidget(name_, 0, 0, 1, 5);
  else grid_->addWidget(name_, 1, 0);
  grid_->setRowMinimumHeight(0, above ? line_height : 0);
  setFixedHeight(above ? 2 * line_height : line_height);
}

int FieldRow::width_beside() const {
  const int label = static_cast<int>(std::ceil(text_width(name_->text(), name_->font())));
  return label + undo_->sizeHint().width() + undo_gap + field_->width() + unit_->width();
}

int FieldRow::unit_width() const {
  if (unit_->text().isEmpty()) return 0;
  return unit_gap + static_cast<int>(std::ceil(text_width(unit_->text(), unit_->font())));
}

int FieldRow::field_width() const { return field_->wanted_width(); }
void FieldRow::set_field_width(int width) { field_->setFixedWidth(width); }

void FieldRow::set_unit_width(int width) {
  unit_->setFixedWidth(width);
  unit_->setIndent(unit_gap);
}

}  // namespace cnv::desktop
