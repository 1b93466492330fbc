: Receptors that bind the ligand they point to; bound is the occupied fraction.
NEURON {
  POINT_PROCESS Receptor
  POINTER ligand
  RANGE bound, kon, koff
}
UNITS {
  (uM) = (micro/liter)
}
PARAMETER {
  kon = 0.05 (/uM/ms)
  koff = 0.05 (/ms)
}
ASSIGNED {
  ligand (uM)
}
STATE {
  bound (1)
}
INITIAL {
  bound = 0
}
BREAKPOINT {
  SOLVE binding METHOD cnexp
}
DERIVATIVE binding {
  bound' = kon * ligand * (1 - bound) - koff * bound
}
