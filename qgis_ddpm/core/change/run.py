"""Detecting changes between two dates: statistics, scores, then the map; each a pass over windows, with flat memory."""

import hashlib
import json
import os
from collections.abc import Generator, Iterable
from contextlib import ExitStack
from typing import Any

from ...card import fingerprint, read_detector_card, window_px
from ...events import Cancelled, Event, Events, Note, Result
from ...job_files import input_states
from ...jobs import DetectChanges, DetectSeries, Job
from ...metadata import version
from ..outputs.transaction import OutputTransaction, provenance_tags
from ..raster.kept.score_store import ScoreStore
from ..raster.lattice import usual_lattice
from ..raster.vectors_out import check_vector
from .choose import Choice
from .elsewhere.strips import elsewhere
from .map import SCORE, SPREAD, THRESHOLD_TAG, ChangeMap, MapFiles
from .plan import ChangePlan, plan_detection
from .scores import Scorer, Scores

DESTINATIONS = ("output", "probability", "uncertainty", "polygons", "kinds", "zones")
# Fields that decide what is made of the scores, and not the scores.
AFTERWARDS = (*DESTINATIONS, "threshold", "min_area", "band_roles", "classes", "split", "statistics")


def plan(job: DetectChanges, stack: ExitStack) -> Generator[Event, None, ChangePlan]:
    """Open both dates and choose the method. Raises JobError, InputError, ModelFileError."""
    check_vector("POLYGONS", job.polygons)
    check_vector("ZONES", job.zones)
    return plan_detection(job, stack)


def run(plan: ChangePlan) -> Events:
    """Map the changes of a plan. Raises InputError, ModelFileError, DeviceError, OutputError.

    A run that is cancelled or killed leaves its scores in OUTPUT.part; the same job goes on from there.
    """
    # Some seconds in which dates without a common pixel are refused: no folder is made for them.
    yield from plan.adapt()
    with OutputTransaction() as transaction:
        unfinished = transaction.resumable_path(str(plan.job.output))
        try:
            yield from _detect(plan, transaction, unfinished)
        except Cancelled:
            yield Cancelled({"OUTPUT.part": unfinished} if os.path.exists(unfinished) else {})


def _detect(plan: ChangePlan, transaction: OutputTransaction, unfinished: str) -> Events:
    """unfinished: the name of the file to go on from."""
    job, grid = plan.job, plan.grid
    method = plan.choice.open(plan.settings)
    tags = map_tags(job, plan.choice, method.precision)
    score_name = "probability of change" if plan.choice.detector else "change score, not calibrated"
    files = MapFiles(str(job.output), job.probability, job.uncertainty, job.polygons, score_name, job.kinds, job.zones)
    change_map = ChangeMap(files, grid, tags, transaction, job.min_area, plan.ground)
    begins = yield from method.prepare(plan.pair)
    threshold = begins if job.threshold is None else job.threshold
    scorer = elsewhere(plan, method) if job.scheduler else method
    with ScoreStore(unfinished, _cache_key(job, tags), 2 if plan.settings.spread else 1, *grid.shape) as store:
        yield from _score(scorer, plan, store)
        if scorer.precision:
            change_map.tell({"PRECISION": scorer.precision})
        # For whoever thresholds the scores anew.
        change_map.tell({THRESHOLD_TAG: repr(float(threshold))})
        yield from change_map.write(store, threshold)
        if change_map.valid_area == 0:
            raise plan.pair.without_pixels(plan.window)
        transaction.publish()
    yield Result(
        {
            **{name.upper(): getattr(job, name) for name in DESTINATIONS if getattr(job, name)},
            "CHANGED_AREA": change_map.changed_area,
            "CHANGED_SHARE": change_map.changed_area / change_map.valid_area,
            "THRESHOLD_USED": threshold,
            "METHOD_USED": method.name,
        }
    )


def _score(scorer: Scorer, plan: ChangePlan, store: ScoreStore) -> Generator[Event, None, None]:
    """Score the rows of the plan's window that are not yet done."""
    top, left, height, width = plan.window
    if store.rows:
        yield Note(f"Going on from {store.path}: {store.rows} of {height} rows have their scores.")
        yield from scorer.go_on_in(store.precision)
    if store.rows == height:
        return
    for item in scorer.scores(plan.pair, (top + store.rows, left, height - store.rows, width)):
        store.precision = scorer.precision
        if isinstance(item, Scores):
            store.commit(item.row - top)
            store.write(SCORE, item.row - top, item.col - left, item.score)
            if item.spread is not None:
                store.write(SPREAD, item.row - top, item.col - left, item.spread)
        else:
            yield item
    store.commit(height)


def _cache_key(job: DetectChanges, tags: dict[str, str]) -> str:
    return scores_key(job, (*DESTINATIONS, "threshold", "min_area", "scheduler"), tags, bool(job.uncertainty))


def scores_key(job: Job, undecisive: Iterable[str], *more: object) -> str:
    """What decides the scores of a job: its fields but for some, the state of its files, and the code's version."""
    values: dict[str, Any] = job.values()
    for name in undecisive:
        del values[name]
    states = sorted((path, *state) for path, state in input_states(job).items())
    return hashlib.sha256(json.dumps([values, states, *more, version()], sort_keys=True).encode()).hexdigest()


def map_tags(job: DetectChanges | DetectSeries, choice: Choice, precision: str | None) -> dict[str, str]:
    """Tags of a map of changes: the method, with what decides on its model's view."""
    model: dict[str, object] = {}
    if choice.model is not None and choice.card is not None:
        seen_by = read_detector_card(choice.detector) if choice.detector else None
        lattice = usual_lattice(window_px(seen_by, choice.card) if seen_by else choice.card.tile_px, job.overlap_px)
        model = {
            "MODEL_FINGERPRINT": fingerprint(choice.model),
            "PRECISION": precision,
            "TILE_PX": lattice.tile_px,
            "OVERLAP_PX": lattice.overlap_px,
            "DETECTOR_FINGERPRINT": fingerprint(choice.detector) if choice.detector else None,
        }
    return provenance_tags(job.ALGORITHM, job.seed, METHOD=choice.method, **model)
