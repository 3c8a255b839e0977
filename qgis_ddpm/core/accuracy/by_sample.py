"""Assessing a map by a sample: drawing the points, and what follows from their labels."""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from ...errors import InputError
from ...events import Event, Note
from ..outputs.transaction import OutputTransaction
from ..raster.types import Bytes, Counts, Window
from .adjusted import StratifiedSample, stratified_sample
from .allocation import LEAST, allocate, sample_size
from .confusion import FIGURES, Confusion, intervals
from .drawing import draw
from .plan import AssessmentPlan
from .sample_points import CHANGE, NO_CHANGE, UNLABELLED, UNSURE, LabelledPoints, SampleDesign, distinct, write_sample
from .strata import CHANGED, STRATA, Population, Strata

# From this share of points that nobody can tell, the rest may not speak for all.
MANY_UNSURE = 0.05


def draw_sample(plan: AssessmentPlan, path: str, transaction: OutputTransaction) -> Generator[Event, None, None]:
    """Draw the points and write them. Raises InputError where there is nothing to draw from, OutputError."""
    job = plan.job
    strata = Strata(plan.classes, plan.grid, job.sample_buffer_px)
    population = yield from strata.count()
    if not population.strata:
        raise plan.without_pixels()
    counts = allocate(population, job.sample_size or sample_size(population))
    yield from _allocation_notes(population, counts)
    places = yield from draw(strata, population, counts, job.seed)
    design = SampleDesign(population.fingerprint, job.sample_buffer_px, len(places))
    write_sample(path, transaction, places, plan.grid, design)


def _allocation_notes(population: Population, counts: Counts) -> Iterator[Note]:
    parts = [
        f"{counts[code]:,} {STRATA[code]} ({population.shares[code]:.3g} of the area)" for code in population.strata
    ]
    yield Note(f"{counts.sum():,} points are drawn: {', '.join(parts)}.")
    if not population.pixels[CHANGED]:
        yield Note("The map has no changed pixel: all points are drawn from what it calls unchanged.", "warning")


@dataclass(frozen=True)
class SampleEstimate:
    """What a labelled sample says of its map. points: labels by their codes [strata of `STRATA`, labels]."""

    population: Population
    sample: StratifiedSample
    points: Counts
    confusion: Confusion
    ranges: Mapping[str, tuple[float, float]]
    unit: str
    notes: list[Note]

    @property
    def area(self) -> tuple[float, float, float]:
        """Area of change, and the ends of its 95 % interval."""
        whole = float(self.population.areas.sum())
        low, high = self.sample.interval()
        return self.sample.changed_share.value * whole, low * whole, high * whole

    def outputs(self) -> dict[str, float]:
        """The figures by the names of the interface."""
        found = {name: figure(self.confusion) for name, figure in FIGURES.items()}
        found["F1_LOW"], found["F1_HIGH"] = self.ranges["F1"]
        names = ("ADJUSTED_AREA", "ADJUSTED_AREA_LOW", "ADJUSTED_AREA_HIGH")
        return {**found, **dict(zip(names, self.area, strict=True))}


def estimate(plan: AssessmentPlan) -> Generator[Event, None, SampleEstimate]:
    """What the labelled points say. Raises InputError where they are of another map, or too few."""
    assert plan.points is not None  # nosec B101
    name = f"SAMPLE_LABELS {plan.job.sample_labels}"
    inside, beyond = _on_grid(plan.points, plan)
    points, repeated, contradictory = distinct(inside)
    found = np.full(len(points.labels), len(STRATA), np.uint8)
    strata = Strata(plan.classes, plan.grid, points.design.buffer_px if points.design else 0)

    def see(window: Window, codes: Bytes) -> None:
        row, col, height, width = window
        rows, columns = points.places[:, 0] - row, points.places[:, 1] - col
        here = np.flatnonzero((rows >= 0) & (rows < height) & (columns >= 0) & (columns < width))
        found[here] = codes[rows[here], columns[here]]

    population = yield from strata.count(see)
    if not population.strata:
        raise plan.without_pixels()
    if points.design and points.design.fingerprint != population.fingerprint:
        raise InputError(
            f"{name} was drawn from another map than PREDICTED {plan.job.predicted} (its map is "
            f"{points.design.fingerprint}, this one {population.fingerprint}): its points say nothing of this "
            "one. Choose the map, mask and nodata that it was drawn with, or draw a new sample."
        )
    counted = found < len(STRATA)
    beyond += int(np.count_nonzero(~counted))
    table = np.zeros((len(STRATA), UNLABELLED + 1), np.int64)
    np.add.at(table, (found[counted], points.labels[counted]), 1)
    for code in population.strata:
        labelled = int(table[code, NO_CHANGE] + table[code, CHANGE])
        if labelled < min(LEAST, population.pixels[code]):
            raise InputError(
                f"{name} has {labelled} labelled points where the map is {STRATA[code]}, and at least {LEAST} are "
                "needed. Label more points."
            )
    sample = stratified_sample(population, table[:, NO_CHANGE] + table[:, CHANGE], table[:, CHANGE])
    notes = [*_left_out_notes(name, points, table, beyond, repeated, contradictory), *_figure_notes(sample)]
    unit = "pixels" if plan.grid.crs is None else "square metres"
    ranges = intervals(sample.drawn(plan.job.seed))
    return SampleEstimate(population, sample, table, sample.confusion(), ranges, unit, notes)


def _on_grid(points: LabelledPoints, plan: AssessmentPlan) -> tuple[LabelledPoints, int]:
    """The points on the map, and how many are not."""
    inside = ((points.places >= 0) & (points.places < np.array(plan.grid.shape))).all(axis=1)
    kept = LabelledPoints(points.places[inside], points.labels[inside], points.design)
    return kept, int(np.count_nonzero(~inside))


def _left_out_notes(
    name: str, points: LabelledPoints, table: Counts, beyond: int, repeated: int, contradictory: int
) -> Iterator[Note]:
    if points.design is None:
        yield Note(
            f"{name} does not say what it was drawn from: it is taken for a random sample within each of the two "
            "classes of PREDICTED. If it is not, neither area nor interval holds.",
            "warning",
        )
    elif points.design.drawn > len(points.labels) + beyond + contradictory:
        yield Note(
            f"{name} holds {len(points.labels)} of {points.design.drawn} points that were drawn. The result holds if "
            "what is missing was not chosen by what it shows.",
            "warning",
        )
    if beyond:
        yield Note(f"{beyond} points lie beyond the map or where it has no data; they are left out.", "warning")
    if repeated:
        yield Note(f"{repeated} points lie in the pixel of another one; each pixel counts once.")
    if contradictory:
        yield Note(f"{contradictory} pixels have points of different labels; they are left out.", "warning")
    total, unsure, unlabelled = len(points.labels), int(table[:, UNSURE].sum()), int(table[:, UNLABELLED].sum())
    if unlabelled:
        yield Note(f"{unlabelled} of {total} points have no label; they are left out.")
    if unsure:
        many = unsure > MANY_UNSURE * total
        rest = " So many may make the area wrong: look at them again." if many else ""
        yield Note(f"{unsure} of {total} points are unsure; they are left out.{rest}", "warning" if many else "info")


def _figure_notes(sample: StratifiedSample) -> Iterator[Note]:
    confusion = sample.confusion()
    if confusion.undefined:
        names = ", ".join(confusion.undefined)
        yield Note(
            f"Without change in the sample, or on the map, these are not defined and are reported as 0: {names}."
        )
