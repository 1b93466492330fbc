// What the ribbon and the short piece hand to rod.frag.glsl; see RodShape in piece_kernels.hpp. Lengths in px.
#ifdef RIBBON
VARYING vec2 v_point;         // from the start
#else
flat VARYING vec2 v_start;    // window px
#endif
flat VARYING vec2 v_along;    // unit vector from start to end
flat VARYING vec4 v_shape;    // length, half width at the start, what it gains to the end, flatness of the end faces
flat VARYING vec4 v_ends;     // slope of the coverage at start and end, half width of the joint, opacity
flat VARYING vec3 v_before;   // along which the piece before comes, 0: none; um per px
flat VARYING vec4 v_depth;    // um: of the axis at the start, and for each px along it; bulge of a px of half width; 1: all of the ball
flat VARYING vec3 v_face;     // likewise of the end face that is seen; how far its coverage reaches aside
flat VARYING vec4 v_light;    // base, aside, up, end face
flat VARYING vec4 v_color;
