// A quad for a long piece about a pixel wide; four vertices per instance.
void main() {
  Projected p = project_piece();
  vec2 axis = p.b - p.a;
  float len = length(axis);
  vec2 along = len > 1e-3 ? axis / len : vec2(1.0, 0.0), across = vec2(-along.y, along.x);
  float end = float(gl_VertexID >> 1) * 2.0 - 1.0, side = float(gl_VertexID & 1) * 2.0 - 1.0;
  v_reach = line_reach(p, len);
  v_along = along;
  v_point = along * (end * v_reach.y) + across * (side * v_reach.x);
  v_color = thin_color(p);
  float z = end < 0.0 ? p.z.x : p.z.y;
  gl_Position = p.visible ? at_screen(0.5 * (p.a + p.b) + v_point, z) : outside;
}
