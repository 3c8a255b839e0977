"""Roads, villages, and the building sites that the second date adds."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt

from tools.scene.parcels import Field, Identity
from tools.scene.terrain import fractal, nearest, smooth_path

Mask = NDArray[np.bool_]

ROAD_HALF_WIDTH_PX = 1.0
VILLAGE_RADIUS_PX = 24.0
STREET_EVERY_PX = (9.0, 26.0)
HOUSE_EVERY_PX = (4.5, 4.0)
SITE_HALF_PX = {"hall": np.array([7.0, 11.0]), "estate": np.array([11.0, 15.0]), "farm": np.array([3.0, 4.0])}


class Ground(IntEnum):
    """What stands on a pixel of built-up land."""

    NONE = 0
    TILES = 1
    SLATE = 2
    METAL = 3
    GARDEN = 4
    PAVED = 5


@dataclass(frozen=True)
class Settlement:
    """Built-up land, streets inside it and roads between, with the `Ground` of each built-up pixel; [S, S]."""

    built: Mask
    street: Mask
    road: Mask
    ground: Identity


def _local(shape: tuple[int, ...], centre: Field, angle: float) -> tuple[Field, Field]:
    rows, columns = np.indices(shape, dtype=float)
    rows -= centre[0]
    columns -= centre[1]
    return rows * np.cos(angle) + columns * np.sin(angle), columns * np.cos(angle) - rows * np.sin(angle)


def _houses(u: Field, v: Field, rng: np.random.Generator, rest: Ground) -> tuple[Mask, Identity]:
    """Lay streets and, between them, houses of two to three pixels; give the streets and the ground."""
    street = (np.mod(u, STREET_EVERY_PX[0]) < 1.1) | (np.mod(v, STREET_EVERY_PX[1]) < 1.1)
    slot_u, slot_v = np.floor_divide(u, HOUSE_EVERY_PX[0]), np.floor_divide(v, HOUSE_EVERY_PX[1])
    table = rng.choice([Ground.TILES, Ground.SLATE, Ground.METAL, rest], size=4096, p=[0.45, 0.22, 0.08, 0.25])
    kind = table[((slot_u * 61 + slot_v * 7) % 4096).astype(np.int64)]
    roof = (np.mod(u, HOUSE_EVERY_PX[0]) > 1.6) & (np.mod(v, HOUSE_EVERY_PX[1]) > 1.4)
    return street, np.where(roof, kind, rest)


def _village_centres(fields: Mask, from_river_px: Field, rng: np.random.Generator) -> list[Field]:
    """Choose farmland off the flood plain, one village for every 7 km2, apart from each other."""
    size_px = fields.shape[0]
    deep = distance_transform_edt(fields)
    free = np.where((from_river_px > 38) & (from_river_px < 120), np.minimum(deep, 26), 0) + rng.uniform(
        0, 6, fields.shape
    )
    edge = min(40, size_px // 4)
    free[:edge] = free[-edge:] = free[:, :edge] = free[:, -edge:] = 0
    centres: list[Field] = []
    for _ in range(max(1, round((size_px / 265) ** 2))):
        centre = np.array(np.unravel_index(np.argmax(free), free.shape), dtype=float)
        centres.append(centre)
        u, v = _local(fields.shape, centre, 0.0)
        free[np.hypot(u, v) < 130] = 0
    return centres


def _wind(route: Field, rng: np.random.Generator) -> Field:
    """Bend a route between its corners, as terrain and ownership do."""
    middles = (route[1:] + route[:-1]) / 2
    length = np.linalg.norm(route[1:] - route[:-1], axis=1, keepdims=True)
    bent = np.empty((2 * len(route) - 1, 2))
    bent[::2] = route
    bent[1::2] = middles + rng.normal(0, 0.08, middles.shape) * length
    return bent


def _roads(centres: list[Field], size_px: int, rng: np.random.Generator) -> Mask:
    """Join the villages from edge to edge, and lay one road across the river."""
    by_column = sorted(centres, key=lambda centre: float(centre[1]))
    west = np.array([by_column[0][0] + rng.uniform(-30, 30), -20])
    east = np.array([by_column[-1][0] + rng.uniform(-30, 30), size_px + 20])
    first = centres[0]
    north = np.array([-20, first[1] + rng.uniform(-80, 80)])
    south = np.array([size_px + 20, first[1] + rng.uniform(-80, 80)])
    routes = [[west, *by_column, east], [north, first, south]]
    curves = [smooth_path(_wind(np.array(route), rng)) for route in routes]
    distances = [nearest(curve, size_px, reach_px=4.0).distance for curve in curves]
    return np.asarray(np.minimum.reduce(distances) < ROAD_HALF_WIDTH_PX)


def villages(fields: Mask, from_river_px: Field, rng: np.random.Generator) -> Settlement:
    """Build villages on farmland and the roads between them."""
    size_px = fields.shape[0]
    centres = _village_centres(fields, from_river_px, rng)
    built = np.zeros(fields.shape, bool)
    street = np.zeros(fields.shape, bool)
    ground = np.zeros(fields.shape, np.int64)
    ragged = fractal(size_px, rng, exponent=1.3, largest_px=40.0)
    for centre in centres:
        u, v = _local(fields.shape, centre, rng.uniform(0, np.pi))
        radius = VILLAGE_RADIUS_PX * rng.uniform(0.75, 1.15) * min(1.0, size_px / 200)
        inside = np.hypot(u, v * 0.8) + 4.5 * ragged < radius
        streets, grounds = _houses(u + 1000, v + 1000, rng, Ground.GARDEN)
        built |= inside
        street |= inside & streets
        ground = np.where(inside, grounds, ground)
    return Settlement(built, street, _roads(centres, size_px, rng), ground)


def _site(u: Field, v: Field, scale: float, rng: np.random.Generator) -> tuple[Mask, Mask, Identity]:
    """Draw a hall, an estate or a farm at the middle of (u, v); give its land, its streets and the ground."""
    kind = rng.choice(["hall", "estate", "farm"], p=[0.35, 0.3, 0.35])
    half_u, half_v = scale * rng.uniform(0.8, 1.15, 2) * SITE_HALF_PX[kind]
    land = (np.abs(u) < half_u) & (np.abs(v) < half_v)
    if kind == "estate":
        street, ground = _houses(u + 1000, v + 1000, rng, Ground.PAVED)
        return land, street & land, ground
    roof = (np.abs(u) < half_u - 2.2 * scale) & (np.abs(v) < half_v - 2.2 * scale)
    ground = np.where(roof, Ground.METAL if kind == "hall" else Ground.TILES, Ground.PAVED)
    return land, np.zeros_like(land), ground


def new_sites(fields: Mask, place: Settlement, share: float, rng: np.random.Generator) -> Settlement:
    """Build halls, estates and farms on fields near roads and villages until they cover `share` of the scene."""
    near_town = distance_transform_edt(~(place.built | place.road)) < 34
    built = np.zeros(fields.shape, bool)
    street = np.zeros(fields.shape, bool)
    ground = np.zeros(fields.shape, np.int64)
    scale = min(1.0, fields.shape[0] / 256)
    while built.mean() < share:
        # A site needs room: its middle lies on farmland, some pixels from all else.
        room = np.argwhere((distance_transform_edt(fields & ~built) > 6) & near_town)
        if not len(room):
            break
        centre = room[rng.integers(len(room))].astype(float)
        u, v = _local(fields.shape, centre, rng.uniform(0, np.pi))
        land, streets, grounds = _site(u, v, scale, rng)
        land &= fields & ~built
        built |= land
        street |= land & streets
        ground = np.where(land, grounds, ground)
    return Settlement(built, street, np.zeros_like(built), ground)
