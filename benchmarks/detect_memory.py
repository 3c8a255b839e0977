"""The largest memory that a worker takes to detect changes, by the size of the rasters.

    python -m benchmarks.detect_memory --method cva --sizes 3000 20000
    python -m benchmarks.detect_memory --method features --sizes 3000 6000

Each size is a pair of square rasters of three bands of bytes, tiled, 2 % of it changed; the map, its scores and its
polygons are written by a process of its own, whose peak of resident memory is printed. The model of METHOD features has
the size of the preset tiny, or with --least next to no layers, and random weights, which do not change the memory. The
bar: under 1.5 GB, and at most 64 MB above the smallest size.
"""

import argparse
import os
import subprocess  # nosec - runs this project's own command line
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
import rasterio
from affine import Affine
from rasterio.windows import Window

from qgis_ddpm.jobs.presets import PRESETS

from .sampling_overhead import write_model

MB = 1 << 20
# A convolution over patches of 4 px, one block down and one up, and the last convolution.
LEAST = {
    "tile_px": 128,
    "base_channels": 4,
    "channel_multipliers": "1",
    "attention_at_px": "0",
    "res_blocks": 1,
    "patch_px": 4,
}
BLOCK_PX = 512


def write_pair(folder: Path, size: int) -> tuple[Path, Path]:
    """Two dates of smooth noise with gain, noise and changed squares, written by block."""
    paths = folder / f"before_{size}.tif", folder / f"after_{size}.tif"
    profile = {
        "driver": "GTiff",
        "width": size,
        "height": size,
        "count": 3,
        "dtype": "uint8",
        "crs": "EPSG:32618",
        "transform": Affine(10, 0, 500000, 0, -10, 4500000),
        "tiled": True,
        "compress": "deflate",
        "zlevel": 1,
        "photometric": "minisblack",
    }
    with rasterio.open(paths[0], "w", **profile) as before, rasterio.open(paths[1], "w", **profile) as after:
        for row in range(0, size, BLOCK_PX):
            for col in range(0, size, BLOCK_PX):
                height, width = min(BLOCK_PX, size - row), min(BLOCK_PX, size - col)
                window = Window(col, row, width, height)
                first, second = _block(np.random.default_rng([row, col]), height, width)
                before.write(first, window=window)
                after.write(second, window=window)
    return paths


def _block(rng: np.random.Generator, height: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    coarse = rng.integers(60, 180, (3, -(-height // 8), -(-width // 8))).astype(np.float32)
    first = coarse.repeat(8, axis=1).repeat(8, axis=2)[:, :height, :width]
    second = 1.1 * first + 4
    side = min(height, width) // 7
    second[:, 20 : 20 + side, 30 : 30 + side] = 240 - second[:, 20 : 20 + side, 30 : 30 + side]
    noise = rng.integers(-3, 4, (2, 3, height, width))
    return tuple(
        np.clip(date + each, 0, 255).astype(np.uint8) for date, each in zip((first, second), noise, strict=True)
    )


def peak_mb(arguments: list[str], algorithm: str = "detectchanges") -> tuple[float, float]:
    """Peak of resident memory in MB and seconds of a run of the command line."""
    started = perf_counter()
    command = [sys.executable, "-m", "qgis_ddpm", algorithm, *arguments]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # nosec
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} ended with status {os.waitstatus_to_exitcode(status)}.")
    # Linux counts kilobytes, macOS bytes.
    return used.ru_maxrss / (1 if sys.platform == "darwin" else 1024) / (MB if sys.platform == "darwin" else 1), (
        perf_counter() - started
    )


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--method", choices=("features", "irmad", "cva"), default="cva")
    parser.add_argument("--least", action="store_true", help="features of a network of next to no layers")
    parser.add_argument("--sizes", type=int, nargs="+", default=[3000, 20000])
    arguments = parser.parse_args()
    print("| method | px | peak MB | seconds |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="qgis_ddpm_") as name:
        folder = Path(name)
        write_model(folder / "model.safetensors", LEAST if arguments.least else PRESETS["tiny"], 3)
        for size in arguments.sizes:
            before, after = write_pair(folder, size)
            values = {
                "before": before,
                "after": after,
                "method": arguments.method,
                "output": folder / "map.tif",
                "probability": folder / "scores.tif",
                "polygons": folder / "changes.geojson",
                "min_area": 1000,
            }
            if arguments.method == "features":
                values["model"] = folder / "model.safetensors"
            peak, seconds = peak_mb([part for key, value in values.items() for part in (f"--{key}", str(value))])
            print(f"| {arguments.method} | {size} x {size} | {peak:.0f} | {seconds:.0f} |", flush=True)
            before.unlink()
            after.unlink()


if __name__ == "__main__":
    main()
