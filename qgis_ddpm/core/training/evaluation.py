"""What a training shows of itself on the way: the loss on tiles kept apart, by noise level, and sample tiles."""

from collections.abc import Generator, Iterator, Sequence
from copy import deepcopy
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from ...card import ModelCard
from ...events import Note
from ..model import DiffusionModel
from ..model.batch import AdaptiveBatch
from ..model.losses import tile_losses
from ..model.schedules import Schedule, describe_schedule, draw_sigmas
from ..outputs.pictures import TilePainter
from ..progress import mapped
from ..raster.types import Pixels
from ..sampling.draw import clamped_denoiser, draw_samples
from ..sampling.guidance import guidance_of, plan_guided
from ..sampling.samplers import usual_sampling
from .snapshots import WeakSnapshot
from .tiles import VALIDATION_START
from .trainer import Trainer

VALIDATION_TILES = 32
NOISE_LEVELS = 6
SAMPLE_TILES = 16
SAMPLE_CALLS = 12
# Of the picture of what the network sees.
SEEN_TILES = 8
# Network passes of single tiles for both.
EVALUATION_PASSES = VALIDATION_TILES * NOISE_LEVELS + SAMPLE_TILES * SAMPLE_CALLS


class Evaluation:
    """A second network that takes the averaged weights, and the fixed tiles and noise it is judged by."""

    def __init__(self, trainer: Trainer, card: ModelCard) -> None:
        self.trainer = trainer
        network = deepcopy(trainer.network)
        # Networks that are not made for it are judged in float32, as they are used.
        numbers = trainer.precision if network.is_made_for_bfloat16 else "float32"
        self.model = DiffusionModel(network, card, trainer.device, precision=numbers)
        # The same levels, whatever the training draws: the middles of equal shares of edm's.
        edm = describe_schedule(Schedule("edm"), card.tile_px, card.sigma_data)
        self.sigmas: list[float] = draw_sigmas(edm, (np.arange(NOISE_LEVELS) + 0.5) / NOISE_LEVELS).tolist()
        names = [band.name for band in trainer.tiles.scalings]
        self._strip: list[Pixels] = []
        self._fall_told = False
        tiles = trainer.tiles
        # Samples are asked for what is known of tiles kept apart, where there are such.
        apart = tiles.condition is not None and tiles.has_validation
        self.shown = (tiles.validation_batch if apart else tiles.batch)(0, SAMPLE_TILES)
        self._painter = TilePainter(names, self.shown.pixels)

    def guide_with(self, weak: WeakSnapshot) -> None:
        """Guide the samples by a weak model, as those of the finished model will be."""
        model = self.model
        guide = DiffusionModel(deepcopy(model.network), model.card, model.device, precision=model.precision)
        guide.take_weights(weak.weights)
        model.guide_by(guide)
        model.card = replace(model.card, guidance=weak.guidance)

    def take_average(self) -> None:
        """Bring the model's weights to the training's average."""
        self.model.take_weights(self.trainer.average.weights)

    def agree(self) -> Iterator[Note]:
        """Leave bfloat16 where the training did, and the other way round; tells it once."""
        trainer = self.trainer
        if self.model.problem and trainer.precision == "bfloat16":
            trainer.fall_back(self.model.problem)
        if trainer.precision == "float32":
            self.model.take_float32()
        if trainer.fall is not None and not self._fall_told:
            self._fall_told = True
            yield Note(str(trainer.fall), "warning")

    def losses(self) -> Generator[None, None, list[float]]:
        """The loss of the estimates of x0 on the validation tiles at each of `sigmas`; yields between network calls.

        Squared errors in units of what edm's network answers, (1 / sigma^2 + 1 / sigma_data^2) |x0 - estimate|^2
        (Karras et al. 2022, equation 8), so that trainings of all predictions, losses and schedules compare. A tuning
        for few calls is judged by what it learns: how far its answers differ along the way.
        """
        trainer, model = self.trainer, self.model
        trainer.wait()
        sums = [0.0] * len(self.sigmas)
        for first in range(0, VALIDATION_TILES, trainer.compute.micro_batch):
            count = min(trainer.compute.micro_batch, VALIDATION_TILES - first)
            draw = trainer.draw(trainer.tiles.validation_batch(first, count), VALIDATION_START + first)
            x0 = draw.x0.to(model.device)
            valid = None if draw.valid is None else draw.valid.to(model.device)
            told = draw.condition
            for level, sigma in enumerate(self.sigmas):
                x = x0 + sigma * draw.noise.to(model.device)
                sums[level] += float(self._losses_at(sigma, x0, x, valid, told).sum())
                yield
        return [total / VALIDATION_TILES for total in sums]

    def _losses_at(self, sigma: float, x0: Tensor, x: Tensor, valid: Tensor | None, told: Tensor | None) -> Tensor:
        model, learns = self.model, self.trainer.recipe.consistency
        levels = torch.full((len(x),), sigma, device=model.device)
        if learns is not None:
            with torch.no_grad():
                return learns.losses(model.network, model.preconditioning, x, levels, valid, told)
        weight = sigma**-2 + model.card.sigma_data**-2
        return weight * tile_losses("l2", model.denoise(x, levels, None, told), x0, valid)

    def samples(self) -> Generator[None, None, Pixels]:
        """Tiles from fixed noise, float32 [n, C, t, t]; yields between network calls."""
        model, tiles, batch = self.model, self.trainer.tiles, self.trainer.compute.micro_batch
        shape = (SAMPLE_TILES, tiles.channels, tiles.tile_px, tiles.tile_px)
        sampler, calls = usual_sampling(model.card)
        calls = min(calls, SAMPLE_CALLS)
        guidance = None if model.guide is None else guidance_of(model.card, None, calls)
        steps = plan_guided(sampler, model.card.schedule, calls, guidance)
        denoise = clamped_denoiser(model, AdaptiveBatch(batch, model.device), guidance)
        told = None if self.shown.condition is None else torch.from_numpy(self.shown.condition)
        drawing = draw_samples(denoise, steps, shape, batch, tiles.split_seed, model.device, told)
        self._strip = []
        return (yield from mapped(drawing, self._keep_for_strip))

    def _keep_for_strip(self, estimates: Tensor) -> None:
        if len(self._strip) < SAMPLE_CALLS:
            self._strip.append(estimates[0].cpu().numpy())

    def strip(self) -> bytes:
        """The estimates of the first of the last samples from call to call, as PNG."""
        return self._painter.row(np.stack(self._strip))

    def seen(self) -> bytes:
        """The first training tiles as the network sees them, as PNG."""
        self.trainer.wait()
        return self._painter.row(self.trainer.tiles.batch(0, SEEN_TILES).pixels)

    def sheet(self, pixels: Pixels) -> bytes:
        """Tiles [n, C, t, t] side by side as PNG, in the colours of the training tiles."""
        return self._painter.sheet(pixels)


def mean(losses: Sequence[float]) -> float:
    """The validation loss: its mean over the noise levels."""
    return float(np.mean(losses))
