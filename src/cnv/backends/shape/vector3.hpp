// The few operations on 3-D vectors that geometry needs here, in float64.
#pragma once

#include <array>
#include <cmath>

namespace cnv::shape {

using Vector3 = std::array<double, 3>;

inline Vector3 operator+(const Vector3& a, const Vector3& b) { return {a[0] + b[0], a[1] + b[1], a[2] + b[2]}; }
inline Vector3 operator-(const Vector3& a, const Vector3& b) { return {a[0] - b[0], a[1] - b[1], a[2] - b[2]}; }
inline Vector3 operator*(double f, const Vector3& a) { return {f * a[0], f * a[1], f * a[2]}; }
inline double dot(const Vector3& a, const Vector3& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }
inline double norm(const Vector3& a) { return std::sqrt(dot(a, a)); }
inline Vector3 cross(const Vector3& a, const Vector3& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}
// `otherwise` for a vector without length.
inline Vector3 normalized(const Vector3& a, const Vector3& otherwise) {
  const double length = norm(a);
  return length > 0 ? (1 / length) * a : otherwise;
}

}  // namespace cnv::shape
