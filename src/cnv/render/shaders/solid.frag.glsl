// Ray, truncated cone and ball, each in closed form, as solid_block in piece_kernels.cpp has it: of a convex body a ray
// enters one face. All is half a pixel larger than it is; coverage is the distance from that outline, exact near it.
out vec4 o_color;

const float none = 1e20;

void main() {
  bool perspective = u_depth.z < 0.5;
  vec3 origin = perspective ? vec3(0.0) : vec3(v_screen / u_screen.z, 0.0);
  vec3 ray = perspective ? normalize(vec3(v_screen, -u_screen.z)) : vec3(0.0, 0.0, -1.0);
  vec3 middle = 0.5 * (v_a.xyz + v_b.xyz);
  // Start beside the piece: far away, the squares below would lose the small radius.
  float skipped = dot(middle - origin, ray);
  origin += ray * skipped;
  float own_length = distance(v_a.xyz, v_b.xyz);
  bool is_ball = !(own_length > 0.0);
  // Where the piece is closest to the eye.
  float toward = is_ball ? 0.0 : clamp(-dot(v_a.xyz, v_b.xyz - v_a.xyz) / (own_length * own_length), 0.0, 1.0);
  float closest = length(mix(v_a.xyz, v_b.xyz, toward)) - max(v_a.w, v_b.w);
  float half_px = 0.5 / (perspective ? u_screen.z / max(closest, u_depth.x) : u_screen.z);
  vec3 axis = is_ball ? vec3(0.0) : (v_b.xyz - v_a.xyz) / own_length;
  bool start_open = v_before.w < 0.999 * v_a.w, end_open = v_after.x < 0.999 * v_b.w;
  // Neighbours overlap by nearly nothing, so that their soft sides do not add up at the joint.
  float start_more = start_open ? half_px : 0.04 * half_px, end_more = end_open ? half_px : 0.04 * half_px;
  vec3 start = v_a.xyz - axis * start_more;
  float len = own_length + start_more + end_more;
  vec2 radius = is_ball ? vec2(0.0) : vec2(v_a.w, v_b.w) + half_px;
  float slope = (radius.y - radius.x) / len, slant2 = 1.0 + slope * slope;
  vec3 oa = origin - start;
  float dy = dot(axis, ray), y0 = dot(axis, oa), m3 = dot(ray, oa), m5 = dot(oa, oa);
  float across2 = max(1.0 - dy * dy, 1e-6);
  // The side: where the distance from the axis falls below the radius there.
  float t = none, inside = none;
  vec3 normal = vec3(0.0, 0.0, 1.0);
  float r0 = radius.x + slope * y0;
  float qa = 1.0 - slant2 * dy * dy, qb = m3 - dy * (y0 + slope * r0), qc = m5 - y0 * y0 - r0 * r0;
  float h = qb * qb - qa * qc;
  if (h >= 0.0) {
    float root = sqrt(h), side = qb < 0.0 ? qc / (root - qb) : (-qb - root) / qa, y = y0 + side * dy;
    if (y >= 0.0 && y <= len) {
      t = side;
      float here = max(radius.x + slope * y, 1e-12);
      vec3 g = (oa + side * ray - axis * y) / here;
      float gd = dot(g, ray), turned = slope * dy - gd, bend = across2 - slope * slope * dy * dy;
      float lean = dy + slope * gd, along = sqrt(max(slant2 - lean * lean, 0.0));
      float face = 2.0 * here * max(-gd, 0.0) / sqrt(across2);
      if (bend > 1e-6) inside = 0.5 * here * turned * turned / bend;
      else if (slope * dy <= 0.0) inside = 0.0;
      if (start_open) inside = min(inside, y * along + max(dy, 0.0) * face);
      if (end_open) inside = min(inside, (len - y) * along + max(-dy, 0.0) * face);
      normal = (g - slope * axis) * inversesqrt(slant2);
    }
  }
  // The end face that is turned to the eye.
  bool at_start = dy > 0.0;
  float y_face = at_start ? 0.0 : len, r_face = at_start ? radius.x : radius.y;
  // Smaller where an end goes on as it is, so that soft sides do not add up to beads.
  if (has(v_after.y, at_start ? smooth_start : smooth_end)) r_face = max(r_face - 2.0 * half_px, 0.0);
  if (dy != 0.0) {
    float face = (y_face - y0) / dy;
    vec3 f = oa + face * ray - axis * y_face;
    float f2 = dot(f, f);
    if (f2 <= r_face * r_face) {
      t = face;
      float fd = dot(f, ray), xi2 = min(fd * fd / across2, f2);
      bool crease = slope * dy * r_face - fd > 0.0;  // the side goes on behind the rim
      bool open = at_start ? start_open : end_open;
      float stretched = sqrt(f2 - xi2 + xi2 / max(dy * dy, 1e-6)) + 1e-6;
      inside = crease || !open ? none : 0.5 * (r_face * r_face - f2) / stretched;
      normal = at_start ? -axis : axis;
    }
  }
  // The ball at the joint.
  float joint = is_ball ? max(v_a.w, v_b.w) : v_before.w;
  if (is_ball || dot(v_before.xyz, v_before.xyz) > 0.0) {
    joint += half_px;
    float hb = m3 * m3 - m5 + joint * joint, in_ball = -m3 - sqrt(max(hb, 0.0));
    vec3 j = oa + in_ball * ray;
    if (hb >= 0.0 && in_ball < t && (is_ball || has(v_after.y, round_start) || (dot(j, axis) <= start_more && dot(j, v_before.xyz) >= -half_px))) {
      float in_joint = 0.5 * hb / joint;
      inside = t > 1e19 ? in_joint : max(inside, in_joint);  // what the ball's soft edge covers is seen through it
      t = in_ball;
      normal = j / joint;
    }
  }
  if (t > 1e19 || (perspective && t + skipped <= u_depth.x)) discard;
  float z = origin.z + ray.z * t, edge = clamp(inside * pixels_per_um(z), 0.0, 1.0);
  if (edge <= 0.02) discard;
  // Pixels of the soft edge go back, so that a neighbour shines through and not the background.
  gl_FragDepth = window_depth(z - (edge < 1.0 ? 0.5 * (v_a.w + v_b.w) : 0.0));
  o_color = vec4(v_color.rgb * light_on(normal), v_color.a * edge);
}
