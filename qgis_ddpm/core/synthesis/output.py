"""The raster of a sampling job, and the single tiles beside it, in the numbers and the type of what they look like."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...card import BandScaling
from ...errors import ModelFileError, OutputError
from ..conditions.planes import Told, ToldByLabel, ToldByPlace
from ..model.denoiser import ASTRAY
from ..outputs.transaction import OutputTransaction, provenance_tags
from ..raster.grid import Grid, apply
from ..raster.scaling import from_unit
from ..raster.types import Pixels
from ..raster.vectors_out import crs_member
from ..raster.writer import RasterProfile, RasterWriter
from .asked_for import super_resolution, told_tag
from .placement import Mosaic
from .plan import SamplingPlan, output_type


@dataclass(frozen=True)
class Product:
    """What a sampling writes: its raster and, of tiles, a folder of single ones; all in these bands and this type.

    conditions: the folder of what each tile was asked for.
    """

    output: str
    folder: str | None
    mosaic: Mosaic
    names: Sequence[str]
    dtype: str
    nodata: float | None
    tags: Mapping[str, str]
    conditions: str | None = None


class SampleOutput:
    """Takes pixels of the product's type, [C, n, m], and writes them."""

    def __init__(self, product: Product, transaction: OutputTransaction, stack: ExitStack) -> None:
        self._product, self._transaction, self._tags = product, transaction, dict(product.tags)
        for folder in (product.folder, product.conditions):
            if folder is not None:
                transaction.lock_folder(folder)
        self._writer = stack.enter_context(self._open(product.output, product.mosaic.grid))

    def write(self, row: int, col: int, pixels: NDArray[Any]) -> None:
        """Write pixels at a place of the raster, from top to bottom."""
        self._writer.write(row, col, pixels)

    def write_tile(self, number: int, pixels: NDArray[Any], told: Told | None = None) -> None:
        """Write a tile, counted from 0, into the raster, and into its own file where a folder is given.

        told: what it was asked for; a label comes into the tags of that file, numbers into a folder of their own.
        """
        mosaic, folder = self._product.mosaic, self._product.folder
        self._writer.write(*mosaic.corner(number), pixels)
        name, grid = f"tile_{number + 1:05d}.tif", mosaic.tile_grid(number)
        if folder is not None:
            tags = {"LABEL": told.label(number)} if isinstance(told, ToldByLabel) else {}
            with self._open(os.path.join(folder, name), grid, tags) as writer:
                writer.write(0, 0, pixels)
        if self._product.conditions is not None and isinstance(told, ToldByPlace):
            numbers, nodata = told.stored(*mosaic.corner(number), mosaic.tile_px)
            path = os.path.join(self._product.conditions, name)
            profile = RasterProfile(grid, len(numbers), numbers.dtype.name, nodata, told.names, {})
            with RasterWriter(self._transaction, path, profile) as writer:
                writer.write(0, 0, numbers)

    def tag(self, **tags: str) -> None:
        """Tags of what is known only with the pixels: of the raster, and of tiles that are written from now on."""
        self._tags.update(tags)
        self._writer.tell(tags)

    def _open(self, path: str, grid: Grid, tags: Mapping[str, str] | None = None) -> RasterWriter:
        product = self._product
        profile = RasterProfile(
            grid, len(product.names), product.dtype, product.nodata, product.names, {**self._tags, **(tags or {})}
        )
        return RasterWriter(self._transaction, path, profile)


def product_of(plan: SamplingPlan) -> Product:
    """What a sampling from a model writes, in the numbers and the type of the training raster."""
    job, mosaic, bands = plan.job, plan.layout.mosaic, plan.layout.card.bands
    nodata = output_nodata(bands, has_gaps(mosaic, job.count))
    names = [band.name for band in bands]
    dtype, tags = output_type(bands).name, _tags(plan)
    return Product(str(job.output), job.tiles_folder, mosaic, names, dtype, nodata, tags, job.conditions_folder)


def to_pixels(x0: Pixels, product: Product, bands: Sequence[BandScaling]) -> NDArray[np.generic]:
    """x0 float32 [C, n, m] in about [-1, 1] as pixels; raises ModelFileError where x0 is not finite."""
    if not np.isfinite(x0).all():
        raise ModelFileError(ASTRAY)
    return from_unit(x0, bands, product.dtype, product.nodata)


def has_gaps(mosaic: Mosaic, count: int) -> bool:
    """Whether places of a mosaic have no tile."""
    return bool(mosaic.columns) and count % mosaic.columns > 0


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
        GUIDANCE=layout.guidance.strength if layout.guidance and not layout.guidance.untold else 1,
        TILE_PX=layout.card.tile_px,
        OVERLAP_PX=layout.lattice.overlap_px,
        CONDITION=told_tag(plan.told, plan.job.condition),
        GUIDANCE_SCALE=layout.guidance.strength if layout.guidance and layout.guidance.untold else None,
        SUPER_RESOLUTION=super_resolution(layout.card),
    )


def output_nodata(bands: Sequence[BandScaling], gaps: bool) -> float | None:
    """The bands' nodata value; where they have none and the raster has gaps, the lowest value, or NaN."""
    declared = next((band.nodata for band in bands if band.nodata is not None), None)
    return nodata_for(declared, output_type(bands), gaps)


def nodata_for(declared: float | None, dtype: np.dtype[Any], gaps: bool) -> float | None:
    """The declared nodata value; where there is none and the raster has gaps, the lowest value, or NaN."""
    if declared is not None or not gaps:
        return declared
    return float(np.iinfo(dtype).min) if dtype.kind in "iu" else float("nan")


def write_footprints(path: str, tiles: Iterable[Grid], seed: int, labels: Sequence[str] = ()) -> None:
    """One polygon for each tile with `id` from 1, `seed`, and `row` and `col` of its corner from the CRS origin.

    Seed, row and column decide a tile's noise. labels: of each tile, where there are such. Raises OutputError.
    """
    features, crs = [], None
    for number, tile in enumerate(tiles, start=1):
        crs, (row, col) = tile.crs, tile.lattice_origin()
        corners = [(0, 0), (0, tile.height), (tile.width, tile.height), (tile.width, 0), (0, 0)]
        ring = [list(apply(tile.transform, *corner)) for corner in corners]
        properties: dict[str, Any] = {"id": number, "seed": seed, "row": row, "col": col}
        if labels:
            properties["label"] = labels[number - 1]
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
