"""The best linear estimate of a tile: what the spectrum of the training tiles alone tells, before a network has learnt.

A network that has seen few tiles leaves grain: averaging noise away is the first thing to learn, and it takes long.
But it is known in closed form. Tiles are taken as a Gaussian field that is alike everywhere. Its bands are rotated into
their principal components and transformed by the orthonormal cosine transform (DCT-II, whose even borders wrap nothing
around). There white noise has variance sigma^2 in each coefficient, the field has variance S nearly independently, and
the best estimate is S / (S + sigma^2) of what is seen (Wiener 1949). The network then learns only what is not Gaussian.
"""

from math import pi

import torch
from torch import Tensor, nn
from torch.nn import functional as F

# Variance below which a coefficient is rounding.
LEAST_VARIANCE = 1e-8


class WienerPrior(nn.Module):
    """Mean, band rotation and log spectrum of tiles; part of a network's state, and not trained by gradients."""

    mean: Tensor
    rotation: Tensor
    log_spectrum: Tensor

    def __init__(self, channels: int, tile_px: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(channels))
        self.register_buffer("rotation", torch.eye(channels))
        # A logarithm keeps its digits where weights are stored as float16.
        self.register_buffer("log_spectrum", torch.zeros(channels, tile_px, tile_px))

    def fit(self, tiles: Tensor) -> None:
        """Take the statistics of tiles float32 [N, C, tile_px, tile_px]."""
        x = tiles.double()
        mean = x.mean(dim=(0, 2, 3))
        x = x - mean[:, None, None]
        bands = x.transpose(0, 1).flatten(1)
        _, rotation = torch.linalg.eigh(bands @ bands.T / bands.shape[1])
        # An eigenvector's sign is free; a fixed one gives the same bytes everywhere.
        rotation = rotation * torch.sign(rotation.sum(dim=0) + LEAST_VARIANCE)
        spectrum = _transform(_rotate(rotation.T, x)).square().mean(dim=0)
        self.mean.copy_(mean)
        self.rotation.copy_(rotation)
        self.log_spectrum.copy_(spectrum.clamp(min=LEAST_VARIANCE).log())

    def estimate(self, x: Tensor, sigma: Tensor) -> Tensor:
        """The linear estimate of x0, float32 like x [B, C, H, W] = x0 + sigma * noise; sigma [B]."""
        with torch.autocast(x.device.type, enabled=False):
            mean, rotation = self.mean.to(x.dtype)[:, None, None], self.rotation.to(x.dtype)
            seen = _transform(_rotate(rotation.T, x - mean))
            spectrum = self._spectrum(*x.shape[-2:]).to(x.dtype)
            variance = sigma.to(x.device, x.dtype).square()[:, None, None, None]
            return _rotate(rotation, _transform(seen * (spectrum / (spectrum + variance)), inverse=True)) + mean

    def deviation(self, sigma: Tensor) -> Tensor:
        """Root mean square error of the estimate for Gaussian tiles: like sigma [B]."""
        spectrum = self.log_spectrum.to(sigma.device, sigma.dtype).exp()
        variance = sigma.square()[:, None, None, None]
        result: Tensor = (spectrum * variance / (spectrum + variance)).mean(dim=(1, 2, 3)).sqrt()
        return result

    def _spectrum(self, height: int, width: int) -> Tensor:
        if (height, width) == self.log_spectrum.shape[-2:]:
            return self.log_spectrum.exp()
        # The same frequencies on another number of coefficients.
        log_spectrum = F.interpolate(self.log_spectrum[None], (height, width), mode="bilinear", align_corners=True)
        return log_spectrum[0].exp()


def _rotate(rotation: Tensor, x: Tensor) -> Tensor:
    return torch.einsum("ij,bjhw->bihw", rotation, x)


def _transform(x: Tensor, inverse: bool = False) -> Tensor:
    rows, columns = (cosines(side, x) for side in x.shape[-2:])
    result: Tensor = rows.T @ x @ columns if inverse else rows @ x @ columns.T
    return result


def cosines(side: int, like: Tensor) -> Tensor:
    """The matrix [side, side] of the orthonormal DCT-II, in the type and on the device of a tensor."""
    k = torch.arange(side, dtype=torch.float64)
    matrix = torch.cos(pi / side * (k[None] + 0.5) * k[:, None]) * (2 / side) ** 0.5
    matrix[0] /= 2**0.5
    result: Tensor = matrix.to(like.device, like.dtype)
    return result
