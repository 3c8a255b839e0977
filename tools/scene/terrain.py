"""The ground of the scene: relief, a meandering river that migrates, and roads, all in pixels of the scene."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, gaussian_filter1d
from scipy.spatial import cKDTree

Field = NDArray[np.float64]

# The river of a scene of 512 px; smaller scenes get a smaller river, so that it takes an equal share of them.
RIVER_WIDTH_PX = 11.0
MEANDER_PX = 210.0
MIGRATION_PX = 9.0
VALLEY_PX = 75.0
# How far from a curve its distance is still needed.
REACH_PX = 160.0


@dataclass(frozen=True)
class Curve:
    """Points of a line at steps of 1 px, as (row, column), and its curvature in 1/px; left turns are positive."""

    points: Field
    curvature: Field

    def normals(self) -> Field:
        """Give the unit vectors that point to the left of the line, [N, 2]."""
        along = np.gradient(self.points, axis=0)
        along /= np.linalg.norm(along, axis=1, keepdims=True)
        return np.stack([-along[:, 1], along[:, 0]], axis=1)


@dataclass(frozen=True)
class Nearest:
    """For each pixel: distance in px to the nearest point of a curve, its index, and on which side it lies."""

    distance: Field
    index: NDArray[np.int64]
    side: Field


def fractal(size_px: int, rng: np.random.Generator, exponent: float = 1.6, largest_px: float = 300.0) -> Field:
    """Give noise [S, S] of mean 0 and standard deviation 1, whose amplitude falls with frequency ** exponent."""
    frequency = np.hypot(np.fft.fftfreq(size_px, 1.0)[:, None], np.fft.rfftfreq(size_px, 1.0)[None, :])
    amplitude = np.maximum(frequency, 1 / largest_px) ** -exponent
    amplitude[0, 0] = 0
    noise = np.fft.irfft2(np.fft.rfft2(rng.standard_normal((size_px, size_px))) * amplitude, (size_px, size_px))
    return np.asarray(noise / noise.std())


def river_scale(size_px: int) -> float:
    """Give the size of the river relative to the one of a scene of 512 px."""
    return float(np.clip(size_px / 512, 0.4, 1.0))


def _curve(points: Field) -> Curve:
    along = np.gradient(points, axis=0)
    heading = np.unwrap(np.arctan2(along[:, 0], along[:, 1]))
    return Curve(points, -np.gradient(heading))


def meandering_river(size_px: int, rng: np.random.Generator) -> Curve:
    """Give a centreline whose heading is a sine of the way along it (Langbein and Leopold 1966), through the scene."""
    meander_px = MEANDER_PX * river_scale(size_px)
    length = 6 * size_px + 400
    way = np.arange(length, dtype=float)
    wander = gaussian_filter1d(rng.standard_normal(length), meander_px, mode="wrap")
    swing = 1.25 + 0.3 * gaussian_filter1d(rng.standard_normal(length), meander_px, mode="wrap") / wander.std()
    axis = rng.uniform(-0.5, 0.5) + 0.35 * np.roll(wander, int(meander_px)) / wander.std()
    phase = 2 * np.pi * way / meander_px + 0.8 * wander / wander.std() + rng.uniform(0, 2 * np.pi)
    heading = axis + swing * np.sin(phase)
    points = np.cumsum(np.stack([np.sin(heading), np.cos(heading)], axis=1), axis=0)
    middle = size_px * rng.uniform(0.42, 0.58, 2)
    return _curve(points - points[length // 2] + middle)


def migrate(river: Curve, scale: float, rng: np.random.Generator, far: float = 1.0) -> Curve:
    """Move the centreline outward in its bends, some more than others, `far` times as usual; straight reaches stay."""
    curvature = gaussian_filter1d(river.curvature, 12 * scale)
    # Erosion is strongest a little downstream of the apex.
    pull = np.roll(curvature / np.abs(curvature).max(), int(8 * scale))
    vigour = gaussian_filter1d(rng.uniform(0, 1, len(pull)), MEANDER_PX / 4 * scale)
    vigour = (vigour - vigour.min()) / np.ptp(vigour)
    return _curve(river.points - river.normals() * (far * MIGRATION_PX * scale * pull * vigour)[:, None])


def smooth_path(corners: Field) -> Curve:
    """Give a road through the corners [N, 2] without sharp turns."""
    pieces = [
        np.linspace(start, end, max(2, int(np.linalg.norm(end - start))), endpoint=False)
        for start, end in pairwise(corners)
    ]
    return _curve(gaussian_filter1d(np.concatenate(pieces), 18, axis=0, mode="nearest"))


def nearest(curve: Curve, size_px: int, reach_px: float = REACH_PX) -> Nearest:
    """Look up the curve's nearest point for each pixel; beyond `reach_px` the distance is infinite."""
    inside = np.all((curve.points > -reach_px) & (curve.points < size_px + reach_px), axis=1)
    pixels = np.stack(np.meshgrid(np.arange(size_px), np.arange(size_px), indexing="ij"), axis=-1)
    distance, found = cKDTree(curve.points[inside]).query(pixels.reshape(-1, 2), distance_upper_bound=reach_px)
    index = np.append(np.flatnonzero(inside), 0)[found]
    offset = pixels.reshape(-1, 2) - curve.points[index]
    side = np.sign((offset * curve.normals()[index]).sum(axis=1))
    shape = (size_px, size_px)
    return Nearest(distance.reshape(shape), index.reshape(shape), side.reshape(shape))


def relief(river: Nearest, rng: np.random.Generator) -> Field:
    """Give heights in units of the pixel size: hills, and a flat valley around the river."""
    size_px = river.distance.shape[0]
    hills = fractal(size_px, rng, exponent=1.9)
    ramp = gaussian_filter(np.clip(river.distance, 0, REACH_PX), 12) / VALLEY_PX
    rise = np.clip(ramp - 0.35, 0, 1.5)
    return np.asarray(rise * (8.0 + 5.5 * hills))
