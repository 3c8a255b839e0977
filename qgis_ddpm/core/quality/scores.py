"""Scores of synthetic tiles, each beside its floor: what other real tiles get at the same count."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..raster.types import Pixels
from . import metrics
from .feature_network import TileFeatures
from .structure import StructureMeasure, structure_distance
from .tile_sets import TileSet

# Random halves of the real tiles: their mean is the floor, and their spread says how sure it is.
DRAWS = 20
# Tiles between two looks at whether to stop.
PART = 16
# Those of which more is better; of the others less is.
MORE_IS_BETTER = ("PRECISION", "RECALL", "DENSITY", "COVERAGE")


@dataclass(frozen=True)
class Score:
    """A figure of synthetic tiles and that of real ones: means over the draws, and their standard deviations."""

    name: str
    value: float
    spread: float
    floor: float
    floor_spread: float

    @property
    def is_at_floor(self) -> bool:
        """Whether real tiles fare no better, as far as the draws can tell."""
        gap = self.floor - self.value if self.name in MORE_IS_BETTER else self.value - self.floor
        return gap <= 2 * self.floor_spread


@dataclass(frozen=True)
class TileStatistics:
    """What the scores need to know of N tiles: features [N, D], spectra [N, C, K], moments [N, C + 1, C + 1].

    structure, without_structure: [N, S], of the tiles, and of real ones with other phases.
    """

    features: NDArray[np.float64]
    power: NDArray[np.float64]
    moments: NDArray[np.float64]
    structure: NDArray[np.float64]
    without_structure: NDArray[np.float64] | None = None

    def __len__(self) -> int:
        return len(self.features)

    def take(self, indices: NDArray[np.intp]) -> "TileStatistics":
        """The same of some tiles."""
        without = None if self.without_structure is None else self.without_structure[indices]
        return TileStatistics(
            self.features[indices], self.power[indices], self.moments[indices], self.structure[indices], without
        )


def measure(
    tiles: Pixels, features: TileFeatures, structure: StructureMeasure, seed: int | None = None
) -> Generator[None, None, TileStatistics]:
    """All that is known of tiles [N, C, t, t]; spectra and moments are in the units of the features' scaling.

    seed: of the phases of real tiles without their structure; None for others. Yields after each part.
    """
    values = yield from features.of(tiles)
    power, moments = [], []
    for first in range(0, len(tiles), PART):
        scaled = (tiles[first : first + PART] - features.mean) / features.deviation
        power.append(metrics.radial_power(scaled))
        moments.append(metrics.band_moments(scaled))
        yield
    structures = yield from structure.of(tiles)
    without = None if seed is None else (yield from structure.without(tiles, seed))
    return TileStatistics(values, np.concatenate(power), np.concatenate(moments), structures, without)


def score(
    real: TileSet, real_statistics: TileStatistics, fake: TileStatistics, seed: int
) -> Generator[tuple[int, int], None, list[Score]]:
    """Draw halves of the real tiles; one is compared with the other, and with as many fake tiles.

    Yields (draws done, draws). The count of tiles is the same on both sides of every comparison.
    """
    random = np.random.default_rng(seed)
    values: list[dict[str, float]] = []
    floors: list[dict[str, float]] = []
    for draw in range(DRAWS):
        first, second = real.halves(random)
        count = min(len(first), len(second), len(fake))
        half = real_statistics.take(second[:count])
        floors.append(compare(half, real_statistics.take(first[:count])))
        values.append(compare(half, fake.take(random.permutation(len(fake))[:count])))
        yield draw + 1, DRAWS
    return [summarised(name, [v[name] for v in values], [f[name] for f in floors]) for name in values[0]]


def compare(real: TileStatistics, fake: TileStatistics) -> dict[str, float]:
    """The figures of fake tiles against as many real ones, by name; no correlations where there is one band.

    Of the real ones it must be known what they are without structure.
    """
    assert real.without_structure is not None  # nosec B101
    precision, recall = metrics.precision_recall(real.features, fake.features)
    density, coverage = metrics.density_coverage(real.features, fake.features)
    figures = {
        "KID": metrics.kernel_distance(real.features, fake.features),
        "FD": metrics.frechet_distance(real.features, fake.features),
        "PRECISION": precision,
        "RECALL": recall,
        "DENSITY": density,
        "COVERAGE": coverage,
        "STRUCTURE": structure_distance(real.structure, fake.structure, real.without_structure),
        "SPECTRUM_DISTANCE": metrics.spectrum_distance(real.power, fake.power),
    }
    if real.power.shape[1] > 1:
        figures["BAND_CORRELATION"] = metrics.correlation_distance(real.moments, fake.moments)
    return figures


def summarised(name: str, values: Sequence[float], floors: Sequence[float]) -> Score:
    """The score of draws."""
    return Score(
        name, float(np.mean(values)), float(np.std(values)), float(np.mean(floors)), float(np.std(floors, ddof=1))
    )
