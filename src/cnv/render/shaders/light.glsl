// The weak light of light.hpp: what faces the eye has its own colour. Normals and axes in camera space.
uniform vec4 u_light;  // towards the light; strength, 0: plain colours

float light_on(vec3 normal) { return 1.0 + u_light.w * (dot(normal, u_light.xyz) - u_light.z); }
