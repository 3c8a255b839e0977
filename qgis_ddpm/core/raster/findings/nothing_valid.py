"""Why a raster has no valid pixel where one is needed: which band, which mask, or its place."""

from collections.abc import Iterator

import numpy as np

from ..source import RasterSource
from ..types import Window
from .band_names import listed

BLOCK_PX = 1024


def blocks(window: Window) -> Iterator[Window]:
    """Parts of a window that are small enough to be read at once."""
    top, left, height, width = window
    for row in range(top, top + height, BLOCK_PX):
        for col in range(left, left + width, BLOCK_PX):
            yield row, col, min(BLOCK_PX, top + height - row), min(BLOCK_PX, left + width - col)


def why_nothing_valid(
    source: RasterSource, window: Window | None = None, mask: str = "The mask", place: str = ""
) -> str | None:
    """A sentence on what hides every pixel of a window; None where one is valid.

    Reads all of the window once for each band.

    Args:
        source: the raster.
        window: of its present grid; None = all.
        mask: what its mask raster is called.
        place: what the window is called, such as " in EXTENT".
    """
    window = window or (0, 0, *source.grid.shape)
    together = False
    bands = [source.narrowed([position]) for position in range(source.count)]
    found = np.zeros(len(bands), dtype=bool)
    for block in blocks(window):
        shared = np.ones(block[2:], dtype=bool)
        for position, band in enumerate(bands):
            here = band.read(*block)[1]
            found[position] |= here.any()
            shared &= here
        together = together or bool(shared.any())
        if shared.any() and bool(source.read(*block)[1].any()):
            return None
    if together:
        return (
            f"{mask} {source.mask_path} hides every valid pixel of {source.path}{place}. Without MASK_VALUES a mask is "
            "0 where pixels are to be used and anything else where they are not: check which of its values mean that"
        )
    if not found.any():
        return f"{source.path} has nothing but nodata{place}. Check its nodata value and its own masks"
    if not found.all():
        empty = [position for position in range(len(bands)) if not found[position]]
        names = listed([band_text(source, position) for position in empty])
        has = "has" if len(empty) == 1 else "have"
        return f"{names} of {source.path} {has} nothing but nodata{place}. Choose other bands"
    return f"no pixel of {source.path} is valid in all of its chosen bands at once{place}. Choose fewer bands"


def band_text(source: RasterSource, position: int) -> str:
    """What to call a chosen band: its number in the file, and its name where it has one."""
    name = source.descriptions[position]
    return f"band {source.bands[position]}" + (f" ({name})" if name else "")
