"""Where training tiles may lie: on valid pixels, and on one side of the line between training and validation.

Origins are kept on cells, squares of `cell_px` pixels: single pixels for small rasters, larger for large ones, so that
memory is bounded. The area for validation is made of blocks bound to positions in the CRS, so that all dates of a
place fall on the same side.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..raster.images import ImageFolder, by_turns
from ..raster.random import hash_order

# In all rasters together.
MAX_CELLS = 4_000_000
# A block has room for a tile at many origins.
BLOCK_TILES = 2
# Where no tile is wholly valid, one that is so by half is still of use.
LEAST_VALID_SHARE = 0.5

BlockId = tuple[str | int, int, int]


@dataclass(frozen=True)
class Cells:
    """The valid pixels of one raster: counts int32 [h, w] in cells of `cell_px`, and the block each row and column of
    cells belongs to. `lattice` names what the blocks are counted on; a number is that of a picture, which is one block.
    """

    cell_px: int
    height: int
    width: int
    counts: NDArray[np.int32]
    lattice: str | int
    block_rows: NDArray[np.int64]
    block_cols: NDArray[np.int64]


@dataclass(frozen=True)
class TileOrigins:
    """Cells of one raster in which a tile may begin: flat indices, with the cell's size and the count of columns."""

    cell_px: int
    columns: int
    cells: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.cells)


@dataclass(frozen=True)
class TileSplit:
    """Origins for training and for validation in each raster; tiles there are valid to the least share at least."""

    training: list[TileOrigins]
    validation: list[TileOrigins]
    least_valid: float

    @property
    def has_training(self) -> bool:
        """Whether there is a tile for training."""
        return any(map(len, self.training))

    @property
    def has_validation(self) -> bool:
        """Whether there is a tile for validation."""
        return any(map(len, self.validation))


def cell_px_for(pixels: int, rasters: int) -> int:
    """Side of a cell for a raster of so many pixels among so many rasters."""
    return max(1, int(np.ceil((pixels * rasters / MAX_CELLS) ** 0.5)))


def count_cells(valid: NDArray[np.bool_], cell_px: int) -> NDArray[np.int32]:
    """Valid pixels in each cell of a strip [H, W]: int32, rounded up where cells reach beyond it."""
    height, width = valid.shape
    padded = np.zeros((-(-height // cell_px) * cell_px, -(-width // cell_px) * cell_px), dtype=bool)
    padded[:height, :width] = valid
    shape = (padded.shape[0] // cell_px, cell_px, padded.shape[1] // cell_px, cell_px)
    counts: NDArray[np.int32] = padded.reshape(shape).sum(axis=(1, 3), dtype=np.int32)
    return counts


def blocks_of(cells: int, cell_px: int, origin: int, block_px: int) -> NDArray[np.int64]:
    """The number of the block that each cell of an axis lies in, counted from the CRS's origin."""
    numbers: NDArray[np.int64] = (origin + np.arange(cells, dtype=np.int64) * cell_px) // block_px
    return numbers


def split_by_area(rasters: Sequence[Cells], tile_px: int, share: float, seed: int) -> TileSplit:
    """The origins of tiles in each raster, where those of validation share no pixel with those of training.

    Args:
        rasters: the valid pixels of each.
        tile_px: side of a tile.
        share: of the valid pixels, in whole blocks, that is for validation, in [0, 1); nothing is where the rasters
            are too small for both.
        seed: decides which blocks.
    """
    for least in (1.0, LEAST_VALID_SHARE):
        nowhere = [np.zeros(cells.counts.shape, dtype=bool) for cells in rasters]
        whole = TileSplit(*_sides(rasters, nowhere, tile_px, least), least)
        if whole.has_training:
            return _split(rasters, tile_px, share, seed, least) or whole
    return whole


def _split(rasters: Sequence[Cells], tile_px: int, share: float, seed: int, least: float) -> TileSplit | None:
    """The split by the first blocks that leave tiles on both sides; None where no choice of blocks does."""
    sizes = _block_sizes(rasters)
    total, taken, chosen = sum(sizes.values()), 0, set()
    for block in sorted(sizes, key=lambda block: _order(seed, block)) if share > 0 else []:
        # Beyond half of the area, training would be the smaller side.
        if taken + sizes[block] > total // 2:
            continue
        chosen.add(block)
        taken += sizes[block]
        if taken < share * total:
            continue
        split = TileSplit(*_sides(rasters, [_in_blocks(cells, chosen) for cells in rasters], tile_px, least), least)
        if not split.has_training:
            break
        if split.has_validation:
            return split
    return None


def _order(seed: int, block: BlockId) -> bytes:
    """Pictures in the order that `kept_apart` gives them, whatever their format."""
    return hash_order(seed, block[0]) if isinstance(block[0], int) else hash_order(seed, *block)


def _sides(
    rasters: Sequence[Cells], validation: Sequence[NDArray[np.bool_]], tile_px: int, least: float
) -> tuple[list[TileOrigins], list[TileOrigins]]:
    """The origins outside and inside of the cells for validation."""
    pairs = list(zip(rasters, validation, strict=True))
    return (
        [_origins(cells, ~side, tile_px, least) for cells, side in pairs],
        [_origins(cells, side, tile_px, least) for cells, side in pairs],
    )


def _block_sizes(rasters: Sequence[Cells]) -> dict[BlockId, int]:
    """Valid pixels of each block, over all rasters, of the blocks that have any."""
    sizes: dict[BlockId, int] = {}
    for cells in rasters:
        rows, row_at = np.unique(cells.block_rows, return_inverse=True)
        cols, col_at = np.unique(cells.block_cols, return_inverse=True)
        sums = np.zeros((len(rows), len(cols)), dtype=np.int64)
        np.add.at(sums, (row_at[:, None], col_at[None, :]), cells.counts)
        for i, j in zip(*np.nonzero(sums), strict=True):
            block = (cells.lattice, int(rows[i]), int(cols[j]))
            sizes[block] = sizes.get(block, 0) + int(sums[i, j])
    return sizes


def _in_blocks(cells: Cells, chosen: set[BlockId]) -> NDArray[np.bool_]:
    rows, row_at = np.unique(cells.block_rows, return_inverse=True)
    cols, col_at = np.unique(cells.block_cols, return_inverse=True)
    inside = np.array([[(cells.lattice, int(row), int(col)) in chosen for col in cols] for row in rows])
    mask: NDArray[np.bool_] = inside[row_at[:, None], col_at[None, :]]
    return mask


def _origins(cells: Cells, side: NDArray[np.bool_], tile_px: int, least: float) -> TileOrigins:
    """Cells from any pixel of which a tile lies in the raster, on one side, and is valid to the least share."""
    px = cells.cell_px
    # A tile that may start at any pixel of a cell touches so many cells.
    reach = -(-(tile_px + px - 1) // px)
    rows, cols = cells.counts.shape[0] - reach + 1, cells.counts.shape[1] - reach + 1
    if rows <= 0 or cols <= 0:
        return TileOrigins(px, cells.counts.shape[1], np.zeros(0, dtype=np.int32))
    missing = px * px - cells.counts
    good = (_window_sums(missing, reach) <= (1 - least) * tile_px**2) & (_window_sums(~side, reach) == 0)
    # Cells that reach beyond the raster miss pixels; a tile must not start where it would leave it.
    good &= ((np.arange(rows) + 1) * px - 1 + tile_px <= cells.height)[:, None]
    good &= ((np.arange(cols) + 1) * px - 1 + tile_px <= cells.width)[None, :]
    row, col = np.nonzero(good)
    return TileOrigins(px, cells.counts.shape[1], (row * cells.counts.shape[1] + col).astype(np.int32))


def _window_sums(values: NDArray[np.generic], size: int) -> NDArray[np.int64]:
    """Sums over all square windows of so many cells: int64 [h - size + 1, w - size + 1]."""
    sums = np.zeros((values.shape[0] + 1, values.shape[1] + 1), dtype=np.int64)
    sums[1:, 1:] = values.astype(np.int64).cumsum(axis=0).cumsum(axis=1)
    windows: NDArray[np.int64] = sums[size:, size:] - sums[:-size, size:] - sums[size:, :-size] + sums[:-size, :-size]
    return windows


def fewer(
    folder: ImageFolder,
    count: int,
    seed: int,
    named: Sequence[str],
    split: TileSplit,
    images: NDArray[np.int64] | None,
) -> tuple[TileSplit, NDArray[np.int64] | None]:
    """The split with `count` of the folder's rasters and images for training; what is for validation stays.

    named: the paths of all rasters, as the split has them. images: the numbers of those for training.
    """
    rasters = {path: place for place, path in enumerate(named) if len(split.training[place])}
    if folder.digits is not None:
        assert images is not None  # nosec B101
        numbers = by_turns(images.tolist(), [""] * len(images), seed)
        return split, np.sort(np.array(numbers[:count], dtype=np.int64))
    of_image = {folder.images[number]: int(number) for number in (images if images is not None else ())}
    paths = folder.paths
    usable = [number for number, path in enumerate(paths) if path in of_image or path in rasters]
    ordered = by_turns(usable, [os.path.dirname(paths[number]) for number in usable], seed)
    chosen = {paths[number] for number in ordered[:count]}
    in_folder = set(folder.rasters)
    training = [
        origins if path in chosen or path not in in_folder else replace(origins, cells=origins.cells[:0])
        for path, origins in zip(named, split.training, strict=True)
    ]
    if images is not None:
        images = np.array(sorted(of_image[path] for path in chosen & set(of_image)), dtype=np.int64)
    return replace(split, training=training), images
