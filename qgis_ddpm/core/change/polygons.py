"""Patches of change as polygons in a GeoJSON file, written as they come to an end."""

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from types import TracebackType
from typing import IO

import numpy as np

from ...errors import OutputError
from ..kinds.direction import Direction
from ..raster.grid import Grid, apply
from ..raster.types import Counts, Valid
from ..raster.vectors_out import crs_member
from .patches import Patch, PatchStrip

# (column, row) of its corners; the last is the first again.
Ring = list[tuple[int, int]]

EAST, SOUTH, WEST, NORTH = range(4)


def strip_sides(strip: PatchStrip, row: int) -> tuple[Counts, Counts]:
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
    across, along = upper != lower, left != right
    across[0] &= ~strip.joined
    parts = [
        _sides(upper, across, width, row, 0, EAST),
        _sides(lower, across, width, row, 1, WEST),
        _sides(right, along, width, row, 0, SOUTH),
        _sides(left, along, width, row + 1, 0, NORTH),
    ]
    return np.concatenate([sides for sides, _ in parts]), np.concatenate([owners for _, owners in parts])


def rings(owners: Counts, sides: Counts, width: int) -> Iterator[tuple[int, list[Ring]]]:
    """The outer ring, then the holes, of each owner, in the order of owners.

    owners, sides: int64 [N]. Where two pixels of a patch meet at a corner only, the rings pass between what is not of
    it: a hole may touch the outer ring in single points, but no ring touches itself (OGC 06-103r4, 6.1.11).
    """
    order = np.lexsort((sides, owners))
    owners, sides = owners[order], sides[order]
    chains = _chains(owners, sides, width)
    by_owner: dict[int, list[Ring]] = {}
    for owner, ring in chains:
        own = by_owner.setdefault(owner, [])
        # Rows count downwards, so anticlockwise rings have a negative area here.
        twice_area = sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(ring))
        own.insert(0 if twice_area < 0 else len(own), ring)
    yield from sorted(by_owner.items())


def _sides(inside: Counts, differ: Valid, width: int, row: int, column: int, direction: int) -> tuple[Counts, Counts]:
    place = np.flatnonzero((inside != 0) & differ)
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


class PatchPolygons:
    """A GeoJSON file of patches with id, area_m2, mean_score and max_score, in the CRS of their grid.

    grid: of the rows and columns that the strips have. direction: what further columns are made of the patches' sums.
    Raises OutputError where the file cannot be written.
    """

    def __init__(self, path: str, grid: Grid, direction: Direction | None = None) -> None:
        self._path, self._grid, self._direction = path, grid, direction
        self._columns = {} if direction is None else direction.columns()
        self._count = 0
        self.begin(0)

    def __enter__(self) -> "PatchPolygons":
        try:
            self._file: IO[str] = open(self._path, "w", encoding="utf-8", newline="\n")
        except OSError as error:
            raise self._failure(error) from error
        crs = json.dumps(crs_member(self._grid.crs))
        # A file without features would say nothing of its columns.
        columns = json.dumps(self._columns)
        self._write(f'{{"type": "FeatureCollection", "crs": {crs}, "columns": {columns}, "features": [')
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._write("\n]}\n")
        finally:
            try:
                self._file.close()
            except OSError as failure:
                raise self._failure(failure) from failure

    def begin(self, row: int, **properties: str) -> None:
        """Go on with strips from `row` on, whose patches have further properties; all earlier patches have ended."""
        self._row = row
        self._more = "".join(f"{json.dumps(name)}: {json.dumps(text)}, " for name, text in properties.items())

    def add(self, strip: PatchStrip) -> None:
        """Write the patches that end in the next strip; of others their outline is kept."""
        sides, owners = strip_sides(strip, self._row)
        self._row += len(strip.labels)
        order = np.argsort(owners, kind="stable")
        sides, owners = sides[order], owners[order]
        crossing = np.ones(len(strip.area) + 1, dtype=bool)
        crossing[strip.whole()] = False
        open_ = (owners < 0) | crossing[np.maximum(owners, 0)]
        names, starts = np.unique(owners[open_], return_index=True)
        for name, piece in zip(names.tolist(), np.split(sides[open_], starts)[1:], strict=True):
            (strip.above[-1 - name] if name < 0 else strip.cut[name]).edges.append(piece)
        self._draw_ended(strip.ended)
        for label, outline in rings(owners[~open_], sides[~open_], self._grid.width):
            i = label - 1
            figures = strip.area[i], strip.total[i], strip.peak[i], int(strip.pixels[i])
            self._put(Patch(*figures, sums=strip.sums[i]), outline)

    def _draw_ended(self, patches: Sequence[Patch]) -> None:
        pieces = [np.concatenate(patch.edges) for patch in patches]
        if not pieces:
            return
        owners = np.repeat(np.arange(len(pieces)), [len(piece) for piece in pieces])
        for number, outline in rings(owners, np.concatenate(pieces), self._grid.width):
            self._put(patches[number], outline)

    def _put(self, patch: Patch, outline: Sequence[Ring]) -> None:
        self._count += 1
        mean = patch.total / patch.pixels
        coordinates = ", ".join(self._coordinates(ring) for ring in outline)
        self._write(
            f'{"," if self._count > 1 else ""}\n{{"type": "Feature", "properties": {{"id": {self._count}, '
            f'{self._more}"area_m2": {patch.area:.10g}, "mean_score": {mean:.7g}, "max_score": {patch.peak:.7g}'
            f"{self._further(patch)}}}, "
            f'"geometry": {{"type": "Polygon", "coordinates": [{coordinates}]}}}}'
        )

    def _further(self, patch: Patch) -> str:
        if self._direction is None:
            return ""
        values = self._direction.values(np.asarray(patch.sums), patch.pixels)
        texts = (f"{value:.7g}" if isinstance(value, float) else json.dumps(value) for value in values)
        return "".join(f', "{name}": {text}' for name, text in zip(self._columns, texts, strict=True))

    def _coordinates(self, ring: Ring) -> str:
        # A grid whose rows run northwards mirrors the rings.
        corners = ring if self._grid.transform.determinant < 0 else ring[::-1]
        points = (apply(self._grid.transform, column, row) for column, row in corners)
        return f"[{', '.join(f'[{x:.15g}, {y:.15g}]' for x, y in points)}]"

    def _write(self, text: str) -> None:
        try:
            self._file.write(text)
        except OSError as error:
            raise self._failure(error) from error

    def _failure(self, error: OSError) -> OutputError:
        return OutputError(
            f"{self._path} could not be written whole ({error.strerror}). Free space on the disk or choose another "
            "folder."
        )
