"""What is compared: patches around pixels, and the coarser surroundings, as a few numbers each."""

from dataclasses import dataclass
from math import ceil

import numpy as np
import torch
import torch.nn.functional as functional
from torch import Tensor

from .bank import Scale

# Sides of patches by level, finest first; their weights fall with this share of the side.
PATCH_PX = (7, 9, 9, 11, 11)
SPREAD = 1 / 3.5
# Surroundings are 7 x 7 pixels of the coarser scale brought to this one, every second pixel.
AROUND_PX, AROUND_STEP = 7, 2
PATCH_NUMBERS, AROUND_NUMBERS = 32, 16
SAMPLED_PATCHES = 5000
# Rows of the mosaic that are filtered at once, in pixels.
STRIP_PX = 1 << 17


@dataclass(frozen=True)
class Filters:
    """Filters [D, K, p, p] whose outputs are a patch's principal components; pixels are `step` apart."""

    weights: Tensor
    step: int

    @property
    def reach(self) -> int:
        """Pixels that are seen on each side."""
        return int(self.weights.shape[2]) // 2 * self.step

    def __call__(self, field: Tensor, stride: int = 1) -> Tensor:
        """Numbers of patches [D, h, w] of a field [K, H, W] that reaches that far beyond them."""
        return functional.conv2d(field[None], self.weights, stride=stride, dilation=self.step)[0]


@dataclass(frozen=True)
class Descriptors:
    """What is known of each place of a scale.

    patches: [H * W, D]; around: likewise of the coarser scale, None at the coarsest. variance, around_variance: their
    total variances over the keys.
    """

    patch_filters: Filters
    patches: Tensor
    variance: float
    around_filters: Filters | None
    around: Tensor | None
    around_variance: float


def describe(scale: Scale, coarser: Scale | None, seed: int) -> Descriptors:
    """Patches and surroundings of all places of a scale."""
    random = np.random.default_rng((seed, scale.level))
    filters = _principal(scale.field, scale.keys, PATCH_PX[scale.level], 1, PATCH_NUMBERS, random)
    patches = _filtered(scale.field, filters)
    variance = max(_variance(patches, scale.keys), 1e-12)
    if coarser is None:
        return Descriptors(filters, patches, variance, None, None, 1.0)
    brought = doubled(coarser.field)[:, : scale.field.shape[1], : scale.field.shape[2]]
    wide = _principal(brought, scale.keys, AROUND_PX, AROUND_STEP, AROUND_NUMBERS, random)
    around = _filtered(brought, wide)
    return Descriptors(filters, patches, variance, wide, around, max(_variance(around, scale.keys), 1e-12))


def doubled(field: Tensor) -> Tensor:
    """A field [K, H, W] brought to the next finer scale, linearly."""
    return functional.interpolate(field[None], scale_factor=2, mode="bilinear", align_corners=False)[0]


def mirrored(first: int, last: int, size: int) -> Tensor:
    """Indices first..last (last excluded) along an axis of that size; beyond it those of its mirror image."""
    period = max(2 * size - 2, 1)
    index = torch.arange(first, last).remainder(period)
    return torch.where(index < size, index, period - index)


def _weights(side: int) -> Tensor:
    place = torch.arange(side, dtype=torch.float32) - side // 2
    bell = torch.exp(-(place**2) / (2 * (side * SPREAD) ** 2))
    both = torch.outer(bell, bell)
    return (both / both.sum()).sqrt()


def _principal(field: Tensor, keys: Tensor, side: int, step: int, count: int, random: np.random.Generator) -> Filters:
    chosen = torch.from_numpy(random.permutation(len(keys))[:SAMPLED_PATCHES].copy())
    places, width = keys[chosen], field.shape[2]
    reach, offsets = side // 2 * step, torch.arange(side) * step
    padded = _padded(field, reach)
    rows, cols = places // width, places % width
    found = padded[:, rows[:, None, None] + offsets[:, None], cols[:, None, None] + offsets]
    weights = _weights(side)
    flat = (found * weights).transpose(0, 1).flatten(1).double()
    centred = flat - flat.mean(dim=0)
    _, vectors = torch.linalg.eigh(centred.T @ centred)
    best = vectors.flip(1)[:, :count].T.float()
    return Filters((best.reshape(-1, len(field), side, side) * weights).contiguous(), step)


def _padded(field: Tensor, reach: int) -> Tensor:
    rows, cols = (mirrored(-reach, size + reach, size) for size in field.shape[1:])
    return field[:, rows][:, :, cols]


def _filtered(field: Tensor, filters: Filters) -> Tensor:
    """Numbers of the patches around all pixels, [H * W, D], strip by strip."""
    height, width = field.shape[1:]
    reach = filters.reach
    result = torch.empty(height * width, len(filters.weights))
    rows = max(1, STRIP_PX // width)
    cols = mirrored(-reach, width + reach, width)
    for strip in range(ceil(height / rows)):
        top, stop = strip * rows, min((strip + 1) * rows, height)
        window = field[:, mirrored(top - reach, stop + reach, height)][:, :, cols]
        result[top * width : stop * width] = filters(window).flatten(1).T
    return result


def _variance(numbers: Tensor, keys: Tensor) -> float:
    return float(numbers[keys].var(dim=0, correction=0).sum())
