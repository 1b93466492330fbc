// ViewerWindow: its controls panels: widgets from the scene's specs, values both ways.
#include <algorithm>

#include "cnv/desktop/controls/controls_panel.hpp"
#include "cnv/desktop/spec_widgets.hpp"
#include "cnv/desktop/status_line.hpp"
#include "cnv/desktop/text.hpp"
#include "cnv/desktop/viewer_window.hpp"

namespace cnv::desktop {
namespace {

constexpr int remark_ms = 6000;

QString heading_of(const ControlSpec& spec) {
  return spec.presentation && spec.presentation->group ? to_qtext(*spec.presentation->group) : QString();
}

template <class Spec>
bool stays(const std::vector<Spec>& before, const Spec& spec) {
  return std::find(before.begin(), before.end(), spec) != before.end();
}

}  // namespace

ControlsPanel* ViewerWindow::make_controls_panel() {
  auto* widget = new ControlsPanel;
  connect(widget, &ControlsPanel::value_changed, this, [this](const QString& id, const QVariant& value) {
    const auto* spec = model_.find_control(id.toStdString());
    if (!spec) return;
    const std::string key = spec->resolved_state_key();
    if (auto event = model_.set_control(id.toStdString(), scene_value(value), now_s())) send_(*event);
    follow_state(key);
  });
  connect(widget, &ControlsPanel::action_fired, this,
          [this](const QString& id) { send_(ActionEvent{id.toStdString()}); });
  connect(widget, &ControlsPanel::remarked, this,
          [this](const QString& text) { status_->show_message(text, remark_ms); });
  return widget;
}

// Other widgets of the same key, here and in other panels, show it too, and titles that name what a slice shows.
void ViewerWindow::follow_state(const std::string& key) {
  update_controls(plan_state(std::span(&key, 1), model_.store()));
  update_titles();
  paint_due();
}

// Widgets whose spec is the same as before stay, with their focus and running drags.
void ViewerWindow::fill_controls(const PanelSpec& panel, ControlsPanel& widget) {
  ControlsShown shown;
  for (const auto& id : panel.control_ids)
    if (const auto* spec = model_.find_control(id)) shown.controls.push_back(*spec);
  for (const auto& id : panel.action_ids)
    if (const auto* spec = model_.find_action(id)) shown.actions.push_back(*spec);
  const ControlsShown before = std::exchange(controls_shown_[&widget], shown);
  if (before != shown) {
    std::vector<ControlsGroup> groups;
    for (const auto& spec : shown.controls) {
      Control* control = stays(before.controls, spec) ? widget.control(to_qtext(spec.id)) : nullptr;
      if (!control) {
        auto made = make_control(spec);
        if (!made) {
          status_->show_error(to_qtext(made.error()));
          continue;
        }
        control = *made;
      }
      if (groups.empty() || groups.back().heading != heading_of(spec)) groups.push_back({heading_of(spec), {}});
      groups.back().controls.push_back(control);
    }
    std::vector<ActionButton*> buttons;
    for (const auto& spec : shown.actions) {
      auto* present = stays(before.actions, spec) ? widget.action(to_qtext(spec.id)) : nullptr;
      buttons.push_back(present ? present : make_action_button(spec));
    }
    widget.set_contents(std::move(groups), std::move(buttons));
  }
  for (const auto& spec : shown.controls)
    if (auto* control = widget.control(to_qtext(spec.id))) control->set_value(widget_value(model_.control_value(spec)));
}

void ViewerWindow::update_controls(const Plan& plan) {
  for (const auto& [id, refresh] : plan.controls) {
    const auto* spec = model_.find_control(id);
    if (!spec) continue;
    for (auto& [panel_id, widget] : controls_) {
      auto* control = widget->control(to_qtext(id));
      if (!control) continue;
      if (refresh != Refresh::rebuild) control->set_value(widget_value(model_.control_value(*spec)));
      else if (const auto* panel = model_.find_panel(panel_id)) fill_controls(*panel, *widget);
    }
  }
}

// The button whose action waits for clicks on segments.
void ViewerWindow::show_armed_action() {
  const auto* armed = state_value(model_.state(), armed_action_key).get_if<std::string>();
  for (auto& [panel_id, widget] : controls_)
    for (auto* button : widget->findChildren<ActionButton*>())
      button->set_on(armed && !armed->empty() && button->id() == to_qtext(*armed));
}

}  // namespace cnv::desktop
