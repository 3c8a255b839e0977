"""A pixel's distance in the light of its surroundings."""

from collections.abc import Generator, Iterable
from typing import Protocol

import numpy as np
from scipy.ndimage import gaussian_filter

from ...events import Progress
from ..pairs.pair import Pair
from ..raster.types import Floats, Pixels, Valid

# Rows of a window, both dates float32 [C, n, m] and where they are valid, bool [n, m].
Strip = tuple[slice, Pixels, Pixels, Valid]
# Surroundings end where a normal curve has come down to a hundredth.
_TRUNCATE = 3.0


class Distance(Protocol):
    """What turns pixels into distances."""

    def distance(self, before: Pixels, after: Pixels) -> Floats:
        """float64 [N] of pixels float32 [N, C]."""


def margin_px(context_px: float) -> int:
    """How far from a pixel its surroundings reach."""
    return int(_TRUNCATE * context_px + 0.5)


def distances_of(fit: Distance, strips: Iterable[Strip], shape: tuple[int, int]) -> tuple[Floats, Valid]:
    """Distances float64 [h, w] of the strips of a window, 0 where not valid; where they are, bool [h, w]."""
    distance, valid = np.zeros(shape), np.zeros(shape, dtype=bool)
    for rows, before, after, inside in strips:
        if inside.any():
            found = fit.distance(before.reshape(len(before), -1).T, after.reshape(len(after), -1).T)
            np.copyto(distance[rows], found.reshape(inside.shape), where=inside)
            valid[rows] = inside
    return distance, valid


def in_context(distance: Floats, valid: Valid, context_px: float) -> tuple[Floats, Valid]:
    """Geometric mean of a pixel's distance and the mean of those around it; where it is valid.

    Change that is no larger than a pixel stays weaker than what its surroundings share, and edges stay where they are.

    Args:
        distance, valid: float64 and bool [h + 2 m, w + 2 m], m being `margin_px(context_px)`.
        context_px: standard deviation of the surroundings; 0 for none.

    Returns:
        float64 and bool [h, w], 0 where not valid.
    """
    margin = margin_px(context_px)
    inside = tuple(slice(margin, size - margin) for size in valid.shape)
    here, known = distance[inside], valid[inside]
    if not margin:
        return here, known
    mean = _smooth(distance, context_px)[inside]
    shares = _smooth(valid.astype(np.float64), context_px)[inside]
    return np.sqrt(here * mean / np.where(known, shares, 1.0)), known


def sampled_distances(pair: Pair, fit: Distance, context_px: float) -> Generator[Progress, None, Floats]:
    """Distances of the pixels of the pair's sample in their surroundings: float64 [N]."""
    sample = yield from pair.sample()
    margin = margin_px(context_px)
    if not margin:
        return fit.distance(sample.before, sample.after)
    found = []
    for number, spots in enumerate(sample.spots, start=1):
        for row, col, height, width in spots:
            shape = (height + 2 * margin, width + 2 * margin)
            strip = (slice(None), *pair.read(row - margin, col - margin, *shape))
            distance, valid = in_context(*distances_of(fit, [strip], shape), context_px)
            found.append(distance[valid])
        yield Progress(number, len(sample.spots), "row of windows", "statistics")
    return np.concatenate(found)


def _smooth(values: Floats, sigma_px: float) -> Floats:
    smooth: Floats = gaussian_filter(values, sigma_px, mode="constant", truncate=_TRUNCATE)
    return smooth
