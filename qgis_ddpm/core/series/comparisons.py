"""Pairs of dates of a series with their statistics, each taken when it is first needed."""

from collections.abc import Callable, Generator
from copy import copy
from dataclasses import dataclass, replace

import numpy as np

from ...events import Event, Note
from ..change.plan import ChangePlan
from ..change.scores import HALF, ChangeMethod, Scores
from ..pairs.pair import Pair
from ..pairs.telling import TooFewPixelsError
from ..progress import mapped
from ..raster.types import Pixels, Window
from .series import Series

PlanPair = Callable[[Pair, int, int], Generator[Event, None, ChangePlan]]


@dataclass(frozen=True)
class Comparison:
    """Two dates, the method with its statistics of them, and the score at which change begins."""

    pair: Pair
    method: ChangeMethod
    begins: float


class Comparisons:
    """The comparisons of a series. Statistics belong to a pair of dates, whenever and wherever they are asked for."""

    def __init__(self, series: Series, plan_pair: PlanPair, method: ChangeMethod, calibrate: bool) -> None:
        """Nothing is read yet.

        Args:
            series: the dates.
            plan_pair: how two of them are to be compared.
            method: of all comparisons; its networks are shared.
            calibrate: whether to move scores so that change begins at HALF in every pair.
        """
        self.series, self.method, self._plan_pair, self._calibrate = series, method, plan_pair, calibrate
        self._made: dict[tuple[int, int], Comparison | None] = {}
        self._told: set[str] = set()

    @property
    def threshold(self) -> float:
        """The score at which change begins; after any comparison was made."""
        return HALF if self._calibrate else max((made.begins for made in self._made.values() if made), default=HALF)

    def between(self, first: int, second: int) -> Generator[Event, None, Comparison | None]:
        """The comparison of two dates; None where they have too few valid pixels in common for statistics."""
        if (first, second) not in self._made:
            try:
                self._made[first, second] = yield from self._told_once(first, second, self._make(first, second))
            except TooFewPixelsError as error:
                self._made[first, second] = None
                yield Note(f"{self.series.name(first, second)} are not compared: {error}", "warning")
        return self._made[first, second]

    def scores(self, first: int, second: int, window: Window) -> Generator[Event, None, Pixels | None]:
        """Scores of change between two dates in a window: float32 [height, width], NaN for no data; None for none."""
        comparison = yield from self.between(first, second)
        if comparison is None:
            return None
        found = np.full(window[2:], np.nan, dtype=np.float32)
        for item in comparison.method.scores(comparison.pair, window):
            if isinstance(item, Scores):
                row, col = item.row - window[0], item.col - window[1]
                height, width = item.score.shape
                found[row : row + height, col : col + width] = item.score
            else:
                yield item
        return calibrated(found, comparison.begins) if self._calibrate else found

    def _make(self, first: int, second: int) -> Generator[Event, None, Comparison]:
        pair = self.series.pair(first, second)
        plan = yield from self._plan_pair(pair, first, second)
        yield from plan.adapt()
        # A method keeps its statistics in itself, and its networks by reference.
        method = copy(self.method)
        return Comparison(pair, method, (yield from method.prepare(pair)))

    def _told_once(
        self, first: int, second: int, work: Generator[Event, None, Comparison]
    ) -> Generator[Event, None, Comparison]:
        """Say which dates a note is of, and what concerns a file or a network only once."""
        paths = [source.path for source in self.series.sources]

        def told(event: Event) -> Event | None:
            if not isinstance(event, Note):
                return event
            is_general = event.level == "info" or any(path in event.text for path in paths)
            if is_general and event.text in self._told:
                return None
            self._told.add(event.text)
            return replace(event, text=f"{self.series.name(first, second)}: {event.text}")

        told_work: Generator[Event, None, Comparison] = mapped(work, told)
        return (yield from told_work)


def calibrated(scores: Pixels, begins: float) -> Pixels:
    """Scores in [0, 1) moved so that `begins` becomes HALF: their odds are multiplied. float32 like `scores`."""
    if begins == HALF:
        return scores
    up = scores.astype(np.float64) * (1 - begins)
    result: Pixels = (up / (up + (1 - scores) * begins)).astype(np.float32)
    return result
