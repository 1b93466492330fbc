// What a surface hands to its fragments: SMOOTH and FLAT ones are lit.
VARYING float v_height; // of the data
#if defined(SMOOTH) || defined(FLAT)
VARYING vec3 v_place;   // camera space
#endif
#ifdef SMOOTH
VARYING vec3 v_normal;  // camera space
#endif
