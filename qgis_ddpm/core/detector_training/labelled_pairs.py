"""Pairs of dates with labels, from layers or from a folder as change detection data sets come, read by window."""

import os
from collections import OrderedDict
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...card import ModelCard
from ...errors import InputError
from ...events import Event, Note
from ...regular_file import open_text
from ..pairs.pair import Pair
from ..pairs.standardize import Standardizations, measure_standardization
from ..progress import value_of
from ..raster.images import IMAGE_ENDINGS, RASTER_ENDINGS
from ..raster.labels import Labels, open_labels
from ..raster.types import Pixels, Valid

# Labels of pixels: no change, change, and not known.
UNCHANGED, CHANGED, UNKNOWN = 0, 1, 255
LABEL_FOLDERS = ("label", "labels", "OUT")
# By the name of a list or of a folder; what is in others, such as test, is left for testing.
PARTS = {"train": "training", "val": "validation"}
# Of so many pairs each is told.
MANY_PAIRS = 20
# Each pair holds three files open.
OPEN_PAIRS = 8


class PairFiles(NamedTuple):
    """Files of one pair. part: training or validation, where the data set says so."""

    name: str
    before: str
    after: str
    labels: str
    part: str | None = None


def list_pairs(
    before: Sequence[str], after: Sequence[str], labels: Sequence[str], folder: str | None
) -> list[PairFiles]:
    """The pairs of layers, then those of a folder.

    Args:
        before, after, labels: paths, as many of each; the n-th ones belong together.
        folder: holds A, B and label with equal names, or train and val with these; None for none.

    Raises:
        InputError: files of the folder do not go together.
    """
    triples = zip(before, after, labels, strict=True)
    pairs = [PairFiles(os.path.basename(first), first, second, marked) for first, second, marked in triples]
    return pairs + (_of_folder(folder) if folder else [])


def pair_notes(pairs: Sequence[PairFiles]) -> Iterator[Note]:
    """Which files were taken together; of many the first ones."""
    for pair in pairs[:MANY_PAIRS]:
        names = ", ".join(os.path.basename(path) for path in (pair.before, pair.after, pair.labels))
        yield Note(f"Pair {names}." if pair.part is None else f"Pair for {pair.part}: {names}.")
    if len(pairs) > MANY_PAIRS:
        yield Note(f"And {len(pairs) - MANY_PAIRS} pairs more, by their names.")


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
        self.notes = [*self.dates.notes, *self._labels.notes]

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


def _of_folder(folder: str) -> list[PairFiles]:
    if not os.path.isdir(folder):
        raise InputError(f"FOLDER {folder} does not exist. Choose a folder with A, B and label.")
    if os.path.isdir(os.path.join(folder, "A")):
        pairs = _of_set(folder, None)
        parts = _listed(folder)
        if parts:
            listed = {pair.name: pair for pair in pairs}
            missing = sorted(set(parts) - set(listed))
            if missing:
                raise InputError(f"FOLDER {folder}: list names {missing[0]}, which is not in A. Take a whole copy.")
            pairs = [listed[name]._replace(part=part) for name, part in parts.items()]
    else:
        present = [part for part in PARTS if os.path.isdir(os.path.join(folder, part, "A"))]
        if not present:
            raise InputError(f"FOLDER {folder} has no folder A, nor train/A. It needs A, B and label with equal names.")
        # Without val all of train is split by area.
        pairs = [
            pair
            for part in present
            for pair in _of_set(os.path.join(folder, part), PARTS[part] if len(present) > 1 else None)
        ]
    if not pairs:
        raise InputError(f"FOLDER {folder} holds no pair of images (png, jpg, tif) in A and B with a label.")
    return pairs


def _of_set(folder: str, part: str | None) -> list[PairFiles]:
    """The pairs in one folder with A, B and label."""
    label = next((name for name in LABEL_FOLDERS if os.path.isdir(os.path.join(folder, name))), LABEL_FOLDERS[0])
    before, after, labels = (_images(os.path.join(folder, name)) for name in ("A", "B", label))
    for images, name in ((after, "B"), (labels, label)):
        missing = sorted(set(before) - set(images))
        if missing:
            raise InputError(
                f"{before[missing[0]]} has no image of this name in {os.path.join(folder, name)}. Add it, or take "
                "the first away."
            )
    return [PairFiles(stem, before[stem], after[stem], labels[stem], part) for stem in sorted(before)]


def _images(folder: str) -> dict[str, str]:
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        raise InputError(
            f"The folder {folder} cannot be read: {error.strerror}. FOLDER needs A, B and label."
        ) from None
    return {
        os.path.splitext(name)[0]: os.path.join(folder, name)
        for name in names
        if name.lower().endswith(IMAGE_ENDINGS + RASTER_ENDINGS) and not name.startswith(".")
    }


def _listed(folder: str) -> dict[str, str]:
    """Parts by the names in list/train.txt and list/val.txt; {} where one of them is missing."""
    paths = {part: os.path.join(folder, "list", f"{name}.txt") for name, part in PARTS.items()}
    if not all(os.path.isfile(path) for path in paths.values()):
        return {}
    listed: dict[str, str] = {}
    for part, path in paths.items():
        with open_text(path, errors="replace") as file:
            listed.update({os.path.splitext(line.strip())[0]: part for line in file if line.strip()})
    return listed
