"""Between a band's own numbers and the [-1, 1] of a network."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...card import BandScaling
from ...errors import InputError
from ..gdal.nodata import nodata_span
from .findings.nothing_valid import why_nothing_valid
from .source import RasterSource
from .types import Pixels, Valid, Window

# The range leaves out the rarest pixels: glints, dead pixels and undeclared nodata would squeeze all others.
PERCENTILES = (0.1, 99.9)
# The sample of a raster: windows of this size, one at a random place in each cell of a square grid of cells.
WINDOW_PX = 128
CELLS = 8
# Glints and undeclared nodata lie far beyond the range of the scaling and would rule the loss.
UNIT_LIMIT = 2.0


def measure_scaling(sources: Sequence[RasterSource], seed: int) -> tuple[BandScaling, ...]:
    """Robust range of each band over all sources, from a sample of places that seed and raster size alone decide.

    A constant band gets a range of width 1 around its value. Names, types and nodata are those of the first source,
    types widened where sources differ. Raises InputError where a source has other bands or no valid pixel.
    """
    first = sources[0]
    for source in sources:
        if source.count != first.count:
            raise InputError(
                f"{source.path} has {source.count} bands and {first.path} {first.count}. "
                "Choose the same bands with BANDS."
            )
    samples = [_sample(source, [seed, index]) for index, source in enumerate(sources)]
    pixels = np.concatenate(samples, axis=1)
    # NaN and infinity are never data, so a card, whose JSON cannot hold them, need not say so.
    nodata = first.nodata if first.nodata is not None and np.isfinite(first.nodata) else None
    dtypes = [np.result_type(*types).name for types in zip(*(source.dtypes for source in sources), strict=True)]
    bands = zip(first.band_names, dtypes, map(_range, pixels), strict=True)
    return tuple(BandScaling(name, dtype, low, high, nodata) for name, dtype, (low, high) in bands)


def image_scaling(names: Sequence[str]) -> tuple[BandScaling, ...]:
    """The scaling of images of bytes: 0..255 in each band."""
    return tuple(BandScaling(name, "uint8", 0.0, 255.0) for name in names)


def to_unit(pixels: Pixels, scalings: Sequence[BandScaling]) -> Pixels:
    """Pixels [..., C, H, W] in the bands' numbers to about [-1, 1]; values beyond the range are not cut."""
    middle, half = _columns(scalings, np.dtype(np.float32))
    unit: Pixels = ((pixels - middle) / half).astype(np.float32, copy=False)
    return unit


def from_unit(x: Pixels, scalings: Sequence[BandScaling], dtype: str, nodata: float | None = None) -> NDArray[Any]:
    """The inverse of `to_unit` for finite x in a file's type: rounded for whole numbers, cut to the type's range.

    A pixel that would be the nodata value gets its neighbour instead, so that it stays valid.
    """
    kind = np.dtype(dtype)
    middle, half = _columns(scalings, np.dtype(np.float64 if kind.itemsize > 2 else np.float32))
    values = x * half + middle
    if kind.kind == "f":
        limits = np.finfo(kind)
        pixels: NDArray[Any] = np.clip(values, limits.min, limits.max).astype(kind)
        span = nodata_span(nodata, dtype) if nodata is not None else None
        if span is not None:
            low, high = (kind.type(end) for end in span)
            beside = np.nextafter(high, kind.type(1)) if low <= 0 else np.nextafter(low, kind.type(0))
            pixels[(pixels >= low) & (pixels <= high)] = beside
        return pixels
    low, high = np.iinfo(kind).min, np.iinfo(kind).max
    # The largest 64-bit numbers round up to one that no longer fits.
    top = np.nextafter(float(high), 0) if float(high) > high else float(high)
    pixels = np.clip(np.rint(values), float(low), top).astype(kind)
    if nodata is not None and low <= nodata <= high and float(nodata).is_integer():
        pixels[pixels == int(nodata)] = int(nodata) + 1 if nodata < high else int(nodata) - 1
    return pixels


def normalized(pixels: Pixels, valid: Valid | None, scalings: Sequence[BandScaling]) -> Pixels:
    """What a network is shown of pixels: scaled, cut to +-UNIT_LIMIT, invalid ones filled.

    Args:
        pixels: float32 [..., C, h, w] in the bands' numbers.
        valid: bool, broadcast to pixels, such as [..., 1, h, w]; None where all are.
        scalings: of the model's bands.

    Returns:
        float32 like pixels, in [-UNIT_LIMIT, UNIT_LIMIT].
    """
    unit = to_unit(pixels, scalings)
    np.clip(unit, -UNIT_LIMIT, UNIT_LIMIT, out=unit)
    return unit if valid is None else fill_invalid(unit, valid)


def fill_invalid(pixels: Pixels, valid: Valid) -> Pixels:
    """Pixels float32 [..., C, h, w] whose invalid ones have the mean of the valid ones of their window and band.

    valid: bool, broadcast to pixels; a window without any gets 0.
    """
    counts = np.maximum(valid.sum(axis=(-2, -1), keepdims=True), 1)
    means = np.where(valid, pixels, 0).sum(axis=(-2, -1), keepdims=True) / counts
    return np.where(valid, pixels, means).astype(np.float32)


def unit_limits(scalings: Sequence[BandScaling], beyond: float) -> tuple[Pixels, Pixels]:
    """Lowest and highest scaled value that a band's type can hold, at most `beyond` from 0: float32 [C, 1, 1] each."""
    limits = []
    for band in scalings:
        kind = np.dtype(band.dtype)
        info = np.iinfo(kind) if kind.kind in "iu" else np.finfo(kind)
        middle, half = (band.low + band.high) / 2, (band.high - band.low) / 2
        limits.append([(float(end) / half) - middle / half for end in (info.min, info.max)])
    low, high = np.clip(np.array(limits), -beyond, beyond).astype(np.float32).T
    return low[:, None, None], high[:, None, None]


def _columns(scalings: Sequence[BandScaling], kind: np.dtype[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Middle and half width of each band's range, [C, 1, 1] each."""
    middle = np.array([(band.low + band.high) / 2 for band in scalings], dtype=kind)
    half = np.array([(band.high - band.low) / 2 for band in scalings], dtype=kind)
    return middle[:, None, None], half[:, None, None]


def _sample(source: RasterSource, seed: Sequence[int]) -> Pixels:
    """Valid pixels [C, n] of windows spread over a raster; of all its rows where these hold none."""
    height, width = source.grid.shape
    generator = np.random.default_rng(seed)
    windows: list[Window] = []
    for top in np.linspace(0, height, CELLS + 1)[:-1]:
        for left in np.linspace(0, width, CELLS + 1)[:-1]:
            jitter = generator.random(2)
            row = int(min(top + jitter[0] * height / CELLS, max(height - WINDOW_PX, 0)))
            col = int(min(left + jitter[1] * width / CELLS, max(width - WINDOW_PX, 0)))
            windows.append((row, col, min(WINDOW_PX, height), min(WINDOW_PX, width)))
    # A raster of the size of a window gives the same one every time.
    read = {window: _valid(source, window) for window in dict.fromkeys(windows)}
    samples = [read[window] for window in windows]
    # What little is valid may lie between the windows.
    rows = (_valid(source, (row, 0, min(WINDOW_PX, height - row), width)) for row in range(0, height, WINDOW_PX))
    for pixels in chain([np.concatenate(samples, axis=1)], rows):
        if pixels.shape[1]:
            return pixels
    raise InputError(f"{source.path} has no valid pixel in the chosen bands: {why_nothing_valid(source)}.")


def _valid(source: RasterSource, window: Window) -> Pixels:
    pixels, valid = source.read(*window)
    return pixels[:, valid]


def _range(values: Pixels) -> tuple[float, float]:
    low, high = (float(value) for value in np.percentile(values, PERCENTILES))
    if low == high:
        low, high = float(values.min()), float(values.max())
    return (low, high) if low < high else (low - 0.5, high + 0.5)
