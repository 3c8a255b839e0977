"""The accuracy report: figures, what they mean, and the map beside its errors."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ...events import Note
from ...jobs import AssessChanges
from ..outputs import pictures as paint
from ..outputs.page import Report
from .confusion import FIGURES, RESAMPLES, BlockCounts, Confusion

OVERVIEW_PX = 480


class Overview:
    """A small picture of an error map of any size: every n-th pixel of every n-th row."""

    def __init__(self, height: int, width: int) -> None:
        self._step = math.ceil(max(height, width) / OVERVIEW_PX)
        self.codes = np.full((-(-height // self._step), -(-width // self._step)), paint.LEFT_OUT, np.uint8)

    def add(self, row: int, col: int, codes: NDArray[np.uint8]) -> None:
        """Take what falls on the picture from a window of the error map."""
        step = self._step
        part = codes[-row % step :: step, -col % step :: step]
        top, left = -(-row // step), -(-col // step)
        self.codes[top : top + part.shape[0], left : left + part.shape[1]] = part


def accuracy_report(
    job: AssessChanges,
    confusion: Confusion,
    intervals: Mapping[str, tuple[float, float]],
    blocks: BlockCounts,
    overview: Overview,
    notes: Sequence[Note],
    unit: str = "pixels",
) -> Report:
    """The page of one assessment; intervals: of each figure by its name; unit: of what is counted."""
    report = Report("Accuracy of a change map", f"{job.predicted} compared with {job.reference}")
    report.figures(
        [
            ("F1", confusion.f1),
            ("95 % interval of F1", _range(intervals["F1"])),
            ("Precision", confusion.precision),
            ("Recall", confusion.recall),
        ]
    )
    for note in notes:
        (report.warning if note.level == "warning" else report.text)(note.text)
    report.heading("Where the map is right and wrong")
    _add_pictures(report, overview.codes)
    report.heading(unit.capitalize())
    _add_counts(report, confusion, unit)
    report.heading("Figures")
    _add_figures(report, confusion, intervals)
    report.text(
        f"The intervals come from {RESAMPLES:,} draws of {len(blocks.blocks()):,} blocks of {blocks.block_px} "
        "px: neighbouring pixels err together, so whole blocks are drawn. They say how far a figure would move on "
        "other places of this kind, not how good the reference is."
    )
    report.heading("Inputs")
    _add_inputs(report, job)
    return report


def _add_pictures(report: Report, codes: NDArray[np.uint8]) -> None:
    counted = codes != paint.LEFT_OUT
    predicted = (codes == paint.TRUE_POSITIVE) | (codes == paint.FALSE_POSITIVE)
    reference = (codes == paint.TRUE_POSITIVE) | (codes == paint.FALSE_NEGATIVE)
    pictures = (
        (paint.paint_mask(predicted, counted), "Change map, where it is compared"),
        (paint.paint_mask(reference, counted), "Reference"),
        (paint.paint_errors(codes), "Errors"),
    )
    report.pictures([(paint.to_png(paint.fit(picture, OVERVIEW_PX)), caption) for picture, caption in pictures])
    report.legend(
        [
            (paint.CHANGED_COLOUR, "change"),
            (paint.UNCHANGED_COLOUR, "no change"),
            (paint.ERROR_COLOURS[paint.TRUE_POSITIVE], "change found"),
            (paint.ERROR_COLOURS[paint.FALSE_POSITIVE], "false alarm"),
            (paint.ERROR_COLOURS[paint.FALSE_NEGATIVE], "change missed"),
        ]
    )


def _add_counts(report: Report, confusion: Confusion, unit: str) -> None:
    rows = [
        ("Change found (true positive)", paint.TRUE_POSITIVE, confusion.true_positive),
        ("False alarm (false positive)", paint.FALSE_POSITIVE, confusion.false_positive),
        ("Change missed (false negative)", paint.FALSE_NEGATIVE, confusion.false_negative),
        ("Rightly left alone (true negative)", paint.TRUE_NEGATIVE, confusion.true_negative),
    ]
    report.table(
        ("", "Value in the error map", unit.capitalize(), "Share"),
        [(label, code, number, f"{number / confusion.total:.2%}") for label, code, number in rows],
        caption=f"{confusion.total:,} {unit} are compared; the others are nodata, masked or without label.",
    )


def _range(interval: tuple[float, float]) -> str:
    return f"{interval[0]:.3f} to {interval[1]:.3f}"


def _add_figures(report: Report, confusion: Confusion, intervals: Mapping[str, tuple[float, float]]) -> None:
    undefined = set(confusion.undefined)
    meanings = {
        "F1": "Precision and recall in one figure (their harmonic mean): 1 is perfect.",
        "IOU": "Pixels that map and reference both call changed, over those that either does.",
        "PRECISION": "Of the change on the map, the share that is real.",
        "RECALL": "Of the real change, the share that the map found.",
        "OA": "Pixels that agree. Near 1 for any map where change is rare.",
        "KAPPA": "Agreement beyond chance: 0 is what a map drawn by lot would reach.",
    }
    report.table(
        ("Figure", "Value", "95 % interval", "What it says"),
        [
            (
                name,
                figure(confusion),
                "" if name in undefined else _range(intervals[name]),
                f"{meanings[name]} Cannot be computed here." if name in undefined else meanings[name],
            )
            for name, figure in FIGURES.items()
        ],
    )


def _add_inputs(report: Report, job: AssessChanges) -> None:
    named = ("predicted", "reference", "reference_unchanged", "mask")
    report.table(
        ("Input", "File"), [(job.option(name).label, getattr(job, name)) for name in named if getattr(job, name)]
    )
