// ViewerWindow: its figures: status line, diagnostics, and the report of a windowless run.
#include <unistd.h>

#include <QLocale>
#include <fstream>

#include "cnv/desktop/dock.hpp"
#include "cnv/desktop/heat_map_panel.hpp"
#include "cnv/desktop/morphology_panel.hpp"
#include "cnv/desktop/plot_panel.hpp"
#include "cnv/desktop/state_graph_panel.hpp"
#include "cnv/desktop/status_line.hpp"
#include "cnv/desktop/surface_panel.hpp"
#include "cnv/desktop/text.hpp"
#include "cnv/desktop/viewer_window.hpp"

namespace cnv::desktop {
namespace {

// Memory of this process that is in RAM; none where the system does not tell.
std::optional<double> resident_bytes() {
  std::ifstream file("/proc/self/statm");
  double total = 0, resident = 0;
  if (!(file >> total >> resident)) return std::nullopt;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

Dict surface_report(const SurfaceView& view, const SurfaceCounters& counters, Dict out) {
  out.set("kind", "surface");
  out.set("size", List{view.grid().columns(), view.grid().rows()});
  out.set("drawn_points", counters.points);
  out.set("triangles", counters.triangles);
  out.set("draw_calls", counters.draw_calls);
  out.set("uploaded_bytes", counters.uploaded_bytes);
  out.set("color_limits",
          List{static_cast<double>(view.color_scale().low), static_cast<double>(view.color_scale().high)});
  out.set("message", view.message());
  List slices;
  for (const auto& slice : view.slices())
    slices.emplace_back(Dict{{"operator", slice.operator_id}, {"index", slice.index}, {"label", slice.label}});
  out.set("slices", std::move(slices));
  return out;
}

}  // namespace

void ViewerWindow::update_figures() {
  const double now = now_s();
  const double elapsed = now - figures_since_;
  const double fps = pictures_per_s_ =
      elapsed > 0 ? static_cast<double>(figures_.whole().pictures() - figures_before_) / elapsed : 0;
  figures_since_ = now;
  figures_before_ = figures_.whole().pictures();
  if (diagnostics_dock_ && diagnostics_dock_->isVisible()) diagnostics_panel_->set_groups(diagnostics());
  status_->set_figures(run_.running ? std::optional<double>(fps) : std::nullopt,
                       run_.running ? std::optional<double>(1e3 * figures_.whole().last_delay_s()) : std::nullopt,
                       static_cast<qulonglong>(counters_.superseded));
}

Dict ViewerWindow::report() {
  Dict out = figures_.report();
  out.set("renderer", image_host_ ? Value(image_host_->renderer()) : Value());
  Dict views;
  for (const auto& [id, spec] : model_.store().scene().views) {
    Dict shown;
    if (const auto it = paints_.find(id); it != paints_.end())
      shown.set("paints", static_cast<std::int64_t>(it->second));
    figures_.of(id).add_to(shown);
    if (const auto* cell = view_as<MorphologyPanel>(id)) {
      const auto counters = cell->counters();
      shown.set("kind", "morphology");
      shown.set("visible_pieces", counters.visible_pieces);
      shown.set("draw_calls", counters.draw_calls);
      shown.set("uploaded_bytes", counters.uploaded_bytes);
    } else if (const auto* surface = view_as<SurfacePanel>(id)) {
      shown = surface_report(*model_.surface(id), surface->counters(), std::move(shown));
    } else if (view_as<PlotPanel>(id)) {
      shown.set("kind", "line_plot");
      auto* plot = model_.line_plot(id);
      List series;
      for (const auto& s : plot->picture().series)
        series.emplace_back(Dict{{"label", s.label}, {"value", s.value}, {"visible", s.visible}});
      shown.set("series", std::move(series));
      shown.set("x_range", List{plot->picture().x_range.low, plot->picture().x_range.high});
      shown.set("y_range", List{plot->picture().y_range.low, plot->picture().y_range.high});
    }
    if (const auto* graph = view_as<StateGraphPanel>(id) ? model_.state_graph(id) : nullptr) {
      shown.set("kind", "state_graph");
      Dict states;
      for (const auto& node : graph->picture().nodes) states.set(node.label.text, node.value.text);
      shown.set("states", std::move(states));
    }
    if (const auto* map = view_as<HeatMapPanel>(id) ? model_.heat_map(id) : nullptr) {
      shown.set("kind", "heat_map");
      shown.set("rows", static_cast<std::int64_t>(map->picture().row_count));
      shown.set("x_range", List{map->picture().frame.x_range.low, map->picture().frame.x_range.high});
      shown.set("color_limits",
                List{static_cast<double>(map->look().scale().low), static_cast<double>(map->look().scale().high)});
    }
    add_places(id, shown);
    views.set(id, std::move(shown));
  }
  out.set("views", std::move(views));
  out.set("window", places());
  out.set("input", input_.report());
  out.set("state", model_.state());
  List start;
  for (const auto& step : start_.steps)
    start.emplace_back(Dict{{"step", step.name}, {"detail", step.detail}, {"s", step.seconds}});
  out.set("start", std::move(start));
  out.set("starts", starts_);
  out.set("again", Dict{{"why_not", why_not_again().toStdString()}, {"on_saving", again_on_saving_->isChecked()}});
  return out;
}

std::vector<FigureGroup> ViewerWindow::diagnostics() const {
  const auto ms = [](double s) { return QString::number(1e3 * s, 'f', 1) + QStringLiteral("\u2009ms"); };
  const auto count = [](auto n) { return QLocale::c().toString(static_cast<qulonglong>(n)); };
  FigureGroup pictures{tr("Pictures"),
                       {{tr("Pictures per second"), QString::number(pictures_per_s_, 'f', 1)},
                        {tr("Delay, latest"), ms(figures_.whole().last_delay_s())},
                        {tr("Delay, median"), ms(figures_.whole().delay_s(0.5))},
                        {tr("Delay, 99 %"), ms(figures_.whole().delay_s(0.99))},
                        {tr("Pictures shown"), count(figures_.whole().pictures())}}};
  for (const auto& [id, paints] : paints_)
    pictures.rows.push_back({tr("Paints of %1").arg(to_qtext(id)), count(paints)});
  FigureGroup stream{tr("From the model"),
                     {{tr("Batches"), count(counters_.batches)},
                      {tr("Superseded frames"), count(counters_.superseded)},
                      {tr("Trimmed samples"), count(counters_.trimmed)},
                      {tr("Received"), bytes_text(static_cast<double>(counters_.bytes))}}};
  if (run_.has_model_time)
    stream.rows.push_back(
        {tr("Model time per second"), QString::number(run_.achieved, 'f', 1) + QStringLiteral("\u2009ms")});
  FigureGroup memory{tr("Memory"),
                     {{tr("Fields, model side"), bytes_text(static_cast<double>(counters_.store_bytes))},
                      {tr("Fields, this window"), bytes_text(static_cast<double>(model_.store().memory_bytes()))}}};
  if (const auto resident = resident_bytes()) memory.rows.push_back({tr("This window, total"), bytes_text(*resident)});
  std::vector<FigureGroup> groups{std::move(pictures), std::move(stream), std::move(memory)};
  FigureGroup problems{tr("Problems"), {}};
  for (const auto& [cause, times] : counters_.problems)
    problems.rows.push_back({to_qtext(cause), count(times.as_int())});
  if (!problems.rows.empty()) groups.push_back(std::move(problems));
  groups.push_back({tr("Drawing"), {{image_host_ ? to_qtext(image_host_->renderer()) : tr("no renderer"), {}}}});
  return groups;
}

}  // namespace cnv::desktop
