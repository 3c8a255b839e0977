"""What the rasters of a condition hold: numbers of bands or classes, in which range, on pixels of which size."""

from collections.abc import Sequence
from contextlib import ExitStack

import numpy as np

from ...card import ConditionCard
from ...condition_card import MOST_CLASSES
from ...errors import InputError
from ..raster.grid import Grid
from ..raster.imagery import Opener
from ..raster.scaling import measure_scaling
from ..raster.source import RasterSource

# A raster of whole numbers with at most so many of them is taken for one of classes, unless it is said otherwise.
USUAL_CLASSES = 64
# Values are measured on so many rasters, spread over all.
MEASURED = 64
STRIP_PIXELS = 1 << 22
# The condition is the model's own bands in larger pixels where their means over these differ by less than this share of
# their deviation, in some windows of this side.
NEARLY, WINDOWS, WINDOW_PX = 0.1, 8, 64
# A ratio of pixel sizes that is whole to this share is whole.
WHOLE = 0.02


def measure_condition(
    openers: Sequence[Opener], source: RasterSource, kind: str, dropout: float, seed: int
) -> ConditionCard:
    """The condition of a training on rasters; source: the one that the first of them belongs to, open on its own grid.

    kind: auto, values or classes. Raises InputError where classes are asked for and cannot be, or bands differ.
    """
    with ExitStack() as stack:
        step = -(-len(openers) // MEASURED)
        conditions = [stack.enter_context(opener()) for opener in openers[::step]]
        ratio = ratio_of(conditions[0].own_grid, source.own_grid)
        is_whole = conditions[0].count == 1 and all(np.dtype(each.dtypes[0]).kind in "iu" for each in conditions)
        classes = _classes(openers, conditions[0].path, kind, is_whole)
        if classes is not None:
            return ConditionCard("classes", (), classes, ratio, dropout)
        coarser = ratio > 1 and _is_coarser(conditions[0], source)
        bands = measure_scaling(conditions, seed)
        return ConditionCard("values", bands, (), ratio, dropout, coarser=coarser, residual=coarser)


def _classes(openers: Sequence[Opener], path: str, kind: str, is_whole: bool) -> tuple[str, ...] | None:
    """The numbers that are classes; None where they are values."""
    if kind == "values":
        return None
    if kind == "classes" and not is_whole:
        raise InputError(
            f"CONDITION {path} cannot be read as classes: these are whole numbers in one band. Set "
            "CONDITION_KIND to values."
        )
    most = MOST_CLASSES if kind == "classes" else USUAL_CLASSES
    numbers = distinct(openers, most) if is_whole else None
    if numbers is None and kind == "classes":
        raise InputError(f"CONDITION holds more than {most} numbers: no classes. Set CONDITION_KIND to values.")
    return None if numbers is None else tuple(str(int(number)) for number in numbers)


def distinct(openers: Sequence[Opener], most: int) -> list[float] | None:
    """All numbers in the first bands of rasters, in order; None where they are more than `most`."""
    found: set[float] = set()
    for opener in openers:
        with opener() as source:
            height, width = source.grid.shape
            step = max(1, STRIP_PIXELS // width)
            for row in range(0, height, step):
                pixels, valid = source.read(row, 0, min(step, height - row), width)
                found.update(np.unique(pixels[0][valid]).tolist())
                if len(found) > most:
                    return None
    return sorted(found)


def ratio_of(condition: Grid, grid: Grid) -> float:
    """How many pixels of a grid lie along one of a condition's; whole, or one over a whole number, where nearly so."""
    box = grid.box_of(condition)
    size = condition.pixel_size[0] if box is None else (box[2] - box[0]) / condition.width
    if box is not None and condition.crs == grid.crs:
        size = condition.pixel_size[0]
    ratio = size / grid.pixel_size[0]
    times = round(max(ratio, 1 / ratio))
    whole = float(times) if ratio > 1 else 1 / times
    return whole if abs(ratio / whole - 1) <= WHOLE else float(ratio)


def _is_coarser(condition: RasterSource, source: RasterSource) -> bool:
    """Whether a condition is what a raster shows, in larger pixels; the raster is laid on the condition's grid."""
    if condition.count != source.count:
        return False
    own = source.grid
    source.lay_on(condition.own_grid)
    differences, numbers = [], []
    for share in np.linspace(0, 1, WINDOWS):
        height, width = condition.grid.shape
        row, col = (int(share * max(side - WINDOW_PX, 0)) for side in (height, width))
        window = row, col, min(WINDOW_PX, height), min(WINDOW_PX, width)
        (seen, valid), (mean, known) = condition.read(*window), source.read(*window)
        differences.append((mean - seen)[:, valid & known])
        numbers.append(seen[:, valid & known])
    source.lay_on(own)
    off, all_numbers = np.concatenate(differences, axis=1), np.concatenate(numbers, axis=1)
    if not off.size:
        return False
    return bool((np.abs(off).mean(axis=1) <= NEARLY * all_numbers.std(axis=1)).all())
