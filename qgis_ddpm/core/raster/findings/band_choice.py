"""Which bands of a raster are data: not its alpha, and numbers that a network or a statistic can take."""

from collections.abc import Sequence
from typing import Any

from rasterio.enums import ColorInterp

from ....errors import InputError


def data_bands(dataset: Any) -> tuple[int, ...]:
    """1-based numbers of all bands of an open raster but alpha."""
    return tuple(band for band, kind in enumerate(dataset.colorinterp, start=1) if kind != ColorInterp.alpha)


def choose_bands(dataset: Any, path: str, bands: Sequence[int] | None) -> tuple[int, ...]:
    """The bands that are read: those asked for, 1-based, or all data bands for None or none.

    Raises InputError where one is not there, is alpha, or holds complex numbers.
    """
    count, data = dataset.count, set(data_bands(dataset))
    chosen = tuple(bands or sorted(data))
    missing = [band for band in chosen if not 1 <= band <= count]
    if missing:
        raise InputError(f"{path} has {count} bands; there is no band {missing[0]}. Choose other bands.")
    hiding = [band for band in chosen if band not in data]
    if hiding or not chosen:
        raise InputError(
            f"Band {(hiding or [1])[0]} of {path} is alpha, not data. Choose other bands, or set its colour "
            "interpretation to undefined if it does hold data."
        )
    # rasterio makes its lists anew each time, and a tiny file may announce 65,535 bands.
    dtypes = dataset.dtypes
    for band in chosen:
        if dtypes[band - 1].startswith("complex"):
            raise InputError(f"Band {band} of {path} holds complex numbers. Compute its amplitude or intensity first.")
    return chosen
