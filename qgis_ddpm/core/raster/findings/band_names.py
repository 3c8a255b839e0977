"""Which bands of two rasters correspond, by the names that both give them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

Names = Sequence[str | None]
# Names that say no more than the band's number.
NUMBERED = re.compile(r"(?:band|layer|channel)?[ _-]*0*(\d+)", re.IGNORECASE)
SHOWN = 8


class Match(NamedTuple):
    """Positions, from 0, of the bands that correspond in either raster."""

    first: tuple[int, ...]
    second: tuple[int, ...]


def match_names(first: Names, second: Names) -> Match | None:
    """Bands by their names, in the first raster's order; None where names do not say.

    They say so where all are named, each once, and all names of one raster are found in the other; a mere numbering of
    both says nothing.
    """
    here, there = _keys(first), _keys(second)
    if here is None or there is None or (is_numbering(first) and is_numbering(second)):
        return None
    if not (set(here) <= set(there) or set(there) <= set(here)):
        return None
    shared = [key for key in here if key in there]
    return Match(tuple(here.index(key) for key in shared), tuple(there.index(key) for key in shared))


def differing(first: Names, second: Names) -> list[str]:
    """Pairs of names, such as "B8 and B8A", of bands in the same place that both rasters call by other names."""
    if is_numbering(first) or is_numbering(second):
        return []
    pairs = zip(first, second, strict=False)
    return [f"{a} and {b}" for a, b in pairs if a and b and _key(a) != _key(b)]


def listed(names: Sequence[str]) -> str:
    """Names in a sentence, the first of many."""
    return ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")


def is_numbering(names: Names) -> bool:
    """Whether the names only count the bands, or there are none."""
    found = [NUMBERED.fullmatch(name.strip()) if name else None for name in names]
    if not any(names):
        return True
    return all(match and int(match[1]) == number for number, match in enumerate(found, start=1))


def _keys(names: Names) -> list[str] | None:
    """The names as they are compared; None where one is missing or there twice."""
    keys = [_key(name) for name in names if name]
    return keys if len(keys) == len(names) and len(set(keys)) == len(keys) else None


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
