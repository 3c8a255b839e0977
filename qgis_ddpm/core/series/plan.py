"""What a detection over a series is to do: all dates open and in order, its method chosen, its area known."""

import tracemalloc
from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from time import monotonic

from ...events import Event, Note
from ...jobs import DetectSeries
from ...jobs.texts import extent_bounds
from ...mask_values import mask_values
from ..change.choose import Choice, choose_method
from ..change.plan import ChangePlan, choice_notes, plan_pair, scoring_settings
from ..change.scores import FALSE_ALARMS, ChangeMethod, ScoringSettings
from ..pairs.pair import Pair
from ..planning import Cost
from ..raster.grid import Grid
from ..raster.types import Window
from .comparisons import Comparisons
from .dating import dates_of, dating_notes, masks_by_date
from .series import Series, open_series
from .series_map import MAP_PIXELS

# Surroundings that irmad counts: what several dates show tells chance from change, and edges keep their place. Chosen
# on the scenes 11 to 13 of benchmarks/series_figures.py, measured on others.
IRMAD_CONTEXT_PX = 0.0
# Bytes of a pixel of the four bands of the result.
RESULT_BYTES = 16
# Of a strip of the map, for the state of all dates, labels and outlines; by tracemalloc.
MAP_BYTES_PER_PIXEL = 110


@dataclass(frozen=True)
class SeriesPlan:
    """A series whose inputs are open. window: what is mapped, in pixels of the earliest date's grid."""

    job: DetectSeries
    series: Series
    choice: Choice
    window: Window

    @property
    def grid(self) -> Grid:
        """The grid of the outputs."""
        return self.series.grid.subgrid(*self.window)

    def comparisons(self, method: ChangeMethod) -> Comparisons:
        """What compares its dates by a method of its own."""
        # A detector gives probabilities, whose threshold is one for all pairs.
        return Comparisons(self.series, self._plan_pair, method, calibrate=not self.choice.detector)

    @property
    def settings(self) -> ScoringSettings:
        """How pairs of dates are compared, each with its share of the false alarms."""
        job = self.job
        settings = scoring_settings(job.pair(*job.input[:2]), job.draws)
        asked = None if job.false_alarms is None else job.share_of_pair(job.false_alarms)
        if settings.context_px is None and self.choice.method == "irmad":
            settings = replace(settings, context_px=IRMAD_CONTEXT_PX)
        return replace(settings, false_alarms=job.share_of_pair(FALSE_ALARMS), asked_alarms=asked)

    def open_method(self) -> ChangeMethod:
        """The method before any statistics, with its networks loaded."""
        return self.choice.open(self.settings)

    def cost(self) -> Generator[Event, None, Cost]:
        """What the comparisons of consecutive dates take, measured on the first; gaps take more, which is not known."""
        series, (_, _, height, width) = self.series, self.window
        pairs = series.count - 1
        yield Note(f"{self.choice.method} over {width} x {height} px of {series.count} dates.")
        method = self.open_method()
        tracemalloc.start()
        try:
            started = monotonic()
            plan = yield from self._plan_pair(series.pair(0, 1), 0, 1)
            yield from plan.adapt()
            adapting_s = monotonic() - started
            seconds, call_bytes = yield from method.measure(plan.pair, self.window)
            memory_bytes = tracemalloc.get_traced_memory()[1] + call_bytes
        finally:
            tracemalloc.stop()
        return Cost(
            pairs * method.count_windows(plan.pair, self.window),
            height * width * (RESULT_BYTES + 4 * series.count),
            pairs * (adapting_s + seconds),
            max(memory_bytes, MAP_BYTES_PER_PIXEL * min(MAP_PIXELS, height * width)),
        )

    def _plan_pair(self, pair: Pair, first: int, second: int) -> Generator[Event, None, ChangePlan]:
        paths = [self.series.sources[number].path for number in (first, second)]
        plan = yield from plan_pair(self.job.pair(*paths), pair, self.choice)
        return replace(plan, settings=self.settings)


def plan_series(job: DetectSeries, stack: ExitStack) -> Generator[Event, None, SeriesPlan]:
    """Open all dates on a stack and choose the method; yields what to say of them.

    Raises JobError, InputError and ModelFileError for what does not fit.
    """
    sources = open_series(job.input, job.bands_of(), [job.override(path) for path in job.input], stack)
    dated = dates_of(job.input, [source.tags for source in sources], job.days())
    yield from map(Note, dating_notes(job.input, dated))
    days = [each.day for each in dated]
    masks = masks_by_date(job.masks, days) if job.masks else [None] * len(days)
    order = sorted(range(len(days)), key=days.__getitem__)
    yield from (Note(f"{masks[number]} masks {days[number]}.") for number in order if masks[number])
    series = Series(
        [sources[number] for number in order],
        [days[number] for number in order],
        [masks[number] for number in order],
        mask_values("MASK_VALUES", job.mask_values),
        bool(job.bands),
        job.align,
    )
    choosing = series.choosing_pair()
    first, second = (source.path for source in series.sources[:2])
    choice = choose_method(job.pair(first, second), choosing)
    yield from choice_notes(choice)
    series.take_bands(choice.bands)
    yield from map(Note, series.notes)
    yield from (Note(text, "warning") for text in series.warnings)
    window = series.window
    if job.extent:
        window = series.grid.window_of(*extent_bounds("EXTENT", job.extent))
    return SeriesPlan(job, series, choice, window)
