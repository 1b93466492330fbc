// What the ray-cast piece hands to its fragments, in camera space.
VARYING vec2 v_screen;       // px from the centre
flat VARYING vec4 v_a;       // start, radius
flat VARYING vec4 v_b;
flat VARYING vec4 v_before;  // along which the piece before comes, radius of the joint
flat VARYING vec2 v_after;   // radius of what continues at the end; Cone::joints
flat VARYING vec4 v_color;
