// Box coverage across and along.
out vec4 o_color;

void main() {
#ifdef RIBBON
  vec2 point = v_point;
#else
  vec2 point = gl_FragCoord.xy - v_middle;
#endif
  float across = abs(v_along.x * point.y - v_along.y * point.x), along = abs(dot(v_along, point));
  float coverage = clamp(v_reach.x - across, 0.0, 1.0) * clamp(v_reach.y - along, 0.0, v_reach.z);
  if (coverage <= 0.02) discard;
  o_color = vec4(v_color.rgb, coverage * v_color.a);
}
