"""A scheduler of Dask with its workers: one that runs somewhere, or one with workers on this machine.

Dask is an extra (requirements/cluster.txt), and nothing here is imported unless a job names a SCHEDULER.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from typing import Any

from ...errors import ClusterError, EnvironmentMissingError

CONNECT_S, CLOSE_S = 30, 5
# Of a local cluster: no dashboard, which nobody asked for, and what answers in its place is for this machine alone.
NO_SERVER: dict[str, Any] = {"dashboard_address": "127.0.0.1:0", "scheduler_kwargs": {"dashboard": False}}
# A strip that ends its worker so often is not given to another.
ALLOWED_DEATHS = 3


@contextmanager
def connected(scheduler: str, processes: int, threads: int) -> Iterator[Any]:
    """A client of dask.distributed in a `with` block.

    Args:
        scheduler: the address of one that runs, as `tcp://HOST:PORT`; else only for messages.
        processes: 0 for that, or so many of this machine that end with the block.
        threads: that these share.

    Raises EnvironmentMissingError without Dask, ClusterError where nobody answers.
    """
    if find_spec("distributed") is None:
        raise EnvironmentMissingError(
            f"SCHEDULER is {scheduler}, which needs the package distributed. Install it into the worker's Python with: "
            'pip install "distributed>=2024.5", or leave SCHEDULER empty.'
        )
    import dask
    from distributed import Client, LocalCluster

    settings: dict[str, Any] = {
        "distributed.scheduler.allowed-failures": ALLOWED_DEATHS,
        "distributed.comm.timeouts.connect": f"{CONNECT_S}s",
        # As many threads altogether as this process would take, since numbers of a network depend on them.
        "distributed.nanny.pre-spawn-environ.OMP_NUM_THREADS": max(threads // max(processes, 1), 1),
    }
    # What they say of workers that come and go is told in sentences of ours.
    for name in ("distributed", "tornado", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with dask.config.set(settings), ExitStack() as stack:
        address: Any = scheduler
        if processes:
            address = LocalCluster(processes, threads_per_worker=1, silence_logs=logging.CRITICAL, **NO_SERVER)
            stack.callback(_quietly, address.close)
        try:
            client = Client(address, timeout=CONNECT_S)
        except (OSError, ValueError) as error:
            raise ClusterError(
                f"No scheduler answers at {scheduler} within {CONNECT_S} s ({type(error).__name__}). Check the "
                "address, and that it runs: dask scheduler."
            ) from None
        stack.callback(_quietly, client.close)
        yield client


def _quietly(close: Callable[..., object]) -> None:
    """Close what may be lost already, without waiting long for an answer."""
    with suppress(Exception):
        close(timeout=CLOSE_S)
