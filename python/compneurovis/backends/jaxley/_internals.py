"""The only place that knows how Jaxley works inside, and the check that it is the Jaxley that is known.

A network keeps its parameters in two tables (`nodes`, `edges`) and runs on flat arrays made from them. The arrays of
compartments have one place per compartment and branch point; those of a synapse type one per synapse of that type.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable
from typing import Any

import numpy as np

from ..._simulators import WORKS_WITH, install_command
from ._package import jaxley

TESTED = {name: version.removeprefix("==").removesuffix("*") for name, version in WORKS_WITH["jaxley"].items()}
_OWN_V = -70.0  # mV: of compartments that nobody has set

# Parameters from which a membrane area, a volume or a load follows: Jaxley's own way, whatever it costs.
_SHAPE = {"radius", "length", "area", "volume", "resistive_load_out", "resistive_load_in"}
_AXIAL = {"axial_resistivity", "capacitance"}


def check_versions() -> None:
    """ModuleNotFoundError: Jaxley or JAX is absent. ImportError: another version than the known ones.
    Both say what to do."""
    jaxley("jax")
    jaxley()
    here = {name: _version(name) for name in TESTED}
    known = all(here[name].startswith(TESTED[name]) for name in TESTED)
    if known and _has_everything():
        return
    wanted = " and ".join(f"{name} {start}*" for name, start in TESTED.items())
    found = " with ".join(f"{name} {version}" for name, version in here.items())
    raise ImportError(
        f"{found} is installed; this version works with {wanted}: {install_command('jaxley')}", name="jaxley"
    )


def _version(name: str) -> str:
    return importlib.metadata.version(name)


def _has_everything() -> bool:
    base = jaxley("jaxley.modules.base").Module
    return (
        hasattr(jaxley("jaxley.integrate"), "build_init_and_step_fn")
        and hasattr(jaxley("jaxley.utils.morph_attributes"), "compute_axial_conductances")
        and all(
            hasattr(base, name)
            for name in ("_external_input", "_get_state_names", "to_jax", "get_all_parameters", "delete_recordings")
        )
    )


# ---- channels --------------------------------------------------------------------------------------------------------


def mend_hodgkin_huxley() -> None:
    """HH's rates at exactly -40 and -55 mV, where Jaxley divides 0 by 0: their limits. For the whole process, once.

    In single precision a running model meets these potentials every few seconds. Other values are Jaxley's own.
    """
    import jax.numpy as jnp

    module = jaxley("jaxley.channels.hh")
    original = getattr(module, "_vtrap", None)
    if original is None or getattr(original, "_cnv_original", None) is not None:
        return

    def _vtrap(x, y):
        at_limit = x == 0
        return jnp.where(at_limit, y, original(jnp.where(at_limit, 1.0, x), y))

    _vtrap._cnv_original = original
    module._vtrap = _vtrap


# ---- stimuli ---------------------------------------------------------------------------------------------------------


def accept_held_values() -> None:
    """stimulate() and clamp() then take one number too: a value held for good. For the whole process, once.

    In the table of the network a held value is followed by NaN. For networks of a session tables are kept as numpy
    arrays, of equal length: new lengths cost no compilation. Nothing is printed: sliders change stimuli many times a
    second.
    """
    base = jaxley("jaxley.modules.base").Module
    original = base._external_input
    if getattr(original, "_cnv_original", None) is not None:
        return

    def _external_input(self, key, values, verbose=True):
        if np.ndim(values) > 0 and not self.base.__dict__.get("_cnv_live"):
            return original(self, key, values, verbose=verbose)
        return _insert(self, key, np.asarray(values, np.float64))

    _external_input._cnv_original = original
    base._external_input = _external_input


def _insert(view: Any, key: str, values: np.ndarray) -> None:
    compartment_states, synapse_states = view._get_state_names()
    if key not in compartment_states and key not in synapse_states:
        raise KeyError(
            f"this network has no state {key!r}; it has: {', '.join(sorted({*compartment_states, *synapse_states}))}"
        )
    places = np.asarray(view._nodes_in_view if key in compartment_states else view._edges_in_view)
    if values.ndim == 0:
        values = np.array([[float(values), np.nan]])
    values = np.atleast_2d(values)
    if values.shape[0] not in (1, len(places)):
        raise ValueError(
            f"{values.shape[0]} rows of values for {len(places)} places: give one row, or one for each place"
        )
    values = np.broadcast_to(values, (len(places), values.shape[1]))
    network = view.base
    before = np.asarray(network.externals[key], np.float64) if key in network.externals else np.zeros((0, 0))
    length = max(before.shape[1], values.shape[1])
    network.externals[key] = np.concatenate([_extended(before, length, key), _extended(values, length, key)])
    network.external_inds[key] = (
        np.concatenate([np.asarray(network.external_inds[key]), places]) if len(before) else places
    )


def _extended(rows: np.ndarray, length: int, key: str) -> np.ndarray:
    """Rows continued as they go on: a held value is held, a current is over, a clamp keeps its last value."""
    missing = length - rows.shape[1]
    if missing <= 0 or rows.shape[1] == 0:
        return rows if rows.shape[1] else np.zeros((rows.shape[0], length))
    fill = np.full(rows.shape[0], np.nan) if key != "i" else np.where(np.isnan(rows[:, -1]), np.nan, 0.0)
    return np.concatenate([rows, np.repeat(fill[:, None], missing, axis=1)], axis=1)


def mark_live(network: Any) -> None:
    network.__dict__["_cnv_live"] = True


def start_at(network: Any, v_init: float) -> None:
    """The potential at the start, unless the model has set one (mV)."""
    if v_init != _OWN_V and (network.nodes["v"] == _OWN_V).all():
        network.set("v", float(v_init))


def redo_stimuli(network: Any, insert: Callable[[], Any]) -> None:
    """What insert() injects and clamps instead of what there is; whatever else it does to the network is undone."""
    before = dict(network.__dict__)
    try:
        for name, value in before.items():
            if hasattr(value, "copy") and value is not network:
                network.__dict__[name] = value.copy()
        network.externals, network.external_inds = {}, {}
        insert()
        made = network.externals, network.external_inds
    finally:
        network.__dict__.clear()
        network.__dict__.update(before)
    network.externals, network.external_inds = made


# ---- the network -----------------------------------------------------------------------------------------------------


class NetworkArrays:
    """Arrays of a network for its step function, kept up with its tables."""

    def __init__(self, network: Any) -> None:
        import jax

        self.network = network
        network.delete_recordings()
        network.record("v", verbose=False)
        self.rec_states = network.recordings.state.to_numpy()
        nodes = network.nodes
        self.display_index = nodes.index.to_numpy()[np.argsort(nodes["global_comp_index"].to_numpy(), kind="stable")]
        solver = "jaxley.dhs.gpu" if network._solver_device in ("gpu", "tpu") else "jaxley.dhs.cpu"
        self.init_fn, self.step_fn = jaxley("jaxley.integrate").build_init_and_step_fn(network, voltage_solver=solver)
        self.structure = structure_of(network)
        compartment_states, synapse_states = network._get_state_names()
        self.synapse_states = set(synapse_states) - set(compartment_states)
        conductances = jaxley("jaxley.utils.morph_attributes").compute_axial_conductances
        edges, diffusing = network.base._comp_edges, network.base.diffusion_states
        self._axial: Callable = jax.jit(lambda params: conductances(edges, params, diffusing))
        self._axial_inputs = [*_SHAPE, *_AXIAL, *(f"axial_diffusion_{name}" for name in diffusing)]
        self._initial: tuple[Any, dict] | None = None
        self.params = self._all_parameters()
        self._seen = self._columns([*self.params, *_state_names(network)])

    def _columns(self, names) -> dict[str, np.ndarray]:
        """Present columns of both tables, as they are in the tables."""
        found = {}
        for name in names:
            for table in (self.network.nodes, self.network.edges):
                if name in table.columns:
                    found[name] = table[name].to_numpy(copy=True)
                    break
        return found

    def _all_parameters(self) -> dict[str, Any]:
        network = self.network
        network.to_jax()
        _, params = self.init_fn(network.get_parameters(), {}, None, 0.025)
        return self._with_axial(params)

    def _with_axial(self, params: dict[str, Any]) -> dict[str, Any]:
        return {**params, "axial_conductances": self._axial({name: params[name] for name in self._axial_inputs})}

    def refresh(self) -> list[str]:
        """Brings `params` up to date; arrays of columns that are as before stay the same objects.

        The names of states that were set since the last time."""
        before, now = self._seen, self._columns(self._seen)
        changed = {name for name, column in now.items() if not _equal(column, before[name])}
        trained = len(self.network.trainable_params) > 0
        if not changed and not trained:
            return []
        self._seen = now
        states = sorted(changed & set(_state_names(self.network)))
        touched = changed & set(self.params)
        if trained or touched & _SHAPE or any(name.startswith("axial_diffusion_") for name in touched):
            self.params = self._all_parameters()
        elif touched:
            params = {**self.params, **{name: self._leaf(name, now[name]) for name in touched}}
            self.params = self._with_axial(params) if touched & _AXIAL else params
        self._initial = None
        return states

    def _leaf(self, name: str, column: np.ndarray):
        import jax

        old = self.params[name]
        if name in self.network.nodes.columns:
            values = np.full(old.shape, -1.0, old.dtype)
            values[self.network.nodes.index.to_numpy()] = column
        else:
            kinds = self.network.edges["type_ind"].to_numpy()
            kind = next(i for i, synapse in enumerate(self.network.base.synapses) if name in synapse.synapse_params)
            values = column[kinds == kind].astype(old.dtype)
        return jax.device_put(values)

    def initial_state(self, dt: float) -> dict[str, Any]:
        """From the tables; the same objects as before if nothing has changed."""
        self.refresh()
        if self._initial is None or self._initial[0] != dt:
            import jax

            states, _ = self.init_fn(self.network.get_parameters(), None, None, dt)
            # Strongly typed arrays, as the step function gives them back: otherwise its first call would be
            # another type.
            self._initial = (dt, {name: jax.device_put(np.asarray(values)) for name, values in states.items()})
        return self._initial[1]

    def variables(self) -> list[tuple[str, str, str]]:
        """(name, unit, group) of what is known at compartments: the potential, gates and concentrations, currents."""
        found = {"v": ("v", "mV", "")}
        for channel in [*self.network.base.channels, *self.network.base.pumps]:
            for state in channel.channel_states:
                found.setdefault(state, (state, "", channel._name))
        for channel in [*self.network.base.channels, *self.network.base.pumps]:
            found.setdefault(channel.current_name, (channel.current_name, "mA/cm²", channel._name))
        return list(found.values())


def externals_of(network: Any) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Tables (places, steps) and places of what is injected ("i", nA) or clamped, by state."""
    tables = {key: np.asarray(table, np.float64) for key, table in network.externals.items()}
    return tables, {key: np.asarray(network.external_inds[key], np.int32) for key in tables}


def structure_of(network: Any) -> tuple:
    """What the step function is made for; another value means another step function."""
    base = network.base
    return (
        len(network.nodes),
        int(base._n_nodes),
        tuple(
            (channel._name, network.nodes[channel._name].to_numpy().astype(bool).tobytes())
            for channel in [*base.channels, *base.pumps]
        ),
        tuple(type(synapse).__name__ for synapse in base.synapses),
        tuple(
            network.edges[name].to_numpy().tobytes()
            for name in ("pre_index", "post_index", "type_ind")
            if name in network.edges.columns
        ),
        tuple(base.diffusion_states),
    )


def _state_names(network: Any) -> list[str]:
    base = network.base
    channels = [name for channel in [*base.channels, *base.pumps] for name in channel.channel_states]
    return ["v", *channels, *(name for synapse in base.synapses for name in synapse.synapse_states)]


def _equal(a: np.ndarray, b: np.ndarray) -> bool:
    return a is b or (a.shape == b.shape and np.array_equal(a, b, equal_nan=a.dtype.kind == "f"))
