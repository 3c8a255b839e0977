"""METHOD features with a DETECTOR: the probability of change as a trained head gives it."""

from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from ...events import Event, Note
from ..detector import load_detector
from ..detector.own_model import load_model_of
from ..model.device import describe
from ..pairs.pair import Pair
from ..pairs.standardize import Standardizations, measure_standardization
from ..pairs.windows import PairTile, normalized_dates, place_noise
from ..raster.types import Pixels
from .scores import ScoringSettings
from .window_scorer import WindowScorer


class DetectorChange(WindowScorer):
    """Probabilities of windows on the lattice, blended; `ChangeMethod` for a detector."""

    def __init__(self, settings: ScoringSettings, model_path: str, detector_path: str) -> None:
        model = load_model_of(detector_path, model_path, settings.device, settings.precision)
        self._detector = load_detector(detector_path, model)
        if not self._detector.head.adds_noise:
            # Draws of noise would be alike; members that disagree say how sure a probability is.
            settings = replace(settings, draws=self._detector.votes if settings.spread else 1)
        self._standardizations: Standardizations | None = None
        sigmas = self._detector.card.noise_levels
        # Both dates and all noise levels of a window go through the network together.
        window_px = self._detector.window_px
        tiles = max((window_px // model.card.tile_px) ** 2, 1)
        super().__init__(model, settings, sigmas, 2 * len(sigmas) * tiles, window_px)

    @property
    def looks(self) -> int:
        """How often the network sees a window at each noise level: its members look at it together."""
        return self.settings.draws if self._detector.head.adds_noise else 1

    def prepare(self, pair: Pair) -> Generator[Event, None, float]:
        """Measure brightness and contrast where the detector wants them alike; returns its own threshold."""
        yield from self.model.notes()
        place = f"{describe(self.model.device)} in {self.model.precision}"
        yield Note(f"A detector on windows of {self.lattice.tile_px} px on {place}.")
        yield from self.take_statistics(pair)
        return self._detector.card.threshold

    def take_statistics(self, pair: Pair) -> Generator[Event, None, None]:
        """Measure brightness and contrast where the detector wants them alike."""
        if self._detector.card.radiometry == "standard":
            self._standardizations = yield from measure_standardization(pair, self.model.card)
        pair.forget_sample()

    def fitted(self) -> object:
        """What `prepare` found."""
        return self._standardizations

    def take_fitted(self, fitted: Any) -> None:
        """Take what `prepare` found elsewhere."""
        self._standardizations = fitted

    def look(self, pair: Pair, tiles: Sequence[PairTile], draw: int) -> Tensor:
        """Probabilities of change under one draw of noise: float32 [B, t, t]."""
        before, after = self._seen(tiles)
        noise = place_noise(pair, tiles, self.settings.seed, draw) if self._detector.head.adds_noise else before
        return torch.softmax(self._detector(before, after, noise), dim=1)[:, 1]

    def compare(self, pair: Pair, tiles: Sequence[PairTile]) -> Pixels:
        """Probabilities of change: float32 [B, draws, t, t]."""
        if self._detector.head.adds_noise or self.settings.draws == 1:
            draws = torch.stack([self.look(pair, tiles, draw) for draw in range(self.settings.draws)], dim=1)
        else:
            draws = self._detector.votes_on(*self._seen(tiles))
        probabilities: Pixels = draws.cpu().numpy()
        return probabilities

    def _seen(self, tiles: Sequence[PairTile]) -> tuple[Tensor, Tensor]:
        """Both dates as the detector wants them, float32 [B, C, t, t] each."""
        if self._standardizations is not None:
            first, second = self._standardizations
            tiles = [replace(tile, before=first.apply(tile.before), after=second.apply(tile.after)) for tile in tiles]
        return normalized_dates(tiles, self.model.card.bands)
