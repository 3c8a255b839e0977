"""What a call costs: floating-point operations and memory at its worst moment, measured on one call."""

from collections.abc import Callable
from time import perf_counter
from typing import Any
from weakref import WeakKeyDictionary, finalize

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves
from torch.utils.flop_counter import flop_registry


class Watching(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """A mode whose subclasses see every operation.

    torch keeps its compiler out of such classes by loading it: two seconds in which a user waits for a first tile.
    Nothing is compiled while operations are watched.
    """

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False


def count_flops(call: Callable[[], object]) -> int:
    """Multiplications and additions of all products in a call: what torch's `FlopCounterMode` counts.

    That one would load torch's compiler first (see Watching).
    """
    counter = _FlopCounter()
    with counter:
        call()
    return counter.flops


class _FlopCounter(Watching):
    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.flops = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        named = kwargs or {}
        formula = flop_registry.get(func._overloadpacket)
        if formula is None:
            # An operation without a formula may be made of some that have one.
            with self:
                result = func.decompose(*args, **named)
            if result is not NotImplemented:
                return result
        result = func(*args, **named)
        if formula is not None:
            self.flops += int(formula(*args, **named, out_val=result))
        return result


def peak_bytes(device: torch.device, call: Callable[[], object]) -> int:
    """The most bytes that `call` had of new tensors on a device at one time, its result included.

    On CUDA the allocator tells, with what kernels take for themselves; elsewhere tensors are counted as they come and
    go, so that the answer is the same on every run.
    """
    if device.type == "cuda":
        torch.cuda.synchronize(device)
        torch.cuda.reset_peak_memory_stats(device)
        before: int = torch.cuda.memory_allocated(device)
        call()
        torch.cuda.synchronize(device)
        peak: int = torch.cuda.max_memory_allocated(device)
        return peak - before if peak > before else 0
    counter = _MemoryCounter()
    with counter:
        call()
    return counter.peak


def measure_call(device: torch.device, call: Callable[[], object]) -> tuple[float, int]:
    """Seconds and peak bytes of a call, which is made twice where it is short: the first of all is slower."""
    started = perf_counter()
    peak = peak_bytes(device, call)
    seconds = perf_counter() - started
    if seconds < 1.0:
        started = perf_counter()
        call()
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        seconds = perf_counter() - started
    return seconds, peak


class _MemoryCounter(Watching):
    """Counts the bytes of storages that are made while it is active, until they are let go."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.peak = self._now = 0
        self._known: WeakKeyDictionary[Any, None] = WeakKeyDictionary()

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        for tensor in _tensors((args, kwargs)):
            # What was there before the call, such as weights, is no part of it; views of it neither.
            self._known.setdefault(tensor.untyped_storage(), None)
        result = func(*args, **(kwargs or {}))
        for tensor in _tensors(result):
            storage = tensor.untyped_storage()
            if storage not in self._known:
                self._known[storage] = None
                self._add(storage.nbytes())
                finalize(storage, self._add, -storage.nbytes())
        return result

    def _add(self, size: int) -> None:
        self._now += size
        self.peak = max(self.peak, self._now)


def _tensors(values: Any) -> list[torch.Tensor]:
    return [leaf for leaf in tree_leaves(values) if isinstance(leaf, torch.Tensor)]
