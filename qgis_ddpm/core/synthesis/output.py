"""The raster of a sampling job, and the single tiles beside it, in the numbers and the type of the training raster."""

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack

import numpy as np
from numpy.typing import NDArray

from ...card import BandScaling
from ...errors import ModelFileError, OutputError
from ..model.denoiser import ASTRAY
from ..outputs.transaction import OutputTransaction, provenance_tags
from ..raster.grid import Grid, apply
from ..raster.scaling import from_unit
from ..raster.types import Pixels
from ..raster.vectors_out import crs_member
from ..raster.writer import RasterProfile, RasterWriter
from .plan import SamplingPlan, output_type


class SampleOutput:
    """Takes x0 in about [-1, 1] and writes it as synthetic pixels; raises ModelFileError where x0 is not finite."""

    def __init__(self, plan: SamplingPlan, transaction: OutputTransaction, stack: ExitStack) -> None:
        job, self._layout = plan.job, plan.layout
        self._bands, self._folder, self._transaction = self._layout.card.bands, job.tiles_folder, transaction
        self._dtype, self._plan = output_type(self._bands), plan
        gaps = bool(self._layout.columns) and job.count % self._layout.columns > 0
        self._nodata = output_nodata(self._bands, gaps)
        if self._folder is not None:
            transaction.lock_folder(self._folder)
        self._writer = stack.enter_context(self._open(str(job.output), self._layout.grid))

    def write(self, row: int, col: int, x0: Pixels) -> None:
        """Write x0 float32 [C, n, m] at a place of the raster, from top to bottom."""
        self._writer.write(row, col, self._pixels(x0))

    def write_tile(self, number: int, x0: Pixels) -> None:
        """Write a tile, counted from 0, into the raster, and into its own file where a folder is given."""
        pixels, layout = self._pixels(x0), self._layout
        self._writer.write(*layout.corner(number), pixels)
        if self._folder is not None:
            path = os.path.join(self._folder, f"tile_{number + 1:05d}.tif")
            with self._open(path, layout.tile_grid(number)) as writer:
                writer.write(0, 0, pixels)

    def finish(self) -> None:
        """Say in the raster what its pixels were computed in, now that all of them are."""
        self._writer.tell({"PRECISION": self._plan.model.precision_used})

    def _open(self, path: str, grid: Grid) -> RasterWriter:
        names = [band.name for band in self._bands]
        profile = RasterProfile(grid, len(names), self._dtype.name, self._nodata, names, _tags(self._plan))
        return RasterWriter(self._transaction, path, profile)

    def _pixels(self, x0: Pixels) -> NDArray[np.generic]:
        if not np.isfinite(x0).all():
            raise ModelFileError(ASTRAY)
        return from_unit(x0, self._bands, self._dtype.name, self._nodata)


def _tags(plan: SamplingPlan) -> dict[str, str]:
    layout = plan.layout
    return provenance_tags(
        "sampletiles",
        plan.job.seed,
        SYNTHETIC="YES",
        MODEL_FINGERPRINT=plan.model.fingerprint,
        PRECISION=plan.model.precision_used,
        LAYOUT=plan.job.layout,
        SAMPLER=layout.sampler,
        STEPS=layout.calls,
        GUIDANCE=layout.guidance.strength if layout.guidance else 1,
        TILE_PX=layout.card.tile_px,
        OVERLAP_PX=layout.lattice.overlap_px,
    )


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
