// LoadingPage: what is being done before there is a scene: title, steps with times, progress, Cancel. GUI thread.
#pragma once

#include <QElapsedTimer>
#include <QString>
#include <QTimer>
#include <QWidget>
#include <vector>

namespace cnv::desktop {

class PushButton;

struct LoadingStep {
  QString name, detail;
  QString state;  // "pending", "current", "done", "failed"
  double seconds = 0;
};

class LoadingPage : public QWidget {
  Q_OBJECT
 public:
  explicit LoadingPage(QWidget* parent = nullptr);
  void set_title(const QString& title, const QString& subtitle);
  void set_steps(std::vector<LoadingStep> steps);
  // The start has failed: nothing is left to cancel.
  void set_failed(bool failed);
  // Below the steps, until it is empty; else what comes after the start.
  void set_note(const QString& note);

 Q_SIGNALS:
  void cancelled();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  double present_seconds() const;
  QRectF block() const;
  void place_button();

  QString title_, subtitle_, note_;
  std::vector<LoadingStep> steps_;
  PushButton* cancel_;
  QElapsedTimer since_steps_;
  QTimer tick_;
  bool failed_ = false;
};

}  // namespace cnv::desktop
