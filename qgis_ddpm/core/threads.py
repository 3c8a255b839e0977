"""Work that is shared out to threads and comes back in order: numpy and GDAL leave the interpreter while they work."""

import os
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Condition
from typing import TypeVar

Item = TypeVar("Item")
Out = TypeVar("Out")


def thread_count() -> int:
    """Threads that a job may use: OMP_NUM_THREADS, which torch keeps to as well, else one for each processor it has."""
    torch = sys.modules.get("torch")
    if torch is not None:
        return int(torch.get_num_threads())
    # A list is of nested levels.
    asked = os.environ.get("OMP_NUM_THREADS", "").split(",")[0].strip()
    if asked.isdecimal() and int(asked):
        return int(asked)
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def in_order(
    work: Callable[[Item], Out],
    items: Iterable[Item],
    threads: int | None = None,
    pool: ThreadPoolExecutor | None = None,
) -> Generator[Out, None, None]:
    """What `work` makes of each item, in the order of the items, whoever is ready first.

    threads: None for those of the job; with one, nothing is done ahead. pool: their own, which stays; with it one works
    beside the caller. Memory holds what as many items and one more need. Whoever does not use it to its end closes it:
    what has begun is waited for, the rest is not begun.
    """
    threads = threads or thread_count()
    if threads == 1 and pool is None:
        yield from map(work, items)
        return
    taken = pool or ThreadPoolExecutor(threads, "blocks")
    waiting: deque[Future[Out]] = deque()
    try:
        for item in items:
            waiting.append(taken.submit(work, item))
            if len(waiting) > threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        wait([future for future in waiting if not future.cancel()])
        if pool is None:
            taken.shutdown()


class Gate:
    """What several threads use at once, and one changes alone."""

    def __init__(self) -> None:
        self._moves = Condition()
        self._inside = self._changing = 0

    @contextmanager
    def using(self) -> Iterator[None]:
        """While it is used nobody changes it; not to be entered twice."""
        with self._moves:
            self._moves.wait_for(lambda: not self._changing)
            self._inside += 1
        try:
            yield
        finally:
            with self._moves:
                self._inside -= 1
                self._moves.notify_all()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Once nobody uses it; whoever comes waits."""
        with self._moves:
            self._changing += 1
            try:
                self._moves.wait_for(lambda: not self._inside)
                yield
            finally:
                self._changing -= 1
                self._moves.notify_all()
