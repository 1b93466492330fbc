#include "cnv/desktop/controls/action_button.hpp"

#include "cnv/desktop/keys.hpp"

namespace cnv::desktop {

ActionButton::ActionButton(ActionButtonSpec spec, QWidget* parent)
    : PushButton(spec.label, parent), spec_(std::move(spec)) {
  QStringList names;
  for (const QString& shortcut : spec_.shortcuts)
    if (const QString name = normalized_shortcut(shortcut); !name.isEmpty()) names << name;
  if (!names.isEmpty()) set_key_hint(names.first());
  set_spread(true);
  setToolTip(names.isEmpty() ? spec_.label
                             : QStringLiteral("%1 (%2)").arg(spec_.label, names.join(QStringLiteral(", "))));
  connect(this, &QAbstractButton::clicked, this, [this] {
    Q_EMIT
    fired(spec_.id);
  });
}

}  // namespace cnv::desktop
