"""Two dates of one place, read by window on the grid of the first."""

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...errors import InputError, JobError
from ...jobs import DetectChanges
from ...jobs.texts import whole_numbers
from ..raster.crs import reproject_bounds
from ..raster.source import RasterSource
from ..raster.types import Bounds, Pixels, Valid
from .psf_matching import MARGIN_PX, DetailFilter


class DatePair:
    """Both dates of a job, open. A pixel is valid where both dates are and no mask hides it.

    limit: take so many bands where the job names none and there are more. `window`: (row, col, height, width) of the
    pixels of the first date that the second covers. `notes`: sentences on what was assumed. Raises InputError where the
    dates cannot be compared, JobError where they lie on different grids and ALIGN is off.
    """

    def __init__(self, job: DetectChanges, limit: int | None = None) -> None:
        self.notes: list[str] = []
        self._gain_offset: tuple[Pixels, Pixels] | None = None
        self._filters: tuple[DetailFilter | None, DetailFilter | None] = (None, None)
        first = whole_numbers("BANDS_BEFORE", job.bands_before) or whole_numbers("BANDS_AFTER", job.bands_after)
        second = whole_numbers("BANDS_AFTER", job.bands_after) or first
        before, after = str(job.before), str(job.after)
        self.before = RasterSource(
            before, self._limited(job, before, first, limit), job.mask_before, job.override(before)
        )
        try:
            bands = self._limited(job, after, second, limit)
            self.after = self._open_after(job, after, bands)
        except BaseException:
            self.before.close()
            raise
        try:
            self._check()
        except BaseException:
            self.close()
            raise
        self.grid = self.before.grid
        # An aligned second date has the whole grid of the first; what it covers is known from its own grid.
        self.window = self.grid.window_of(self._bounds_of_after())
        self.notes += self.before.notes + self.after.notes

    @property
    def count(self) -> int:
        """Bands of each date."""
        return self.before.count

    @property
    def dtypes(self) -> tuple[tuple[str, str], ...]:
        """Types of each band in the files, first and second date."""
        return tuple(zip(self.before.dtypes, self.after.dtypes, strict=True))

    def read(self, row: int, col: int, height: int, width: int) -> tuple[Pixels, Pixels, Valid]:
        """Both dates float32 [C, height, width] and valid bool [height, width]; pixels are 0 where not valid."""
        if self._filters == (None, None):
            before, after, valid, valid_after = self.read_dates(row, col, height, width)
        else:
            margin = 2 * MARGIN_PX
            dates = self.read_dates(row - MARGIN_PX, col - MARGIN_PX, height + margin, width + margin)
            inside = slice(MARGIN_PX, -MARGIN_PX), slice(MARGIN_PX, -MARGIN_PX)
            before, after = (
                date[:, inside[0], inside[1]] if each is None else each.apply(date, valid)
                for date, valid, each in zip(dates[:2], dates[2:], self._filters, strict=True)
            )
            valid, valid_after = dates[2][inside], dates[3][inside]
        if self._gain_offset is not None:
            after = after * self._gain_offset[0] + self._gain_offset[1]
        valid = valid & valid_after
        before *= valid
        after *= valid
        return before, after, valid

    def read_dates(self, row: int, col: int, height: int, width: int) -> tuple[Pixels, Pixels, Valid, Valid]:
        """Both dates, each with where it is valid, as they are in the files."""
        before, valid = self.before.read(row, col, height, width)
        # The second date may lie elsewhere in a window where the first has nothing: not even decoded.
        if not valid.any():
            return before, np.zeros_like(before), valid, valid
        after, valid_after = self.after.read(row, col, height, width)
        return before, after, valid, valid_after

    def filter(self, before: DetailFilter | None, after: DetailFilter | None) -> None:
        """From now on the dates are read through these filters; None for as it is."""
        self._filters = (before, after)

    def match(self, gain: NDArray[np.float64], offset: NDArray[np.float64]) -> None:
        """From now on the second date is read as gain * pixels + offset, each float64 [C], after any filter."""
        self._gain_offset = (gain.astype(np.float32)[:, None, None], offset.astype(np.float32)[:, None, None])

    def close(self) -> None:
        """Close both files."""
        self.before.close()
        self.after.close()

    def __enter__(self) -> "DatePair":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _limited(self, job: DetectChanges, path: str, bands: Sequence[int], limit: int | None) -> Sequence[int] | None:
        if bands or limit is None:
            return bands or None
        with RasterSource(path, override=job.override(path)) as source:
            if source.count > limit:
                self.notes.append(f"Of the {source.count} bands of {path} the first {limit} are compared.")
            return source.bands[:limit]

    def _open_after(self, job: DetectChanges, path: str, bands: Sequence[int] | None) -> RasterSource:
        grid = self.before.grid
        override: Mapping[str, Any] = job.override(path)
        with RasterSource(path, bands, override=override) as alone:
            own = alone.own_grid
        if (own.crs is None) != (grid.crs is None):
            if own.shape != grid.shape:
                bare = path if own.crs is None else job.before
                raise InputError(
                    f"{bare} has no CRS, and the dates differ in size: {grid.width} x {grid.height} and "
                    f"{own.width} x {own.height} px. Set its CRS."
                )
            self.notes.append("One date has no CRS: its pixels are taken to lie on those of the other.")
            return RasterSource(path, bands, job.mask_after, override)
        same_lattice = own.crs == grid.crs and own.offset_of(grid) is not None
        if not same_lattice and not job.align:
            raise JobError(
                f"{path} lies on another grid than {job.before}. Switch ALIGN on, or warp it onto that grid before."
            )
        return RasterSource(path, bands, job.mask_after, override, onto=grid)

    def _check(self) -> None:
        if self.before.count != self.after.count:
            raise InputError(
                f"{self.before.path} has {self.before.count} bands and {self.after.path} {self.after.count}. Name the "
                "bands that correspond with BANDS_BEFORE and BANDS_AFTER."
            )
        left, bottom, right, top = self._bounds_of_after()
        west, south, east, north = self.before.grid.bounds
        if not (left < east and right > west and bottom < north and top > south):
            here, there = (
                " ".join(f"{number:.10g}" for number in box)
                for box in ((west, south, east, north), (left, bottom, right, top))
            )
            raise InputError(
                f"The dates do not overlap: {self.before.path} covers {here} and {self.after.path} {there} (left "
                "bottom right top, in the coordinates of the first). Choose rasters of one place, or set their CRS."
            )

    def _bounds_of_after(self) -> Bounds:
        grid, own = self.before.grid, self.after.own_grid
        if (own.crs is None) != (grid.crs is None):
            return grid.bounds
        if own.crs is None or own.crs == grid.crs:
            return own.bounds
        # Where one CRS cannot show the other's corners, only the pixels can tell.
        return reproject_bounds(own.crs, grid.crs, own.bounds) or grid.bounds
