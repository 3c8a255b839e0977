"""Numbers in metadata."""

import math

from ...errors import InputError


def number_of(where: str, key: str, text: str) -> float:
    """A finite number. Raises InputError, which names file and key."""
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise InputError(f"{where} gives {text[:40]!r} for {key}, which is no number. Take a whole copy of the scene.")
    return found
