"""What tiles hold beyond their spectrum: edges, lines and patches, which clouds of the same colours and grain lack.

A tile is looked at through oriented filters of several scales. What their responses' sizes say of each other does not
change with contrast or spectrum: whether they stand in few places (edges, objects), how they vary along and across
their own direction (lines that go on, borders of patches), and whether those of neighbouring scales, of crossed
directions and of several bands stand in the same places. Portilla and Simoncelli 2000, A parametric texture model based
on joint statistics of complex wavelet coefficients, section 3; the variations are the second order of Bruna and Mallat
2013, Invariant scattering convolution networks, section 2.2, over its first.

The yardstick is the tile with its phases drawn anew, the same for all bands (Prichard and Theiler 1994, Generating
surrogate data for time series with several simultaneously measured variables): spectrum and correlations of bands stay,
structure goes.
"""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..raster.types import Floats, Pixels
from .feature_network import scaling_of

DIRECTIONS = 4
# Cycles a pixel of the finest scale, and the deviation of every scale in octaves.
FINEST, WIDTH_OCTAVES = 0.25, 0.42
# Uncorrelated combinations of the bands that are looked at, those of most variance.
MOST_AXES = 3
# What is weaker than this share of the real tiles' deviation is not seen, as it would not be by eye.
UNSEEN = 0.1
# Tiles that are looked at at once, in pixels.
PART_PIXELS = 1 << 16
# Against a variance of 0.
_LEAST = 1e-12


@dataclass(frozen=True)
class StructureMeasure:
    """The scaling of real tiles, the combinations of their bands, and the filters for tiles of their side."""

    mean: Pixels
    deviation: Pixels
    axes: NDArray[np.float32]
    filters: Tensor
    unseen: Tensor

    def of(self, tiles: Pixels) -> Generator[None, None, Floats]:
        """Structure float64 [N, D] of tiles [N, C, t, t] in the real tiles' numbers; yields after each part."""
        parts = []
        count = max(1, PART_PIXELS // tiles[0, 0].size)
        for first in range(0, len(tiles), count):
            planes = self._planes(tiles[first : first + count])
            parts.append(_statistics(torch.fft.fft2(_periodic(planes)), self.filters).numpy())
            yield
        return np.concatenate(parts)

    def without(self, tiles: Pixels, seed: int) -> Generator[None, None, Floats]:
        """The same of the tiles with other phases: what their spectra would have without any structure."""
        parts = []
        for number in range(len(tiles)):
            parts.append((yield from self.of(with_other_phases(tiles[number : number + 1], seed, number))))
        return np.concatenate(parts)

    def _planes(self, tiles: Pixels) -> Tensor:
        scaled = torch.from_numpy((tiles - self.mean) / self.deviation)
        return torch.einsum("nchw,ck->nkhw", scaled, torch.from_numpy(self.axes)) + self.unseen


def with_other_phases(tiles: Pixels, seed: int, first: int = 0) -> Pixels:
    """Tiles [N, C, t, t] with their spectra and correlations of bands, and with the phases of white noise.

    first: number of the first tile; each has phases of its own by its number.
    """
    side = tiles.shape[-1]
    drawn = np.empty_like(tiles)
    for number, tile in enumerate(tiles):
        mean = tile.mean(axis=(1, 2), keepdims=True)
        noise = np.random.default_rng((seed, first + number)).standard_normal((side, side), dtype=np.float32)
        phases = torch.fft.fft2(torch.from_numpy(noise)).angle()
        phases[0, 0] = 0
        spectra = torch.fft.fft2(_periodic(torch.from_numpy(tile - mean)))
        drawn[number] = torch.fft.ifft2(spectra * torch.polar(torch.ones(()), phases)).real.numpy() + mean
    return drawn


def learn_structure(tiles: Pixels, seed: int) -> StructureMeasure:
    """A measure for tiles like these: [N, C, t, t], any numbers, t >= 8."""
    mean, deviation = scaling_of(tiles)
    channels, side = tiles.shape[1], tiles.shape[-1]
    scaled = ((tiles - mean) / deviation).transpose(1, 0, 2, 3).reshape(channels, -1)
    _, directions = np.linalg.eigh(scaled @ scaled.T)
    axes = np.ascontiguousarray(directions[:, ::-1][:, :MOST_AXES]).astype(np.float32)
    # One field for all tiles, so that it weighs the same on both sides of a comparison.
    noise = np.random.default_rng(seed).standard_normal((axes.shape[1], side, side), dtype=np.float32)
    return StructureMeasure(mean, deviation, axes, _filters(side), torch.from_numpy(UNSEEN * noise))


def structure_distance(real: Floats, fake: Floats, without: Floats) -> float:
    """How much structure is missing: 0 expected for real tiles, 1 for tiles with their spectra and no structure.

    Distances of the mean structures in standard deviations of the real tiles, over that from `without`, which is of
    real tiles. Squares are unbiased, so near 0 the figure may be below 0. Above 1 tiles are further from real ones
    than noise is. All float64 [N, D].
    """
    scale = real.std(axis=0, ddof=1).clip(min=1e-6)
    first, second, third = real / scale, fake / scale, without / scale
    whole, chance = _squared_distance(first, third)
    # Real tiles that are noise themselves have nothing to miss.
    whole = max(whole, chance)
    part, _ = _squared_distance(first, second)
    return float(np.sign(part) * np.sqrt(abs(part) / whole))


def _squared_distance(first: Floats, second: Floats) -> tuple[float, float]:
    """Unbiased squared distance of the means, and what chance adds to it, which was taken off."""
    difference = first.mean(axis=0) - second.mean(axis=0)
    chance = float(sum((values.var(axis=0, ddof=1) / len(values)).sum() for values in (first, second)))
    return float(difference @ difference) - chance, chance


def _filters(side: int) -> Tensor:
    """Transfer functions float32 [scale, direction, t, t]: one octave apart, each of one side of the plane."""
    frequencies = torch.fft.fftfreq(side, dtype=torch.float64).numpy()
    rows, cols = frequencies[:, None], frequencies[None]
    radius, angle = np.hypot(rows, cols), np.arctan2(rows, cols)
    radius[0, 0] = 1
    scales = max(1, int(np.log2(side)) - 2)
    octaves = np.log2(radius / FINEST)[None] + np.arange(scales)[:, None, None]
    rings = np.exp(-(octaves**2) / (2 * WIDTH_OCTAVES**2))
    rings[:, 0, 0] = 0
    turned = angle - np.pi / DIRECTIONS * np.arange(DIRECTIONS)[:, None, None]
    turned = (turned + np.pi) % (2 * np.pi) - np.pi
    sectors = np.where(np.abs(turned) < np.pi / DIRECTIONS, np.cos(turned * DIRECTIONS / 2) ** 2, 0)
    return torch.from_numpy((rings[:, None] * sectors[None]).astype(np.float32))


def _periodic(planes: Tensor) -> Tensor:
    """The planes [..., t, t] less the smooth part that brings their opposite borders together.

    Moisan 2011, Periodic plus smooth image decomposition, equations 8 to 11: else borders would be edges.
    """
    side = planes.shape[-1]
    jumps = torch.zeros_like(planes)
    jumps[..., 0, :] += planes[..., 0, :] - planes[..., -1, :]
    jumps[..., -1, :] += planes[..., -1, :] - planes[..., 0, :]
    jumps[..., :, 0] += planes[..., :, 0] - planes[..., :, -1]
    jumps[..., :, -1] += planes[..., :, -1] - planes[..., :, 0]
    cosines = 2 * torch.cos(2 * torch.pi * torch.fft.fftfreq(side))
    laplacian = cosines[:, None] + cosines[None] - 4
    laplacian[0, 0] = 1
    smooth = torch.fft.fft2(jumps) / laplacian
    smooth[..., 0, 0] = 0
    periodic: Tensor = planes - torch.fft.ifft2(smooth).real
    return periodic


def _statistics(spectra: Tensor, filters: Tensor) -> Tensor:
    """Structure float64 [N, D] of planes whose spectra are [N, K, t, t]."""
    scales, directions, side, _ = filters.shape
    # Sizes of the responses, [scale, direction, N, K, t, t].
    sizes = torch.fft.ifft2(spectra * filters[:, :, None, None]).abs()
    means = sizes.mean(dim=(-2, -1), dtype=torch.float64)
    apart = sizes - means[..., None, None].float()
    varied = apart.square().mean(dim=(-2, -1), dtype=torch.float64)
    energy = (varied + means.square()).sum(dim=1) + _LEAST
    found = list(torch.log(means.square().sum(dim=1) / energy + _LEAST))
    power = torch.fft.fft2(apart).abs().square()
    # Of variations in both senses.
    seen = filters.square()
    seen = seen + seen.flip(-2, -1).roll((1, 1), (-2, -1))
    for fine in range(scales - 1):
        # [direction, N, K, coarser scale, direction].
        shares = torch.einsum("dnkhw,sehw->dnkse", power[fine], seen[fine + 1 :]).double() / side**4
        turns = (torch.arange(directions)[None] - torch.arange(directions)[:, None]) % directions
        turns = torch.minimum(turns, directions - turns)
        for turn in range(directions // 2 + 1):
            chosen = (turns == turn).double()[:, None, None, None]
            part = (shares * chosen).sum(dim=(0, -1)) / chosen.sum(dim=-1)[0]
            found += list(torch.log(part.movedim(-1, 0) / energy[fine] + 1e-6))
    for scale in range(scales - 1):
        found.append(_correlation(apart[scale], apart[scale + 1]))
    crossed = apart.roll(directions // 2, dims=1)
    found += [_correlation(apart[scale], crossed[scale]) for scale in range(scales)]
    columns = [torch.stack(found, dim=-1).flatten(1)]
    for first in range(spectra.shape[1]):
        for second in range(first):
            pair = apart[:, :, :, [first]], apart[:, :, :, [second]]
            columns += [_correlation(one, other) for one, other in zip(*pair, strict=True)]
    return torch.cat(columns, dim=1)


def _correlation(first: Tensor, second: Tensor) -> Tensor:
    """Correlation float64 [N, K] of sizes [direction, N, K, t, t] over pixels and directions."""

    products = [
        values.mean(dim=(-2, -1), dtype=torch.float64).sum(dim=0)
        for values in (first * second, first.square(), second.square())
    ]
    correlation: Tensor = products[0] / (products[1] * products[2] + _LEAST).sqrt()
    return correlation
