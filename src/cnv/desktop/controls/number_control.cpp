#include "cnv/desktop/controls/number_control.hpp"

#include <QVBoxLayout>

#include "cnv/desktop/buttons.hpp"
#include "cnv/desktop/controls/field_row.hpp"
#include "cnv/desktop/number_field.hpp"

namespace cnv::desktop {

NumberControl::NumberControl(const QString& id, const QString& label, const QVariant& default_value,
                             const QString& unit, NumberField* field, QWidget* parent)
    : Control(id, label, default_value, parent),
      field_(field),
      row_(new FieldRow(label, undo_button(), field, unit, this)),
      column_(new QVBoxLayout(this)) {
  column_->setContentsMargins(0, 0, 0, 0);
  column_->addWidget(row_);
  connect(field_, &NumberField::committed, this, &NumberControl::change_by_typing);
  connect(field_, &NumberField::rejected, this, &NumberControl::refuse_typing);
  connect(field_, &NumberField::outgrown, this, &Control::outgrown);
  connect(field_, &NumberField::stepped, this, &NumberControl::step);
}

int NumberControl::unit_width() const { return row_->unit_width(); }
void NumberControl::set_unit_width(int width) { row_->set_unit_width(width); }
int NumberControl::field_width() const { return row_->field_width(); }
void NumberControl::set_field_width(int width) { row_->set_field_width(width); }
int NumberControl::width_beside() const { return row_->width_beside(); }
void NumberControl::set_label_above(bool above) { row_->set_label_above(above); }

std::vector<QWidget*> NumberControl::tab_stops() const { return {undo_button(), field_}; }

}  // namespace cnv::desktop
