"""Which method of change detection a job means, and the model it reads features with."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

from ...card import ModelCard, read_model_card
from ...environment import find_model, list_models
from ...errors import ModelFileError
from ...events import Note
from ...jobs import DetectChanges
from ...jobs.texts import whole_numbers
from ..raster.source import RasterSource
from .detector_model import model_of_detector


@dataclass(frozen=True)
class Choice:
    """The method, with the paths of its model and detector and the model's card where it has them, and what to say."""

    method: str
    model: str | None
    card: ModelCard | None
    notes: tuple[Note, ...]
    detector: str | None = None


def choose_method(job: DetectChanges) -> Choice:
    """The method of a job; auto takes features where a detector or a model is named or a model fits, else irmad.

    Raises ModelFileError where features are asked for and there is no model for these bands.
    """
    if job.method in ("irmad", "cva"):
        return Choice(job.method, None, None, ())
    names, dtypes = _bands(job)
    if job.detector:
        detector = find_model(job.detector, "detector")
        path, note = model_of_detector(detector, job.model)
        card = read_model_card(path)
        notes = (note, *_fit_notes(job.replace(method="features"), path, card, names, dtypes))
        return Choice("features", path, card, notes, detector)
    if job.model:
        path = find_model(job.model)
        card = read_model_card(path)
        return Choice("features", path, card, _fit_notes(job, path, card, names, dtypes))
    for path in list_models():
        try:
            card = read_model_card(path)
        except ModelFileError:
            continue
        if _fits(card, names, dtypes):
            text = f"METHOD {job.method}: features of {os.path.basename(path)}, whose bands fit."
            return Choice("features", path, card, (Note(text),))
    if job.method == "features":
        raise ModelFileError(
            f"No model in the models folder fits the {len(names)} bands of {job.before} ({', '.join(names)[:200]}). "
            "Name one with MODEL, train one, or choose METHOD irmad."
        )
    return Choice(
        "irmad", None, None, (Note("METHOD auto: irmad, because no model in the models folder fits the bands."),)
    )


def _bands(job: DetectChanges) -> tuple[tuple[str, ...], tuple[str, ...]]:
    path = str(job.before)
    bands = whole_numbers("BANDS_BEFORE", job.bands_before) or None
    with RasterSource(path, bands, override=job.override(path)) as source:
        return source.band_names, source.dtypes


def _fits(card: ModelCard, names: Sequence[str], dtypes: Sequence[str]) -> bool:
    return [(band.name, band.dtype) for band in card.bands] == list(zip(names, dtypes, strict=True))


def _fit_notes(
    job: DetectChanges, path: str, card: ModelCard, names: Sequence[str], dtypes: Sequence[str]
) -> tuple[Note, ...]:
    """What to say of a model that the job names. Raises ModelFileError where the bands are too few or too many."""
    wanted = len(card.bands)
    if len(names) < wanted or (job.bands_before and len(names) != wanted):
        raise ModelFileError(
            f"{path} works on {wanted} bands ({', '.join(band.name for band in card.bands)[:200]}), but {job.before} "
            f"gives {len(names)}. Choose the bands with BANDS_BEFORE and BANDS_AFTER, or another model."
        )
    notes = [Note("METHOD auto: features, because a model is named.")] if job.method == "auto" else []
    differing = sorted({dtype for band, dtype in zip(card.bands, dtypes, strict=False) if band.dtype != dtype})
    if differing:
        text = (
            f"{path} was trained on {card.bands[0].dtype} and the raster is {', '.join(differing)}: unless both count "
            "in the same units, its features mean little."
        )
        notes.append(Note(text, "warning"))
    return tuple(notes)
