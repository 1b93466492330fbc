: A ligand outside a cell that is cleared at a constant rate. A dose is given by adding to c.
NEURON {
  POINT_PROCESS Ligand
  RANGE c, tau
}
UNITS {
  (uM) = (micro/liter)
}
PARAMETER {
  tau = 40 (ms)
}
STATE {
  c (uM)
}
INITIAL {
  c = 0
}
BREAKPOINT {
  SOLVE clearance METHOD cnexp
}
DERIVATIVE clearance {
  c' = -c / tau
}
