"""Kinds without slivers: pixels of an edge are half of either side, and many a one is told as a kind of its own."""

import numpy as np
from scipy import ndimage

from ..raster.types import Bytes
from .classes import UNCHANGED

# Side of the square that votes on a pixel's kind, and how often.
VOTING_PX = 5
_ROUNDS = 2


def smoothed(kinds: Bytes) -> Bytes:
    """Kinds uint8 [n, width], each the most frequent of the changed pixels about it, its own where that is as frequent.

    What did not change stays so, and has no vote.
    """
    for _ in range(_ROUNDS):
        kinds = _voted(kinds)
    return kinds


def _voted(kinds: Bytes) -> Bytes:
    found, most = kinds, np.zeros(kinds.shape, np.int16)
    for number in np.unique(kinds[kinds != UNCHANGED]).tolist():
        here = kinds == number
        votes = here.astype(np.int16)
        for axis in (0, 1):
            votes = ndimage.convolve1d(votes, np.ones(VOTING_PX, np.int16), axis=axis, mode="constant")
        # A pixel's own kind stays where none has more votes.
        votes = 2 * votes + here
        found = np.where(votes > most, np.uint8(number), found)
        most = np.maximum(most, votes)
    return np.where(kinds == UNCHANGED, np.uint8(UNCHANGED), found).astype(np.uint8)
