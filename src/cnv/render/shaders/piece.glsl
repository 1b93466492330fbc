// Vertex stages: one piece and its projection. Screen positions are px from the centre, y up.
layout(location = 0) in vec4 a_start;  // um, radius um
layout(location = 1) in vec4 a_end;
layout(location = 2) in vec4 a_color;
uniform mat4 u_view;

const vec4 outside = vec4(2.0, 2.0, 2.0, 1.0);  // a vertex that clipping drops

struct Projected {
  vec2 a, b;         // ends
  vec2 half_width;   // at a and b, px, not below the smallest
  vec2 depth;        // at a and b, NDC
  float opacity;     // of a piece thinner than it is drawn
  float bulge;       // how much nearer the surface is than the axis, window depth
  bool visible;
};

Projected project_piece() {
  Projected p;
  vec3 a = (u_view * vec4(a_start.xyz, 1.0)).xyz, b = (u_view * vec4(a_end.xyz, 1.0)).xyz;
  bool perspective = u_depth.z < 0.5;
  float near = -u_depth.x * 1.01;
  p.visible = !(perspective && a.z > near && b.z > near);
  if (perspective && a.z > near && b.z < near) a = mix(a, b, (near - a.z) / (b.z - a.z));
  if (perspective && b.z > near && a.z < near) b = mix(b, a, (near - b.z) / (a.z - b.z));
  float sa = pixels_per_um(a.z), sb = pixels_per_um(b.z);
  p.a = a.xy * sa;
  p.b = b.xy * sb;
  vec2 width = vec2(a_start.w * sa, a_end.w * sb);
  p.half_width = max(width, vec2(u_screen.w));
  p.opacity = clamp(0.5 * (width.x + width.y) / u_screen.w, u_depth.w, 1.0);
  p.depth = vec2(ndc_depth(a.z), ndc_depth(b.z));
  float middle = 0.5 * (a.z + b.z), front = middle + max(a_start.w, a_end.w);
  if (perspective) front = min(front, -u_depth.x);
  p.bulge = 0.5 * (ndc_depth(front) - ndc_depth(middle));
  return p;
}

vec4 at_screen(vec2 position, float depth) { return vec4(position / (0.5 * u_screen.xy), depth, 1.0); }

float sprite_size(Projected p) {
  vec2 d = abs(p.b - p.a);
  return max(d.x, d.y) + 2.0 * max(p.half_width.x, p.half_width.y) + 1.0;
}

// Reach of the coverage of a line or thin piece. Longer ones get a little more at their ends, which closes the outer
// side of a bend; between many short ones as much would show as beads.
vec3 line_reach(Projected p, float len) {
  float half_width = 0.5 * (p.half_width.x + p.half_width.y);
  float more = half_width * mix(0.25, 0.5, smoothstep(4.0, 14.0, len));
  return vec3(half_width + 0.5, 0.5 * len + 0.5 + more, min(1.0, len));
}

// The mean of the light over a round body, so that a neurite keeps its colour while zooming.
vec4 unlit_color(Projected p) { return vec4(a_color.rgb * 0.86 + 0.02, a_color.a * p.opacity); }
