: A leak with twice its conductance: a mechanism small enough to compile in a test.
NEURON {
  SUFFIX leak_twice
  NONSPECIFIC_CURRENT i
  RANGE g, e, i
  THREADSAFE
}
UNITS {
  (mV) = (millivolt)
  (mA) = (milliamp)
  (S) = (siemens)
}
PARAMETER {
  g = 0.001 (S/cm2)
  e = -60 (mV)
}
ASSIGNED {
  v (mV)
  i (mA/cm2)
}
BREAKPOINT {
  i = 2 * g * (v - e)
}
