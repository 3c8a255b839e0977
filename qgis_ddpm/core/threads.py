"""Work that is shared out to threads and comes back in order: numpy and GDAL leave the interpreter while they work."""

import os
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
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
    work: Callable[[Item], Out], items: Iterable[Item], threads: int | None = None
) -> Generator[Out, None, None]:
    """What `work` makes of each item, in the order of the items, whoever is ready first.

    threads: None for those of the job; with one, nothing is done ahead. Memory holds what as many items and one more
    need. Whoever does not use it to its end closes it: what has begun is waited for, the rest is not begun.
    """
    threads = threads or thread_count()
    if threads == 1:
        yield from map(work, items)
        return
    pool = ThreadPoolExecutor(threads, "blocks")
    try:
        waiting: deque[Future[Out]] = deque()
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
