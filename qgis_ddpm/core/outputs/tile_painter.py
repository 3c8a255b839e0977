"""Tiles for people: all of one comparison in the same bands and colours."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from .pictures import Painted, choose_rgb, contact_sheet, fit, paint_bands, stretch_limits, to_png

SHEET_PX = 768


class TilePainter:
    """Paints tiles float32 [n, C, t, t] as PNG, in colours that suit some real tiles of the same numbers."""

    def __init__(self, bands: Sequence[str], real: NDArray[np.float32], sheet_px: int = SHEET_PX) -> None:
        self._rgb = choose_rgb(bands)
        self._sheet_px = sheet_px
        stacked = real.transpose(1, 0, 2, 3).reshape(real.shape[1], -1, real.shape[-1])
        self._limits = stretch_limits(stacked, np.ones(stacked.shape[1:], dtype=bool))

    def sheet(self, tiles: NDArray[np.float32]) -> bytes:
        """The tiles as a square."""
        return to_png(fit(contact_sheet(list(self._painted(tiles))), self._sheet_px))

    def row(self, tiles: NDArray[np.float32]) -> bytes:
        """The tiles side by side."""
        return to_png(fit(contact_sheet(list(self._painted(tiles)), columns=len(tiles)), 2 * self._sheet_px))

    def _painted(self, tiles: NDArray[np.float32]) -> Iterator[Painted]:
        valid = np.ones(tiles.shape[2:], dtype=bool)
        for tile in tiles:
            yield paint_bands(tile, valid, self._rgb, self._limits)
