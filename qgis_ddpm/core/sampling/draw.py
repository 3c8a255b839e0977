"""Samples of a model in memory: tiles from noise that seed and number alone decide."""

from collections.abc import Generator, Sequence
from functools import partial

import numpy as np
import torch
from torch import Tensor

from ..model import DiffusionModel
from ..model.batch import AdaptiveBatch
from ..raster.random import tile_random
from ..raster.scaling import UNIT_LIMIT, unit_limits
from ..raster.types import Pixels
from .guidance import Guidance
from .samplers import Denoise, Step, sample

# The draw of a tile's number that starts a sample; those of its steps follow. 0 and 1 are its place and noise.
_SAMPLE_DRAW = 2


def clamped_denoiser(model: DiffusionModel, batch: AdaptiveBatch, guidance: Guidance | None = None) -> Denoise:
    """The model's estimates, cut to what pixels can be: at high noise an error of the network is amplified.

    batch: how many windows the network sees at once. guidance: away from the weak model; None: the model alone.
    """
    estimate = model.denoise if guidance is None else partial(guidance.estimate, model)
    low, high = (torch.from_numpy(limit).to(model.device) for limit in unit_limits(model.card.bands, UNIT_LIMIT))

    def denoise(x: Tensor, sigma: Tensor, x0_prev: Tensor | None = None, condition: Tensor | None = None) -> Tensor:
        def part(rows: slice) -> Tensor:
            before, told = (None if each is None else each[rows] for each in (x0_prev, condition))
            return estimate(x[rows], sigma[rows], before, told).clamp_(low, high)

        return torch.cat(batch.parts(part, len(x)))

    return denoise


def draw_samples(
    denoise: Denoise,
    steps: Sequence[Step],
    shape: tuple[int, int, int, int],
    batch: int,
    seed: int,
    device: torch.device,
    condition: Tensor | None = None,
) -> Generator[Tensor, None, Pixels]:
    """Tiles float32 [n, C, t, t] of a shape; yields the estimates of a batch after each step.

    denoise: as in samplers.sample. steps: of any sampler; noise of its steps too belongs to seed and number.
    condition: planes [n, P, t, t] of what each tile is asked for, which `denoise` then takes too.
    """
    tiles = []
    for first in range(0, shape[0], batch):
        numbers = range(first, min(first + batch, shape[0]))

        def fresh(index: int, numbers: range = numbers) -> Tensor:
            randoms = (tile_random(seed, number, _SAMPLE_DRAW + 1 + index) for number in numbers)
            noise = np.stack([random.standard_normal(shape[1:], np.float32) for random in randoms])
            return torch.from_numpy(noise).to(device)

        x = fresh(-1) * steps[0].sigma
        told = denoise if condition is None else partial(denoise, condition=condition[numbers.start : numbers.stop])
        for _, x0, _ in sample(told, x, steps, fresh):
            last = x0
            yield x0
        tiles.append(last.cpu().numpy())
    return np.concatenate(tiles)
