// What lines and thin pieces hand to their fragments. Ends are butt ends, covered by share: below about a pixel, round
// ends would add up to dark blobs at every joint.
#ifdef RIBBON
VARYING vec2 v_point;        // px from the middle
#else
flat VARYING vec2 v_middle;  // window px
#endif
flat VARYING vec2 v_along;   // unit vector
flat VARYING vec3 v_reach;   // half width + 0.5, half length + 0.5, largest coverage along the piece
flat VARYING vec4 v_color;
