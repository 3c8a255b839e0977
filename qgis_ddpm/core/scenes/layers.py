"""Open bands of a scene, and the one grid that they are brought onto."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil, isclose
from typing import Any

import numpy as np
from affine import Affine

from ...errors import InputError
from ..gdal.nodata import nodata_span
from ..gdal.opening import is_gdal_error, open_archived, open_dataset, reason_of
from ..raster.grid import Grid, parse_crs
from .scene import SceneBand

# Two sizes of pixels are one where they differ by less than this share: they are rounded in files.
_SAME_SIZE = 1e-6
# Far more than any sensor sees of one scene, and within what GDAL counts pixels by.
MAX_SIDE_PX = 1 << 20


@dataclass(frozen=True)
class Layer:
    """One open band. nodata: of its file, None where it has none."""

    band: SceneBand
    dataset: Any
    grid: Grid
    nodata: float | None

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type of its pixels."""
        return np.dtype(self.dataset.dtypes[0])

    @property
    def pixel(self) -> tuple[float, float]:
        """Width and height of a pixel."""
        return abs(self.grid.transform.a), abs(self.grid.transform.e)


def open_raster(name: str) -> Any:
    """A raster of rasterio's, from a file or from a file in a zip. Raises InputError."""
    return open_archived(name) if name.startswith("/vsizip/") else open_dataset(name)


def open_layer(band: SceneBand, override: Mapping[str, Any]) -> Layer:
    """One band, opened. override: `crs` and `nodata` as set on a layer of QGIS. Raises InputError."""
    dataset = open_raster(band.path)
    try:
        if dataset.count != 1:
            raise InputError(
                f"{band.path} has {dataset.count} bands, and a file of a scene has one. Name files of one band each."
            )
        kind = np.dtype(dataset.dtypes[0]).kind
        if kind not in "iuf":
            raise InputError(f"{band.path} has pixels of {dataset.dtypes[0]}, which no band has. Leave it out.")
        crs = dataset.crs
        if "crs" in override:
            crs = parse_crs(override["crs"]) if override["crs"] else None
        grid = Grid(dataset.transform, dataset.width, dataset.height, crs)
        if grid.transform.b or grid.transform.d:
            raise InputError(f"{band.path} is rotated. Warp it first (Raster > Projections > Warp).")
        nodata = override.get("nodata", dataset.nodata)
        held = nodata is not None and (kind == "f" or nodata_span(nodata, dataset.dtypes[0]))
        return Layer(band, dataset, grid, nodata if held else None)
    except BaseException:
        dataset.close()
        raise


def common_grid(layers: Sequence[Layer], pixel_size: float | None) -> Grid:
    """The grid of the first band whose pixels have the size, or one of that size from its upper left corner on.

    pixel_size: None is that of the finest band. Raises InputError where the bands have no grid in common.
    """
    first = layers[0]
    for layer in layers[1:]:
        if layer.grid.crs != first.grid.crs:
            raise InputError(
                f"{layer.band.path} and {first.band.path} have different CRS. Warp one of them first (Raster > "
                "Projections > Warp)."
            )
        if (layer.grid.transform.e < 0) != (first.grid.transform.e < 0) or layer.grid.transform.a < 0:
            raise InputError(f"{layer.band.path} is turned over. Warp it first (Raster > Projections > Warp).")
    size = pixel_size or min(min(layer.pixel) for layer in layers)
    same = [layer for layer in layers if all(isclose(side, size, rel_tol=_SAME_SIZE) for side in layer.pixel)]
    if same:
        return same[0].grid
    if pixel_size is None and all(layer.grid.is_same(first.grid) for layer in layers):
        # Pixels that are no squares.
        return first.grid
    transform, grid = first.grid.transform, first.grid
    width, height = (
        ceil(count * side / size - _SAME_SIZE)
        for count, side in zip((grid.width, grid.height), first.pixel, strict=True)
    )
    if max(width, height) > MAX_SIDE_PX:
        raise InputError(
            f"PIXEL_SIZE {size:.10g} makes {width} x {height} pixels; up to {MAX_SIDE_PX} a side are written. Those of "
            f"{first.band.name} are {first.pixel[0]:.10g} wide."
        )
    down = size if transform.e > 0 else -size
    return Grid(Affine(size, 0.0, transform.c, 0.0, down, transform.f), width, height, grid.crs)


def places_in(grid: Grid, source: Grid) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where the first pixel of a grid begins in another one, and how many pixels of that one of it spans: x, then y."""
    t, s = grid.transform, source.transform
    return ((t.c - s.c) / s.a, t.a / s.a), ((t.f - s.f) / s.e, t.e / s.e)


def lacks_cover(layer: Layer, grid: Grid) -> bool:
    """Whether more than half a pixel at an edge of a grid lies beyond a band."""
    for (start, step), count, size in zip(
        places_in(grid, layer.grid), (grid.width, grid.height), (layer.grid.width, layer.grid.height), strict=True
    ):
        if start < -0.5 * step - _SAME_SIZE or start + count * step > size + 0.5 * step + _SAME_SIZE:
            return True
    return False


@contextmanager
def told_as_damage(path: str) -> Iterator[None]:
    """Let what GDAL cannot read of a file be one sentence."""
    try:
        yield
    except Exception as error:
        if not is_gdal_error(error) or isinstance(error, InputError):
            raise
        raise InputError(f"{path} is damaged or cut off: {reason_of(error)}. Take a whole copy.") from error
