"""The pixels that new ground is made of: pieces of imagery in one mosaic, and its coarser versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray
from torch import Tensor

from ..raster.types import Pixels, Valid, Window

# The coarsest scale is x16, where scenes are so large that it has that many pixels a side.
COARSEST, LEAST_SIDE_PX = 4, 20
# A place is a key where all pixels are valid so far around it.
CLEAR_PX = 2
# Bands are matched by so many of their principal components, which hold this share of the variance.
MOST_COMPONENTS, KEPT_SHARE = 6, 0.995
# Numbers further from the mean, in deviations, are matched as if they were there.
MOST_DEVIATIONS = 4.0


@dataclass(frozen=True)
class Part:
    """A window of a piece of imagery: pixels [C, h, w] in the files' own numbers, and where they are valid.

    piece: its number; row, col: where the window starts in it.
    """

    piece: int
    row: int
    col: int
    pixels: Pixels
    valid: Valid


@dataclass(frozen=True)
class Scale:
    """The mosaic at one scale.

    field: what is matched, float32 [K, H, W]. usable: bool [H * W], where a pixel may be taken from. keys: the numbers
    of those pixels, ascending; shown: of all valid ones.
    """

    level: int
    field: Tensor
    usable: Tensor
    keys: Tensor
    shown: Tensor

    @property
    def width(self) -> int:
        """Pixels from one row to the next."""
        return int(self.field.shape[2])

    @property
    def flat(self) -> Tensor:
        """What is matched, by the number of a pixel: [K, H * W]."""
        return self.field.flatten(1)


@dataclass(frozen=True)
class Bank:
    """Parts in one mosaic, one below the other: float32 [C, H, W] as in the files, beside its scales, finest first.

    deviations: of each band, float64 [C]. tops: the first row of each part.
    """

    parts: Sequence[Part]
    tops: Sequence[int]
    pixels: Pixels
    valid: Valid
    deviations: NDArray[np.float64]
    scales: Sequence[Scale]

    @property
    def coarsest(self) -> int:
        """The level of the coarsest scale, where a pixel is 2**level pixels wide."""
        return len(self.scales) - 1

    def take(self, places: NDArray[Any]) -> Pixels:
        """Pixels [C, ...] at places of the mosaic."""
        return self.pixels.reshape(len(self.pixels), -1)[:, places]

    def origin(self, place: int) -> tuple[int, int, int]:
        """The number of the piece that a place of the mosaic is from, and its row and column there."""
        row, col = divmod(place, self.pixels.shape[2])
        number = int(np.searchsorted(self.tops, row, side="right")) - 1
        part = self.parts[number]
        return part.piece, part.row + row - self.tops[number], part.col + col


def coarsest_level(sides: Sequence[int]) -> int:
    """The level of the coarsest scale of parts whose shorter sides are these."""
    return min(COARSEST, max(int(np.log2(max(max(sides) / LEAST_SIDE_PX, 1))), 1))


def build_bank(parts: Sequence[Part]) -> Bank | None:
    """The bank of parts of the same bands; None where too few pixels are valid all around."""
    level = coarsest_level([min(part.valid.shape) for part in parts])
    unit = 2**level
    # A border that is not valid keeps parts apart.
    heights = [_up_to(part.valid.shape[0], unit) + unit for part in parts]
    width = max(_up_to(part.valid.shape[1], unit) + unit for part in parts)
    tops = [0, *np.cumsum(heights)[:-1].tolist()]
    pixels = np.zeros((len(parts[0].pixels), sum(heights), width), dtype=np.float32)
    valid = np.zeros(pixels.shape[1:], dtype=bool)
    for top, part in zip(tops, parts, strict=True):
        height, columns = part.valid.shape
        pixels[:, top : top + height, :columns] = np.where(part.valid, part.pixels, 0)
        valid[top : top + height, :columns] = part.valid
    if not valid.any():
        return None
    field, deviations = _matched(pixels, valid)
    scales, share = [], torch.from_numpy(valid.astype(np.float32))
    for number in range(level + 1):
        if number:
            field, share = _halved(field, share)
        scale = _scale(number, field, share)
        if not len(scale.keys):
            break
        scales.append(scale)
    # What surrounds a pixel is known from the scale above it.
    if len(scales) < 2:
        return None
    return Bank(parts, tops, pixels, valid, deviations, scales)


def bank_windows(shapes: Sequence[tuple[int, int]], most_px: int, side_px: int, seed: int) -> list[tuple[int, Window]]:
    """Which windows of pieces become the bank: all of each, or, beyond so many pixels, some at random of that side."""
    if sum(height * width for height, width in shapes) <= most_px:
        return [(number, (0, 0, *shape)) for number, shape in enumerate(shapes)]
    windows: list[tuple[int, Window]] = []
    for number, (height, width) in enumerate(shapes):
        rows, cols = max(1, height // side_px), max(1, width // side_px)
        tall, wide = min(height, side_px), min(width, side_px)
        for row in range(rows):
            for col in range(cols):
                top, left = (height - tall) * row // max(rows - 1, 1), (width - wide) * col // max(cols - 1, 1)
                windows.append((number, (top, left, tall, wide)))
    order = np.random.default_rng(seed).permutation(len(windows))
    total = np.cumsum([windows[index][1][2] * windows[index][1][3] for index in order])
    count = max(1, int(np.searchsorted(total, most_px, side="right")))
    return [windows[index] for index in sorted(order[:count])]


def _up_to(size: int, unit: int) -> int:
    return -(-size // unit) * unit


def _matched(pixels: Pixels, valid: Valid) -> tuple[Tensor, NDArray[np.float64]]:
    """Principal components of the standardized bands, [K, H, W], 0 where not valid; and the bands' deviations."""
    sample = pixels[:, valid].astype(np.float64)
    mean, deviation = sample.mean(axis=1), sample.std(axis=1)
    scale = np.where(deviation > 1e-9 * (np.abs(mean) + 1e-300), deviation, np.inf)
    standard = ((sample - mean[:, None]) / scale[:, None]).clip(-MOST_DEVIATIONS, MOST_DEVIATIONS)
    values, vectors = np.linalg.eigh(np.atleast_2d(np.cov(standard)))
    values, vectors = values[::-1].clip(min=0), vectors[:, ::-1]
    share = np.cumsum(values) / max(float(values.sum()), 1e-300)
    count = min(int(np.searchsorted(share, KEPT_SHARE)) + 1, MOST_COMPONENTS, len(values))
    field = np.zeros((count, *valid.shape), dtype=np.float32)
    field[:, valid] = vectors[:, :count].T @ standard
    return torch.from_numpy(field), deviation


def _halved(field: Tensor, share: Tensor) -> tuple[Tensor, Tensor]:
    """Means of the valid ones of four pixels, and 1 where at least two are valid."""
    weight = functional.avg_pool2d(share[None, None], 2)[0, 0]
    mean = functional.avg_pool2d((field * share)[None], 2)[0] / weight.clamp(min=0.25)
    good = weight >= 0.5
    return mean * good, good.float()


def _scale(level: int, field: Tensor, share: Tensor) -> Scale:
    side = 2 * CLEAR_PX + 1
    around = functional.avg_pool2d(share[None, None], side, 1, CLEAR_PX)[0, 0]
    usable = (around > 1 - 0.5 / side**2).flatten()
    return Scale(level, field.contiguous(), usable, usable.nonzero()[:, 0], (share > 0).flatten().nonzero()[:, 0])
