// One point sprite that covers the piece.
void main() {
  Projected p = project_piece();
  vec2 axis = p.b - p.a;
  v_start = p.a + 0.5 * u_screen.xy;
  v_axis = axis;
  v_shape = vec4(p.half_width, 1.0 / max(dot(axis, axis), 1e-6), p.bulge);
  v_depth = 0.5 * p.depth + 0.5;
  v_color = vec4(a_color.rgb, a_color.a * p.opacity);
  gl_PointSize = sprite_size(p);
  gl_Position = p.visible ? at_screen(0.5 * (p.a + p.b), 0.5 * (p.depth.x + p.depth.y)) : outside;
}
