#include "cnv/desktop/layout_memory.hpp"

#include <QCryptographicHash>
#include <QDateTime>
#include <QSettings>
#include <algorithm>

#include "cnv/base/numbers.hpp"

namespace cnv::desktop {
namespace {

constexpr int most_entries = 300;
const QString root = QStringLiteral("layouts"), windows = QStringLiteral("windows"),
              theme_key = QStringLiteral("theme"), again_list = QStringLiteral("again/on_saving");

QString hashed(const QString& name) {
  return QString::fromLatin1(QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256).toHex().left(24));
}

}  // namespace

LayoutMemory::LayoutMemory(const QString& file)
    : settings_(file.isEmpty() ? new QSettings(QSettings::IniFormat, QSettings::UserScope,
                                               QStringLiteral("compneurovis"), QStringLiteral("viewer"))
                               : new QSettings(file, QSettings::IniFormat)) {}
LayoutMemory::~LayoutMemory() { delete settings_; }

QString LayoutMemory::file() const { return settings_->fileName(); }
bool LayoutMemory::is_writable() const { return settings_->isWritable(); }

QString LayoutMemory::group(const QString& app, QStringList panels) {
  panels.sort();
  return root + '/' + hashed(app + '\n' + panels.join('\n'));
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
  const QString place = windows + '/' + hashed(app);
  settings_->setValue(place + "/app", app);
  settings_->setValue(place + "/geometry", layout.window);
  settings_->setValue(place + "/kept", QDateTime::currentMSecsSinceEpoch());
  drop_oldest(root);
  drop_oldest(windows);
  settings_->sync();
}

void LayoutMemory::drop_oldest(const QString& list) {
  settings_->beginGroup(list);
  QStringList entries = settings_->childGroups();
  if (entries.size() > most_entries) {
    std::sort(entries.begin(), entries.end(), [&](const QString& a, const QString& b) {
      return settings_->value(a + "/kept").toLongLong() < settings_->value(b + "/kept").toLongLong();
    });
    for (qsizetype i = 0; i < entries.size() - most_entries; ++i) settings_->remove(entries[i]);
  }
  settings_->endGroup();
}

QByteArray LayoutMemory::window_of(const QString& app) const {
  return settings_->value(windows + '/' + hashed(app) + "/geometry").toByteArray();
}

QString LayoutMemory::theme() const { return settings_->value(theme_key).toString(); }

void LayoutMemory::keep_theme(const QString& name) {
  settings_->setValue(theme_key, name);
  settings_->sync();
}

std::optional<FigureChoice> LayoutMemory::figure() const {
  const auto text = [this](const char* name) { return settings_->value("figure/" + QLatin1String(name)).toString(); };
  const auto number = [&](const char* name) { return number_from(text(name).toStdString()).value_or(0); };
  FigureChoice choice;
  choice.size = {
      .width = number("width"), .height = number("height"), .font_pt = number("font_pt"), .dpi = number("dpi")};
  for (const auto unit : figure_units)
    if (unit_name(unit) == text("unit").toStdString()) choice.size.unit = unit;
  if (!figure_layout(choice.size)) return std::nullopt;
  choice.as_on_screen = text("as_on_screen") == "true";
  if (text("colours") == "light") choice.colors = Theme::light;
  if (text("colours") == "dark") choice.colors = Theme::dark;
  choice.transparent = text("transparent") == "true";
  choice.keep_proportions = text("keep_proportions") == "true";
  return choice;
}

void LayoutMemory::keep_figure(const FigureChoice& choice) {
  const auto keep = [this](const char* name, const QString& text) {
    settings_->setValue("figure/" + QLatin1String(name), text);
  };
  const auto number = [](double value) { return QString::fromStdString(plain_text(value)); };
  const auto yes = [](bool value) { return value ? QStringLiteral("true") : QStringLiteral("false"); };
  keep("width", number(choice.size.width));
  keep("height", number(choice.size.height));
  keep("unit", QString::fromStdString(std::string(unit_name(choice.size.unit))));
  keep("font_pt", number(choice.size.font_pt));
  keep("dpi", number(choice.size.dpi));
  keep("as_on_screen", yes(choice.as_on_screen));
  keep("colours", !choice.colors ? QString() : *choice.colors == Theme::dark ? "dark" : "light");
  keep("transparent", yes(choice.transparent));
  keep("keep_proportions", yes(choice.keep_proportions));
  settings_->sync();
}

bool LayoutMemory::again_on_saving(const QString& script) const {
  return settings_->value(again_list).toStringList().contains(script);
}

void LayoutMemory::keep_again_on_saving(const QString& script, bool wanted) {
  QStringList scripts = settings_->value(again_list).toStringList();
  scripts.removeAll(script);
  if (wanted) scripts << script;
  settings_->setValue(again_list, scripts.mid(std::max<qsizetype>(0, scripts.size() - most_entries)));
  settings_->sync();
}

void LayoutMemory::forget(const QString& app, const QStringList& panels) {
  settings_->remove(group(app, panels));
  settings_->sync();
}

}  // namespace cnv::desktop
