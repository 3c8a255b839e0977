"""Resampling of a raster onto another grid, where each pixel depends on its own place alone.

GDAL's warper interpolates coordinates and chooses its kernel anew for each piece it is asked for, so that its pixels
change with the window read (by up to a quarter of the values' spread at an eighth of a pixel of tolerance), and it
knows other rules of what is valid. Here the tie points of coordinates and the kernel's size belong to the target grid,
and the weights of valid pixels are resampled like one more band. `benchmarks/README.md` holds both beside each other.
"""

from collections.abc import Callable
from itertools import product
from math import ceil, floor, isfinite
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .crs import reproject_points
from .earth.boxes import turn_of
from .grid import Grid, apply
from .types import Floats, Pixels, Valid, Window

Resampling = Literal["bilinear", "nearest"]
# (row, col, height, width), also beyond the raster -> pixels [C, height, width], 0 where not valid, and valid
# [height, width].
ReadWindow = Callable[[int, int, int, int], tuple[Pixels, Valid]]

# Coordinates are interpolated between tie points this far apart, or closer where that is not true to so many source
# pixels in cells all over the target grid. Where some have no place in the source none is interpolated.
TIE_PX = 32
TRUE_PX = 0.01
_CELLS = 16
# A target pixel averages at most so many points a side of what lies under it.
MAX_POINTS = 16
# A piece whose source window, or number of points, is larger than this is split.
MAX_PIECE_PIXELS = 1 << 20


class Warp:
    """A source on the pixels of a target grid, read window by window.

    nearest: the source pixel at the centre. bilinear: the mean of bilinear values at points inside each target pixel,
    as many as source pixels lie under it, over valid source pixels; valid where these have at least half of the weight.
    Grids without CRS are taken to share their coordinates.
    """

    def __init__(self, read: ReadWindow, source: Grid, target: Grid, method: Resampling) -> None:
        self._read, self._source, self._target, self._method = read, source, target, method
        self._shares_crs = source.crs is None or target.crs is None or source.crs == target.crs
        self._turn = self._turn_of_source()
        self._points = self._points_a_side() if method == "bilinear" else 1
        self._tie_px = 1 if self._shares_crs else self._true_tie_px()

    def read(self, window: Window) -> tuple[Pixels, Valid]:
        """Pixels float32 [C, height, width], 0 where not valid, and valid bool [height, width]."""
        row, col, height, width = window
        x, y = self._source_places(_points(col, width, self._points), _points(row, height, self._points))
        # The two pixels around such a place, of which there are none in the source, are in the source window.
        x, y = (
            np.where(np.isnan(place), -1.5, np.clip(place, -1.5, size + 1.5))
            for place, size in ((x, self._source.width), (y, self._source.height))
        )
        top, left = floor(y.min() - 0.5), floor(x.min() - 0.5)
        box = (top, left, floor(y.max() - 0.5) + 2 - top, floor(x.max() - 0.5) + 2 - left)
        if max(box[2] * box[3], x.size) > MAX_PIECE_PIXELS and max(height, width) > 1:
            return self._read_halves(window)
        pixels, valid = self._read(*box)
        bands = np.concatenate([pixels, valid[None].astype(np.float32)])
        interpolate = _nearest if self._method == "nearest" else _bilinear
        return self._means(interpolate(bands, (top, left), x, y), (height, width))

    def _read_halves(self, window: Window) -> tuple[Pixels, Valid]:
        row, col, height, width = window
        if height >= width:
            halves = [(row, col, height // 2, width), (row + height // 2, col, height - height // 2, width)]
        else:
            halves = [(row, col, height, width // 2), (row, col + width // 2, height, width - width // 2)]
        first, second = map(self.read, halves)
        axis = -2 if height >= width else -1
        return np.concatenate([first[0], second[0]], axis), np.concatenate([first[1], second[1]], axis)

    def _means(self, bands: Pixels, shape: tuple[int, int]) -> tuple[Pixels, Valid]:
        """Means of the points of each target pixel, from weighted pixels [C, ...] and their weights as last band."""
        points = self._points
        grouped = bands.reshape(-1, shape[0], points, shape[1], points)
        # One after the other: numpy's own sums depend on the shape, and so on the window.
        sums = np.zeros((len(bands), *shape), dtype=np.float32)
        for down, across in product(range(points), repeat=2):
            sums += grouped[:, :, down, :, across]
        # Weights are rounded: half of a border pixel must not be decided by the last bit.
        valid = sums[-1] >= 0.5 * points**2 - 1e-4
        return np.divide(sums[:-1], sums[-1], out=np.zeros_like(sums[:-1]), where=valid), valid

    def _source_places(self, columns: Floats, rows: Floats) -> Floats:
        """Source columns and rows [2, len(rows), len(columns)], exact or interpolated between tie points."""
        if self._tie_px == 1:
            return self._on_source(self._exact_places(*np.meshgrid(columns, rows)))
        across, down = columns / self._tie_px, rows / self._tie_px
        xs, ys = (np.arange(floor(places[0]), floor(places[-1]) + 2) * float(self._tie_px) for places in (across, down))
        ties = self._exact_places(*np.meshgrid(xs, ys))
        # Few windows meet a line where coordinates start anew; the others' places need no look.
        turn = self._turn if self._starts_anew(ties) else None
        places = _between(ties, across - floor(across[0]), 2, turn)
        places = _between(places, down - floor(down[0]), 1, turn)
        return places if self._turn is None else self._on_source(places, None if turn is not None else ties[:, :1, :1])

    def _on_source(self, places: Floats, like: Floats | None = None) -> Floats:
        """Places moved by whole turns of the Earth to where they are nearest to the source's middle.

        like: one of them [2, 1, 1], where all are moved alike.
        """
        if self._turn is None:
            return places
        middle = np.array([[[self._source.width / 2]], [[self._source.height / 2]]])
        turns = _turns(places if like is None else like, middle, self._turn)
        # An infinite place has no turn.
        return places - turns * self._turn if turns.any() else places

    def _starts_anew(self, ties: Floats) -> bool:
        """Whether places between these ties may lie in several turns of the Earth."""
        if self._turn is None:
            return False
        steps = [_turns(ties[:, 1:], ties[:, :-1], self._turn), _turns(ties[:, :, 1:], ties[:, :, :-1], self._turn)]
        middle = np.array([[[self._source.width / 2]], [[self._source.height / 2]]])
        turns = _turns(ties, middle, self._turn)
        return bool(any(step.any() for step in steps) or (turns != turns[0, 0]).any())

    def _turn_of_source(self) -> Floats | None:
        """The step [2, 1, 1] in columns and rows of the source after which it is at the same place of the Earth.

        None where there is none, or nothing of the target lies in another turn.
        """
        source, target = self._source, self._target
        if source.crs is None or (self._shares_crs and len(source.turns_onto(target)) < 2):
            return None
        turn = turn_of(source.crs)
        t = ~source.transform
        return None if turn is None else np.array([t.a * turn, t.d * turn]).reshape(2, 1, 1)

    def _true_tie_px(self) -> int:
        """How far apart tie points may be."""
        corners = np.meshgrid(np.linspace(0, self._target.width, _CELLS), np.linspace(0, self._target.height, _CELLS))
        poles = self._poles()
        tie_px = TIE_PX
        while tie_px > 1:
            steps = [(down, across) for down in (0.0, 0.5, 1.0) for across in (0.0, 0.5, 1.0)]
            columns, rows = (
                np.append(corner, pole - 0.3 * tie_px) for corner, pole in zip(corners, poles, strict=True)
            )
            cells = np.array(
                [self._exact_places(columns + across * tie_px, rows + down * tie_px) for down, across in steps]
            )
            if self._turn is not None:
                turn = self._turn[..., 0]
                cells = cells - _turns(cells.swapaxes(0, 1), cells[0][:, None], self._turn)[:, None] * turn
            cells = cells.reshape(3, 3, 2, -1)
            halves = (cells, cells.swapaxes(0, 1))
            off = np.max([np.abs(middle - (low + high) / 2).max() for low, middle, high in halves])
            if off <= TRUE_PX:
                break
            tie_px = 1 if np.isnan(off) else tie_px // 2
        return tie_px

    def _poles(self) -> Floats:
        """Columns and rows [2, n] of the target's poles, around which longitudes can not be interpolated."""
        source, target = self._source, self._target
        if source.crs is None or not source.crs.is_geographic:
            return np.empty((2, 0))
        quarter = np.pi / 2 / source.crs.units_factor[1]
        x, y = reproject_points(source.crs, target.crs, np.zeros(2), np.array([-quarter, quarter]))
        with np.errstate(invalid="ignore"):
            columns, rows = apply(~target.transform, x, y)
            inside = (columns > -TIE_PX) & (columns < target.width + TIE_PX) & (rows > -TIE_PX)
            inside &= rows < target.height + TIE_PX
        return np.array([columns[inside], rows[inside]])

    def _exact_places(self, columns: Floats, rows: Floats) -> Floats:
        """Source columns and rows [2, ...] of target columns and rows: NaN where there is none, in any turn."""
        x, y = apply(self._target.transform, columns, rows)
        if not self._shares_crs:
            x, y = reproject_points(self._target.crs, self._source.crs, x, y)
        with np.errstate(invalid="ignore"):
            return np.stack(apply(~self._source.transform, x, y))

    def _points_a_side(self) -> int:
        """How many points a side of a target pixel stand for all source pixels under its place at the grid's middle."""
        # At a pole a pixel lies over all longitudes.
        shares = (0.5,) if not self._poles().size else (0.1, 0.3, 0.7, 0.9)
        row, col = (
            np.array([[share * size] for share in shares]) for size in (self._target.height, self._target.width)
        )
        places = self._exact_places(col + np.array([0, 1, 0]), row + np.array([0, 0, 1]))
        if self._turn is not None:
            places = places - _turns(places, places[:, :, :1], self._turn) * self._turn
        steps = np.hypot(*(places[:, :, 1:] - places[:, :, :1])).max(axis=1)
        longest = float(steps.min())
        return min(max(ceil(longest - 0.5), 1), MAX_POINTS) if isfinite(longest) else 1


def _points(start: int, size: int, points: int) -> Floats:
    """Places of the points of `size` pixels along an axis."""
    inside = (np.arange(points) + 0.5) / points
    places: Floats = (start + np.arange(size)[:, None] + inside).ravel()
    return places


def _between(values: Floats, places: Floats, axis: int, turn: Floats | None) -> Floats:
    """Linear interpolation of values [2, rows, columns] along an axis, at places counted in its steps.

    turn: of the Earth, by which neighbouring values may differ.
    """
    first = np.floor(places).astype(int)
    share = np.expand_dims(places - first, tuple(range(1, 3 - axis)))
    low, high = np.take(values, first, axis), np.take(values, first + 1, axis)
    if turn is not None:
        high = high - _turns(high, low, turn) * turn
    between: Floats = low * (1 - share) + high * share
    return between


def _turns(places: Floats, others: Floats, turn: Floats) -> Floats:
    """How many turns of the Earth lie between places and others, both [2, ...]; 0 for those without a place."""
    with np.errstate(invalid="ignore"):
        turns: Floats = np.round(((places - others) * turn).sum(axis=0) / (turn**2).sum())
    return np.nan_to_num(turns)


def _nearest(bands: Pixels, corner: tuple[int, int], x: Floats, y: Floats) -> Pixels:
    """Bands [B, h, w], whose pixel (0, 0) lies at a corner (row, col), at source places (x, y): float32 [B, n]."""
    pixels: Pixels = np.take(bands.reshape(len(bands), -1), _index(bands, corner, np.floor(x), np.floor(y)), axis=1)
    return pixels


def _bilinear(bands: Pixels, corner: tuple[int, int], x: Floats, y: Floats) -> Pixels:
    """Sums of the four pixels around each place by their weights; like `_nearest`."""
    left, top = np.floor(x - 0.5), np.floor(y - 0.5)
    # Of the places themselves: counted from the corner they would be rounded, each window in its own way.
    right, lower = (x - 0.5 - left).ravel(), (y - 0.5 - top).ravel()
    first, width = _index(bands, corner, left, top), bands.shape[2]
    flat = bands.reshape(len(bands), -1)
    sums: Pixels = np.take(flat, first, axis=1) * ((1 - lower) * (1 - right)).astype(np.float32)
    for step, weight in ((1, (1 - lower) * right), (width, lower * (1 - right)), (width + 1, lower * right)):
        sums += np.take(flat, first + step, axis=1) * weight.astype(np.float32)
    return sums


def _index(bands: Pixels, corner: tuple[int, int], columns: Floats, rows: Floats) -> NDArray[np.intp]:
    """Where pixels lie in a flat band."""
    return ((rows - corner[0]) * bands.shape[2] + columns - corner[1]).ravel().astype(np.intp)
