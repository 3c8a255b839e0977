"""What every method of change detection gives: scores of change, piece by piece, and the score where change begins."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from ...events import Event
from ..pairs.pair import Pair
from ..raster.types import Floats, Pixels, Window

# One pixel in so many of those that differ by noise alone exceeds `noise_limit`.
FALSE_ALARMS = 1e-4
# Where change begins, as a share of that limit: dates differ by less than the noise that is granted to them. Chosen by
# leaving each scene of benchmarks/change_bench.py out in turn.
LIMIT_SHARE = 0.75


@dataclass(frozen=True)
class Scores:
    """Scores of a window at (row, col): float32 [n, m] in [0, 1), NaN where a date has no data.

    spread: standard deviation of the score over draws, likewise; None where none was asked for.
    """

    row: int
    col: int
    score: Pixels
    spread: Pixels | None = None


@dataclass(frozen=True)
class ScoringSettings:
    """How any method works.

    block_px: side of what is read at once. draws: of noise; spread: whether their standard deviation is wanted. seed:
    of the noise. For networks: device, windows in a call (None: chosen), overlap of windows in px (None: a quarter),
    noise levels (none: the method's own), and what it computes in (auto, float32, bfloat16). false_alarms: share of
    the pixels that differ by the noise granted to them which may be called changed. asked_alarms: share of the pair's
    own unchanged pixels, which then decides in the place of the former; None: not asked for. context_px: standard
    deviation of the surroundings that count, None: the method's own.
    """

    block_px: int = 1024
    draws: int = 1
    spread: bool = False
    seed: int = 0
    device: str = "cpu"
    batch_size: int | None = None
    overlap_px: int | None = None
    noise_levels: tuple[float, ...] = ()
    precision: str = "float32"
    false_alarms: float = FALSE_ALARMS
    asked_alarms: float | None = None
    context_px: float | None = None


class Scorer(Protocol):
    """What gives the scores of a method that is prepared."""

    @property
    def precision(self) -> str | None:
        """What its network has computed in so far; None where it calls none."""

    def go_on_in(self, precision: str | None) -> Iterator[Event]:
        """Compute as the run did at last that left its scores, whose `precision` was this."""

    def scores(self, pair: Pair, window: Window) -> Iterator[Event | Scores]:
        """Scores of all of a window (row, col, height, width) of the pair's grid, from top to bottom.

        All rows above an item's first are done when it comes, and a window that begins with that row has the same
        bytes from there on: a run that was stopped goes on so.
        """


class ChangeMethod(Scorer, Protocol):
    """A way to score change. `prepare` comes first; the statistics it takes belong to the whole pair."""

    name: str

    def prepare(self, pair: Pair) -> Generator[Event, None, float]:
        """Take statistics; returns the score at which change begins."""

    def fitted(self) -> object:
        """What `prepare` found, for the same method in another process."""

    def take_fitted(self, fitted: Any) -> None:
        """Take what `prepare` found elsewhere, in its place."""

    def count_windows(self, pair: Pair, window: Window) -> int:
        """Passes of a network, in windows of one date at one noise level and draw, that scoring a window takes."""

    def measure(self, pair: Pair, window: Window) -> Generator[Event, None, tuple[float, int]]:
        """Seconds that statistics and scores of a window take here, measured on a part; bytes of a network's call."""


# Standard deviations: what noise, resampling by a fraction of a pixel and compression leave of unchanged pixels.
NOTHING_CHANGED = 0.75
# The score of a distance at which change begins, where the distance alone can tell.
HALF = 0.5
# Share of the pixels, those that differ least, that are taken to be unchanged.
BULK = 0.35


def score(distance: Floats, half: float) -> NDArray[np.float32]:
    """Distances in [0, inf) as scores in [0, 1), 0.5 at the distance `half`; not calibrated."""
    squared = np.square(distance / half)
    result: NDArray[np.float32] = (squared / (1 + squared)).astype(np.float32)
    return result


def noise_limit(bands: int, false_alarms: float = FALSE_ALARMS) -> float:
    """The distance that so many of the unchanged pixels exceed, where its square times `bands` is chi-squared."""
    return _chi(bands, 1 - false_alarms)


def bulk_limit(distances: Floats, bands: int, false_alarms: float = FALSE_ALARMS) -> float:
    """`noise_limit` where the noise's size is unknown: taken from the smallest distances, BULK of all.

    distances: float64 [N], of which at least BULK have to be of unchanged pixels. Two classes are not assumed: where
    nothing changed, the noise would be split.
    """
    return float(np.quantile(distances, BULK)) / _chi(bands, BULK) * noise_limit(bands, false_alarms)


def _chi(bands: int, share: float) -> float:
    """Quantile of the root mean square of `bands` standard normal numbers."""
    return float(np.sqrt(2 * gammaincinv(bands / 2, share) / bands))
