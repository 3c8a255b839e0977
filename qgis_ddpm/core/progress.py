"""Work that is a generator: run to its value, its progress passed on as events, its time left estimated."""

from collections.abc import Callable, Generator
from itertools import count
from time import monotonic
from typing import Any, TypeVar

Item = TypeVar("Item")
Out = TypeVar("Out")
Value = TypeVar("Value")

# Seconds between two progress events of one run.
PROGRESS_S = 0.1


def value_of(work: Generator[Any, None, Value]) -> Value:
    """What a generator returns; what it yields is dropped, so only for work in which nobody can wish to stop."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            value: Value = end.value
            return value


def mapped(work: Generator[Item, None, Value], change: Callable[[Item], Out | None]) -> Generator[Out, None, Value]:
    """Work whose every item is changed on the way, or dropped where it becomes None, and whose value is not."""
    while True:
        try:
            item = next(work)
        except StopIteration as end:
            value: Value = end.value
            return value
        changed = change(item)
        if changed is not None:
            yield changed


def scaled(work: Generator[float, None, Value], low: float, high: float) -> Generator[float, None, Value]:
    """Work that yields its share done, 0 to 1, as a part of a larger whole: shares from `low` to `high`."""
    return mapped(work, lambda share: low + (high - low) * share)


def shares(work: Generator[Any, None, Value], total: int) -> Generator[float, None, Value]:
    """Work that yields after each of `total` parts, whatever it yields, as work that yields its share done, 0 to 1."""
    done = count(1)
    return mapped(work, lambda _: min(next(done) / total, 1.0))


def with_progress(
    work: Generator[Item, None, Value], event: Callable[[Item], Out], every_s: float = PROGRESS_S
) -> Generator[Out, None, Value]:
    """Run work that yields often and tell of it now and then, so that a wish to stop is heard.

    Args:
        work: yields after each small part; closed where the run is stopped.
        event: the event, or the share, to tell after an item.
        every_s: seconds between two events, at least.

    Returns:
        What the work returns.
    """
    last = monotonic()
    try:
        while True:
            try:
                item = next(work)
            except StopIteration as end:
                value: Value = end.value
                return value
            if monotonic() - last >= every_s:
                last = monotonic()
                yield event(item)
    finally:
        work.close()


class TimeLeft:
    """Seconds left of work that goes on as fast as it went so far.

    done: how much was done before the clock was started, in the unit of `after`.
    """

    def __init__(self, done: float = 0.0) -> None:
        self._started, self._done_before = monotonic(), done

    def after(self, done: float, total: float) -> float | None:
        """Seconds left after `done` of `total`; None before anything was done."""
        gained = done - self._done_before
        return (monotonic() - self._started) / gained * (total - done) if gained > 0 else None
