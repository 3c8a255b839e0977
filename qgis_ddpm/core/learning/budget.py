"""How long a training runs, and how far it is."""

import math
from dataclasses import dataclass, field
from time import perf_counter


@dataclass
class Length:
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

    def tiles_per_second(self, tiles: int) -> float:
        """Speed of this run's steps, with all that happens between them."""
        passed = perf_counter() - self.first_step
        return (tiles - self.tiles_before) / passed if passed > 0 else 0.0
