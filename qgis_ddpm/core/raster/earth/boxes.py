"""Boxes around the Earth: over 180 degrees, and where one raster counts from 0 to 360 and another from -180 to 180."""

from functools import lru_cache
from math import ceil, floor

import numpy as np
from rasterio.crs import CRS

from ..crs import reproject_bounds, reproject_points
from ..types import Bounds
from .ellipsoid import degrees_of

# No CRS comes round again within so many metres.
_LEAST_TURN_M = 1e7
# A box in degrees that is wider than this part of the Earth is first cut to what the raster covers: a plane that shows
# a place well shows its far side as anything.
_WIDE = 0.25
# Along each side of a box whose corners do not say how far it reaches.
_POINTS = 64


@lru_cache(maxsize=64)
def turn_of(crs: CRS) -> float | None:
    """The step in x after which a CRS is at the same place of the Earth again, in its units; None where there is none.

    Degrees come round after 360, and so do projections whose meridians are parallel, such as Mercator's.
    """
    if crs.is_geographic:
        return float(2 * np.pi / crs.units_factor[1])
    degrees = degrees_of(crs) if crs.is_projected else None
    if degrees is None:
        return None
    full = float(2 * np.pi / degrees.units_factor[1])
    # Steps of a hundredth of a turn, of which not more than one passes the projection's own border.
    longitude, latitude = np.meshgrid(
        full * np.array([-0.4, -0.39, 0.0, 0.01, 0.3, 0.31]), full * np.array([0, 0.05, 0.15])
    )
    x, y = reproject_points(degrees, crs, longitude, latitude)
    steps = x[:, 1::2] - x[:, ::2]
    step = float(np.median(steps))
    parallel = np.abs(steps - step) <= 1e-6 * abs(step)
    level = np.ptp(y, axis=1) <= 1e-6 * abs(step)
    return abs(step) * 100 if parallel.all(axis=0).sum() >= 2 and level.all() else None


def turns_onto(crs: CRS | None, own: Bounds, near: Bounds, slack: float = 0.0) -> list[int]:
    """By how many turns a box may be moved so that it overlaps another by more than `slack` in x.

    crs: of both; y is not looked at.
    """
    width = max(own[2], near[2]) - min(own[0], near[0])
    turn = None if crs is None or width <= _least_turn(crs) else turn_of(crs)
    if turn is None:
        return [0] if own[0] + slack < near[2] and own[2] - slack > near[0] else []
    first, last = ceil((near[0] - own[2] + slack) / turn), floor((near[2] - own[0] - slack) / turn)
    return [
        k for k in range(first, last + 1) if near[0] + slack < own[2] + k * turn and own[0] + k * turn < near[2] - slack
    ]


def box_onto(crs: CRS | None, bounds: Bounds, onto: CRS | None, near: Bounds) -> Bounds | None:
    """The box in another CRS around a box, where a raster there has the same places.

    Degrees, and other coordinates that come round, are moved by whole turns onto the raster. Where the box lies on the
    raster's both ends, what is between them is in the box too.

    Args:
        crs: of the box.
        bounds: left, bottom, right, top.
        onto: the CRS of the result.
        near: bounds of the raster in `onto`.

    Returns:
        None where `onto` cannot show the box.
    """
    box = bounds if crs == onto or crs is None or onto is None else _reprojected(crs, bounds, onto, near)
    if box is None or onto is None:
        return box
    turns = turns_onto(onto, box, near)
    if turns in ([], [0]):
        return box
    turn = turn_of(onto) or 0.0
    if len(turns) == 1:
        return box[0] + turns[0] * turn, box[1], box[2] + turns[0] * turn, box[3]
    left = min(max(box[0] + k * turn, near[0]) for k in turns)
    return left, box[1], max(min(box[2] + k * turn, near[2]) for k in turns), box[3]


def overlap(own: Bounds, near: Bounds) -> bool:
    """Whether two boxes have more than an edge in common."""
    return own[0] < near[2] and own[2] > near[0] and own[1] < near[3] and own[3] > near[1]


def _reprojected(crs: CRS, bounds: Bounds, onto: CRS, near: Bounds) -> Bounds | None:
    if crs.is_geographic and onto.is_projected and bounds[2] - bounds[0] > _WIDE * (turn_of(crs) or 0.0):
        bounds = _cut(bounds, box_onto(onto, near, crs, bounds))
    box = reproject_bounds(crs, onto, bounds)
    if box is None:
        return None
    left, bottom, right, top = box
    if onto.is_geographic:
        # The library tells by their order that 180 degrees lie between them.
        return (left, bottom, right + (turn_of(onto) or 0.0), top) if right <= left else box
    if right - left > _least_turn(onto):
        return _unrolled(crs, bounds, onto, box)
    return box


def _cut(bounds: Bounds, to: Bounds | None) -> Bounds:
    """What two boxes have in common; the first where that is nothing."""
    if to is None or not overlap(bounds, to):
        return bounds
    return max(bounds[0], to[0]), max(bounds[1], to[1]), min(bounds[2], to[2]), min(bounds[3], to[3])


def _unrolled(crs: CRS, bounds: Bounds, onto: CRS, box: Bounds) -> Bounds:
    """A box that is as wide as the Earth only because `onto` has its border in it, without that border."""
    turn = turn_of(onto)
    if turn is None:
        return box
    left, bottom, right, top = bounds
    forth, still = np.linspace(0, 1, _POINTS), np.zeros(_POINTS)
    across, up = (
        np.concatenate([forth, still + 1, forth[::-1], still]),
        np.concatenate([still, forth, still + 1, forth[::-1]]),
    )
    x, _ = reproject_points(crs, onto, left + (right - left) * across, bottom + (top - bottom) * up)
    x = np.unwrap(x, period=turn)
    # Around a pole all meridians are met.
    if not np.isfinite(x).all() or abs(x[-1] - x[0]) > turn / 2:
        return box
    return float(x.min()), box[1], float(x.max()), box[3]


def _least_turn(crs: CRS) -> float:
    radian_or_metre = float(crs.units_factor[1])
    return (2 * np.pi if crs.is_geographic else _LEAST_TURN_M) / radian_or_metre
