"""Rings of polygons where coordinates come round: over 180 degrees, around a pole, and in the turn a raster lies in."""

import numpy as np
from rasterio.crs import CRS

from ..types import Bounds, Floats
from .boxes import turn_of, turns_onto

# Corners [N, 2] of each ring as (x, y), the outer one first.
Rings = list[Floats]

# A ring that steps over more than half the Earth and stays within 30 degrees of the date line is meant to cross it.
_NEAR_DATE_LINE = 150 / 360


def closed(ring: Floats, turn: float) -> Floats:
    """A ring that was unrolled; around a pole it ends a turn further on, and is closed beyond that pole."""
    if abs(ring[-1, 0] - ring[0, 0]) <= turn / 2:
        return ring
    pole = np.copysign(turn, ring[:, 1].mean())
    return np.concatenate([ring, [[ring[-1, 0], pole], [ring[0, 0], pole], ring[0]]])


def across_date_line(polygons: list[Rings], crs: CRS) -> list[Rings]:
    """Polygons in degrees: those from 179 to -179 run on to 181.

    RFC 7946 wants them cut, and many files hold them whole. Others, and those of a projected CRS, are as they were.
    """
    turn = turn_of(crs) if crs.is_geographic else None
    return polygons if turn is None else [_across_date_line(rings, turn) for rings in polygons]


def copies_on(rings: Rings, crs: CRS, near: Bounds) -> list[Rings]:
    """A polygon in each turn of the Earth in which it lies on a raster with these bounds; as it is where in none."""
    outer = rings[0]
    low, high = outer.min(axis=0), outer.max(axis=0)
    turns = turns_onto(crs, (low[0], low[1], high[0], high[1]), near)
    if turns in ([], [0]):
        return [rings]
    turn = turn_of(crs) or 0.0
    return [[ring + np.array([k * turn, 0.0]) for ring in rings] for k in turns]


def together(rings: Rings, turn: float) -> Rings:
    """The holes in the turn of their outer ring."""
    middle = (rings[0][:, 0].min() + rings[0][:, 0].max()) / 2
    moved = [turn * np.round(((ring[:, 0].min() + ring[:, 0].max()) / 2 - middle) / turn) for ring in rings]
    return [ring - np.array([step, 0.0]) for ring, step in zip(rings, moved, strict=True)]


def _across_date_line(rings: Rings, turn: float) -> Rings:
    x = rings[0][:, 0]
    steps_over = np.abs(np.diff(x)).max() > turn / 2 >= np.abs(x).max()
    around_the_earth = np.abs(x).min() >= turn / 2
    if not steps_over or around_the_earth or np.abs(x).min() < _NEAR_DATE_LINE * turn:
        return rings
    return [ring + np.where(ring[:, :1] < 0, [turn, 0.0], 0.0) for ring in rings]
