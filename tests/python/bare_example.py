"""The model of an example, stepped by its simulator alone: `python bare_example.py SCRIPT STEPS OUT`.

Of the session only the hooks run that build the model. OUT.npz gets "v": (segments, 1 + STEPS) float64 in mV, and of an
example with gates and currents also these, (segments, 3, 1 + STEPS).
"""

import sys
from unittest import mock

import numpy as np

from example_reset import app_of


def stepped_by_neuron(session, steps):
    from neuron import h

    sections = session.build_sections()
    session.setup_model(sections)
    segments = [segment for section in sections for segment in section]
    names = {"v": ["_ref_v"]}
    if type(session).__name__ == "SectionInspector":
        names |= {"gates": ["_ref_m_hh", "_ref_h_hh", "_ref_n_hh"], "currents": ["_ref_ina", "_ref_ik", "_ref_il_hh"]}
    vectors = {
        id: [[h.Vector().record(getattr(segment, ref)) for ref in refs] for segment in segments]
        for id, refs in names.items()
    }
    h.dt = session.dt
    h.finitialize(session.v_init)
    for _ in range(steps):
        h.fadvance()
    found = {id: np.array([[vector.to_python() for vector in row] for row in rows]) for id, rows in vectors.items()}
    return found | {"v": found["v"][:, 0]}


def held_stimuli(module, steps):
    """In Jaxley a stimulus is an array; one number is what a session holds for good."""
    stimulate = module.stimulate

    def held(self, current, **options):
        return stimulate(self, np.full(steps, current) if np.ndim(current) == 0 else current, verbose=False, **options)

    return mock.patch.object(module, "stimulate", held)


def stepped_by_jaxley(session, steps):
    import jaxley as jx
    from jaxley.modules.base import Module

    cells = session.build_cells()
    network = session.build_network(cells if isinstance(cells, list) else [cells])
    with held_stimuli(Module, steps):
        session.setup_model(network, cells)
    network.record("v", verbose=False)
    return {"v": np.asarray(jx.integrate(network, delta_t=session.dt, t_max=steps * session.dt))}


if __name__ == "__main__":
    script, steps, out = sys.argv[1:]
    sys.argv = [script]  # the hooks may look at it
    session = app_of(script).session()
    step_alone = stepped_by_jaxley if hasattr(session, "build_cells") else stepped_by_neuron
    np.savez(out, **step_alone(session, int(steps)))
