"""Controls, their values and actions."""

from typing import Union

from .._records import (
    ActionSpec,
    BoolValueSpec,
    ChoiceValueSpec,
    ControlPresentationSpec,
    ControlSpec,
    ScalarValueSpec,
    XYValueSpec,
)

ControlValueSpec = Union[ScalarValueSpec, ChoiceValueSpec, BoolValueSpec, XYValueSpec]
