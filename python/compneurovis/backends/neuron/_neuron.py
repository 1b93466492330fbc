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
    """A remark for each point process, NetCon or handler that the session's class makes and nothing keeps: NEURON
    deletes what no variable refers to. Said where the text is clear: an object that is no variable's at all, as in
    `h.IClamp(seg).amp = 1`, or that of a local variable of `setup_model` or `build_sections`, made without condition,
    and there is none of its kind."""
    remarks = []
    for function, file, first in _own_functions(type(session)):
        surely_run = function.body if function.name in ("setup_model", "build_sections") else []
        for node in ast.walk(function):
            made = _made_and_dropped(node)
            if made is None or not (made[1] or node in surely_run) or not _is_lost(*made):
                continue
            kind, line = made[0], first + node.lineno - 1
            remarks.append(
                f"The {kind} made in {file}, line {line}, is gone: NEURON deletes what no variable refers to. "
                f"Keep it: self.{kind.lower()} = h.{kind}(…)"
            )
    return remarks


def _own_functions(cls: type) -> list[tuple[ast.FunctionDef, str | None, int]]:
    """The methods that a user's session class defines, as their text says, with file and first line."""
    found = []
    for owner in cls.__mro__:
        if owner.__module__.partition(".")[0] == __name__.partition(".")[0]:
            break
        for method in vars(owner).values():
            if not inspect.isfunction(method):
                continue
            method = inspect.unwrap(method)
            try:
                lines, first = inspect.getsourcelines(method)
                (function,) = ast.parse(textwrap.dedent("".join(lines))).body
            except (OSError, TypeError, SyntaxError, ValueError):  # typed at a prompt, or changed since
                continue
            if isinstance(function, ast.FunctionDef):
                found.append((function, inspect.getsourcefile(method), first))
    return found


def _made_and_dropped(node: ast.AST) -> tuple[str, bool] | None:
    """(kind, whether no variable ever had it) of an object that a statement makes and no attribute or list gets."""
    if isinstance(node, ast.Expr):
        made, dropped = node.value, True
    elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        through = [target.value for target in targets if isinstance(target, ast.Attribute)]
        if calls := [value for value in through if isinstance(value, ast.Call)]:
            made, dropped = calls[0], True  # h.IClamp(seg).amp = 1
        elif all(isinstance(target, ast.Name) for target in targets):
            made, dropped = node.value, False
        else:
            return None
    else:
        return None
    function = made.func if isinstance(made, ast.Call) and made.args else None
    if not isinstance(function, ast.Attribute):
        return None
    module = function.value.attr if isinstance(function.value, ast.Attribute) else getattr(function.value, "id", None)
    return (function.attr, dropped) if module in ("h", "n") else None


def _is_lost(kind: str, dropped: bool) -> bool:
    if kind == "FInitializeHandler":
        return dropped
    if kind != "NetCon" and kind not in mechanism_types(1):
        return False
    return dropped or hoc().List(kind).count() == 0


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
