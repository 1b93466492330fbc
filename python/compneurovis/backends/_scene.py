"""The default scene of a simulator's session: one for all simulators."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import _core
from .._records import Field, MorphologyGeometry, Scene


class DefaultSceneBuilder:
    """Static members only."""

    DISPLAY_FIELD_ID = "segment_display"
    HISTORY_FIELD_ID = "segment_history"
    TRACE_FIELD_ID = HISTORY_FIELD_ID

    @staticmethod
    def build_scene(
        *,
        geometry: MorphologyGeometry,
        display_values,
        trace_values,
        trace_segment_ids,
        trace_times,
        display_field_id: str | None = None,
        history_field_id: str | None = None,
        display_unit: str | None = None,
        history_unit: str | None = None,
        morphology_color_map: str = "scalar",
        morphology_color_limits: tuple[float, float] | None = None,
        morphology_color_norm: str = "auto",
        trace: bool = True,
        trace_title: str = "Trace",
        trace_y_label: str = "Value",
        trace_y_unit: str | None = None,
        controls: dict[str, Any] | None = None,
        actions: dict[str, Any] | None = None,
        title: str = "CompNeuroVis",
        control_ids=None,
        action_ids=None,
    ) -> Scene:
        """Views "morphology" and, unless trace is false, "trace"; trace_values has shape (traces, times)."""
        ids = np.array(list(trace_segment_ids), dtype="U")
        history_unit = display_unit if history_unit is None else history_unit
        display = Field(
            display_field_id or DefaultSceneBuilder.DISPLAY_FIELD_ID,
            np.asarray(display_values, np.float32),
            ("segment",),
            {"segment": np.array(geometry.entity_ids)},
            display_unit,
        )
        history = Field(
            history_field_id or DefaultSceneBuilder.HISTORY_FIELD_ID,
            np.asarray(trace_values, np.float32),
            ("segment", "time"),
            {"segment": ids, "time": np.asarray(trace_times, np.float64)},
            history_unit,
        )
        return _core.default_scene(
            {
                "geometry": geometry,
                "display": display,
                "history": history,
                "color_map": morphology_color_map,
                "color_limits": morphology_color_limits,
                "color_norm": morphology_color_norm,
                "trace": trace,
                "trace_title": trace_title,
                "trace_y_label": trace_y_label,
                "trace_y_unit": (history_unit or "") if trace_y_unit is None else trace_y_unit,
                "controls": list((controls or {}).values()),
                "actions": list((actions or {}).values()),
                "control_order": None if control_ids is None else list(control_ids),
                "action_order": None if action_ids is None else list(action_ids),
                "title": title,
            }
        )
