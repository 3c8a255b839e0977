"""Pairs of dates with labels, from layers or from a folder as change detection data sets come, read by window."""

import os
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...card import ModelCard
from ...errors import InputError
from ...events import Note
from ...jobs import DetectChanges, TrainDetector
from ...regular_file import open_text
from ..pairs.pair import DatePair
from ..pairs.standardize import Levels, measure_levels
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


def list_pairs(job: TrainDetector) -> list[PairFiles]:
    """The pairs of a job's layers, then those of its folder. Raises InputError where files do not go together."""
    triples = zip(job.before, job.after, job.labels, strict=True)
    pairs = [PairFiles(os.path.basename(before), before, after, labels) for before, after, labels in triples]
    return pairs + (_of_folder(job.folder) if job.folder else [])


def tell_pairs(pairs: Sequence[PairFiles]) -> Iterator[Note]:
    """Which files were taken together; of many the first ones."""
    for pair in pairs[:MANY_PAIRS]:
        names = ", ".join(os.path.basename(path) for path in (pair.before, pair.after, pair.labels))
        yield Note(f"Pair {names}." if pair.part is None else f"Pair for {pair.part}: {names}.")
    if len(pairs) > MANY_PAIRS:
        yield Note(f"And {len(pairs) - MANY_PAIRS} pairs more, by their names.")


class OpenPair:
    """One pair, open. `notes`: sentences on what was assumed of it."""

    def __init__(self, job: TrainDetector, files: PairFiles, card: ModelCard, stack: ExitStack) -> None:
        """card: of the model. Raises InputError where files or model do not fit."""
        bands = len(card.bands)
        dates = DetectChanges(
            before=files.before,
            after=files.after,
            bands_before=job.bands,
            raster_overrides=job.raster_overrides,
            output=files.labels,
        )
        self.name = files.name
        self._pair = stack.enter_context(DatePair(dates, bands))
        self.grid = self._pair.grid
        if self._pair.count != bands:
            raise InputError(
                f"The model has {bands} bands, but {files.before} gives {self._pair.count}. Choose bands that "
                "correspond with BANDS, or another model."
            )
        own = self._pair.after.own_grid
        if self.grid.crs is None and own.crs is None and own.shape != self.grid.shape:
            raise InputError(
                f"{files.before} is {self.grid.width} x {self.grid.height} px and {files.after} {own.width} x "
                f"{own.height} px. Without a CRS both dates need one size."
            )
        self._card = card
        self.levels: tuple[Levels, Levels] | None = None
        self._labels = self._open_labels(job, files, stack)
        self.notes = [*self._pair.notes, *self._labels.notes]

    def read(self, row: int, col: int, height: int, width: int, shift: tuple[int, int] = (0, 0)) -> "LabelledWindow":
        """A window, which may reach beyond the grid; shift: rows and columns that the second date is moved by."""
        before, valid = self._pair.before.read(row, col, height, width)
        after, valid_after = self._pair.after.read(row + shift[0], col + shift[1], height, width)
        valid &= valid_after
        labels = np.full((height, width), UNKNOWN, np.uint8)
        top, left = max(row, 0), max(col, 0)
        bottom, right = min(row + height, self.grid.height), min(col + width, self.grid.width)
        if top < bottom and left < right:
            marked, known = self._labels.read(top, left, bottom - top, right - left)
            found = np.where(known, np.where(marked, CHANGED, UNCHANGED), UNKNOWN)
            labels[top - row : bottom - row, left - col : right - col] = found
        labels[~valid] = UNKNOWN
        if self.levels is not None:
            before, after = self.levels[0].apply(before), self.levels[1].apply(after)
        return LabelledWindow(before * valid, after * valid, valid, labels)

    def measure_levels(self) -> tuple[Levels, Levels]:
        """Brightness and contrast of both dates, from a sample of the pair."""
        measuring = measure_levels(self._pair, self._card)
        while True:
            try:
                next(measuring)
            except StopIteration as done:
                levels: tuple[Levels, Levels] = done.value
                return levels

    def _open_labels(self, job: TrainDetector, files: PairFiles, stack: ExitStack) -> Labels:
        override = job.override(files.labels)
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
    """All pairs of a job, of which a few are open at a time."""

    def __init__(self, job: TrainDetector, files: Sequence[PairFiles], card: ModelCard) -> None:
        """card: of the model."""
        self.files = files
        self._job, self._card = job, card
        self._levels: dict[int, tuple[Levels, Levels]] = {}
        self._open: OrderedDict[int, tuple[OpenPair, ExitStack]] = OrderedDict()

    def get(self, index: int) -> OpenPair:
        """One of them, open. Raises InputError where its files do not go together."""
        found = self._open.pop(index, None)
        if found is None:
            stack = ExitStack()
            try:
                found = OpenPair(self._job, self.files[index], self._card, stack), stack
                if self._job.radiometry == "standard":
                    if index not in self._levels:
                        self._levels[index] = found[0].measure_levels()
                    found[0].levels = self._levels[index]
            except BaseException:
                stack.close()
                raise
        self._open[index] = found
        if len(self._open) > OPEN_PAIRS:
            self._open.popitem(last=False)[1][1].close()
        return found[0]

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
        found = [part for part in PARTS if os.path.isdir(os.path.join(folder, part, "A"))]
        if not found:
            raise InputError(f"FOLDER {folder} has no folder A, nor train/A. It needs A, B and label with equal names.")
        # Without val all of train is split by area.
        pairs = [
            pair
            for part in found
            for pair in _of_set(os.path.join(folder, part), PARTS[part] if len(found) > 1 else None)
        ]
    if not pairs:
        raise InputError(f"FOLDER {folder} holds no pair of images (png, jpg, tif) in A and B with a label.")
    return pairs


def _of_set(folder: str, part: str | None) -> list[PairFiles]:
    """The pairs in one folder with A, B and label."""
    label = next((name for name in LABEL_FOLDERS if os.path.isdir(os.path.join(folder, name))), LABEL_FOLDERS[0])
    found = [_images(os.path.join(folder, name)) for name in ("A", "B", label)]
    for images, name in zip(found[1:], ("B", label), strict=True):
        missing = sorted(set(found[0]) - set(images))
        if missing:
            raise InputError(
                f"{found[0][missing[0]]} has no image of this name in {os.path.join(folder, name)}. Add it, or take "
                "the first away."
            )
    before, after, labels = found
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
    found: dict[str, str] = {}
    for part, path in paths.items():
        with open_text(path, errors="replace") as file:
            found.update({os.path.splitext(line.strip())[0]: part for line in file if line.strip()})
    return found
