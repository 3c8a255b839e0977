"""How many windows go through a network in one call: chosen before the first one, halved where memory runs out.

On a processor several calls are made at once. Threads that share each operation wait for each other at its end,
hundreds of times a call; threads with windows of their own do not (benchmarks/README.md).
"""

from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, pairwise
from math import ceil, log2
from threading import local
from typing import TypeVar

import torch

from ...errors import DeviceError, is_out_of_memory
from ...events import Note
from ..threads import in_order, thread_count
from .cost import peak_bytes
from .denoiser import DiffusionModel
from .device import allowed_batch, choose_batch, describe, release

# One call of the network should take part of a second, so that progress and Cancel are prompt.
CALL_FLOP = {"cpu": 2e10, "cuda": 2e12, "mps": 2e11}
MAX_BATCH = {"cpu": 16, "cuda": 256, "mps": 32}

# A thread's call has so many images, or is left to all threads: smaller products round otherwise, and threads that are
# not busy with products for long wait for the interpreter.
LEAST_IMAGES = 8

Item = TypeVar("Item")
Part = TypeVar("Part")
# Of a thread: whether it is one of several that call a network at once.
_here = local()


def batch_for(model: DiffusionModel, asked: int | None = None, images: int = 1) -> int:
    """Windows in one call, a power of two: as many as give prompt calls and fit into half of the free memory.

    asked: the user's BATCH_SIZE, which is taken instead. images: how many the network sees of each window.
    """
    if asked:
        return allowed_batch(asked)
    kind = model.device.type
    flops, window_bytes = measure_window(model)
    prompt = int(max(1.0, min(CALL_FLOP[kind] / max(flops, 1), MAX_BATCH[kind]) / images))
    return choose_batch(model.device, images * window_bytes, 2 ** int(log2(prompt)))


def measure_window(model: DiffusionModel) -> tuple[int, int]:
    """Operations and memory in bytes of one window in the network, with its decoder's maps, measured on one."""
    flops: list[int] = []
    peak = peak_bytes(model.device, lambda: flops.append(model.flops()))
    maps = zip(model.feature_channels, model.feature_strides, strict=True)
    return flops[0], peak + int(4 * sum(channels * (model.card.tile_px / stride) ** 2 for channels, stride in maps))


class AdaptiveBatch:
    """Calls a function for parts of a batch, of `size` at most; where memory runs out, `size` halves for good.

    what: what one of them is called in messages. model: the one that is called, whose notes are told too. images: how
    many of its network are in one; on a processor parts are then cut further, for calls by several threads at once; 0:
    they are not. Raises DeviceError where not even one fits.
    """

    def __init__(
        self,
        size: int,
        device: torch.device,
        what: str = "window",
        model: DiffusionModel | None = None,
        images: int = 0,
    ) -> None:
        self.size = size
        self._device, self._what, self._model = device, what, model
        self._notes: list[Note] = []
        self._least = ceil(LEAST_IMAGES / images) if images and device.type == "cpu" else size
        self._threads = NetworkThreads(max(size // self._least, 1)) if images else None

    def shares(self, count: int) -> list[slice]:
        """Parts of range(count), of `size` at most, and as many at once as there are threads."""
        found = []
        for start in range(0, count, self.size):
            length = min(self.size, count - start)
            pieces = 1 if self._threads is None else min(length // self._least, self._threads.at_once)
            pieces = max(pieces, 1)
            edges = [start + length * piece // pieces for piece in range(pieces + 1)]
            found += [slice(low, high) for low, high in pairwise(edges)]
        return found

    def in_order(self, work: Callable[[Item], Part], items: Iterable[Item]) -> Generator[Part, None, None]:
        """What `work`, which calls the network, makes of each item: by threads beside the caller, as of `in_order`."""
        if self._threads is None:
            yield from map(work, items)
        else:
            yield from self._threads.in_order(work, items)

    def parts(self, function: Callable[[slice], Part], count: int) -> list[Part]:
        """What `function` gives for each part of range(count), in order."""
        shares = self.shares(count)
        if len(shares) < 2 or _is_one_of_several():
            return self._parts(function, slice(0, count))
        return list(chain.from_iterable(self.in_order(lambda share: self._parts(function, share), shares)))

    def notes(self) -> Iterator[Note]:
        """What happened since the last call, for the log."""
        while self._notes:
            yield self._notes.pop(0)
        if self._model is not None:
            yield from self._model.notes()

    def _parts(self, function: Callable[[slice], Part], whole: slice) -> list[Part]:
        results: list[Part] = []
        start = whole.start
        while start < whole.stop:
            stop = min(start + self.size, whole.stop)
            try:
                results.append(function(slice(start, stop)))
            except (RuntimeError, MemoryError) as error:
                if not is_out_of_memory(error):
                    raise
                self._halve(stop - start, error)
            else:
                start = stop
                continue
            # Leave the except block first: the traceback keeps the tensors alive.
            release(self._device)
        return results

    def _halve(self, tried: int, error: BaseException) -> None:
        if tried == 1:
            raise DeviceError(
                f"Memory ran out on {describe(self._device)} with one {self._what} at a time. Close other programs, "
                "choose another DEVICE, or a model with smaller tiles or fewer channels."
            ) from error
        self.size = tried // 2
        text = f"Memory ran out with {tried} {self._what}s at a time; going on with {self.size}."
        self._notes.append(Note(text, "warning"))


class NetworkThreads:
    """Threads that share the processors of the job; they are made when they are needed, and end with this object."""

    def __init__(self, most: int) -> None:
        """most: calls that are made at once."""
        self._all = thread_count()
        self.at_once = min(self._all, most)
        self._pool: ThreadPoolExecutor | None = None

    def in_order(self, work: Callable[[Item], Part], items: Iterable[Item]) -> Generator[Part, None, None]:
        """As of `threads.in_order`, beside the caller; with one thread for all, what is asked for is done at once."""
        if self._all == 1 or _is_one_of_several():
            yield from map(work, items)
            return
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self.at_once, "network", _begin, (self._all // self.at_once,))
        # The processors are theirs until they are done.
        torch.set_num_threads(1)
        try:
            yield from in_order(work, items, self.at_once, self._pool)
        finally:
            torch.set_num_threads(self._all)


def _is_one_of_several() -> bool:
    return bool(getattr(_here, "works", False))


def _begin(threads: int) -> None:
    torch.set_num_threads(threads)
    _here.works = True
