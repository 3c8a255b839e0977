"""Gaps of 20 masks in scenes that are whole, filled by `fillgaps` and by others, against what was there.

    python -m benchmarks.fill_gaps --data DATA [--scenes pucallpa,srtm] [--masks 20] [--opencv PYTHON] --out rows.jsonl
    python -m benchmarks.fill_gaps --out rows.jsonl --table

A row is a scene, a mask and how many other dates are given. Errors are in standard deviations of each band. texture is
the mean gradient in the gaps over that of the truth; angle the mean spectral angle in degrees; covered the share of
true values within 1.645 times SPREAD. Rows that a file has already are not measured again.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from affine import Affine
from rasterio.windows import Window
from scipy import ndimage

from benchmarks.gap_rivals import gdal, in_time, nspi, opencv
from qgis_ddpm.core import run
from qgis_ddpm.events import Result
from qgis_ddpm.jobs import FillGaps

PLACE = {"crs": "EPSG:32618", "transform": Affine(30, 0, 500000, 0, -30, 9000000)}


def scenes(data: Path, height: int, width: int) -> dict[str, tuple[np.ndarray, list[np.ndarray], float]]:
    """By name: a scene, its other dates (the nearest first), and how far it is on the way between two of them."""
    size = (height, width)

    def read(name: str, row: int, col: int) -> np.ndarray:
        with rasterio.open(data / name) as file:
            return file.read(window=Window(col, row, size[1], size[0])).astype(np.float32)

    found = {}
    pucallpa = [read(f"geo/landsat_pucallpa/{year}.tif", 60, 200) for year in (2000, 1995, 2005)]
    found["pucallpa"] = (pucallpa[0], pucallpa[1:], 0.5)
    dates = [read(f"change/taizhou_landsat/{year}TM", 100, 100) for year in (2003, 2000)]
    found["taizhou"] = (dates[0], dates[1:], 0.0)
    naip = [read(f"geo/naip/m_4709963_se_14_1_{day}.tif", 150, 300) for day in ("20120731", "20090818", "20150926")]
    found["naip"] = (naip[0], naip[1:], 0.5)
    series = np.load(data / "geo/s2_13band_eolearn/REFERENCE_SCENES.npy").transpose(0, 3, 1, 2).astype(np.float32)
    found["sentinel2"] = (series[2], [series[1], series[3]], 0.5)
    found["srtm"] = (read("geo/dem/srtm.tif", 60, 400), [], 0.0)
    return found


def masks(height: int, width: int) -> dict[str, np.ndarray]:
    """20 masks by name: stripes of three widths, clouds of four sizes, single lines, half a scene."""
    random = np.random.default_rng(0)
    rows, columns = np.indices((height, width))
    found = {}
    for wide, period in ((4, 18), (8, 30), (14, 46)):
        for number, degrees in enumerate((8.0, -12.0)):
            along = rows * np.cos(np.deg2rad(degrees)) + columns * np.sin(np.deg2rad(degrees))
            found[f"stripes {wide} px {number + 1}"] = ((along + random.integers(period)) % period) < wide
    for size in (10, 25, 50, 90):
        cut = min(size, min(height, width) // 3)
        for number in range(3 if size < 90 else 2):
            field = ndimage.gaussian_filter(random.standard_normal((height, width)), cut / 2.5, mode="wrap")
            found[f"clouds {size} px {number + 1}"] = field > np.quantile(field, 0.8)
    found["lines"] = np.zeros((height, width), dtype=bool)
    found["lines"][random.choice(height, height // 12, replace=False)] = True
    for name, part in (("right half", np.s_[:, width // 2 :]), ("upper half", np.s_[: height // 2])):
        found[name] = np.zeros((height, width), dtype=bool)
        found[name][part] = True
    return found


def write(path: Path, pixels: np.ndarray, dtype: str, nodata: float | None = None) -> str:
    """A GeoTIFF of pixels."""
    shape = {"count": len(pixels), "height": pixels.shape[1], "width": pixels.shape[2], "dtype": dtype}
    with rasterio.open(path, "w", driver="GTiff", nodata=nodata, **shape, **PLACE) as file:
        file.write(pixels.astype(dtype))
    return str(path)


def figures(filled: np.ndarray, truth: np.ndarray, gap: np.ndarray) -> dict[str, float]:
    """Error, correlation, spectral angle and texture of a fill."""
    deviation = truth.std(axis=(1, 2))[:, None]
    off = (filled - truth)[:, gap] / deviation

    def rough(values: np.ndarray) -> float:
        return float((np.hypot(*np.gradient(values, axis=(1, 2)))[:, gap] / deviation).mean())

    one, other = filled[:, gap], truth[:, gap]
    lengths = np.maximum(np.linalg.norm(one, axis=0) * np.linalg.norm(other, axis=0), 1e-12)
    angle = np.degrees(np.arccos(np.clip((one * other).sum(axis=0) / lengths, -1, 1))).mean()
    pairs = [np.corrcoef(a, b)[0, 1] for a, b in zip(one, other, strict=True) if a.std() > 0]
    return {
        "rmse": float(np.sqrt((off**2).mean())),
        "correlation": float(np.mean(pairs)) if pairs else 0.0,
        "angle": float(angle),
        "texture": rough(filled) / rough(truth),
    }


def ours(
    folder: Path, method: str, others: list[str], truth: np.ndarray, gap: np.ndarray, minutes: float | None = None
) -> dict[str, Any]:
    """Figures of `fillgaps`, with those of its spread and of one draw."""
    started = time.process_time()
    job = FillGaps(
        input=str(folder / "gaps.tif"),
        other=tuple(others),
        method=method,
        minutes=minutes if method in ("network", "diffusion") else None,
        output=str(folder / "filled.tif"),
        spread=str(folder / "spread.tif"),
        draws=1,
        draws_folder=str(folder / "draws"),
    )
    outputs = next(event.outputs for event in run(job) if isinstance(event, Result))
    seconds = time.process_time() - started
    read = [rasterio.open(folder / name).read() for name in ("filled.tif", "spread.tif", "draws/draw_001.tif")]
    filled, spread, draw = (each.astype(np.float64) for each in read)
    covered = float((np.abs(filled - truth)[:, gap] <= 1.645 * spread[:, gap]).mean())
    drawn = figures(draw, truth, gap)
    return {
        **figures(filled, truth, gap),
        "seconds": seconds,
        "covered": covered,
        "draw_texture": drawn["texture"],
        "used": outputs["METHOD_USED"],
    }


def measure(options: argparse.Namespace, done: set[tuple[str, str, int]]) -> Iterator[dict[str, Any]]:
    """All rows that are not yet measured."""
    for name, (truth, others, share) in scenes(Path(options.data), options.height, options.width).items():
        if options.scenes and name not in options.scenes.split(","):
            continue
        chosen = list(masks(*truth.shape[1:]).items())
        for mask, gap in chosen[:: max(20 // options.masks, 1)]:
            for dates in range(len(others) + 1):
                if (name, mask, dates) not in done:
                    yield row(options, (name, mask, dates), truth, others[:dates], share, gap)


def row(
    options: argparse.Namespace,
    key: tuple[str, str, int],
    truth: np.ndarray,
    others: list[np.ndarray],
    share: float,
    gap: np.ndarray,
) -> dict[str, Any]:
    """The figures of every way for one scene, mask and number of other dates."""
    hidden = np.where(gap, 0, truth).astype(np.float32)
    ways = {"gdal": gdal(hidden, gap)}
    if options.opencv:
        ways |= {flag: opencv(options.opencv, flag, hidden, gap) for flag in ("telea", "ns")}
    if others:
        ways["nspi"] = nspi(hidden, gap, others[0])
    if len(others) > 1:
        ways["in time"] = in_time(hidden, gap, others[0], others[1], share)
    found: dict[str, Any] = {way: figures(filled, truth, gap) for way, filled in ways.items()}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write(place / "gaps.tif", np.where(gap, -9999, truth), "float32", -9999)
        paths = [write(place / f"other{number}.tif", date, "float32") for number, date in enumerate(others)]
        for method in options.methods.split(","):
            found[method] = ours(place, method, paths, truth, gap, options.minutes)
    return {"scene": key[0], "mask": key[1], "dates": key[2], "ways": found}


def table(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Means over the masks of each scene, the worst row of auto, and coverage."""
    groups = defaultdict(list)
    for each in rows:
        groups[each["scene"], each["dates"]].append(each["ways"])
    names = ["gdal", "telea", "ns", "nspi", "in time", "kriging", "regression", "network", "diffusion", "auto"]
    names = [name for name in names if any(name in each["ways"] for each in rows)]
    last = "auto / gdal | worst row | correlation (gdal) | angle (gdal) | covered | texture of a draw"
    yield f"| scene | dates | masks | {' | '.join(names)} | {last} |"
    yield "|" + "---|" * (len(names) + 9)
    ratios = defaultdict(list)
    for (scene, dates), ways in groups.items():
        cells = []
        for name in names:
            errors = [each[name]["rmse"] for each in ways if name in each]
            cells.append(f"{np.mean(errors):.3f}" if errors else "")
        own = [each["auto"] for each in ways]
        ratio = [each["auto"]["rmse"] / each["gdal"]["rmse"] for each in ways]
        rivals = [name for name in names if name in ("gdal", "telea", "ns", "nspi", "in time")]
        worst = max(each["auto"]["rmse"] / min(each[name]["rmse"] for name in rivals if name in each) for each in ways)
        ratios[bool(dates)] += ratio
        pairs = " | ".join(
            " ".join(text.format(np.mean([each[name][key] for each in ways])) for name, text in both)
            for key, both in (
                ("correlation", (("auto", "{:.3f}"), ("gdal", "({:.3f})"))),
                ("angle", (("auto", "{:.2f}"), ("gdal", "({:.2f})"))),
            )
        )
        yield (
            f"| {scene} | {dates} | {len(ways)} | {' | '.join(cells)} | {np.mean(ratio):.2f} | {worst:.2f} | {pairs} | "
            f"{np.mean([each['covered'] for each in own]):.2f} | "
            f"{np.mean([each['draw_texture'] for each in own]):.2f} |"
        )
    for dates, values in ratios.items():
        yield f"auto / gdal {'with' if dates else 'without'} another date: {np.mean(values):.3f} of {len(values)} rows"


def main() -> int:
    """Measure what is not yet measured, or print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--scenes", default="")
    parser.add_argument("--masks", type=int, default=20, help="every so many of the 20")
    parser.add_argument("--methods", default="auto")
    parser.add_argument("--minutes", type=float, help="of network and diffusion")
    parser.add_argument("--height", type=int, default=200)
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--opencv", default="", help="an interpreter with OpenCV")
    parser.add_argument("--out", default="", help="a file of rows, one a line")
    parser.add_argument("--table", action="store_true", help="print the table of that file alone")
    options = parser.parse_args()
    path = Path(options.out) if options.out else None
    rows = [json.loads(line) for line in path.read_text().splitlines()] if path and path.exists() else []
    if not options.table:
        done = {(each["scene"], each["mask"], each["dates"]) for each in rows}
        for each in measure(options, done):
            rows.append(each)
            print(json.dumps(each), flush=True)
            if path:
                with path.open("a") as file:
                    file.write(json.dumps(each) + "\n")
    print("\n".join(table(rows)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
