"""What every room offers: a plan of a job, which opens and checks all that it names, and the run of that plan.

A room's `run.py` has two functions:

    def plan(job, stack) -> Generator[Event, None, Plan]    # nothing is written; files that are opened go to the stack
    def run(plan) -> Events                                  # the last event is a Result, or a Cancelled

A dry run is the plan alone with its cost, so it cannot say anything else than the run does.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from time import perf_counter
from typing import Protocol, TypeVar

from ..events import Event

Value = TypeVar("Value")


@dataclass(frozen=True)
class Cost:
    """What a run takes.

    network_calls: passes of a network, counted in tiles or windows. disk_bytes: of temporary and final files, before
    compression. seconds: on this machine, measured on a small part and scaled; None where nothing is worth measuring.
    memory_bytes: at the worst moment, likewise.
    """

    network_calls: int = 0
    disk_bytes: int = 0
    seconds: float | None = None
    memory_bytes: int | None = None


class Plan(Protocol):
    """A job whose inputs are open and fit together."""

    def cost(self) -> Generator[Event, None, Cost]:
        """What the run will take; may run one call of the network or one block of pixels to know."""


def timed(call: Callable[[], Value]) -> tuple[Value, float]:
    """What a call returns, and its seconds."""
    started = perf_counter()
    value = call()
    return value, perf_counter() - started
