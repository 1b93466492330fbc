// One point sprite that covers the piece.
void main() {
  Projected p = project_piece();
  hand_on_shape(p);
  v_start = p.a + 0.5 * u_screen.xy;
  gl_PointSize = sprite_size(p);
  gl_Position = p.visible ? at_screen(0.5 * (p.a + p.b), 0.5 * (p.z.x + p.z.y)) : outside;
}
