// Shared by all stages. Depths are z of camera space: negative in front of the eye.
uniform vec4 u_screen;  // width px, height px, focal px, smallest half width px
uniform vec4 u_depth;   // near um, far um, 1 if orthographic, least opacity of thin pieces

float pixels_per_um(float z) { return u_depth.z > 0.5 ? u_screen.z : u_screen.z / -z; }

const int smooth_start = 1, smooth_end = 2, round_start = 4;  // of Cone::joints
bool has(float joints, int joint) { return (int(joints) & joint) != 0; }

// In even steps, so that what is close to the eye does not cost the precision of what is far.
float window_depth(float z) { return clamp((-z - u_depth.x) / (u_depth.y - u_depth.x), 0.0, 1.0); }
float ndc_depth(float z) { return 2.0 * window_depth(z) - 1.0; }
