"""Samples of a model in memory: tiles from noise that seed and number alone decide."""

from collections.abc import Callable, Generator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..raster.random import tile_random
from .samplers import Step, sample

Denoise = Callable[[Tensor, Tensor, Tensor | None], Tensor]

# The draw of a tile's number that starts a sample; those of its steps follow. 0 and 1 are its place and noise.
_SAMPLE_DRAW = 2


def draw_samples(
    denoise: Denoise,
    steps: Sequence[Step],
    shape: tuple[int, int, int, int],
    batch: int,
    seed: int,
    device: torch.device,
) -> Generator[Tensor, None, NDArray[np.float32]]:
    """Tiles float32 [n, C, t, t] of a shape; yields the estimates of a batch after each step.

    denoise: as in samplers.sample. steps: of any sampler; noise of its steps too belongs to seed and number.
    """
    found = []
    for first in range(0, shape[0], batch):
        numbers = range(first, min(first + batch, shape[0]))

        def fresh(index: int, numbers: range = numbers) -> Tensor:
            randoms = (tile_random(seed, number, _SAMPLE_DRAW + 1 + index) for number in numbers)
            drawn = np.stack([each.standard_normal(shape[1:], np.float32) for each in randoms])
            return torch.from_numpy(drawn).to(device)

        x = fresh(-1) * steps[0].sigma
        for _, x0, _ in sample(denoise, x, steps, fresh):
            last = x0
            yield x0
        found.append(last.cpu().numpy())
    return np.concatenate(found)
