"""The accuracy report: figures, what they mean, and the map beside its errors."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ...events import Note
from ...jobs import AssessChanges
from ..outputs import pictures as paint
from ..outputs.page import Report, shown
from .adjusted import NORMAL_95, StratifiedSample
from .by_sample import SampleEstimate
from .confusion import FIGURES, RESAMPLES, BlockCounts, Confusion
from .sample_points import CHANGE, NO_CHANGE, UNLABELLED, UNSURE
from .strata import CHANGED, STRATA

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


def sample_report(job: AssessChanges, found: SampleEstimate, notes: Sequence[Note]) -> Report:
    """The page of an assessment by a labelled sample."""
    report = Report("Area of change and accuracy", f"{job.predicted} by the labelled points of {job.sample_labels}")
    (area, low, high), sample = found.area, found.sample
    mapped = float(found.population.areas[CHANGED])
    report.figures(
        [
            (f"Area of change, {found.unit}", area),
            ("95 % interval", f"{shown(low)} to {shown(high)}"),
            ("On the map", mapped),
            ("F1", found.confusion.f1),
        ]
    )
    for note in notes:
        (report.warning if note.level == "warning" else report.text)(note.text)
    report.text(_sentence(found, mapped))
    report.heading("Points")
    _add_points(report, found)
    report.heading("Map and truth, as shares of the area")
    _add_shares(report, found.confusion)
    report.heading("Accuracy")
    _add_accuracies(report, sample)
    report.heading("Figures of change")
    _add_figures(report, found.confusion, found.ranges)
    normal = [max(end, 0.0) * float(found.population.areas.sum()) for end in sample.normal_interval()]
    report.text(
        "Stratified estimators of Olofsson et al. 2014 (Remote Sensing of Environment 148: 42-57). The interval of the "
        "area joins Jeffreys' intervals of the strata (MOVER), which also cover where errors are rare; the normal one "
        f"of eq. 11 is {shown(normal[0])} to {shown(normal[1])}. Intervals of the figures of change are drawn from the "
        "same distributions. None of them knows how good the labels are."
    )
    report.heading("Inputs")
    _add_inputs(report, job)
    return report


def _sentence(found: SampleEstimate, mapped: float) -> str:
    area, low, high = found.area
    text = f"To be reported: {_amount(area, found.unit)} changed, 95 % interval {_amount(low, found.unit)} to "
    text += f"{_amount(high, found.unit)}; the map shows {_amount(mapped, found.unit)}."
    if not low <= mapped <= high:
        text += " The map's own area lies outside the interval: do not report it."
    return text


def _amount(area: float, unit: str) -> str:
    return f"{area / 1e4:,.4g} ha" if unit == "square metres" else f"{shown(area)} {unit}"


def _add_points(report: Report, found: SampleEstimate) -> None:
    population = found.population
    report.table(
        ("Stratum of the map", f"Area, {found.unit}", "Share", "Change", "No change", "Unsure", "No label"),
        [
            (
                STRATA[code].capitalize(),
                float(population.areas[code]),
                f"{population.shares[code]:.2%}",
                *(int(found.points[code, label]) for label in (CHANGE, NO_CHANGE, UNSURE, UNLABELLED)),
            )
            for code in population.strata
        ],
        caption="Labels of the points; those that are unsure or without label are left out.",
    )


def _add_shares(report: Report, confusion: Confusion) -> None:
    cells = (
        ("Map: change", confusion.true_positive, confusion.false_positive),
        ("Map: no change", confusion.false_negative, confusion.true_negative),
    )
    report.table(
        ("", "Truly change", "Truly no change", "Total"),
        [(label, *(f"{part / confusion.total:.3%}" for part in (yes, no, yes + no))) for label, yes, no in cells],
    )


def _add_accuracies(report: Report, sample: StratifiedSample) -> None:
    rows = (
        ("Overall accuracy", sample.overall_accuracy()),
        ("User's accuracy of change", sample.users_accuracy(1)),
        ("User's accuracy of no change", sample.users_accuracy(0)),
        ("Producer's accuracy of change", sample.producers_accuracy(1)),
        ("Producer's accuracy of no change", sample.producers_accuracy(0)),
        ("Share of the area that changed", sample.changed_share),
    )
    report.table(
        ("", "Value", "Standard error", "± of 95 %"),
        [(label, each.value, each.error, NORMAL_95 * each.error) for label, each in rows],
    )


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
    named = ("predicted", "reference", "reference_unchanged", "sample_labels", "mask")
    report.table(
        ("Input", "File"), [(job.option(name).label, getattr(job, name)) for name in named if getattr(job, name)]
    )
