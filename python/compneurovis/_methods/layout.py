"""Methods of LayoutSpec. Deriving and checking panels is the C++ function that the store uses."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any


class LayoutMethods:
    __slots__ = ()

    def __post_init__(self) -> None:
        self.panels = tuple(self.panels)
        self.panel_grid = tuple(tuple(row) for row in self.panel_grid)

    def resolved_panels(self) -> tuple:
        """All panels, in order; empty until they were given or derived."""
        return tuple(self.panels)

    def panels_of_kind(self, kind: str) -> tuple:
        """The panels of a kind, such as "line_plot", in order."""
        return tuple(panel for panel in self.panels if panel.kind == kind)

    def panel(self, panel_id: str):
        """The panel with this id; None when there is none."""
        return next((panel for panel in self.panels if panel.id == panel_id), None)

    def panel_for_view(self, view_id: str, *, kind: str | None = None):
        """The first panel, of `kind` if given, that shows the view; None when there is none."""
        return next((panel for panel in self.panels if view_id in panel.view_ids and kind in (None, panel.kind)), None)

    def patch_panel(self, panel_id: str, **changes: Any) -> bool:
        """Replaces the panel by a changed copy; False when there is none."""
        found = self.panel(panel_id)
        if found is None:
            return False
        changed = dataclasses.replace(found, **changes)
        self.panels = tuple(changed if panel is found else panel for panel in self.panels)
        return True

    def replace_panels(self, panels, panel_grid=()) -> None:
        """Sets both, without any check."""
        self.panels = tuple(panels)
        self.panel_grid = tuple(tuple(row) for row in panel_grid)

    def normalize_panels(
        self, *, views: Mapping[str, Any], controls: Mapping[str, Any], actions: Mapping[str, Any]
    ) -> None:
        """Derives panels when there are none, else checks and cleans them. Raises ValueError."""
        from .. import _core

        kinds = [(key, view.id, type(view)) for key, view in views.items()]
        self.panels = _core.normalize_panels(self, kinds, list(controls), list(actions))
