"""Where a raster's pixels are data, as GDAL's own masks say, and what no measurement can be."""

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import MaskFlags
from rasterio.io import DatasetReader
from rasterio.windows import Window

# No quantity of any band is this large: whatever is, is the fill of some program (-3.4e38, 1e30), tagged or not.
BEYOND = 1e30
# GDAL takes floats of any type for equal that differ by less than this share of their sum.
_TOLERANCE = 2 * float(np.finfo(np.float32).eps)
# Surely more than that, as a share of one of them.
_FAR = 1e-5
# Sums of larger shares of a type's range overflow in GDAL's test, which calls them equal; BEYOND leaves those out.
_STEPPED_SHARE = 1 / 64


class Validity:
    """Tells valid pixels of chosen bands: a pixel is where all its bands are.

    Nodata values are compared as GDAL compares them, which is faster than to read its masks; mask files, alpha and
    NODATA_VALUES are read from it. value: nodata of the first band that has one, None where none has.
    """

    def __init__(self, dataset: DatasetReader, bands: Sequence[int], override: Mapping[str, Any]) -> None:
        """override: `nodata` in place of that of the file, None for none; `fills`: values that are nodata besides."""
        flags, tags, dtypes = dataset.mask_flag_enums, dataset.nodatavals, dataset.dtypes
        fills = tuple(override.get("fills", ()))
        self._bands, self._values, self._spans = tuple(bands), [], []
        self._read_from: list[bool] = []
        for band in bands:
            own, replaced = flags[band - 1], "nodata" in override
            # A mask file or NODATA_VALUES come before the band's own nodata value.
            by_value = MaskFlags.nodata in own and MaskFlags.per_dataset not in own
            tag = override["nodata"] if replaced else tags[band - 1] if by_value else None
            self._values.append([float(value) for value in (tag, *fills) if value is not None])
            spans = (nodata_span(value, dtypes[band - 1]) for value in self._values[-1])
            self._spans.append([span for span in spans if span is not None])
            skipped = MaskFlags.nodata in own if replaced else by_value
            self._read_from.append(not skipped and MaskFlags.all_valid not in own)
        self._dtypes = [dtypes[band - 1] for band in bands]
        self._per_dataset = [MaskFlags.per_dataset in flags[band - 1] for band in bands]

    @property
    def value(self) -> float | None:
        """The nodata value of the first band that has one which its type holds."""
        for values, dtype in zip(self._values, self._dtypes, strict=True):
            held = [value for value in values if np.dtype(dtype).kind == "f" or nodata_span(value, dtype) is not None]
            if held:
                return held[0]
        return None

    @property
    def one_type(self) -> bool:
        """Whether all bands have the same type in the file."""
        return len(set(self._dtypes)) == 1

    def of_bands(self, positions: Sequence[int]) -> "Validity":
        """The same of some of the bands, in this order; positions count from 0."""
        other = copy(self)
        for name in ("_bands", "_dtypes", "_values", "_spans", "_read_from", "_per_dataset"):
            kept = getattr(self, name)
            setattr(other, name, type(kept)(kept[position] for position in positions))
        return other

    def valid(self, stored: NDArray[Any]) -> NDArray[np.bool_]:
        """Where numbers [C, h, w] of the file are finite, no nodata value, and below BEYOND: bool [h, w]."""
        good = np.ones(stored.shape[1:], dtype=bool)
        for band, spans in zip(stored, self._spans, strict=True):
            for low, high in spans:
                good &= band != low if low == high else (band < low) | (band > high)
            if band.dtype.kind == "f":
                good &= np.abs(band) < BEYOND
        return good

    def hidden(self, dataset: DatasetReader, window: Window) -> NDArray[np.bool_]:
        """Where alpha, a mask file or NODATA_VALUES hide pixels of a window inside the file: bool [h, w]."""
        hidden = np.zeros((window.height, window.width), dtype=bool)
        for index, band in enumerate(self._bands):
            if self._read_from[index]:
                hidden |= dataset.read_masks(band, window=window) == 0
                if self._per_dataset[index]:
                    break
        return hidden

    def untagged_beyond(self, stored: NDArray[Any]) -> NDArray[np.bool_]:
        """Where a band holds a number from BEYOND on, or infinity, that is no nodata value of its own: bool [h, w]."""
        found = np.zeros(stored.shape[1:], dtype=bool)
        if stored.dtype.kind != "f":
            return found
        for band, values, dtype in zip(stored, self._values, self._dtypes, strict=True):
            large = np.abs(band) >= BEYOND
            for value in values if large.any() else ():
                large &= ~equals_nodata(band, value, dtype)
            found |= large
        return found


def equals_nodata(pixels: NDArray[Any], value: float, dtype: str) -> NDArray[np.bool_]:
    """GDAL's test of floats: equal, or nearly so; bool like pixels."""
    kind = np.dtype(dtype).type if np.dtype(dtype).kind == "f" else np.float64
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        stored, own = pixels.astype(kind, copy=False), kind(value)
        apart = kind(_TOLERANCE) * np.abs(stored + own)
        return np.asarray((stored == own) | (np.abs(stored - own) < apart))


def nodata_span(value: float, dtype: str) -> tuple[float, float] | None:
    """Lowest and highest number of a band's type that GDAL takes for a nodata value; None where there is none.

    None too for values so far beyond measurements that nothing near them is data, and for NaN, which never is.
    """
    kind = np.dtype(dtype)
    if not np.isfinite(value):
        return None
    if kind.kind != "f":
        # GDAL cuts the fraction off.
        whole = int(value)
        info = np.iinfo(kind)
        return (whole, whole) if info.min <= whole <= info.max else None
    if abs(value) > np.finfo(kind).max * _STEPPED_SHARE:
        return None
    first, last = (_end_of_span(value, value + step * abs(value), kind) for step in (-_FAR, _FAR))
    return first, last


def _end_of_span(value: float, far: float, kind: np.dtype[Any]) -> float:
    """The last number on the way from a nodata value to one far from it that is equal to it, by halving."""
    equal, other = kind.type(value), kind.type(far)
    while True:
        middle = equal + (other - equal) / kind.type(2)
        if middle in (equal, other):
            return float(equal)
        if equals_nodata(middle, value, kind.name):
            equal = middle
        else:
            other = middle
