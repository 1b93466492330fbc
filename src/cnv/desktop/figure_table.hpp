// FigureTable: names and figures in groups, for diagnostics and the list of keys. Only figures that changed are painted
// again. GUI thread.
#pragma once

#include <QScrollArea>
#include <vector>

class QVBoxLayout;

namespace cnv::desktop {

struct FigureRow {
  QString name, value;
};
struct FigureGroup {
  QString title;
  std::vector<FigureRow> rows;
};

class FigureTable : public QScrollArea {
  Q_OBJECT
 public:
  explicit FigureTable(QWidget* parent = nullptr);
  void set_groups(const std::vector<FigureGroup>& groups);
  // All figures as lines "name<tab>value", for the clipboard.
  QString text() const;

 private:
  void rebuild(const std::vector<FigureGroup>& groups);

  std::vector<FigureGroup> shown_;
  QVBoxLayout* column_;
  std::vector<class NumberLabel*> values_;  // in the order of the rows
};

// "1.25 MB": bytes in the unit that keeps three figures or so.
QString bytes_text(double bytes);

}  // namespace cnv::desktop
