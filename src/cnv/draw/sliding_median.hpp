// SlidingMedian: the median of many numbers of which few change at a time. Used by HeatCells, one for each row; one
// thread.
#pragma once

#include <array>
#include <bit>
#include <compare>
#include <cstdint>
#include <span>
#include <vector>

namespace cnv {

// Keeps the numbers around the median in order and counts those below; the owner has all of them.
class SlidingMedian {
 public:
  // A number and where it stands, so that equal ones can be told apart. One key, which sorts faster than two.
  class Entry {
   public:
    Entry() = default;
    Entry(float value, std::uint32_t place)
        : key_(std::uint64_t{ordered(std::bit_cast<std::uint32_t>(value))} << 32 | place) {}
    float value() const { return std::bit_cast<float>(number(static_cast<std::uint32_t>(key_ >> 32))); }
    std::uint32_t place() const { return static_cast<std::uint32_t>(key_); }
    friend auto operator<=>(const Entry&, const Entry&) = default;

   private:
    static constexpr std::uint32_t sign = 0x8000'0000;
    // The bits of a negative number fall as it grows.
    static std::uint32_t ordered(std::uint32_t bits) { return bits & sign ? ~bits : bits | sign; }
    static std::uint32_t number(std::uint32_t bits) { return bits & sign ? bits & ~sign : ~bits; }
    std::uint64_t key_ = 0;
  };
  // All numbers anew; what is left in `all` has no meaning.
  void assign(std::vector<Entry>& all);
  // Numbers must not be NaN, and only what is there can be removed.
  void insert(Entry entry);
  void remove(Entry entry);
  // Of n numbers in order the one with index n / 2. False: it has left those that are kept in order, and assign() must
  // come first.
  bool known() const { return total_ == 0 || (index() >= 0 && index() < count_); }
  // NaN without any numbers.
  float value() const;
  // Calls fn(place) for all numbers in [low, high), or gives false where some of them are not kept in order.
  template <class Fn>
  bool for_each_in(float low, float high, Fn&& fn) const {
    if (count_ == 0) return total_ == 0;
    const std::span kept(kept_.data(), static_cast<std::size_t>(count_));
    if ((below_ > 0 && !(kept.front().value() < low)) || (below_ + count_ < total_ && kept.back().value() < high))
      return false;
    for (const auto entry : kept)
      if (entry.value() >= low && entry.value() < high) fn(entry.place());
    return true;
  }

 private:
  static constexpr int reach = 24, capacity = 80;
  struct Part {
    std::vector<Entry>::iterator begin, end;
    int passed;  // so many numbers are smaller than those in the part
  };
  Part around_middle(std::vector<Entry>& all) const;
  int index() const { return total_ / 2 - below_; }
  // Where an entry stands or would stand among those that are kept.
  int position(Entry entry) const;

  std::array<Entry, capacity> kept_;  // in order
  int count_ = 0, below_ = 0, total_ = 0;
};

}  // namespace cnv
