"""A raster with a palette, read as its colours: the numbers of a palette are names of colours and no measurements."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.enums import ColorInterp, MaskFlags
from rasterio.windows import Window

from ..types import Valid
from .band_choice import data_bands

COLOURS = ("red", "green", "blue")


class PaletteColours:
    """An open raster of one band with a palette as three bands of bytes, for all that `RasterSource` asks of it.

    A pixel is hidden where the raster's own mask, its nodata value or a colour without any opacity says so, or where
    the palette has no colour for its number.
    """

    count = len(COLOURS)
    dtypes = ("uint8",) * len(COLOURS)
    descriptions = COLOURS
    colorinterp = (ColorInterp.red, ColorInterp.green, ColorInterp.blue)
    nodatavals = (None,) * len(COLOURS)
    scales = (1.0,) * len(COLOURS)
    offsets = (0.0,) * len(COLOURS)
    mask_flag_enums = ([MaskFlags.per_dataset],) * len(COLOURS)

    def __init__(self, dataset: Any, band: int, fills: Sequence[float]) -> None:
        self._dataset, self._band, self._fills = dataset, band, tuple(fills)
        flags = dataset.mask_flag_enums[band - 1]
        # A nodata value is compared here, because a layer may say another.
        self._masked = MaskFlags.nodata not in flags and MaskFlags.all_valid not in flags
        colours = dataset.colormap(band)
        self._table = np.zeros((max(colours) + 1, 4), np.uint8)
        self._table[list(colours)] = list(colours.values())
        self._has_colour = np.isin(np.arange(len(self._table)), list(colours))
        # Some formats leave the opacity of all colours at 0.
        if self._table[:, 3].any():
            self._has_colour &= self._table[:, 3] > 0
        own = dataset.nodatavals[band - 1]
        # GDAL takes the opacity from the colour of nodata, which a layer may say is data.
        if own in colours:
            self._has_colour[int(own)] = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._dataset, name)

    @property
    def block_shapes(self) -> list[tuple[int, int]]:
        """(height, width) of the file's blocks, for each colour."""
        return [self._dataset.block_shapes[self._band - 1]] * self.count

    def read(self, bands: Sequence[int], window: Window) -> NDArray[np.uint8]:
        """Colours uint8 [C, h, w] of a window; bands: 1-based, of red, green and blue."""
        numbers = self._numbers(window)
        colours = self._table[np.clip(numbers, 0, len(self._table) - 1)]
        return np.ascontiguousarray(colours[..., [band - 1 for band in bands]].transpose(2, 0, 1))

    def read_masks(self, band: int, window: Window) -> NDArray[np.uint8]:
        """255 where a pixel is shown and 0 where it is hidden, uint8 [h, w]: the same for all three colours."""
        numbers = self._numbers(window)
        shown: Valid = (numbers >= 0) & (numbers < len(self._table))
        shown &= self._has_colour[np.clip(numbers, 0, len(self._table) - 1)]
        for fill in self._fills:
            shown &= numbers != fill
        if self._masked:
            shown &= self._dataset.read_masks(self._band, window=window) != 0
        return shown.astype(np.uint8) * np.uint8(255)

    def dataset_mask(self, window: Window) -> NDArray[np.uint8]:
        """As `read_masks`."""
        return self.read_masks(1, window)

    def _numbers(self, window: Window) -> NDArray[np.int64]:
        numbers: NDArray[np.int64] = self._dataset.read(self._band, window=window).astype(np.int64)
        return numbers


def with_colours(
    dataset: Any, path: str, override: Mapping[str, Any], notes: list[str]
) -> tuple[Any, Mapping[str, Any]]:
    """A raster whose numbers are measurements: as it is, or as the colours of its palette.

    Args:
        dataset: of rasterio's, open.
        path: what messages call it.
        override: what a layer says of it.
        notes: is added to.

    Returns:
        The raster, and what is left of the override.
    """
    data = data_bands(dataset)
    kinds = dataset.colorinterp
    coloured = [band for band in data if kinds[band - 1] == ColorInterp.palette and _has_palette(dataset, band)]
    if not coloured:
        return dataset, override
    if len(data) > 1:
        notes.append(
            f"Band {coloured[0]} of {path} has a palette: its numbers stand for colours and are taken as measurements. "
            "Turn it into colours before (Raster > Conversion > PCT to RGB)."
        )
        return dataset, override
    nodata = override.get("nodata", dataset.nodatavals[coloured[0] - 1])
    fills = [value for value in (nodata, *override.get("fills", ())) if value is not None]
    rest = {name: value for name, value in override.items() if name not in ("nodata", "fills")}
    notes.append(f"{path} has a palette: it is read as its colours, the bands red, green and blue.")
    return PaletteColours(dataset, coloured[0], fills), rest


def has_palette(dataset: Any) -> bool:
    """Whether numbers of any data band of an open raster are names of colours."""
    kinds = dataset.colorinterp
    return any(kinds[band - 1] == ColorInterp.palette and _has_palette(dataset, band) for band in data_bands(dataset))


def _has_palette(dataset: Any, band: int) -> bool:
    try:
        return bool(dataset.colormap(band))
    except ValueError:
        # Called a palette, and there is none.
        return False
