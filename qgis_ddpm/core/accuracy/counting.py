"""What a pixel counts in an assessment: one, or its area where pixels of a raster differ."""

import numpy as np

from ..raster.grid import Grid
from ..raster.types import Floats, Window

# By so much areas may differ before pixels count by them.
EQUAL_AREAS = 0.01


class Counting:
    """How the pixels of a grid count. `unit`: what is counted. `notes`: a sentence on that where it is not pixels."""

    def __init__(self, grid: Grid) -> None:
        """A grid, with CRS or without."""
        areas = grid.pixel_areas()
        spread = 0.0 if areas is None else areas.spread()
        self._areas = areas if spread > EQUAL_AREAS else None
        self.unit = "pixels"
        self.notes: list[str] = []
        if self._areas is not None:
            self.unit = "square metres"
            self.notes.append(
                f"Pixels of PREDICTED differ in area by up to {spread:.0%}: they count by their square metres."
            )

    def areas(self, window: Window) -> Floats | None:
        """Areas of the pixels of a window, float64 [height, width] in square metres; None where each counts as one."""
        if self._areas is None:
            return None
        row, col, height, width = window
        rows = self._areas.read(row, height)
        return np.broadcast_to(rows[:, None], (height, width)) if rows.ndim == 1 else rows[:, col : col + width]
