// Fragment stages: light from the upper left behind the viewer, with a small highlight. Normal in camera space.
uniform float u_flat;  // 1: plain colour (contours)
out vec4 o_color;

vec3 shaded(vec3 base, vec3 normal) {
  if (u_flat > 0.5) return base;
  float diffuse = max(dot(normal, vec3(-0.37, 0.56, 0.74)), 0.0);
  float shine = max(dot(normal, vec3(-0.20, 0.30, 0.93)), 0.0);
  shine *= shine;  // to the power of 32 by squaring: pow() is slow in software
  shine *= shine;
  shine *= shine;
  shine *= shine;
  shine *= shine;
  return base * (0.42 + 0.66 * diffuse) + 0.12 * shine;
}
