#include "cnv/view/refresh_scheduler.hpp"

#include <algorithm>
#include <limits>

namespace cnv {

namespace {
constexpr double long_ago = -std::numeric_limits<double>::infinity();
}

void RefreshScheduler::set_view(std::string_view view_id, std::optional<double> max_refresh_hz) {
  views_[view_id].max_refresh_hz = max_refresh_hz;
}

void RefreshScheduler::keep_only(const std::vector<std::string>& view_ids) {
  OrderedMap<Entry> kept;
  for (auto& [id, entry] : views_)
    if (std::find(view_ids.begin(), view_ids.end(), id) != view_ids.end()) kept.set(id, entry);
  views_ = std::move(kept);
}

void RefreshScheduler::set_visible(std::string_view view_id, bool visible) {
  if (auto* entry = views_.find(view_id)) entry->visible = visible;
}

void RefreshScheduler::mark_dirty(std::string_view view_id, DirtyReason reason, double now_s) {
  auto* entry = views_.find(view_id);
  if (!entry) return;
  entry->reason = entry->dirty ? std::max(entry->reason, reason) : reason;
  entry->dirty = true;
  entry->marked_s = now_s;
}

void RefreshScheduler::painted(std::string_view view_id, double start_s, double duration_s) {
  auto* entry = views_.find(view_id);
  if (!entry) return;
  entry->painted_s = start_s;
  entry->duration_s = duration_s;
  if (entry->marked_s <= start_s) entry->dirty = false;
}

// Least time from one paint to the next.
double RefreshScheduler::interval_s(const Entry& entry) const {
  if (entry.max_refresh_hz && *entry.max_refresh_hz <= 0) return 0;
  double cap_hz = entry.max_refresh_hz.value_or(default_cap_hz_);
  if (entry.reason == DirtyReason::user) cap_hz = std::max(cap_hz, default_cap_hz_);
  const double capped_s = cap_hz > 0 ? 1 / cap_hz : 0;
  return entry.duration_s > slow_paint_s ? std::max(capped_s, rest_factor * entry.duration_s) : capped_s;
}

// Earliest start of the next paint.
double RefreshScheduler::due_at(const Entry& entry) const {
  if (!entry.painted_s || entry.reason == DirtyReason::scene) return long_ago;
  if (entry.max_refresh_hz && *entry.max_refresh_hz <= 0) return long_ago;
  return *entry.painted_s + interval_s(entry);
}

std::vector<std::string> RefreshScheduler::oldest_first(std::vector<const OrderedMap<Entry>::Entry*> entries) const {
  std::stable_sort(entries.begin(), entries.end(), [](const auto* a, const auto* b) {
    return a->second.painted_s.value_or(long_ago) < b->second.painted_s.value_or(long_ago);
  });
  std::vector<std::string> ids;
  for (const auto* entry : entries) ids.push_back(entry->first);
  return ids;
}

RefreshScheduler::Due RefreshScheduler::due(double now_s) const {
  // A timer that fires a fraction of a millisecond early must not cost a whole further round.
  constexpr double early_s = 0.0005;
  Due out;
  std::vector<const OrderedMap<Entry>::Entry*> ready;
  for (const auto& view : views_) {
    if (!view.second.dirty || !view.second.visible) continue;
    const double at = due_at(view.second);
    if (at <= now_s + early_s) ready.push_back(&view);
    else out.wake_s = std::min(out.wake_s.value_or(at), at);
  }
  out.view_ids = oldest_first(std::move(ready));
  return out;
}

double RefreshScheduler::rest_s(double since_s, double now_s) const {
  bool marked = false, seen = false;
  double first = std::numeric_limits<double>::infinity(), last = long_ago;
  for (const auto& [id, entry] : views_) {
    if (entry.marked_s < since_s) continue;
    marked = true;
    if (!entry.visible) continue;
    seen = true;
    double at = due_at(entry) - lead_s;
    // What has just come serves the paint that is near: there is use for more at the one after it.
    if (entry.dirty && at < now_s + lead_s) at += interval_s(entry);
    first = std::min(first, at);
    last = std::max(last, at);
  }
  if (!marked) return 0;
  if (!seen) return hidden_rest_s;
  const bool unlimited = first == long_ago;  // paints each mark
  return unlimited ? 0 : std::max(0.0, std::min(last, std::max(first, now_s + longest_rest_s)) - now_s);
}

std::vector<std::string> RefreshScheduler::all_dirty() const {
  std::vector<const OrderedMap<Entry>::Entry*> dirty;
  for (const auto& view : views_)
    if (view.second.dirty) dirty.push_back(&view);
  return oldest_first(std::move(dirty));
}

bool RefreshScheduler::is_dirty(std::string_view view_id) const {
  const auto* entry = views_.find(view_id);
  return entry && entry->dirty;
}

}  // namespace cnv
