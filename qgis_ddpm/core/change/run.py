"""Detecting changes between two dates: statistics, scores, then the map; each a pass over windows, with flat memory."""

import hashlib
import json
import os
from collections.abc import Generator
from contextlib import ExitStack
from typing import Any

from ...card import fingerprint, licence_text
from ...errors import InputError
from ...events import Cancelled, Event, Events, Note, Result
from ...jobs import DetectChanges
from ...metadata import version
from ..outputs.transaction import Publication, provenance_tags
from ..pairs.matching import match_brightness, match_detail
from ..pairs.pair import DatePair
from ..raster.types import Window
from .choose import Choice, choose_method
from .map import SCORE, SPREAD, ChangeMap
from .pixels import PixelChange
from .score_store import KeptScores
from .scores import ChangeMethod, Scores

DESTINATIONS = ("output", "probability", "uncertainty", "polygons")
# Draws for UNCERTAINTY where the job asks for one.
SPREAD_DRAWS = 4


def detect_changes(job: DetectChanges) -> Events:
    """Map the changes between two rasters; see the job for its fields. Raises JobError, InputError, OutputError.

    A run that is cancelled or killed leaves its scores in OUTPUT.part; the same job goes on from there.
    """
    with Publication() as publication:
        unfinished: list[str] = []
        try:
            yield from _detect(job, publication, unfinished)
        except Cancelled:
            yield Cancelled({"OUTPUT.part": unfinished[0]} if any(map(os.path.exists, unfinished)) else {})


def _detect(job: DetectChanges, publication: Publication, unfinished: list[str]) -> Events:
    """unfinished: gets the name of the file to go on from, once it belongs to this run."""
    choice = choose_method(job)
    yield from choice.notes
    if choice.model and choice.card and choice.card.licence:
        yield Note(licence_text(choice.model, choice.card))
    with ExitStack() as stack:
        pair = stack.enter_context(DatePair(job, len(choice.card.bands) if choice.card else None))
        yield from (Note(text) for text in pair.notes)
        window = pair.grid.window_of(job.extent) if job.extent else pair.window
        draws = job.draws
        if job.uncertainty and draws == 1:
            draws = SPREAD_DRAWS
            yield Note(f"UNCERTAINTY needs several draws of noise; {draws} are taken.")
        if job.align and not choice.detector:
            # A detector was trained on dates as they are.
            yield from match_detail(pair)
        if job.radiometry == "match":
            yield from match_brightness(pair)
        grid = pair.grid.subgrid(*window)
        method = _method(job, choice, draws)
        tags = _tags(job, choice, method.precision)
        unfinished.append(publication.unfinished(str(job.output)))
        change_map = ChangeMap(job, grid, tags, publication)
        begins = yield from method.prepare(pair)
        threshold = begins if job.threshold is None else job.threshold
        layers = 2 if job.uncertainty else 1
        kept = stack.enter_context(KeptScores(unfinished[0], _identity(job, tags), layers, *grid.shape))
        yield from _score(method, pair, window, kept)
        yield from change_map.write(kept, threshold)
        if change_map.valid_area == 0:
            raise InputError("No pixel of the area is valid in both dates. Choose another EXTENT, or check the masks.")
        publication.publish()
    yield Result(
        {
            **{name.upper(): getattr(job, name) for name in DESTINATIONS if getattr(job, name)},
            "CHANGED_AREA": change_map.changed_area,
            "CHANGED_SHARE": change_map.changed_area / change_map.valid_area,
            "THRESHOLD_USED": threshold,
            "METHOD_USED": method.name,
        }
    )


def _score(method: ChangeMethod, pair: DatePair, window: Window, kept: KeptScores) -> Generator[Event, None, None]:
    """Score the rows of a window that are not yet done."""
    top, left, height, width = window
    if kept.rows:
        yield Note(f"Going on from {kept.path}: {kept.rows} of {height} rows have their scores.")
    if kept.rows == height:
        return
    for item in method.scores(pair, (top + kept.rows, left, height - kept.rows, width)):
        if isinstance(item, Scores):
            kept.commit(item.row - top)
            kept.write(SCORE, item.row - top, item.col - left, item.score)
            if item.spread is not None:
                kept.write(SPREAD, item.row - top, item.col - left, item.spread)
        else:
            yield item
    kept.commit(height)


def _identity(job: DetectChanges, tags: dict[str, str]) -> str:
    """What decides the scores of a job: its fields, the state of its files, and the version of the code."""
    values: dict[str, Any] = job.values()
    inputs = [values[name] for name in ("before", "after", "mask_before", "mask_after") if values[name]]
    for name in (*DESTINATIONS, "threshold", "min_area"):
        del values[name]
    states = [(path, os.stat(path).st_size, os.stat(path).st_mtime_ns) for path in inputs]
    said = [values, states, tags, bool(job.uncertainty), version()]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _method(job: DetectChanges, choice: Choice, draws: int) -> ChangeMethod:
    if choice.method != "features":
        return PixelChange(choice.method, job.block_px, draws if job.uncertainty else 0, job.seed)
    # Torch is loaded only where a network is needed.
    if choice.detector:
        from .with_detector import DetectorChange

        return DetectorChange(job, str(choice.model), choice.detector, draws)
    from .features import FeatureChange

    return FeatureChange(job, str(choice.model), draws)


def _tags(job: DetectChanges, choice: Choice, precision: str | None) -> dict[str, str]:
    model: dict[str, object] = {}
    if choice.model is not None and choice.card is not None:
        overlap_px = choice.card.tile_px // 4 if job.overlap_px is None else job.overlap_px
        model = {
            "MODEL_FINGERPRINT": fingerprint(choice.model),
            "PRECISION": precision,
            "TILE_PX": choice.card.tile_px,
            "OVERLAP_PX": overlap_px,
            "DETECTOR_FINGERPRINT": fingerprint(choice.detector) if choice.detector else None,
        }
    return provenance_tags(job.ALGORITHM, job.seed, METHOD=choice.method, **model)
