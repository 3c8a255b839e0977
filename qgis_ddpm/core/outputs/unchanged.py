"""Inputs that change while a job reads them: what was made of them is not published."""

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from ...errors import InputError
from ...events import Cancelled, Event, Events
from ...input_files import State, state_of

_states: ContextVar[Mapping[str, State] | None] = ContextVar("_states", default=None)


def refuse_changed_inputs() -> None:
    """Raise InputError where an input of the job that is running is no longer what it was at the job's start."""
    for path, state in (_states.get() or {}).items():
        if state_of(path) != state:
            raise InputError(
                f"{path} was changed while it was read, so nothing is published of it. Run the job again when the file "
                "is whole."
            )


def guarded(events: Events, states: Mapping[str, State]) -> Generator[Event, None, None]:
    """Pass on the events of a job; what it publishes on the way is held against the state of its inputs."""
    wish: Cancelled | None = None
    try:
        while True:
            try:
                with _watching(states):
                    event = next(events) if wish is None else events.throw(wish)
            except StopIteration:
                return
            wish = None
            try:
                yield event
            except Cancelled as asked:
                wish = asked
    finally:
        with _watching(states):
            events.close()


@contextmanager
def _watching(states: Mapping[str, State]) -> Iterator[None]:
    # Between two events another job may run in this process.
    token = _states.set(states)
    try:
        yield
    finally:
        _states.reset(token)
