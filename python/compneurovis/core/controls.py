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

ControlValueSpec = ScalarValueSpec | ChoiceValueSpec | BoolValueSpec | XYValueSpec
