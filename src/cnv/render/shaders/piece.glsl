// Vertex stages: one piece and its projection. Screen positions are px from the centre, y up.
layout(location = 0) in vec4 a_start;   // um, radius um
layout(location = 1) in vec4 a_end;
layout(location = 2) in vec4 a_color;
layout(location = 3) in vec4 a_before;  // unit vector along which the piece before comes; radius of the joint um
layout(location = 4) in vec2 a_after;   // radius of what continues at the end, um; Cone::joints
uniform mat4 u_view;

const vec4 outside = vec4(2.0, 2.0, 2.0, 1.0);  // a vertex that clipping drops

struct Projected {
  vec2 a, b;         // ends
  vec2 half_width;   // at a and b, px, not below the smallest
  vec2 own_width;    // likewise, without a smallest one
  vec2 z;            // at a and b
  vec2 scale;        // px per um at a and b
  float opacity;     // of a piece thinner than it is drawn
  bvec2 open;        // nothing of the same thickness continues, and the end lies in front of the eye
  bool visible;
  // How it lies towards the eye.
  bool is_ball;      // without length
  vec3 axis;         // unit vector from start to end, camera space
  float along_sight, from_side;  // cosine between axis and sight, and sine, not below 0.02
  vec3 facing;       // unit normal of the side that faces the eye most
};

Projected project_piece() {
  Projected p;
  vec3 a = (u_view * vec4(a_start.xyz, 1.0)).xyz, b = (u_view * vec4(a_end.xyz, 1.0)).xyz;
  float len = length(b - a);
  p.is_ball = !(len > 0.0);
  p.axis = p.is_ball ? vec3(1.0, 0.0, 0.0) : (b - a) / len;
  p.open = bvec2(a_before.w < 0.999 * a_start.w, a_after.x < 0.999 * a_end.w);
  bool perspective = u_depth.z < 0.5;
  float near = -u_depth.x * 1.01;
  p.visible = !(perspective && a.z > near && b.z > near);
  if (perspective && a.z > near && b.z < near) {
    a = mix(a, b, (near - a.z) / (b.z - a.z));
    p.open.x = false;
  }
  if (perspective && b.z > near && a.z < near) {
    b = mix(b, a, (near - b.z) / (a.z - b.z));
    p.open.y = false;
  }
  p.z = vec2(a.z, b.z);
  p.scale = vec2(pixels_per_um(a.z), pixels_per_um(b.z));
  p.a = a.xy * p.scale.x;
  p.b = b.xy * p.scale.y;
  p.own_width = vec2(a_start.w, a_end.w) * p.scale;
  p.half_width = max(p.own_width, vec2(u_screen.w));
  p.opacity = clamp(0.5 * (p.own_width.x + p.own_width.y) / u_screen.w, u_depth.w, 1.0);
  vec3 towards_eye = perspective ? -normalize(a + b) : vec3(0.0, 0.0, 1.0);
  p.along_sight = dot(p.axis, towards_eye);
  p.from_side = max(sqrt(max(1.0 - p.along_sight * p.along_sight, 0.0)), 0.02);
  p.facing = (towards_eye - p.along_sight * p.axis) / p.from_side;
  return p;
}

vec4 at_screen(vec2 position, float z) { return vec4(position / (0.5 * u_screen.xy), ndc_depth(z), 1.0); }

float sprite_size(Projected p) {
  vec2 d = abs(p.b - p.a);
  return max(d.x, d.y) + 2.0 * max(p.half_width.x, p.half_width.y) + 1.0;
}

// Reach of the coverage of a line or thin piece. Longer ones get a little more at their ends, which closes the outer
// side of a bend; between many short ones as much would show as beads. Seen from its end, a piece is as long as its
// end face is wide.
vec3 line_reach(Projected p, float len) {
  float half_width = 0.5 * (p.half_width.x + p.half_width.y);
  float more = half_width * mix(0.25, 0.5, smoothstep(4.0, 14.0, len));
  float face = p.is_ball ? 0.0 : 0.5 * (p.own_width.x + p.own_width.y) * abs(p.axis.z);
  return vec3(half_width + 0.5, 0.5 * len + 0.5 + more, min(1.0, len + face));
}

// With the mean of the light over a round body, so that a neurite keeps its colour while zooming.
vec4 thin_color(Projected p) {
  // So thin, that the eye may as well be far away.
  vec3 facing = (vec3(0.0, 0.0, 1.0) - p.axis.z * p.axis) / max(sqrt(max(1.0 - p.axis.z * p.axis.z, 0.0)), 0.02);
  return vec4(a_color.rgb * light_on(0.7853982 * facing), a_color.a * p.opacity);
}
