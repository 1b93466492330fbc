// ViewerWindow: the window of the viewer. Takes messages of the host, keeps the SceneModel, arranges panels, paints
// what is due, and sends what the user does. Decides nothing about the model. GUI thread only.
#pragma once

#include <QMainWindow>
#include <QTimer>
#include <functional>
#include <map>
#include <memory>

#include "cnv/base/clock.hpp"
#include "cnv/desktop/figure_box.hpp"
#include "cnv/desktop/figure_table.hpp"
#include "cnv/desktop/figures.hpp"
#include "cnv/desktop/focus_ring.hpp"
#include "cnv/desktop/image_host.hpp"
#include "cnv/desktop/input_counter.hpp"
#include "cnv/desktop/layout_memory.hpp"
#include "cnv/desktop/plot_export.hpp"
#include "cnv/desktop/theme.hpp"
#include "cnv/desktop/view3d_figure.hpp"
#include "cnv/protocol/host_messages.hpp"
#include "cnv/view/scene_model.hpp"

class QMenu;
class QStackedWidget;

namespace cnv::desktop {

class ControlsPanel;
class ErrorStrip;
class FlatPanel;
class HeatMapPanel;
class LoadingPage;
class MenuButton;
class MorphologyPanel;
struct FailureText;
class PanelBoard;
class PanelDock;
class PushButton;
class PlotPanel;
class ScriptWatch;
class SurfacePanel;
class StateGraphPanel;
class StatusLine;
class TimeBar;
class View3dMenus;
class View3dPanel;
class ViewTiles;

class ViewerWindow : public QMainWindow {
  Q_OBJECT
 public:
  ViewerWindow(ThemeManager& themes, std::function<void(const ViewerMessage&)> send);
  ~ViewerWindow() override;

  // One message of the host; a batch is applied wholly before the next paint, then acknowledged.
  void receive(const HostMessage& message);
  // No process of the model is there: the window says so and keeps the last picture. `why`: empty where the program
  // ended before it said anything.
  void model_is_gone(const QString& why);
  // Its process leaves the window to the program's next one, which is on its way; the last picture stays.
  void model_starts_again();
  // The next one is there, and will tell of itself: what the window shows is kept for it.
  void model_is_fresh();
  // The model is being built: nothing can be done with it yet.
  bool building() const;
  // Everything that is dirty, without caps: for a final picture.
  void paint_everything();
  QImage picture();
  // Seconds until the next view is painted; none: nothing waits.
  std::optional<double> paints_in_s() const;
  // Each plot, state graph and heat map as <view id>.svg and .pdf, plots and heat maps also as .csv (what they show),
  // into a folder that exists; with a size also as .png, and so cells and surfaces. Empty text, or what went wrong.
  QString write_plots(const QString& folder, const std::optional<FigureSize>& size = std::nullopt);
  // What each view shows, pictures per second, delays: for the report. Brings the views up to date.
  Dict report();
  const SceneModel& model() const { return model_; }
  SceneModel& model() { return model_; }
  // The host asked for files, or to close.
  std::function<void(const Finish&)> on_finish;
  std::function<void()> on_close;
  // The user closed the window; it is hidden, and the host has been told.
  std::function<void()> on_user_close;
  // The program is to start anew; `by_hand`: the user said so, false: a file was saved.
  std::function<void(bool by_hand)> on_again;
  // From now on the arrangement of panels is taken from there and kept there. For windows that people see.
  void remember_layouts(std::unique_ptr<LayoutMemory> memory);
  // True once the user closed the window.
  bool closed_by_user() const { return closed_; }

 protected:
  void closeEvent(QCloseEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  double now_s() { return clock_.now_s(); }
  ImageHost& image_host();  // made at the first call
  void apply(const Batch& batch);
  void count_batch(const RunState& run, const Plan& plan);
  void show_run_state(const RunState& run);
  void show_failure(const SessionFailure& failure);
  // viewer_window_again.cpp
  enum class Retry { again, build, run };
  void make_again_entries();
  void offer_restart(const Restart& restart);
  bool can_start_again() const;
  QString why_not_again() const;
  void ask_again(bool by_hand);
  void show_retry(FailureText& shown, Retry otherwise);
  void retry();
  void watch_files(bool wanted);
  void mark_last_picture();
  void show_stopped(bool stopped);
  void set_chips(const QString& text);
  void show_messages(const Applied& applied);
  void tell_problem(const Problem& problem);
  void rebuild_panels();
  void rebuild_panels_when_free();
  void restore_layout();
  void keep_layout();
  QStringList panel_ids() const;
  QString app_key() const;
  void update_controls(const Plan& plan);
  void follow_state(const std::string& key);
  ControlsPanel* make_controls_panel();
  void fill_controls(const PanelSpec& panel, ControlsPanel& widget);
  void show_armed_action();
  void order_tab_stops();
  QWidget* make_view_panel(const PanelSpec& panel);
  QWidget* make_view(const PanelSpec& panel, const std::string& view_id);
  // A panel for one plot, state graph or heat map.
  template <class Panel>
  Panel* make_flat_panel(const std::string& view_id);
  void touch_panel(const std::string& panel_id);
  void make_menus();
  void set_theme(Theme theme);
  void note_what_is_seen();
  void paint_due();
  void paint_view(const std::string& view_id);
  void align_plots();
  void update_titles();
  QString view_detail(const std::string& view_id);
  void show_following(PanelDock& dock, const std::string& view_id);
  // The panel of a view, or nothing when there is none of this kind.
  template <class Panel>
  Panel* view_as(const std::string& view_id) const {
    const auto it = views_.find(view_id);
    return it == views_.end() ? nullptr : qobject_cast<Panel*>(it->second);
  }
  void add_places(const std::string& view_id, Dict& shown);
  Dict places() const;
  void select(const std::string& entity_id, bool add);
  void handle_key(const QString& key);
  bool window_key(const QString& key);
  PlotPanel* plot_for_keys() const;
  bool measuring_key(const QString& key);
  void fit_all();
  void switch_lens();
  void count_closed_panels();
  void show_diagnostics(bool shown);
  void show_help();
  void show_about();
  void copy_picture(QWidget& widget);
  void save_picture(QWidget& widget, const QString& name);
  void save_view3d(QWidget& content, const QString& name);
  std::optional<View3dExport> take_view3d(QWidget& content, Theme theme);
  void add_panel_menu(PanelDock& dock);
  void add_picture_actions(PanelDock& dock, FlatPanel& panel);
  void add_table_actions(PanelDock& dock, FlatPanel& panel);
  QString write_flat(const std::string& view_id, const QString& path, const std::optional<FigureLayout>& layout);
  // A view taken now, in the colours of a theme; none where it is of another kind.
  std::optional<FlatExport> take_flat(const std::string& view_id, Theme theme);
  std::optional<PlotExport> flat_table(const std::string& view_id);
  void copy_flat(const FlatPanel& panel);
  void save_flat(const FlatPanel& panel, const QString& name);
  // Through the box for figures and the dialog for files.
  void save_figure(FigureSource source, const QString& name, const QString& ending, const QString& kinds);
  void save_samples(const FlatPanel& panel, const QString& name, CsvPart part);
  QString ask_file(const QString& caption, const QString& name, const QString& kinds);
  void tell_saved(const QString& path, const QString& problem);
  SurfacePanel* make_surface_panel(const PanelSpec& panel, const std::string& view_id);
  void equip_view3d(PanelDock& dock, View3dPanel& panel, MenuButton* variables, QMenu* into = nullptr);
  void equip_tiles(PanelDock& dock, ViewTiles& tiles);
  void fill_variable_list(MenuButton* list, const std::string& view_id, View3dMenus& menus);
  static QString variable_list_name();
  void equip_plot(PanelDock& dock, PlotPanel& panel);
  void equip_graph(PanelDock& dock, StateGraphPanel& panel);
  void equip_heat_map(PanelDock& dock, HeatMapPanel& panel);
  void update_variable_lists();
  PanelDock* add_table_dock(const QString& id, const QString& title, FigureTable* table);
  std::vector<FigureGroup> diagnostics() const;
  void tell_first_frame();
  void update_figures();
  void set_active(bool active);

  ThemeManager& themes_;
  FocusRing focus_ring_;
  InputCounter input_;
  std::function<void(const ViewerMessage&)> send_;
  SteadyClock clock_;
  SceneModel model_;
  std::unique_ptr<ImageHost> image_host_;
  std::map<std::string, PanelDock*> docks_;            // by panel id
  std::map<std::string, QWidget*> views_;              // View3dPanels and FlatPanels by view id
  std::map<std::string, MenuButton*> variable_lists_;  // by view id
  std::map<std::string, ControlsPanel*> controls_;     // by panel id
  QStackedWidget* pages_ = nullptr;
  LoadingPage* loading_ = nullptr;
  Progress start_;  // the steps of the start, for the report
  PanelBoard* board_ = nullptr;
  ErrorStrip* strip_ = nullptr;
  TimeBar* time_bar_ = nullptr;
  QMenu* simulation_ = nullptr;
  QList<QAction*> model_entries_;  // of that menu: they need a model
  QAction* again_ = nullptr;
  QAction* again_on_saving_ = nullptr;
  ScriptWatch* watch_ = nullptr;  // while it is wanted
  Restart restart_;
  std::vector<std::string> program_files_;  // of all the program's processes so far
  Retry retry_ = Retry::run;
  std::int64_t starts_ = 1;
  std::optional<double> chosen_speed_;  // by hand
  PushButton* closed_panels_ = nullptr;
  StatusLine* status_ = nullptr;
  PanelDock* diagnostics_dock_ = nullptr;
  PanelDock* help_dock_ = nullptr;
  FigureTable* diagnostics_panel_ = nullptr;
  QTimer paint_timer_, shown_timer_, figure_timer_;
  RunState run_;
  bool session_speaks_ = false;  // its message stands in the status line
  std::optional<Welcome> welcome_;
  Figures figures_;
  Counters counters_;
  std::map<std::string, std::uint64_t> paints_;  // by view id
  double figures_since_ = 0, pictures_per_s_ = 0;
  std::uint64_t figures_before_ = 0;
  // What a controls panel was made from: the same needs no new widgets.
  struct ControlsShown {
    std::vector<ControlSpec> controls;
    std::vector<ActionSpec> actions;
    friend bool operator==(const ControlsShown&, const ControlsShown&) = default;
  };
  std::map<ControlsPanel*, ControlsShown> controls_shown_;
  std::unique_ptr<LayoutMemory> layouts_;
  FigureChoice figure_;  // the last one
  bool button_down_ = false, rebuild_waits_ = false;
  bool painted_ = false, first_frame_sent_ = false, closed_ = false, gone_ = false;
};

}  // namespace cnv::desktop
