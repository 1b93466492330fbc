// A quad along the piece, wide enough for its end faces and joint; four vertices per instance.
void main() {
  Projected p = project_piece();
  hand_on_shape(p);
  vec2 across = vec2(-v_along.y, v_along.x);
  float end = float(gl_VertexID >> 1), side = float(gl_VertexID & 1) * 2.0 - 1.0;
  float cap = mix(p.half_width.x, p.half_width.y, end) + 0.5;
  if (v_depth.w > 0.5 && end > 0.5) cap = max(cap, v_ends.z - v_shape.x + 0.5);  // the whole ball
  float wide = max(p.half_width.x, p.half_width.y) + 0.5;
  vec2 position = mix(p.a, p.b, end) + v_along * (end * 2.0 - 1.0) * cap + across * side * wide;
  v_point = position - p.a;
  gl_Position = p.visible ? at_screen(position, mix(p.z.x, p.z.y, end)) : outside;
}
