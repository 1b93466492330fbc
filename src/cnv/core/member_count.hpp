// How many members an aggregate has: a table that leaves one out does not compile. Used by record_members.hpp.
#pragma once

#include <cstddef>
#include <type_traits>

namespace cnv {

// True for an aggregate of exactly N members; otherwise it does not compile, and the compiler says how many there are.
template <class T, std::size_t N>
consteval bool has_members() {
  static_assert(N <= 32, "give has_members() more names");
  if constexpr (N == 0) static_assert(std::is_empty_v<T>, "the table lists no member of this record, which has some");
  if constexpr (N == 1) (void)[](T & r) {
      [[maybe_unused]] auto& [m1] = r;
    };
  if constexpr (N == 2) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2] = r;
    };
  if constexpr (N == 3) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3] = r;
    };
  if constexpr (N == 4) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4] = r;
    };
  if constexpr (N == 5) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5] = r;
    };
  if constexpr (N == 6) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6] = r;
    };
  if constexpr (N == 7) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7] = r;
    };
  if constexpr (N == 8) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8] = r;
    };
  if constexpr (N == 9) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9] = r;
    };
  if constexpr (N == 10) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10] = r;
    };
  if constexpr (N == 11) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11] = r;
    };
  if constexpr (N == 12) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12] = r;
    };
  if constexpr (N == 13) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13] = r;
    };
  if constexpr (N == 14) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14] = r;
    };
  if constexpr (N == 15) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15] = r;
    };
  if constexpr (N == 16) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16] = r;
    };
  if constexpr (N == 17) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17] = r;
    };
  if constexpr (N == 18) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18] = r;
    };
  if constexpr (N == 19) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19] = r;
    };
  if constexpr (N == 20) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19,
                              m20] = r;
    };
  if constexpr (N == 21) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20,
                              m21] = r;
    };
  if constexpr (N == 22) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20,
                              m21, m22] = r;
    };
  if constexpr (N == 23) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20,
                              m21, m22, m23] = r;
    };
  if constexpr (N == 24) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20,
                              m21, m22, m23, m24] = r;
    };
  if constexpr (N == 25) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20,
                              m21, m22, m23, m24, m25] = r;
    };
  if constexpr (N == 26) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20,
                              m21, m22, m23, m24, m25, m26] = r;
    };
  if constexpr (N == 27) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20,
                              m21, m22, m23, m24, m25, m26, m27] = r;
    };
  if constexpr (N == 28) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20,
                              m21, m22, m23, m24, m25, m26, m27, m28] = r;
    };
  if constexpr (N == 29) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20,
                              m21, m22, m23, m24, m25, m26, m27, m28, m29] = r;
    };
  if constexpr (N == 30) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20,
                              m21, m22, m23, m24, m25, m26, m27, m28, m29, m30] = r;
    };
  if constexpr (N == 31) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20,
                              m21, m22, m23, m24, m25, m26, m27, m28, m29, m30, m31] = r;
    };
  if constexpr (N == 32) (void)[](T & r) {
      [[maybe_unused]] auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20,
                              m21, m22, m23, m24, m25, m26, m27, m28, m29, m30, m31, m32] = r;
    };
  return true;
}

}  // namespace cnv
