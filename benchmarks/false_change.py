"""Shares called changed, in per cent, between scenes and copies of them in which nothing changed.

    python -m benchmarks.false_change DATA [--model SCENE=MODEL ...] [--methods cva irmad features] [--side 600]

The copies are those of `tools/disturbances.py`: a shift by 0.3 px and back, gain, offset, noise, JPEG, other types. The
scenes: NAIP, Pucallpa, Taizhou, and mosaics of the AID aerial images of one class. METHOD features is measured on the
scenes that a model is named for: `naip`, `pucallpa`, `taizhou`, or `aid` for all mosaics. DATA: the folder of real
imagery. The bar: under 1 % each.
"""

import argparse
import tempfile
import warnings
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from PIL import Image
from rasterio.errors import NotGeoreferencedWarning

from qgis_ddpm.core import run
from qgis_ddpm.events import Result
from qgis_ddpm.jobs import DetectChanges
from tools.disturbances import Pixels, copies

METHODS = ("cva", "irmad", "features")
AID_CLASSES = ("DenseResidential", "Industrial", "Parking", "Forest", "Farmland", "Beach", "Port", "Desert")
PIXEL_M = 10.0


def scenes(data: Path, side: int) -> Iterator[tuple[str, str, Pixels]]:
    """Name, key of its model, and pixels of each scene: bytes as float64 [C, side, side] or less."""
    rasters = {
        "naip": data / "geo/naip/m_4709963_se_14_1_20120731.tif",
        "pucallpa": data / "geo/landsat_pucallpa/1985.tif",
        "taizhou": data / "change/taizhou_landsat/2000TM",
    }
    for name, path in rasters.items():
        with rasterio.open(path) as dataset:
            yield name, name, dataset.read()[:, :side, :side].astype(np.float64)
    for kind in AID_CLASSES:
        yield f"AID {kind}", "aid", mosaic(data / "aid150" / kind, side)


def mosaic(folder: Path, side: int) -> Pixels:
    """The images of a folder side by side."""
    paths = sorted(folder.glob("*.jpg"))
    tiles = [np.asarray(Image.open(path).convert("RGB")) for path in paths]
    across = max(side // tiles[0].shape[1], 1)
    rows = [np.concatenate(tiles[i * across : (i + 1) * across], axis=1) for i in range(across)]
    return np.concatenate(rows).transpose(2, 0, 1).astype(np.float64)


def write(path: Path, pixels: NDArray[np.generic], shift_px: float = 0.0) -> None:
    """A raster of square metres, its grid shifted right and down."""
    count, height, width = pixels.shape
    left, top = 200000 + shift_px * PIXEL_M, 3600000 - shift_px * PIXEL_M
    place = {"crs": "EPSG:32651", "transform": Affine(PIXEL_M, 0, left, 0, -PIXEL_M, top), "photometric": "minisblack"}
    with rasterio.open(path, "w", "GTiff", width, height, count, dtype=pixels.dtype.name, alpha="no", **place) as file:
        file.write(pixels)


def share_changed(folder: Path, method: str, model: str | None) -> float:
    """The share of changed area between a.tif and b.tif of a folder, in per cent."""
    job = DetectChanges(
        before=str(folder / "a.tif"),
        after=str(folder / "b.tif"),
        method=method,
        model=model if method == "features" else None,
        output=str(folder / "map.tif"),
    )
    *_, last = run(job)
    assert isinstance(last, Result)
    return 100 * float(last.outputs["CHANGED_SHARE"])


def main() -> None:
    """Print the table, then the worst of each method."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", action="append", default=[], metavar="SCENE=MODEL")
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=METHODS)
    parser.add_argument("--side", type=int, default=600, help="largest side of a scene, px")
    parser.add_argument("--only", help="a part of the names of the scenes to measure")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore", NotGeoreferencedWarning)
    models = dict(each.split("=", 1) for each in arguments.model)
    worst: dict[str, tuple[float, str]] = defaultdict(lambda: (-1.0, ""))
    print("| scene | copy | " + " | ".join(f"{method} %" for method in arguments.methods) + " |")
    print("|---|---|" + "---|" * len(arguments.methods))
    with tempfile.TemporaryDirectory(prefix="qgis_ddpm_") as temporary:
        folder = Path(temporary)
        for name, key, scene in scenes(arguments.data, arguments.side):
            if arguments.only and arguments.only not in name:
                continue
            write(folder / "a.tif", scene.astype(np.uint8))
            for copy in copies(scene):
                write(folder / "b.tif", copy.stored(), copy.shift_px)
                cells = []
                for method in arguments.methods:
                    if method == "features" and key not in models:
                        cells.append("")
                        continue
                    share = share_changed(folder, method, models.get(key))
                    worst[method] = max(worst[method], (share, f"{name}, {copy.name}"))
                    cells.append(f"{share:.2f}")
                print(f"| {name} | {copy.name} | " + " | ".join(cells) + " |", flush=True)
    for method, (share, where) in worst.items():
        print(f"| worst of {method} | {where} | {share:.2f} |")


if __name__ == "__main__":
    main()
