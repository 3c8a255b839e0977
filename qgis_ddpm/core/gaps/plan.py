"""What a filling of gaps is to do: the raster, its marks and other dates open on one grid, and how it is filled."""

import tracemalloc
from collections.abc import Generator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from time import perf_counter
from typing import TypeVar

import numpy as np

from ...errors import InputError
from ...events import Event, Note
from ...jobs import FillGaps
from ...jobs.texts import extent_bounds
from ...mask_values import mask_values
from ..planning import Cost, timed
from ..raster.earth.boxes import overlap
from ..raster.grid import Grid
from ..raster.masks.marks import open_marks
from ..raster.source import RasterSource
from ..raster.types import Window
from .estimates import DETAIL, DISTANCE, KRIGING, LEVEL, NETWORK
from .filling import FillSettings, fill_window
from .fitting import Learning, fitting
from .reading import GapReader, windows_of
from .survey import PLACE_PX, Survey, surveying

Value = TypeVar("Value")

# Draws where a folder is given for them and no number.
USUAL_DRAWS = 4

# Of the fit of a network in a dry run.
_BRIEF_MINUTES = 0.01
# How long a network is fitted where MINUTES does not say it.
USUAL_MINUTES = {"auto": 0.0, "network": 1.0, "diffusion": 1.0}

# Compressing, writing and proving a byte of the outputs.
_SECONDS_A_BYTE = 4e-8


@dataclass(frozen=True)
class FillPlan:
    """A filling whose inputs are open. area: what is filled and written, in pixels of the raster."""

    job: FillGaps
    reader: GapReader
    area: Window
    learning: Learning

    @property
    def draws(self) -> int:
        """How many rasters that could be are made."""
        return (self.job.draws or USUAL_DRAWS) if self.job.draws_folder else 0

    @property
    def settings(self) -> FillSettings:
        """How windows are filled."""
        return FillSettings(self.job.seed, self.draws, self.job.distance_px)

    def survey(self) -> Generator[Event, None, Survey]:
        """Look at the whole raster. Raises InputError where nothing of it is known."""
        survey = yield from surveying(self.reader)
        if not survey.known.any():
            marked = f", and {self.job.mask} marks the rest" if self.job.mask else ""
            raise InputError(
                f"{self.job.input} has no known pixel: all of it is nodata{marked}. Nothing can be filled from "
                "nothing; check its nodata value and the mask."
            )
        return survey

    def cost(self) -> Generator[Event, None, Cost]:
        """Disk, and time and memory of one window with gaps, for as many as there are."""
        tracemalloc.start()
        try:
            survey, survey_s = yield from _timed(self.survey())
            # How long a network is fitted is known without doing it.
            brief = replace(self.learning, minutes=min(self.learning.minutes, _BRIEF_MINUTES))
            fitted, fitting_s = yield from _timed(fitting(self.reader, survey, brief))
            seconds = survey_s + fitting_s + 60 * (self.learning.minutes - brief.minutes)
            place = _fullest(survey, self.area)
            missing = int(survey.missing.sum())
            if place is not None:
                filled, window_s = timed(lambda: fill_window(self.reader, fitted, place, self.settings))
                pixels = 0 if filled is None else int((filled.how != 0).sum())
                seconds += window_s * missing / max(pixels, 1)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        height, width, bands = *self.area[2:], self.reader.source.count
        size = np.dtype(self.reader.dtype).itemsize
        files = bands * size * (1 + self.draws) + 4 * bands * bool(self.job.spread) + bool(self.job.filled)
        kept = 4 * (1 + bands * (1 + self.draws))
        # All is written twice: kept to go on from, and as files, which are read again to prove them.
        seconds += height * width * (files + kept) * _SECONDS_A_BYTE
        return Cost(disk_bytes=height * width * (files + kept), seconds=seconds, memory_bytes=peak)


def plan_filling(job: FillGaps, stack: ExitStack) -> Generator[Event, None, FillPlan]:
    """Open all inputs on a stack; yields what to say of them. Raises InputError and JobError for what does not fit."""
    path = str(job.input)
    source = stack.enter_context(RasterSource(path, override=job.override(path)))
    _refuse_palette(source, path)
    notes = list(source.notes)
    marks = None
    if job.mask:
        marks = stack.enter_context(
            open_marks(
                "MASK",
                job.mask,
                source.grid,
                mask_values("MASK_VALUES", job.mask_values),
                job.grow_px,
                job.override(job.mask),
                "INPUT",
            )
        )
        notes += marks.notes
    others = []
    for other in job.other:
        others.append(stack.enter_context(_open_other(other, source.grid, job)))
        notes += others[-1].notes
    yield from map(Note, notes)
    reader = GapReader(source, marks, others)
    stack.callback(reader.close)
    area = source.grid.window_of(*extent_bounds("EXTENT", job.extent)) if job.extent else (0, 0, *source.grid.shape)
    return FillPlan(job, reader, area, _learning(job, bool(others)))


def _learning(job: FillGaps, others: bool) -> Learning:
    ways: tuple[str, ...] = (KRIGING, DISTANCE, LEVEL, DETAIL) if others else (KRIGING, DISTANCE)
    if job.method == "regression":
        return Learning((LEVEL, DETAIL), job.seed)
    if job.method == "kriging":
        return Learning((KRIGING,), job.seed)
    minutes = job.minutes if job.minutes is not None else USUAL_MINUTES[job.method]
    return Learning((*ways, NETWORK) if minutes else ways, job.seed, minutes, job.method == "diffusion")


def _open_other(path: str, grid: Grid, job: FillGaps) -> RasterSource:
    source = RasterSource(path, override=job.override(path), palette="colours")
    own = source.own_grid
    try:
        bare = (own.crs is None) != (grid.crs is None)
        if bare and own.shape != grid.shape:
            raise InputError(
                f"OTHER {path} cannot be laid on {job.input}: one of them has no CRS, and they differ in size, "
                f"{own.width} x {own.height} and {grid.width} x {grid.height} px. Set its CRS."
            )
        box = None if bare else grid.box_of(own)
        if box is not None and not overlap(box, grid.bounds):
            raise InputError(f"OTHER {path} does not overlap {job.input}. Choose a raster of the same place.")
        if not bare:
            source.lay_on(grid)
    except BaseException:
        source.close()
        raise
    return source


def _refuse_palette(source: RasterSource, path: str) -> None:
    if source.has_palette:
        raise InputError(
            f"{path} has a palette: its numbers are names of colours, between which there is nothing. Turn it into "
            "colours before (Raster > Conversion > PCT to RGB)."
        )


def _fullest(survey: Survey, area: Window) -> Window | None:
    """The window of a place with the most gaps that still has known pixels."""
    worth = survey.missing * (survey.known > 0)
    if not worth.any():
        return None
    row, col = (int(index) * PLACE_PX for index in np.unravel_index(int(np.argmax(worth)), worth.shape))
    found: Sequence[Window] = [place for place in windows_of(area, PLACE_PX) if place[:2] == (row, col)]
    return found[0] if found else None


def _timed(work: Generator[Event, None, Value]) -> Generator[Event, None, tuple[Value, float]]:
    started = perf_counter()
    value = yield from work
    return value, perf_counter() - started
