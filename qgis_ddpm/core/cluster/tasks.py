"""Tasks for workers, whose results come back in order, whoever is ready first.

A worker that dies is replaced by whatever looks after it, and its tasks go to others: a task is a function of its
arguments alone. A scheduler that is lost, and a worker that cannot do its part, end the run with a ClusterError.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable
from typing import Any, TypeVar

from ...errors import ClusterError, DdpmError, is_out_of_memory
from ...events import Progress
from ...metadata import version

Item = TypeVar("Item")
Out = TypeVar("Out")

# How often it is looked whether the job is to stop.
LOOK_S = 0.25
# Beside one for each worker, so many wait at the scheduler: no worker is idle, and memory is bounded.
AHEAD = 2


def in_order_elsewhere(
    client: Any, work: Callable[[str, bytes, Item], Out], common: bytes, items: Iterable[Item]
) -> Generator[Progress | Out, None, None]:
    """What workers make of each item, in the order of the items, and progress in between.

    work: a function of a module, called with the version of this package, `common` and an item.
    """
    waiting: deque[Any] = deque()
    done = 0
    remaining = list(items)
    total = len(remaining)
    remaining.reverse()
    try:
        while remaining or waiting:
            # A lost scheduler would be asked until the time to connect is over.
            _refuse_lost(client)
            # Counted anew each time: workers come and go.
            most = max(len(client.nthreads()), 1) + AHEAD if remaining else 0
            while remaining and len(waiting) < most:
                waiting.append(client.submit(work, version(), common, remaining.pop(), pure=False))
            while not _is_done(client, waiting[0]):
                yield Progress(done, total, "strip", "scores")
            yield _result(client, waiting.popleft())
            done += 1
            yield Progress(done, total, "strip", "scores")
    except OSError as error:
        # Of the connection; errors of ours are some, too.
        raise error if isinstance(error, DdpmError) else _lost(error) from None
    finally:
        if client.status == "running":
            client.cancel(list(waiting))


def _is_done(client: Any, future: Any) -> bool:
    """Whether a task is over, after waiting for it a moment."""
    import distributed

    try:
        distributed.wait([future], timeout=LOOK_S)
    # Not yet one class on Python 3.10.
    except (TimeoutError, distributed.TimeoutError):
        _refuse_lost(client)
        return False
    except Exception as error:
        raise _lost(error) from None
    return True


def _result(client: Any, future: Any) -> Any:
    from distributed import KilledWorker

    if future.status in ("cancelled", "lost"):
        raise _lost(None)
    error = future.exception() if future.status == "error" else None
    if error is None:
        return future.result()
    if isinstance(error, DdpmError):
        raise error
    if isinstance(error, KilledWorker):
        raise ClusterError(
            f"A part of the work ended its worker {error.allowed_failures + 1} times, at last that at "
            f"{error.last_worker.address}: it may lack memory. Lower BLOCK_PX or BATCH_SIZE, or give workers more. "
            "What is done is kept."
        )
    if is_out_of_memory(error):
        raise ClusterError("A worker has no memory left. Lower BLOCK_PX or BATCH_SIZE. What is done is kept.")
    if isinstance(error, ImportError):
        raise ClusterError(
            f"A worker cannot take the work ({str(error)[:200]}): install qgis_ddpm {version()} with its packages "
            "there."
        )
    raise ClusterError(f"A worker failed ({type(error).__name__}: {str(error)[:300]}). What is done is kept.")


def _refuse_lost(client: Any) -> None:
    if client.status != "running":
        raise _lost(None)


def _lost(error: Exception | None) -> ClusterError:
    words = f" ({type(error).__name__})" if error else ""
    return ClusterError(
        f"The scheduler was lost{words}. What is done is kept: start it, and the same job again, which goes on from "
        "there."
    )
