"""Known pixels that are held out, in holes of the shapes that the gaps of a raster have."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from scipy import ndimage

from ..raster.random import tile_random
from ..raster.types import Floats, Valid, Window
from .survey import PLACE_PX, Survey

# Places that a sample takes, and of which known share a hole takes about this part.
MOST_PLACES, HIDDEN_SHARE = 6, 0.2
# Shifts of the gaps that are tried for a hole.
_TRIES = 24
_LEAST_KNOWN = 0.1


def sample_places(survey: Survey, shape: tuple[int, int]) -> list[Window]:
    """Windows of a sample: those with gaps and much that is known, spread by chance, the same ones each time."""
    height, width = shape
    known, missing = survey.known, survey.missing
    share = known / np.maximum(known + missing, 1)
    order = tile_random(0, known.size, 0).permutation(known.size)
    good = [int(number) for number in order if share.flat[number] >= _LEAST_KNOWN and missing.flat[number]]
    whole = [int(number) for number in order if share.flat[number] >= _LEAST_KNOWN and not missing.flat[number]]
    some = [int(number) for number in order if 0 < share.flat[number] < _LEAST_KNOWN]
    # Large gaps leave few places at their edges; what is whole tells of the scene.
    half = MOST_PLACES - min(len(whole), MOST_PLACES // 3)
    chosen = (good[:half] + whole + good[half:] + some)[:MOST_PLACES]
    places = []
    for number in sorted(chosen):
        row, col = (index * PLACE_PX for index in np.unravel_index(number, known.shape))
        places.append((int(row), int(col), min(PLACE_PX, height - int(row)), min(PLACE_PX, width - int(col))))
    return places


def holes_of(known: Valid, gaps: Sequence[Valid], number: int, turns: Iterable[int]) -> Iterator[Valid]:
    """Holes [h, w] in what is known of a window: gaps of this or other windows, of any size, shifted and turned.

    Each hides about HIDDEN_SHARE of what is known; none where nothing fits.
    """
    for turn in turns:
        random = tile_random(1, number, turn)
        best, best_off = None, np.inf
        for _ in range(_TRIES):
            gap = gaps[int(random.integers(len(gaps)))]
            gap = gap[:: 1 - 2 * int(random.integers(2)), :: 1 - 2 * int(random.integers(2))]
            shift = (int(random.integers(gap.shape[0])), int(random.integers(gap.shape[1])))
            height, width = known.shape
            hole = _fitted(np.roll(gap, shift, axis=(0, 1)), (height, width)) & known
            share = hole.sum() / max(known.sum(), 1)
            off = abs(np.log(max(share, 1e-9) / HIDDEN_SHARE))
            if 0 < share <= 0.6 and off < best_off:
                best, best_off = hole, off
        if best is not None:
            yield best


def distances(known: Valid) -> Floats:
    """How far each pixel is from the next known one, in px; 0 where known, infinite where nothing is."""
    if not known.any():
        return np.full(known.shape, np.inf)
    found: Floats = ndimage.distance_transform_edt(~known)
    return found


def _fitted(gap: Valid, shape: tuple[int, int]) -> Valid:
    """A gap repeated and cut to a shape."""
    times = [-(-wanted // have) for wanted, have in zip(shape, gap.shape, strict=True)]
    return np.tile(gap, times)[: shape[0], : shape[1]]
