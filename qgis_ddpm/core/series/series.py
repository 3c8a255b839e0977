"""Three or more dates of one place, open at once and read on the grid of the earliest."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date

import numpy as np

from ...errors import InputError
from ...mask_values import MaskValues
from ..pairs.correspondence import match_by_name
from ..pairs.pair import Pair
from ..pairs.placing import lay, overlapping_bounds
from ..raster.findings.band_names import differing, listed
from ..raster.findings.nothing_valid import blocks
from ..raster.source import RasterSource
from ..raster.types import Valid, Window


class Series:
    """The dates in the order of time. A file is open once, however many pairs it is compared in.

    `window`: (row, col, height, width) of the part of the earliest date's grid that any other covers.
    """

    def __init__(
        self,
        sources: Sequence[RasterSource],
        days: Sequence[date],
        masks: Sequence[str | None],
        mask_values: MaskValues,
        bands_named: bool,
        align: bool,
    ) -> None:
        """Lay all rasters on the grid of the earliest.

        Args:
            sources: open rasters, in the order of time.
            days: when each was taken.
            masks: rasters that have one of mask_values where a date is to be ignored.
            mask_values: which numbers of masks hide pixels.
            bands_named: whether the user chose the bands.
            align: whether rasters may be resampled.

        Raises:
            InputError: rasters do not overlap, or their bands do not correspond.
            JobError: they lie on different grids and may not be aligned.
        """
        self.sources, self.days = tuple(sources), tuple(days)
        self.grid = sources[0].grid
        self.notes: list[str] = []
        self.warnings: list[str] = []
        self._bands_named, self._align = bands_named, align
        boxes = []
        for source in sources[1:]:
            assumed = lay(sources[0], source, align)
            if assumed:
                # Its pixels are those of the earliest date in every pair, whatever its file says.
                source.own_grid = self.grid
                source.lay_on(self.grid)
            self.notes += [f"{text[:-1]}: {source.path}." for text in assumed]
            boxes.append(self.grid.window_of(overlapping_bounds(sources[0], source)))
        for source, mask in zip(sources, masks, strict=True):
            if mask is not None:
                source.hide_by(mask, mask_values)
        self.window = _around(boxes)
        if not bands_named:
            self._match_bands()

    @property
    def count(self) -> int:
        """Number of dates."""
        return len(self.sources)

    def take_bands(self, most: int | None) -> None:
        """Compare the first `most` bands where bands are not named. Raises InputError where dates have not as many."""
        for source in self.sources:
            if most is not None and not self._bands_named and source.count > most:
                self.notes.append(f"Of the {source.count} bands of {source.path} the first {most} are compared.")
                source.take_bands(range(most))
        first = self.sources[0]
        for source in self.sources[1:]:
            if source.count != first.count:
                raise InputError(
                    f"{first.path} has {first.count} bands and {source.path} {source.count}. Name the bands that "
                    "correspond with BANDS."
                )

    def pair(self, first: int, second: int) -> Pair:
        """Two of the dates, by their numbers from 0. Raises InputError where they do not overlap."""
        pair = Pair(self.sources[first], self.sources[second], (True, True), self._align)
        pair.mask_names = ("MASKS", "MASKS")
        return pair

    def choosing_pair(self) -> Pair:
        """The two earliest dates, for whoever asks which method fits and may want fewer bands."""
        pair = self.pair(0, 1)
        pair.bands_named = (self._bands_named, self._bands_named)
        return pair

    def valid(self, number: int, window: Window) -> Valid:
        """Where a date is valid: bool [height, width] of a window of the grid."""
        found = np.zeros(window[2:], dtype=bool)
        for row, col, height, width in blocks(window):
            top, left = row - window[0], col - window[1]
            found[top : top + height, left : left + width] = self.sources[number].read(row, col, height, width)[1]
        return found

    def name(self, first: int, second: int) -> str:
        """Two dates in words."""
        return f"{self.days[first].isoformat()} to {self.days[second].isoformat()}"

    def _match_bands(self) -> None:
        """Lay bands that all dates name side by side, in the earliest date's order."""
        first, before = self.sources[0], [source.bands for source in self.sources]
        # Once to find what all of them have, once more to leave the same in all.
        for _ in range(2):
            for source in self.sources[1:]:
                match_by_name(first, source, [], [])
        if [source.bands for source in self.sources] != before:
            self.notes.append(f"Bands are matched by their names: {listed(first.band_names)} are compared.")
        for source in self.sources[1:]:
            others = differing(first.descriptions, source.descriptions)
            if others and source.count == first.count:
                self.warnings.append(
                    f"Bands of {first.path} and {source.path} have other names in the same place ({listed(others)}); "
                    "they are compared in their order. Name those that correspond with BANDS."
                )


def open_series(
    paths: Sequence[str], bands: Sequence[Sequence[int]], overrides: Sequence[dict[str, object]], stack: ExitStack
) -> list[RasterSource]:
    """The rasters of a series, open until the stack is closed. Raises InputError for a file that cannot serve."""
    return [
        stack.enter_context(RasterSource(path, numbers or None, None, override, palette="colours"))
        for path, numbers, override in zip(paths, bands, overrides, strict=True)
    ]


def _around(windows: Sequence[Window]) -> Window:
    """The smallest window that holds all of some."""
    top, left = min(window[0] for window in windows), min(window[1] for window in windows)
    bottom = max(window[0] + window[2] for window in windows)
    right = max(window[1] + window[3] for window in windows)
    return top, left, bottom - top, right - left


def strips(window: Window, rows: int) -> Iterator[Window]:
    """Strips of a window, `rows` high, from top to bottom."""
    top, left, height, width = window
    for row in range(top, top + height, rows):
        yield row, left, min(rows, top + height - row), width
