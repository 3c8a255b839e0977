"""How often the 95 % interval of the adjusted area holds the true area: samples of maps whose truth is known.

    python -m benchmarks.area_coverage [--scenes 3] [--draws 500] [--sizes 0 250 1000] [--buffers 0 1]

Procedural scenes (tools/scene). Their maps: METHOD irmad and cva, the truth without a third of its patches,
and the truth moved by two pixels. Each draw takes its seed as the job does, the truth labels its points. A size of 0 is
that which SAMPLE_SIZE chooses. Columns: shares of the area that is changed on the map and in truth; points (of these,
where the map is changed); how many of the draws have an interval, ADJUSTED_AREA_LOW to _HIGH, that holds the truth; the
same of ten thousand samples by their distribution, so without the chance of few draws; the same of the normal interval
of Olofsson et al. 2014; mean half width over the true area; and mean of the drawn estimates over the truth.
"""

import argparse
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from scipy import ndimage

from qgis_ddpm.core import run
from qgis_ddpm.core.accuracy.adjusted import stratified_sample
from qgis_ddpm.core.accuracy.allocation import allocate, sample_size
from qgis_ddpm.core.accuracy.drawing import draw
from qgis_ddpm.core.accuracy.strata import CHANGED, Population, Strata
from qgis_ddpm.core.outputs.pictures import LEFT_OUT
from qgis_ddpm.core.progress import value_of
from qgis_ddpm.core.raster.grid import Grid
from qgis_ddpm.core.raster.types import Counts
from qgis_ddpm.jobs import DetectChanges
from tools.scene import TRUTH_NODATA, make_scene

Codes = NDArray[np.uint8]


@dataclass(frozen=True)
class KnownMap:
    """A map as classes uint8 [h, w], LEFT_OUT where it has no data, and the truth, 0 or 1 elsewhere."""

    classes: Codes
    truth: Codes
    grid: Grid

    def strata(self, buffer_px: int) -> Strata:
        """Its strata, as the job has them."""
        return Strata(lambda row, col, h, w: self.classes[row : row + h, col : col + w], self.grid, buffer_px)


@dataclass(frozen=True)
class Coverage:
    """Of many samples: shares whose interval holds the truth, mean half width and estimate, both over the truth."""

    adjusted: float
    normal: float
    half_width: float
    estimate: float


def maps(folder: Path, seed: int, side: int) -> Iterator[tuple[str, KnownMap]]:
    """Maps of one scene by their names."""
    scene = make_scene(folder, side, seed)
    with rasterio.open(scene.truth) as file:
        truth, grid = file.read(1), Grid(file.transform, file.width, file.height, file.crs)
    known = truth != TRUTH_NODATA
    changed = (truth == 1).astype(np.uint8)
    for method in ("irmad", "cva"):
        output = str(folder / f"{method}.tif")
        list(run(DetectChanges(before=str(scene.before), after=str(scene.after), method=method, output=output)))
        with rasterio.open(output) as file:
            yield method, KnownMap(np.where(known, file.read(1), np.uint8(LEFT_OUT)), changed, grid)
    patches, count = ndimage.label(changed)
    found = np.append(False, np.random.default_rng(seed).random(count) < 2 / 3)[patches].astype(np.uint8)
    yield "a third missed", KnownMap(np.where(known, found, np.uint8(LEFT_OUT)), changed, grid)
    moved = np.roll(changed, (2, 2), (0, 1))
    yield "moved by 2 px", KnownMap(np.where(known, moved, np.uint8(LEFT_OUT)), changed, grid)


def places(known: KnownMap, strata: Strata, population: Population, counts: Counts, seeds: range) -> Iterator[Counts]:
    """Changed points of each stratum, int64 [3], in samples drawn as the job draws them."""
    codes, _ = strata.read((0, 0, *known.grid.shape))
    for seed in seeds:
        rows, columns = value_of(draw(strata, population, counts, seed)).T
        changed = np.bincount(codes[rows, columns], known.truth[rows, columns], len(counts))
        yield changed.astype(np.int64)


def numbers(known: KnownMap, strata: Strata, population: Population, counts: Counts, draws: int) -> Iterator[Counts]:
    """The same by their distribution: pixels of a stratum without replacement, all alike likely."""
    codes, _ = strata.read((0, 0, *known.grid.shape))
    changed = np.bincount(codes[codes != LEFT_OUT], known.truth[codes != LEFT_OUT], len(counts)).astype(np.int64)
    rng = np.random.default_rng(0)
    yield from rng.hypergeometric(changed, population.pixels - changed, counts, (draws, len(counts)))


def coverage(known: KnownMap, population: Population, counts: Counts, samples: Iterable[Counts]) -> Coverage:
    """What the intervals of many samples hold; samples: changed points of each stratum."""
    truth = float(known.truth[known.classes != LEFT_OUT].mean())
    rows: list[tuple[float, ...]] = []
    known_rows: dict[tuple[int, ...], tuple[float, ...]] = {}
    for changed in samples:
        key = tuple(changed.tolist())
        if key not in known_rows:
            sample = stratified_sample(population, counts, changed)
            low, high = sample.interval()
            below, above = sample.normal_interval()
            held, normal = low <= truth <= high, below <= truth <= above
            known_rows[key] = (held, normal, (high - low) / 2 / truth, sample.changed_share.value / truth)
        rows.append(known_rows[key])
    return Coverage(*np.mean(rows, axis=0).tolist())


def main() -> None:
    """Print the table, then the worst."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenes", type=int, default=3)
    parser.add_argument("--side", type=int, default=256, help="of a scene, px")
    parser.add_argument("--draws", type=int, default=500, help="samples drawn from the map, for each row")
    parser.add_argument("--numbers", type=int, default=10_000, help="samples by their distribution alone")
    parser.add_argument("--sizes", type=int, nargs="+", default=[0, 250, 1000])
    parser.add_argument("--buffers", type=int, nargs="+", default=[0, 1])
    arguments = parser.parse_args()
    print("| scene | map | mapped % | true % | buffer px | points | drawn % | holds % | normal % | width | estimate |")
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    found: list[tuple[Coverage, Coverage]] = []
    with tempfile.TemporaryDirectory(prefix="qgis_ddpm_") as temporary:
        for seed in range(arguments.scenes):
            for name, known in maps(Path(temporary) / str(seed), seed, arguments.side):
                counted = known.classes != LEFT_OUT
                shares = [100 * float(each[counted].mean()) for each in (known.classes, known.truth)]
                for buffer_px in arguments.buffers:
                    strata = known.strata(buffer_px)
                    population: Population = value_of(strata.count())
                    for size in arguments.sizes:
                        counts = allocate(population, size or sample_size(population))
                        # Each row has draws of its own.
                        first = len(found) * arguments.draws
                        seeds = range(first, first + arguments.draws)
                        drawn = coverage(known, population, counts, places(known, strata, population, counts, seeds))
                        expected = numbers(known, strata, population, counts, arguments.numbers)
                        whole = coverage(known, population, counts, expected)
                        found.append((drawn, whole))
                        print(
                            f"| {seed} | {name} | {shares[0]:.2f} | {shares[1]:.2f} | {buffer_px} | {counts.sum()} "
                            f"({counts[CHANGED]}) | {100 * drawn.adjusted:.1f} | {100 * whole.adjusted:.1f} | "
                            f"{100 * whole.normal:.1f} | {whole.half_width:.3f} | {drawn.estimate:.3f} |",
                            flush=True,
                        )
    for label, values in (
        ("drawn", [drawn.adjusted for drawn, _ in found]),
        ("expected", [whole.adjusted for _, whole in found]),
        ("normal, expected", [whole.normal for _, whole in found]),
    ):
        inside = np.mean([0.93 <= value <= 0.97 for value in values])
        print(
            f"{label}: holds {min(values):.1%} to {max(values):.1%}, mean {np.mean(values):.1%}; {inside:.0%} of the "
            f"{len(values)} rows lie in 93 to 97 %"
        )


if __name__ == "__main__":
    main()
