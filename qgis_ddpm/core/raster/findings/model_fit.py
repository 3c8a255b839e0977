"""How far a raster is from what a model was trained on: bands, size of a pixel, range of numbers."""

from collections.abc import Sequence
from math import sqrt

import numpy as np
from affine import Affine

from ....card import ModelCard
from ....errors import InputError
from ..grid import Grid, parse_crs
from ..types import Pixels
from .band_names import differing, is_numbering, listed

# Objects of another size than this times those of the training are other objects.
MOST_ZOOM = 3.0
# Share of a band's pixels beyond the model's range; of its own raster it is 0.2 %.
MOST_BEYOND = 0.2
# Share of the model's range that pixels should fill; what is squeezed into less has no contrast left.
LEAST_FILLED = 0.05
_INNER = (1.0, 99.0)


def band_reasons(card: ModelCard, given: int, names: Sequence[str | None], dtypes: Sequence[str]) -> list[str]:
    """What differs between a model's bands and a raster's.

    Args:
        card: the model's.
        given: how many bands the raster offers.
        names: of the raster's bands that are read, None for one without.
        dtypes: their types in the file.
    """
    reasons, wanted = [], len(card.bands)
    own = [band.name for band in card.bands]
    others = differing(own, names)
    named_alike = not others and all(names) and not is_numbering(own)
    if given != wanted and not named_alike:
        reasons.append(f"it has {wanted} band{'s' * (wanted > 1)} and the raster {given}")
    if others:
        reasons.append(f"bands in the same place have other names ({listed(others)})")
    odd = sorted({dtype for band, dtype in zip(card.bands, dtypes, strict=False) if band.dtype != dtype})
    if odd:
        reasons.append(
            f"it was trained on {card.bands[0].dtype} and the raster is {', '.join(odd)}, whose units may be others"
        )
    return reasons


def pixel_reasons(card: ModelCard, grid: Grid) -> list[str]:
    """Whether pixels are far larger or smaller than those of the model's training; nothing where that is not known."""
    trained, here = _trained_pixel_m(card), pixel_m(grid)
    if trained is None or here is None or 1 / MOST_ZOOM <= here / trained <= MOST_ZOOM:
        return []
    return [f"its pixels were of {trained:.3g} m and these are of {here:.3g} m"]


def range_reasons(card: ModelCard, pixels: Pixels) -> list[str]:
    """Whether numbers float32 [N, C] in the bands' order lie in the model's range and fill a part of it."""
    low, high = (np.array([getattr(band, name) for band in card.bands], np.float32) for name in ("low", "high"))
    beyond = ((pixels < low) | (pixels > high)).mean(axis=0)
    worst = int(beyond.argmax())
    if beyond[worst] > MOST_BEYOND:
        return [
            f"{beyond[worst]:.0%} of the pixels of band {worst + 1} lie beyond the range of its training, "
            f"{low[worst]:.6g} to {high[worst]:.6g}"
        ]
    ends = np.percentile(pixels, _INNER, axis=0)
    filled = (ends[1] - ends[0]) / (high - low)
    if filled.max() < LEAST_FILLED:
        return [f"the pixels fill only {filled.max():.1%} of the range of its training, {low[0]:.6g} to {high[0]:.6g}"]
    return []


def far_text(name: str, path: str, reasons: Sequence[str]) -> str:
    """The warning: a model's file, the raster, and why it may mean little there."""
    return f"{name} is far from {path}: {'; '.join(reasons)}. It may mean little there."


def pixel_m(grid: Grid) -> float | None:
    """Side of a square of a pixel's true area in the middle of a grid, metres; None where that is not known."""
    areas = grid.pixel_areas_m2(grid.height // 2, 1)
    if areas is None:
        return None
    # [1], or [1, width] where columns differ.
    area = float(areas.flat[areas.size // 2])
    return sqrt(area) if np.isfinite(area) and area > 0 else None


def _trained_pixel_m(card: ModelCard) -> float | None:
    if card.transform is None or not card.crs:
        return None
    height, width = card.training.get("raster_px") or (card.tile_px, card.tile_px)
    try:
        return pixel_m(Grid(Affine(*card.transform), int(width), int(height), parse_crs(card.crs)))
    except (InputError, TypeError, ValueError):
        # A card may be of any origin; without a place there is nothing to compare.
        return None
