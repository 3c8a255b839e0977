"""Regression on other dates: how pixels of this date follow from those of others, near each place.

Around each node of a grid of 8 px a ridge regression is solved from the known pixels of a window, drawn towards the
regression of a larger window, and that towards the regression of the whole scene. Windows are sums over cells of 8 x 8
px, so that a pixel costs the same whatever their size. That is the weighted regression of neighbourhood-similar-pixel
interpolation (Chen et al. 2011, doi 10.1016/j.rse.2010.12.010; Zhu et al. 2012, doi 10.1016/j.rse.2012.06.012) with
all bands at once; its residuals are kriged, as there.
"""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from ..raster.types import Floats, Valid

CELL_PX = 8
# Windows in cells, wide first, and by how many pixels of the wider regression each is steadied.
_WINDOWS = ((13, 60.0), (5, 60.0))
# How far pixels lie from what they tell about.
REACH_PX = (max(cells for cells, _ in _WINDOWS) // 2 + 2) * CELL_PX
_RIDGE = 1e-3


@dataclass
class Moments:
    """Sums over known pixels of the products of predictors and targets, for the regression of the whole scene."""

    predictors: Floats
    products: Floats
    pixels: float = 0.0

    @classmethod
    def empty(cls, predictors: int, targets: int) -> "Moments":
        """Sums over nothing."""
        return cls(np.zeros((predictors, predictors)), np.zeros((predictors, targets)))

    def add(self, predictors: Floats, targets: Floats) -> None:
        """Take in pixels [F, n] and [C, n]."""
        self.predictors += predictors @ predictors.T
        self.products += predictors @ targets.T
        self.pixels += predictors.shape[1]

    def coefficients(self) -> Floats:
        """The ridge regression [F, C]; 0 where there are no pixels."""
        count = max(self.pixels, 1.0)
        matrix = self.predictors / count + _RIDGE * np.eye(len(self.predictors))
        solved: Floats = np.linalg.solve(matrix, self.products / count)
        return solved


class LocalRegression:
    """Regression of components [C] on predictors [F], of which one may be 1 everywhere, near each place."""

    def __init__(self, moments: Moments) -> None:
        self._whole = moments.coefficients()
        self._spread = moments.predictors / max(moments.pixels, 1.0) + _RIDGE * np.eye(len(moments.predictors))

    def predict(
        self,
        predictors: Floats,
        targets: Floats,
        known: Valid,
        anchor: tuple[int, int],
        applied_to: Floats | None = None,
    ) -> Floats:
        """What the predictors [F, h, w] say of the targets: float64 [C, h, w].

        targets: [C, h, w], looked at where known [h, w]. anchor: (row, col) of the first pixel, from which nodes are
        counted. applied_to: what the regression is applied to in the place of the predictors that it was fitted to.
        """
        height, width = known.shape
        top, left = anchor[0] % CELL_PX, anchor[1] % CELL_PX
        pad = ((top, -(top + height) % CELL_PX), (left, -(left + width) % CELL_PX))
        mask = np.pad(known, pad)
        x = np.where(mask, np.pad(predictors, ((0, 0), *pad)), 0.0)
        y = np.where(mask, np.pad(targets, ((0, 0), *pad)), 0.0)
        rows, columns = (size // CELL_PX for size in mask.shape)
        x, y = (
            each.reshape(len(each), rows, CELL_PX, columns, CELL_PX)
            .transpose(1, 3, 0, 2, 4)
            .reshape(rows, columns, len(each), CELL_PX**2)
            for each in (x, y)
        )
        matrices, products = x @ x.swapaxes(-1, -2), x @ y.swapaxes(-1, -2)
        nodes = np.broadcast_to(self._whole, (rows, columns, *self._whole.shape))
        for cells, steadied in _WINDOWS:
            sums = _window_sums(matrices, cells) + steadied * self._spread
            right = _window_sums(products, cells) + steadied * (self._spread @ nodes)
            nodes = np.linalg.solve(sums, right)
        return _applied(nodes, predictors if applied_to is None else applied_to, (top, left))


def _window_sums(values: Floats, cells: int) -> Floats:
    """Sums over windows of cells, which fade towards their border, so that no line is seen where a cell leaves one."""
    offsets = np.abs(np.arange(cells) - cells // 2) / (cells // 2 + 1)
    weights = (1 - offsets**2) ** 2
    down = ndimage.correlate1d(values, weights, axis=0, mode="constant")
    across: Floats = ndimage.correlate1d(down, weights, axis=1, mode="constant")
    return across


def _applied(nodes: Floats, predictors: Floats, corner: tuple[int, int]) -> Floats:
    """Predictions [C, h, w] of coefficients [rows, columns, F, C] that change bilinearly between the cells' middles."""
    height, width = predictors.shape[1:]
    (first, second, down), (left, right, across) = (
        _between(start, size, count)
        for start, size, count in zip(corner, (height, width), nodes.shape[:2], strict=True)
    )
    result = np.zeros((nodes.shape[3], height, width))
    for number, predictor in enumerate(predictors):
        plane = nodes[:, :, number]
        along = plane[first] * (1 - down)[:, None, None] + plane[second] * down[:, None, None]
        here = along[:, left] * (1 - across)[None, :, None] + along[:, right] * across[None, :, None]
        result += here.transpose(2, 0, 1) * predictor
    return result


def _between(start: int, size: int, count: int) -> tuple[Floats, Floats, Floats]:
    """Of each pixel along an axis: the nodes before and after it, and the share of the way between them."""
    place = (start + np.arange(size) + 0.5) / CELL_PX - 0.5
    before = np.floor(place).astype(int)
    share = place - before
    return np.clip(before, 0, count - 1), np.clip(before + 1, 0, count - 1), share
