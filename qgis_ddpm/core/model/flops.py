"""Floating-point operations of what a call does, by torch's own formulas."""

from collections.abc import Callable
from typing import Any

from torch.utils.flop_counter import flop_registry

from .dispatch import Watching


def count_flops(call: Callable[[], object]) -> int:
    """Multiplications and additions of all products in a call: what torch's `FlopCounterMode` counts.

    That one would load torch's compiler first (see dispatch.py).
    """
    counter = _Counter()
    with counter:
        call()
    return counter.flops


class _Counter(Watching):
    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.flops = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        named = kwargs or {}
        formula = flop_registry.get(func._overloadpacket)
        if formula is None:
            # An operation without a formula may be made of some that have one.
            with self:
                found = func.decompose(*args, **named)
            if found is not NotImplemented:
                return found
        found = func(*args, **named)
        if formula is not None:
            self.flops += int(formula(*args, **named, out_val=found))
        return found
