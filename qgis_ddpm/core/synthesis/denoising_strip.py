"""A picture of some tiles on their way from noise to the result: a row for each tile, time from left to right."""

from collections.abc import Sequence

import numpy as np

from ..outputs.pictures import choose_rgb, contact_sheet, fit, paint_bands, to_png
from ..raster.types import Pixels
from ..sampling.samplers import Step

MAX_TILES = 4
COLUMNS = 8
SIDE_PX = 128


class DenoisingStrip:
    """Collects states of the first tiles at evenly spread steps, and their results."""

    def __init__(self, band_names: Sequence[str], steps: Sequence[Step]) -> None:
        self._bands = choose_rgb(band_names)
        count = min(COLUMNS - 1, len(steps))
        self._sigmas = {int(i): steps[int(i)].sigma for i in np.linspace(0, len(steps) - 1, count).round()}
        self._sigmas[len(steps)] = 0.0
        self._rows: dict[int, list[Pixels]] = {}

    def wants(self, index: int, tile: int) -> bool:
        """Whether the state of a tile before a step, or after the last one, is a part of the picture."""
        return index in self._sigmas and tile < MAX_TILES

    def look(self, index: int, x: Pixels, tile: int = 0) -> None:
        """Take such a state, float32 [C, t, t], brought back to the spread of pixels; others are left out."""
        if self.wants(index, tile):
            self._rows.setdefault(tile, []).append(x / np.float32(np.sqrt(1 + self._sigmas[index] ** 2)))

    def png(self) -> bytes:
        """The picture."""
        frames = [frame for _, row in sorted(self._rows.items()) for frame in row]
        valid = np.ones(frames[0].shape[1:], dtype=bool)
        limits = np.tile([-1.0, 1.0], (len(frames[0]), 1))
        painted = [fit(paint_bands(frame, valid, self._bands, limits), SIDE_PX) for frame in frames]
        return to_png(contact_sheet(painted, columns=len(frames) // len(self._rows)))
