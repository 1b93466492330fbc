// What the ray-cast piece hands to its fragments.
VARYING vec2 v_screen;     // px from the centre
flat VARYING vec4 v_a;     // start in camera space, radius
flat VARYING vec4 v_b;
flat VARYING vec4 v_color;
