"""Controls, their values and actions."""

from .._records import (
    ActionSpec,
    BoolValueSpec,
    ChoiceValueSpec,
    ControlPresentationSpec,
    ControlSpec,
    ScalarValueSpec,
    XYValueSpec,
)

__all__ = [
    "ActionSpec",
    "BoolValueSpec",
    "ChoiceValueSpec",
    "ControlPresentationSpec",
    "ControlSpec",
    "ControlValueSpec",
    "ScalarValueSpec",
    "XYValueSpec",
]

ControlValueSpec = ScalarValueSpec | ChoiceValueSpec | BoolValueSpec | XYValueSpec
