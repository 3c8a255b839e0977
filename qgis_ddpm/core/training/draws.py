"""What is random about tiles beside their places: noise and noise levels, functions of seed and number."""

from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..model.schedules import draw_sigmas
from ..raster.random import tile_random
from .recipe import Recipe

# The fractional part of the golden ratio, in units of 2^-64.
_GOLDEN = 11400714819323198485
_WORD = 1 << 64
# The draw of a tile that is its noise; draw 0 is its place.
_NOISE_DRAW = 1


@dataclass(frozen=True)
class Draw:
    """A batch ready for the network: x0 and noise float32 [B, C, t, t], sigma float64 [B], valid or None.

    condition: planes float32 [B, P, t, t] of what the network is told; None where it is told nothing.
    """

    x0: Tensor
    noise: Tensor
    sigma: Tensor
    valid: Tensor | None
    condition: Tensor | None = None

    def at(self, sigma: float) -> "Draw":
        """The same tiles and noise at one noise level."""
        return replace(self, sigma=torch.full_like(self.sigma, sigma))

    def part(self, start: int, stop: int) -> "Draw":
        """Some of its tiles."""
        valid = None if self.valid is None else self.valid[start:stop]
        condition = None if self.condition is None else self.condition[start:stop]
        return Draw(self.x0[start:stop], self.noise[start:stop], self.sigma[start:stop], valid, condition)


def draw_noise(recipe: Recipe, shape: tuple[int, ...], first: int) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Noise float32 like tiles [B, C, t, t] of numbers from `first` on, and their noise levels float64 [B].

    The levels are the schedule's quantiles of a low-discrepancy sequence, so that any few tiles in a row cover all
    levels: sums over a batch vary less (compare Kingma et al. 2021, arXiv 2107.00630, appendix I.1).
    """
    noise = np.empty(shape, dtype=np.float32)
    for i in range(shape[0]):
        random = tile_random(recipe.seed, first + i, _NOISE_DRAW)
        random.standard_normal(out=noise[i], dtype=np.float32)
        if recipe.offset_noise:
            noise[i] += recipe.offset_noise * random.standard_normal((shape[1], 1, 1), dtype=np.float32)
    start = stream(recipe.seed, -1)
    u = [((start + (first + i) * _GOLDEN) % _WORD + 0.5) / _WORD for i in range(shape[0])]
    return noise, draw_sigmas(recipe.schedule, np.clip(u, 1e-9, 1 - 1e-9))


def stream(seed: int, number: int) -> int:
    """A 63-bit seed for a generator, as different as seed and number are."""
    return int.from_bytes(blake2b(f"{seed} {number}".encode(), digest_size=8).digest(), "little") >> 1
