// One point sprite for a piece about a pixel wide: no light and no curvature, only coverage.
void main() {
  Projected p = project_piece();
  vec2 axis = p.b - p.a;
  float len = length(axis);
  v_middle = 0.5 * (p.a + p.b) + 0.5 * u_screen.xy;
  v_along = len > 1e-3 ? axis / len : vec2(1.0, 0.0);
  v_reach = line_reach(p, len);
  v_color = thin_color(p);
  gl_PointSize = sprite_size(p);
  gl_Position = p.visible ? at_screen(0.5 * (p.a + p.b), 0.5 * (p.z.x + p.z.y)) : outside;
}
