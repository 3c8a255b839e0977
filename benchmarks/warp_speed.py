"""Our resampling beside GDAL's warper: windows a second, windows that differ from the whole, and gaps that spread.

    python -m benchmarks.warp_speed [--side 2048]

A raster of four bands of noise in uint16 is read on other grids: in blocks of 512 px, in rows of windows of 64 px that
overlap, and in windows of 64 px at random places. GDAL: rasterio's WarpedVRT with a kernel of fixed size and a
tolerance of a millionth of a pixel. `differ`: of 100 random windows, those whose pixels are not those of the whole
raster's. `spread`: pixels that GDAL calls valid and that are not finite, or by which the two differ by more than the
noise's range, where a raster holds NaN beside its declared nodata value.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform
from rasterio.windows import Window as GdalWindow

from qgis_ddpm.core.gdal.opening import GDAL_OPTIONS
from qgis_ddpm.core.raster.grid import Grid, parse_crs
from qgis_ddpm.core.raster.source import RasterSource
from qgis_ddpm.core.raster.types import Window

GRIDS = (("EPSG:32618", 30.3), ("EPSG:32618", 120.0), ("EPSG:32617", 30.0), ("EPSG:3857", 40.0))
NODATA = -9999.0
Read = Callable[[Window], NDArray[np.float32]]


def write(path: Path, pixels: NDArray[np.generic], nodata: float) -> None:
    """A raster of 30 m pixels."""
    count, height, width = pixels.shape
    profile = {"count": count, "dtype": pixels.dtype.name, "height": height, "width": width, "nodata": nodata}
    place = {"crs": "EPSG:32618", "transform": Affine(30, 0, 600000, 0, -30, 4500000)}
    with rasterio.open(path, "w", "GTiff", tiled=True, blockxsize=256, blockysize=256, **profile, **place) as file:
        file.write(pixels)


def target(crs: str, size: float, side: int) -> Grid:
    """A grid inside the raster."""
    (x,), (y,) = transform("EPSG:32618", crs, [602000.0], [4498000.0])
    pixels = int(side * 0.75 * 30 / size) if crs != "EPSG:3857" else int(side * 0.75)
    return Grid(Affine(size, 0, x, 0, -size, y), pixels, pixels, parse_crs(crs))


def warped(path: Path, grid: Grid) -> WarpedVRT:
    """The raster on a grid, by GDAL."""
    kernel = Resampling.average if abs(grid.transform.a) > 100 else Resampling.bilinear
    place = {"crs": grid.crs, "transform": grid.transform, "width": grid.width, "height": grid.height}
    options = {"resampling": kernel, "tolerance": 1e-6, "XSCALE": 1, "YSCALE": 1, "dtype": "float32"}
    return WarpedVRT(rasterio.open(path), **place, **options)


def gdal_window(window: Window) -> GdalWindow:
    """The same window as rasterio writes it."""
    row, col, height, width = window
    return GdalWindow(col, row, width, height)


def patterns(side: int) -> Iterator[Sequence[Window]]:
    """Blocks, rows of windows, random windows."""
    starts = range(0, side, 512)
    yield [(row, col, min(512, side - row), min(512, side - col)) for row in starts for col in starts]
    yield [(row, 0, 64, side) for row in range(0, side - 64, 48)]
    rng = np.random.default_rng(0)
    yield [(int(row), int(col), 64, 64) for row, col in rng.integers(0, side - 64, (100, 2))]


def rate(read: Read, windows: Sequence[Window]) -> float:
    """Windows a second of processor time."""
    begun = time.process_time()
    for window in windows:
        read(window)
    return len(windows) / (time.process_time() - begun)


def differing(open_one: Callable[[], Read], whole: NDArray[np.float32], windows: Sequence[Window]) -> int:
    """Windows that, read alone, are not those of the whole."""
    return sum(
        not np.array_equal(open_one()((row, col, n, m)), whole[:, row : row + n, col : col + m])
        for row, col, n, m in windows
    )


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.warp_speed", description=__doc__)
    parser.add_argument("--side", type=int, default=2048, help="pixels of the raster along a side")
    side = parser.parse_args().side
    rng = np.random.default_rng(0)
    print("| onto | by | blocks/s | rows/s | random/s | differ | spread |\n|---|---|---|---|---|---|---|")
    with rasterio.Env(**GDAL_OPTIONS), tempfile.TemporaryDirectory() as folder:
        noise, gaps = Path(folder) / "noise.tif", Path(folder) / "gaps.tif"
        pixels = rng.integers(1, 9000, (4, side, side))
        write(noise, pixels.astype(np.uint16), 0)
        holes = pixels[:1].astype(np.float32)
        holes[0, 5::40, 5::40], holes[0, 25::40, 25::40] = np.nan, NODATA
        write(gaps, holes, NODATA)
        for crs, size in GRIDS:
            grid = target(crs, size, side)
            windows = [*patterns(grid.width)]
            with RasterSource(str(noise), onto=grid) as ours, RasterSource(str(gaps), onto=grid) as with_gaps:

                def own(window: Window, source: RasterSource = ours) -> NDArray[np.float32]:
                    return source.read(*window)[0]

                rates = [rate(own, pattern) for pattern in windows]
                differ = differing(lambda: own, own((0, 0, *grid.shape)), windows[-1])
                expected, valid = with_gaps.read(0, 0, *grid.shape)
            print(f"| {crs}, {size:g} m | ours |", " | ".join(f"{each:.0f}" for each in rates), f"| {differ} | 0 |")

            def opened(place: Grid = grid) -> Read:
                vrt = warped(noise, place)

                def read(window: Window) -> NDArray[np.float32]:
                    place = gdal_window(window)
                    found: NDArray[np.float32] = vrt.read(window=place) * (vrt.read_masks(1, window=place) > 0)
                    return found

                return read

            rates = [rate(opened(), pattern) for pattern in windows]
            differ = differing(opened, opened()((0, 0, *grid.shape)), windows[-1])
            with warped(gaps, grid) as vrt:
                found, shown = vrt.read(), vrt.read_masks(1) > 0
            off = ~(np.abs(found[0] - expected[0]) < 9000) & shown & valid
            spread = int((shown & (~np.isfinite(found[0]) | off)).sum())
            print("| | GDAL |", " | ".join(f"{each:.0f}" for each in rates), f"| {differ} | {spread} |")


if __name__ == "__main__":
    main()
