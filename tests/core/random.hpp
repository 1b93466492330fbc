// Random choices and arrays for tests that compare long sequences of changes; the same for the same seed.
#pragma once

#include <random>
#include <type_traits>
#include <utility>

#include "cnv/core/array.hpp"

namespace cnv::test {

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  std::int64_t below(std::int64_t n) { return static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(n)); }
  bool chance(int percent) { return below(100) < percent; }
  // Whole numbers from 0 to 99, or true and false.
  Array numbers(DType dtype, Shape shape) {
    void* memory = nullptr;
    Array array = Array::allocate(dtype, std::move(shape), &memory);
    visit_dtype(dtype, [&](auto zero) {
      using T = decltype(zero);
      for (std::int64_t i = 0; i < array.size(); ++i)
        static_cast<T*>(memory)[i] = static_cast<T>(below(std::is_same_v<T, bool> ? 2 : 100));
    });
    return array;
  }

 private:
  std::mt19937 engine_;
};

}  // namespace cnv::test
