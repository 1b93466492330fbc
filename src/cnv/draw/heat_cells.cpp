#include "cnv/draw/heat_cells.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace cnv {
namespace {

constexpr float nan = std::numeric_limits<float>::quiet_NaN();
constexpr std::size_t no_span = std::numeric_limits<std::size_t>::max();
constexpr std::size_t block =
    32;  // slots that are worked through together; compilers make vectors of loops of this length

// a or b without a branch: a compiler takes none out of comparisons of numbers that may be NaN, and makes no vectors
// around one.
float either(bool first, float a, float b) {
  const auto mask = std::uint32_t{0} - static_cast<std::uint32_t>(first);
  return std::bit_cast<float>((std::bit_cast<std::uint32_t>(a) & mask) | (std::bit_cast<std::uint32_t>(b) & ~mask));
}

// A gap is NaN, and NaN is its middle.
float middle(float low, float high) { return 0.5F * low + 0.5F * high; }
// The end that is farther from the rest of the row; the high one when both are equally far.
float extreme(float low, float high, float rest) { return either(middle(low, high) < rest, low, high); }
bool same_bits(float a, float b) { return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b); }
float finite(double value) {
  return static_cast<float>(
      std::clamp<double>(value, -std::numeric_limits<float>::max(), std::numeric_limits<float>::max()));
}

}  // namespace

void HeatCells::update(const HeatRows& rows, const ColumnGrid& grid, std::span<const SampleSpan> columns,
                       const RowData& data, const HeatInks& inks, std::vector<Rgba8>& cells) {
  const bool anew = !(rows == rows_) || grid.version() != grid_version_ || grid.most() > most_;
  if (anew) forget(rows, grid.most());
  grid_version_ = grid.version();
  every_color_ = anew || !(inks == inks_) ||
                 cells.size() != static_cast<std::size_t>(rows.lines) * static_cast<std::size_t>(columns_);
  inks_ = inks;
  const auto first_before = first_;
  const int columns_before = columns_;
  place_columns(grid, columns);
  if (every_color_) cells.resize(static_cast<std::size_t>(rows.lines) * static_cast<std::size_t>(columns_));
  else move_cells(first_before, columns_before, cells);
  rests_before_ = rests_;
  if (!touched_.empty()) {
    for (int row = 0; row < rows.count; ++row) reduce(row, data(row));
    compose_lines(cells);
  }
  if (every_color_) color_all(cells);
}

void HeatCells::forget(const HeatRows& rows, int most) {
  rows_ = rows;
  most_ = most;
  columns_ = 0;
  slots_per_row_ = (static_cast<std::size_t>(most) + block - 1) / block * block;
  slots_.assign(slots_per_row_, {});
  const auto count = static_cast<std::size_t>(rows.count);
  lows_.assign(count * slots_per_row_, nan);
  highs_.assign(count * slots_per_row_, nan);
  medians_.assign(count, {});
  rests_.assign(count, nan);
  shown_.assign(static_cast<std::size_t>(rows.lines) * slots_per_row_, nan);
}

std::size_t HeatCells::slot_of(std::int64_t column) const {
  const auto count = static_cast<std::int64_t>(slots_per_row_), rest = column % count;
  return static_cast<std::size_t>(rest < 0 ? rest + count : rest);
}

void HeatCells::place_columns(const ColumnGrid& grid, std::span<const SampleSpan> columns) {
  const auto first_before = first_, end_before = first_ + columns_;
  first_ = grid.first();
  columns_ = grid.columns();
  touched_.clear();
  spans_.clear();
  for (auto column = first_before; column < end_before; ++column) {
    if (column >= first_ && column < first_ + columns_) continue;
    slots_[slot_of(column)].used = false;
    const bool taken =
        slot_of(column - first_) < static_cast<std::size_t>(columns_);  // by another column, which is touched below
    if (!taken) touched_.push_back({slot_of(column), no_span});
  }
  for (int i = 0; i < columns_; ++i) {
    const auto slot = slot_of(first_ + i);
    const Slot now{first_ + i, columns[static_cast<std::size_t>(i)], true};
    auto& before = slots_[slot];
    if (before.used && before.column == now.column && before.samples == now.samples) continue;
    before = now;
    if (!now.samples.empty() && (spans_.empty() || !(spans_.back() == now.samples))) spans_.push_back(now.samples);
    touched_.push_back({slot, now.samples.empty() ? no_span : spans_.size() - 1});
  }
}

void HeatCells::move_cells(std::int64_t first_before, int columns_before, std::vector<Rgba8>& cells) {
  if (first_before == first_ && columns_before == columns_) return;
  const auto lines = static_cast<std::size_t>(rows_.lines), before = static_cast<std::size_t>(columns_before),
             now = static_cast<std::size_t>(columns_);
  moved_.resize(lines * now);
  const auto from = std::max(first_, first_before), to = std::min(first_ + columns_, first_before + columns_before);
  if (from < to)
    for (std::size_t line = 0; line < lines; ++line)
      std::copy_n(cells.begin() + static_cast<std::ptrdiff_t>(line * before) + (from - first_before), to - from,
                  moved_.begin() + static_cast<std::ptrdiff_t>(line * now) + (from - first_));
  cells.swap(moved_);
}

// ---- values ------------------------------------------------------------------------------------------------------

void HeatCells::reduce(int row, const Pyramid& data) {
  const auto at = static_cast<std::size_t>(row) * slots_per_row_;
  float *const lows = &lows_[at], *const highs = &highs_[at];
  auto& median = medians_[static_cast<std::size_t>(row)];
  const auto entry = [&](std::size_t slot) {
    return SlidingMedian::Entry(middle(lows[slot], highs[slot]), static_cast<std::uint32_t>(slot));
  };
  const bool many = touched_.size() > static_cast<std::size_t>(columns_) / 4;
  if (!many)
    for (const auto& [slot, span] : touched_)
      if (!std::isnan(lows[slot])) median.remove(entry(slot));
  data.extremes(spans_, extremes_);
  reduced_ += spans_.size();
  for (const auto& [slot, span] : touched_) {
    const bool known = span != no_span && extremes_[span].has_values();
    lows[slot] = known ? finite(extremes_[span].lo) : nan;
    highs[slot] = known ? finite(extremes_[span].hi) : nan;
    if (known && !many) median.insert(entry(slot));
  }
  if (many || !median.known()) find_rest(row);
  rests_[static_cast<std::size_t>(row)] = median.value();
}

void HeatCells::find_rest(int row) {
  const auto at = static_cast<std::size_t>(row) * slots_per_row_;
  all_.clear();
  for (std::size_t slot = 0; slot < slots_per_row_; ++slot)
    if (!std::isnan(lows_[at + slot]))
      all_.emplace_back(middle(lows_[at + slot], highs_[at + slot]), static_cast<std::uint32_t>(slot));
  medians_[static_cast<std::size_t>(row)].assign(all_);
}

void HeatCells::compose_lines(std::vector<Rgba8>& cells) {
  for (int row = 0; row < rows_.count;) {
    const int line = line_of(row);
    int end_row = row + 1;
    while (end_row < rows_.count && line_of(end_row) == line) ++end_row;
    if (end_row == row + 1) compose_row(row, cells);
    else compose_merged(line, row, end_row, cells);
    row = end_row;
  }
}

// Beside the columns that are new only those change whose middle the rest of the row has passed.
void HeatCells::compose_row(int row, std::vector<Rgba8>& cells) {
  const int line = line_of(row);
  const auto at = static_cast<std::size_t>(row) * slots_per_row_;
  const float rest = rests_[static_cast<std::size_t>(row)], before = rests_before_[static_cast<std::size_t>(row)];
  const auto again = [&](std::size_t slot) {
    show(line, slot, extreme(lows_[at + slot], highs_[at + slot], rest), cells);
  };
  for (const auto& [slot, span] : touched_) {
    shown_[static_cast<std::size_t>(line) * slots_per_row_ + slot] = extreme(lows_[at + slot], highs_[at + slot], rest);
    color(line, slot, cells);
  }
  if (same_bits(rest, before)) return;
  if (std::isnan(before) ||
      !medians_[static_cast<std::size_t>(row)].for_each_in(std::min(rest, before), std::max(rest, before), again))
    for (std::size_t slot = 0; slot < slots_per_row_; ++slot) again(slot);
}

// How far a row departs depends on its rest everywhere.
void HeatCells::compose_merged(int line, int row, int end_row, std::vector<Rgba8>& cells) {
  bool all = every_color_;
  for (int i = row; i < end_row; ++i)
    all = all || !same_bits(rests_[static_cast<std::size_t>(i)], rests_before_[static_cast<std::size_t>(i)]);
  std::array<float, block> values;
  std::size_t done_to = 0;
  const auto compose = [&](std::size_t from) {
    compose_block(row, end_row, from, values.data());
    for (std::size_t i = 0; i < block; ++i) show(line, from + i, values[i], cells);
    done_to = from + block;
  };
  if (all)
    for (std::size_t from = 0; from < slots_per_row_; from += block) compose(from);
  for (const auto& [slot, span] : touched_) {
    if (!all && (slot >= done_to || slot + block < done_to)) compose(slot / block * block);
    color(line, slot, cells);
  }
}

void HeatCells::compose_block(int row, int end_row, std::size_t from_slot, float* out) const {
  std::array<float, block> values, farthest;
  values.fill(nan);
  farthest.fill(-1);
  for (int r = row; r < end_row; ++r) {
    const std::size_t at = static_cast<std::size_t>(r) * slots_per_row_ + from_slot;
    const float *const lows = &lows_[at], *const highs = &highs_[at];
    const float rest = rests_[static_cast<std::size_t>(r)];
    for (std::size_t i = 0; i < block; ++i) {
      const float low = lows[i], high = highs[i], value = extreme(low, high, rest), departure = std::fabs(value - rest);
      const bool farther = departure > farthest[i];  // never of a gap
      farthest[i] = either(farther, departure, farthest[i]);
      values[i] = either(farther, value, values[i]);
    }
  }
  std::copy(values.begin(), values.end(), out);
}

// ---- colours -----------------------------------------------------------------------------------------------------

void HeatCells::show(int line, std::size_t slot, float value, std::vector<Rgba8>& cells) {
  auto& shown = shown_[static_cast<std::size_t>(line) * slots_per_row_ + slot];
  if (same_bits(shown, value)) return;
  shown = value;
  color(line, slot, cells);
}

void HeatCells::color(int line, std::size_t slot, std::vector<Rgba8>& cells) {
  if (every_color_ || !slots_[slot].used) return;
  ++colored_;
  const float value = shown_[static_cast<std::size_t>(line) * slots_per_row_ + slot];
  cells[static_cast<std::size_t>(line) * static_cast<std::size_t>(columns_) +
        static_cast<std::size_t>(slots_[slot].column - first_)] = color_of(value, slot);
}

void HeatCells::color_all(std::vector<Rgba8>& cells) {
  colored_ += cells.size();
  auto cell = cells.begin();
  for (int line = 0; line < rows_.lines; ++line) {
    const float* shown = &shown_[static_cast<std::size_t>(line) * slots_per_row_];
    std::size_t slot = slot_of(first_);
    for (int i = 0; i < columns_; ++i) {
      *cell++ = color_of(shown[slot], slot);
      if (++slot == slots_per_row_) slot = 0;
    }
  }
}

Rgba8 HeatCells::color_of(float value, std::size_t slot) const {
  const int entry = inks_.scale.entry(value);
  return entry >= 0                     ? inks_.table[static_cast<std::size_t>(entry)]
         : slots_[slot].samples.empty() ? inks_.ground
                                        : inks_.gap;
}

std::size_t HeatCells::memory_bytes() const {
  return (lows_.capacity() + highs_.capacity() + shown_.capacity()) * sizeof(float) +
         medians_.capacity() * sizeof(SlidingMedian) + moved_.capacity() * sizeof(Rgba8);
}

}  // namespace cnv
