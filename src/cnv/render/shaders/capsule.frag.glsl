// A shaded capsule on the screen. Its depth is curved, so that the soft edge of a cap lies behind its neighbour.
void main() {
#ifdef RIBBON
  vec2 point = v_point;
#else
  vec2 point = gl_FragCoord.xy - v_start;
#endif
  float t = clamp(dot(point, v_axis) * v_shape.z, 0.0, 1.0);
  vec2 off = point - v_axis * t;
  float half_width = mix(v_shape.x, v_shape.y, t), d = length(off);
  float coverage = clamp(half_width - d + 0.5, 0.0, 1.0);
  if (coverage <= 0.02) discard;
  float e = min(d / half_width, 1.0), up = sqrt(1.0 - e * e);
  gl_FragDepth = mix(v_depth.x, v_depth.y, t) + v_shape.w * up;
  vec3 normal = vec3(off / max(d, 1e-4) * e, up);
  o_color = vec4(shaded(v_color.rgb, normal), coverage * v_color.a);
}
