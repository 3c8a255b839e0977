"""What an assessment is of: the change map, open with its reference and mask, and what is said of each pixel."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...errors import InputError
from ...events import Event, Note, Progress
from ...file_identity import Identities
from ...jobs import AssessChanges
from ..outputs.pictures import FALSE_NEGATIVE, FALSE_POSITIVE, LEFT_OUT, TRUE_NEGATIVE, TRUE_POSITIVE
from ..planning import Cost, timed
from ..raster.labels import Labels, open_labels
from ..raster.source import RasterSource
from ..raster.types import Bytes, Valid
from .confusion import CLASSES, RESAMPLES, BlockCounts, resampled
from .counting import Counting
from .sample_points import LabelledPoints, read_labelled_points
from .strata import CHANGED, UNCHANGED, windows

# Numbers of a window: map and labels as float32, codes through two whole indices, and what is valid.
BYTES_A_PIXEL = 32
# Code by [predicted, reference].
_CODES = np.array([[TRUE_NEGATIVE, FALSE_NEGATIVE], [FALSE_POSITIVE, TRUE_POSITIVE]], np.uint8)


@dataclass
class Seen:
    """What was found of the pixels, for messages."""

    valid: int = 0
    labelled: int = 0
    masked: int = 0
    contradictory: int = 0
    beyond_0_1: bool = False
    fractions: bool = False


class AssessmentPlan:
    """The open inputs of a job, and the error map that they give. Raises InputError where they cannot serve."""

    def __init__(self, job: AssessChanges, stack: ExitStack) -> None:
        self.job = job
        # A job without it does not exist.
        assert job.predicted is not None  # nosec B101
        override = job.override(job.predicted)
        with RasterSource(job.predicted, override=override) as whole:
            bands, self.notes = whole.bands, [Note(text) for text in whole.notes]
        self._predicted = stack.enter_context(RasterSource(job.predicted, bands[:1], override=override))
        self.grid = self._predicted.grid
        self.seen = Seen()
        if len(bands) > 1:
            text = f"PREDICTED {job.predicted} has {len(bands)} bands; the first is assessed."
            self.notes.append(Note(text, "warning"))
        if job.reference and Identities().key(job.reference) == Identities().key(job.predicted):
            text = f"PREDICTED and REFERENCE are one file, {job.predicted}: a map is right by its own measure."
            self.notes.append(Note(text, "warning"))
        self.points: LabelledPoints | None = None
        if job.sample_labels:
            self.points = read_labelled_points("SAMPLE_LABELS", job.sample_labels, job.label_field, self.grid)
        self._reference = self._labels(job, "reference", stack)
        self._unchanged = self._labels(job, "reference_unchanged", stack)
        self._mask = self._labels(job, "mask", stack)
        self.counting = Counting(self.grid)
        self.notes += map(Note, self.counting.notes)
        if self._unchanged is None and self._reference is not None and self._reference.nodata == 0:
            text = f"Nodata of {job.reference} is 0: only its marked pixels count. Unset its nodata if 0 is no change."
            self.notes.append(Note(text, "warning"))

    def cost(self) -> Generator[Event, None, Cost]:
        """What the run will take, of its first window and one draw of the blocks."""
        yield Progress(0, 1, "window", "measuring one window")
        window = next(windows(*self.grid.shape))
        if self._reference is None:
            classes, window_s = timed(lambda: self.classes(*window))
            # One pass counts the strata, another one draws.
            seconds = (2 if self.job.sample else 1) * window_s * self.grid.height * self.grid.width / classes.size
            yield Progress(1, 1, "window")
            return Cost(seconds=seconds, memory_bytes=BYTES_A_PIXEL * classes.size)
        codes, window_s = timed(lambda: self.codes(*window))
        self.seen = Seen()
        blocks = np.ones((BlockCounts(*self.grid.shape, self.job.block_px).size, CLASSES), np.int64)
        _, draw_s = timed(lambda: next(resampled(blocks, self.job.seed)))
        pixels = self.grid.height * self.grid.width
        return Cost(
            disk_bytes=pixels if self.job.error_map else 0,
            seconds=window_s * pixels / codes.size + draw_s * RESAMPLES,
            memory_bytes=BYTES_A_PIXEL * codes.size + 3 * blocks.nbytes,
        )

    def codes(self, row: int, col: int, height: int, width: int) -> Bytes:
        """A window of the error map."""
        pixels, valid = self._predicted.read(row, col, height, width)
        predicted = pixels[0] != 0
        changed, labelled = self._labelled(row, col, height, width)
        counts = self._unmasked(row, col, valid & labelled)
        self._look(pixels[0], valid, labelled)
        return np.where(counts, _CODES[predicted.astype(np.intp), changed.astype(np.intp)], np.uint8(LEFT_OUT))

    def classes(self, row: int, col: int, height: int, width: int) -> Bytes:
        """A window of the map without a reference: UNCHANGED or CHANGED, LEFT_OUT of what is nodata or masked."""
        pixels, valid = self._predicted.read(row, col, height, width)
        counts = self._unmasked(row, col, valid)
        self._look(pixels[0], valid, valid)
        classes = np.where(pixels[0] != 0, np.uint8(CHANGED), np.uint8(UNCHANGED))
        return np.where(counts, classes, np.uint8(LEFT_OUT))

    def _unmasked(self, row: int, col: int, counts: Valid) -> Valid:
        if self._mask is None:
            return counts
        hidden, known = self._mask.read(row, col, *counts.shape)
        self.seen.masked += int(np.count_nonzero(counts & hidden & known))
        return counts & ~(hidden & known)

    def coding_notes(self) -> Iterator[Note]:
        """What to ask of the values that the labels held."""
        alone = self._unchanged is None and self._reference is not None and self._reference.nodata != 0
        for name, labels in (("REFERENCE", self._reference), ("REFERENCE_UNCHANGED", self._unchanged)):
            if labels is not None and labels.coding is not None:
                yield from (Note(text, "warning") for text in labels.coding.remarks(name, not alone))

    def value_notes(self) -> Iterator[Note]:
        """What to say of the map's values that were seen."""
        path = self.job.predicted
        if self.seen.fractions:
            yield Note(
                f"PREDICTED {path} holds fractions, and all but 0 counts as change. Assess the change mask, not the "
                "probability.",
                "warning",
            )
        elif self.seen.beyond_0_1:
            yield Note(f"PREDICTED {path} holds other values than 0 and 1; all but 0 counts as change.")

    def without_pixels(self) -> InputError:
        """Why there is nothing to assess where no pixel is left."""
        if self.seen.valid:
            return InputError(
                f"MASK {self.job.mask} hides all {self.seen.valid} valid pixels. Check that nonzero means leave out."
            )
        return InputError(
            f"PREDICTED {self.job.predicted} has no valid pixel, so there is nothing to assess. Check its nodata."
        )

    def _labels(self, job: AssessChanges, field: str, stack: ExitStack) -> Labels | None:
        path = getattr(job, field)
        if path is None:
            return None
        labels = stack.enter_context(open_labels(field.upper(), path, self.grid, job.override(path)))
        self.notes += [Note(text) for text in labels.notes]
        return labels

    def _labelled(self, row: int, col: int, height: int, width: int) -> tuple[Valid, Valid]:
        """Where the reference says change, and where it says anything."""
        # A job without it does not exist.
        assert self._reference is not None  # nosec B101
        changed, known = self._reference.read(row, col, height, width)
        if self._unchanged is None:
            return changed, known
        unchanged, unchanged_known = self._unchanged.read(row, col, height, width)
        changed, unchanged = changed & known, unchanged & unchanged_known
        self.seen.contradictory += int(np.count_nonzero(changed & unchanged))
        return changed, changed ^ unchanged

    def _look(self, pixels: NDArray[np.float32], valid: Valid, labelled: Valid) -> None:
        seen = self.seen
        seen.valid += int(np.count_nonzero(valid))
        seen.labelled += int(np.count_nonzero(valid & labelled))
        if not seen.fractions:
            # Pixels that are not valid are 0.
            seen.beyond_0_1 |= bool(((pixels != 0) & (pixels != 1)).any())
            seen.fractions = bool((pixels != np.rint(pixels)).any())
