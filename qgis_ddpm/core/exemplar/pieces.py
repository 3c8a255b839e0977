"""Pieces: connected pixels that lie to each other as they do in the mosaic, which is what is copied in one."""

from dataclasses import dataclass

import numpy as np
import scipy.ndimage
from numpy.typing import NDArray

from ..raster.types import Counts, Valid


@dataclass(frozen=True)
class Copy:
    """The bounding box of a piece, and the place in the mosaic of one of its pixels."""

    row: int
    col: int
    height: int
    width: int
    place: int
    at: tuple[int, int]

    @property
    def side(self) -> int:
        """The longer side."""
        return max(self.height, self.width)

    def moved(self, down: int, right: int) -> "Copy":
        """The same piece counted from elsewhere."""
        at = self.at[0] + down, self.at[1] + right
        return Copy(self.row + down, self.col + right, self.height, self.width, self.place, at)


def label_pieces(places: Counts, mosaic_width: int) -> tuple[NDArray[np.int32], list[tuple[slice, slice]]]:
    """Numbers of pieces from 1, int32 [h, w], and their bounding boxes in the order of the numbers."""
    height, width = places.shape
    # Between neighbours stands a cell of its own: it joins them where both are of one piece.
    joined = np.zeros((2 * height - 1, 2 * width - 1), dtype=bool)
    joined[::2, ::2] = True
    joined[1::2, ::2] = places[1:] - places[:-1] == mosaic_width
    joined[::2, 1::2] = places[:, 1:] - places[:, :-1] == 1
    labels, _ = scipy.ndimage.label(joined)
    boxes = [
        (slice(rows.start // 2, (rows.stop + 1) // 2), slice(cols.start // 2, (cols.stop + 1) // 2))
        for rows, cols in scipy.ndimage.find_objects(labels)
    ]
    return np.ascontiguousarray(labels[::2, ::2]), boxes


def largest_piece(places: Counts, mosaic_width: int) -> Copy:
    """The piece with the longest side; of equals the first."""
    labels, boxes = label_pieces(places, mosaic_width)
    sides = [max(rows.stop - rows.start, cols.stop - cols.start) for rows, cols in boxes]
    number = int(np.argmax(sides))
    rows, cols = boxes[number]
    inside = np.argwhere(labels[rows, cols] == number + 1)[0]
    at = int(rows.start + inside[0]), int(cols.start + inside[1])
    size = rows.stop - rows.start, cols.stop - cols.start
    return Copy(int(rows.start), int(cols.start), *size, int(places[at]), at)


def beyond_limit(places: Counts, mosaic_width: int, limit_px: int) -> Valid:
    """Where pieces longer than the limit are to be redrawn: all but a square of that side in their middle."""
    labels, boxes = label_pieces(places, mosaic_width)
    redrawn = np.zeros(places.shape, dtype=bool)
    for number, (rows, cols) in enumerate(boxes, start=1):
        if max(rows.stop - rows.start, cols.stop - cols.start) <= limit_px:
            continue
        inside = np.argwhere(labels[rows, cols] == number)
        far = (np.abs(inside - np.median(inside, axis=0).astype(np.int64)) > limit_px // 2).any(axis=1)
        redrawn[rows, cols][tuple(inside[far].T)] = True
    return redrawn
