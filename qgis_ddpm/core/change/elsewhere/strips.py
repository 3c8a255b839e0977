"""Strips of a change map, scored by workers: statistics are taken once, by whoever writes the map, and sent along.

What a strip's scores are depends on its place alone, so it does not matter who computes them, and in which order.
"""

import os
import pickle  # nosec B403 - what is read comes from the client of this very job
import socket
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from hashlib import sha256
from threading import Lock
from typing import NamedTuple

from ....errors import ClusterError, DdpmError
from ....events import Event, Note
from ....input_files import State, states
from ....metadata import version
from ...cluster.connection import connected
from ...cluster.tasks import in_order_elsewhere
from ...gdal import GDAL_CACHE_BYTES
from ...gdal.session import gdal_session
from ...pairs.pair import Pair
from ...raster.types import Window
from ...threads import thread_count
from ..plan import ChangePlan, open_pair
from ..scores import ChangeMethod, Scores
from .setup import StripOrder, order_of, processes_of

# Of a strip: what the client holds of one at a time, and how many there are at least, so that all workers have some.
MOST_PIXELS = 1 << 24
LEAST_STRIPS = 8
# Windows at the border of two strips are computed for both.
LEAST_ROWS = 256


class StripScores(NamedTuple):
    """Scores of a strip, what there was to say, and what the network computed in so far."""

    scores: list[Scores]
    notes: list[Note]
    precision: str | None


class ElsewhereScorer:
    """The `scores` of a method that was prepared here, computed by the workers of a scheduler."""

    def __init__(self, method: ChangeMethod, order: StripOrder, scheduler: str, processes: int) -> None:
        """order: its `fitted` and `adaptation` are those of the prepared method and its pair."""
        self._method, self._order, self._scheduler, self._processes = method, order, scheduler, processes
        self._precision = method.precision

    @property
    def precision(self) -> str | None:
        """What any worker has computed in so far."""
        return self._precision

    def go_on_in(self, precision: str | None) -> Iterator[Event]:
        """Compute as the run did at last that left its scores."""
        yield from self._method.go_on_in(precision)
        self._precision = self._method.precision
        self._order = replace(self._order, precision=precision)

    def scores(self, pair: Pair, window: Window) -> Generator[Event | Scores, None, None]:
        """As of `ChangeMethod`."""
        strips = strips_of(window)
        common = pickle.dumps(self._order)
        told: set[str] = set()
        with connected(self._scheduler, self._processes, thread_count()) as client:
            count = len(client.nthreads())
            yield Note(f"{len(strips)} strips for the {count} workers of {self._scheduler}.")
            if not count:
                yield Note("The scheduler has no worker yet: the run waits for one.", "warning")
            for item in in_order_elsewhere(client, score_strip, common, strips):
                if not isinstance(item, StripScores):
                    yield item
                    continue
                yield from (note for note in item.notes if note.text not in told)
                told.update(note.text for note in item.notes)
                if item.precision != self._method.precision:
                    # Its products failed in bfloat16, and it went on in float32.
                    self._precision = item.precision
                yield from item.scores


def elsewhere(plan: ChangePlan, method: ChangeMethod) -> ElsewhereScorer:
    """The scores of a plan by the workers of its job's scheduler; the method is prepared."""
    return ElsewhereScorer(method, order_of(plan, method), str(plan.job.scheduler), processes_of(plan))


def strips_of(window: Window) -> list[Window]:
    """A window in strips of its whole width, from top to bottom."""
    top, left, height, width = window
    rows = max(min(MOST_PIXELS // width, max(-(-height // LEAST_STRIPS), LEAST_ROWS)), 1)
    return [(row, left, min(rows, top + height - row), width) for row in range(top, top + height, rows)]


def score_strip(sent_by: str, common: bytes, strip: Window) -> StripScores:
    """The scores of a strip, by a worker. Raises ClusterError where it cannot see what the client sees."""
    if sent_by != version():
        raise ClusterError(
            f"The worker on {socket.gethostname()} has qgis_ddpm {version()}, the job comes from {sent_by}. Install "
            "one version on all machines."
        )
    with _OPENED.lock, gdal_session(GDAL_CACHE_BYTES):
        opened = _OPENED.of(common)
        found, notes = [], []
        for item in opened.method.scores(opened.pair, strip):
            if isinstance(item, Scores):
                found.append(item)
            elif isinstance(item, Note):
                notes.append(item)
        return StripScores(found, notes, opened.method.precision)


@dataclass(frozen=True)
class _Opened:
    pair: Pair
    method: ChangeMethod


class _LastOpened:
    """What this process has open: dates and networks are opened once for all strips of a job."""

    def __init__(self) -> None:
        # A worker may have several threads, and a pair is read by one at a time.
        self.lock = Lock()
        self._key, self._stack = b"", ExitStack()
        self._opened: _Opened | None = None

    def of(self, common: bytes) -> _Opened:
        """The dates and the method of an order, opened unless they are."""
        key = sha256(common).digest()
        if self._opened is None or key != self._key:
            self._stack.close()
            self._opened = None
            self._opened = _open(pickle.loads(common), self._stack)  # nosec B301 - see above
            self._key = key
        return self._opened


_OPENED = _LastOpened()


def _open(order: StripOrder, stack: ExitStack) -> _Opened:
    _refuse_other_files(order.files)
    try:
        pair = stack.enter_context(open_pair(order.job))
        pair.take_bands(order.choice.bands)
        pair.adapt_as(order.adaptation)
        method = order.choice.open(order.settings)
        method.take_fitted(order.fitted)
        for _ in method.go_on_in(order.precision):
            pass
    except DdpmError as error:
        raise ClusterError(f"The worker on {socket.gethostname()}: {error}") from None
    return _Opened(pair, method)


def _refuse_other_files(files: dict[str, State]) -> None:
    """Raise ClusterError where a file is not here, or is another one."""
    here = states(files)
    for path, state in files.items():
        if path not in here or not os.path.exists(path):
            raise ClusterError(
                f"The worker on {socket.gethostname()} does not see {path}. Put it where all workers and this machine "
                "see it under one name."
            )
        if here[path].size != state.size:
            raise ClusterError(f"The worker on {socket.gethostname()} has another file as {path}. Give all the same.")
