"""How well dates of change are found on procedural series whose truth is exact, beside what comparing pairs gives.

    python -m benchmarks.series_figures [--seeds 11 12 13 14] [--size 384] [--method irmad] [--context 0]

Five dates, without clouds and with 12 % clouds a date that masks tell. Right: share of the truly changed pixels whose
first date is right, which is the first date without a cloud at which the change can be seen; found: that are called
changed at all; both of pixels with a clear date before and after the change. False: share of the unchanged pixels that
are called changed at least once. The controls: `pairs` is the same without its threshold for the whole series, so each
pair of dates takes all of the false alarms; `no bridges` leaves out what a cloud hides at either of two neighbouring
dates, as running 'Detect changes' on each pair does.

Last, dates that differ by noise alone, as large as the land's own variation, of which 1 % may be called changed: what
chance alone adds up to.
"""

import argparse
import tempfile
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.transform import from_origin
from scipy.ndimage import gaussian_filter

from qgis_ddpm.core import run
from qgis_ddpm.events import Result
from qgis_ddpm.jobs import DetectChanges, DetectSeries
from tools.scene.series import DAYS, SceneSeries, make_series

NOISE_ALARMS = 0.01
PLACE = from_origin(400_000, 5_300_000, 10, 10)
Dates = NDArray[np.int32]
# Fields of both jobs.
Way = dict[str, Any]


def read(path: Path) -> NDArray[np.generic]:
    """The first band of a raster."""
    with rasterio.open(path) as dataset:
        return np.asarray(dataset.read(1))


def by_series(series: SceneSeries, out: Path, way: Way, false_alarms: float | None = None) -> Dates:
    """First dates as the algorithm finds them, -1 for none."""
    job = DetectSeries(
        input=tuple(map(str, series.dates)),
        masks=tuple(map(str, series.masks)),
        **way,
        false_alarms=false_alarms,
        output=str(out / "series.tif"),
    )
    *_, last = run(job)
    assert isinstance(last, Result)
    return read(out / "series.tif").astype(np.int32)


def each_pair_all() -> AbstractContextManager[object]:
    """A time in which each pair of dates takes all of the false alarms."""
    return mock.patch.object(DetectSeries, "share_of_pair", lambda _, whole: whole)


def by_pairs(series: SceneSeries, out: Path, way: Way) -> Dates:
    """First dates from the masks of each pair of neighbours."""
    found = np.full(read(series.truth).shape, -1, dtype=np.int32)
    masks = [str(mask) for mask in series.masks] or [None] * len(DAYS)
    for number in range(1, len(DAYS)):
        job = DetectChanges(
            before=str(series.dates[number - 1]),
            after=str(series.dates[number]),
            mask_before=masks[number - 1],
            mask_after=masks[number],
            **way,
            output=str(out / "pair.tif"),
        )
        *_, last = run(job)
        assert isinstance(last, Result)
        found[(found < 0) & (read(out / "pair.tif") == 1)] = DAYS[number]
    return found


def visible(series: SceneSeries) -> Dates:
    """The date at which each change can first be seen; 0 without one, -1 where clouds leave no date before or after."""
    truth = read(series.truth).astype(np.int32)
    seen = np.full(truth.shape, -1, dtype=np.int32)
    before = np.zeros(truth.shape, dtype=bool)
    for number, day in enumerate(DAYS):
        clear = read(series.masks[number]) == 0 if series.masks else np.ones(truth.shape, dtype=bool)
        before |= clear & (day < truth)
        seen[clear & (seen < 0) & (day >= truth) & before] = day
    return np.where(truth > 0, seen, 0)


def figures(found: Dates, truth: Dates) -> tuple[float, float, float]:
    """Right, found and false, in per cent."""
    changed, unchanged = truth > 0, truth == 0
    return (
        100 * float((found[changed] == truth[changed]).mean()),
        100 * float((found[changed] > 0).mean()),
        100 * float((found[unchanged] > 0).mean()),
    )


def noise_alone(folder: Path, way: Way, size: int) -> tuple[float, float]:
    """Per cent called changed at least once where NOISE_ALARMS may be: for the whole series, and for each pair."""
    folder.mkdir()
    rng = np.random.default_rng(0)
    land = np.stack([gaussian_filter(rng.normal(size=(size, size)), 3) for _ in range(4)])
    land /= land.std(axis=(1, 2), keepdims=True)
    paths = [folder / f"{day}.tif" for day in DAYS]
    for path in paths:
        pixels = np.rint(3000 + 300 * (land + rng.normal(size=land.shape))).astype(np.uint16)
        with rasterio.open(path, "w", "GTiff", size, size, 4, "EPSG:32633", PLACE, "uint16") as file:
            file.write(pixels)
    series = SceneSeries(tuple(paths), (), paths[0])
    whole = by_series(series, folder, way, NOISE_ALARMS)
    with each_pair_all():
        each = by_series(series, folder, way, NOISE_ALARMS)
    return 100 * float((whole > 0).mean()), 100 * float((each > 0).mean())


def main() -> None:
    """Print a table of means over the scenes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[11, 12, 13, 14])
    parser.add_argument("--size", type=int, default=384)
    parser.add_argument("--method", choices=("irmad", "cva"), default="irmad")
    parser.add_argument("--context", type=float, help="surroundings that count, px; the method's own where not given")
    arguments = parser.parse_args()
    way: Way = {"method": arguments.method, "context_px": arguments.context}
    print("| clouds | way | right % | found % | false % |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="qgis_ddpm_") as temporary:
        for clouds in (False, True):
            rows: dict[str, list[tuple[float, float, float]]] = {"series": [], "pairs": [], "no bridges": []}
            for seed in arguments.seeds:
                folder = Path(temporary) / f"{seed}_{clouds}"
                series = make_series(folder, arguments.size, seed, clouds)
                truth = visible(series)
                rows["series"].append(figures(by_series(series, folder, way), truth))
                with each_pair_all():
                    rows["pairs"].append(figures(by_series(series, folder, way), truth))
                rows["no bridges"].append(figures(by_pairs(series, folder, way), truth))
            for name, found in rows.items():
                cells = " | ".join(f"{mean:.2f}" for mean in np.mean(found, axis=0))
                print(f"| {'12 %' if clouds else 'none'} | {name} | {cells} |", flush=True)
        whole, each = noise_alone(Path(temporary) / "noise", way, arguments.size)
        print(f"Noise alone, 1 % asked for: {whole:.2f} % of the pixels, without the series' threshold {each:.2f} %.")


if __name__ == "__main__":
    main()
