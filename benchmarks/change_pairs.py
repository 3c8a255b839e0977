"""Pairs of dates that change detection is measured on: with labels, with nothing changed, and to be looked at."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from PIL import Image

from tools.disturbances import Pixels, copies
from tools.scene import make_variant
from tools.scene.variety import SCENES, SIZE_PX, UNCHANGED

Flags = NDArray[np.bool_]
AID_CLASSES = ("DenseResidential", "Forest")
PIXEL_M = 10.0
# Rows and columns of the scenes that copies are made of.
COPY_SIDE_PX = 300
NAIP = "m_4709963_se_14_1_"


@dataclass(frozen=True)
class LabelledPair:
    """Two rasters of a group, and where change is known to be and not to be; nowhere is changed where it is None."""

    group: str
    name: str
    before: Path
    after: Path
    changed: Flags | None = None
    unchanged: Flags | None = None

    @property
    def key(self) -> str:
        """Group and name."""
        return f"{self.group}: {self.name}"


def labelled(data: Path, folder: Path) -> Iterator[LabelledPair]:
    """All pairs with truth: twelve made scenes (in `folder`), Taizhou, SZTAKI, DSIFN, LEVIR."""
    for name, (seed, variant) in SCENES.items():
        scene = make_variant(folder / name.replace(" ", "_"), SIZE_PX, seed, variant)
        truth = _read(scene.truth)[0]
        yield LabelledPair("made", name, scene.before, scene.after, truth == 1, truth == 0)
    taizhou = data / "change/taizhou_landsat"
    changed, unchanged = (_read(taizhou / f"{name}.bmp")[0] > 0 for name in ("change", "unchanged"))
    yield LabelledPair("Taizhou", "2000 and 2003", taizhou / "2000TM", taizhou / "2003TM", changed, unchanged)
    for group, part in (
        ("SZTAKI", "sztaki_train"),
        ("SZTAKI", "sztaki_val"),
        ("DSIFN", "dsifn256"),
        ("LEVIR", "levir256"),
    ):
        source = data / "change" / part
        for before in sorted((source / "A").glob("*.png")):
            changed = (_read(next((source / "label").glob(f"{before.stem}.*"))) > 0).any(axis=0)
            # A tile without a label of change has neither precision nor recall.
            if changed.any():
                yield LabelledPair(group, before.stem, before, source / "B" / before.name, changed, ~changed)


def unchanged(data: Path, folder: Path) -> Iterator[LabelledPair]:
    """Pairs in which nothing changed: made scenes of other seasons, sensors and air, and copies of real ones."""
    for name, (seed, variant) in UNCHANGED.items():
        scene = make_variant(folder / f"same_{name.replace(' ', '_')}", SIZE_PX, seed, variant)
        yield LabelledPair("made, nothing changed", name, scene.before, scene.after)
    for name, pixels in real_scenes(data):
        place = folder / f"copies_{name.replace(' ', '_')}"
        place.mkdir(parents=True, exist_ok=True)
        _write(place / "a.tif", pixels.astype(np.uint8))
        for number, copy in enumerate(copies(pixels)):
            _write(place / f"{number}.tif", copy.stored(), copy.shift_px)
            yield LabelledPair("copies", f"{name}, {copy.name}", place / "a.tif", place / f"{number}.tif")


def to_look_at(data: Path) -> Iterator[LabelledPair]:
    """Pairs without labels."""
    naip, pucallpa = data / "geo/naip", data / "geo/landsat_pucallpa"
    for first, second in (("20090818", "20120731"), ("20120731", "20150926")):
        yield LabelledPair(
            "looked at", f"NAIP {first[:4]} and {second[:4]}", naip / f"{NAIP}{first}.tif", naip / f"{NAIP}{second}.tif"
        )
    yield LabelledPair("looked at", "Pucallpa 1985 and 2005", pucallpa / "1985.tif", pucallpa / "2005.tif")


def real_scenes(data: Path) -> Iterator[tuple[str, Pixels]]:
    """Scenes of bytes, float64 [C, side, side] or less."""
    rasters = {
        "NAIP": data / f"geo/naip/{NAIP}20120731.tif",
        "Pucallpa": data / "geo/landsat_pucallpa/1985.tif",
    }
    for name, path in rasters.items():
        yield name, _read(path)[:, :COPY_SIDE_PX, :COPY_SIDE_PX].astype(np.float64)
    for kind in AID_CLASSES:
        yield f"AID {kind}", _mosaic(data / "aid150" / kind)


def _mosaic(folder: Path) -> Pixels:
    """The images of a folder side by side."""
    tiles = [np.asarray(Image.open(path).convert("RGB")) for path in sorted(folder.glob("*.jpg"))]
    across = max(COPY_SIDE_PX // tiles[0].shape[1], 1)
    rows = [np.concatenate(tiles[i * across : (i + 1) * across], axis=1) for i in range(across)]
    return np.concatenate(rows).transpose(2, 0, 1).astype(np.float64)


def _write(path: Path, pixels: NDArray[np.generic], shift_px: float = 0.0) -> None:
    """A raster of square metres, its grid shifted right and down."""
    count, height, width = pixels.shape
    left, top = 200000 + shift_px * PIXEL_M, 3600000 - shift_px * PIXEL_M
    place = {"crs": "EPSG:32651", "transform": Affine(PIXEL_M, 0, left, 0, -PIXEL_M, top), "photometric": "minisblack"}
    with rasterio.open(path, "w", "GTiff", width, height, count, dtype=pixels.dtype.name, alpha="no", **place) as file:
        file.write(pixels)


def _read(path: Path) -> NDArray[np.generic]:
    with rasterio.open(path) as dataset:
        pixels: NDArray[np.generic] = dataset.read()
        return pixels
