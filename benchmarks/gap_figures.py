"""What a fill does to what is made of it: indices, change maps, slopes; and a picture of gaps before and after.

    python -m benchmarks.gap_figures --data DATA --picture docs/images/gaps.png

Landsat's Pucallpa with stripes of 27 %, filled with the help of one other date: NDVI, and IR-MAD against a third date,
beside those of the whole scene. NAIP with clouds, filled with another date. SRTM with voids, by heights and slopes.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np
import rasterio
from PIL import Image
from scipy import ndimage

from benchmarks.fill_gaps import masks, scenes, write
from benchmarks.gap_rivals import gdal
from qgis_ddpm.core import run
from qgis_ddpm.events import Result
from qgis_ddpm.jobs import DetectChanges, FillGaps

# Between panels.
_ROOM_PX = 6


def filled(folder: Path, truth: np.ndarray, gap: np.ndarray, others: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The fill and a draw."""
    paths = [write(folder / f"other{number}.tif", date, "float32") for number, date in enumerate(others)]
    source = write(folder / "gaps.tif", np.where(gap, -9999, truth), "float32", -9999)
    job = FillGaps(
        input=source,
        other=tuple(paths),
        output=str(folder / "filled.tif"),
        draws=1,
        draws_folder=str(folder / "draws"),
    )
    assert any(isinstance(event, Result) for event in run(job))
    names = ("filled.tif", "draws/draw_001.tif")
    fill, draw = (rasterio.open(folder / name).read().astype(np.float64) for name in names)
    return fill, draw


def changes(folder: Path, before: np.ndarray, after: np.ndarray, name: str) -> np.ndarray:
    """Where IR-MAD finds change."""
    paths = [write(folder / f"{name}_{number}.tif", date, "float32") for number, date in enumerate((before, after))]
    job = DetectChanges(before=paths[0], after=paths[1], method="irmad", output=str(folder / f"{name}.tif"))
    assert any(isinstance(event, Result) for event in run(job))
    return rasterio.open(folder / f"{name}.tif").read(1) == 1


def ndvi(bands: np.ndarray) -> np.ndarray:
    """Of SWIR1, NIR, red and green."""
    near, red = bands[1].astype(np.float64), bands[2].astype(np.float64)
    return (near - red) / np.maximum(near + red, 1)


def tell_landsat(truth: np.ndarray, gap: np.ndarray, fills: dict[str, np.ndarray], third: np.ndarray) -> None:
    """Print what NDVI and a change map lose."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        right = changes(folder, third, truth, "truth")
        for name, fill in fills.items():
            off = (ndvi(fill) - ndvi(truth))[gap]
            found = changes(folder, third, fill, name)
            both = (found & right).sum()
            inside = (found & right & gap).sum() / max((found & gap).sum() / 2 + (right & gap).sum() / 2, 1)
            print(
                f"{name}: NDVI in the gaps RMSE {np.sqrt((off**2).mean()):.3f}, bias {off.mean():+.4f} (deviation of "
                f"the truth {ndvi(truth)[gap].std():.3f}); changed {found.mean():.2%} of the scene (true scene "
                f"{right.mean():.2%}), F1 with its map {2 * both / (found.sum() + right.sum()):.3f}, in the gaps "
                f"{inside:.3f}; pixels that differ outside the gaps {(found != right)[~gap].mean():.2%}"
            )


def tell_heights(truth: np.ndarray, gap: np.ndarray, fills: dict[str, np.ndarray]) -> None:
    """Print errors of heights, and of slopes in metres a pixel."""
    slope = np.hypot(*np.gradient(truth[0].astype(np.float64)))
    for name, fill in fills.items():
        off = np.hypot(*np.gradient(fill[0].astype(np.float64))) - slope
        height = np.sqrt(((fill - truth)[0][gap] ** 2).mean())
        print(f"{name}: heights RMSE {height:.2f} m, slopes RMSE {np.sqrt((off[gap] ** 2).mean()):.2f} m/px")


def panel(bands: np.ndarray, truth: np.ndarray, chosen: tuple[int, ...], gap: np.ndarray | None) -> np.ndarray:
    """RGB uint8 [h, w, 3], stretched as the truth is; gaps in red where they are given."""
    if len(chosen) == 1:
        down, across = np.gradient(ndimage.gaussian_filter(bands[0].astype(np.float64), 0.5))
        shade = 0.5 + 0.04 * (across + down)
        colour = np.repeat(shade[..., None], 3, axis=2)
    else:
        low, high = (np.percentile(truth[list(chosen)], q, axis=(1, 2))[:, None, None] for q in (2, 98))
        colour = ((bands[list(chosen)] - low) / (high - low)).transpose(1, 2, 0)
    image = (np.clip(colour, 0, 1) * 255).astype(np.uint8)
    if gap is not None:
        image[gap] = (200, 60, 40)
    return image


def main() -> int:
    """Print the figures, and draw the picture where one is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--picture", default="")
    options = parser.parse_args()
    found, holes = scenes(Path(options.data), 200, 256), masks(200, 256)
    rows = []
    for name, mask, bands in (
        ("pucallpa", "stripes 8 px 1", (0, 1, 2)),
        ("naip", "clouds 25 px 1", (0, 1, 2)),
        ("srtm", "clouds 10 px 1", (0,)),
    ):
        truth, others, _ = found[name]
        gap = holes[mask]
        # The last other date of Pucallpa is left for the change map.
        with tempfile.TemporaryDirectory() as place:
            fill, draw = filled(Path(place), truth, gap, others[:1])
        by_gdal = gdal(np.where(gap, 0, truth).astype(np.float32), gap)
        print(f"{name}, {mask}, {gap.mean():.0%} missing")
        fills = {"fillgaps": fill, "one draw": draw, "GDAL": by_gdal}
        if name == "pucallpa":
            tell_landsat(truth, gap, fills, others[1])
        if name == "srtm":
            tell_heights(truth, gap, fills)
        row = [panel(truth, truth, bands, gap), *(panel(each, truth, bands, None) for each in (fill, draw, truth))]
        rows.append(
            np.concatenate(
                [np.pad(each, [(0, 0), (0, _ROOM_PX), (0, 0)], "constant", constant_values=255) for each in row], axis=1
            )
        )
    if options.picture:
        spaced = [np.pad(row, [(0, _ROOM_PX), (0, 0), (0, 0)], "constant", constant_values=255) for row in rows]
        Image.fromarray(np.concatenate(spaced)).save(options.picture, optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
