#include "cnv/core/ring.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <deque>
#include <random>
#include <vector>

namespace cnv {
namespace {

// What a Ring means: the last max_size values of a stream of 64-bit numbers, and how many came before.
struct Model {
  std::deque<std::uint64_t> values;
  std::uint64_t end = 0;
  std::optional<std::size_t> max_size;

  void add(std::uint64_t v) {
    values.push_back(v);
    ++end;
    trim();
  }
  void trim() {
    while (max_size && values.size() > *max_size) values.pop_front();
  }
};

void expect_same(const Ring& ring, const Model& model) {
  ASSERT_EQ(ring.size(), model.values.size());
  ASSERT_EQ(ring.end(), model.end);
  ASSERT_EQ(ring.begin(), model.end - model.values.size());
  std::vector<std::uint64_t> copied(ring.size());
  ring.copy(ring.begin(), ring.end(), copied.data());
  for (std::size_t i = 0; i < copied.size(); ++i) {
    ASSERT_EQ(copied[i], model.values[i]);
    std::uint64_t single;
    std::memcpy(&single, ring.slice(ring.begin() + i), sizeof single);
    ASSERT_EQ(single, model.values[i]);
  }
}

TEST(Ring, agrees_with_a_deque_for_random_operations) {
  for (std::uint32_t seed = 1; seed <= 500; ++seed) {
    std::mt19937 random(seed);
    const auto below = [&](std::uint32_t n) { return random() % n; };
    Ring ring(sizeof(std::uint64_t), 0);
    Model model;
    std::uint64_t next = 1;
    for (int step = 0; step < 200; ++step) {
      switch (below(4)) {
        case 0: {
          auto* at = ring.push();
          if (at) std::memcpy(at, &next, sizeof next);
          EXPECT_EQ(at == nullptr, model.max_size == std::optional<std::size_t>(0));
          model.add(next++);
          break;
        }
        case 1:
        case 2: {
          std::vector<std::uint64_t> slices(below(below(10) == 0 ? 200 : 12));
          for (auto& v : slices) v = next++;
          ring.append(slices.data(), slices.size());
          for (const auto v : slices) model.add(v);
          break;
        }
        default:
          if (below(4)) break;
          model.max_size = below(3) ? std::optional<std::size_t>(below(60)) : std::nullopt;
          model.trim();
          ring.set_max_size(model.max_size);
      }
      ASSERT_NO_FATAL_FAILURE(expect_same(ring, model)) << "seed " << seed << ", step " << step;
    }
  }
}

TEST(Ring, gives_at_most_two_runs_that_make_up_the_range) {
  Ring ring(1);
  ring.set_max_size(10);
  for (char c = 0; c < 37; ++c) *ring.push() = std::byte(c);
  for (auto from = ring.begin(); from <= ring.end(); ++from)
    for (auto to = from; to <= ring.end(); ++to) {
      int runs = 0;
      auto at = from;
      ring.for_each_run(from, to, [&](const std::byte* first, std::size_t count) {
        ++runs;
        for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(first[i], std::byte(at++));
      });
      EXPECT_EQ(at, to);
      EXPECT_LE(runs, 2);
    }
}

TEST(Ring, grows_to_its_limit_and_no_further) {
  Ring ring(8);
  ring.set_max_size(1000);
  for (int i = 0; i < 100000; ++i) ring.push();
  EXPECT_EQ(ring.size(), 1000u);
  EXPECT_EQ(ring.capacity_bytes(), 8000u);
  ring.set_max_size(10);
  EXPECT_LE(ring.capacity_bytes(), 8u * 32u) << "a much smaller limit gives memory back";
}

TEST(Ring, counts_samples_of_slices_without_bytes) {
  Ring ring(0);
  ring.append("", 5);
  ring.push();
  EXPECT_EQ(ring.size(), 6u);
  ring.set_max_size(2);
  ring.append("", 3);
  EXPECT_EQ(ring.size(), 2u);
  EXPECT_EQ(ring.end(), 9u);
}

TEST(Ring, may_start_at_any_sample_number) {
  Ring ring(1, 1000);
  *ring.push() = std::byte{7};
  EXPECT_EQ(ring.begin(), 1000u);
  EXPECT_EQ(*ring.slice(1000), std::byte{7});
}

}  // namespace
}  // namespace cnv
