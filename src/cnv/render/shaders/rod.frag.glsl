// A truncated cone of a few pixels, as rod_block in piece_kernels.cpp has it.
out vec4 o_color;

void main() {
#ifdef RIBBON
  vec2 point = v_point;
#else
  vec2 point = gl_FragCoord.xy - v_start;
#endif
  float u = dot(point, v_along), v = v_along.x * point.y - v_along.y * point.x;
  float half_width = v_shape.y + v_shape.z * (v_shape.x > 1e-3 ? clamp(u / v_shape.x, 0.0, 1.0) : 0.0);
  float e = clamp(v / half_width, -1.0, 1.0), up = sqrt(1.0 - e * e), arc = v_shape.w * half_width * up;
  // Neighbours overlap by nearly nothing, so that their soft sides do not add up at the joint.
  vec2 more = mix(vec2(0.5), vec2(0.02), greaterThan(v_ends.xy, vec2(1.0)));
  float at_start = clamp((u + arc + more.x) * v_ends.x, 0.0, 1.0);
  float at_end = clamp((v_shape.x - u + arc + more.y) * v_ends.y, 0.0, 1.0);
  float side = v_depth.x + v_depth.y * u - v_depth.z * half_width * up, face = v_face.x + v_face.y * u;
  float body = clamp(half_width - abs(v) + (face > side ? v_face.z : 0.5), 0.0, 1.0) * max(at_start + at_end - 1.0, 0.0);
  float ball = v_depth.w > 0.5 || (u < 0.0 && dot(point, v_before.xy) > 0.0) ? clamp(0.5 * (v_ends.z * v_ends.z - dot(point, point)) / max(v_ends.z, 1e-3) + 0.5, 0.0, 1.0) : 0.0;
  float coverage = max(body, ball);
  if (coverage <= 0.02) discard;
  bool on_face = face > side && !(ball > body);
  float round_depth = v_depth.x - v_before.z * v_ends.z * up;
  gl_FragDepth = window_depth(-(ball > body ? round_depth : on_face ? face : side));
  float light = v_light.x + (on_face ? v_light.w : e * v_light.y + up * v_light.z);
  o_color = vec4(v_color.rgb * light, coverage * v_ends.w * v_color.a);
}
