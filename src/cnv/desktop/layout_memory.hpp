// LayoutMemory: what is kept between runs in the user's settings file: what a user did to the arrangement of an app's
// window, one entry per app and set of panels, the theme, what was chosen for the last figure, and which scripts start
// again when they are saved. GUI thread.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <optional>

#include "cnv/desktop/figure_choice.hpp"

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

  QString file() const;
  bool is_writable() const;

  std::optional<KeptLayout> find(const QString& app, const QStringList& panels) const;
  // QWidget::saveGeometry() of the app's last window, whatever its panels; empty: none was kept.
  QByteArray window_of(const QString& app) const;
  // "light", "dark" or "system" as chosen in the menu, one for all apps; empty: none was.
  QString theme() const;
  void keep_theme(const QString& name);
  // The oldest entries go when there are more than a few hundred.
  void keep(const QString& app, const QStringList& panels, const KeptLayout& layout);
  // One for all apps. Nothing, where none was kept or the file holds none that is possible.
  std::optional<FigureChoice> figure() const;
  void keep_figure(const FigureChoice& choice);
  void forget(const QString& app, const QStringList& panels);

  // `script`: its path.
  bool again_on_saving(const QString& script) const;
  void keep_again_on_saving(const QString& script, bool wanted);

 private:
  static QString group(const QString& app, QStringList panels);
  void drop_oldest(const QString& list);
  QSettings* settings_;
};

}  // namespace cnv::desktop
