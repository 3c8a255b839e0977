"""The models and detectors that can be named without a path, each with what its card says."""

import os
from dataclasses import dataclass
from typing import Dict, List, Tuple, Union

from ..card import DetectorCard, ModelCard, read_detector_card, read_model_card
from ..errors import ModelFileError
from ..model_folder import list_models
from ..said import said
from . import settings
from .translation import tr

Card = Union[ModelCard, DetectorCard]


@dataclass(frozen=True)
class ListedFile:
    """A file of a models folder: its name there, and its card."""

    name: str
    path: str
    card: Card


def listed(role: str) -> List[ListedFile]:
    """The files that serve a parameter of the role `model` or `detector`, by name; damaged ones are left out."""
    wanted = DetectorCard if role == "detector" else ModelCard
    found = []
    for path in list_models(settings.models_folder() or None):
        card = _card(path)
        if isinstance(card, wanted):
            found.append(ListedFile(os.path.basename(path), path, card))
    return found


def describe(card: Card) -> str:
    """What a user asks of a file before choosing it, in a sentence or two."""
    if isinstance(card, DetectorCard):
        parts = [tr("Detector with threshold {}.").format(f"{card.threshold:.3g}")]
    else:
        names = ", ".join(band.name for band in card.bands)
        parts = [tr("{} bands ({}), tiles of {} px.").format(len(card.bands), names, card.tile_px)]
        parts += [card.data.strip()] if card.data else []
    licence = str(getattr(card, "licence", "")).strip().rstrip(".")
    # Cards travel with files of others.
    return said(" ".join([*parts, tr("Licence: {}.").format(licence)] if licence else parts))


_cards: Dict[Tuple[str, float, int], Union[Card, None]] = {}


def _card(path: str) -> Union[Card, None]:
    """The card of a file, read once while the file is the same."""
    try:
        about = os.stat(path)
    except OSError:
        return None
    stamp = (path, about.st_mtime, about.st_size)
    if stamp not in _cards:
        _cards[stamp] = _read(path)
    return _cards[stamp]


def _read(path: str) -> Union[Card, None]:
    try:
        return read_model_card(path)
    except ModelFileError:
        pass
    try:
        return read_detector_card(path)
    except ModelFileError:
        return None
