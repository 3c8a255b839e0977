"""Which method of change detection a job means, and the model it reads features with."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...card import WITHOUT_NOISE, ModelCard, model_card_of, read_detector_card, read_model_card
from ...errors import ModelFileError
from ...events import Note
from ...jobs import DetectChanges
from ...model_folder import find_model, list_models, model_of_detector
from ..pairs.model_distance import pair_fit_notes
from ..pairs.pair import Pair
from .pixels import PixelChange
from .scores import ChangeMethod, ScoringSettings

_MEASURED = (
    "Without labels irmad measured better than features of diffusion models did (docs/change-detection-study.md)"
)


@dataclass(frozen=True)
class Choice:
    """The method, with the paths of its model and detector and the model's card where it has them, and what to say.

    ranges_matter: whether the model sees the dates' numbers as they are. adds_noise: whether it sees them under noise.
    """

    method: str
    model: str | None
    card: ModelCard | None
    notes: tuple[Note, ...]
    detector: str | None = None
    ranges_matter: bool = True
    adds_noise: bool = True

    @property
    def bands(self) -> int | None:
        """Bands that the model compares; None for any number."""
        return len(self.card.bands) if self.card else None

    def open(self, settings: ScoringSettings) -> ChangeMethod:
        """The method itself, with its networks loaded. Raises ModelFileError, DeviceError."""
        if self.model is None:
            return PixelChange(self.method, settings)
        # Torch is loaded only where a network is needed.
        if self.detector is not None:
            from .with_detector import DetectorChange

            return DetectorChange(settings, self.model, self.detector)
        from .features import FeatureChange

        return FeatureChange(settings, self.model)


def choose_method(job: DetectChanges, pair: Pair) -> Choice:
    """The method of a job; auto takes features of the detector or model that is named, else irmad.

    Raises ModelFileError where features are asked for and there is no model for the bands of the pair.
    """
    if job.method in ("irmad", "cva"):
        return Choice(job.method, None, None, ())
    if job.method == "auto" and not job.detector and not job.model:
        told = f"METHOD auto: irmad. {_MEASURED}; a DETECTOR is better than either."
        return Choice("irmad", None, None, (Note(told),))
    names, dtypes = pair.before.band_names, pair.before.dtypes
    if job.detector:
        detector = find_model(job.detector, "detector")
        path, note = model_of_detector(detector, job.model)
        because = [Note("METHOD auto: features as the detector weighs them.")] if job.method == "auto" else []
        card = model_card_of(path)
        _refuse_other_bands(path, card, pair)
        # Brought to the brightness of the model's tiles, any numbers lie in its range.
        of_detector = read_detector_card(detector)
        standard = of_detector.radiometry == "standard"
        noisy = of_detector.head.get("kind") not in WITHOUT_NOISE
        notes = (*because, note)
        return Choice("features", path, card, notes, detector, ranges_matter=not standard, adds_noise=noisy)
    if job.model:
        path = find_model(job.model)
        card = read_model_card(path)
        _refuse_other_bands(path, card, pair)
        told = f"METHOD auto: features, because a model is named. {_MEASURED}: compare both, or train a DETECTOR on it."
        because = [Note(told, "warning")] if job.method == "auto" else []
        return Choice("features", path, card, tuple(because))
    for path in list_models():
        try:
            card = read_model_card(path)
        except ModelFileError:
            continue
        if _fits(card, names, dtypes):
            text = f"METHOD features: {os.path.basename(path)}, whose bands fit."
            return Choice("features", path, card, (Note(text),))
    raise ModelFileError(
        f"No model in the models folder fits the {len(names)} bands of {job.before} ({', '.join(names)[:200]}). "
        "Name one with MODEL, train one, or choose METHOD irmad."
    )


def _fits(card: ModelCard, names: Sequence[str], dtypes: Sequence[str]) -> bool:
    return [(band.name, band.dtype) for band in card.bands] == list(zip(names, dtypes, strict=True))


def _refuse_other_bands(path: str, card: ModelCard, pair: Pair) -> None:
    """Raise ModelFileError where the bands are too few or too many for a model that the user names."""
    before = pair.before
    if before.count < len(card.bands) or (pair.bands_named[0] and before.count != len(card.bands)):
        raise ModelFileError(
            f"{path} works on {len(card.bands)} bands ({', '.join(band.name for band in card.bands)[:200]}), but "
            f"{before.path} gives {before.count}. Choose the bands with BANDS_BEFORE and BANDS_AFTER, or another model."
        )


def model_notes(choice: Choice, pair: Pair, offered: int) -> Iterator[Note]:
    """A warning where the pair is far from what the model of a choice was trained on.

    offered: bands of the pair before as many were taken as the model has.
    """
    if choice.model is None or choice.card is None:
        return
    yield from pair_fit_notes(pair, choice.model, choice.card, offered)
