"""Pixels of a stack: each band by strips on the one grid, resampled by GDAL's warper where its own grid is another."""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.io import DatasetReader
from rasterio.windows import Window

from ..gdal.nodata import equals_nodata
from ..gdal.opening import gdal_options, without_georeference
from ..raster.grid import Grid
from .layers import Layer, told_as_damage
from .virtual import warped_raster


class Stack:
    """Open bands as one raster. nodata: also of what a band's own file calls so, and of places beyond a band."""

    def __init__(
        self, layers: Sequence[Layer], grid: Grid, dtype: str, nodata: float | None, resampling: str, open_: ExitStack
    ) -> None:
        self._layers, self._grid, self._dtype, self._nodata = layers, grid, dtype, nodata
        self._read_from = [self._on_grid(layer, resampling, open_) for layer in layers]

    def read(self, row: int, height: int) -> NDArray[Any]:
        """Whole rows of all bands: [C, height, width] of the stack's type."""
        window = Window(0, row, self._grid.width, height)
        found = np.empty((len(self._layers), height, self._grid.width), self._dtype)
        for band, layer, dataset in zip(found, self._layers, self._read_from, strict=True):
            with told_as_damage(layer.band.path), gdal_options():
                pixels = dataset.read(1, window=window).astype(self._dtype, copy=False)
            if dataset is layer.dataset and self._nodata is not None and layer.nodata is not None:
                pixels = with_nodata(pixels, layer.nodata, self._nodata)
            band[...] = pixels
        return found

    def _on_grid(self, layer: Layer, resampling: str, open_: ExitStack) -> Any:
        if layer.grid.is_same(self._grid):
            return layer.dataset
        own = layer.nodata if layer.nodata is not None else layer.band.fill
        text = warped_raster(layer, self._grid, resampling, self._dtype, own, self._nodata)
        with told_as_damage(layer.band.path), gdal_options(), without_georeference():
            return open_.enter_context(DatasetReader(text, driver=["VRT"]))


def with_nodata(pixels: NDArray[Any], own: float, wanted: float) -> NDArray[Any]:
    """Pixels in which another number says that there is no data."""
    if own == wanted:
        return pixels
    lost = np.isnan(pixels) if np.isnan(own) else equals_nodata(pixels, own, pixels.dtype.name)
    return np.where(lost, np.asarray(wanted, pixels.dtype), pixels)
