"""The raster of a sampling job, and the single tiles beside it, in the numbers and the type of the training raster."""

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...card import BandScaling
from ...errors import ModelFileError, OutputError
from ..outputs.transaction import OutputTransaction
from ..raster.grid import Grid, apply
from ..raster.scaling import from_unit
from ..raster.types import Pixels
from ..raster.vectors_out import crs_member
from ..raster.writer import RasterProfile, RasterWriter

# Types that a GeoTIFF holds; numbers of others become float32.
FILE_TYPES = ("uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64")


class SampleOutput:
    """Takes x0 in about [-1, 1] and writes it as synthetic pixels.

    folder: also gets each tile as a GeoTIFF of its own. Raises ModelFileError where x0 is not finite.
    """

    def __init__(
        self,
        path: str,
        grid: Grid,
        bands: Sequence[BandScaling],
        tags: dict[str, str],
        gaps: bool,
        folder: str | None,
        transaction: OutputTransaction,
        stack: ExitStack,
    ) -> None:
        self._bands, self._tags, self._folder, self._transaction = bands, tags, folder, transaction
        self._dtype = output_type(bands)
        self._nodata = output_nodata(bands, gaps)
        if folder is not None:
            transaction.lock_folder(folder)
        self._writer = stack.enter_context(self._open(path, grid))

    def write(self, row: int, col: int, x0: Pixels) -> None:
        """Write x0 float32 [C, n, m] at a place of the raster, from top to bottom."""
        self._writer.write(row, col, self._pixels(x0))

    def write_tile(self, number: int, grid: Grid, row: int, col: int, x0: Pixels) -> None:
        """Write a tile into the raster, and into its own file where a folder is given; numbers count from 1."""
        pixels = self._pixels(x0)
        self._writer.write(row, col, pixels)
        if self._folder is not None:
            with self._open(os.path.join(self._folder, f"tile_{number:05d}.tif"), grid) as writer:
                writer.write(0, 0, pixels)

    def _open(self, path: str, grid: Grid) -> RasterWriter:
        names = [band.name for band in self._bands]
        profile = RasterProfile(grid, len(names), self._dtype.name, self._nodata, names, self._tags)
        return RasterWriter(self._transaction, path, profile)

    def _pixels(self, x0: Pixels) -> NDArray[np.generic]:
        if not np.isfinite(x0).all():
            raise ModelFileError(
                "The model gives numbers that are not finite: its training went astray, or the file is damaged. "
                "Train it again, with a smaller LEARNING_RATE."
            )
        return from_unit(x0, self._bands, self._dtype.name, self._nodata)


def output_type(bands: Sequence[BandScaling]) -> np.dtype[Any]:
    """The type of the file: that of the bands, widened where they differ."""
    found = np.result_type(*(np.dtype(band.dtype) for band in bands))
    return found if found.name in FILE_TYPES else np.dtype("float32")


def output_nodata(bands: Sequence[BandScaling], gaps: bool) -> float | None:
    """The bands' nodata value; where they have none and the raster has gaps, the lowest value, or NaN."""
    declared = next((band.nodata for band in bands if band.nodata is not None), None)
    if declared is not None or not gaps:
        return declared
    dtype = output_type(bands)
    return float(np.iinfo(dtype).min) if dtype.kind in "iu" else float("nan")


def write_footprints(path: str, tiles: Iterable[Grid], seed: int) -> None:
    """One polygon for each tile with `id` from 1, `seed`, and `row` and `col` of its corner from the CRS origin.

    Seed, row and column decide a tile's noise. Raises OutputError.
    """
    features, crs = [], None
    for number, tile in enumerate(tiles, start=1):
        crs, (row, col) = tile.crs, tile.lattice_origin()
        corners = [(0, 0), (0, tile.height), (tile.width, tile.height), (tile.width, 0), (0, 0)]
        ring = [list(apply(tile.transform, *corner)) for corner in corners]
        properties = {"id": number, "seed": seed, "row": row, "col": col}
        geometry = {"type": "Polygon", "coordinates": [ring if tile.transform.determinant < 0 else ring[::-1]]}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    collection = {"type": "FeatureCollection", "crs": crs_member(crs), "features": features}
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            json.dump(collection, file)
    except OSError as error:
        raise OutputError(
            f"{path} could not be written whole ({error.strerror}). Free space on the disk or choose another folder."
        ) from error
