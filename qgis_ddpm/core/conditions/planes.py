"""Planes: what a conditional network is told of a window, whatever it comes from.

A band is a plane of scaled numbers, a class a plane that is 1 where it holds, a label the same over a whole tile. The
last plane is 1 where anything is known. Planes of zeros say nothing: so a pixel without data, a place beyond what is
known, and a tile that training tells nothing (Ho and Salimans 2022, arXiv 2207.12598) are one and the same.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...card import ConditionCard
from ..raster.scaling import normalized
from ..raster.types import Pixels, Valid
from ..raster.warp import Resampling

# (row, col, height, width) of a window inside -> numbers float32 [C, height, width], and where they are known.
ReadNumbers = Callable[[int, int, int, int], tuple[Pixels, Valid]]


def planes_of(card: ConditionCard, numbers: Pixels, valid: Valid) -> Pixels:
    """Planes float32 [P, h, w] of numbers [C, h, w] and where they are known [h, w]: of bands, or of classes."""
    if card.kind == "values":
        planes, known = normalized(numbers, None, card.bands) * valid, valid
    else:
        found = (numbers == class_numbers(card)[:, None, None]) & valid
        planes, known = found.astype(np.float32), found.any(axis=0)
    return np.concatenate([planes, known[None].astype(np.float32)]) if card.marked else planes


def planes_of_label(card: ConditionCard, label: int | None, side_px: int) -> Pixels:
    """Planes float32 [P, side_px, side_px] of a tile of a class, counted from 0; None: nothing is told."""
    planes = np.zeros((card.planes, side_px, side_px), dtype=np.float32)
    if label is not None:
        planes[[label, -1]] = 1
    return planes


def resampling_of(card: ConditionCard) -> Resampling:
    """How a raster of the condition is laid on another grid."""
    return "nearest" if card.kind == "classes" else "bilinear"


def class_numbers(card: ConditionCard) -> Pixels:
    """What stands for each class in a raster: its own number, or the place of its name."""
    if card.kind == "labels":
        return np.arange(len(card.classes), dtype=np.float32)
    return np.array([float(name) for name in card.classes], dtype=np.float32)


@dataclass(frozen=True)
class ToldByPlace:
    """What is known of each place of an area of a shape (height, width); around it that is mirrored at its border.

    origin: (row, col) in that area from which windows are counted.
    """

    card: ConditionCard
    read: ReadNumbers
    shape: tuple[int, int]
    origin: tuple[int, int] = (0, 0)

    def numbers(self, row: int, col: int, side_px: int) -> tuple[Pixels, Valid]:
        """Numbers [C, side_px, side_px] and where they are known, of a window that may reach beyond."""
        starts = row + self.origin[0], col + self.origin[1]
        places = (start + np.arange(side_px) for start in starts)
        rows, cols = (_mirrored(along, size) for along, size in zip(places, self.shape, strict=True))
        top, left = int(rows.min()), int(cols.min())
        numbers, valid = self.read(top, left, int(rows.max()) + 1 - top, int(cols.max()) + 1 - left)
        inside = np.ix_(rows - top, cols - left)
        return numbers[:, inside[0], inside[1]], valid[inside]

    def stored(self, row: int, col: int, side_px: int) -> tuple[NDArray[np.generic], float]:
        """A window as it stands in a file: numbers [C, side_px, side_px], and the one that says that nothing is known.

        Labels are numbered by their order in the model's card.
        """
        numbers, valid = self.numbers(row, col, side_px)
        if self.card.kind == "values":
            return np.where(valid, numbers, np.float32("nan")), float("nan")
        nodata = int(class_numbers(self.card).max()) + 1
        return np.where(valid, numbers, nodata).astype(np.int32), nodata

    @property
    def names(self) -> list[str]:
        """What its numbers are called."""
        return [band.name for band in self.card.bands] or ["class"]

    def planes(self, number: int, row: int, col: int, side_px: int) -> Pixels:
        """Planes of a window; the number of a tile does not matter."""
        return planes_of(self.card, *self.numbers(row, col, side_px))


@dataclass(frozen=True)
class ToldByLabel:
    """Labels, counted from 0, that tiles take in turn; of None nothing is told."""

    card: ConditionCard
    labels: tuple[int | None, ...]

    def label(self, number: int) -> str:
        """The name of a tile's label; "" for none."""
        label = self.labels[number % len(self.labels)]
        return "" if label is None else self.card.classes[label]

    def planes(self, number: int, row: int, col: int, side_px: int) -> Pixels:
        """Planes of the tile of a number; its place does not matter."""
        return planes_of_label(self.card, self.labels[number % len(self.labels)], side_px)


Told = ToldByPlace | ToldByLabel


def _mirrored(places: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Places on an axis of so many pixels, mirrored at its ends as often as it takes."""
    turned = places % (2 * size)
    found: NDArray[np.int64] = np.minimum(turned, 2 * size - 1 - turned)
    return found
