"""Assessing a change map: each pixel against reference data, by window, with flat memory."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...errors import InputError
from ...events import Event, Events, Note, Progress, Result
from ...file_identity import Identities
from ...jobs import AssessChanges
from ..outputs.pictures import ERROR_COLOURS, FALSE_NEGATIVE, FALSE_POSITIVE, LEFT_OUT, TRUE_NEGATIVE, TRUE_POSITIVE
from ..outputs.transaction import OutputTransaction, provenance_tags
from ..planning import Cost, timed
from ..raster.labels import Labels, open_labels
from ..raster.source import RasterSource
from ..raster.types import Valid
from ..raster.writer import RasterProfile, RasterWriter
from .confusion import CLASSES, FIGURES, RESAMPLES, BlockCounts, Confusion, intervals, resampled
from .counting import Counting
from .report import Overview, accuracy_report

# Wide, because files without tiles are read by whole rows.
WINDOW_HEIGHT_PX, WINDOW_WIDTH_PX = 512, 2048
# Numbers of a window: map and labels as float32, codes through two whole indices, and what is valid.
BYTES_A_PIXEL = 32
# An interval from fewer blocks says little.
FEW_BLOCKS = 20
# Code by [predicted, reference].
_CODES = np.array([[TRUE_NEGATIVE, FALSE_NEGATIVE], [FALSE_POSITIVE, TRUE_POSITIVE]], np.uint8)


@dataclass
class _Seen:
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
        self.seen = _Seen()
        if len(bands) > 1:
            text = f"PREDICTED {job.predicted} has {len(bands)} bands; the first is assessed."
            self.notes.append(Note(text, "warning"))
        if job.reference and Identities().key(job.reference) == Identities().key(job.predicted):
            text = f"PREDICTED and REFERENCE are one file, {job.predicted}: a map is right by its own measure."
            self.notes.append(Note(text, "warning"))
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
        window = next(_windows(*self.grid.shape))
        codes, window_s = timed(lambda: self.codes(*window))
        self.seen = _Seen()
        blocks = np.ones((BlockCounts(*self.grid.shape, self.job.block_px).size, CLASSES), np.int64)
        _, draw_s = timed(lambda: next(resampled(blocks, self.job.seed)))
        pixels = self.grid.height * self.grid.width
        return Cost(
            disk_bytes=pixels if self.job.error_map else 0,
            seconds=window_s * pixels / codes.size + draw_s * RESAMPLES,
            memory_bytes=BYTES_A_PIXEL * codes.size + 3 * blocks.nbytes,
        )

    def codes(self, row: int, col: int, height: int, width: int) -> NDArray[np.uint8]:
        """A window of the error map."""
        pixels, valid = self._predicted.read(row, col, height, width)
        predicted = pixels[0] != 0
        changed, labelled = self._labelled(row, col, height, width)
        counts = valid & labelled
        masked = 0
        if self._mask is not None:
            hidden, known = self._mask.read(row, col, height, width)
            masked = int(np.count_nonzero(counts & hidden & known))
            counts = counts & ~(hidden & known)
        self._look(pixels[0], valid, labelled, masked)
        return np.where(counts, _CODES[predicted.astype(np.intp), changed.astype(np.intp)], np.uint8(LEFT_OUT))

    def coding_notes(self) -> Iterator[Note]:
        """What to ask of the values that the labels held."""
        alone = self._unchanged is None and self._reference is not None and self._reference.nodata != 0
        for name, labels in (("REFERENCE", self._reference), ("REFERENCE_UNCHANGED", self._unchanged)):
            if labels is not None and labels.coding is not None:
                yield from (Note(text, "warning") for text in labels.coding.remarks(name, not alone))

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

    def _look(self, pixels: NDArray[np.float32], valid: Valid, labelled: Valid, masked: int) -> None:
        seen = self.seen
        seen.valid += int(np.count_nonzero(valid))
        seen.labelled += int(np.count_nonzero(valid & labelled))
        seen.masked += masked
        if not seen.fractions:
            # Pixels that are not valid are 0.
            seen.beyond_0_1 |= bool(((pixels != 0) & (pixels != 1)).any())
            seen.fractions = bool((pixels != np.rint(pixels)).any())


def plan(job: AssessChanges, stack: ExitStack) -> Generator[Event, None, AssessmentPlan]:
    """Open all inputs. Raises InputError where they do not go together."""
    opened = AssessmentPlan(job, stack)
    yield from opened.notes
    return opened


def run(plan: AssessmentPlan) -> Events:
    """Compare a change map with reference data. Raises InputError where nothing can be compared."""
    job, shape = plan.job, plan.grid.shape
    with OutputTransaction() as transaction:
        if job.report:
            transaction.reserve(job.report)
        blocks, overview = BlockCounts(*shape, job.block_px), Overview(*shape)
        with _writer(plan, transaction) or nullcontext() as writer:
            windows = list(_windows(*shape))
            for done, window in enumerate(windows, start=1):
                codes = plan.codes(*window)
                blocks.add(window[0], window[1], codes, plan.counting.areas(window))
                overview.add(window[0], window[1], codes)
                if writer is not None:
                    writer.write(window[0], window[1], codes[None])
                yield Progress(done, len(windows), "window")
            confusion = blocks.confusion()
            if confusion.total == 0:
                raise _nothing_to_assess(job, plan.seen)
        drawn: list[Confusion] = []
        for sums in resampled(blocks.blocks(), job.seed):
            drawn.append(sums)
            if len(drawn) % 50 == 0:
                yield Progress(len(drawn), RESAMPLES, "resample")
        ranges = intervals(drawn)
        remarks = [*plan.coding_notes(), *_remarks(job, plan.seen, confusion, blocks)]
        yield from remarks
        outputs = {name: figure(confusion) for name, figure in FIGURES.items()}
        outputs["F1_LOW"], outputs["F1_HIGH"] = ranges["F1"]
        if job.report:
            page = accuracy_report(job, confusion, ranges, blocks, overview, plan.notes + remarks, plan.counting.unit)
            page.write(job.report, transaction)
        transaction.publish()
    files = {"REPORT": job.report, "ERROR_MAP": job.error_map}
    yield Result({**outputs, **{name: path for name, path in files.items() if path}})


def _writer(plan: AssessmentPlan, transaction: OutputTransaction) -> RasterWriter | None:
    job = plan.job
    if not job.error_map:
        return None
    profile = RasterProfile(
        plan.grid,
        1,
        "uint8",
        nodata=LEFT_OUT,
        descriptions=("errors: 0 true negative, 1 true positive, 2 false positive, 3 false negative",),
        tags=provenance_tags(job.ALGORITHM, job.seed),
        colormap=ERROR_COLOURS,
    )
    return RasterWriter(transaction, job.error_map, profile)


def _windows(height: int, width: int) -> Iterator[tuple[int, int, int, int]]:
    for row in range(0, height, WINDOW_HEIGHT_PX):
        for col in range(0, width, WINDOW_WIDTH_PX):
            yield row, col, min(WINDOW_HEIGHT_PX, height - row), min(WINDOW_WIDTH_PX, width - col)


def _nothing_to_assess(job: AssessChanges, seen: _Seen) -> InputError:
    if seen.valid == 0:
        return InputError(
            f"PREDICTED {job.predicted} has no valid pixel, so there is nothing to assess. Check its nodata."
        )
    if seen.labelled == 0:
        both = " and REFERENCE_UNCHANGED mark" if job.reference_unchanged else " labels"
        return InputError(
            f"REFERENCE {job.reference}{both} none of the {seen.valid} valid pixels of PREDICTED. Check that both show "
            "the same place, and the reference's nodata."
        )
    return InputError(f"MASK {job.mask} hides all {seen.labelled} labelled pixels. Check that nonzero means leave out.")


def _remarks(job: AssessChanges, seen: _Seen, confusion: Confusion, blocks: BlockCounts) -> Iterator[Note]:
    if seen.fractions:
        yield Note(
            f"PREDICTED {job.predicted} holds fractions, and all but 0 counts as change. Assess the change mask, not "
            "the probability.",
            "warning",
        )
    elif seen.beyond_0_1:
        yield Note(f"PREDICTED {job.predicted} holds other values than 0 and 1; all but 0 counts as change.")
    if seen.contradictory:
        yield Note(
            f"{seen.contradictory} pixels are marked both changed and unchanged in the reference; they are left out.",
            "warning",
        )
    if confusion.undefined:
        yield Note(
            f"{_why_undefined(confusion)}, so {', '.join(confusion.undefined)} cannot be computed and "
            f"{'is' if len(confusion.undefined) == 1 else 'are'} reported as 0.",
            "warning",
        )
    number = len(blocks.blocks())
    if number < FEW_BLOCKS:
        yield Note(
            f"The interval of F1 comes from {number} blocks of {blocks.block_px} px only and is too narrow. "
            "Lower BLOCK_PX or label more places.",
            "warning",
        )
    if blocks.block_px != job.block_px:
        yield Note(f"The raster is large: the interval of F1 uses blocks of {blocks.block_px} px.")


def _why_undefined(confusion: Confusion) -> str:
    if confusion.reference_changed == 0 and confusion.predicted_changed == 0:
        return "Neither the reference nor the map has a changed pixel"
    if confusion.reference_changed == 0:
        return "The reference has no changed pixel"
    if confusion.predicted_changed == 0:
        return "The map has no changed pixel among those labelled"
    return "All labelled pixels are changed in the reference and in the map"
