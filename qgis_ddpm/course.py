"""One bar for a run of several stages: it only goes forward, and knows what is left of all of them."""

from typing import Dict, Optional, Tuple

from .events import Progress
from .stages import STAGES

# What stages cost, in their order, as `python -m tools.stage_costs` measured it; the numbers of one job are relative.
COSTS: Dict[str, Dict[str, float]] = {
    "detectchanges": {"statistics": 35, "scores": 50, "sieve": 2, "kinds": 3, "row": 5, "polygons": 2, "writing": 3},
    "detectseries": {"scores": 85, "sieve": 3, "writing": 6, "polygons": 6},
    "applythreshold": {"sieve": 40, "writing": 60},
    "assesschanges": {"window": 20, "resample": 80},
    "trainmodel": {"raster": 2, "call": 1, "tile": 97},
    "comparesettings": {"setting": 100},
    "traindetector": {"pair": 3, "features": 30, "tile": 67},
    "sampletiles": {"percent": 100, "call": 2, "window": 98},
    "fillgaps": {"window": 3, "place": 27, "filling": 60, "row": 10},
    "stackscene": {"strip": 1, "row": 99},
    "importcheckpoint": {"file": 30, "weight": 60, "model": 10},
    "checkenvironment": {"part": 100},
    "setupenvironment": {"step": 100},
}
# Of what is left, for a stage that is not in the table.
UNKNOWN_SHARE = 0.1
# Of a stage, before which its rate says little.
EARLY = 0.02


def key_of(event: Progress) -> str:
    """By what a stage is known: its name, else the unit that it counts."""
    return event.text if event.text in STAGES else event.unit


class Course:
    """Where a run is among its stages."""

    def __init__(self, algorithm: str) -> None:
        costs = COSTS.get(algorithm, {})
        self._order, self._costs = list(costs), list(costs.values())
        self._index = -1
        self._key = ""
        self._begin_s = 0.0
        self._done_before = 0.0
        # Of the whole bar: where the stage begins, how much of it the stage takes, and where the bar is.
        self._base = self._width = self.share = 0.0

    def see(self, event: Progress, now_s: float) -> Tuple[float, Optional[float]]:
        """Share done of the whole run, and seconds left of it, None while unknown.

        now_s: seconds since the run began.
        """
        key, done = key_of(event), event.done / event.total if event.total > 0 else 0.0
        if key != self._key or event.done < self._done_before:
            self._enter(key, now_s)
        self._done_before = event.done
        done = min(max(done, 0.0), 1.0)
        self.share = max(self.share, min(self._base + self._width * done, 1.0))
        return self.share, self._left(event, done, now_s)

    def _enter(self, key: str, now_s: float) -> None:
        self._key, self._begin_s, self._done_before = key, now_s, 0.0
        total = sum(self._costs)
        later = [index for index, name in enumerate(self._order) if name == key and index > self._index]
        if not total or (not later and key not in self._order[: self._index + 1]):
            self._base = self.share
            self._width = (1.0 - self.share) * (UNKNOWN_SHARE if total else 1.0)
            return
        if later:
            self._index = later[0]
        self._base = max(self.share, sum(self._costs[: self._index]) / total)
        self._width = max(sum(self._costs[: self._index + 1]) / total - self._base, 0.0)

    def _left(self, event: Progress, done: float, now_s: float) -> Optional[float]:
        spent_s = now_s - self._begin_s
        if event.eta_s is not None:
            of_stage: Optional[float] = event.eta_s
        else:
            of_stage = spent_s * (1 - done) / done if done > EARLY else None
        end = self._base + self._width
        if of_stage is None:
            return now_s * (1 - self.share) / self.share if self.share > EARLY else None
        if end >= 1 or self._index < 0:
            return of_stage
        # What is to come costs as much for its part of the bar as what was.
        whole_s, part = now_s + of_stage, end
        return of_stage + whole_s * (1 - end) / part if part > EARLY else None
