"""Patches of change as polygons in a GeoJSON file, written as they come to an end."""

import json
from collections.abc import Sequence
from types import TracebackType
from typing import IO

import numpy as np

from ...errors import OutputError
from ..raster.grid import Grid, apply
from ..raster.vectors_out import crs_member
from .components import Patch, Strip
from .outlines import Ring, rings, strip_sides


class PatchPolygons:
    """A GeoJSON file of patches with id, area_m2, mean_score and max_score, in the CRS of their grid.

    grid: of the rows and columns that the strips have. Raises OutputError where the file cannot be written.
    """

    def __init__(self, path: str, grid: Grid) -> None:
        self._path, self._grid = path, grid
        self._count = 0
        self._row = 0

    def __enter__(self) -> "PatchPolygons":
        try:
            self._file: IO[str] = open(self._path, "w", encoding="utf-8", newline="\n")
        except OSError as error:
            raise self._failure(error) from error
        crs = json.dumps(crs_member(self._grid.crs))
        self._write(f'{{"type": "FeatureCollection", "crs": {crs}, "features": [')
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

    def add(self, strip: Strip) -> None:
        """Write the patches that end in the next strip; of others their outline is kept."""
        sides, owners = strip_sides(strip, self._row)
        self._row += len(strip.labels)
        order = np.argsort(owners, kind="stable")
        sides, owners = sides[order], owners[order]
        crossing = np.ones(len(strip.area) + 1, dtype=bool)
        crossing[strip.whole()] = False
        kept = (owners < 0) | crossing[np.maximum(owners, 0)]
        names, starts = np.unique(owners[kept], return_index=True)
        for name, piece in zip(names.tolist(), np.split(sides[kept], starts)[1:], strict=True):
            (strip.above[-1 - name] if name < 0 else strip.cut[name]).edges.append(piece)
        self._draw_ended(strip.ended)
        for label, found in rings(owners[~kept], sides[~kept], self._grid.width):
            i = label - 1
            self._put(strip.area[i], strip.total[i] / strip.pixels[i], strip.peak[i], found)

    def _draw_ended(self, patches: Sequence[Patch]) -> None:
        pieces = [np.concatenate(patch.edges) for patch in patches]
        if not pieces:
            return
        owners = np.repeat(np.arange(len(pieces)), [len(piece) for piece in pieces])
        for number, found in rings(owners, np.concatenate(pieces), self._grid.width):
            patch = patches[number]
            self._put(patch.area, patch.total / patch.pixels, patch.peak, found)

    def _put(self, area: float, mean: float, peak: float, outline: Sequence[Ring]) -> None:
        self._count += 1
        coordinates = ", ".join(self._coordinates(ring) for ring in outline)
        self._write(
            f'{"," if self._count > 1 else ""}\n{{"type": "Feature", "properties": {{"id": {self._count}, '
            f'"area_m2": {area:.10g}, "mean_score": {mean:.7g}, "max_score": {peak:.7g}}}, '
            f'"geometry": {{"type": "Polygon", "coordinates": [{coordinates}]}}}}'
        )

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
