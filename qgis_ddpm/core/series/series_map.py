"""From the scores of a series on disk to its maps: dates, strength and number of changes, polygons, areas."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ...events import Event, Progress
from ..change.map import summed_area
from ..change.patches import STRIP_PIXELS, ComponentStream, Sieve
from ..change.polygons import PatchPolygons
from ..outputs.transaction import OutputTransaction
from ..raster.grid import Grid
from ..raster.kept.score_store import ScoreStore
from ..raster.types import Floats, Pixels, Valid
from ..raster.vectors_out import vector_part
from ..raster.writer import RasterProfile, RasterWriter
from .chain import dates_in, nothing_yet

NODATA = -1
# Strength is stored as whole numbers of this.
STRENGTH_STEP = 1e-4
BANDS = (
    "first change (yyyymmdd)",
    "strongest change (yyyymmdd)",
    "strength of the strongest change",
    "number of changes",
)
# Of a strip: many bands of state are held of it, so it is smaller than that of two dates.
MAP_PIXELS = STRIP_PIXELS // 4
# A layer of the scores for each date.
Interval = tuple[int, int]


class SeriesMap:
    """Writes the outputs from scores; afterwards areas are known, in square metres, or pixels without a CRS.

    `areas`: by the two dates between which something changed.
    """

    def __init__(
        self, output: str, polygons: str | None, grid: Grid, days: Sequence[date], tags: Mapping[str, str],
        transaction: OutputTransaction, min_area: float,
    ) -> None:  # fmt: skip
        """Name the outputs, so that a folder that cannot be written is known before hours of work.

        Args:
            output: the raster, which is published last.
            polygons: None where they are not wanted.
            grid: of the outputs.
            days: the dates, in the order of time.
            tags: of the raster.
            transaction: who renames the outputs.
            min_area: patches of change between two dates that are smaller are dropped, in the unit of the areas.
        """
        self._grid, self._days, self._transaction = grid, days, transaction
        self._least = min_area
        self._pixel_areas = grid.pixel_areas()
        self.changed_area = self.valid_area = 0.0
        self.areas: dict[Interval, float] = {}
        # The first and last strip in which a change between two dates is found.
        self._spans: dict[Interval, tuple[int, int]] = {}
        self._sieves: dict[int, Sieve] = {}
        profile = RasterProfile(
            grid, len(BANDS), "int32", NODATA, BANDS, tags, scales=(1, 1, STRENGTH_STEP, 1), means=False
        )
        self._raster = RasterWriter(transaction, output, profile)
        self._polygons_path = polygons
        self._polygons_part = transaction.temp_path(polygons) if polygons else ""

    def tell(self, tags: Mapping[str, str]) -> None:
        """Set tags of the raster that are known only now."""
        self._raster.tell(tags)

    def write(self, scores: ScoreStore, threshold: float) -> Iterator[Event]:
        """Write all outputs; a pixel changed at a date where its score reaches the threshold."""
        if self._least > 0:
            yield from self._sieve(scores, threshold)
        with self._raster as raster:
            for number, (row, rows) in enumerate(self._strips()):
                raster.write(row, 0, self._summary(scores, threshold, number, row, rows))
                yield Progress(row + rows, self._grid.height, "row", "writing")
        if self._polygons_path:
            yield from self._write_polygons(scores, threshold)

    def _sieve(self, scores: ScoreStore, threshold: float) -> Iterator[Event]:
        dates = range(1, len(self._days))
        self._sieves = {each: Sieve(self._grid.width, self._least) for each in dates}
        for row, rows in self._strips():
            for each, sieve in self._sieves.items():
                sieve.count(scores.read(each, row, rows) >= threshold, self._areas_of(row, rows))
                yield Progress(row + rows, self._grid.height, "row", "sieve")
        for sieve in self._sieves.values():
            sieve.finish()

    def _summary(self, scores: ScoreStore, threshold: float, number: int, row: int, rows: int) -> NDArray[np.int32]:
        """The bands of a strip: int32 [4, rows, width]."""
        shape = (rows, self._grid.width)
        areas = self._areas_of(row, rows)
        first, strongest = np.full((2, *shape), NODATA, dtype=np.int32)
        strength, count = np.zeros(shape, dtype=np.float32), np.zeros(shape, dtype=np.int32)
        compared, latest = np.zeros(shape, dtype=bool), nothing_yet(shape)
        for each, day in enumerate(self._days):
            score = scores.read(each, row, rows)
            compared |= score >= 0
            changed = self._changed(score, threshold, each, number)
            if changed.any():
                written = int(day.strftime("%Y%m%d"))
                first[changed & (count == 0)] = written
                stronger = changed & (score > strength)
                strongest[stronger], strength[stronger] = written, score[stronger]
                count += changed
                self._note(changed, latest, each, number, areas)
            latest[~np.isnan(score)] = each
        self.changed_area += summed_area(count > 0, areas)
        self.valid_area += summed_area(compared, areas)
        steps = np.where(count > 0, np.rint(strength / STRENGTH_STEP), NODATA).astype(np.int32)
        return np.stack([first, strongest, steps, np.where(compared, count, NODATA).astype(np.int32)])

    def _note(self, changed: Valid, latest: NDArray[np.int16], each: int, number: int, areas: Floats) -> None:
        """Remember where and how much changed between each earlier date and this one."""
        for earlier in dates_in(latest[changed]):
            interval = earlier, each
            self._spans[interval] = self._spans.get(interval, (number, number))[0], number
            area = summed_area(changed & (latest == earlier), areas)
            self.areas[interval] = self.areas.get(interval, 0.0) + area

    def _changed(self, score: Pixels, threshold: float, each: int, number: int) -> Valid:
        # NaN, where there is no data, reaches nothing.
        changed: Valid = score >= threshold
        if each not in self._sieves:
            return changed & (score >= 0)
        self._sieves[each].begin(number)
        return self._sieves[each].keep(changed)

    def _write_polygons(self, scores: ScoreStore, threshold: float) -> Iterator[Event]:
        """One pass for each pair of dates between which something changed, over the strips where it did."""
        path, part = str(self._polygons_path), self._polygons_part
        width, all_strips = self._grid.width, list(self._strips())
        with vector_part(path, part, self._transaction) as geojson, PatchPolygons(geojson, self._grid) as polygons:
            intervals = sorted(self._spans, key=lambda interval: interval[::-1])
            for done, interval in enumerate(intervals, start=1):
                start, stop = self._spans[interval]
                named = dict(zip(("from", "to"), (self._days[each].isoformat() for each in interval), strict=True))
                polygons.begin(all_strips[start][0], **named)
                stream = ComponentStream(width)
                for number in range(start, stop + 1):
                    row, rows = all_strips[number]
                    score = scores.read(interval[1], row, rows)
                    changed = self._changed(score, threshold, interval[1], number)
                    changed &= self._is_between(scores, interval, row, rows)
                    polygons.add(stream.feed(changed, self._areas_of(row, rows), score))
                    yield Progress(done, len(intervals), "pair of dates", "polygons")
                polygons.add(stream.feed(np.zeros((1, width), dtype=bool), np.ones(1)))

    def _is_between(self, scores: ScoreStore, interval: Interval, row: int, rows: int) -> Valid:
        """Where the later date of an interval is compared with the earlier, as nothing between them is valid."""
        found: Valid = ~np.isnan(scores.read(interval[0], row, rows))
        for each in range(interval[0] + 1, interval[1]):
            found &= np.isnan(scores.read(each, row, rows))
        return found

    def _areas_of(self, row: int, rows: int) -> Floats:
        return np.ones(rows) if self._pixel_areas is None else self._pixel_areas.read(row, rows)

    def _strips(self) -> Iterator[tuple[int, int]]:
        step = max(MAP_PIXELS // self._grid.width, 1)
        for row in range(0, self._grid.height, step):
            yield row, min(step, self._grid.height - row)
