"""A scene of two dates with known changes, made from nothing: what `make demo` maps and the tests measure against.

Felled forest, new buildings and a river that moves are changes.
Season, ploughing, sun, haze and a slight shift are not.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.transform import from_origin

from tools.scene.landscape import USUAL_LAND, Landscape, Recipe, make_landscape
from tools.scene.optics import BAND_NAMES, EARLY_SUMMER, FOUR_BANDS, LATE_SUMMER, Bands, Season, Sensor, observe

Dtype = Literal["uint8", "uint16", "float32"]

PIXEL_SIZE_M = 10.0
CRS = "EPSG:32633"
# Left and top edge of the scene in metres.
ORIGIN = (438_000.0, 5_342_000.0)
# What a reflectance of 1 is in the file; 8-bit products are stretched to the brightest roof.
UNITS = {"uint8": 500.0, "uint16": 10_000.0, "float32": 1.0}
NODATA = 0
TRUTH_NODATA = 255


@dataclass(frozen=True)
class Scene:
    """Paths of the two dates and of the truth: 1 changed, 0 unchanged, 255 where a date has no data."""

    before: Path
    after: Path
    truth: Path


def _missing(size_px: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Give where each date has no data: a lost packet before, the edge of the swath after."""
    rows, columns = np.indices((size_px, size_px))
    lost = (rows // max(1, size_px // 128) == 7) & (columns > size_px * 0.93)
    swath = columns + 0.23 * rows > size_px * 1.13
    return lost, swath


def _to_units(scene: Bands, missing: NDArray[np.bool_], dtype: Dtype) -> NDArray[np.generic]:
    values = scene * UNITS[dtype]
    if dtype != "float32":
        # A dark pixel must not turn into nodata.
        values = np.clip(np.rint(values), 1, np.iinfo(dtype).max)
    return np.where(missing, NODATA, values).astype(dtype)


def _write(path: Path, pixels: NDArray[np.generic], nodata: int, names: tuple[str, ...]) -> Path:
    count, height, width = pixels.shape
    profile = {
        "driver": "GTiff", "count": count, "height": height, "width": width, "dtype": pixels.dtype.name,
        "crs": CRS, "transform": from_origin(*ORIGIN, PIXEL_SIZE_M, PIXEL_SIZE_M), "nodata": nodata,
        "compress": "deflate", "tiled": True, "blockxsize": 256, "blockysize": 256,
    }  # fmt: skip
    with rasterio.open(path, "w", **profile) as raster:
        raster.write(pixels)
        raster.descriptions = names
    return path


@dataclass(frozen=True)
class Variant:
    """How a scene differs from the usual one: its land and what changes, the season and the sensor of each date."""

    recipe: Recipe = USUAL_LAND
    seasons: tuple[Season, Season] = (EARLY_SUMMER, LATE_SUMMER)
    sensors: tuple[Sensor, Sensor] = (FOUR_BANDS, FOUR_BANDS)
    dtype: Dtype = "uint16"


USUAL = Variant()


def make_scene(folder: Path, size_px: int = 512, seed: int = 0, dtype: Dtype = "uint16") -> Scene:
    """Write before.tif, after.tif and truth.tif of `size_px` x `size_px` pixels of 10 m to `folder`.

    The dates have four bands (blue, green, red, near infrared) of surface reflectance: times 10,000 as uint16, times
    500 as uint8, as it is as float32. The same arguments give the same pixels; 2 to 8 percent of them change.
    """
    return make_variant(folder, size_px, seed, replace(USUAL, dtype=dtype))


def make_variant(folder: Path, size_px: int, seed: int, variant: Variant) -> Scene:
    """`make_scene` of another kind."""
    folder.mkdir(parents=True, exist_ok=True)
    land: Landscape = make_landscape(size_px, seed, variant.recipe)
    lost, swath = _missing(size_px)
    dates = []
    for date, (name, cover, shore, missing) in enumerate(
        (
            ("before", land.before, land.shore_before, lost),
            ("after", land.after, land.shore_after, swath),
        )
    ):
        sensor = variant.sensors[date]
        pixels = observe(land, cover, shore, variant.seasons[date], seed, date, sensor)
        names = tuple(BAND_NAMES[band] for band in sensor.bands)
        dates.append(_write(folder / f"{name}.tif", _to_units(pixels, missing, variant.dtype), NODATA, names))
    truth = np.where(lost | swath, TRUTH_NODATA, land.changed).astype(np.uint8)
    before, after = dates
    return Scene(before, after, _write(folder / "truth.tif", truth[None], TRUTH_NODATA, ("change",)))
