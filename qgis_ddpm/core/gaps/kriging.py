"""Kriging: the best linear estimate of missing pixels from known ones around them (Matheron 1963), block by block.

All pixels of a block of 4 x 4 px are estimated from one choice of data: the nearest known pixels, and further off means
over boxes that are known throughout. Their places relative to the block are the same for every block, so that all
covariances are computed once and each block takes a part of one matrix. What is far from all data is the mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from scipy import ndimage
from torch import Tensor

from ..raster.types import Floats, Valid
from .covariance import box_means

BLOCK_PX = 4
# Directions that data are taken from in turn, so that a far edge is not left for more of the nearest one.
SECTORS = 8
# Blocks that are solved at once.
_BLOCKS = 1024
# Added to variances of 1 against rounding.
_JITTER = 1e-6


@dataclass(frozen=True)
class Ring:
    """Means over boxes of `size` px (odd), `step` px apart up to `reach` px away, of which `most` count."""

    size: int
    step: int
    reach: int
    most: int


RINGS = (Ring(1, 1, 10, 36), Ring(3, 3, 24, 12), Ring(9, 9, 45, 8))
# How far data lie from what they tell about.
REACH_PX = max(ring.reach + ring.size // 2 + 1 for ring in RINGS)


class Neighbourhood:
    """The places of all data that a block may take, and its targets, relative to the block's first pixel."""

    def __init__(self, rings: Sequence[Ring] = RINGS, block_px: int = BLOCK_PX) -> None:
        self.rings, self.block_px = tuple(rings), block_px
        middle = (block_px - 1) / 2
        places, sizes, kinds = [], [], []
        for kind, ring in enumerate(self.rings):
            count = ring.reach // ring.step
            low, high = (-ring.reach, block_px + ring.reach) if ring.step == 1 else (-count, count + 1)
            along = np.arange(low, high) * ring.step + (0 if ring.step == 1 else int(middle))
            grid = np.stack(np.meshgrid(along, along, indexing="ij"), axis=-1).reshape(-1, 2)
            distance = np.hypot(*(grid - middle).T)
            grid = grid[np.argsort(distance, kind="stable")]
            grid = grid[np.hypot(*(grid - middle).T) <= ring.reach + middle]
            places.append(grid)
            sizes += [ring.size] * len(grid)
            kinds += [kind] * len(grid)
        self.places, self.sizes, self.kinds = np.concatenate(places), np.array(sizes), np.array(kinds)
        angle = np.arctan2(*(self.places - middle).T)
        self.sectors = np.floor((angle + np.pi) / (2 * np.pi) * SECTORS - 1e-9).astype(int).clip(0, SECTORS - 1)
        inside = np.arange(block_px)
        self.targets = np.stack(np.meshgrid(inside, inside, indexing="ij"), axis=-1).reshape(-1, 2)

    def matrices(self, torus: Floats) -> tuple[Tensor, Tensor]:
        """Covariances of all data [N, N], and of data and targets [N, block_px^2], float64."""
        side, sizes = torus.shape[0], sorted({1, *self.sizes.tolist()})
        means = box_means(torus, sizes)
        among, across = np.empty((len(self.places),) * 2), np.empty((len(self.places), len(self.targets)))
        for one in set(self.sizes.tolist()):
            rows = np.flatnonzero(self.sizes == one)
            for other in set(self.sizes.tolist()):
                columns = np.flatnonzero(self.sizes == other)
                lag = (self.places[columns][None] - self.places[rows][:, None]) % side
                among[np.ix_(rows, columns)] = means[one, other][lag[..., 0], lag[..., 1]]
            lag = (self.targets[None] - self.places[rows][:, None]) % side
            across[rows] = means[one, 1][lag[..., 0], lag[..., 1]]
        among[np.diag_indices(len(among))] += _JITTER
        return torch.from_numpy(among), torch.from_numpy(across)


class Kriging:
    """Kriging of components by their correlations. torus: float64 [C, t, t] of `PairSums.correlations`."""

    def __init__(self, torus: Floats, neighbourhood: Neighbourhood | None = None) -> None:
        self.neighbourhood = neighbourhood or Neighbourhood()
        self._matrices = [self.neighbourhood.matrices(each) for each in torus]

    def fill(self, values: Floats, known: Valid, wanted: Valid, anchor: tuple[int, int] = (0, 0)) -> Floats:
        """Estimates float64 [R, C, h, w] where wanted, 0 elsewhere.

        values: [R, C, h, w], R fields with one mask and of mean 0. known, wanted: bool [h, w]. anchor: (row, col) of
        the first pixel, from which blocks are counted, so that a block is the same in every window.
        """
        hood, block = self.neighbourhood, self.neighbourhood.block_px
        fields, channels, height, width = values.shape
        top, left = anchor[0] % block, anchor[1] % block
        margin = max(ring.reach + ring.size for ring in hood.rings) + block
        pad = ((margin + top, margin + -(top + height) % block), (margin + left, margin + -(left + width) % block))
        mask, target = np.pad(known, pad), np.pad(wanted, pad)
        stored = np.pad(np.where(known, values, 0.0), ((0, 0), (0, 0), *pad)).reshape(-1, *mask.shape)
        corners = _blocks(target, margin, block)
        across = mask.shape[1]
        data = [_box_data(stored, mask, ring.size) for ring in hood.rings]
        result = np.zeros((fields * channels, mask.size))
        steps = hood.places[:, 0] * across + hood.places[:, 1]
        targets = hood.targets[:, 0] * across + hood.targets[:, 1]
        for first in range(0, len(corners), _BLOCKS):
            corner = corners[first : first + _BLOCKS, 0] * across + corners[first : first + _BLOCKS, 1]
            chosen, there, seen = self._choose(corner, steps, data)
            for channel, (among, between) in enumerate(self._matrices):
                # Fields of one channel share its covariances.
                rows = slice(channel, None, channels)
                found = _solve(among, between, chosen, there, seen[rows])
                result[rows, corner[:, None] + targets] = found
        shaped = result.reshape(fields, channels, *mask.shape)
        kept = shaped[..., margin + top : margin + top + height, margin + left : margin + left + width]
        return kept * wanted

    def _choose(
        self, corner: NDArray[np.int64], steps: NDArray[np.int64], data: Sequence[tuple[Floats, NDArray[np.bool_]]]
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Numbers of the data of each block [B, n], which of them are there, and their values [R * C, B, n]."""
        chosen, there, seen = [], [], []
        for kind, (ring, (means, whole)) in enumerate(zip(self.neighbourhood.rings, data, strict=True)):
            numbers = np.flatnonzero(self.neighbourhood.kinds == kind)
            places = corner[:, None] + steps[numbers]
            present = whole[places]
            order = _nearest(present, self.neighbourhood.sectors[numbers], ring.most)
            chosen.append(numbers[order])
            there.append(np.take_along_axis(present, order, axis=1))
            seen.append(means[:, np.take_along_axis(places, order, axis=1)])
        is_there = np.concatenate(there, axis=1)
        return (
            torch.from_numpy(np.concatenate(chosen, axis=1)),
            torch.from_numpy(is_there),
            torch.from_numpy(np.concatenate(seen, axis=2) * is_there),
        )


def _nearest(present: NDArray[np.bool_], sectors: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Which of the data [B, n], nearest first, a block takes: [B, most], the nearest of each direction in turn."""
    rank = np.empty(present.shape, dtype=np.int32)
    for sector in np.unique(sectors):
        here = sectors == sector
        rank[:, here] = np.cumsum(present[:, here], axis=1)
    rank[~present] = present.shape[1] + 1
    order: NDArray[np.int64] = np.argsort(rank, axis=1, kind="stable")[:, :most]
    return order


def _solve(among: Tensor, between: Tensor, chosen: Tensor, there: Tensor, seen: Tensor) -> Floats:
    """Estimates [R, B, targets] from data [R, B, n]; a place without data gets a row of the unit matrix."""
    matrix = among[chosen[:, :, None], chosen[:, None, :]]
    matrix = matrix * (there[:, :, None] & there[:, None, :])
    matrix.diagonal(dim1=1, dim2=2).masked_fill_(~there, 1.0)
    factor = torch.linalg.cholesky(matrix)
    weights = torch.cholesky_solve(seen.permute(1, 2, 0), factor)
    towards = between[chosen] * there[:, :, None]
    found: Floats = torch.einsum("bnt,bnr->rbt", towards, weights).numpy()
    return found


def _blocks(wanted: Valid, margin: int, block: int) -> NDArray[np.int64]:
    """(row, col) of the first pixel of each block with a wanted pixel."""
    inner = wanted[margin : wanted.shape[0] - margin, margin : wanted.shape[1] - margin]
    height, width = inner.shape
    any_wanted = inner.reshape(height // block, block, width // block, block).any(axis=(1, 3))
    corners: NDArray[np.int64] = np.argwhere(any_wanted) * block + margin
    return corners


def _box_data(values: Floats, known: Valid, size: int) -> tuple[Floats, NDArray[np.bool_]]:
    """Means over boxes [F, h * w] and which boxes are known throughout [h * w]."""
    flat = (len(values), -1)
    if size == 1:
        return values.reshape(flat), known.ravel()
    whole = ndimage.minimum_filter(known.astype(np.uint8), size, mode="constant") > 0
    means = ndimage.uniform_filter(values, (0, size, size), mode="constant")
    return means.reshape(flat), whole.ravel()
