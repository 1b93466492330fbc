// LayoutMemory: what a user did to the arrangement of an app's window, kept between runs in the user's settings file.
// One entry per app and set of panels. GUI thread.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <optional>

class QSettings;

namespace cnv::desktop {

struct KeptLayout {
  QByteArray docks;   // PanelBoard::arrangement()
  QByteArray window;  // QWidget::saveGeometry()
};

class LayoutMemory {
 public:
  // `file`: an INI file; empty: the user's own settings of CompNeuroVis.
  explicit LayoutMemory(const QString& file = {});
  ~LayoutMemory();
  LayoutMemory(const LayoutMemory&) = delete;
  LayoutMemory& operator=(const LayoutMemory&) = delete;

  std::optional<KeptLayout> find(const QString& app, const QStringList& panels) const;
  // The oldest entries go when there are more than a few hundred.
  void keep(const QString& app, const QStringList& panels, const KeptLayout& layout);
  void forget(const QString& app, const QStringList& panels);

 private:
  static QString group(const QString& app, QStringList panels);
  QSettings* settings_;
};

}  // namespace cnv::desktop
