#include "cnv/desktop/layout_memory.hpp"

#include <QCryptographicHash>
#include <QDateTime>
#include <QSettings>
#include <algorithm>

namespace cnv::desktop {
namespace {

constexpr int most_entries = 300;
const QString root = QStringLiteral("layouts");

}  // namespace

LayoutMemory::LayoutMemory(const QString& file)
    : settings_(file.isEmpty() ? new QSettings(QSettings::IniFormat, QSettings::UserScope,
                                               QStringLiteral("compneurovis"), QStringLiteral("viewer"))
                               : new QSettings(file, QSettings::IniFormat)) {}
LayoutMemory::~LayoutMemory() { delete settings_; }

QString LayoutMemory::group(const QString& app, QStringList panels) {
  panels.sort();
  const QByteArray name = (app + '\n' + panels.join('\n')).toUtf8();
  return root + '/' + QString::fromLatin1(QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex().left(24));
}

std::optional<KeptLayout> LayoutMemory::find(const QString& app, const QStringList& panels) const {
  const QString at = group(app, panels);
  KeptLayout kept{settings_->value(at + "/docks").toByteArray(), settings_->value(at + "/window").toByteArray()};
  if (kept.docks.isEmpty()) return std::nullopt;
  return kept;
}

void LayoutMemory::keep(const QString& app, const QStringList& panels, const KeptLayout& layout) {
  const QString at = group(app, panels);
  settings_->setValue(at + "/app", app);
  settings_->setValue(at + "/docks", layout.docks);
  settings_->setValue(at + "/window", layout.window);
  settings_->setValue(at + "/kept", QDateTime::currentMSecsSinceEpoch());
  settings_->beginGroup(root);
  QStringList entries = settings_->childGroups();
  if (entries.size() > most_entries) {
    std::sort(entries.begin(), entries.end(), [&](const QString& a, const QString& b) {
      return settings_->value(a + "/kept").toLongLong() < settings_->value(b + "/kept").toLongLong();
    });
    for (qsizetype i = 0; i < entries.size() - most_entries; ++i) settings_->remove(entries[i]);
  }
  settings_->endGroup();
  settings_->sync();
}

void LayoutMemory::forget(const QString& app, const QStringList& panels) {
  settings_->remove(group(app, panels));
  settings_->sync();
}

}  // namespace cnv::desktop
