"""Outlines of patches of pixels: the sides between a patch and what is not of it, chained into rings.

A side is one number: 4 * vertex + direction, where vertices are counted along the raster's rows, (width + 1) of them
in each. Sides run so that the patch lies to their left on the map, which makes outer rings anticlockwise.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from ..raster.types import Counts
from .components import Strip

# (column, row) of its corners; the last is the first again.
Ring = list[tuple[int, int]]

EAST, SOUTH, WEST, NORTH = range(4)


def strip_sides(strip: Strip, row: int) -> tuple[Counts, Counts]:
    """The sides of a strip that begins at `row`, and the label that each belongs to.

    Under a patch from above the label is -1 - (its place in `strip.above`). The lower side of the strip is left to the
    strip below it.
    """
    rows, width = strip.labels.shape
    labels = np.zeros((rows + 1, width + 2), dtype=np.int64)
    labels[0, 1:-1] = np.where(strip.over >= 0, -1 - strip.over, 0)
    labels[1:, 1:-1] = strip.labels
    upper, lower = labels[:-1, 1:-1], labels[1:, 1:-1]
    left, right = labels[1:, :-1], labels[1:, 1:]
    found = [
        _sides(upper, lower, width, row, 0, EAST),
        _sides(lower, upper, width, row, 1, WEST),
        _sides(right, left, width, row, 0, SOUTH),
        _sides(left, right, width, row + 1, 0, NORTH),
    ]
    return np.concatenate([sides for sides, _ in found]), np.concatenate([owners for _, owners in found])


def rings(owners: Counts, sides: Counts, width: int) -> Iterator[tuple[int, list[Ring]]]:
    """The outer ring, then the holes, of each owner, in the order of owners.

    owners, sides: int64 [N]. Where two pixels of a patch meet at a corner only, the rings pass between what is not of
    it: a hole may touch the outer ring in single points, but no ring touches itself (OGC 06-103r4, 6.1.11).
    """
    order = np.lexsort((sides, owners))
    owners, sides = owners[order], sides[order]
    chains = _chains(owners, sides, width)
    found: dict[int, list[Ring]] = {}
    for owner, ring in chains:
        held = found.setdefault(owner, [])
        # Rows count downwards, so anticlockwise rings have a negative area here.
        twice_area = sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(ring))
        held.insert(0 if twice_area < 0 else len(held), ring)
    yield from sorted(found.items())


def _sides(inside: Counts, outside: Counts, width: int, row: int, column: int, direction: int) -> tuple[Counts, Counts]:
    place = np.flatnonzero((inside != 0) & (outside == 0))
    line, start = np.divmod(place, inside.shape[1])
    vertex = (row + line) * (width + 1) + start + column
    return 4 * vertex + direction, inside.ravel()[place]


def _chains(owners: Counts, sides: Counts, width: int) -> Iterator[tuple[int, Ring]]:
    """Closed rings of corners; owners and sides are sorted by owner, then side."""
    vertex, direction = sides >> 2, sides & 3
    _, rank = np.unique(owners, return_inverse=True)
    lowest = vertex.min(initial=0)
    span = vertex.max(initial=0) - lowest + width + 2
    begins = rank * span + vertex - lowest
    ends = begins + np.array([1, width + 1, -1, -width - 1])[direction]
    following = np.searchsorted(begins, ends)
    # Two sides leave a vertex where pixels meet at a corner: the turn to the right leads on to the other pixel.
    last = len(begins) - 1
    two = begins[np.minimum(following + 1, last)] == ends
    two &= following < last
    following += two & (direction[following] != (direction + 1) % 4)
    turns = (direction[following] != direction).tolist()
    follow, seen = following.tolist(), bytearray(len(sides))
    line, column = (part.tolist() for part in np.divmod(vertex, width + 1))
    for first, owner in enumerate(owners.tolist()):
        corners, side = [], first
        while not seen[side]:
            seen[side] = 1
            if turns[side]:
                corners.append(follow[side])
            side = follow[side]
        if corners:
            yield owner, [(column[i], line[i]) for i in (*corners, corners[0])]
