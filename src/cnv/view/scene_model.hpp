// SceneModel: everything the window shows, without a window: one SceneStore, its view objects by id, what must be drawn
// when, and the local effect of what the user does. Owned by the desktop (or a browser); GUI thread only.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cnv/protocol/host_messages.hpp"
#include "cnv/view/heat_map_view.hpp"
#include "cnv/view/line_plot_view.hpp"
#include "cnv/view/morphology_view.hpp"
#include "cnv/view/panel_camera.hpp"
#include "cnv/view/refresh_planner.hpp"
#include "cnv/view/refresh_scheduler.hpp"
#include "cnv/view/state_graph_view.hpp"
#include "cnv/view/surface_view.hpp"

namespace cnv {

// What a batch did, for the parts of a window outside the views.
struct Applied {
  Plan plan;
  std::vector<Problem> problems;    // new causes only
  std::vector<Status> statuses;     // in order
  std::vector<ErrorReport> errors;  // in order
  // What the user chose here and the session that has been started anew does not know yet.
  std::optional<StateEvent> choices;
};

class SceneModel {
 public:
  explicit SceneModel(Theme theme = Theme::light, double default_cap_hz = RefreshScheduler::usual_cap_hz)
      : theme_(theme), scheduler_(default_cap_hz) {}

  // Applies all updates, each wholly or not at all, and marks what must be drawn. Call between two paints.
  Applied apply(std::span<const Update> updates, double now_s);
  Applied apply(const Batch& batch, double now_s);
  // The next scene is that of a session that has been started anew. Cameras, zooms and looks stay as over any new
  // scene; so does what the user chose here other than by a control (selection, variable, slices), as far as the new
  // session has it. Values of controls are those of that session.
  void expect_session();
  bool expects_session() const { return session_expected_; }

  const SceneStore& store() const { return store_; }
  const Dict& state() const { return store_.state(); }
  const ViewState& view_state() const { return view_state_; }
  Theme theme() const { return theme_; }
  void set_theme(Theme theme, double now_s);
  RefreshScheduler& scheduler() { return scheduler_; }

  // ---- layout ----------------------------------------------------------------------------------------------------
  std::string window_title() const;  // the scene's; empty before there is one
  PanelGrid grid() const;            // rows of ids of panels that are shown
  const std::vector<PanelSpec>& panels() const { return store_.scene().layout.panels; }
  const PanelSpec* find_panel(std::string_view panel_id) const { return store_.scene().layout.find_panel(panel_id); }
  // False for a controls panel without anything to show.
  bool panel_is_shown(const PanelSpec& panel) const;
  // The panel's own title, else those of its views; controls are named by what they hold.
  std::string panel_title(const PanelSpec& panel) const;
  // The view's title, else what it shows, else its id.
  std::string view_name(std::string_view view_id) const;
  const ControlSpec* find_control(std::string_view control_id) const {
    return store_.scene().controls.find(control_id);
  }
  const ActionSpec* find_action(std::string_view action_id) const { return store_.scene().actions.find(action_id); }
  // The state's value, else the default.
  Value control_value(const ControlSpec& control) const;

  // ---- views -----------------------------------------------------------------------------------------------------
  // Brings the view's object up to date with the store; call before it is painted. Cheap when nothing changed.
  // Problems that a view has for the first time are in take_problems().
  MorphologyView* morphology(std::string_view view_id);
  LinePlotView* line_plot(std::string_view view_id);
  SurfaceView* surface(std::string_view view_id);
  // Colours and background of a 3-D view of either kind; null for others.
  ViewLook* look(std::string_view view_id);
  StateGraphView* state_graph(std::string_view view_id);
  HeatMapView* heat_map(std::string_view view_id);
  const ViewSpec* find_view(std::string_view view_id) const { return store_.scene().views.find(view_id); }
  // Problems found while views were brought up to date, each cause once.
  std::vector<Problem> take_problems();

  // The camera of a 3-D panel. Starts by the panel's wishes or fits; kept over new scenes and layouts by panel id while
  // what is shown stays of the same size.
  Camera& camera(std::string_view panel_id, glm::vec2 size_px);
  void fit_camera(std::string_view panel_id, glm::vec2 size_px);

  // ---- what the user does: changes state here at once and gives the message for the session ----------------------
  std::optional<ControlEvent> set_control(std::string_view control_id, Value value, double now_s);
  StateEvent set_state(std::string_view key, Value value, double now_s);
  // The position of a grid slice: through the control that holds it, if there is one. Nothing without such an operator.
  std::string slice_position_key(std::string_view operator_id) const;  // empty: none
  std::optional<ViewerMessage> move_slice(std::string_view operator_id, double position, double now_s);
  // An entity that no morphology has: nothing.
  std::optional<EntityEvent> select(std::string_view entity_id, bool add, double now_s);
  // Plots a variable at an entity beside what is selected; when it is plotted there already, its plot goes.
  StateEvent toggle_plot(std::string_view entity_id, const std::string& variable, double now_s);
  void set_cursor(std::optional<Cursor> cursor, double now_s);
  void set_time_shown(std::optional<double> time, double now_s);
  // A gesture changed a view (camera, zoom, legend, size).
  void touch(std::string_view view_id, double now_s, DirtyReason reason = DirtyReason::user);

 private:
  struct PanelCamera {
    Camera camera;
    Bounds bounds;                    // of the geometry it was made for
    std::uint64_t frame_version = 0;  // of the surface it was made for
    Camera untouched;                 // as it was made; while it is still that, a new size fits anew
    glm::vec2 size_px{0};

    bool outgrown(glm::vec2 size) const { return camera == untouched && size != size_px; }
    Camera& keep(const Camera& made, glm::vec2 size) {
      size_px = size;
      return camera = untouched = made;
    }
  };
  void apply_plan(const Plan& plan, double now_s);
  void sync_views();
  // The view's object after its update() with the spec, the store and `with`; null for views that are not of this kind.
  template <class Spec, class View, class... With>
  View* current(OrderedMap<std::unique_ptr<View>>& objects, std::string_view view_id, const With&... with);
  void touch_state(const Dict& updates, double now_s);
  bool is_entity(std::string_view entity_id) const;
  Dict choices_that_hold() const;
  void report(const std::vector<Problem>& problems, std::vector<Problem>& out);
  void touch_plots(std::string_view x_dim, double now_s);
  const LodTree* tree_of_panel(std::string_view panel_id);
  bool has_color_bar(std::string_view panel_id);
  SurfaceView* surface_of_panel(std::string_view panel_id);
  Camera& surface_camera(std::string_view panel_id, const SurfaceView& surface, glm::vec2 size_px);

  Theme theme_;
  SceneStore store_;
  ViewState view_state_;
  RefreshScheduler scheduler_;
  OrderedMap<std::unique_ptr<MorphologyView>> morphologies_;
  OrderedMap<std::unique_ptr<LinePlotView>> plots_;
  OrderedMap<std::unique_ptr<SurfaceView>> surfaces_;
  OrderedMap<std::unique_ptr<StateGraphView>> graphs_;
  OrderedMap<std::unique_ptr<HeatMapView>> heat_maps_;
  OrderedMap<PanelCamera> cameras_;
  TreeShelf trees_;
  Dict chosen_;                        // by the user, other than by a control
  bool session_expected_ = false;      // its scene has not come
  bool repeats_choices_ = false;       // the session has come, and computed nothing yet
  std::vector<std::string> reported_;  // causes
  std::vector<Problem> view_problems_;
};

}  // namespace cnv
