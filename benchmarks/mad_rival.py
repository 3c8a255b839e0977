"""Change maps without a model beside Orfeo Toolbox's multivariate alteration detection: seconds, and memory.

    python -m benchmarks.mad_rival --size 5000 --turns 3

A pair of square rasters of four bands of uint16 is made: correlated fields, gain and noise at the second date, 2 % of
it changed. `detectchanges` by METHOD irmad and cva writes its map, with --probability its scores too; Orfeo's program
writes its variates (float32, four bands, not compressed). Each is a process of its own, with one thread and with two,
turn by turn, so that other work on the computer meets all of them; the table has the medians and the least of the
turns. Needs `otbcli_MultivariateAlterationDetector` (Debian: `apt-get install otb-bin`); without it only ours are
measured.
"""

import argparse
import os
import shutil
import statistics
import subprocess  # nosec - runs this project's own command line, and Orfeo's
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
import rasterio
from affine import Affine
from rasterio.windows import Window

RIVAL = "otbcli_MultivariateAlterationDetector"
BANDS, BLOCK_PX = 4, 512
# What points at another GDAL, PROJ or Python than a program's own.
NOT_INHERITED = ("PROJ_LIB", "PROJ_DATA", "GDAL_DATA", "GDAL_DRIVER_PATH", "PYTHONPATH", "PYTHONHOME")


def write_pair(folder: Path, size: int) -> tuple[Path, Path]:
    """Two dates, tiled and not compressed, written block by block."""
    paths = folder / "before.tif", folder / "after.tif"
    profile = {
        "driver": "GTiff",
        "width": size,
        "height": size,
        "count": BANDS,
        "dtype": "uint16",
        "crs": "EPSG:32618",
        "transform": Affine(10, 0, 500000, 0, -10, 4500000),
        "tiled": True,
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
    mixing = np.linalg.cholesky(0.6 + 0.4 * np.eye(BANDS))
    coarse = np.tensordot(mixing, rng.normal(size=(BANDS, -(-height // 8), -(-width // 8))), 1)
    first = 1500 + 400 * coarse.repeat(8, axis=1).repeat(8, axis=2)[:, :height, :width]
    second = np.linspace(1.05, 1.2, BANDS)[:, None, None] * first + 50
    side = min(height, width) // 7
    second[:, 20 : 20 + side, 30 : 30 + side] = 3200 - second[:, 20 : 20 + side, 30 : 30 + side]
    noise = rng.normal(0, 30, (2, BANDS, height, width))
    return tuple(
        np.clip(date + each, 1, 65535).astype(np.uint16) for date, each in zip((first, second), noise, strict=True)
    )


def measured(command: list[str], threads: int) -> tuple[float, float, float]:
    """Seconds by the clock and of the processor, and the peak of resident memory in MB, of a program."""
    environment = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    # Orfeo's filters, and what of ours multiplies.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS"):
        environment[name] = str(threads)
    began = perf_counter()
    process = subprocess.Popen(  # nosec
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} ended with status {os.waitstatus_to_exitcode(status)}.")
    # Linux counts kilobytes, macOS bytes.
    memory_mb = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return perf_counter() - began, used.ru_utime + used.ru_stime, memory_mb


def commands(folder: Path, size: int, probability: bool) -> dict[str, list[str]]:
    """The programs by name."""
    before, after = map(str, write_pair(folder, size))
    ours = [sys.executable, "-m", "qgis_ddpm", "detectchanges", "--before", before, "--after", after]
    more = ["--probability", str(folder / "scores.tif")] if probability else []
    found = {
        method: [*ours, "--method", method, "--output", str(folder / f"{method}.tif"), *more]
        for method in ("irmad", "cva")
    }
    if shutil.which(RIVAL):
        mad = str(folder / "mad.tif")
        found["Orfeo's MAD"] = [RIVAL, "-in1", before, "-in2", after, "-out", mad, "float", "-ram", "512"]
    else:
        print(f"{RIVAL} is not on PATH: Orfeo Toolbox is not measured (Debian: apt-get install otb-bin).\n")
    return found


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=5000)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--probability", action="store_true", help="ours write their scores too")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="qgis_ddpm_") as name:
        programs = commands(Path(name), arguments.size, arguments.probability)
        found: dict[tuple[str, int], list[tuple[float, float, float]]] = {}
        for _ in range(arguments.turns):
            for program, command in programs.items():
                for threads in arguments.threads:
                    found.setdefault((program, threads), []).append(measured(command, threads))
    print("| program | threads | s by the clock | least | s of the processor | least | peak MB |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for (program, threads), runs in found.items():
        clock, processor, memory = zip(*runs, strict=True)
        figures = f"{statistics.median(clock):.1f} | {min(clock):.1f} | {statistics.median(processor):.1f}"
        print(f"| {program} | {threads} | {figures} | {min(processor):.1f} | {max(memory):.0f} |")


if __name__ == "__main__":
    main()
