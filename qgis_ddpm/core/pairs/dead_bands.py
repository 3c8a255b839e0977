"""Bands that are constant in a date: nothing can be compared with them, and nothing may be divided by their spread."""

from collections.abc import Iterator

import numpy as np

from ...events import Note
from ..raster.findings.band_names import listed
from ..raster.findings.nothing_valid import band_text
from ..raster.types import Valid
from .pair import Pair
from .sample import PairSample


def varying(sample: PairSample) -> Valid:
    """Which bands vary in both dates: bool [C]."""
    result: Valid = (np.ptp(sample.before, axis=0) > 0) & (np.ptp(sample.after, axis=0) > 0)
    return result


def dead_band_notes(pair: Pair, sample: PairSample, used: Valid, fate: str) -> Iterator[Note]:
    """What to say of bands that are not used; fate: what happens to them, such as "are left out"."""
    used = used & varying(sample)
    if not len(sample.before) or used.all():
        return
    told = []
    constant = [np.ptp(pixels, axis=0) == 0 for pixels in (sample.before, sample.after)]
    # What varies by less than it is rounded by is as good as constant.
    nearly = ~used & ~constant[0] & ~constant[1]
    for source, flat in zip((pair.before, pair.after), constant, strict=True):
        dead = np.flatnonzero(flat | nearly).tolist()
        if dead:
            told.append(f"{listed([band_text(source, band) for band in dead])} of {source.path}")
    if not used.any():
        yield Note(
            f"No band varies in both dates: constant are {' and '.join(told)}. There is nothing to compare; choose "
            "other bands or dates.",
            "warning",
        )
        return
    yield Note(f"Constant are {' and '.join(told)}: these bands {fate} in both dates.", "warning")
