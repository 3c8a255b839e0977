"""Pairs of dates with labels, read by window."""

from collections import OrderedDict
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...card import ModelCard
from ...errors import InputError
from ...events import Event, Note
from ..pairs.nothing_valid import why_no_common_pixel
from ..pairs.pair import Pair
from ..pairs.standardize import Standardizations, measure_standardization
from ..progress import value_of
from ..raster.findings.label_coding import LabelCoding
from ..raster.findings.nothing_valid import blocks
from ..raster.labels import Labels, open_labels
from ..raster.types import Pixels, Valid
from .pair_files import PairFiles

# Labels of pixels: no change, change, and not known.
UNCHANGED, CHANGED, UNKNOWN = 0, 1, 255
# Each pair holds three files open.
OPEN_PAIRS = 8


@dataclass(frozen=True)
class PairReading:
    """How pairs are read for a model.

    bands: numbers in either date; () for as many as the model has. override: what a layer says of a path, as of
    `RasterSource`. standardize: whether both dates get the brightness and contrast of the model's tiles.
    """

    card: ModelCard
    bands: Sequence[int] = ()
    override: Callable[[str], Mapping[str, Any]] = field(default=lambda _: {})
    standardize: bool = False


class OpenPair:
    """One pair, open. `notes`: sentences on what was assumed of it."""

    def __init__(self, files: PairFiles, reading: PairReading, stack: ExitStack) -> None:
        """stack: closes the files. Raises InputError where files or model do not fit."""
        bands = len(reading.card.bands)
        self.name = files.name
        overrides = reading.override(files.before), reading.override(files.after)
        self.dates = stack.enter_context(
            Pair.open(files.before, files.after, bands=(reading.bands, ()), overrides=overrides)
        )
        # How many bands there are to choose from.
        self.offered = self.dates.count
        self.dates.take_bands(bands)
        self.grid = self.dates.grid
        if self.dates.count != bands:
            raise InputError(
                f"The model has {bands} bands, but {files.before} gives {self.dates.count}. Choose bands that "
                "correspond with BANDS, or another model."
            )
        own = self.dates.after.own_grid
        if self.grid.crs is None and own.crs is None and own.shape != self.grid.shape:
            raise InputError(
                f"{files.before} is {self.grid.width} x {self.grid.height} px and {files.after} {own.width} x "
                f"{own.height} px. Without a CRS both dates need one size."
            )
        self.standardizations: Standardizations | None = None
        self._labels = self._open_labels(files, reading.override(files.labels), stack)
        self.notes = [*self.dates.opening_notes(), *map(Note, self._labels.notes)]

    @property
    def coding(self) -> LabelCoding | None:
        """What values the labels held as far as they were read."""
        return self._labels.coding

    def read(self, row: int, col: int, height: int, width: int, shift: tuple[int, int] = (0, 0)) -> "LabelledWindow":
        """A window, which may reach beyond the grid; shift: rows and columns that the second date is moved by."""
        before, valid = self.dates.before.read(row, col, height, width)
        after, valid_after = self.dates.after.read(row + shift[0], col + shift[1], height, width)
        valid &= valid_after
        labels = np.full((height, width), UNKNOWN, np.uint8)
        top, left = max(row, 0), max(col, 0)
        bottom, right = min(row + height, self.grid.height), min(col + width, self.grid.width)
        if top < bottom and left < right:
            marked, known = self._labels.read(top, left, bottom - top, right - left)
            inside = np.s_[top - row : bottom - row, left - col : right - col]
            labels[inside] = np.where(known, np.where(marked, CHANGED, UNCHANGED), UNKNOWN)
        labels[~valid] = UNKNOWN
        if self.standardizations is not None:
            before, after = self.standardizations[0].apply(before), self.standardizations[1].apply(after)
        return LabelledWindow(before * valid, after * valid, valid, labels)

    def why_nothing_known(self) -> str:
        """Why no pixel of the pair has a label and is valid at both dates."""
        dates = self.dates
        if any(dates.read(*block)[2].any() for block in blocks(dates.window)):
            return (
                f"the labels of {self.name} say nothing where its dates are valid. Check their nodata and their place"
            )
        return why_no_common_pixel(dates.before, dates.after, dates.window, dates.window)

    def _open_labels(self, files: PairFiles, override: Mapping[str, Any], stack: ExitStack) -> Labels:
        onto = f"the pair of {files.before}"
        labels = stack.enter_context(open_labels("LABELS", files.labels, self.grid, override, onto))
        if labels.nodata != 0:
            return labels
        # Nothing would be known not to have changed.
        again = stack.enter_context(open_labels("LABELS", files.labels, self.grid, {**override, "nodata": None}, onto))
        again.notes.append(f"Nodata of {files.labels} is 0: that is taken as no change.")
        return again


class LabelledWindow(NamedTuple):
    """Pixels float32 [C, h, w] of both dates, valid bool [h, w], labels uint8 [h, w]: 0, 1, or 255 for not known."""

    before: Pixels
    after: Pixels
    valid: Valid
    labels: NDArray[np.uint8]


class LabelledPairs:
    """All pairs of a training, of which a few are open at a time."""

    def __init__(self, files: Sequence[PairFiles], reading: PairReading) -> None:
        self.files, self.card = files, reading.card
        self._reading = reading
        self._standardizations: dict[int, Standardizations] = {}
        self._open: OrderedDict[int, tuple[OpenPair, ExitStack]] = OrderedDict()

    def get(self, index: int) -> OpenPair:
        """One of them, open; at once where `opening` was run for it before."""
        return value_of(self.opening(index))

    def opening(self, index: int) -> Generator[Event, None, OpenPair]:
        """One of them, open and measured. Raises InputError where its files do not go together."""
        opened = self._open.pop(index, None)
        if opened is None:
            stack = ExitStack()
            try:
                pair = OpenPair(self.files[index], self._reading, stack)
                if self._reading.standardize:
                    if index not in self._standardizations:
                        self._standardizations[index] = yield from measure_standardization(pair.dates, self.card)
                    pair.standardizations = self._standardizations[index]
            except BaseException:
                stack.close()
                raise
            opened = pair, stack
        self._open[index] = opened
        if len(self._open) > OPEN_PAIRS:
            self._open.popitem(last=False)[1][1].close()
        return opened[0]

    def close(self) -> None:
        """Close all files."""
        while self._open:
            self._open.popitem()[1][1].close()
