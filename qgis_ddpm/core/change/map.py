"""From scores on disk to the change map: threshold, sieve, rasters, polygons and areas, strip by strip."""

from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ...events import Event, Progress
from ..kinds.classes import NODATA
from ..outputs.transaction import OutputTransaction
from ..raster.grid import Grid
from ..raster.types import Floats, Pixels, Valid
from ..raster.vectors_out import vector_part
from ..raster.writer import RasterProfile, RasterWriter
from .ground import ChangedGround
from .ground_outputs import GroundOutputs
from .patches import ComponentStream, Sieve, strip_rows
from .polygons import PatchPolygons

# Layers of the scores.
SCORE, SPREAD = 0, 1
# Of the rasters: the score from which on a pixel is changed.
THRESHOLD_TAG = "THRESHOLD"
COLOURS = {0: (255, 255, 255, 0), 1: (227, 26, 28, 255)}


class ScoreRows(Protocol):
    """Scores by rows, from wherever they are kept."""

    def read(self, layer: int, row: int, rows: int) -> Pixels:
        """Whole rows of a layer: float32 [rows, width], NaN where there is no data."""


@dataclass(frozen=True)
class MapFiles:
    """Where the outputs of a map go, None for those that are not wanted; what its scores are called."""

    mask: str
    probability: str | None = None
    uncertainty: str | None = None
    polygons: str | None = None
    score_name: str = ""
    kinds: str | None = None
    zones: str | None = None


class ChangeMap:
    """Writes the outputs from scores; afterwards `changed_area` and `valid_area` are known.

    Areas are square metres on the ellipsoid, pixels where there is no CRS.
    """

    def __init__(
        self,
        files: MapFiles,
        grid: Grid,
        tags: Mapping[str, str],
        transaction: OutputTransaction,
        min_area: float,
        ground: ChangedGround | None = None,
    ) -> None:
        """Name the outputs, so that a folder that cannot be written is known before hours of work.

        Args:
            files: the outputs; the mask is published last.
            grid: of the outputs.
            tags: of the rasters.
            transaction: who renames the outputs.
            min_area: patches smaller than this are dropped, in the unit of the areas.
            ground: what tells of the pixels themselves, for columns of the polygons, kinds and zones; None for none.
        """
        self._ground = ground
        self._grid, self._tags, self._transaction, self._min_area = grid, tags, transaction, min_area
        self._areas = grid.pixel_areas()
        self._rows = strip_rows(grid.width)
        self.changed_area = self.valid_area = 0.0
        self._mask = self._writer(files.mask, "change: 1 changed, 0 unchanged", "uint8", NODATA)
        self._probability = self._optional(files.probability, files.score_name)
        self._uncertainty = self._optional(files.uncertainty, "standard deviation of the change score")
        self._polygons_path = files.polygons
        self._polygons_part = transaction.temp_path(files.polygons) if files.polygons else ""
        self._more = None if ground is None else GroundOutputs(ground, files.kinds, files.zones, transaction)

    def tell(self, tags: Mapping[str, str]) -> None:
        """Set tags of the rasters that are known only now."""
        for writer in (self._mask, self._probability, self._uncertainty):
            if writer is not None:
                writer.tell(tags)

    def write(self, scores: ScoreRows, threshold: float) -> Iterator[Event]:
        """Write all outputs; a pixel is changed where its score reaches the threshold.

        scores: layer SCORE, and layer SPREAD where UNCERTAINTY is asked for.
        """
        sieve = yield from self._sieved(scores, threshold)

        def changed_in(strip: Pixels) -> Valid:
            # NaN, where there is no data, reaches nothing.
            return strip >= threshold if sieve is None else sieve.keep(strip >= threshold)

        if self._ground is not None and self._ground.learns:
            strips = list(self._strips())
            yield from self._ground.learn(lambda row, rows: changed_in(scores.read(SCORE, row, rows)), strips)
            if sieve is not None:
                sieve.begin(0)
        with ExitStack() as stack:
            for writer in (self._mask, self._probability, self._uncertainty):
                if writer is not None:
                    stack.enter_context(writer)
            if self._more is not None:
                self._more.begin(stack, self._grid, self._tags)
            polygons = self._open_polygons(stack)
            stream = ComponentStream(self._grid.width)
            for row, rows in self._strips():
                strip = scores.read(SCORE, row, rows)
                changed, valid = changed_in(strip), ~np.isnan(strip)
                areas = self._areas_of(row, rows)
                self.changed_area += summed_area(changed, areas)
                self.valid_area += summed_area(valid, areas)
                self._write_strip(row, strip, changed, scores.read(SPREAD, row, rows) if self._uncertainty else None)
                more = None if self._more is None else (yield from self._more.write(row, valid, changed, areas))
                if polygons is not None:
                    kinds, sums = (None, None) if more is None else (more.split, more.sums)
                    polygons.add(stream.feed(changed, areas, strip, kinds, sums))
                yield Progress(row + rows, self._grid.height, "row", "writing")
            if polygons is not None:
                polygons.add(stream.feed(np.zeros((1, self._grid.width), dtype=bool), np.ones(1)))
        if self._more is not None:
            yield from self._more.finish()

    def _sieved(self, scores: ScoreRows, threshold: float) -> Generator[Event, None, Sieve | None]:
        """What drops small patches; None where none is small."""
        if self._min_area <= 0:
            return None
        sieve = Sieve(self._grid.width, self._min_area)
        for row, rows in self._strips():
            sieve.count(scores.read(SCORE, row, rows) >= threshold, self._areas_of(row, rows))
            yield Progress(row + rows, self._grid.height, "row", "sieve")
        sieve.finish()
        return sieve

    def _open_polygons(self, stack: ExitStack) -> PatchPolygons | None:
        if not self._polygons_path:
            return None
        geojson = stack.enter_context(vector_part(self._polygons_path, self._polygons_part, self._transaction))
        direction = None if self._ground is None else self._ground.direction
        return stack.enter_context(PatchPolygons(geojson, self._grid, direction))

    def _write_strip(self, row: int, scores: Pixels, changed: Valid, spread: Pixels | None) -> None:
        self._mask.write(row, 0, np.where(np.isnan(scores), np.uint8(NODATA), changed.astype(np.uint8))[None])
        if self._probability is not None:
            self._probability.write(row, 0, scores[None])
        if self._uncertainty is not None and spread is not None:
            self._uncertainty.write(row, 0, spread[None])

    def _areas_of(self, row: int, rows: int) -> Floats:
        return np.ones(rows) if self._areas is None else self._areas.read(row, rows)

    def _strips(self) -> Iterator[tuple[int, int]]:
        for row in range(0, self._grid.height, self._rows):
            yield row, min(self._rows, self._grid.height - row)

    def _optional(self, path: str | None, description: str) -> RasterWriter | None:
        return self._writer(path, description, "float32", np.nan) if path else None

    def _writer(self, path: str, description: str, dtype: str, nodata: float) -> RasterWriter:
        colours = COLOURS if dtype == "uint8" else None
        profile = RasterProfile(self._grid, 1, dtype, nodata, [description], self._tags, colours)
        return RasterWriter(self._transaction, path, profile)


def summed_area(pixels: Valid, areas: Floats) -> float:
    """The area of the pixels [n, width] that are set; areas: [n], or [n, width]."""
    return float(pixels.sum(axis=1) @ areas if areas.ndim == 1 else np.sum(areas, where=pixels))
