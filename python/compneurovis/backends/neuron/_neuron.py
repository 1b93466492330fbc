"""How Python objects of NEURON reach the C++ core: as arguments of functions that it made known to NEURON."""

from __future__ import annotations

import ast
import inspect
import textwrap
from typing import Any

from ..._simulators import install_command


def hoc() -> Any:
    """NEURON's `h`; loads the simulator. ModuleNotFoundError, ImportError: it is absent or too old,
    and what to install."""
    advice = f"install it into this environment with: {install_command('neuron')}"
    try:
        import neuron
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            f"a NEURON session needs the package 'neuron', which is not here; {advice}", name="neuron"
        ) from error
    except ImportError as error:
        raise ImportError(f"NEURON cannot be loaded: {error}; {advice}", name="neuron") from error
    version = str(getattr(neuron, "__version__", "0"))
    if int(version.split(".")[0] or 0) < 9:
        raise ImportError(f"NEURON {version} is too old: 9.0 or later is needed; {advice}", name="neuron")
    return neuron.h


def pass_sections(sections: list) -> None:
    h = hoc()
    for position, section in enumerate(sections):
        if not hasattr(section, "pt3dadd"):
            raise TypeError(
                f"build_sections() returned {section!r} at position {position}, which is not a NEURON section"
            )
    if len(set(sections)) != len(sections):
        raise ValueError("a section is listed twice")
    h.cnv_take_sections(h.SectionList(sections))


def lost(session: Any) -> list[str]:
    """A remark for each kind of point process that setup_model() makes without condition, and of which none is left:
    NEURON deletes what no variable refers to."""
    setup = inspect.unwrap(type(session).setup_model)
    try:
        lines, first = inspect.getsourcelines(setup)
        (function,) = ast.parse(textwrap.dedent("".join(lines))).body
    except (OSError, TypeError, SyntaxError, ValueError):  # typed at a prompt, or changed since
        return []
    if not isinstance(function, ast.FunctionDef):
        return []
    h = hoc()
    file = inspect.getsourcefile(setup)
    remarks = []
    for statement in function.body:
        call = getattr(statement, "value", None)
        if not (isinstance(statement, ast.Assign | ast.Expr) and isinstance(call, ast.Call)):
            continue
        kind = getattr(call.func, "attr", None)
        if not (kind and getattr(getattr(call.func, "value", None), "id", None) == "h" and call.args):
            continue
        if kind in mechanism_types(1) and h.List(kind).count() == 0:
            remarks.append(
                f"The {kind} made in {file}, line {first + statement.lineno - 1}, is gone: NEURON deletes what no "
                f"variable refers to. Keep it: self.{kind.lower()} = h.{kind}(…)"
            )
    return remarks


def mechanism_types(kind: int) -> dict[str, bool]:
    """Name → whether it is an artificial cell, of NEURON's density mechanisms (0) or point processes (1)."""
    h = hoc()
    types, name, found = h.MechanismType(kind), h.ref(""), {}
    for index in range(int(types.count())):
        types.select(index)
        types.selected(name)
        found[name[0]] = bool(types.is_artificial(index))
    return found


def explain(error: BaseException) -> None:
    """Completes what NEURON says of an unknown mechanism: which ones there are, and where others come from."""
    if "not a density mechanism name" not in str(error):
        return
    error.args = (
        f"{str(error).rstrip('.')}: NEURON knows {', '.join(mechanism_types(0))}. "
        "Mechanisms of your own (.mod) are compiled with nrnivmodl in the folder where the script runs.",
    )


def make_sections(names: list[str]) -> list:
    """New sections, which live as long as the list or something else refers to them."""
    h = hoc()
    return [h.Section(name=name) for name in names]


def offer_list() -> Any:
    """An empty list of NEURON objects, to be filled by the C++ core."""
    h = hoc()
    objects = h.List()
    h.cnv_take_object(objects)
    return objects


def pass_references(references: list) -> None:
    """Keeps NEURON's own handles, which stay valid while the model changes; never addresses."""
    h = hoc()
    pointers = h.PtrVector(len(references))
    for index, reference in enumerate(references):
        pointers.pset(index, reference)
    h.cnv_take_object(pointers)


def is_alive(reference: Any) -> bool:
    """Whether what a `_ref_` handle points to is still part of the model."""
    try:
        reference[0]
    except (ValueError, RuntimeError, ReferenceError):
        return False
    return True


def unset_pointers(most: int = 3) -> list[str]:
    """POINTERs of point processes that lead nowhere, such as "Gap on dend(0.5): vpre"; at most `most`."""
    h = hoc()
    unset = []
    for kind, is_artificial in mechanism_types(1).items():
        names = [_variables(h, kind, which) for which in range(4)]
        pointers = [variable for variable in names[0] if not any(variable in others for others in names[1:])]
        for point in h.List(kind) if pointers and not is_artificial else ():
            for pointer in pointers:
                if len(unset) < most and "{null}" in str(getattr(point, f"_ref_{pointer}", "")):
                    unset.append(f"{kind} on {point.get_segment()}: {pointer}")
    return unset


def _variables(h: Any, mechanism: str, kind: int) -> list[str]:
    """Names of one kind, as MechanismStandard counts them: 0 all, 1 parameters, 2 assigned, 3 states."""
    standard, name = h.MechanismStandard(mechanism, kind), h.ref("")
    found = []
    for index in range(int(standard.count())):
        standard.name(name, index)
        found.append(name[0])
    return found


def pass_record(reference: Any) -> None:
    """A Vector that NEURON itself fills with the values of a reference; None where it records none."""
    h = hoc()
    try:
        record = h.Vector().record(reference)
    except (RuntimeError, TypeError, ValueError):
        record = None
    h.cnv_take_object(record)
