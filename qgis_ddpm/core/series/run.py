"""Detecting changes in a series: each date against the one before it, then when, how strongly and how often."""

import os
from collections.abc import Generator
from contextlib import ExitStack

from ...errors import InputError
from ...events import Cancelled, Event, Events, Note, Progress, Result
from ...jobs import DetectSeries
from ..change.patches import STRIP_PIXELS
from ..change.run import map_tags, scores_key
from ..outputs.transaction import OutputTransaction
from ..raster.kept.score_store import ScoreStore
from ..raster.types import Window
from ..raster.vectors_out import check_vector
from .chain import DateScores, chained
from .comparisons import Comparisons
from .plan import SeriesPlan, plan_series
from .series import strips
from .series_map import SeriesMap

DESTINATIONS = ("output", "polygons")
# Strips of scores, after each of which a run that is stopped goes on: few enough for windows that overlap, and flat.
# They end where tiles of rasters mostly do.
LEAST_ROWS, MOST_ROWS = 128, 512
# Pixels of a strip where no network looks at windows, of which neighbouring strips would share many.
PIXELS_WITHOUT_NETWORK = STRIP_PIXELS // 4


def plan(job: DetectSeries, stack: ExitStack) -> Generator[Event, None, SeriesPlan]:
    """Open all dates and choose the method. Raises JobError, InputError, ModelFileError."""
    check_vector("POLYGONS", job.polygons)
    return plan_series(job, stack)


def run(plan: SeriesPlan) -> Events:
    """Map the changes of a plan. Raises InputError, ModelFileError, DeviceError, OutputError.

    A run that is cancelled or killed leaves its scores in OUTPUT.part; the same job goes on from there.
    """
    method = plan.open_method()
    comparisons = plan.comparisons(method)
    # Dates that cannot be compared are refused before a folder is made for them.
    found = False
    for number in range(1, plan.series.count):
        found = (yield from comparisons.between(number - 1, number)) is not None or found
    if not found:
        raise InputError("No two dates that follow each other have enough valid pixels in common. Check their masks.")
    with OutputTransaction() as transaction:
        unfinished = transaction.resumable_path(str(plan.job.output))
        try:
            yield from _detect(plan, comparisons, transaction, unfinished)
        except Cancelled:
            yield Cancelled({"OUTPUT.part": unfinished} if os.path.exists(unfinished) else {})


def _detect(plan: SeriesPlan, comparisons: Comparisons, transaction: OutputTransaction, unfinished: str) -> Events:
    """unfinished: the name of the file to go on from."""
    job, series = plan.job, plan.series
    days = [day.isoformat() for day in series.days]
    tags = {**map_tags(job, plan.choice, comparisons.method.precision), "DATES": ",".join(days)}
    series_map = SeriesMap(str(job.output), job.polygons, plan.grid, series.days, tags, transaction, job.min_area)
    threshold = comparisons.threshold if job.threshold is None else job.threshold
    key = scores_key(job, (*DESTINATIONS, "threshold", "min_area"), tags)
    with ScoreStore(unfinished, key, series.count, *plan.grid.shape) as store:
        yield from _score(comparisons, plan.window, store, plan.choice.model is not None)
        if comparisons.method.precision:
            series_map.tell({"PRECISION": comparisons.method.precision})
        yield from series_map.write(store, threshold)
        if series_map.valid_area == 0:
            raise InputError("No pixel of the area is valid at two dates. Check EXTENT, masks and nodata values.")
        transaction.publish()
    for interval, area in sorted(series_map.areas.items(), key=lambda item: item[0][::-1]):
        share = area / series_map.valid_area
        unit = "square metres" if plan.grid.crs else "px"
        yield Note(f"{series.name(*interval)}: {area:,.0f} {unit} changed, {share:.2%} of what is valid.")
    yield Result(
        {
            **{name.upper(): getattr(job, name) for name in DESTINATIONS if getattr(job, name)},
            "CHANGED_AREA": series_map.changed_area,
            "CHANGED_SHARE": series_map.changed_area / series_map.valid_area,
            "THRESHOLD_USED": threshold,
            "METHOD_USED": plan.choice.method,
        }
    )


def _score(
    comparisons: Comparisons, window: Window, store: ScoreStore, has_network: bool
) -> Generator[Event, None, None]:
    """Score the rows of a window that are not yet done."""
    top, _, height, width = window
    if store.rows:
        yield Note(f"Going on from {store.path}: {store.rows} of {height} rows have their scores.")
        yield from comparisons.method.go_on_in(store.precision)
    pixels = STRIP_PIXELS if has_network else PIXELS_WITHOUT_NETWORK
    rows = min(max(pixels // width // LEAST_ROWS, 1) * LEAST_ROWS, MOST_ROWS)
    # From the top of the window, whatever is done: strips are the same in every run.
    todo = [strip for strip in strips(window, rows) if strip[0] - top >= store.rows]
    steps = len(todo) * comparisons.series.count
    for number, strip in enumerate(todo):
        for item in chained(comparisons, strip):
            store.precision = comparisons.method.precision
            if isinstance(item, DateScores):
                store.write(item.date, strip[0] - top, 0, item.score)
                done = number * comparisons.series.count + item.date + 1
                yield Progress(done, steps, "date of a strip", "scores")
            elif not isinstance(item, Progress) or item.text != "scores":
                yield item
            else:
                # Heard as a wish to stop, and no other count is shown.
                yield Progress(number * comparisons.series.count, steps, "date of a strip", "scores")
        store.commit(strip[0] + strip[2] - top)
