// A button that fires an action of the scene; shows its shortcut. GUI thread.
#pragma once

#include <QStringList>

#include "cnv/desktop/buttons.hpp"

namespace cnv::desktop {

struct ActionButtonSpec {
  QString id, label;
  QStringList shortcuts;  // as the script wrote them
};

class ActionButton : public PushButton {
  Q_OBJECT

 public:
  explicit ActionButton(ActionButtonSpec spec, QWidget* parent = nullptr);
  const QString& id() const { return spec_.id; }
  const QStringList& shortcuts() const { return spec_.shortcuts; }

 Q_SIGNALS:
  void fired(const QString& action_id);

 private:
  ActionButtonSpec spec_;
};

}  // namespace cnv::desktop
