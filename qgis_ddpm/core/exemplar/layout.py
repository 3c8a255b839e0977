"""The coarsest layout: noise that is denoised by the exact posterior mean over all places of the coarsest scale.

The posterior of an image that consists of one scene's patches has a closed form (Kamb and Ganguli 2024, arXiv
2412.20292; Qiu et al. 2026, arXiv 2606.04299): a mean over places, weighted by how well their patches explain the noisy
one. Left alone it draws what is frequent. Sinkhorn steps on one potential per place make all places equally used.
"""

from collections.abc import Generator
from math import ceil

import numpy as np
import torch
from torch import Tensor

from .bank import Scale
from .patches import PATCH_PX, Descriptors, Filters, mirrored

STEPS, FIRST_SIGMA, LAST_SIGMA = 24, 4.0, 0.1
SINKHORN_STEPS, DAMPING = 4, 0.7
# Patches by which the use of places is counted, and those compared with all places at once.
COUNTED, AT_ONCE = 4096, 1024


def denoise_layout(
    scale: Scale, known: Descriptors, noise: Tensor, inner: Tensor
) -> Generator[int, None, tuple[Tensor, Tensor]]:
    """A layout from standard normal noise [K, h, w]: places [h, w], and the potential of each key in squared numbers.

    inner: bool [h, w], where the use of places is counted. Yields after each part the comparisons made.
    """
    keys, values = known.patches[scale.keys], scale.flat[:, scale.keys].T.contiguous()
    squares = (keys**2).sum(dim=1) / 2
    # Noise of variance 1 in each pixel is of this variance in each number of a patch.
    spread = 1 / PATCH_PX[scale.level] ** 2
    sigmas = np.geomspace(FIRST_SIGMA, LAST_SIGMA, STEPS).tolist()
    x = noise * sigmas[0]
    potential = torch.zeros(len(keys))
    counted = _spread_over(inner)
    for index, sigma in enumerate(sigmas):
        queries, sharpness = _seen(x, known.patch_filters), 1 / (spread * sigma**2)
        some = queries[counted]
        for _ in range(SINKHORN_STEPS):
            use = torch.zeros(len(keys))
            for first in range(0, len(some), AT_ONCE):
                use += _weights(some[first : first + AT_ONCE], keys, squares, sharpness, potential).sum(dim=0)
                yield min(AT_ONCE, len(some) - first) * len(keys)
            potential = potential + DAMPING * torch.log(use / len(some) * len(keys) + 1e-3)
            potential -= potential.mean()
        mean, best = torch.empty(len(queries), len(x)), torch.empty(len(queries), dtype=torch.int64)
        for first in range(0, len(queries), AT_ONCE):
            part = slice(first, first + AT_ONCE)
            weights = _weights(queries[part], keys, squares, sharpness, potential)
            mean[part], best[part] = weights @ values, weights.argmax(dim=1)
            yield len(weights) * len(keys)
        x0 = mean.T.reshape(x.shape)
        following = sigmas[index + 1] if index + 1 < STEPS else 0.0
        x = x0 + (following / sigma) * (x - x0)
    places = scale.keys[best].reshape(x.shape[1:])
    return places, potential * (2 * spread * sigmas[-1] ** 2)


def layout_comparisons(pixels: int, keys: int) -> int:
    """Comparisons of patches that a layout takes."""
    return STEPS * (SINKHORN_STEPS * min(pixels, COUNTED) + pixels) * keys


def _spread_over(inner: Tensor) -> Tensor:
    """Numbers of the pixels that count: all, or so many spread evenly."""
    numbers = inner.flatten().nonzero()[:, 0]
    return numbers[:: max(1, ceil(len(numbers) / COUNTED))]


def _seen(x: Tensor, filters: Filters) -> Tensor:
    reach = filters.reach
    rows, cols = (mirrored(-reach, size + reach, size) for size in x.shape[1:])
    return filters(x[:, rows][:, :, cols]).flatten(1).T.contiguous()


def _weights(queries: Tensor, keys: Tensor, squares: Tensor, sharpness: float, potential: Tensor) -> Tensor:
    closeness = torch.addmm(-squares, queries, keys.T)
    return torch.softmax(closeness * sharpness - potential, dim=1)
