"""Gaps filled window by window into a store on disk, where each pixel depends on its own surroundings alone.

Windows lie on a lattice that starts at the raster's first pixel, and each is read with a margin as wide as anything
that decides about its pixels. So neither windows nor the part asked for change a pixel.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np

from ...events import Event, Note, Progress
from ..progress import TimeLeft
from ..raster.kept.score_store import ScoreStore
from ..raster.types import Floats, Pixels, Window
from .estimates import FAR_PX, MARGIN_PX
from .fitting import Fitted
from .holes import distances
from .reading import GapReader, grown, windows_of

FILL_PX = 384
# The first layer holds the distance from the next known pixel: 0 where nothing is missing, more by ALONE where the
# other dates say nothing, LEFT where nothing is filled in.
HOW = 0
ALONE = 10_000.0
LEFT = -1.0


@dataclass(frozen=True)
class FillSettings:
    """distance_px: the largest distance that is filled, None for any. draws: how many rasters that could be."""

    seed: int
    draws: int
    distance_px: int | None = None


@dataclass(frozen=True)
class Filled:
    """A window filled: how [h, w], and values float64 [C, h, w] of the fill and of each draw, 0 elsewhere."""

    how: Pixels
    values: Floats
    draws: Sequence[Floats]


def fill_window(reader: GapReader, fitted: Fitted, place: Window, settings: FillSettings) -> Filled | None:
    """A window inside the raster; None where nothing is missing."""
    missing = reader.missing(place).any(axis=0)
    if not missing.any():
        return None
    # What lies around is estimated too, as far as a network looks.
    reach = fitted.reach_px(settings.draws)
    margin = MARGIN_PX + reach
    window = reader.read(grown(place, margin))
    inner = (slice(margin, margin + place[2]), slice(margin, margin + place[3]))
    near = tuple(slice(margin - reach, margin + side + reach) for side in place[2:])
    wanted = np.zeros(window.known.shape, dtype=bool)
    wanted[near] = ~window.known[near] & window.inside[near]
    wanted[inner] = missing
    distance = np.minimum(distances(window.known), FAR_PX)
    if settings.distance_px is not None:
        wanted &= distance <= settings.distance_px
    components = fitted.estimator.components
    mixed, drawn_components, there = fitted.fill(window, wanted, distance, settings.seed, settings.draws)
    alone = ~there if fitted.estimator.led is not None else np.zeros_like(there)
    how = np.where(wanted, np.maximum(distance, 1.0) + ALONE * alone, 0.0)[inner]
    how[missing & ~wanted[inner]] = LEFT
    keep = wanted[inner]
    values = fitted.clipped(components.backward(mixed)[:, inner[0], inner[1]]) * keep
    draws = []
    for each in drawn_components:
        drawn = components.backward(each)
        draws.append(fitted.clipped(drawn[:, inner[0], inner[1]]) * keep)
    return Filled(how.astype(np.float32), values, draws)


def filling(
    reader: GapReader, fitted: Fitted, area: Window, store: ScoreStore, settings: FillSettings
) -> Generator[Event, None, None]:
    """Fill the rows of an area that a store does not have yet."""
    top, left, height, _ = area
    if store.rows:
        yield Note(f"Going on from {store.path}: {store.rows} of {height} rows are filled.")
    windows = list(windows_of(area, FILL_PX))
    left_to_do = [place for place in windows if place[0] - top >= store.rows]
    clock = TimeLeft()
    for done, place in enumerate(left_to_do):
        row, col = place[0] - top, place[1] - left
        if col == 0:
            store.commit(row)
        filled = fill_window(reader, fitted, place, settings)
        layers = [np.zeros(place[2:], dtype=np.float32)] * store.layers
        if filled is not None:
            bands = [*filled.values, *(band for draw in filled.draws for band in draw)]
            layers = [filled.how, *(band.astype(np.float32) for band in bands)]
        for number, layer in enumerate(layers):
            store.write(number, row, col, layer)
        total = len(left_to_do)
        yield Progress(done + 1, total, "window", "filling", clock.after(done + 1, total))
    store.commit(height)
