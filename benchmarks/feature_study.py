"""What to do with a model's features where there are no labels: noise levels, maps, antithetic noise, neighbourhood.

    python -m benchmarks.feature_study DATA MODEL --pairs dsifn --side 256
    python -m benchmarks.feature_study DATA TAIZHOU_MODEL --pairs taizhou

The features of both dates are computed once for each noise level, under some noise and its negative; from their
distances the variants are made in the plane of the raster. For each: F1 where METHOD features would set its threshold,
the best F1 of any threshold and the average precision, as means over the pairs. The first rows are the bands alone.
"""

import argparse
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from rasterio.errors import NotGeoreferencedWarning
from scipy.ndimage import gaussian_filter
from torch.nn.functional import interpolate

from benchmarks.change_figures import PAIRS, Flags, agreement
from qgis_ddpm.core.change.feature_distance import MapDistance
from qgis_ddpm.core.change.features import FEATURE_LIMIT, NOISE_LEVELS
from qgis_ddpm.core.change.scores import noise_limit
from qgis_ddpm.core.model import DiffusionModel, load_model
from qgis_ddpm.core.pairs.irmad import IrMad, fit_irmad
from qgis_ddpm.core.pairs.matching import match_psf
from qgis_ddpm.core.pairs.pair import Pair
from qgis_ddpm.core.pairs.windows import PairTile, normalized_dates, place_noise, read_row, window_starts
from qgis_ddpm.core.progress import value_of
from qgis_ddpm.core.raster.lattice import Lattice, StripBlender, usual_lattice

Plane = NDArray[np.float64]
SIGMAS = (0.159, 0.701, 1.5)
BATCH = 8
# Rows that a map's statistics are taken from: fewer than the method takes, for the fits are most of the time.
ROWS = 1 << 13
LIMITS = (0.4, 0.5, 0.6, 0.7, 0.85)


class Distances:
    """Squared distances of a pair in the plane: of its bands, and by (sigma, map) of features, `mixed` antithetic."""

    def __init__(self, model: DiffusionModel, before: Path, after: Path, side: int) -> None:
        self.plain: dict[tuple[float, int], Plane] = {}
        self.mixed: dict[tuple[float, int], Plane] = {}
        with Pair.open(str(before), str(after)) as pair:
            pair.take_bands(len(model.card.bands))
            value_of(match_psf(pair))
            fit = value_of(pair.irmad())
            height, width = min(side, pair.grid.height), min(side, pair.grid.width)
            first, second, _ = pair.read(0, 0, height, width)
            tables = [date.reshape(len(date), -1).T for date in (first, second)]
            self.bands: Plane = np.square(fit.distance(*tables)).reshape(height, width)
            self.limit = noise_limit(pair.count)
            lattice = usual_lattice(model.card.tile_px)
            rows, cols = window_starts(pair, lattice, (0, 0, height, width))
            tiles = [tile for row in rows for tile in read_row(pair, model.card.tile_px, row, cols, 4096)]
            for sigma in SIGMAS:
                self._add(model, pair, tiles, lattice, sigma, (height, width))

    def _add(
        self,
        model: DiffusionModel,
        pair: Pair,
        tiles: list[PairTile],
        lattice: Lattice,
        sigma: float,
        shape: tuple[int, int],
    ) -> None:
        signs = (1, -1) if sigma in NOISE_LEVELS else (1,)
        maps = [list(_maps(model, pair, tiles, sigma, sign)) for sign in signs]
        found_into = [(maps[0], self.plain)]
        if len(signs) == 2:
            pairs = zip(*maps, strict=True)
            mean = [((plus[0] + minus[0]) / 2, (plus[1] + minus[1]) / 2) for plus, minus in pairs]
            found_into.append((mean, self.mixed))
        for found, into in found_into:
            for level, (first, second) in enumerate(found):
                fit = _fitted(first, second)
                squared = MapDistance(fit, torch.device("cpu")).squared(first, second)
                size = model.card.tile_px
                large = interpolate(squared, size=(size, size), mode="bilinear", align_corners=False).numpy()
                blender = StripBlender(lattice, 1, (0, 0, *shape))
                for tile, values in zip(tiles, large, strict=True):
                    blender.add(tile.row, tile.col, values)
                into[sigma, level] = blender.take(shape[0])[1][0].astype(np.float64)


def _fitted(first: torch.Tensor, second: torch.Tensor) -> IrMad:
    """IR-MAD of maps [B, D, h, w], with the noise that features are granted."""
    before, after = (each.permute(0, 2, 3, 1).reshape(-1, each.shape[1]).numpy() for each in (first, second))
    every = max(len(before) // ROWS, 1)
    nothing = np.zeros(before.shape[1])
    return fit_irmad(before[::every], after[::every], (nothing, nothing))


def _maps(
    model: DiffusionModel, pair: Pair, tiles: list[PairTile], sigma: float, sign: int
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """The maps of both dates of all tiles, level by level."""
    parts = []
    for start in range(0, len(tiles), BATCH):
        some = tiles[start : start + BATCH]
        dates = normalized_dates(some, model.card.bands)
        noise = sign * place_noise(pair, some, 0, 0)
        parts.append([model.features(date, [sigma], noise)[0] for date in dates])
    for level in range(len(parts[0][0])):
        first, second = (torch.cat([part[date][level] for part in parts]) for date in (0, 1))
        yield first, second


def smooth(values: Plane, sigma_px: float) -> Plane:
    """A neighbourhood's mean; as it is for 0."""
    result: Plane = gaussian_filter(values, sigma_px, mode="nearest", truncate=3.0) if sigma_px else values
    return result


def both(found: Distances, features: Plane, context_px: float) -> Plane:
    """The geometric mean of the distances of bands and features, over the distance where change begins."""
    mean = np.sqrt(smooth(np.sqrt(found.bands * features), context_px))
    return mean / np.sqrt(found.limit * FEATURE_LIMIT)


def levels_of(planes: dict[tuple[float, int], Plane], sigmas: tuple[float, ...], levels: slice) -> Plane:
    """Mean of the squared distances of some maps."""
    count = 1 + max(level for _, level in planes)
    return np.mean([planes[sigma, level] for sigma in sigmas for level in range(count)[levels]], axis=0)


def variants() -> Iterator[tuple[str, Callable[[Distances], Plane]]]:
    """Name and distance of each variant; a distance of 1 is where change begins."""
    everything = slice(None)
    for context_px in (0, 1, 2):
        yield (
            f"bands alone, smoothed by {context_px} px",
            lambda d, c=context_px: smooth(np.sqrt(d.bands), c) / d.limit,
        )
    for sigma in SIGMAS:
        yield (
            f"features of sigma {sigma} alone, smoothed by 1 px",
            lambda d, s=sigma: smooth(np.sqrt(levels_of(d.plain, (s,), everything)), 1) / FEATURE_LIMIT,
        )
    for sigma in SIGMAS:
        name = f"with bands, sigma {sigma}, smoothed by 1 px"
        name += " (the default)" if (sigma,) == NOISE_LEVELS else ""
        yield name, lambda d, s=sigma: both(d, levels_of(d.plain, (s,), everything), 1)
    yield "with bands, sigma 0.701, antithetic", lambda d: both(d, levels_of(d.mixed, (0.701,), everything), 1)
    yield "with bands, sigma 0.701 and 1.5", lambda d: both(d, levels_of(d.plain, (0.701, 1.5), everything), 1)
    for name, levels in (
        ("finest map", slice(0, 1)),
        ("two finest maps", slice(0, 2)),
        ("two coarsest maps", slice(-2, None)),
    ):
        yield f"with bands, sigma 0.701, {name}", lambda d, at=levels: both(d, levels_of(d.plain, (0.701,), at), 1)
    for context_px in (0, 2):
        yield (
            f"with bands, sigma 0.701, smoothed by {context_px} px",
            lambda d, c=context_px: both(d, levels_of(d.plain, (0.701,), everything), c),
        )
    for limit in LIMITS:
        yield (
            f"the default, FEATURE_LIMIT {limit}",
            lambda d, at=limit: both(d, levels_of(d.plain, NOISE_LEVELS, everything), 1) * np.sqrt(FEATURE_LIMIT / at),
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("model")
    parser.add_argument("--pairs", choices=PAIRS, required=True)
    parser.add_argument("--most", type=int, default=100, help="how many of the pairs")
    parser.add_argument("--side", type=int, default=400, help="rows and columns taken of each pair at most, px")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore", NotGeoreferencedWarning)
    model = load_model(arguments.model, "cpu")
    seen: list[tuple[Distances, Flags, Flags]] = []
    for before, after, *labels in list(PAIRS[arguments.pairs](arguments.data))[: arguments.most]:
        changed, unchanged = (each[: arguments.side, : arguments.side] for each in labels)
        seen.append((Distances(model, before, after, arguments.side), changed, unchanged))
    print(f"| {arguments.pairs} ({len(seen)}) | F1 | best F1 | average precision |\n|---|---|---|---|")
    for name, distance in variants():
        figures = []
        for found, changed, unchanged in seen:
            scores = distance(found).astype(np.float32)
            figures.append(agreement(scores >= 1, scores, changed, unchanged))
        row = " | ".join(f"{value:.3f}" for value in np.mean(figures, axis=0))
        print(f"| {name} | {row} |", flush=True)


if __name__ == "__main__":
    main()
