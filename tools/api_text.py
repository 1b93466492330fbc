"""What docs/reference/api.md says of a public Python name: its signature, and how its docstring begins."""

import ast
import dataclasses
import enum
import inspect
import pathlib
import re

SOURCE = pathlib.Path(__file__).resolve().parent.parent / "python"
SHORT, LONG = 110, 220  # characters: beyond the first without annotations, beyond the second without defaults too
BEGINNING = 200  # characters: as many whole sentences of the first paragraph, at least one
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z`\"“(])")
EMPTY = inspect.Parameter.empty


def cell_of(module, name, value):
    """Text of the table for a name; for a method `value` is its class, for a module path None.
    Without a docstring: ""."""
    if value is None:
        signature, doc = "", module_docstring(module)
    elif "." in name:
        signature, doc = of_member(value, name.split(".", 1)[1])
    elif not callable(value):
        return escaped(f"`{value!r}`")
    else:
        signature, doc = of_callable(value), own_docstring(value)
    text = without_tags(beginning(doc))
    return escaped(f"`{signature}`<br>{text}" if signature and text else text)


def beginning(doc):
    """The first sentences of the first paragraph."""
    first, *others = SENTENCE_END.split(" ".join((doc or "").strip().split("\n\n")[0].split()))
    for sentence in others:
        if len(first) + len(sentence) >= BEGINNING:
            break
        first += " " + sentence
    return first


def without_tags(text):
    """Outside of code, "<id>" would be a tag."""
    parts = text.split("`")
    return "`".join(part if k % 2 else part.replace("<", "&lt;") for k, part in enumerate(parts))


def escaped(text):
    """For a cell of a table."""
    return text.replace("|", "\\|")


def module_docstring(path):
    """Without importing the module."""
    place = SOURCE.joinpath(*path.split("."))
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    return ast.get_docstring(ast.parse(file.read_text()))


def own_docstring(value):
    """A dataclass without a docstring has its signature there, which says nothing."""
    doc = value.__doc__ or ""
    return "" if inspect.isclass(value) and doc.startswith(f"{value.__name__}(") else inspect.cleandoc(doc)


def of_member(cls, name):
    raw = inspect.getattr_static(cls, name)
    if isinstance(raw, property):
        kind = annotation_text(inspect.signature(raw.fget).return_annotation)
        return f"property{kind and ' -> ' + kind}", raw.__doc__
    prefix = {staticmethod: "staticmethod ", classmethod: "classmethod "}.get(type(raw), "")
    return prefix + signature_text(inspect.signature(getattr(cls, name)), bound=bool(prefix)), inspect.getdoc(
        getattr(cls, name)
    )


def of_callable(value):
    if inspect.isclass(value) and issubclass(value, enum.Enum):
        return ", ".join(f"{member.name} = {member.value!r}" for member in value)
    if inspect.isclass(value) and issubclass(value, BaseException):
        return f"raised as {value.__mro__[1].__name__}" if value.__mro__[1] is not Exception else "exception"
    return signature_text(inspect.signature(value), bound=True, returns=not inspect.isclass(value))


def signature_text(signature, bound, returns=True):
    """As it would be written, without self; a long one is shortened."""
    parameters = list(signature.parameters.values())[0 if bound else 1 :]
    result = annotation_text(signature.return_annotation) if returns else ""
    for annotations, defaults in ((True, True), (False, True), (False, False)):
        text = f"({', '.join(parameter_texts(parameters, annotations, defaults))})" + (
            f" -> {result}" if result and result != "None" else ""
        )
        if len(text) <= (SHORT if annotations else LONG):
            break
    return text


def parameter_texts(parameters, annotations, defaults):
    keyword_only = False
    for parameter in parameters:
        if parameter.kind is parameter.KEYWORD_ONLY and not keyword_only:
            keyword_only = True
            yield "*"
        keyword_only = keyword_only or parameter.kind is parameter.VAR_POSITIONAL
        prefix = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "")
        kind = annotation_text(parameter.annotation) if annotations else ""
        default = "" if parameter.default is EMPTY or not defaults else default_text(parameter.default)
        sign = " = " if kind else "="
        yield prefix + parameter.name + (kind and f": {kind}") + (default and sign + default)


def annotation_text(annotation):
    if annotation is EMPTY:
        return ""
    return annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))


def default_text(value):
    if isinstance(value, enum.Enum):
        return str(value)
    # A factory of dataclasses makes a new value each time.
    return "…" if type(value).__module__ == dataclasses.__name__ else repr(value)
