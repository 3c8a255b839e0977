"""Does STRUCTURE of assesstiles tell clouds from real tiles?

    OMP_NUM_THREADS=1 python -m benchmarks.tile_structure landsat --side 64 --data ../shared/data --tiles short.tif

Real tiles against unseen ones, against mosaics that `sampletiles` made, and against unseen ones with the faults of
`tile_metrics`. The last rows are controls: noise with the mean and covariance of the tiles, and the unseen tiles with
other phases, which is what the figure calls 1.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.tile_metrics import DATA, LANDSAT_PX, TILES, Data, faults, last
from qgis_ddpm.core.progress import value_of
from qgis_ddpm.core.quality.structure import learn_structure, structure_distance, with_other_phases
from qgis_ddpm.core.quality.tile_sets import read_tiles
from qgis_ddpm.core.raster.imagery import open_imagery

DRAWS = 20


def main() -> None:
    """Print a row for each set of tiles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", choices=DATA)
    parser.add_argument("--data", dest="folder", type=Path, required=True)
    parser.add_argument("--side", type=int, default=LANDSAT_PX, help="of Landsat tiles, in px")
    parser.add_argument("--tiles", type=Path, nargs="*", default=[], help="mosaics that sampletiles made")
    given = parser.parse_args()
    data = DATA[given.data](given.folder, given.side)
    real = data.real.pixels.astype(np.float32)
    measure = learn_structure(real, 0)
    of_real, without = value_of(measure.of(real)), value_of(measure.without(real, 0))
    print(f"{given.data}: {len(real)} real and {len(data.unseen)} unseen tiles of {real.shape[-1]} px\n")
    print("| tiles | STRUCTURE | ± | real against real |\n|---|---:|---:|---:|")
    for name, tiles in sets(data, given.tiles):
        fake = value_of(measure.of(np.ascontiguousarray(tiles, dtype=np.float32)))
        random = np.random.default_rng(0)
        values, floors = [], []
        for _ in range(DRAWS):
            first, second = data.real.halves(random)
            count = min(len(first), len(second), len(fake))
            half, others = second[:count], random.permutation(len(fake))[:count]
            values.append(structure_distance(of_real[half], fake[others], without[half]))
            floors.append(structure_distance(of_real[half], of_real[first[:count]], without[half]))
        row = np.mean(values), np.std(values), np.mean(floors)
        print(f"| {name} |", " | ".join(f"{value:.2f}" for value in row), "|", flush=True)


def sets(data: Data, mosaics: list[Path]) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Sets of tiles by name, those of nature first."""
    yield "unseen", data.unseen
    for path in mosaics:
        imagery = open_imagery("TILES", [str(path)], None, None, lambda _: {})
        yield path.stem, last(read_tiles(imagery, data.unseen.shape[-1], TILES, 0)).pixels
    for name, strengths in faults(data):
        yield from ((f"{name} {strength}".strip(), tiles) for strength, tiles in strengths if len(tiles) > 1)
    yield "unseen with other phases", with_other_phases(np.ascontiguousarray(data.unseen, dtype=np.float32), 1)


if __name__ == "__main__":
    main()
