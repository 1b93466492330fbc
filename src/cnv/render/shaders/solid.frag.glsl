// Ray and rounded cone, in closed form: the lateral surface if it is hit between the two circles where it touches the
// end spheres, else the nearer sphere. Method: I. Quilez, "rounded cone" intersection.

float first_hit(float middle, float discriminant) { return discriminant < 0.0 ? 1e20 : middle - sqrt(discriminant); }

void main() {
  bool perspective = u_depth.z < 0.5;
  vec3 origin = perspective ? vec3(0.0) : vec3(v_screen / u_screen.z, 0.0);
  vec3 ray = perspective ? normalize(vec3(v_screen, -u_screen.z)) : vec3(0.0, 0.0, -1.0);
  // Start beside the piece: far away, the squares below would lose the small radius.
  float skipped = dot(0.5 * (v_a.xyz + v_b.xyz) - origin, ray);
  origin += ray * skipped;
  float ra = v_a.w, rb = v_b.w, rr = ra - rb;
  vec3 ba = v_b.xyz - v_a.xyz, oa = origin - v_a.xyz, ob = origin - v_b.xyz;
  float m0 = dot(ba, ba), m1 = dot(ba, oa), m2 = dot(ba, ray), m3 = dot(ray, oa), m5 = dot(oa, oa);
  float m6 = dot(ob, ray), m7 = dot(ob, ob);
  float d2 = m0 - rr * rr;
  float k2 = d2 - m2 * m2, k1 = d2 * m3 - m1 * m2 + m2 * rr * ra;
  float k0 = d2 * m5 - m1 * m1 + m1 * rr * ra * 2.0 - m0 * ra * ra, h = k1 * k1 - k0 * k2;
  float t = 1e20;
  vec3 normal = vec3(0.0, 0.0, 1.0);
  if (h >= 0.0 && d2 > 0.0) {
    float side = (-sqrt(h) - k1) / k2, y = m1 - ra * rr + side * m2;
    if (y > 0.0 && y < d2) {
      t = side;
      normal = normalize(d2 * (oa + t * ray) - ba * y);
    }
  }
  if (t > 1e19) {
    float ta = first_hit(-m3, m3 * m3 - m5 + ra * ra), tb = first_hit(-m6, m6 * m6 - m7 + rb * rb);
    t = min(ta, tb);
    if (t > 1e19) discard;
    normal = ta < tb ? (oa + t * ray) / ra : (ob + t * ray) / rb;
  }
  if (perspective && t + skipped <= u_depth.x) discard;
  vec3 point = origin + ray * t;
  float facing = -dot(normal, ray), radius = 0.5 * (ra + rb);
  float edge = clamp(radius * pixels_per_um(point.z) * (1.0 - sqrt(max(0.0, 1.0 - facing * facing))) + 0.35, 0.0, 1.0);
  // Pixels of the soft edge go back, so that a neighbour shines through and not the background.
  gl_FragDepth = clamp(ndc_depth(point.z - (edge < 1.0 ? 0.5 * min(ra, rb) : 0.0)) * 0.5 + 0.5, 0.0, 1.0);
  o_color = vec4(shaded(v_color.rgb, normal), v_color.a * edge);
}
