#include "cnv/draw/sliding_median.hpp"

#include <algorithm>
#include <limits>

namespace cnv {

void SlidingMedian::assign(std::vector<Entry>& all) {
  total_ = static_cast<int>(all.size());
  below_ = std::max(0, total_ / 2 - reach);
  count_ = std::min(total_, total_ / 2 + reach + 1) - below_;
  const auto [first, last, passed] = around_middle(all);
  const auto from = first + (below_ - passed), to = from + count_;
  if (from != first) std::nth_element(first, from, last);
  if (to != last) std::nth_element(from, to, last);
  std::sort(from, to);
  std::copy(from, to, kept_.begin());
}

// The part of many numbers that holds those in the middle, judged by a few of them: to look through all once is all
// that it costs.
SlidingMedian::Part SlidingMedian::around_middle(std::vector<Entry>& all) const {
  constexpr std::size_t judges = 64, least = 8 * judges, low = judges * 11 / 32, high = judges * 21 / 32;
  const std::size_t count = all.size();
  if (count < least) return {all.begin(), all.end(), 0};
  std::array<Entry, judges> some;
  for (std::size_t i = 0; i < judges; ++i) some[i] = all[i * count / judges];
  std::sort(some.begin(), some.end());
  all.resize(2 * count);
  std::size_t inside = 0;
  int passed = 0;
  for (std::size_t i = 0; i < count; ++i) {  // without a branch, since none could be foretold
    const Entry entry = all[i];
    const bool below = entry < some[low], above = some[high] < entry;
    all[count + inside] = entry;
    inside += !(below || above);
    passed += below;
  }
  const auto end = all.begin() + static_cast<std::ptrdiff_t>(count);
  if (passed > below_ || passed + static_cast<int>(inside) < below_ + count_) return {all.begin(), end, 0};
  return {end, end + static_cast<std::ptrdiff_t>(inside), passed};
}

int SlidingMedian::position(Entry entry) const {
  return static_cast<int>(std::lower_bound(kept_.begin(), kept_.begin() + count_, entry) - kept_.begin());
}

void SlidingMedian::insert(Entry entry) {
  if (count_ == capacity) {  // the end that lies farther from the median goes
    if (index() > count_ / 2) {
      std::move(kept_.begin() + 1, kept_.end(), kept_.begin());
      ++below_;
    }
    --count_;
  }
  const int at = position(entry);
  const bool below = at == 0 && below_ > 0, above = at == count_ && below_ + count_ < total_;
  ++total_;
  if (below) ++below_;
  if (below || above) return;
  std::move_backward(kept_.begin() + at, kept_.begin() + count_, kept_.begin() + count_ + 1);
  kept_[static_cast<std::size_t>(at)] = entry;
  ++count_;
}

void SlidingMedian::remove(Entry entry) {
  --total_;
  const int at = position(entry);
  if (at < count_ && kept_[static_cast<std::size_t>(at)] == entry) {
    std::move(kept_.begin() + at + 1, kept_.begin() + count_, kept_.begin() + at);
    --count_;
  } else if (at == 0) {
    --below_;
  }
}

float SlidingMedian::value() const {
  return total_ == 0 ? std::numeric_limits<float>::quiet_NaN() : kept_[static_cast<std::size_t>(index())].value();
}

}  // namespace cnv
