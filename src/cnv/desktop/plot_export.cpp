#include "cnv/desktop/plot_export.hpp"

#include <QSaveFile>

#include "cnv/desktop/plot_painter.hpp"
#include "cnv/draw/plot_svg.hpp"

namespace cnv::desktop {

PlotExport::PlotExport(const SceneModel& model, const LinePlotView& shown, Theme theme) {
  ViewState view_state = model.view_state();
  view_state.cursor.reset();
  view_ = std::make_shared<LinePlotView>();
  view_->update(shown.spec(), model.store(), view_state, theme);
  view_->show_like(shown);
  view_->show_as_figure();
  screen_margins_ = view_->least_margins();
  screen_ = layout_on_screen(shown.picture().width, shown.picture().height);
  view_->layout(screen_.width_px, screen_.height_px, QtFontMetrics());
  if (!shown.spec().trim_to_rolling_window) return;
  LinePlotViewSpec spec = shown.spec();
  spec.trim_to_rolling_window = false;
  untrimmed_ = std::make_unique<LinePlotView>();
  untrimmed_->update(spec, model.store(), view_state, theme);
}

FilePicture PlotExport::picture(const FigureLayout& layout) const {
  view_->set_least_margins(is_size_of(layout, screen_) ? screen_margins_ : PlotMargins{});
  view_->layout(layout.width_px, layout.height_px, QtFontMetrics());
  const auto paint = [view = view_](QPainter& painter, std::optional<double> ratio) {
    if (ratio) paint_plot(painter, view->picture(), view->background(), view->message(), stroke_traces(*view, *ratio));
    else paint_plot(painter, view->vector_picture(), view->background(), view->message(), QImage());
  };
  const auto svg = [view = view_, mm_per_px = layout.mm_per_px()](std::string_view title) {
    const auto& background = view->background();
    return plot_svg(view->vector_picture(), background.color, tokens(background.look), title, view->message(), {},
                    mm_per_px);
  };
  return {layout, paint, svg, {}};
}

QString PlotExport::write_table(const QString& path, CsvPart part) const {
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly)) return not_written(path, file.errorString());
  bool written = true;
  write_csv(part == CsvPart::stored && untrimmed_ ? *untrimmed_ : *view_, part, [&](std::string_view text) {
    written = written && file.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size());
  });
  return written && file.commit() ? QString() : not_written(path, file.errorString());
}

}  // namespace cnv::desktop
