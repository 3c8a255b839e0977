"""Resampling of a raster onto another grid, where each pixel depends on its own place alone.

GDAL's warper interpolates coordinates and chooses its kernel anew for each piece it is asked for, so that its pixels
change with the window read (by up to a quarter of the values' spread at an eighth of a pixel of tolerance). Here the
tie points of coordinates and the kernel's size belong to the target grid.
"""

from collections.abc import Callable
from math import ceil, hypot
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from rasterio.crs import CRS

from .crs import reproject_points
from .grid import Grid, apply
from .types import Pixels, Valid

Resampling = Literal["bilinear", "nearest"]
# (row, col, height, width) -> pixels [C, height, width] and valid [height, width], also beyond the raster.
ReadWindow = Callable[[int, int, int, int], tuple[Pixels, Valid]]

# Between tie points this far apart coordinates are interpolated; the error is far below a hundredth of a pixel.
TIE_PX = 32
# A target pixel averages at most so many points a side of what lies under it.
MAX_POINTS = 16
# A piece whose source window is larger than this is split.
MAX_SOURCE_PIXELS = 1 << 22


def resample(
    read: ReadWindow,
    source: Grid,
    target: Grid,
    window: tuple[int, int, int, int],
    method: Resampling = "bilinear",
    points: int = 1,
) -> tuple[Pixels, Valid]:
    """The pixels of a source on the window (row, col, height, width) of a target grid.

    bilinear: mean of `points` x `points` bilinear values inside each target pixel, over valid source pixels; valid
    where these have at least half of the weight. Grids without CRS are taken to share their coordinates.
    Returns pixels float32 [C, height, width], 0 where not valid, and valid bool [height, width].
    """
    row, col, height, width = window
    inside = (np.arange(points) + 0.5) / points
    rows = (row + np.arange(height)[:, None] + inside).ravel()
    cols = (col + np.arange(width)[:, None] + inside).ravel()
    x, y = _source_pixels(source, target, rows, cols)
    finite = np.isfinite(x) & np.isfinite(y)
    box = _box(x[finite], y[finite], source)
    if box[2] * box[3] > MAX_SOURCE_PIXELS and max(height, width) > 1:
        return _in_halves(read, source, target, window, method, points)
    pixels, valid = read(*box)
    x, y = np.where(finite, x - box[1], -2.0), np.where(finite, y - box[0], -2.0)
    if method == "nearest":
        return _nearest(pixels, valid, x[::points, ::points], y[::points, ::points])
    return _means(*_bilinear(pixels, valid, x, y), points)


def points_for(source: Grid, target: Grid) -> int:
    """How many points a side of a target pixel stand for all source pixels under its place at the grid's middle."""
    row, col = target.height / 2, target.width / 2
    x, y = _transformed(source, target, np.array([col, col + 1, col]), np.array([row, row, row + 1]))
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        return 1
    longest = max(hypot(x[1] - x[0], y[1] - y[0]), hypot(x[2] - x[0], y[2] - y[0]))
    return min(max(ceil(longest - 0.5), 1), MAX_POINTS)


def _transformed(
    source: Grid, target: Grid, cols: NDArray[np.float64], rows: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Source (column, row) of target (column, row): NaN where there is none."""
    x, y = apply(target.transform, cols, rows)
    if not _share_coordinates(source.crs, target.crs):
        x, y = reproject_points(target.crs, source.crs, x, y)
    with np.errstate(invalid="ignore"):
        return apply(~source.transform, x, y)


def _share_coordinates(a: CRS | None, b: CRS | None) -> bool:
    return a is None or b is None or a == b


def _source_pixels(
    source: Grid, target: Grid, rows: NDArray[np.float64], cols: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Source columns and rows [len(rows), len(cols)], exact or interpolated between tie points of the target grid."""
    if _share_coordinates(source.crs, target.crs):
        x, y = _transformed(source, target, cols[None, :], rows[:, None])
        return x, y
    tie_rows, tie_cols = _ties(rows), _ties(cols)
    tie_x, tie_y = _transformed(source, target, *np.meshgrid(tie_cols, tie_rows))
    down, across = _between(rows, tie_rows), _between(cols, tie_cols)
    with np.errstate(invalid="ignore"):
        return down @ tie_x @ across.T, down @ tie_y @ across.T


def _ties(positions: NDArray[np.float64]) -> NDArray[np.float64]:
    first, last = int(positions[0] // TIE_PX), int(positions[-1] // TIE_PX)
    return np.arange(first, last + 2, dtype=np.float64) * TIE_PX


def _between(positions: NDArray[np.float64], ties: NDArray[np.float64]) -> NDArray[np.float64]:
    """Linear interpolation between ties as a matrix [positions, ties]."""
    weights: NDArray[np.float64] = np.maximum(1 - np.abs(positions[:, None] - ties) / TIE_PX, 0)
    return weights


def _box(x: NDArray[np.float64], y: NDArray[np.float64], source: Grid) -> tuple[int, int, int, int]:
    """The window of the source that its pixels' columns x and rows y touch, cut to the source and a pixel around."""
    if x.size == 0:
        return 0, 0, 1, 1
    left, right = np.clip([x.min() - 1, x.max() + 2], -1, source.width + 1).astype(int)
    top, bottom = np.clip([y.min() - 1, y.max() + 2], -1, source.height + 1).astype(int)
    return int(top), int(left), max(int(bottom - top), 1), max(int(right - left), 1)


def _in_halves(
    read: ReadWindow,
    source: Grid,
    target: Grid,
    window: tuple[int, int, int, int],
    method: Resampling,
    points: int,
) -> tuple[Pixels, Valid]:
    row, col, height, width = window
    if height >= width:
        half = height // 2
        parts = [(row, col, half, width), (row + half, col, height - half, width)]
    else:
        half = width // 2
        parts = [(row, col, height, half), (row, col + half, height, width - half)]
    done = [resample(read, source, target, part, method, points) for part in parts]
    axis = -2 if height >= width else -1
    return np.concatenate([d[0] for d in done], axis), np.concatenate([d[1] for d in done], axis)


def _nearest(pixels: Pixels, valid: Valid, x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[Pixels, Valid]:
    height, width = valid.shape
    rows, cols = np.floor(y).astype(int), np.floor(x).astype(int)
    inside = (rows >= 0) & (rows < height) & (cols >= 0) & (cols < width)
    rows, cols = np.clip(rows, 0, height - 1), np.clip(cols, 0, width - 1)
    found = valid[rows, cols] & inside
    return np.where(found, pixels[:, rows, cols], np.float32(0)), found


def _bilinear(
    pixels: Pixels, valid: Valid, x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[Pixels, NDArray[np.float32]]:
    """Sums of weighted valid neighbours [C, h, w], and the weight of these [h, w]."""
    height, width = valid.shape
    top, left = np.floor(y - 0.5).astype(int), np.floor(x - 0.5).astype(int)
    below, beside = y - 0.5 - top, x - 0.5 - left
    sums = np.zeros((len(pixels), *x.shape), dtype=np.float32)
    totals = np.zeros(x.shape, dtype=np.float32)
    for down, row_weight in ((0, 1 - below), (1, below)):
        for across, col_weight in ((0, 1 - beside), (1, beside)):
            rows, cols = top + down, left + across
            inside = (rows >= 0) & (rows < height) & (cols >= 0) & (cols < width)
            rows, cols = np.clip(rows, 0, height - 1), np.clip(cols, 0, width - 1)
            weight = (row_weight * col_weight * (inside & valid[rows, cols])).astype(np.float32)
            sums += pixels[:, rows, cols] * weight
            totals += weight
    return sums, totals


def _means(sums: Pixels, totals: NDArray[np.float32], points: int) -> tuple[Pixels, Valid]:
    channels, height, width = len(sums), totals.shape[0] // points, totals.shape[1] // points
    sums = sums.reshape(channels, height, points, width, points).sum(axis=(2, 4))
    totals = totals.reshape(height, points, width, points).sum(axis=(1, 3))
    # Weights are rounded: half of a border pixel must not be decided by the last bit.
    valid = totals >= 0.5 * points**2 - 1e-4
    return np.divide(sums, totals, out=np.zeros_like(sums), where=valid), valid
