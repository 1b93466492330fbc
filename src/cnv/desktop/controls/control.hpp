// What all control widgets share: a value, a signal when the user changes it, the way back to the default, and the row
// with label, undo arrow, field and unit. GUI thread.
#pragma once

#include <QVariant>
#include <QWidget>

#include <vector>

namespace cnv::desktop {

class TextLabel;
class ToolButton;

// Value types: double (slider), qlonglong (spin box), bool (check box), QString (choice), QVariantMap x, y (pad).
class Control : public QWidget {
  Q_OBJECT

 public:
  Control(QString id, QString label, QVariant default_value, QWidget* parent = nullptr);

  const QString& id() const { return id_; }
  const QString& label() const { return label_; }
  const QVariant& value() const { return value_; }
  const QVariant& default_value() const { return default_; }
  // A value as a person reads it, with its unit.
  virtual QString value_text(const QVariant& value) const = 0;
  // Shows a value that comes from outside: never signals. A value of another type or out of range is brought into range
  // for display.
  void set_value(const QVariant& value);
  // Widths of the columns for units and for fields, so that those of a panel stand in one line.
  virtual int unit_width() const { return 0; }
  virtual void set_unit_width(int) {}
  virtual int field_width() const { return 0; }
  virtual void set_field_width(int) {}
  // Width that the label takes beside its field; without room for it in one control, the labels of a panel stand above.
  virtual int width_beside() const { return 0; }
  virtual void set_label_above(bool) {}
  // The widgets that the Tab key stops at, in that order.
  virtual std::vector<QWidget*> tab_stops() const = 0;
  // True when the control needs the whole width of a two-column panel.
  virtual bool full_width() const { return false; }

 Q_SIGNALS:
  // The user changed it; while dragging, at each step.
  void value_changed(const QVariant& value);
  // What was typed could not be taken as it stands: why, and what holds now. For the status bar.
  void remarked(const QString& text);
  // field_width() has grown.
  void outgrown();

 protected:
  // Brings any value into the control's type and range.
  virtual QVariant accepted(const QVariant& value) const = 0;
  // Shows value() in the widgets.
  virtual void show_value() = 0;
  // Called by subclasses for what the user did.
  void change_by_user(const QVariant& value);
  // The same for a typed number, with a remark when another value is taken instead.
  void change_by_typing(double number);
  // Something was typed that is no number.
  void refuse_typing(const QString& text);
  // The arrow that brings the default back; hidden while the value is the default, keeping its room.
  ToolButton* undo_button() const { return undo_; }

 private:
  void show_all();

  QString id_, label_;
  QVariant default_, value_;
  ToolButton* undo_;
};

// Equal for the person who looks: numbers within 1e-9 of their size.
bool same_value(const QVariant& a, const QVariant& b);

}  // namespace cnv::desktop
