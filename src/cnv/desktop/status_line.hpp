// StatusLine: the message of the session at the left, figures of the viewer at the right. GUI thread.
#pragma once

#include <QTimer>
#include <QWidget>
#include <optional>

#include "cnv/base/clock.hpp"

namespace cnv::desktop {

class NumberLabel;
class TextLabel;

class StatusLine : public QWidget {
  Q_OBJECT
 public:
  // The clock must outlive the line.
  explicit StatusLine(QWidget* parent = nullptr, Clock* clock = nullptr);

  // Empty clears; timeout 0: until replaced.
  void show_message(const QString& text, int timeout_ms);
  void show_error(const QString& text);
  // Takes an error away, and nothing else.
  void clear_error();
  // None: nothing to tell.
  void set_figures(std::optional<double> pictures_per_s, std::optional<double> delay_ms, qulonglong merged);
  QString message() const;
  // Where a click asks for all figures.
  QWidget* figures() const { return figures_; }
  // Takes away a message whose time is over.
  void expire();

 Q_SIGNALS:
  // The figures were clicked.
  void figures_clicked();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  void show_text(const QString& text);

  TextLabel* text_;
  bool is_error_ = false;
  NumberLabel* fps_;
  NumberLabel* delay_;
  NumberLabel* merged_;
  QWidget* figures_;
  SteadyClock steady_;
  Clock* clock_;
  std::optional<double> ends_s_;
  QTimer wake_;
};

}  // namespace cnv::desktop
