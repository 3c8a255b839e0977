"""Two dates of one place, read by window on the grid of the first."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from types import TracebackType
from typing import Any

import numpy as np

from ...errors import InputError
from ...events import Event, Note, Progress
from ...mask_values import ALL_BUT_ZERO, MaskValues
from ..gdal.fills import watching
from ..raster.source import RasterSource
from ..raster.types import Floats, Pixels, Valid, Window
from .correspondence import match_by_name, same_raster
from .irmad import IrMad, fitting_irmad, rounding_variances
from .nothing_valid import MASKS, why_no_common_pixel
from .placing import lay, overlapping_bounds
from .psf_matching import MARGIN_PX, Adaptation, Dates, PsfFilter
from .sample import MAX_NUMBERS, PairSample, read_sample
from .telling import TooFewPixelsError, refuse_few_pixels, sample_notes

# Numbers of both dates that are kept of a sample with its margin; where data are sparse, the rest is read again.
MAX_KEPT_NUMBERS = MAX_NUMBERS * 5 // 4


class Pair:
    """Both dates, open. A pixel is valid where both dates are and no mask hides it.

    `window`: (row, col, height, width) of the pixels of the first date that the second covers. `notes` and
    `warnings`: sentences on what was assumed, and on what is likely a slip. The sample and the IR-MAD of the pair are
    made once and kept until `forget_sample`.
    """

    def __init__(self, before: RasterSource, after: RasterSource, bands_named: tuple[bool, bool], align: bool) -> None:
        """Two open rasters, the second of which is laid on the grid of the first; see `open`."""
        self.before, self.after, self.bands_named = before, after, bands_named
        self.mask_names = MASKS
        self.grid = before.grid
        self.warnings = same_raster(before, after)
        self.notes = lay(before, after, align)
        if bands_named == (False, False):
            match_by_name(before, after, self.notes, self.warnings)
        # An aligned second date has the whole grid of the first; what it covers is known from its own grid.
        self.window: Window = self.grid.window_of(overlapping_bounds(before, after))
        self.notes += before.notes + after.notes
        self._gain_offset: tuple[Pixels, Pixels] | None = None
        self._filters: tuple[PsfFilter | None, PsfFilter | None] = (None, None)
        self._keeping = False
        self._sample: PairSample | None = None
        self._irmad: IrMad | None = None
        self._told: list[str] | None = None
        self._kept: dict[Window, Dates] = {}
        self._kept_numbers = 0

    @classmethod
    def open(
        cls,
        before: str,
        after: str,
        *,
        bands: tuple[Sequence[int], Sequence[int]] = ((), ()),
        masks: tuple[str | None, str | None] = (None, None),
        mask_values: MaskValues = ALL_BUT_ZERO,
        overrides: tuple[Mapping[str, Any], Mapping[str, Any]] = ({}, {}),
        align: bool = True,
    ) -> "Pair":
        """Open two rasters, each and its mask once; `take_bands` then says how many bands are compared.

        Args:
            before, after: paths; the first decides the grid.
            bands: 1-based numbers for each date; a date without any has those of the other, or all.
            masks: rasters that have one of mask_values where a date is to be ignored.
            overrides: `crs` and `nodata` of each date as set on its layer and not in its file.
            align: whether the second date may be resampled onto the grid of the first.

        Raises:
            InputError: a file cannot serve, or the dates do not overlap.
            JobError: they lie on different grids and may not be aligned.
        """
        chosen = (bands[0] or bands[1], bands[1] or bands[0])
        with ExitStack() as stack:
            first, second = (
                stack.enter_context(RasterSource(path, numbers or None, override=override, palette="colours"))
                for path, numbers, override in zip((before, after), chosen, overrides, strict=True)
            )
            pair = cls(first, second, (bool(chosen[0]), bool(chosen[1])), align)
            for source, mask in zip((first, second), masks, strict=True):
                if mask is not None:
                    source.hide_by(mask, mask_values)
            stack.pop_all()
        return pair

    @property
    def count(self) -> int:
        """Bands of each date."""
        return self.before.count

    def take_bands(self, most: int | None = None) -> None:
        """Compare the first `most` bands of a date whose bands are not named. Raises InputError where counts differ."""
        for source, named in zip((self.before, self.after), self.bands_named, strict=True):
            if most is not None and not named and source.count > most:
                self.notes.append(f"Of the {source.count} bands of {source.path} the first {most} are compared.")
                source.take_bands(range(most))
        if self.before.count != self.after.count:
            raise InputError(
                f"{self.before.path} has {self.before.count} bands and {self.after.path} {self.after.count}. Name the "
                "bands that correspond with BANDS_BEFORE and BANDS_AFTER."
            )

    def read(self, row: int, col: int, height: int, width: int) -> tuple[Pixels, Pixels, Valid]:
        """Both dates float32 [C, height, width] and valid bool [height, width]; pixels are 0 where not valid."""
        return self._adapted(self._read_around(row, col, height, width))

    def read_strips(
        self, row: int, col: int, height: int, width: int, pixels: int
    ) -> Iterator[tuple[slice, Pixels, Pixels, Valid]]:
        """What `read` gives, read at once and handed out in rows of about so many pixels: while a cache holds them."""
        before, after, valid, valid_after = self._read_around(row, col, height, width)
        rows = max(pixels // width, 1)
        for first in range(0, height, rows):
            stop = min(first + rows, height)
            around = slice(first, stop + len(valid) - height)
            part = before[:, around], after[:, around], valid[around], valid_after[around]
            yield slice(first, stop), *self._adapted(part)

    def _read_around(self, row: int, col: int, height: int, width: int) -> Dates:
        margin = self._margin
        return self.read_dates(row - margin, col - margin, height + 2 * margin, width + 2 * margin)

    def _adapted(self, dates: Dates) -> tuple[Pixels, Pixels, Valid]:
        """Pixels that were read with the margin, without it, filtered and matched."""
        margin = self._margin
        inside = tuple(slice(margin, size - margin) for size in dates[2].shape)
        before, after = (
            date[:, inside[0], inside[1]] if psf is None else psf.apply(date, valid)
            for date, valid, psf in zip(dates[:2], dates[2:], self._filters, strict=True)
        )
        if self._gain_offset is not None:
            after = after * self._gain_offset[0] + self._gain_offset[1]
        valid = dates[2][inside] & dates[3][inside]
        # Not in place: the window may be kept.
        return (before, after, valid) if valid.all() else (before * valid, after * valid, valid)

    @property
    def _margin(self) -> int:
        return MARGIN_PX if self._keeping or self._filters != (None, None) else 0

    def read_dates(self, row: int, col: int, height: int, width: int) -> Dates:
        """Both dates, each with where it is valid, as they are in the files."""
        window = (row, col, height, width)
        if window in self._kept:
            return self._kept[window]
        before, valid = self.before.read(*window)
        # The second date may lie elsewhere in a window where the first has nothing: not even decoded.
        if not valid.any():
            nothing = np.broadcast_to(np.float32(0), before.shape)
            return self._keep(window, (nothing, nothing, valid, valid), 0)
        after, valid_after = self.after.read(*window)
        return self._keep(window, (before, after, valid, valid_after), 2 * before.size)

    def sample(self, margin: bool = False) -> Generator[Progress, None, PairSample]:
        """The sample of the pair as it is read now. Raises TooFewPixelsError where too few are valid in both dates.

        margin: also keep, for `read_dates`, the sampled windows with MARGIN_PX around them.
        """
        if self._sample is None:
            self._keeping = margin
            try:
                with watching((self.before, self.after)) as watches:
                    sample = yield from read_sample(self)
            finally:
                self._keeping = False
            if not len(sample.before):
                raise self.without_pixels(self.window)
            paths = (self.before.path, self.after.path)
            refuse_few_pixels(sample, paths)
            if self._told is None:
                self._told = sample_notes(sample, paths, watches)
            self._sample = sample
        return self._sample

    def opening_notes(self) -> Iterator[Note]:
        """Its notes and warnings, as it was opened."""
        yield from map(Note, self.notes)
        yield from (Note(text, "warning") for text in self.warnings)

    def sampled_notes(self) -> Generator[Event, None, None]:
        """Warnings on what the first sample showed, which is read where it was not."""
        if self._told is None:
            yield from self.sample()
        yield from (Note(text, "warning") for text in self._told or ())

    def without_pixels(self, window: Window) -> TooFewPixelsError:
        """What to say where no pixel of a window is valid in both dates, with its cause."""
        why = why_no_common_pixel(self.before, self.after, window, self.window, self.mask_names)
        return TooFewPixelsError(f"No pixel of the area is valid in both dates: {why}.")

    def irmad(self) -> Generator[Progress, None, IrMad]:
        """The IR-MAD of the sample."""
        if self._irmad is None:
            sample = yield from self.sample()
            self._irmad = yield from fitting_irmad(sample.before, sample.after, self.rounding(sample))
        return self._irmad

    def rounding(self, sample: PairSample) -> tuple[Floats, Floats]:
        """Variances of rounding of both dates' bands: float64 [C] each."""
        before, after = self.before.dtypes, self.after.dtypes
        return rounding_variances(sample.before, before), rounding_variances(sample.after, after)

    def filter(self, before: PsfFilter | None, after: PsfFilter | None) -> None:
        """From now on the dates are read through these filters; None for as it is."""
        if (before, after) != self._filters:
            self._filters = (before, after)
            self._sample = self._irmad = None

    def match(self, gain: Floats, offset: Floats) -> None:
        """From now on the second date is read as gain * pixels + offset, each float64 [C], after any filter."""
        narrow = gain.astype(np.float32), offset.astype(np.float32)
        self._gain_offset = (narrow[0][:, None, None], narrow[1][:, None, None])
        if self._sample is not None:
            self._sample = replace(self._sample, after=self._sample.after * narrow[0] + narrow[1])
        self._irmad = None

    @property
    def adaptation(self) -> Adaptation:
        """How the dates are read."""
        return self._filters, self._gain_offset

    def adapt_as(self, adaptation: Adaptation) -> None:
        """Read the dates as another opening of the same pair does."""
        self._filters, self._gain_offset = adaptation
        self._sample = self._irmad = None

    def forget_sample(self) -> None:
        """Free the memory of the sample and what was fitted to it."""
        self._sample = self._irmad = None
        self._kept, self._kept_numbers = {}, 0

    def close(self) -> None:
        """Close both files."""
        self.before.close()
        self.after.close()

    def __enter__(self) -> "Pair":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _keep(self, window: Window, dates: Dates, numbers: int) -> Dates:
        if self._keeping and self._kept_numbers + numbers <= MAX_KEPT_NUMBERS:
            self._kept[window] = dates
            self._kept_numbers += numbers
        return dates
