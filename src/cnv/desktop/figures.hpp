// Figures: how many pictures a viewer showed and how late they were, of each view and of all together. A picture of a
// view shows a later model time than the one before, or, where there is no model time, a later batch; a picture of all
// is there when each view that shows something of a batch has been on the screen with it. Plain counting; GUI thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cnv/core/value.hpp"

namespace cnv::desktop {

// A batch as far as figures go: its model time in ms, or its number, and when it was made.
struct BatchStamp {
  double place = 0, sent_s = 0;
};

class PictureCount {
 public:
  // What was made of this batch is on the screen.
  void shown(const BatchStamp& batch, double now_s) {
    if (pictures_ > 0 && batch.place <= shown_) {
      shown_ = batch.place;  // less after a reset
      return;
    }
    shown_ = batch.place;
    if (pictures_++ == 0) first_s_ = now_s;
    last_s_ = now_s;
    last_delay_s_ = now_s - batch.sent_s;
    if (delays_.size() < most_delays) delays_.push_back(last_delay_s_);
    else delays_[static_cast<std::size_t>(pictures_ % most_delays)] = last_delay_s_;
  }
  std::uint64_t pictures() const { return pictures_; }
  double last_delay_s() const { return last_delay_s_; }
  double per_s() const {
    return pictures_ > 1 && last_s_ > first_s_ ? static_cast<double>(pictures_ - 1) / (last_s_ - first_s_) : 0;
  }
  // Seconds, of the latest pictures; p in 0…1.
  double delay_s(double p) const {
    if (delays_.empty()) return 0;
    auto sorted = delays_;
    const auto at = static_cast<std::size_t>(p * static_cast<double>(sorted.size() - 1));
    std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(at), sorted.end());
    return sorted[at];
  }
  void add_to(Dict& report) const {
    report.set("pictures", static_cast<std::int64_t>(pictures_));
    report.set("pictures_per_s", per_s());
    report.set("delay_ms", Dict{{"median", 1e3 * delay_s(0.5)}, {"p99", 1e3 * delay_s(0.99)}});
  }

 private:
  static constexpr std::size_t most_delays = 20000;
  double shown_ = 0, first_s_ = 0, last_s_ = 0, last_delay_s_ = 0;
  std::uint64_t pictures_ = 0;
  std::vector<double> delays_;
};

class Figures {
 public:
  // A batch made at `sent_s` with this model time, if there is one, is now in the scene; `views` show something of it.
  void applied(std::optional<double> model_ms, double sent_s, const std::vector<std::string>& views) {
    ++batches_;
    if (views.empty()) return;
    const BatchStamp stamp{model_ms.value_or(static_cast<double>(batches_)), sent_s};
    if (waiting_.size() == most_waiting) waiting_.pop_front();
    waiting_.push_back({batches_, stamp});
    for (const auto& id : views) {
      auto& view = views_[id];
      view.newest = stamp;
      if (!view.first_missing) view.first_missing = batches_;
    }
  }
  // A picture of all that is in the scene has been made; shown() tells when it is on the screen.
  void drawn(const std::string& id) {
    auto& view = views_[id];
    if (!view.first_missing) return;
    view.first_missing = 0;
    view.drawn = view.newest;
    if (const auto whole = take_complete()) drawn_ = whole;
  }
  // Nobody sees the view: no picture waits for it.
  void hidden(const std::string& id) {
    const auto view = views_.find(id);
    if (view == views_.end() || !view->second.first_missing) return;
    view->second.first_missing = 0;
    (void)take_complete();
  }
  // All views are made anew.
  void new_scene() {
    for (auto& [id, view] : views_) view.first_missing = 0;
    waiting_.clear();
  }
  // Everything that was drawn is on the screen.
  void shown(double now_s) {
    ++paints_;
    for (auto& [id, view] : views_)
      if (const auto batch = std::exchange(view.drawn, std::nullopt)) view.count.shown(*batch, now_s);
    if (const auto batch = std::exchange(drawn_, std::nullopt)) whole_.shown(*batch, now_s);
  }

  const PictureCount& whole() const { return whole_; }
  const PictureCount& of(const std::string& view) const {
    static const PictureCount none;
    const auto it = views_.find(view);
    return it == views_.end() ? none : it->second.count;
  }
  std::uint64_t paints() const { return paints_; }
  Dict report() const {
    Dict out{{"paints", static_cast<std::int64_t>(paints_)}, {"batches_applied", static_cast<std::int64_t>(batches_)}};
    whole_.add_to(out);
    return out;
  }

 private:
  static constexpr std::size_t most_waiting = 1024;  // batches that a slow view has not shown
  struct View {
    std::uint64_t first_missing = 0;  // number of the first batch that it does not show yet; 0: it shows all
    BatchStamp newest;
    std::optional<BatchStamp> drawn;
    PictureCount count;
  };
  // The latest of the waiting batches that all views show; none: nothing new is complete.
  std::optional<BatchStamp> take_complete() {
    std::uint64_t complete = batches_;
    for (const auto& [id, view] : views_)
      if (view.first_missing) complete = std::min(complete, view.first_missing - 1);
    std::optional<BatchStamp> latest;
    for (; !waiting_.empty() && waiting_.front().number <= complete; waiting_.pop_front())
      latest = waiting_.front().stamp;
    return latest;
  }
  struct Waiting {
    std::uint64_t number = 0;
    BatchStamp stamp;
  };

  std::map<std::string, View> views_;
  std::deque<Waiting> waiting_;
  std::optional<BatchStamp> drawn_;
  PictureCount whole_;
  std::uint64_t paints_ = 0, batches_ = 0;
};

}  // namespace cnv::desktop
