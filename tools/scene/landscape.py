"""What covers the ground at the two dates: river, fields, forest, roads, buildings, and what changed between them."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_erosion, gaussian_filter1d

from tools.scene import terrain
from tools.scene.parcels import Field, Identity, Parcels, farm_parcels, forest_stands
from tools.scene.settlements import Settlement, new_sites, villages
from tools.scene.terrain import RIVER_WIDTH_PX, Nearest, fractal

Cover = NDArray[np.uint8]
Mask = NDArray[np.bool_]

OLD_CLEARINGS_SHARE = 0.01


class Land(IntEnum):
    """Kinds of cover; the dates differ where the kind differs, whatever the season does to its colour."""

    FIELD = 0
    FOREST = 1
    WATER = 2
    SAND = 3
    BUILT = 4
    CLEARING = 5
    ROAD = 6
    BURNT = 7


@dataclass(frozen=True)
class Recipe:
    """What a landscape is like and what changes in it: shares are of the scene, `migration` of the usual way.

    `clearing_px`: half the sides of a felled rectangle. Without a river its valley is dry.
    """

    river: bool = True
    forest_share: float = 0.36
    cleared_share: float = 0.024
    clearing_px: tuple[float, float] = (5.0, 15.0)
    burnt_share: float = 0.0
    new_sites_share: float = 0.008
    migration: float = 1.0


USUAL_LAND = Recipe()
NOTHING_CHANGES = Recipe(cleared_share=0.0, new_sites_share=0.0, migration=0.0)


@dataclass(frozen=True)
class Landscape:
    """All that the optics need to draw the two dates; arrays are [S, S]."""

    relief: Field
    parcels: Parcels
    stands: Identity
    before: Cover
    after: Cover
    shore_before: Field
    shore_after: Field
    ground: Identity

    @property
    def changed(self) -> Mask:
        """Where the kind of cover differs between the dates."""
        return np.asarray(self.before != self.after)


def _flood(cover: Cover, centreline: terrain.Curve, near: Nearest) -> Field:
    """Lay water and point bars into the cover; give the distance in px to the shore, positive on land."""
    scale = terrain.river_scale(cover.shape[0])
    curvature = gaussian_filter1d(centreline.curvature, 10 * scale)
    bend = np.clip(np.abs(curvature) * scale / 0.02, 0, 1)[near.index]
    # The channel is a little wider in its bends; a bar lies on the inner side of a strong bend.
    shore = near.distance - RIVER_WIDTH_PX * scale / 2 * (0.9 + 0.25 * bend)
    inner = near.side == np.sign(curvature)[near.index]
    cover[(shore < 4.5 * scale * bend * bend - 1.0) & inner] = Land.SAND
    cover[shore < 0] = Land.WATER
    return np.asarray(shore)


def _blob(size_px: int, centre: Field, radii: Field, angle: float, rough: Field) -> Mask:
    rows, columns = np.indices((size_px, size_px), dtype=float)
    rows -= centre[0]
    columns -= centre[1]
    u = (rows * np.cos(angle) + columns * np.sin(angle)) / radii[0]
    v = (columns * np.cos(angle) - rows * np.sin(angle)) / radii[1]
    # A power of four gives the felled rectangle its round corners.
    return np.asarray((u * u) ** 2 + (v * v) ** 2 + 0.28 * rough < 1)


def _clearings(cover: Cover, share: float, half_px: tuple[float, float], rng: np.random.Generator) -> Mask:
    """Choose felled areas inside the forest until they cover `share` of the scene."""
    size_px = cover.shape[0]
    forest = cover == Land.FOREST
    interior = np.argwhere(binary_erosion(forest, iterations=4))
    rough = fractal(size_px, rng, exponent=1.2, largest_px=25.0)
    felled = np.zeros(cover.shape, bool)
    while len(interior) and felled.mean() < share:
        centre = interior[rng.integers(len(interior))].astype(float)
        radii = rng.uniform(*half_px, 2) * min(1.0, size_px / 256)
        felled |= _blob(size_px, centre, radii, rng.uniform(0, np.pi), rough) & forest
    return felled


def _burnt(cover: Cover, share: float, rng: np.random.Generator) -> Mask:
    """Choose where fires went through forest and fields: `share` of the scene."""
    plants = (cover == Land.FIELD) | (cover == Land.FOREST)
    liking = np.where(plants, fractal(cover.shape[0], rng, exponent=1.7, largest_px=120.0), -np.inf)
    return np.asarray(plants & (liking > np.quantile(liking, 1 - share)))


def _forest(relief: Field, river: Nearest, share: float, rng: np.random.Generator) -> Mask:
    size_px = relief.shape[0]
    liking = 0.55 * fractal(size_px, rng, exponent=1.5, largest_px=160.0) + relief / relief.std() * 0.5
    liking -= 2 * np.clip((48 - river.distance) / 25, 0, 1)
    forest = liking > np.quantile(liking, 1 - share)
    # Trees line the banks here and there.
    gallery = fractal(size_px, rng, exponent=1.2, largest_px=60.0) + 0.12 * (6 - river.distance)
    return np.asarray(forest | ((gallery > 0.15) & (river.distance < 16)))


def _lay(cover: Cover, settlement: Settlement) -> None:
    """Put a settlement on all that is land."""
    dry = (cover != Land.WATER) & (cover != Land.SAND)
    cover[settlement.built & dry] = Land.BUILT
    cover[settlement.street & dry] = Land.ROAD


def make_landscape(size_px: int, seed: int, recipe: Recipe = USUAL_LAND) -> Landscape:
    """Build the ground and its cover at both dates; the same arguments give the same arrays."""
    rngs = [np.random.default_rng(child) for child in np.random.SeedSequence(seed).spawn(8)]
    river = terrain.meandering_river(size_px, rngs[0])
    near = terrain.nearest(river, size_px)
    relief = terrain.relief(near, rngs[1])
    parcels = farm_parcels(size_px, rngs[2])
    migrated = terrain.migrate(river, terrain.river_scale(size_px), rngs[3], recipe.migration)
    near_after = terrain.nearest(migrated, size_px)

    before = np.full((size_px, size_px), Land.FIELD, np.uint8)
    before[_forest(relief, near, recipe.forest_share, rngs[4])] = Land.FOREST
    before[_clearings(before, OLD_CLEARINGS_SHARE, Recipe.clearing_px, rngs[5])] = Land.CLEARING
    place = villages(before == Land.FIELD, near.distance, rngs[6])
    after = before.copy()
    after[_clearings(before, recipe.cleared_share, recipe.clearing_px, rngs[5])] = Land.CLEARING
    if recipe.burnt_share:
        after[_burnt(after, recipe.burnt_share, rngs[3])] = Land.BURNT

    shore_before = shore_after = np.full(before.shape, np.inf)
    if recipe.river:
        shore_before = _flood(before, river, near)
        shore_after = _flood(after, migrated, near_after)
    # What the river leaves is bare until plants take it.
    after[(before == Land.WATER) & (after != Land.WATER)] = Land.SAND
    for cover in (before, after):
        _lay(cover, place)
        cover[place.road] = Land.ROAD
    sites = new_sites(before == Land.FIELD, place, recipe.new_sites_share, rngs[7])
    _lay(after, sites)
    ground = np.where(sites.ground > 0, sites.ground, place.ground)
    stands = forest_stands(size_px, rngs[5])
    return Landscape(relief, parcels, stands, before, after, shore_before, shore_after, ground)
