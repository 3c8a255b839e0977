"""The largest memory that a worker takes for a series of five dates, by the size of the rasters.

    python -m benchmarks.series_memory --sizes 1000 4000

Each size is five square rasters of three bands of bytes, tiled; between any two of them 2 % changes, and a tenth of
each date is a gap. The map and its polygons are written by a process of its own, whose peak of resident memory is
printed.
The bar: at most 64 MB above the smallest size.
"""

import argparse
import tempfile
from pathlib import Path

import rasterio
from rasterio.windows import Window

from .detect_memory import BLOCK_PX, peak_mb, write_pair

YEARS = (1985, 1990, 1995, 2000, 2005)


def write_series(folder: Path, size: int) -> list[Path]:
    """Five dates: the pair of `detect_memory` in turns, each with a gap of its own."""
    pair = write_pair(folder, size)
    paths = []
    for number, year in enumerate(YEARS):
        paths.append(folder / f"date_{year}.tif")
        with (
            rasterio.open(pair[number % 2]) as source,
            rasterio.open(paths[-1], "w", **{**source.profile, "nodata": 0}) as target,
        ):
            for row in range(0, size, BLOCK_PX):
                for col in range(0, size, BLOCK_PX):
                    window = Window(col, row, min(BLOCK_PX, size - col), min(BLOCK_PX, size - row))
                    pixels = source.read(window=window)
                    start = number * window.height // len(YEARS)
                    pixels[:, start : start + window.height // 10] = 0
                    target.write(pixels, window=window)
    for path in pair:
        path.unlink()
    return paths


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--method", choices=("irmad", "cva"), default="irmad")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 4000])
    arguments = parser.parse_args()
    print("| method | px | peak MB | seconds |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="qgis_ddpm_") as name:
        folder = Path(name)
        for size in arguments.sizes:
            paths = write_series(folder, size)
            values = ["--input", *map(str, paths), "--output", str(folder / "o.tif"), "--min_area", "1000"]
            values += ["--polygons", str(folder / "p.geojson"), "--method", arguments.method]
            peak, seconds = peak_mb(values, "detectseries")
            print(f"| {arguments.method} | {size} x {size} | {peak:.0f} | {seconds:.0f} |", flush=True)
            for path in paths:
                path.unlink()


if __name__ == "__main__":
    main()
