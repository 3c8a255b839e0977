"""Are synthetic tiles copies? The nearest place in the training imagery, for synthetic tiles and for unseen real ones.

A network may have seen any crop of its training rasters in any of the eight symmetries, so a tile is compared with all
of them. Tiles and imagery are averaged down until a tile has about 16 px, and smoothed: a search over every place stays
cheap, and a copy with other noise stays near.
"""

from collections.abc import Generator, Iterable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from ..raster.lattice import dihedral
from ..raster.types import Pixels

COARSE_PX = 16
# The nearest place is held against these ranks: those before them may be neighbours of the same place.
RANKS = slice(5, 15)
# Nearer than this share of the distance to others, a tile is a copy: Yoon et al. 2023, Diffusion probabilistic models
# generalize when they fail to memorize.
COPY_RATIO = 1 / 3
# Unseen real tiles that are as near by chance.
CHANCE = 0.05
# A network may have seen a crop in so many ways.
SYMMETRIES = {"none": 1, "flips": 4, "dihedral": 8}
BINOMIAL = (1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16)
# Values of one block of distances: bounds the memory of the search, and the time until a wish to stop is heard.
BLOCK_VALUES = 1 << 22


@dataclass(frozen=True)
class Neighbours:
    """For each of N tiles: distance ratio (0 a copy, about 1 like many others), and its nearest training tile.

    ratios: float64 [N]. nearest: float32 [N, C, t, t], cut from the imagery and turned as the tile is. scenes: number
    of pieces of imagery that were told apart.
    """

    ratios: NDArray[np.float64]
    nearest: Pixels
    scenes: int

    def take(self, indices: slice | NDArray[np.intp]) -> "Neighbours":
        """The same of some tiles."""
        return Neighbours(self.ratios[indices], self.nearest[indices], self.scenes)


def memorisation(ratios: NDArray[np.float64], unseen: NDArray[np.float64]) -> float:
    """Share of tiles with a lower ratio than 95 % of unseen real tiles have: about 0.05 where none is a copy."""
    return float(np.mean(ratios < np.quantile(unseen, CHANCE)))


def copied(ratios: NDArray[np.float64]) -> float:
    """Share of tiles that are copies, after Yoon et al. 2023."""
    return float(np.mean(ratios < COPY_RATIO))


def find_nearest(
    tiles: Pixels, scenes: Iterable[Pixels], scale: Pixels, augment: str = "dihedral"
) -> Generator[int, None, Neighbours]:
    """Search all scenes for the nearest place to each tile [N, C, t, t]; yields often how many scenes are searched.

    scenes: stacks [S, C, H, W] of pieces of imagery, none smaller than a tile. scale: [C, 1, 1], the deviation of each
    band, which distances are counted in. augment: how the training turned its tiles, none, flips or dihedral.
    """
    side = tiles.shape[-1]
    factor, symmetries = max(1, round(side / COARSE_PX)), SYMMETRIES[augment]
    turns = [_coarse(dihedral(tiles, "dihedral", symmetry) / scale, factor) for symmetry in range(symmetries)]
    patterns = torch.from_numpy(np.concatenate(turns))
    nearest, least, refined = np.empty_like(tiles), np.full(len(tiles), np.inf), np.empty(len(tiles))
    all_distances: list[Pixels] = []
    searched = 0
    for stack in scenes:
        search = _search(patterns, torch.from_numpy(_coarse(stack / scale, factor)), searched)
        distances, places = yield from search
        # Of the eight symmetries, the one that fits best in each scene.
        turned = distances.reshape(len(stack), symmetries, -1).argmin(axis=1)
        chosen = turned * len(tiles) + np.arange(len(tiles))
        distances = np.take_along_axis(distances, chosen, axis=1)
        for scene in range(len(stack)):
            for index in np.flatnonzero(distances[scene] < least):
                pattern = int(chosen[scene, index])
                crops = _around(stack[scene], places[scene, pattern] * factor, side, factor)
                apart = _root_mean_square(_coarse(crops / scale, factor) - patterns[pattern].numpy())
                refined[index] = apart.min()
                nearest[index] = _inverse_dihedral(crops[apart.argmin()], int(turned[scene, index]))
            least = np.minimum(least, distances[scene])
        all_distances.append(distances)
        searched += len(stack)
        yield searched
    ordered = np.sort(np.concatenate(all_distances), axis=0).astype(np.float64)
    others = ordered[RANKS] if len(ordered) > RANKS.start else ordered[-1:]
    return Neighbours(refined / others.mean(axis=0).clip(min=1e-12), nearest, searched)


def _search(patterns: Tensor, scenes: Tensor, searched: int) -> Generator[int, None, tuple[Pixels, NDArray[np.intp]]]:
    """Least distance of patterns [M, C, p, p] to any place in scenes [S, C, h, w], [S, M], and (row, col) [S, M, 2].

    Yields `searched`, the number of scenes before these, between two parts.
    """
    rows, cols = (size - patterns.shape[-1] + 1 for size in scenes.shape[2:])
    energy = F.conv2d((scenes**2).sum(dim=1, keepdim=True), torch.ones(1, 1, *patterns.shape[2:]))
    least, places = list[Tensor](), list[Tensor]()
    for block in torch.split(patterns, max(1, BLOCK_VALUES // (len(scenes) * rows * cols))):
        if least:
            yield searched
        squares = energy - 2 * F.conv2d(scenes, block) + (block**2).sum(dim=(1, 2, 3))[None, :, None, None]
        values, where = squares.flatten(2).min(dim=2)
        least.append((values.clamp(min=0) / block[0].numel()).sqrt())
        places.append(torch.stack([where // cols, where % cols], dim=2))
    return torch.cat(least, dim=1).numpy(), torch.cat(places, dim=1).numpy()


def _around(scene: Pixels, place: NDArray[np.intp], side: int, factor: int) -> Pixels:
    """Crops [n, C, side, side] at every pixel near a place that was found on the coarse grid."""
    starts = [
        range(max(min(at - factor // 2, last), 0), min(at + factor // 2, last) + 1)
        for at, last in zip(place.tolist(), (size - side for size in scene.shape[1:]), strict=True)
    ]
    return np.stack([scene[:, row : row + side, col : col + side] for row in starts[0] for col in starts[1]])


def _root_mean_square(differences: Pixels) -> Pixels:
    return np.asarray(np.sqrt(np.mean(differences**2, axis=(1, 2, 3))))


def _coarse(pixels: Pixels, factor: int) -> Pixels:
    """Means over squares of `factor` pixels of [n, C, H, W], smoothed; what is left over at the end is cut off."""
    count, channels, height, width = pixels.shape
    height, width = height // factor, width // factor
    cut = pixels[:, :, : height * factor, : width * factor]
    means: Pixels = cut.reshape(count, channels, height, factor, width, factor).mean(axis=(3, 5), dtype=np.float32)
    return means if factor == 1 else _smoothed(_smoothed(means, 2), 3)


def _smoothed(pixels: Pixels, axis: int) -> Pixels:
    """Binomial smoothing along an axis: a copy that lies half a coarse pixel off the grid stays near."""
    width = len(BINOMIAL)
    padded = np.pad(pixels, [(width // 2, width // 2) if side == axis else (0, 0) for side in range(4)], mode="edge")
    smoothed = np.zeros_like(pixels)
    for at, weight in enumerate(BINOMIAL):
        smoothed += weight * np.take(padded, range(at, at + pixels.shape[axis]), axis)
    return smoothed


def _inverse_dihedral(tile: Pixels, symmetry: int) -> Pixels:
    """The inverse of `dihedral`: the transposition comes first, then the flips."""
    if symmetry & 4:
        tile = tile.swapaxes(-1, -2)
    return np.asarray(dihedral(tile, "flips", symmetry & 3))
