// What the ribbon and the short piece hand to capsule.frag.glsl.
#ifdef RIBBON
VARYING vec2 v_point;        // px from the start
#else
flat VARYING vec2 v_start;   // window px
#endif
flat VARYING vec2 v_axis;    // px, start to end
flat VARYING vec4 v_shape;   // half widths at start and end, 1 / length squared, bulge
flat VARYING vec2 v_depth;   // window depth at start and end
flat VARYING vec4 v_color;
