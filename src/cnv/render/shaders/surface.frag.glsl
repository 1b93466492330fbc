// Colour of the height from a table, lit from both sides.
uniform sampler2D u_colors;
uniform vec3 u_scale;    // low and high of the colours, value when both are equal
uniform float u_opacity;
out vec4 o_color;

void main() {
  float u = u_scale.y > u_scale.x ? clamp((v_height - u_scale.x) / (u_scale.y - u_scale.x), 0.0, 1.0) : u_scale.z;
  vec3 color = texture(u_colors, vec2((floor(255.0 * u) + 0.5) / 256.0, 0.5)).rgb;
#if defined(SMOOTH) || defined(FLAT)
#ifdef SMOOTH
  vec3 normal = normalize(v_normal);
#else
  vec3 normal = normalize(cross(dFdx(v_place), dFdy(v_place)));
#endif
  vec3 towards_eye = u_depth.z > 0.5 ? vec3(0.0, 0.0, 1.0) : -v_place;
  if (dot(normal, towards_eye) < 0.0) normal = -normal;
  color *= light_on(normal);
#endif
  o_color = vec4(color, u_opacity);
}
