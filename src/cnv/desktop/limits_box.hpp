// LimitsBox: a small box over a view to type two limits in; each number takes effect with Enter, Escape closes, and so
// does any place beside it that takes the keyboard. GUI thread.
#pragma once

#include <QFrame>
#include <functional>

#include "cnv/base/result.hpp"
#include "cnv/desktop/number_field.hpp"

namespace cnv::desktop {

class TextLabel;

struct LimitNames {
  QString high, low;
};

class LimitsBox : public QFrame {
  Q_OBJECT

 public:
  // `set` takes both numbers, or says what is wrong with them.
  LimitsBox(double low, double high, const QString& unit, std::function<Result<void>(double, double)> set,
            QWidget* parent, const LimitNames& names = {tr("Highest colour"), tr("Lowest colour")});
  // Inside the parent, with its lower right corner at that place.
  void open_at(QPoint lower_right);
  NumberField& low() { return *low_; }
  NumberField& high() { return *high_; }
  QString problem() const;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool focusNextPrevChild(bool next) override;

 private:
  void commit(double low, double high);
  void refuse(const QString& typed);

  std::function<Result<void>(double, double)> set_;
  NumberField *low_, *high_;
  TextLabel* problem_;
  double low_value_, high_value_;
};

}  // namespace cnv::desktop
