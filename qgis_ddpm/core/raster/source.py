"""Reading rasters by window: pixels as float32 and where they are valid, on the raster's own grid or another."""

from collections.abc import Mapping, Sequence
from copy import copy
from threading import Lock
from types import TracebackType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from ...errors import InputError
from ...mask_values import ALL_BUT_ZERO, MaskValues
from ..gdal.crs_text import refuse_files_of_crs
from ..gdal.fills import FillWatch
from ..gdal.nodata import Validity
from ..gdal.opening import gdal_options, is_gdal_error, open_dataset, reason_of
from .findings.band_choice import choose_bands
from .findings.palette import has_palette, with_colours
from .grid import Grid, parse_crs
from .masks.hidden import hides
from .types import Pixels, Valid
from .warp import Resampling, Warp

# Beyond any CRS, and within what pixels can be counted by.
MOST_COORDINATE = 1e12


class RasterSource:
    """An open raster. Windows are read as float32 pixels and a mask, by several threads at once if need be.

    bands: 1-based numbers of data bands, None = all; alpha bands are never data. mask: a raster whose nonzero pixels
    are to be ignored. override: `crs` and `nodata` as set on a layer and not in the file; None means that there is
    none; `fills`: values that are nodata besides. onto: a grid to resample to. palette: what is read of a raster that
    has one. Pixels are the stored numbers; scale and offset of a band are not applied. Raises InputError, in one
    sentence, where the file cannot serve.
    """

    def __init__(
        self,
        path: str,
        bands: Sequence[int] | None = None,
        mask: str | None = None,
        override: Mapping[str, Any] | None = None,
        onto: Grid | None = None,
        resampling: Resampling = "bilinear",
        palette: Literal["numbers", "colours"] = "numbers",
    ) -> None:
        override = override or {}
        self.path = path
        self.notes: list[str] = []
        self._dataset = open_dataset(path)
        # GDAL's datasets are for one thread at a time; what is made of their pixels is not.
        self._reading = Lock()
        self._mask: RasterSource | None = None
        self.mask_path: str | None = None
        self._marks: MaskValues | None = None
        # Looks at what is read from the file, while it is set.
        self.watch: FillWatch | None = None
        try:
            if palette == "colours":
                self._dataset, override = with_colours(self._dataset, path, override, self.notes)
            self.has_palette = has_palette(self._dataset)
            self.bands = choose_bands(self._dataset, path, bands)
            with gdal_options():
                self._validity = Validity(self._dataset, self.bands, override)
            self.own_grid = self._find_grid(override)
            self._resampling: Resampling = resampling
            self.lay_on(onto or self.own_grid)
            if mask is not None:
                self.hide_by(mask)
        except BaseException as error:
            self.close()
            if not is_gdal_error(error) or isinstance(error, InputError):
                raise
            raise InputError(f"{path} is damaged: {reason_of(error)}. Take a whole copy.") from error

    @property
    def count(self) -> int:
        """Number of chosen bands."""
        return len(self.bands)

    @property
    def dtypes(self) -> tuple[str, ...]:
        """Types of the chosen bands in the file, such as "uint16"."""
        dtypes = self._dataset.dtypes
        return tuple(dtypes[band - 1] for band in self.bands)

    @property
    def descriptions(self) -> tuple[str | None, ...]:
        """Names of the chosen bands, None for one that has none."""
        names = self._dataset.descriptions
        return tuple(names[band - 1] or None for band in self.bands)

    @property
    def band_names(self) -> tuple[str, ...]:
        """Descriptions of the chosen bands, or "band N"."""
        return tuple(name or f"band {band}" for name, band in zip(self.descriptions, self.bands, strict=True))

    @property
    def nodata(self) -> float | None:
        """The nodata value of the first chosen band that has one."""
        return self._validity.value

    @property
    def scales(self) -> tuple[tuple[float, float], ...]:
        """Scale and offset of each chosen band: its physical value is scale * pixel + offset."""
        pairs = tuple(zip(self._dataset.scales, self._dataset.offsets, strict=True))
        return tuple(pairs[band - 1] for band in self.bands)

    @property
    def tags(self) -> dict[str, str]:
        """The file's own metadata by name."""
        return dict(self._dataset.tags())

    @property
    def block_shape(self) -> tuple[int, int]:
        """(height, width) of the file's blocks: windows along them are read fastest."""
        height, width = self._dataset.block_shapes[self.bands[0] - 1]
        return height, width

    def read(self, row: int, col: int, height: int, width: int) -> tuple[Pixels, Valid]:
        """A window, which may reach beyond the grid: pixels float32 [C, height, width], valid bool [height, width].

        A pixel is valid where all its chosen bands are: not nodata, below 1e30, and no alpha, mask file or mask raster
        hides it. Elsewhere, and beyond the grid, pixels are 0. Raises InputError where the file is damaged.
        """
        if self._offset is not None:
            pixels, valid = self._read_own(row + self._offset[0], col + self._offset[1], height, width)
        else:
            pixels, valid = self._warp.read((row, col, height, width))
            self._cut_to_grid(row, col, pixels, valid)
        if self._mask is not None:
            ignored, _ = self._mask.read(row, col, height, width)
            valid &= ignored[0] == 0
            pixels *= valid
        return pixels, valid

    def take_bands(self, positions: Sequence[int]) -> None:
        """From now on only these of the chosen bands are read, in this order; positions count from 0."""
        self.bands = tuple(self.bands[position] for position in positions)
        self._validity = self._validity.of_bands(positions)

    def narrowed(self, positions: Sequence[int]) -> "RasterSource":
        """Some of the chosen bands of the same open file, without its mask raster; closed with this one."""
        other = copy(self)
        other._mask = other.watch = None
        other.take_bands(positions)
        other.lay_on(self.grid)
        return other

    def lay_on(self, grid: Grid) -> None:
        """From now on windows are those of this grid: its own shifted by whole pixels, or one to be resampled to."""
        self.grid = grid
        self._place()

    def hide_by(self, mask: str, values: MaskValues = ALL_BUT_ZERO) -> None:
        """From now on pixels of a mask raster, laid on the present grid, that have one of the values are not valid."""
        self.mask_path, self._mask = mask, open_mask(mask, self.grid, values)

    def close(self) -> None:
        """Close the file."""
        if self._mask is not None:
            self._mask.close()
        self._dataset.close()

    def __enter__(self) -> "RasterSource":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _find_grid(self, override: Mapping[str, Any]) -> Grid:
        dataset = self._dataset
        crs = dataset.crs
        if "crs" in override:
            crs = parse_crs(override["crs"]) if override["crs"] else None
        elif crs is not None:
            refuse_files_of_crs(crs.to_wkt(), f"The CRS of {self.path}")
        if dataset.transform.is_identity and dataset.gcps[0]:
            crs = None
            self.notes.append(
                f"{self.path} has ground control points instead of a grid; it is taken as a raster without CRS. "
                "Warp it (Raster > Projections > Warp) to place it."
            )
        elif crs is None:
            self.notes.append(f"{self.path} has no CRS; lengths and areas are in pixels.")
        if not np.isfinite(tuple(dataset.transform)).all() or max(map(abs, dataset.transform)) > MOST_COORDINATE:
            raise InputError(f"{self.path} has a georeference whose numbers no place has. Set its georeference anew.")
        if abs(dataset.transform.determinant) == 0:
            raise InputError(f"{self.path} has pixels of size 0. Set its georeference anew.")
        return Grid(dataset.transform, dataset.width, dataset.height, crs)

    def _place(self) -> None:
        """Find how the grid lies on the file's own: shifted by whole pixels, or to be resampled."""
        own, grid = self.own_grid, self.grid
        shares_crs = own.crs is None or grid.crs is None or own.crs == grid.crs
        own, self._offset = own.laid_on(grid) if shares_crs else (own, None)
        if self._offset is None:
            self._warp = Warp(self._read_own, own, grid, self._resampling)

    def _cut_to_grid(self, row: int, col: int, pixels: Pixels, valid: Valid) -> None:
        valid[: max(-row, 0)] = False
        valid[max(self.grid.height - row, 0) :] = False
        valid[:, : max(-col, 0)] = False
        valid[:, max(self.grid.width - col, 0) :] = False
        pixels *= valid

    def _read_own(self, row: int, col: int, height: int, width: int) -> tuple[Pixels, Valid]:
        pixels = np.zeros((self.count, height, width), dtype=np.float32)
        valid = np.zeros((height, width), dtype=bool)
        top, bottom = max(row, 0), min(row + height, self.own_grid.height)
        left, right = max(col, 0), min(col + width, self.own_grid.width)
        if top >= bottom or left >= right:
            return pixels, valid
        window = Window(left, top, right - left, bottom - top)
        rows, cols = slice(top - row, bottom - row), slice(left - col, right - col)
        try:
            # What a virtual raster names is opened only now.
            with self._reading, gdal_options():
                stored = self._stored(window)
                hidden = self._validity.hidden(self._dataset, window)
        except Exception as error:
            if not is_gdal_error(error):
                raise
            if "emory" in reason_of(error):
                raise MemoryError(reason_of(error)) from error
            raise InputError(
                f"{self.path} is damaged or cut off near row {top}: {reason_of(error)}. Take a whole copy."
            ) from error
        if self._marks is not None:
            stored = hides(stored, self._marks)
        good = self._validity.valid(stored) & ~hidden
        if self.watch is not None:
            self.watch.add(stored, good, self._validity.untagged_beyond(stored) & ~hidden)
        with np.errstate(over="ignore"):
            pixels[:, rows, cols] = stored if good.all() else np.where(good, stored, stored.dtype.type(0))
        valid[rows, cols] = good
        return pixels, valid

    def _stored(self, window: Window) -> NDArray[Any]:
        """Numbers [C, h, w] as in the file; of bands of several types in one that holds them all."""
        if self._validity.one_type:
            return np.asarray(self._dataset.read(self.bands, window=window))
        return np.stack([self._dataset.read(band, window=window) for band in self.bands])


def open_mask(path: str, onto: Grid, values: MaskValues = ALL_BUT_ZERO) -> RasterSource:
    """A mask raster on a grid, 1 where it has one of the values; one without CRS of the same size lies on the grid."""
    mask = RasterSource(path, bands=(1,), override={"nodata": None}, resampling="nearest")
    bare = mask.own_grid.crs is None and mask.own_grid.shape == onto.shape
    # NaN and fills are no zeros: without values, what a mask does not know is hidden.
    mask._marks = values
    mask.lay_on(onto)
    if bare:
        mask._offset = (0, 0)
    return mask
