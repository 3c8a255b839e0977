"""Two dates of forest, fields and a lake in which the kind of every change is known."""

from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

SIZE = 160
NAMES = ("Green", "Red", "NIR", "SWIR1")
PLACE = {"crs": "EPSG:32618", "transform": Affine(30, 0, 600000, 0, -30, 4500000)}
# Reflectance times 10,000 in the four bands.
FOREST, FIELD, SOIL, WATER = (
    (450, 280, 3300, 1500),
    (800, 650, 3900, 2100),
    (1300, 1900, 2600, 3400),
    (600, 450, 220, 60),
)
# Number of the kind: where it happened, and what was there before and after.
CHANGES = {
    1: (np.s_[20:36, 20:44], FOREST, (780, 850, 2300, 2000)),
    2: (np.s_[20:36, 90:120], SOIL, FIELD),
    3: (np.s_[70:86, 20:50], FIELD, SOIL),
    4: (np.s_[70:90, 70:90], FIELD, WATER),
    5: (np.s_[120:140, 100:130], WATER, SOIL),
}


def make_ground(folder: Path, names: Any = NAMES, gain: float = 1.0, offset: float = 0.0, **more: Any) -> NDArray[Any]:
    """Write a.tif and b.tif to a folder; the kinds uint8 [SIZE, SIZE], 0 where nothing changed.

    gain, offset: of all that the second date shows. more: of the files' profile.
    """
    rng = np.random.default_rng(4)
    before = np.zeros((4, SIZE, SIZE))
    for cover, rows, columns in (
        (SOIL, slice(0, 60), slice(60, SIZE)),
        (FOREST, slice(0, 60), slice(0, 60)),
        (FIELD, slice(60, 110), slice(0, SIZE)),
        (WATER, slice(110, SIZE), slice(0, SIZE)),
    ):
        before[:, rows, columns] = np.array(cover)[:, None, None]
    texture = gaussian_filter(rng.normal(size=(SIZE, SIZE)), 3)
    before *= 1 + 0.12 * texture / texture.std()
    after, kinds = before.copy(), np.zeros((SIZE, SIZE), np.uint8)
    for kind, (place, old, new) in CHANGES.items():
        before[(slice(None), *place)] = np.array(old)[:, None, None]
        after[(slice(None), *place)] = np.array(new)[:, None, None]
        kinds[place] = kind
    for name, date in (("a", before), ("b", gain * after + offset)):
        stored = np.clip(np.rint(date * (1 + 0.01 * rng.normal(size=date.shape))), 1, 65535).astype(np.uint16)
        profile = {"count": 4, "height": SIZE, "width": SIZE, "dtype": "uint16", **PLACE, **more}
        with rasterio.open(folder / f"{name}.tif", "w", driver="GTiff", photometric="minisblack", **profile) as file:
            file.write(stored)
            file.descriptions = names
    return kinds
