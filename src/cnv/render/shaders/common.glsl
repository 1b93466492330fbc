// Shared by all stages. Depths are z of camera space: negative in front of the eye.
uniform vec4 u_screen;  // width px, height px, focal px, smallest half width px
uniform vec4 u_depth;   // near um, far um, 1 if orthographic, least opacity of thin pieces

float pixels_per_um(float z) { return u_depth.z > 0.5 ? u_screen.z : u_screen.z / -z; }

float ndc_depth(float z) {
  float n = u_depth.x, f = u_depth.y;
  return u_depth.z > 0.5 ? -(2.0 * z + f + n) / (f - n) : (f + n + 2.0 * f * n / z) / (f - n);
}
