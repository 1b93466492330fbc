// One sample: its ground is uploaded once, its height with each new field.
layout(location = 0) in vec2 a_ground;
layout(location = 1) in float a_height;
#ifdef SMOOTH
layout(location = 2) in vec4 a_normal;
#endif
uniform mat4 u_view;
uniform vec2 u_lift;  // origin of the heights, picture units per data unit

void main() {
  v_height = a_height;
  vec3 p = (u_view * vec4(a_ground, (a_height - u_lift.x) * u_lift.y, 1.0)).xyz;
#if defined(SMOOTH) || defined(FLAT)
  v_place = p;
#endif
#ifdef SMOOTH
  v_normal = mat3(u_view) * a_normal.xyz;
#endif
  float n = u_depth.x, f = u_depth.y;
  vec2 at = p.xy * u_screen.z / (0.5 * u_screen.xy);
  if (u_depth.z > 0.5) gl_Position = vec4(at, -(2.0 * p.z + f + n) / (f - n), 1.0);
  else gl_Position = vec4(at, -(p.z * (f + n) + 2.0 * f * n) / (f - n), -p.z);
}
