// Vertex stages of the ribbon and the short piece: all of the shape but where it lies.
void hand_on_shape(Projected p) {
  vec2 axis = p.b - p.a;
  float len = length(axis), scale = 0.5 * (p.scale.x + p.scale.y);
  v_along = len > 1e-3 ? axis / len : vec2(1.0, 0.0);
  v_shape = vec4(len, p.half_width.x, p.half_width.y - p.half_width.x, p.is_ball ? 1.0 : abs(p.along_sight));
  v_ends = vec4(p.open.x ? 1.0 : 1e6, p.open.y ? 1.0 : 1e6, min(a_before.w * p.scale.x, p.half_width.x), p.opacity);
  v_before = vec3((mat3(u_view) * a_before.xyz).xy, 1.0 / scale);
  // The axis goes away from the eye as fast as the sight slides along it, the face that is seen comes as fast nearer.
  float away = -p.along_sight / (p.from_side * scale);
  float nearer = p.from_side / (max(abs(p.along_sight), 1e-3) * scale);
  v_depth = vec4(-p.z.x, len > 1e-3 ? (p.z.x - p.z.y) / len : away, 1.0 / (p.from_side * scale), has(a_after.y, round_start) ? 1.0 : 0.0);
  bool end_seen = p.along_sight > 0.0;
  // Less where a neighbour's side lies before it, so that soft sides do not add up to beads.
  float more = has(a_after.y, end_seen ? smooth_end : smooth_start) ? -0.5 : 0.5;
  v_face = end_seen ? vec3(-p.z.y - len * nearer, nearer, more) : vec3(-p.z.x, -nearer, more);
  if (p.is_ball) v_face = vec3(-1e9, 0.0, 0.5);
  vec3 aside = vec3(-v_along.y, v_along.x, 0.0), face = end_seen ? p.axis : -p.axis;
  v_light = vec4(1.0 - u_light.w * u_light.z,
                 u_light.w * vec3(dot(aside, u_light.xyz), dot(p.facing, u_light.xyz), dot(face, u_light.xyz)));
  v_color = a_color;
}
