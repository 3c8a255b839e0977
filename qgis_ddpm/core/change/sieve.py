"""Dropping small patches of change, in two passes over strips: count, then keep."""

import numpy as np

from ..raster.types import Floats, Valid
from .components import ComponentStream, Patch, label_strip

# Areas are sums; a patch of exactly the least area must not be lost to rounding.
_ROUNDING = 1e-9


class Sieve:
    """Patches smaller than `least_area` (in the unit of the areas given) are dropped.

    All strips are shown to `count`, top to bottom, then `finish` is called; then `keep` gives each strip without its
    small patches, in the same order. Memory: a byte for each patch and strip that it touches.
    """

    def __init__(self, width: int, least_area: float) -> None:
        self._least = least_area * (1 - _ROUNDING)
        self._stream = ComponentStream(width)
        self._width = width
        # For each strip, whether each label stays; label 0 is no change.
        self._stays: list[Valid] = []
        self._kept = 0

    def count(self, changed: Valid, areas: Floats) -> None:
        """Look at a strip: changed bool [n, width], areas float64 [n] of a pixel in each row."""
        strip = self._stream.feed(changed, areas)
        self._stays.append(np.concatenate([[False], strip.area >= self._least]))
        self._decide(strip.ended)

    def finish(self) -> None:
        """All strips were shown."""
        strip = self._stream.feed(np.zeros((1, self._width), dtype=bool), np.ones(1))
        self._decide(strip.ended)

    def keep(self, changed: Valid) -> Valid:
        """The next strip, as it was shown to `count`, without small patches."""
        stays = self._stays[self._kept]
        self._kept += 1
        result: Valid = stays[label_strip(changed)[0]]
        return result

    def _decide(self, ended: list[Patch]) -> None:
        for patch in ended:
            for index, label in patch.fragments:
                self._stays[index][label] = patch.area >= self._least
