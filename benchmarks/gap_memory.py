"""Peak memory and time of `fillgaps` by the size of the raster: voids of 40 px in a made scene of one band.

OMP_NUM_THREADS=1 python -m benchmarks.gap_memory --sizes 2000 5000 10000
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from scipy import ndimage

from qgis_ddpm.core import run
from qgis_ddpm.jobs import FillGaps

_VOID_PX, _TILE_PX = 40, 500


def made(path: Path, side: int) -> None:
    """A raster of a repeated scene with one void in 1,500 x 1,500 px, written block by block."""
    rng = np.random.default_rng(0)
    tile = ndimage.gaussian_filter(rng.standard_normal((_TILE_PX, _TILE_PX)), 3, mode="wrap")
    tile = np.clip(128 + 40 * tile / tile.std(), 1, 255).astype(np.uint8)
    profile = {"driver": "GTiff", "width": side, "height": side, "count": 1, "dtype": "uint8", "nodata": 0}
    place = {"crs": "EPSG:32618", "transform": Affine(30, 0, 500000, 0, -30, 9000000)}
    with rasterio.open(path, "w", tiled=True, compress="deflate", **profile, **place) as file:
        for row in range(0, side, _TILE_PX):
            strip = np.tile(tile, (1, -(-side // _TILE_PX)))[: min(_TILE_PX, side - row), :side].copy()
            if row // _TILE_PX % 3 == 1:
                for col in range(700, side - _VOID_PX, 1500):
                    strip[200 : 200 + _VOID_PX, col : col + _VOID_PX] = 0
            file.write(strip[None], window=((row, row + len(strip)), (0, side)))


def main() -> int:
    """Print a row for each size, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2000, 5000, 10000])
    parser.add_argument("--one", default="", help="fill this file alone, and print the peak")
    options = parser.parse_args()
    if options.one:
        folder = Path(options.one).parent
        started = time.process_time()
        for _ in run(FillGaps(input=options.one, output=str(folder / "o.tif"), spread=str(folder / "s.tif"))):
            pass
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{peak:.0f} MB, {time.process_time() - started:.0f} CPU s", flush=True)
        return 0
    for side in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.tif"
            made(path, side)
            command = [sys.executable, "-m", "benchmarks.gap_memory", "--one", str(path)]
            told = subprocess.run(command, check=True, capture_output=True, text=True, env=dict(os.environ)).stdout
            print(f"{side} x {side} px: {told.strip()}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
