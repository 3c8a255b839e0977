"""Events: all that a running job says, as values here and as one JSON line each on a pipe.

A run yields any number of `Progress`, `Note`, `Metric` and `Preview` and then exactly one last event: `Result`
or `Cancelled`. A failure is raised in Python; only on the wire it is a third kind of last event, `error`.
"""

import json
import math
import sys
from dataclasses import dataclass, field, fields
from typing import Any, Dict, Generator, Optional, Union, get_type_hints

from .errors import ERRORS, DdpmError, WorkerError
from .messages import Parts, parts_of
from .said import said

MAX_LINE_BYTES = 1 << 20


@dataclass(frozen=True)
class Progress:
    """`done` of `total` units are done; `eta_s` is the time left in seconds, None while unknown.

    parts: on the wire, the text as keys and values.
    """

    done: float
    total: float
    unit: str
    text: str = ""
    eta_s: Optional[float] = None
    parts: Optional[Parts] = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", said(self.text))


@dataclass(frozen=True)
class Note:
    """A sentence for the log; `level` is "info" or "warning". parts: on the wire, the text as keys and values."""

    text: str
    level: str = "info"
    parts: Optional[Parts] = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", said(self.text))


@dataclass(frozen=True)
class Metric:
    """A named figure at a step of the run, such as the loss after so many tiles."""

    name: str
    value: float
    step: int


@dataclass(frozen=True)
class Preview:
    """A picture that shows how far the run is."""

    path: str


@dataclass(frozen=True)
class Result:
    """The last event of a run that is done: paths and figures by the names of the interface."""

    outputs: Dict[str, Any]


@dataclass(eq=False)
class Cancelled(Exception):  # noqa: N818 - a wish, not a fault
    """Thrown into a run, the wish to stop; yielded by it, its last event with what was kept.

    Thrown with `generator.throw(Cancelled())`; the run saves what is worth keeping, and yields
    `Cancelled(kept)`, output names to paths.
    """

    kept: Dict[str, Any] = field(default_factory=dict)


Event = Union[Progress, Note, Metric, Preview, Result, Cancelled]
Events = Generator[Event, None, None]

KINDS = {
    "progress": Progress,
    "note": Note,
    "metric": Metric,
    "preview": Preview,
    "result": Result,
    "cancelled": Cancelled,
}
_NAMES = {kind: name for name, kind in KINDS.items()}


def is_last(event: Event) -> bool:
    """Whether a run ends with this event."""
    return isinstance(event, (Result, Cancelled))


def to_line(event: Union[Event, DdpmError]) -> str:
    """One event or error as one line of JSON without its line end; numbers that are not finite are null."""
    if isinstance(event, DdpmError):
        values: Dict[str, Any] = {"event": "error", "kind": type(event).__name__, "text": str(event)}
    else:
        values = {"event": _NAMES[type(event)]}
        values.update({item.name: getattr(event, item.name) for item in fields(event) if item.name != "parts"})
    # A program that reads JSON gets what is constant of a sentence apart from what is not.
    parts = parts_of(values["text"]) if values.get("text") else []
    if parts:
        values["parts"] = parts
    return json.dumps(_finite(values), ensure_ascii=True, allow_nan=False)


def from_line(line: str) -> Event:
    """The event that a line holds; an `error` line is raised as the error that it names.

    Raises WorkerError where the line is no event: not JSON, an unknown kind, a wrong type, too long.
    """
    if len(line) > MAX_LINE_BYTES:
        raise WorkerError(f"The worker sent a line of {len(line)} bytes; events are at most {MAX_LINE_BYTES}.")
    try:
        values = json.loads(line)
        name = values.pop("event")
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
        raise WorkerError(f"The worker sent a line that is no event: {line[:200]!r}.") from None
    if name == "error":
        kind = ERRORS.get(str(values.get("kind")), WorkerError)
        error = kind(str(values.get("text", "")))
        error.parts = values.get("parts") if _are_parts(values.get("parts")) else None
        raise error
    if not isinstance(name, str) or name not in KINDS:
        raise WorkerError(f"The worker sent an event of unknown kind {str(name)[:50]!r}.")
    kind_class = KINDS[name]
    _check_types(kind_class, values)
    event: Event = kind_class(**values)
    return event


def _check_types(kind: Any, values: Dict[str, Any]) -> None:
    hints = get_type_hints(kind)
    names = {item.name for item in fields(kind)}
    for name, value in values.items():
        if name not in names:
            raise WorkerError(f"The worker sent {kind.__name__} with an unknown part {name[:50]!r}.")
        wanted = hints[name]
        if wanted is float:
            # A loss that is not a number crosses the pipe as null.
            if value is None:
                values[name] = math.nan
                continue
            good = _is_finite(value)
        elif wanted is int:
            good = isinstance(value, int) and not isinstance(value, bool)
        elif wanted is str:
            good = isinstance(value, str)
        elif wanted == Optional[float]:
            good = value is None or _is_finite(value)
        elif wanted == Optional[Parts]:
            good = _are_parts(value)
        else:
            good = isinstance(value, dict)
        if not good:
            raise WorkerError(f"The worker sent {kind.__name__} with {name} = {str(value)[:50]!r}.")
    missing = {item.name for item in fields(kind)} - set(values) - {"text", "eta_s", "level", "kept", "parts"}
    if missing:
        raise WorkerError(f"The worker sent {kind.__name__} without {', '.join(sorted(missing))}.")


def _are_parts(value: Any) -> bool:
    """Whether a value is a list of keys, each with its values: texts, or again such lists."""
    return isinstance(value, list) and all(
        isinstance(part, list)
        and len(part) == 2
        and isinstance(part[0], str)
        and isinstance(part[1], list)
        and all(isinstance(each, str) or _are_parts(each) for each in part[1])
        for part in value
    )


def _is_finite(value: Any) -> bool:
    """Whether a value is a number that a float can be; JSON also knows larger ones, and Infinity."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def _finite(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    return value
