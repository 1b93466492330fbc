// A quad along the piece, wide enough for its round ends; four vertices per instance.
void main() {
  Projected p = project_piece();
  vec2 axis = p.b - p.a;
  float length2 = dot(axis, axis), len = sqrt(length2);
  vec2 along = len > 1e-3 ? axis / len : vec2(1.0, 0.0), across = vec2(-along.y, along.x);
  float end = float(gl_VertexID >> 1), side = float(gl_VertexID & 1) * 2.0 - 1.0;
  float cap = mix(p.half_width.x, p.half_width.y, end) + 0.5;
  float wide = max(p.half_width.x, p.half_width.y) + 0.5;
  vec2 position = mix(p.a, p.b, end) + along * (end * 2.0 - 1.0) * cap + across * side * wide;
  v_point = position - p.a;
  v_axis = axis;
  v_shape = vec4(p.half_width, 1.0 / max(length2, 1e-6), p.bulge);
  v_depth = 0.5 * p.depth + 0.5;
  v_color = vec4(a_color.rgb, a_color.a * p.opacity);
  gl_Position = p.visible ? at_screen(position, mix(p.depth.x, p.depth.y, end)) : outside;
}
