"""METHOD features with a DETECTOR: the probability of change as a trained head gives it."""

from collections.abc import Generator, Sequence
from dataclasses import replace

import torch
from torch import Tensor

from ...events import Event, Note
from ..detector import load_detector
from ..model import load_model
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
        model = load_model(model_path, settings.device, settings.precision)
        self._detector = load_detector(detector_path, model)
        self._standardizations: Standardizations | None = None
        sigmas = self._detector.card.noise_levels
        # Both dates and all noise levels of a window go through the network together.
        super().__init__(model, settings, sigmas, images=2 * len(sigmas))

    def prepare(self, pair: Pair) -> Generator[Event, None, float]:
        """Measure brightness and contrast where the detector wants them alike; returns its own threshold."""
        yield from self.model.notes()
        place = f"{describe(self.model.device)} in {self.model.precision}"
        yield Note(f"A detector on windows of {self.model.card.tile_px} px on {place}.")
        yield from self.take_statistics(pair)
        return self._detector.card.threshold

    def take_statistics(self, pair: Pair) -> Generator[Event, None, None]:
        """Measure brightness and contrast where the detector wants them alike."""
        if self._detector.card.radiometry == "standard":
            self._standardizations = yield from measure_standardization(pair, self.model.card)
        pair.forget_sample()

    def look(self, pair: Pair, tiles: Sequence[PairTile], draw: int) -> Tensor:
        """Probabilities of change under one draw of noise: float32 [B, t, t]."""
        if self._standardizations is not None:
            first, second = self._standardizations
            tiles = [replace(tile, before=first.apply(tile.before), after=second.apply(tile.after)) for tile in tiles]
        before, after = normalized_dates(tiles, self.model.card.bands)
        noise = place_noise(pair, tiles, self.settings.seed, draw)
        return torch.softmax(self._detector(before, after, noise), dim=1)[:, 1]

    def compare(self, pair: Pair, tiles: Sequence[PairTile]) -> Pixels:
        """Probabilities of change: float32 [B, draws, t, t]."""
        draws = [self.look(pair, tiles, draw) for draw in range(self.settings.draws)]
        probabilities: Pixels = torch.stack(draws, dim=1).cpu().numpy()
        return probabilities
