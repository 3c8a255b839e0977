"""Indices of two bands: normalized differences, each where the bands have the roles for it."""

from collections.abc import Mapping, Sequence

import numpy as np

from ..raster.types import Floats

# (a - b) / (a + b), by the roles of a and b. Rouse et al. 1974; McFeeters 1996; Xu 2006; Zha et al. 2003.
INDICES: Mapping[str, tuple[str, str]] = {
    "ndvi": ("nir", "red"),
    "ndwi": ("green", "nir"),
    "mndwi": ("green", "swir1"),
    "ndbi": ("swir1", "nir"),
}


def indices_of(roles: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Positions of both bands of each index that bands of these roles have."""
    return {
        name: (roles.index(first), roles.index(second))
        for name, (first, second) in INDICES.items()
        if first in roles and second in roles
    }


def normalized_difference(first: Floats, second: Floats) -> Floats:
    """(first - second) / (first + second), NaN where the sum is not positive; shapes alike."""
    total = first + second
    good = total > 0
    result: Floats = np.where(good, (first - second) / np.where(good, total, 1.0), np.nan)
    return result
