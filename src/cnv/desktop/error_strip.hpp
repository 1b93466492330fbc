// ErrorStrip: what stopped the model: what, where, message, what to do, the user's lines, the traceback folded.
// Everything can be selected and copied. GUI thread.
#pragma once

#include <QWidget>

#include "cnv/desktop/traceback.hpp"

class QPlainTextEdit;

namespace cnv::desktop {

class CodeExcerpt;
class PushButton;
class TextLabel;

class ErrorStrip : public QWidget {
  Q_OBJECT
 public:
  explicit ErrorStrip(QWidget* parent = nullptr);
  void show_failure(const FailureText& failure);

 Q_SIGNALS:
  void retry_requested();

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void fold(bool folded);

  FailureText failure_;
  TextLabel* title_;
  TextLabel* place_;
  TextLabel* message_;
  TextLabel* hint_;
  PushButton* retry_;
  PushButton* copy_;
  PushButton* close_;
  CodeExcerpt* excerpt_;
  PushButton* unfold_;
  QPlainTextEdit* traceback_;
};

}  // namespace cnv::desktop
