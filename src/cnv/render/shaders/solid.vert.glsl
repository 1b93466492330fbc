// A quad that holds the outline of a cone and of the ball at its joint; four vertices per instance.

// How far a sphere reaches beyond the image of its centre. Towards the rim of the picture, and close to the eye, this
// is more than its radius times the scale; negative: it does not fit between eye and picture.
float reach_px(vec3 center, float radius) {
  if (u_depth.z > 0.5) return radius * u_screen.z;
  float d = length(center);
  float off_axis = acos(clamp(-center.z / d, -1.0, 1.0)), half_angle = asin(min(radius / d, 1.0));
  if (off_axis + half_angle > 1.4 || center.z > -u_depth.x) return -1.0;
  return u_screen.z * (tan(off_axis + half_angle) - tan(off_axis));
}

void main() {
  Projected p = project_piece();
  vec3 a = (u_view * vec4(a_start.xyz, 1.0)).xyz, b = (u_view * vec4(a_end.xyz, 1.0)).xyz;
  vec2 reach = vec2(reach_px(a, a_start.w), reach_px(b, a_end.w));
  vec2 axis = p.b - p.a;
  float len = length(axis);
  vec2 along = len > 1e-3 ? axis / len : vec2(1.0, 0.0), across = vec2(-along.y, along.x);
  float end = float(gl_VertexID >> 1), side = float(gl_VertexID & 1) * 2.0 - 1.0;
  float wide = max(reach.x, reach.y) + 1.5;
  vec2 position = mix(p.a, p.b, end) + along * (end * 2.0 - 1.0) * wide + across * side * wide;
  if (min(reach.x, reach.y) < 0.0) position = 0.5 * u_screen.xy * vec2(end * 2.0 - 1.0, side);
  v_screen = position;
  v_a = vec4(a, a_start.w);
  v_b = vec4(b, a_end.w);
  v_before = vec4(mat3(u_view) * a_before.xyz, a_before.w);
  v_after = a_after;
  v_color = a_color;
  // Beside the eye, a thick piece is seen although its ends lie behind it.
  bool behind = u_depth.z < 0.5 && min(a.z - a_start.w, b.z - a_end.w) > -u_depth.x;
  gl_Position = behind ? outside : at_screen(position, -u_depth.x);
}
