#include "cnv/desktop/controls/field_row.hpp"

#include <QHBoxLayout>

#include <cmath>

#include "cnv/desktop/labels.hpp"
#include "cnv/desktop/number_field.hpp"
#include "cnv/desktop/text.hpp"

namespace cnv::desktop {
namespace {
constexpr int field_width = 64, unit_gap = 7;
}

FieldRow::FieldRow(const QString& label, QWidget* undo, NumberField* field, const QString& unit, QWidget* parent)
    : QWidget(parent), unit_(new TextLabel(unit, &Tokens::text2, 12, 400, this)) {
  field->setFixedWidth(field_width);
  field->setAccessibleName(unit.isEmpty() ? label : QStringLiteral("%1 (%2)").arg(label, unit));
  auto* name = new TextLabel(label, &Tokens::text1, 12, 400, this);
  name->set_elided(true);
  name->setBuddy(field);
  name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  row->addWidget(name, 1);
  row->addWidget(undo);
  row->addSpacing(3);
  row->addWidget(field);
  row->addWidget(unit_);
  setFixedHeight(24);
  set_unit_width(unit_width());
}

int FieldRow::unit_width() const {
  if (unit_->text().isEmpty()) return 0;
  return unit_gap + static_cast<int>(std::ceil(text_width(unit_->text(), unit_->font())));
}

void FieldRow::set_unit_width(int width) {
  unit_->setFixedWidth(width);
  unit_->setIndent(unit_gap);
}

}  // namespace cnv::desktop
