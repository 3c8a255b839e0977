"""Short texts with a structure: lists of numbers, extents."""

import math
import re
from typing import Callable, Optional, Tuple, TypeVar

from ..errors import JobError

Part = TypeVar("Part", int, float)
_LOCAL = re.compile(r"local:(\d{1,3})")
_REMOTE = re.compile(r"(?:tcp|tls)://\S+:\d+")


def number(text: str) -> float:
    """The number that a text is. Raises ValueError; also for `1_5`, which Python reads as 15."""
    if "_" in text:
        raise ValueError(text)
    return float(text)


def whole_numbers(parameter: str, text: Optional[str], minimum: int = 0) -> Tuple[int, ...]:
    """The whole numbers of a text such as "1,2,4"; () for None. Raises JobError."""
    if not text:
        return ()
    found = _parts(text, _whole)
    if not found or min(found) < minimum:
        raise JobError(
            f"{parameter} is {text!r}, but has to be whole numbers from {minimum} with commas, such as 1,2,4."
        )
    return found


def numbers(parameter: str, text: Optional[str]) -> Tuple[float, ...]:
    """The positive numbers of a text such as "0.079,0.159"; () for None. Raises JobError."""
    if not text:
        return ()
    found = _parts(text, number)
    if not found or not all(math.isfinite(part) and part > 0 for part in found):
        raise JobError(f"{parameter} is {text!r}, but has to be positive numbers with commas, such as 0.079,0.701.")
    return found


def any_numbers(parameter: str, text: Optional[str]) -> Tuple[float, ...]:
    """The numbers of a text such as "0,-9999", below 0 and nan too; () for None. Raises JobError."""
    if not text:
        return ()
    found = _parts(text, number)
    if not found:
        raise JobError(f"{parameter} is {text!r}, but has to be numbers with commas, such as 0,-9999.")
    return found


def names(parameter: str, text: Optional[str]) -> Tuple[str, ...]:
    """The names of a text such as "SWIR, NIR, red"; () for None. Raises JobError where one is empty or named twice."""
    if not text:
        return ()
    found = tuple(part.strip() for part in text.replace(";", ",").split(","))
    if not all(found) or len(set(found)) < len(found):
        raise JobError(f"{parameter} is {text!r}, but has to be different names with commas, such as NIR,red,green.")
    return found


def extent(parameter: str, text: str) -> Tuple[float, float, float, float, Optional[str]]:
    """West, east, south, north and the CRS, or None, of "xmin,xmax,ymin,ymax [EPSG:4326]", as QGIS writes it.

    Raises JobError where it is none of that or is empty.
    """
    body, _, rest = text.partition("[")
    crs = rest.rstrip("] \t") or None
    try:
        west, east, south, north = (number(part) for part in body.split(","))
    except ValueError:
        raise JobError(
            f"{parameter} is {text!r}, but has to be xmin,xmax,ymin,ymax, optionally with [EPSG:4326]."
        ) from None
    if not all(math.isfinite(value) for value in (west, east, south, north)) or west >= east or south >= north:
        raise JobError(f"{parameter} is {text!r}: the extent is empty. The order is xmin,xmax,ymin,ymax.")
    return west, east, south, north, crs


def _parts(text: str, read: Callable[[str], Part]) -> Tuple[Part, ...]:
    """What is read of the parts of a text with commas; () where one cannot be read."""
    try:
        return tuple(read(part) for part in text.replace(";", ",").split(",") if part.strip())
    except ValueError:
        return ()


def _whole(text: str) -> int:
    number(text)
    return int(text)


def extent_bounds(parameter: str, text: str) -> Tuple[Tuple[float, float, float, float], Optional[str]]:
    """West, south, east, north as rasters order them, and the CRS or None, of the same text. Raises JobError."""
    west, east, south, north, crs = extent(parameter, text)
    return (west, south, east, north), crs


def local_processes(parameter: str, text: Optional[str]) -> int:
    """How many processes of this machine a scheduler's text names: `local:4`; 0 for tcp://HOST:PORT and for none.

    Raises JobError for any other text.
    """
    found = _LOCAL.fullmatch(text or "")
    if text and not _REMOTE.fullmatch(text) and not (found and int(found.group(1))):
        raise JobError(
            f"{parameter} is {text[:100]!r}. Give tcp://HOST:PORT of a Dask scheduler, or local:4 for four processes "
            "of this machine."
        )
    return int(found.group(1)) if found else 0
