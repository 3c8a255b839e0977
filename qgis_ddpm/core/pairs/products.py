"""Products of matrices of pixels that round alike whatever the number of threads, and whatever is beside a pixel.

The library that numpy multiplies with (BLAS) shares large products out to threads of its own, and takes products of few
columns, or of a vector, in another way: both round otherwise, and its threads stand in the way of ours.
"""

from collections.abc import Iterator

import numpy as np

from ..raster.types import Floats

# OpenBLAS makes products of at most so many multiplications in the thread that asks for them (interface/gemm.c).
AT_ONCE = 1 << 18
# Fewer columns are multiplied with columns of zeros beside them.
_LEAST_AT_ONCE = 64


def parts(count: int, size: int) -> Iterator[slice]:
    """Parts of a long table, always the same, so that sums always round alike; of 64 rows at least."""
    size = max(size, _LEAST_AT_ONCE)
    return (slice(start, start + size) for start in range(0, count, size))


def weighted_sums(weights: Floats, pixels: Floats) -> Floats:
    """Sums float64 [K, N] of pixels float64 [C, N] by weights [C, K]; N is that of one of the `parts`."""
    lacking = max(_LEAST_AT_ONCE - pixels.shape[1], 0)
    sums: Floats = weights.T @ (np.pad(pixels, ((0, 0), (0, lacking))) if lacking else pixels)
    return sums[:, : pixels.shape[1]]


def moments(table: Floats, weights: Floats) -> Floats:
    """Weighted sums of products of the columns of a table float64 [N, M]: [M, M]."""
    sums = np.zeros((table.shape[1], table.shape[1]))
    for part in parts(len(table), AT_ONCE // sums.size):
        sums += (table[part] * weights[part, None]).T @ table[part]
    return sums
