// StatusLine: the message of the session at the left, figures of the viewer at the right. GUI thread.
#pragma once

#include <QTimer>
#include <QWidget>
#include <optional>

namespace cnv::desktop {

class NumberLabel;
class TextLabel;

class StatusLine : public QWidget {
  Q_OBJECT
 public:
  explicit StatusLine(QWidget* parent = nullptr);

  // Empty clears; timeout 0: until replaced.
  void show_message(const QString& text, int timeout_ms);
  void show_error(const QString& text);
  // None: nothing to tell.
  void set_figures(std::optional<double> pictures_per_s, std::optional<double> delay_ms, qulonglong merged);
  QString message() const;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void show_text(const QString& text);

  TextLabel* text_;
  NumberLabel* fps_;
  NumberLabel* delay_;
  NumberLabel* merged_;
  QTimer timeout_;
};

}  // namespace cnv::desktop
