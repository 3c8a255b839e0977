"""How long a training runs, how far it is, and what is due on the way."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from ...events import Progress

# Checkpoints: every 5 % of the training, and at least every 2 minutes, as long as that takes at most 2 % of the time.
CHECKPOINT_SHARE, CHECKPOINT_S, CHECKPOINT_COST_SHARE = 0.05, 120.0, 0.02
LEAST_CHECKPOINT_S = 1.0


@dataclass
class Budget:
    """How long a training runs: `tiles` seen, `minutes` of all its runs together, or whichever comes first."""

    tiles: int | None
    minutes: float | None
    seconds_before: float = 0.0
    tiles_before: int = 0
    started: float = field(default_factory=perf_counter)
    first_step: float = math.inf

    def seconds(self) -> float:
        """Seconds of all runs so far."""
        return self.seconds_before + perf_counter() - self.started

    def share(self, tiles: int, last_s: float = 0.0) -> float:
        """What part of the training is done, with `last_s` seconds of work left to do after its last step."""
        of_tiles = tiles / self.tiles if self.tiles is not None else 0.0
        of_time = (self.seconds() + last_s) / (60 * self.minutes) if self.minutes is not None else 0.0
        return max(of_tiles, of_time)

    def expected_seconds(self, tile_s: float) -> float:
        """Seconds of the whole training where a tile takes so many."""
        of_tiles = tile_s * self.tiles if self.tiles is not None else math.inf
        return min(of_tiles, 60 * self.minutes if self.minutes is not None else math.inf)

    def is_spent(self, tiles: int, last_s: float) -> bool:
        """Whether the training is done; however short the time, it has seen one batch at least."""
        return tiles > 0 and self.share(tiles, last_s) >= 1

    def tiles_per_second(self, tiles: int) -> float:
        """Speed of this run's steps, with all that happens between them."""
        passed = perf_counter() - self.first_step
        return (tiles - self.tiles_before) / passed if passed > 0 else 0.0

    def progress(self, tiles: int, text: str) -> Progress:
        """How far the training is after so many tiles, with the time that is left."""
        share, rate = max(self.share(tiles), 1e-9), self.tiles_per_second(tiles)
        # Where time is what ends the run, the tiles it will have seen are those so far over its share.
        by_tiles = self.tiles is not None and tiles >= share * self.tiles
        total = max(tiles, self.tiles if by_tiles and self.tiles else round(tiles / share))
        return Progress(tiles, total, "tile", text, (total - tiles) / rate if rate > 0 else None)


@dataclass
class Cadence:
    """When something is due again, as long as it takes a small part of the time.

    Args:
        budget: of the training.
        every_share: of the training, from one time to the next.
        next_share: when it is due next, after `every_share` at the latest.
        every_s: seconds after which it is due in any case.
        least_s: seconds before which it never is.
        cost_share: the part of the time that it may take.
    """

    budget: Budget
    every_share: float
    next_share: float = math.inf
    every_s: float = math.inf
    least_s: float = 0.0
    cost_share: float = math.inf
    # Seconds that it took the last time.
    cost_s: float = 0.0
    at: float = field(default_factory=perf_counter)

    def __post_init__(self) -> None:
        self.next_share = min(self.next_share, self.every_share)

    def is_due(self, tiles: int, expected_s: float = 0.0) -> bool:
        """Whether it is due after so many tiles; expected_s: what it will take, where it was not done before."""
        passed = perf_counter() - self.at
        if passed < max(self.least_s, (self.cost_s or expected_s) / self.cost_share):
            return False
        return passed >= self.every_s or self.budget.share(tiles) >= self.next_share

    @contextmanager
    def done(self, tiles: int) -> Iterator[None]:
        """A context in which it is done, after so many tiles."""
        started = perf_counter()
        yield
        self.at = perf_counter()
        self.cost_s = self.at - started
        self.next_share = self.budget.share(tiles) + self.every_share

    def resume(self, tiles: int, next_share: float = math.inf) -> None:
        """Go on after so many tiles; next_share: of the run before, whose budget may have been smaller."""
        self.next_share = min(next_share, self.budget.share(tiles) + self.every_share)


def checkpoint_cadence(budget: Budget) -> Cadence:
    """When a training writes its checkpoint."""
    times = {"every_s": CHECKPOINT_S, "least_s": LEAST_CHECKPOINT_S, "cost_share": CHECKPOINT_COST_SHARE}
    return Cadence(budget, CHECKPOINT_SHARE, **times)
