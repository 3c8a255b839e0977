"""Bands as principal components of variance 1, each of which is filled by itself.

Where all bands of a pixel are missing at once, and bands share what is alike in space, components can be filled one
by one without loss (intrinsic coregionalisation: Wackernagel 2003, Multivariate Geostatistics, chapter 24).
"""

from dataclasses import dataclass

import numpy as np

from ..raster.types import Floats

# A band, or a component, of less than this share of the largest's deviation is constant.
_LEAST = 1e-6


@dataclass(frozen=True)
class Components:
    """mean, deviation: float64 [C] of the bands; rotation [C, C] whose columns are components, strongest last."""

    mean: Floats
    deviation: Floats
    rotation: Floats
    strength: Floats

    @classmethod
    def of(cls, pixels: Floats) -> "Components":
        """The components of pixels [C, n]; each may hold any values."""
        values = pixels.astype(np.float64)
        mean, deviation = values.mean(axis=1), values.std(axis=1)
        # What is read as float32 has no finer steps than this.
        least = max(_LEAST * float(deviation.max()), 1e-7 * float(np.abs(mean).max()))
        deviation = np.where(deviation > least, deviation, least or 1.0)
        unit = (values - mean[:, None]) / deviation[:, None]
        _, rotation = np.linalg.eigh(unit @ unit.T / max(unit.shape[1], 1))
        # An eigenvector's sign is free; a fixed one gives the same bytes everywhere.
        rotation = rotation * np.where(rotation.sum(axis=0) < 0, -1.0, 1.0)
        strength = (rotation.T @ unit).std(axis=1)
        return cls(mean, deviation, rotation, np.maximum(strength, _LEAST))

    def forward(self, pixels: Floats) -> Floats:
        """Components [C, ...] of pixels [C, ...]."""
        shape = (-1, *[1] * (pixels.ndim - 1))
        unit = (pixels - self.mean.reshape(shape)) / self.deviation.reshape(shape)
        turned: Floats = np.tensordot(self.rotation.T, unit, axes=1) / self.strength.reshape(shape)
        return turned

    def backward(self, components: Floats) -> Floats:
        """Pixels [C, ...] of components [C, ...]."""
        return self.spread_backward(components) + self.mean.reshape(-1, *[1] * (components.ndim - 1))

    def spread_backward(self, components: Floats) -> Floats:
        """Differences of pixels [C, ...] from differences of components: without the mean."""
        shape = (-1, *[1] * (components.ndim - 1))
        turned = np.tensordot(self.rotation, components * self.strength.reshape(shape), axes=1)
        pixels: Floats = turned * self.deviation.reshape(shape)
        return pixels
