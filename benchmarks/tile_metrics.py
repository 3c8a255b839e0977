"""Do the figures of assesstiles see the faults that synthetic tiles can have, in the right order?

    python -m benchmarks.tile_metrics aid --data ../shared/data
    python -m benchmarks.tile_metrics digits --data ../shared/data --tasks none --brief

Unseen real tiles get known faults of growing strength and are scored as if they were synthetic. Each figure is shown as
its distance from the floor in standard deviations of the floor; +: worse than real. The first line has the unseen tiles
as they are: they should stay near 0. A row is in order where KID and FD grow with the strength.
"""

import argparse
import gzip
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import gaussian_filter

from qgis_ddpm.core.quality.feature_network import TASKS, TileFeatures, learn_features
from qgis_ddpm.core.quality.scores import MORE_IS_BETTER, Score, TileStatistics, measure, score
from qgis_ddpm.core.quality.structure import StructureMeasure, learn_structure
from qgis_ddpm.core.quality.tile_sets import TileSet, read_tiles
from qgis_ddpm.core.raster.imagery import open_imagery
from qgis_ddpm.core.raster.images import open_folder

Array = NDArray[np.float32]
Fault = Callable[[Array, float], Array]

TILES = 500
AID_PX, LANDSAT_PX = 64, 32
# Kinds of scene, and digits, that the real tiles do not hold.
OTHER_CLASSES = ("Beach", "Forest", "Parking", "Viaduct")
OTHER_DIGITS = (3, 7)


class Data:
    """Real tiles, as many unseen ones with their kinds, and tiles of kinds that neither of both holds."""

    def __init__(self, tiles: Array, groups: NDArray[np.int64], kinds: NDArray[np.int64], is_other: NDArray[np.bool_]):
        order = np.random.default_rng(1).permutation(np.unique(groups))
        is_real = np.isin(groups, order[: len(order) // 2])
        usual = ~is_other
        self.real = TileSet(tiles[usual & is_real][:TILES], groups[usual & is_real][:TILES])
        self.unseen, self.kinds = tiles[usual & ~is_real][:TILES], kinds[usual & ~is_real][:TILES]
        self.other = tiles[is_other][:TILES]


def aid(folder: Path, _side: int) -> Data:
    """A crop of each scene of AID."""
    random = np.random.default_rng(0)
    tiles, kinds, is_other = [], [], []
    for kind, place in enumerate(sorted((folder / "aid150").iterdir())):
        for path in sorted(place.glob("*.jpg")):
            with Image.open(path) as image:
                pixels = np.asarray(image.convert("RGB"), np.float32).transpose(2, 0, 1)
            row, col = random.integers(0, pixels.shape[1] - AID_PX + 1, 2)
            tiles.append(pixels[:, row : row + AID_PX, col : col + AID_PX])
            kinds.append(kind)
            is_other.append(place.name in OTHER_CLASSES)
    order = random.permutation(len(tiles))
    return Data(np.stack(tiles)[order], order, np.array(kinds)[order], np.array(is_other)[order])


def landsat(folder: Path, side: int) -> Data:
    """Tiles of five dates of a Landsat series with four bands; forest without anything else is the other kind."""
    paths = sorted(str(path) for path in (folder / "geo" / "landsat_pucallpa").glob("*.tif"))
    found = last(read_tiles(open_imagery("REFERENCE", paths, None, None, lambda path: {}), side, 10_000, 0))
    spread = found.pixels.std(axis=(2, 3)).mean(axis=1)
    brightness = found.pixels.mean(axis=(1, 2, 3))
    kinds = np.digitize(brightness, np.quantile(brightness, (0.2, 0.4, 0.6, 0.8)))
    return Data(found.pixels, found.groups, kinds, spread < np.quantile(spread, 0.25))


def digits(folder: Path, _side: int) -> Data:
    """The last MNIST training digits."""
    images = open_folder(str(folder / "mnist")).digits
    labels = open_labels(folder)
    assert images is not None
    order = 50_000 + np.random.default_rng(0).permutation(10_000)[: 3 * TILES]
    return Data(images[order][:, None].astype(np.float32), order, labels[order], np.isin(labels[order], OTHER_DIGITS))


def open_labels(folder: Path) -> NDArray[np.int64]:
    """The labels of the MNIST training digits."""
    with gzip.open(folder / "mnist" / "train-labels-idx1-ubyte.gz") as file:
        return np.frombuffer(file.read(), np.uint8, offset=8).astype(np.int64)


def faults(data: Data) -> Iterator[tuple[str, list[tuple[str, Array]]]]:
    """Faults with their strengths, from weak to strong, and the unseen tiles that have them."""
    tiles, random = data.unseen, np.random.default_rng(2)
    deviation = tiles.std(axis=(0, 2, 3), keepdims=True)
    means = tiles.mean(axis=(2, 3), keepdims=True)
    noise = deviation * random.standard_normal(tiles.shape).astype(np.float32)
    yield "blur, px", [(f"{px}", gaussian_filter(tiles, (0, 0, px, px))) for px in (0.5, 1, 2)]
    yield "noise, deviations", [(f"{part}", tiles + part * noise) for part in (0.05, 0.1, 0.2)]
    if tiles.shape[1] > 1:
        yield "bands reversed", [(f"{part:.0%}", _mixed(tiles, tiles[:, ::-1], part)) for part in (0.1, 0.3, 1)]
    yield "contrast", [(f"{part:.0%}", means + (tiles - means) * part) for part in (0.9, 0.8, 0.6)]
    yield "pieces shuffled", [(f"{part:.0%}", _mixed(tiles, _shuffled(tiles), part)) for part in (0.1, 0.3, 1)]
    if tiles.shape[-1] == 28:
        yield "mirrored", [(f"{part:.0%}", _mixed(tiles, tiles[..., ::-1], part)) for part in (0.1, 0.3, 1)]
    yield "another kind", [(f"{part:.0%}", _mixed(tiles, data.other, part)) for part in (0.1, 0.3, 1)]
    kinds = np.unique(data.kinds)
    kept = [(part, tiles[np.isin(data.kinds, kinds[: round(part * len(kinds))])]) for part in (0.6, 0.4, 0.2)]
    yield "kinds that are left", [(f"{part:.0%}", few) for part, few in kept]
    repeated = [(part, tiles[np.arange(len(tiles)) % max(int(part * len(tiles)), 1)]) for part in (0.3, 0.1, 0.03)]
    yield "different tiles", [(f"{part:.0%}", few) for part, few in repeated]
    flat = tiles.reshape(len(tiles), -1) - tiles.reshape(len(tiles), -1).mean(axis=0)
    mixed = random.standard_normal((len(tiles),) * 2).astype(np.float32) @ flat / len(tiles) ** 0.5
    yield "normal noise of their mean and covariance", [("", mixed.reshape(tiles.shape) + tiles.mean(axis=0))]


def main() -> None:
    """Learn features on one data set and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", choices=DATA)
    parser.add_argument("--data", dest="folder", type=Path, required=True)
    parser.add_argument("--tasks", choices=["none", *TASKS, "both"], default="both")
    parser.add_argument("--real", type=int, default=TILES, help="number of real tiles")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--brief", action="store_true", help="KID, FD and STRUCTURE alone")
    parser.add_argument("--side", type=int, default=LANDSAT_PX, help="of Landsat tiles, in px")
    arguments = parser.parse_args()
    data = DATA[arguments.data](arguments.folder, arguments.side)
    real = TileSet(data.real.pixels[: arguments.real], data.real.groups[: arguments.real])
    tasks = {"both": TASKS, "none": ()}.get(arguments.tasks, (arguments.tasks,))
    started = perf_counter()
    features = last(learn_features(real.pixels, arguments.seed, torch.device("cpu"), tasks=tasks))
    print(
        f"{arguments.data}: {len(real)} real and {len(data.unseen)} unseen tiles {data.unseen.shape[1:]}, "
        f"tasks {arguments.tasks}, learnt in {perf_counter() - started:.0f} s\n"
    )
    structure = learn_structure(real.pixels, 0)
    of_real = last(measure(real.pixels, features, structure, 0))
    of = partial(scored, real, of_real, features, structure)
    unseen = of(data.unseen)
    shown = [each.name for each in unseen if not arguments.brief or each.name in ("KID", "FD", "STRUCTURE")]
    print("| fault | strength |", " | ".join(shown), "|")
    print("|---|---|" + "---:|" * len(shown))
    floors = {each.name: f"{each.floor:.3g} ± {each.floor_spread:.2g}" for each in unseen}
    print("| floor | |", " | ".join(floors[name] for name in shown), "|")
    print("| none | |", " | ".join(_gaps(unseen, shown)), "|", flush=True)
    wrong = 0
    for name, strengths in faults(data):
        values = []
        for strength, tiles in strengths:
            found = of(tiles)
            values.append([each.value - each.floor for each in found if each.name in ("KID", "FD")])
            print(f"| {name} | {strength} |", " | ".join(_gaps(found, shown)), "|", flush=True)
        wrong += int((np.diff(np.array(values), axis=0) <= 0).sum())
    print(f"\n{wrong} steps of KID or FD above the floor go down where the strength goes up.")


def scored(
    real: TileSet, of_real: TileStatistics, features: TileFeatures, structure: StructureMeasure, tiles: Array
) -> list[Score]:
    """The scores of some tiles."""
    return last(score(real, of_real, last(measure(np.ascontiguousarray(tiles), features, structure)), 0))


def _gaps(scores: list[Score], shown: list[str]) -> list[str]:
    """Distances from the floor in standard deviations of the floor, + where worse than real; STRUCTURE as it is."""
    return [
        f"{each.value:.2f}"
        if each.name == "STRUCTURE"
        else f"{(each.value - each.floor) / each.floor_spread * (-1 if each.name in MORE_IS_BETTER else 1):+.1f}"
        for each in scores
        if each.name in shown
    ]


def _mixed(tiles: Array, others: Array, part: float) -> Array:
    """The tiles, a part of them replaced; others alone where all are."""
    if part == 1:
        return others
    found = tiles.copy()
    count = min(int(part * len(tiles)), len(others))
    found[:count] = others[:count]
    return found


def _shuffled(tiles: Array) -> Array:
    """Tiles cut into 3 x 3 pieces in another order."""
    side = tiles.shape[-1] // 3
    found = tiles.copy()
    random = np.random.default_rng(3)
    for index in range(len(tiles)):
        for number, piece in enumerate(random.permutation(9)):
            (row, col), (from_row, from_col) = divmod(number, 3), divmod(int(piece), 3)
            found[index, :, row * side : (row + 1) * side, col * side : (col + 1) * side] = tiles[
                index, :, from_row * side : (from_row + 1) * side, from_col * side : (from_col + 1) * side
            ]
    return found


def last(work):  # type: ignore[no-untyped-def]
    """What a generator returns."""
    while True:
        try:
            next(work)
        except StopIteration as finished:
            return finished.value


DATA = {"aid": aid, "landsat": landsat, "digits": digits}

if __name__ == "__main__":
    main()
