"""A series of five dates with known changes, as rasters whose names tell their dates."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

SIZE = 120
DAYS = (20010605, 20030614, 20040601, 20080630, 20110610)
PLACE = {"crs": "EPSG:32618", "transform": Affine(30, 0, 600000, 0, -30, 4500000)}
NODATA = 0
# What changes: rows and columns, and the numbers of the dates at which it looks otherwise.
LASTING = (slice(10, 30), slice(10, 40)), (2, 3, 4)
RETURNING = (slice(50, 70), slice(20, 40)), (1,)
LATE = (slice(80, 110), slice(70, 110)), (4,)
TWICE = (slice(40, 60), slice(80, 110)), (1, 2, 3)
Image = NDArray[Any]


@dataclass(frozen=True)
class Made:
    """Paths of the dates in the order of time."""

    folder: Path
    paths: tuple[str, ...]


def pixels_of_dates(seed: int = 0, size: int = SIZE, bands: int = 3) -> list[NDArray[np.float64]]:
    """Five dates float64 [bands, size, size], about 60 to 180, each with a brightness and noise of its own."""
    rng = np.random.default_rng(seed)
    fields = [gaussian_filter(rng.normal(size=(size, size)), 4) for _ in range(bands + 1)]
    fields = [field / field.std() for field in fields]
    land = np.stack([120 + 14 * fields[0] + 8 * field for field in fields[1:]])
    other = 120 + 45 * np.sign(land - 120) * np.array([1, -1, 1, -1])[:bands, None, None]
    found = []
    for date in range(len(DAYS)):
        scene = land.copy()
        for (rows, cols), dates in (LASTING, RETURNING, LATE, TWICE):
            if date in dates:
                scene[:, rows, cols] = other[:, rows, cols]
        found.append((1 + 0.03 * date) * scene + 2 * date + rng.normal(0, 1.0, scene.shape))
    return found


def write_date(path: Path, pixels: Image, **more: Any) -> str:
    """A raster of bytes at PLACE."""
    stored = pixels if "nodata" in more else np.clip(np.rint(pixels), 1, 255).astype(np.uint8)
    count, height, width = stored.shape
    profile = {"driver": "GTiff", "count": count, "height": height, "width": width, "dtype": stored.dtype.name}
    with rasterio.open(
        path, "w", **{**profile, "nodata": NODATA, "photometric": "minisblack", **PLACE, **more}
    ) as file:
        file.write(stored)
    return str(path)


def make_series(folder: Path, **more: Any) -> Made:
    """Write the five dates to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    dates = zip(DAYS, pixels_of_dates(), strict=True)
    return Made(folder, tuple(write_date(folder / f"LT05_{day}.tif", pixels, **more) for day, pixels in dates))
