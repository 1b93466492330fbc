#include "cnv/backends/neuron/sampler.hpp"

#include <algorithm>
#include <limits>

namespace cnv::nrn {
namespace {

constexpr float absent_value = std::numeric_limits<float>::quiet_NaN();
constexpr std::size_t worthwhile_run = 4;  // values: below that an index for each is quicker

}  // namespace

Sampler::Sampler(std::vector<Segment> places, const std::string& variable)
    : variable_(variable), places_(std::move(places)) {
  rebuild();
}

// Some edits keep the address and permute the values, hence the counts; the address alone proves nothing.
bool Sampler::table_good() const {
  if (!epoch_.current()) return false;
  if (!sentinel_address_) return true;
  const Segment& place = places_[sentinel_];
  return place.section().valid() && variable_.address(place.section(), place.x()) == sentinel_address_;
}

void Sampler::rebuild() {
  ++rebuilds_;
  absent_.clear();
  sentinel_address_ = nullptr;
  std::vector<const double*> addresses(places_.size(), nullptr);
  const raw::Section* known = nullptr;
  bool present = false;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const Section& section = places_[i].section();
    if (section.get() != known || i == 0) present = section.valid() && variable_.on(section);
    known = section.get();
    if (!present) {
      absent_.push_back(static_cast<std::uint32_t>(i));
      continue;
    }
    addresses[i] = variable_.address(section, places_[i].x());
    if (!sentinel_address_) {
      sentinel_ = i;
      sentinel_address_ = addresses[i];
    }
  }
  index_from(addresses);
  epoch_.mark();
}

void Sampler::index_from(const std::vector<const double*>& addresses) {
  runs_.clear();
  index_.clear();
  scattered_.clear();
  base_ = sentinel_address_;
  if (!base_) return;
  auto [low, high] = std::pair{base_, base_};
  for (const double* address : addresses) {
    if (!address) continue;
    low = std::min(low, address);
    high = std::max(high, address);
  }
  base_ = low;
  constexpr std::ptrdiff_t largest = std::numeric_limits<std::int32_t>::max();
  if ((reinterpret_cast<std::uintptr_t>(high) - reinterpret_cast<std::uintptr_t>(low)) / sizeof(double) > largest) {
    for (const double* address : addresses) scattered_.push_back(address ? address : base_);
    return;
  }
  index_.reserve(addresses.size());
  for (const double* address : addresses) {
    const auto bytes =
        address ? reinterpret_cast<std::uintptr_t>(address) - reinterpret_cast<std::uintptr_t>(base_) : 0;
    const auto at = static_cast<std::int32_t>(bytes / sizeof(double));
    if (!runs_.empty() && at == runs_.back().from + runs_.back().count) ++runs_.back().count;
    else runs_.push_back({at, 1});
    index_.push_back(at);
  }
  if (runs_.size() * worthwhile_run <= index_.size()) index_ = {};
  else runs_ = {};
}

void Sampler::sample(float* out) {
  if (!table_good()) rebuild();
  const double* const base = base_;
  float* to = out;
  for (const Run run : runs_) {
    const double* from = base + run.from;
    for (std::int32_t i = 0; i < run.count; ++i) to[i] = static_cast<float>(from[i]);
    to += run.count;
  }
  const std::int32_t* const index = index_.data();
  for (std::size_t i = 0, n = index_.size(); i < n; ++i) out[i] = static_cast<float>(base[index[i]]);
  for (std::size_t i = 0, n = scattered_.size(); i < n; ++i) out[i] = static_cast<float>(*scattered_[i]);
  for (std::uint32_t i : absent_) out[i] = absent_value;
}

}  // namespace cnv::nrn
