"""Parcels of land: farm blocks with a direction each, cut into fields, and forest stands."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Field = NDArray[np.float64]
Identity = NDArray[np.int64]

BLOCK_PX = 95.0
STAND_PX = 42.0
FIELD_WIDTH_PX = (7.0, 26.0)
FIELD_LENGTH_PX = (24.0, 80.0)


@dataclass(frozen=True)
class Parcels:
    """Fields: an identity per pixel, distance in px to the field's margin and to the block's, way across the rows."""

    identity: Identity
    margin: Field
    block_margin: Field
    across: Field

    @property
    def count(self) -> int:
        """Give the number of fields."""
        return int(self.identity.max()) + 1


def jittered_cells(size_px: int, spacing_px: float, rng: np.random.Generator) -> tuple[Identity, Field]:
    """Give Voronoi cells [S, S] of a jittered grid, and the distance in px to the nearest edge between cells."""
    ticks = np.arange(-spacing_px, size_px + spacing_px, spacing_px)
    seeds = np.stack(np.meshgrid(ticks, ticks, indexing="ij"), axis=-1).reshape(-1, 2)
    seeds = seeds + rng.uniform(-0.42, 0.42, seeds.shape) * spacing_px
    pixels = np.stack(np.meshgrid(np.arange(size_px), np.arange(size_px), indexing="ij"), axis=-1)
    distance, index = cKDTree(seeds).query(pixels.reshape(-1, 2), k=2)
    shape = (size_px, size_px)
    # Half the difference of the two distances is the distance to the bisector where both are collinear with it.
    return index[:, 0].reshape(shape), (distance[:, 1] - distance[:, 0]).reshape(shape) / 2


def _cuts(length_px: float, width_px: tuple[float, float], rng: np.random.Generator) -> Field:
    widths = rng.uniform(*width_px, int(2 * length_px / width_px[0]) + 2)
    return np.asarray(np.cumsum(widths) - length_px)


def _interval(position: Field, cuts: Field) -> tuple[Identity, Field]:
    index = np.clip(np.searchsorted(cuts, position), 1, len(cuts) - 1)
    return index, np.minimum(position - cuts[index - 1], cuts[index] - position)


def farm_parcels(size_px: int, rng: np.random.Generator) -> Parcels:
    """Cut the plane into blocks of about 1 km and each block into strips and fields along its own direction."""
    block, block_margin = jittered_cells(size_px, BLOCK_PX, rng)
    rows, columns = np.indices((size_px, size_px), dtype=float)
    identity = np.zeros((size_px, size_px), np.int64)
    margin = np.zeros((size_px, size_px))
    across = np.zeros((size_px, size_px))
    # Directions vary little from block to block: fields of a valley follow its slope.
    main = rng.uniform(0, np.pi)
    for number in np.unique(block):
        inside = block == number
        angle = main + rng.normal(0, 0.45)
        u = rows[inside] * np.cos(angle) + columns[inside] * np.sin(angle)
        v = columns[inside] * np.cos(angle) - rows[inside] * np.sin(angle)
        u -= u.mean()
        v -= v.mean()
        strip, strip_margin = _interval(u, _cuts(3 * BLOCK_PX, FIELD_WIDTH_PX, rng))
        shift = rng.uniform(0, FIELD_LENGTH_PX[1], strip.max() + 1)
        piece, piece_margin = _interval(v + shift[strip], _cuts(4 * BLOCK_PX, FIELD_LENGTH_PX, rng))
        identity[inside] = (number * 4096 + strip) * 4096 + piece
        margin[inside] = np.minimum(strip_margin, piece_margin)
        across[inside] = u
    _, dense = np.unique(identity, return_inverse=True)
    return Parcels(dense.reshape(identity.shape), np.minimum(margin, block_margin), block_margin, across)


def forest_stands(size_px: int, rng: np.random.Generator) -> Identity:
    """Give an identity per pixel: compartments of equal age and species, numbered from 0."""
    cells, _ = jittered_cells(size_px, STAND_PX, rng)
    _, dense = np.unique(cells, return_inverse=True)
    return np.asarray(dense.reshape(cells.shape))
