"""Detecting changes between two dates: statistics, scores, then the map; each a pass over windows, with flat memory."""

import os
from collections.abc import Generator
from contextlib import ExitStack

from ..card import fingerprint, licence_text
from ..errors import InputError
from ..events import Event, Events, Note, Result
from ..jobs import DetectChanges
from .change_map import ChangeMap
from .change_scores import ChangeMethod, Scores
from .choose_method import Choice, choose_method
from .date_pair import DatePair
from .pair_sample import read_sample
from .pixel_change import PixelChange, irmad_fitting, sample_rounding
from .provenance import provenance_tags
from .publication import Publication
from .radiometry import match_bands
from .scratch import ScratchRaster

DESTINATIONS = ("output", "probability", "uncertainty", "polygons")
# Draws for UNCERTAINTY where the job asks for one.
SPREAD_DRAWS = 4


def detect_changes(job: DetectChanges) -> Events:
    """Map the changes between two rasters; see the job for its fields. Raises JobError, InputError, OutputError."""
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
        if job.radiometry == "match":
            yield from _match(pair)
        grid = pair.grid.subgrid(*window)
        publication = stack.enter_context(Publication())
        change_map = ChangeMap(job, grid, _tags(job, choice), publication)
        method = _method(job, choice, draws)
        begins = yield from method.prepare(pair)
        threshold = begins if job.threshold is None else job.threshold
        folder = os.path.dirname(os.path.abspath(str(job.output)))
        scores = stack.enter_context(ScratchRaster(folder, *grid.shape))
        spread = stack.enter_context(ScratchRaster(folder, *grid.shape)) if job.uncertainty else None
        for item in method.scores(pair, window):
            if isinstance(item, Scores):
                scores.write(item.row - window[0], item.col - window[1], item.score)
                if spread is not None and item.spread is not None:
                    spread.write(item.row - window[0], item.col - window[1], item.spread)
            else:
                yield item
        yield from change_map.write(scores, spread, threshold)
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


def _method(job: DetectChanges, choice: Choice, draws: int) -> ChangeMethod:
    if choice.method != "features":
        return PixelChange(choice.method, job.block_px, draws if job.uncertainty else 0, job.seed)
    # Torch is loaded only where a network is needed.
    if choice.detector:
        from .detector_change import DetectorChange

        return DetectorChange(job, str(choice.model), choice.detector, draws)
    from .feature_change import FeatureChange

    return FeatureChange(job, str(choice.model), draws)


def _match(pair: DatePair) -> Generator[Event, None, None]:
    """Fit the second date's brightness to the first on the pixels that IR-MAD calls unchanged."""
    sample = yield from read_sample(pair)
    fit = yield from irmad_fitting(sample, sample_rounding(pair, sample))
    gain, offset = match_bands(sample.before, sample.after, fit.no_change(sample.before, sample.after))
    pair.match(gain, offset)
    shown = "; ".join(f"{g:.4g} x {o:+.4g}" for g, o in zip(gain, offset, strict=True))
    yield Note(f"RADIOMETRY match: the second date's bands become {shown[:500]}.")


def _tags(job: DetectChanges, choice: Choice) -> dict[str, str]:
    model: dict[str, object] = {}
    if choice.model is not None and choice.card is not None:
        overlap_px = choice.card.tile_px // 4 if job.overlap_px is None else job.overlap_px
        model = {
            "MODEL_FINGERPRINT": fingerprint(choice.model),
            "TILE_PX": choice.card.tile_px,
            "OVERLAP_PX": overlap_px,
            "DETECTOR_FINGERPRINT": fingerprint(choice.detector) if choice.detector else None,
        }
    return provenance_tags(job.ALGORITHM, job.seed, METHOD=choice.method, **model)
