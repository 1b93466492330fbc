// StoredField against Field: whatever the order of changes, the stored field is what Field::append and with_values
// give.
#include "cnv/core/stored_field.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <thread>

#include "cnv/core/record.hpp"
#include "conformance/value_json.hpp"
#include "core/random.hpp"

namespace cnv {
namespace {

class Random : public test::Random {
 public:
  using test::Random::Random;

  // Some with another axis outermost in memory.
  Array numbers(DType dtype, Shape shape) {
    const Array array = test::Random::numbers(dtype, std::move(shape));
    return array.ndim() > 1 && chance(50) ? array.with_outer_axis(static_cast<int>(below(array.ndim()))) : array;
  }
  Array texts(Shape shape) {
    std::vector<std::string> texts;
    for (auto n = element_count(shape); n > 0; --n) texts.push_back("t" + std::to_string(below(1000)));
    return Array::strings(texts, std::move(shape));
  }
  Array coord(std::int64_t n, bool mostly_f64) {
    if (chance(mostly_f64 ? 5 : 20)) return texts({n});
    return numbers(chance(mostly_f64 ? 85 : 30) ? DType::f64 : static_cast<DType>(below(11)), {n});
  }
  DType dtype(int f32_percent) { return chance(f32_percent) ? DType::f32 : static_cast<DType>(below(11)); }
};

Field random_field(Random& random) {
  Field f{"f", {}, {}, {}, "mV", {}};
  Shape shape;
  const char* names[] = {"segment", "time", "trial"};
  for (auto rank = 1 + random.below(3), i = std::int64_t{0}; i < rank; ++i) {
    f.dims.push_back(names[i]);
    shape.push_back(random.below(4));
    f.coords.set(names[i], random.coord(shape.back(), false));
  }
  f.values = random.chance(4) ? random.texts(shape) : random.numbers(random.dtype(60), shape);
  return f;
}

// One random change of both; false when this kind of change is not possible now.
struct Pair {
  Field model;
  StoredField stored;
  std::uint64_t revision = 1;

  explicit Pair(const Field& field) : model(field), stored(field, 1) {}

  void append(Random& random) {
    const auto axis = static_cast<int>(
        random.chance(80) ? model.dims.size() - 1
                          : static_cast<std::size_t>(random.below(static_cast<std::int64_t>(model.dims.size()))));
    const auto dim = model.dims[static_cast<std::size_t>(axis)];
    Shape shape = model.values.shape();
    shape[static_cast<std::size_t>(axis)] = random.below(5);
    const Array more =
        random.chance(1)
            ? random.texts(shape)
            : random.numbers(random.chance(90) && !model.values.is_string() ? model.values.dtype() : random.dtype(50),
                             shape);
    const Array coord = random.coord(shape[static_cast<std::size_t>(axis)], true);
    std::optional<std::int64_t> max_length;
    if (random.chance(70)) max_length = random.chance(5) ? -1 : random.chance(60) ? 7 : random.below(12);
    ASSERT_EQ(stored.append_problem(axis, more, coord), "");
    model = model.append(dim, more, coord, max_length);
    stored.append(axis, more, coord, max_length, ++revision);
  }
  void replace(Random& random) {
    Shape shape = model.values.shape();
    Coords coords = model.coords;
    const bool with_coords = random.chance(50);
    if (with_coords)
      for (std::size_t i = 0; i < shape.size(); ++i) {
        if (random.chance(50)) continue;
        shape[i] = random.below(4);
        coords.set(model.dims[i], random.coord(shape[i], false));
      }
    const Array values = random.numbers(random.dtype(60), shape);
    const Coords* given = with_coords ? &coords : nullptr;
    ASSERT_EQ(stored.replace_problem(values, given), "");
    model = model.with_values(values, given);
    stored.replace(values, given, ++revision);
  }
  void push(Random& random) {
    const auto axis = static_cast<int>(random.below(model.values.ndim()));
    const auto dim = model.dims[static_cast<std::size_t>(axis)];
    if (model.values.dtype() != DType::f32 || model.coord(dim).dtype() != DType::f64) return;
    const std::optional<std::int64_t> max_length = random.chance(80) ? std::optional(random.below(9)) : std::nullopt;
    stored.prepare_push(axis, max_length, ++revision);
    Shape shape = model.values.shape();
    shape[static_cast<std::size_t>(axis)] = 1;
    for (auto n = 1 + random.below(12); n > 0; --n) {
      const Array slice = random.numbers(DType::f32, shape).row_major();
      const double t = static_cast<double>(random.below(1000));
      if (float* out = stored.push(t, ++revision)) std::memcpy(out, slice.data(), slice.nbytes());
      model = model.append(dim, slice, Array::copy_of(std::vector<double>{t}), max_length);
    }
  }
  void write_in_place(Random& random) {
    if (stored.growing() || model.values.dtype() != DType::f32) return;
    const Array values = random.numbers(DType::f32, model.values.shape()).row_major();
    float* out = stored.begin_replace();
    std::copy(values.as<float>().begin(), values.as<float>().end(), out);
    stored.commit_replace(++revision);
    model = model.with_values(values);
  }
  void check() const {
    const Field snapshot = stored.snapshot();
    ASSERT_EQ(to_value(snapshot), to_value(model));
    ASSERT_EQ(stored.shape(), model.values.shape());
    ASSERT_EQ(stored.dtype(), model.values.dtype());
    for (int i = 0; i < stored.ndim(); ++i) {
      ASSERT_EQ(stored.extent(i), model.values.extent(i));
      ASSERT_EQ(stored.coord_dtype(i), model.coord(model.dims[static_cast<std::size_t>(i)]).dtype());
      for (std::int64_t k = 0; k < stored.extent(i); ++k) {
        const double expected = model.coord(model.dims[static_cast<std::size_t>(i)]).number_at(k),
                     got = stored.coord_number(i, k);
        ASSERT_TRUE(got == expected || (got != got && expected != expected));
      }
    }
    if (!stored.growing()) return;
    // Parts of the history, and single elements of it.
    const int axis = stored.append_axis();
    ASSERT_EQ(stored.end_sample() - stored.begin_sample(), static_cast<std::uint64_t>(stored.extent(axis)));
    for (auto from = stored.begin_sample(); from <= stored.end_sample(); ++from) {
      std::vector<std::int64_t> positions;
      for (auto s = from; s < stored.end_sample(); ++s)
        positions.push_back(static_cast<std::int64_t>(s - stored.begin_sample()));
      const Array part = stored.values_between(from, stored.end_sample());
      ASSERT_TRUE(part.outer_axis() == axis);
      ASSERT_EQ(part, model.values.take(axis, positions));
      ASSERT_EQ(stored.coords_between(from, stored.end_sample()),
                model.coord(model.dims[static_cast<std::size_t>(axis)]).take(0, positions));
      if (positions.empty()) continue;
      const Array slice = model.values.take_one(axis, positions[0]);
      for (std::int64_t i = 0; i < slice.size(); ++i) ASSERT_EQ(stored.number_at(from, i), slice.number_at(i));
    }
  }
};

TEST(StoredField, is_what_append_and_with_values_of_a_field_give) {
  for (std::uint32_t seed = 1; seed <= 4000; ++seed) {
    Random random(seed);
    Pair pair(random_field(random));
    for (int step = 0; step < 25; ++step) {
      switch (random.below(8)) {
        case 0: pair.replace(random); break;
        case 1: pair.push(random); break;
        case 2: pair.write_in_place(random); break;
        default: pair.append(random);
      }
      ASSERT_NO_FATAL_FAILURE(pair.check()) << "seed " << seed << ", step " << step;
      ASSERT_EQ(pair.stored.changed_revision() <= pair.revision, true);
    }
  }
}

Field history() {
  return {"h",
          Array::copy_of(std::vector<float>{}, {2, 0}),
          {"segment", "time"},
          {{"segment", Array::copy_of(std::vector<std::int64_t>{0, 1})}, {"time", Array()}},
          {},
          {}};
}
Array floats(std::vector<float> v, Shape shape) { return Array::copy_of(v, std::move(shape)); }

TEST(StoredField, revisions_tell_what_changed) {
  StoredField f(history(), 5);
  EXPECT_EQ(f.replaced_revision(), 5u);
  EXPECT_EQ(f.coord_revision(1), 5u);
  f.append(1, floats({1, 2}, {2, 1}), Array::copy_of(std::vector<double>{0}), {}, 6);
  EXPECT_EQ(f.replaced_revision(), 5u) << "an append replaces nothing";
  EXPECT_EQ(f.changed_revision(), 6u);
  f.merge_attrs({{"note", 1}}, 7);
  EXPECT_EQ(*f.attr_revisions().find("note"), 7u);
  EXPECT_EQ(f.changed_revision(), 7u);
  f.append(0, floats({1}, {1, 1}), Array::copy_of(std::vector<std::int64_t>{2}), {}, 8);
  EXPECT_EQ(f.replaced_revision(), 8u) << "another dim: all is new";
  f.replace(floats({9, 9, 9}, {3, 1}), nullptr, 9);
  EXPECT_EQ(f.replacements(), 1u);
  EXPECT_FALSE(f.growing());
  const Coords same{{"segment", f.coord(0)}, {"time", f.coord(1)}};
  const auto before = f.coord_revision(1);
  f.replace(floats({8, 8, 8}, {3, 1}), &same, 10);
  EXPECT_EQ(f.coord_revision(1), before) << "equal coordinates are no change";
}

TEST(StoredField, a_promotion_counts_as_replaced) {
  StoredField f(history(), 1);
  f.append(1, floats({1, 2}, {2, 1}), Array::copy_of(std::vector<double>{0}), {}, 2);
  f.append(1, Array::copy_of(std::vector<double>{1, 2}, {2, 1}), Array::copy_of(std::vector<double>{1}), {}, 3);
  EXPECT_EQ(f.dtype(), DType::f64);
  EXPECT_EQ(f.replaced_revision(), 3u);
}

TEST(StoredField, sample_numbers_do_not_restart_when_samples_are_trimmed) {
  StoredField f(history(), 1);
  for (int i = 0; i < 100; ++i)
    f.append(1, floats({1, 2}, {2, 1}), Array::copy_of(std::vector<double>{double(i)}), 10, 2);
  EXPECT_EQ(f.begin_sample(), 90u);
  EXPECT_EQ(f.end_sample(), 100u);
  EXPECT_EQ(f.coord_number(1, 0), 90);
}

TEST(StoredField, memory_stays_within_the_limit) {
  StoredField f(history(), 1);
  f.prepare_push(1, 1000, 2);
  for (int i = 0; i < 100000; ++i) f.push(i, 3);
  EXPECT_LE(f.memory_bytes(), 1000u * (2 * 4 + 8) + 16);
}

TEST(StoredField, a_snapshot_does_not_change_when_values_are_written_in_place) {
  StoredField f(
      {"d", floats({1, 2, 3}, {3}), {"segment"}, {{"segment", Array::copy_of(std::vector<double>{0, 1, 2})}}, {}, {}},
      1);
  std::vector<Array> held;
  for (float v = 0; v < 10; ++v) {
    std::fill_n(f.begin_replace(), 3, v);
    f.commit_replace(static_cast<std::uint64_t>(v) + 2);
    held.push_back(f.values());
  }
  for (std::size_t i = 0; i < held.size(); ++i)
    EXPECT_EQ(held[i], floats(std::vector<float>(3, static_cast<float>(i)), {3}));
}

TEST(StoredField, values_outlive_the_field_and_are_given_back_on_another_thread) {
  Array last;
  std::vector<std::jthread> readers;
  {
    StoredField f(
        {"d", floats({1, 2, 3}, {3}), {"segment"}, {{"segment", Array::copy_of(std::vector<double>{0, 1, 2})}}, {}, {}},
        1);
    for (int i = 0; i < 50; ++i) {
      std::fill_n(f.begin_replace(), 3, static_cast<float>(i));
      f.commit_replace(2);
      readers.emplace_back(
          [held = f.values(), i] { EXPECT_EQ(held, floats(std::vector<float>(3, static_cast<float>(i)), {3})); });
    }
    last = f.values();
  }
  EXPECT_EQ(last, floats({49, 49, 49}, {3}));
}

TEST(StoredField, memory_that_nobody_holds_is_written_again) {
  StoredField f(
      {"d", floats({1, 2, 3}, {3}), {"segment"}, {{"segment", Array::copy_of(std::vector<double>{0, 1, 2})}}, {}, {}},
      1);
  std::vector<const float*> seen;
  for (int i = 0; i < 6; ++i) {
    float* out = f.begin_replace();
    std::fill_n(out, 3, 0.0f);
    f.commit_replace(2);
    seen.push_back(out);
  }
  EXPECT_EQ(seen[2], seen[4]);
  EXPECT_EQ(seen[3], seen[5]);
}

}  // namespace
}  // namespace cnv
