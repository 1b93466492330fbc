// Figures: how many pictures a viewer showed and how late they were. A picture is a paint that shows a later model time
// than the one before, or, where there is no model time, a later batch. Plain counting; GUI thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "cnv/core/value.hpp"

namespace cnv::desktop {

class Figures {
 public:
  // A batch made at `sent_s` with this model time, if there is one, is now in the scene.
  void applied(std::optional<double> model_ms, double sent_s) {
    ++batches_;
    newest_ = model_ms.value_or(static_cast<double>(batches_));
    newest_sent_s_ = sent_s;
  }
  // Views have been painted at `now_s`.
  void painted(double now_s) {
    ++paints_;
    if (batches_ == 0) return;
    if (newest_ <= shown_ && shown_any_) {
      if (newest_ < shown_) shown_ = newest_;  // a reset
      return;
    }
    shown_any_ = true;
    shown_ = newest_;
    if (pictures_++ == 0) first_s_ = now_s;
    last_s_ = now_s;
    last_delay_s_ = now_s - newest_sent_s_;
    if (delays_.size() < most_delays) delays_.push_back(last_delay_s_);
    else delays_[static_cast<std::size_t>(pictures_ % most_delays)] = last_delay_s_;
  }

  std::uint64_t pictures() const { return pictures_; }
  std::uint64_t paints() const { return paints_; }
  double last_delay_s() const { return last_delay_s_; }
  double pictures_per_s() const { return pictures_ > 1 && last_s_ > first_s_ ? static_cast<double>(pictures_ - 1) / (last_s_ - first_s_) : 0; }
  // Seconds; p in 0…1.
  double delay_s(double p) const {
    if (delays_.empty()) return 0;
    auto sorted = delays_;
    const auto at = static_cast<std::size_t>(p * static_cast<double>(sorted.size() - 1));
    std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(at), sorted.end());
    return sorted[at];
  }
  Dict report() const {
    return {{"pictures", static_cast<std::int64_t>(pictures_)},
            {"pictures_per_s", pictures_per_s()},
            {"paints", static_cast<std::int64_t>(paints_)},
            {"batches_applied", static_cast<std::int64_t>(batches_)},
            {"delay_ms", Dict{{"median", 1e3 * delay_s(0.5)}, {"p99", 1e3 * delay_s(0.99)}}}};
  }

 private:
  static constexpr std::size_t most_delays = 100000;
  double newest_ = 0, shown_ = 0;  // model time in ms, or number of the batch
  double newest_sent_s_ = 0, first_s_ = 0, last_s_ = 0, last_delay_s_ = 0;
  bool shown_any_ = false;
  std::uint64_t pictures_ = 0, paints_ = 0, batches_ = 0;
  std::vector<double> delays_;
};

}  // namespace cnv::desktop
