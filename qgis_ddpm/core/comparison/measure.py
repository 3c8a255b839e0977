"""What is measured of each training of a comparison: its losses, its samples, and whether these are copies."""

from collections.abc import Callable, Generator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from time import monotonic
from typing import Any

import numpy as np
import torch

from ...card import BandScaling
from ...events import Event
from ..model import DiffusionModel, load_model
from ..model.batch import AdaptiveBatch, batch_for
from ..model.losses import tile_losses
from ..progress import scaled, shares, with_progress
from ..quality.memorisation import copied, find_nearest, memorisation
from ..quality.scores import measure
from ..raster.scaling import from_unit, to_unit
from ..raster.types import Pixels
from ..sampling.draw import clamped_denoiser, draw_samples
from ..sampling.guidance import guidance_of, plan_guided
from ..sampling.samplers import usual_sampling
from ..training.setup import training_bytes
from ..training.tiles import TrainingTiles
from .outcome import Outcome
from .scenes import training_scenes
from .yardstick import Yardstick, make_yardstick

SAMPLE_CALLS = 20
ROW_TILES = 8
# Sampled tiles, and unseen real ones, whose nearest training tile is searched.
SEARCHED_TILES = 32
# Fewer unseen tiles say nothing of what is near by chance.
LEAST_UNSEEN = 8
LOSS_BATCH = 16
# Repeats are sampled from noise of their own.
NOISE_STRIDE = 10_007

OpenTiles = Callable[[], Generator[Event, None, TrainingTiles]]


@dataclass(frozen=True)
class Look:
    """Pictures as PNG: a row of samples, and the nearest training tile of each."""

    samples: bytes
    nearest: bytes


class Evaluator:
    """Measures all trainings by the same features, real tiles and noise; one yardstick for each tile size.

    opening: what opens the tiles of the job for a tile size, without what settings vary. seed: of the split. Close it,
    for its files.
    """

    def __init__(self, opening: Callable[[int], OpenTiles], samples: int, seed: int, device: torch.device) -> None:
        self._opening, self._samples, self._seed, self._device = opening, samples, seed, device
        self._yardsticks: dict[int, Yardstick] = {}
        self._stack = ExitStack()

    def close(self) -> None:
        """Close the files of the yardsticks."""
        self._stack.close()

    def real_row(self) -> bytes | None:
        """Real tiles that were kept apart, as PNG; None before a yardstick was made."""
        if not self._yardsticks:
            return None
        first = self._yardsticks[min(self._yardsticks)]
        return first.painter.row(first.kept[:ROW_TILES])

    def yardstick(self, tile_px: int) -> Generator[float, None, Yardstick]:
        """What models of a tile size are held against."""
        if tile_px not in self._yardsticks:
            self._yardsticks[tile_px] = yield from make_yardstick(
                self._opening(tile_px), self._samples, self._seed, self._device, self._stack
            )
        return self._yardsticks[tile_px]

    def losses(self, path: str, precision: str) -> Generator[float, None, tuple[float, float]]:
        """The loss of a model on training tiles and on tiles kept apart, in edm's units on the yardstick's scale."""
        model = load_model(path, self._device, precision)
        yardstick = yield from self.yardstick(model.card.tile_px)
        found = []
        for tiles in (yardstick.trained, yardstick.apart):
            found.append((yield from _loss(model, yardstick, tiles, self._device)))
        return found[0], found[1]

    def row(self, path: str, precision: str, setting: dict[str, Any]) -> Generator[float, None, bytes]:
        """A few samples of a model from the noise that all settings start from, as PNG."""
        model = load_model(path, self._device, precision)
        yardstick = yield from self.yardstick(model.card.tile_px)
        samples, _ = yield from self._sampled(model, yardstick, setting, ROW_TILES, 0)
        return yardstick.painter.row(samples)

    def evaluate(
        self, path: str, precision: str, batch_size: int, fewer: OpenTiles | None, outcome: Outcome
    ) -> Generator[float, None, Look]:
        """Fill in the figures of an outcome from samples of its model; yields the share of the work that is done.

        batch_size: of the training. fewer: opens the tiles of a training on fewer images than the yardstick's.
        """
        model = load_model(path, self._device, precision)
        yardstick = yield from scaled(self.yardstick(model.card.tile_px), 0.0, 0.3)
        drawing = self._sampled(model, yardstick, outcome.setting, self._samples, outcome.repeat)
        samples, seconds = yield from scaled(drawing, 0.3, 0.7)
        statistics = yield from with_progress(measure(samples, yardstick.features, yardstick.structure), lambda _: 0.7)
        outcome.figures |= yardstick.figures(statistics, self._seed)
        outcome.floors, outcome.noise = yardstick.floors, yardstick.noise
        nearest = yield from self._copies(samples, yardstick, fewer, outcome)
        outcome.figures["seconds_per_tile"] = seconds / len(samples)
        outcome.parameters = sum(parameter.numel() for parameter in model.network.parameters())
        fixed, each = training_bytes(model.network, len(model.card.bands), model.card.tile_px)
        outcome.figures["memory_mb"] = (fixed + batch_size * each) / 2**20
        painter = yardstick.painter
        return Look(painter.row(samples[:ROW_TILES]), painter.row(nearest[:ROW_TILES]))

    def _sampled(
        self, model: DiffusionModel, yardstick: Yardstick, setting: dict[str, Any], count: int, repeat: int
    ) -> Generator[float, None, tuple[Pixels, float]]:
        """Samples in the numbers of the yardstick, and the seconds they took; equal noise for equal repeats."""
        card = model.card
        usual, calls = usual_sampling(card)
        calls = int(setting.get("steps") or min(calls, SAMPLE_CALLS))
        guidance = guidance_of(card, setting.get("guidance"), calls)
        steps = plan_guided(str(setting.get("sampler") or usual), card.schedule, calls, guidance)
        batch, shape = batch_for(model), (count, len(card.bands), card.tile_px, card.tile_px)
        denoise = clamped_denoiser(model, AdaptiveBatch(batch, model.device, model=model), guidance)
        seed = yardstick.tiles.split_seed + repeat * NOISE_STRIDE
        started = monotonic()
        drawing = draw_samples(denoise, steps, shape, batch, seed, model.device)
        samples = yield from shares(drawing, len(steps) * -(-count // batch))
        return _rescaled(samples, card.bands, yardstick.scalings), monotonic() - started

    def _copies(
        self, samples: Pixels, yardstick: Yardstick, fewer: OpenTiles | None, outcome: Outcome
    ) -> Generator[float, None, Pixels]:
        """How many samples are copies of what was trained on; the nearest training tile of each."""
        tiles = yardstick.tiles
        with ExitStack() as stack:
            if fewer is not None:
                # They are what this training may have copied.
                tiles = yield from with_progress(fewer(), lambda _: 0.75)
                stack.enter_context(closing(tiles))
            count, unseen = min(len(samples), SEARCHED_TILES), min(len(yardstick.kept), SEARCHED_TILES)
            both = np.concatenate([samples[:count], yardstick.kept[:unseen]])
            own = np.asarray(from_unit(both, yardstick.scalings, "float32"))
            half = [(band.high - band.low) / 2 for band in yardstick.scalings]
            scale = yardstick.features.deviation * np.array(half, dtype=np.float32)[:, None, None]
            searching = find_nearest(own, training_scenes(tiles, tiles.split_seed), scale, tiles.augment)
            found = yield from with_progress(searching, lambda _: 0.9)
        of_samples, of_real = found.ratios[:count], found.ratios[count:]
        outcome.figures["copies"] = copied(of_samples)
        if tiles.has_validation and unseen >= LEAST_UNSEEN:
            outcome.figures["memorisation"] = memorisation(of_samples, of_real)
            outcome.floors = {**outcome.floors, "copies": copied(of_real)}
        return to_unit(found.nearest[:count], yardstick.scalings)


def _loss(
    model: DiffusionModel, yardstick: Yardstick, tiles: Pixels, device: torch.device
) -> Generator[float, None, float]:
    """Squared errors of the estimates of x0 at each noise level, weighed as edm does (Karras et al. 2022, eq. 8)."""
    own = _rescaled(tiles, yardstick.scalings, model.card.bands)
    noise = np.random.default_rng(yardstick.tiles.split_seed).standard_normal(own.shape, dtype=np.float32)
    total = 0.0
    for first in range(0, len(own), LOSS_BATCH):
        x0, drawn = (torch.from_numpy(part[first : first + LOSS_BATCH]).to(device) for part in (own, noise))
        for sigma in yardstick.sigmas:
            weight = sigma**-2 + yardstick.sigma_data**-2
            estimate = model.denoise(x0 + sigma * drawn, torch.full((len(x0),), sigma, device=device))
            total += weight * float(tile_losses("l2", estimate, x0, None).sum())
            yield first / len(own)
    return total / (len(own) * len(yardstick.sigmas))


def _rescaled(tiles: Pixels, now: tuple[BandScaling, ...], wanted: tuple[BandScaling, ...]) -> Pixels:
    """Tiles in other numbers: settings may differ in what their models call -1 and 1."""
    return to_unit(np.asarray(from_unit(tiles, now, "float32")), wanted)
