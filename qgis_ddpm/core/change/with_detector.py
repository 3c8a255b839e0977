"""METHOD features with a DETECTOR: the probability of change as a trained head gives it."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

import torch

from ...events import Event, Note
from ...jobs import DetectChanges
from ..detector import load_detector
from ..model import load_model
from ..model.batch import Halving, batch_for
from ..model.device import describe
from ..pairs.pair import DatePair
from ..pairs.standardize import Levels, measure_levels
from ..pairs.windows import PairTile, lattice_of, noise_of, scaled
from ..raster.types import Pixels, Window
from .scores import Scores, averaged
from .window_scorer import Strip, compare_windows


class DetectorChange:
    """Probabilities of windows on the lattice, blended; `ChangeMethod` for a detector."""

    name = "features"

    def __init__(self, job: DetectChanges, model_path: str, detector_path: str, draws: int) -> None:
        self._job = job
        model = load_model(model_path, job.device, job.precision)
        self.precision = model.precision
        self._detector = load_detector(detector_path, model)
        self._card = model.card
        self._lattice = lattice_of(job, model.card)
        self._draws = draws
        self._levels: tuple[Levels, Levels] | None = None
        # Both dates and all noise levels of a window go through the network together.
        images = 2 * len(self._detector.card.noise_levels)
        self._halving = Halving(batch_for(model, job.batch_size, images), model.device)

    def prepare(self, pair: DatePair) -> Generator[Event, None, float]:
        """Measure brightness and contrast where the detector wants them alike; returns its own threshold."""
        model = self._detector.model
        yield from model.notes()
        place = f"{describe(model.device)} in {self.precision}"
        yield Note(f"A detector on windows of {self._card.tile_px} px on {place}.")
        if self._detector.card.radiometry == "standard":
            self._levels = yield from measure_levels(pair, self._card)
        return self._detector.card.threshold

    def scores(self, pair: DatePair, window: Window) -> Iterator[Event | Scores]:
        """Probabilities of a window in strips, each as soon as no further window of the lattice touches it."""
        found = compare_windows(
            pair,
            self._lattice,
            window,
            self._draws,
            self._halving,
            self._job.block_px,
            lambda tiles: self._compare(pair, tiles),
        )
        for item in found:
            if isinstance(item, Strip):
                yield averaged(item.row, item.col, item.values, item.valid, bool(self._job.uncertainty))
            else:
                yield item

    def _compare(self, pair: DatePair, tiles: Sequence[PairTile]) -> Pixels:
        """Probabilities of change: float32 [B, draws, t, t]."""
        if self._levels is not None:
            first, second = self._levels
            tiles = [replace(tile, before=first.apply(tile.before), after=second.apply(tile.after)) for tile in tiles]
        before, after = scaled(tiles, self._card.bands)
        draws = [
            torch.softmax(self._detector(before, after, noise_of(pair, tiles, self._job.seed, draw)), dim=1)[:, 1]
            for draw in range(self._draws)
        ]
        found: Pixels = torch.stack(draws, dim=1).cpu().numpy()
        return found
