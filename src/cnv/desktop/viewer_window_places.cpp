// ViewerWindow: what stands where: panels, views, all that the Tab key reaches, an open menu or dialog. For the report.
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QTabBar>

#include "cnv/desktop/dock.hpp"
#include "cnv/desktop/error_strip.hpp"
#include "cnv/desktop/heat_map_panel.hpp"
#include "cnv/desktop/morphology_panel.hpp"
#include "cnv/desktop/plot_panel.hpp"
#include "cnv/desktop/state_graph_panel.hpp"
#include "cnv/desktop/status_line.hpp"
#include "cnv/desktop/surface_panel.hpp"
#include "cnv/desktop/viewer_window.hpp"
#include "cnv/view/measurement_text.hpp"

namespace cnv::desktop {
namespace {

std::string utf8(const QString& text) { return text.toStdString(); }

// left, top, width, height in logical pixels of the window, also for what lies beside it.
List rectangle(const QWidget& window, const QWidget& part, QRectF area) {
  const QPointF corner = part.mapToGlobal(area.topLeft()) - window.mapToGlobal(QPointF(0, 0));
  return {corner.x(), corner.y(), area.width(), area.height()};
}

List rectangle(const QWidget& window, const QWidget& part) { return rectangle(window, part, QRectF(part.rect())); }

List rectangle(const QWidget& window, const QWidget& part, const PlotRect& area) {
  return rectangle(window, part, QRectF(area.x, area.y, area.width, area.height));
}

// "Slider", "ToolButton": the class without its namespaces.
std::string kind_of(const QWidget& widget) {
  const std::string name = widget.metaObject()->className();
  const auto colon = name.rfind(':');
  return colon == std::string::npos ? name : name.substr(colon + 1);
}

std::string name_of(const QWidget& widget) {
  if (!widget.accessibleName().isEmpty()) return utf8(widget.accessibleName());
  const auto* button = qobject_cast<const QAbstractButton*>(&widget);
  return button ? utf8(button->text()) : std::string();
}

std::string text_of(const QWidget& widget) {
  if (const auto* line = qobject_cast<const QLineEdit*>(&widget)) return utf8(line->text());
  if (const auto* list = qobject_cast<const QComboBox*>(&widget)) return utf8(list->currentText());
  return utf8(widget.accessibleDescription());
}

Dict stop_of(const QWidget& window, const QWidget& widget) {
  Dict stop{{"name", name_of(widget)},
            {"kind", kind_of(widget)},
            {"text", text_of(widget)},
            {"rect", rectangle(window, widget)}};
  if (const auto* button = qobject_cast<const QAbstractButton*>(&widget); button && button->isCheckable())
    stop.set("checked", button->isChecked());
  return stop;
}

List entries_of(const QWidget& window, const QMenu& menu) {
  List entries;
  for (auto* action : menu.actions())
    if (!action->isSeparator() && action->isVisible())
      entries.emplace_back(Dict{{"text", utf8(action->text().section('\t', 0, 0).remove('&'))},
                                {"rect", rectangle(window, menu, QRectF(menu.actionGeometry(action)))},
                                {"enabled", action->isEnabled()},
                                {"checked", action->isChecked()}});
  return entries;
}

// An open menu, or the open list of a drop-down; the innermost.
List open_entries(const QWidget& window) {
  const auto* popup = QApplication::activePopupWidget();
  if (const auto* menu = qobject_cast<const QMenu*>(popup)) return entries_of(window, *menu);
  const auto* list = popup ? popup->findChild<QAbstractItemView*>() : nullptr;
  List entries;
  for (int row = 0; list && row < list->model()->rowCount(); ++row) {
    const auto index = list->model()->index(row, 0);
    entries.emplace_back(Dict{{"text", utf8(index.data().toString())},
                              {"rect", rectangle(window, *list->viewport(), QRectF(list->visualRect(index)))},
                              {"enabled", true},
                              {"checked", index == list->currentIndex()}});
  }
  return entries;
}

// What is measured in a plot, where its handles and buttons are, and what its read-out says, a text for each.
Dict measured_report(const LinePlotView& plot, const auto& place) {
  Dict out = dict_of(plot.measured()), handles, buttons;
  const auto& marks = plot.picture().measures;
  for (const auto& handle : marks.handles) handles.set(handle.name, place(handle.box));
  for (const auto& button : marks.buttons) buttons.set(button.id, place(button.box));
  List texts;
  for (const auto& text : marks.texts) texts.emplace_back(text.text);
  out.set("handles", std::move(handles));
  out.set("buttons", std::move(buttons));
  out.set("texts", std::move(texts));
  return out;
}

Dict camera_report(const Camera& camera) {
  const auto number = [](float v) { return static_cast<double>(v); };
  return {{"azimuth_deg", number(camera.azimuth_deg)},
          {"elevation_deg", number(camera.elevation_deg)},
          {"distance", number(camera.distance)},
          {"fov_deg", number(camera.fov_deg)},
          {"orthographic", camera.orthographic},
          {"center", List{number(camera.center.x), number(camera.center.y), number(camera.center.z)}}};
}

}  // namespace

// Where a view is, what the pointer reads there, and where its parts lie.
void ViewerWindow::add_places(const std::string& view_id, Dict& shown) {
  const auto* widget = view_as<QWidget>(view_id);
  if (!widget) return;
  const auto place = [&](const auto&... area) { return rectangle(*this, *widget, area...); };
  shown.set("rect", place());
  auto* space = view_as<View3dPanel>(view_id);
  shown.set("hover", utf8(space ? space->hover_text() : widget->accessibleDescription()));
  if (space) {
    shown.set("camera", camera_report(space->present_camera()));
    shown.set("color_bar", place(space->color_bar_area()));
    shown.set("chip", utf8(space->chip()));
    if (const auto* look = model_.look(view_id)) {
      shown.set("color_map", look->colors().map_name());
      shown.set("color_limits", List{static_cast<double>(look->scale().low), static_cast<double>(look->scale().high)});
    }
  }
  if (const auto* cell = model_.morphology(view_id)) {
    shown.set("quantity", cell->quantity());
  } else if (const auto* surface = model_.surface(view_id)) {
    Dict handles;
    for (const auto& slice : surface->slices())
      if (const auto at = static_cast<SurfacePanel*>(space)->handle_place(slice))
        handles.set(slice.operator_id, place(QRectF(*at, QSizeF(0, 0))));
    shown.set("handles", std::move(handles));
  } else if (const auto* plot = model_.line_plot(view_id)) {
    shown.set("following", plot->following());
    shown.set("plot", place(plot->picture().plot));
    List rows;
    for (const auto& row : plot->picture().legend)
      rows.emplace_back(Dict{{"label", plot->picture().series[row.series].label}, {"rect", place(row.area)}});
    shown.set("legend", std::move(rows));
    shown.set("cursor", plot->picture().cursor ? Value(plot->picture().cursor->label.text) : Value());
    shown.set("measured", plot->measures() ? Value(measured_report(*plot, place)) : Value());
  } else if (const auto* map = model_.heat_map(view_id)) {
    shown.set("plot", place(map->picture().frame.plot));
    shown.set("color_map", map->look().colors().map_name());
  } else if (const auto* graph = model_.state_graph(view_id)) {
    Dict places;
    for (const auto& node : graph->picture().nodes) places.set(node.label.text, place(node.box));
    shown.set("places", std::move(places));
  }
}

Dict ViewerWindow::places() const {
  Dict panels;
  const auto add_panel = [&](const std::string& id, const PanelDock* dock) {
    panels.set(id, Dict{{"title", utf8(dock->windowTitle())},
                        {"detail", utf8(dock->detail())},
                        {"rect", rectangle(*this, *dock)},
                        {"open", !dock->isHidden()},
                        {"visible", !dock->visibleRegion().isEmpty()},
                        {"floating", dock->isFloating()}});
  };
  for (const auto& [id, dock] : docks_) add_panel(id, dock);
  for (const auto* dock : {diagnostics_dock_, help_dock_})
    if (dock) add_panel(utf8(dock->objectName()), dock);
  List stops, menus, tabs;
  const auto add_stops = [&](const QWidget* in) {
    for (auto* next = in->nextInFocusChain(); next != in; next = next->nextInFocusChain())
      if (next->focusPolicy() & Qt::TabFocus && next->isEnabled() && next->isVisible() && next->window() == in)
        stops.emplace_back(stop_of(*this, *next));
  };
  add_stops(this);
  for (const auto* dock : findChildren<PanelDock*>())
    if (dock->isFloating()) add_stops(dock);
  if (const auto* box = qobject_cast<FigureBox*>(QApplication::activeModalWidget())) add_stops(box);
  for (auto* action : menuBar()->actions())
    menus.emplace_back(Dict{{"text", utf8(action->text().remove('&'))},
                            {"rect", rectangle(*this, *menuBar(), QRectF(menuBar()->actionGeometry(action)))}});
  for (const auto* bar : findChildren<QTabBar*>())
    for (int i = 0; bar->isVisible() && i < bar->count(); ++i)
      tabs.emplace_back(Dict{{"text", utf8(bar->tabText(i))},
                             {"rect", rectangle(*this, *bar, QRectF(bar->tabRect(i)))},
                             {"current", i == bar->currentIndex()}});
  const auto* focus = QApplication::focusWidget();
  const auto* dialog = QApplication::activeModalWidget();
  Dict out{{"size", List{width(), height()}},
           {"theme", themes_.theme() == Theme::dark ? "dark" : "light"},
           {"title", utf8(windowTitle())},
           {"message", utf8(status_->message())},
           {"figures", rectangle(*this, *status_->figures())}};
  out.set("error", strip_->isVisible() ? Value(utf8(strip_->accessibleName())) : Value());
  out.set("panels", std::move(panels));
  out.set("stops", std::move(stops));
  out.set("focus", focus ? Value(stop_of(*this, *focus)) : Value());
  out.set("menus", std::move(menus));
  out.set("tabs", std::move(tabs));
  out.set("open", open_entries(*this));
  // Only what this window has put there: another program's would have to be asked, and may not answer.
  const auto* clipboard = QApplication::clipboard();
  out.set("copied", clipboard->ownsClipboard() ? Value(utf8(clipboard->text())) : Value());
  out.set("dialog", dialog ? Value(utf8(dialog->windowTitle())) : Value());
  return out;
}

}  // namespace cnv::desktop
