: An effector that bound receptors switch on; active is the fraction that works.
NEURON {
  POINT_PROCESS Effector
  POINTER receptor
  RANGE active, kact, kdeact
}
PARAMETER {
  kact = 0.04 (/ms)
  kdeact = 0.01 (/ms)
}
ASSIGNED {
  receptor (1)
}
STATE {
  active (1)
}
INITIAL {
  active = 0
}
BREAKPOINT {
  SOLVE switching METHOD cnexp
}
DERIVATIVE switching {
  active' = kact * receptor * (1 - active) - kdeact * active
}
