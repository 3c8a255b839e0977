"""Writing rasters: strips from top to bottom into a GeoTIFF that gets its name only when it is proved whole."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import product
from types import TracebackType
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.errors import RasterioError
from rasterio.windows import Window

from ...errors import OutputError
from ..outputs.transaction import OutputTransaction
from .grid import Grid
from .source import without_georeference

# Above this size a raster gets overviews, halved until they are smaller than a block of the file.
OVERVIEWS_ABOVE_PX = 2048
BLOCK_PX = 256

Colormap = Mapping[int, tuple[int, int, int, int]]


class RasterWriter:
    """A GeoTIFF that is written in strips; the same calls give the same bytes.

    dtype: type of the file, such as "uint8". nodata: also the value of pixels that are never written (0 where it is
    None). colormap: value -> red, green, blue, alpha, for one band of uint8. transaction: who renames the file; None:
    it is renamed when the `with` block ends well. Whatever fails raises OutputError, and leaves no part behind.
    """

    def __init__(
        self,
        path: str,
        grid: Grid,
        count: int,
        dtype: str,
        nodata: float | None = None,
        descriptions: Sequence[str] = (),
        tags: Mapping[str, str] | None = None,
        colormap: Colormap | None = None,
        transaction: OutputTransaction | None = None,
    ) -> None:
        self.path, self.grid, self.count, self.dtype = path, grid, count, dtype
        self._fill = nodata if nodata is not None else 0
        self._own = OutputTransaction() if transaction is None else None
        self._part = (transaction or self._own or OutputTransaction()).temp_path(path)
        self._pending: dict[int, NDArray[Any]] = {}
        self._checksums: list[int] = []
        self._dataset: Any = None
        self._nodata, self._descriptions, self._tags, self._colormap = nodata, descriptions, tags or {}, colormap

    def __enter__(self) -> "RasterWriter":
        try:
            self._dataset = self._open("w", **self._profile())
            for band, text in enumerate(self._descriptions, start=1):
                self._dataset.set_band_description(band, text)
            self._dataset.update_tags(**self._tags)
            if self._colormap is not None:
                self._dataset.write_colormap(1, dict(self._colormap))
        except (RasterioError, OSError) as error:
            self._discard()
            raise self._failure(error) from error
        return self

    def write(self, row: int, col: int, pixels: NDArray[Any]) -> None:
        """Write pixels [C, height, width] of the file's type at (row, col).

        Writes come from top to bottom: a row above the start of a write is final. Raises ValueError otherwise.
        """
        height, width = pixels.shape[1:]
        if row < len(self._checksums) * BLOCK_PX or row + height > self.grid.height:
            raise ValueError(f"Rows {row} to {row + height} of {self.path} are final or outside.")
        self._flush(row // BLOCK_PX)
        for block in range(row // BLOCK_PX, (row + height - 1) // BLOCK_PX + 1):
            top = block * BLOCK_PX
            first, stop = max(row, top), min(row + height, top + BLOCK_PX)
            strip = self._strip(block)
            strip[:, first - top : stop - top, col : col + width] = pixels[:, first - row : stop - row]

    def finish(self) -> None:
        """Write what is left, add overviews, and prove by reading that all of it is in the file."""
        try:
            self._flush(self._blocks())
            self._dataset.close()
            self._prove(self._add_overviews())
        except (RasterioError, OSError) as error:
            raise self._failure(error) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self.finish()
                if self._own is not None:
                    self._own.publish()
        finally:
            self._discard()

    def _profile(self) -> dict[str, Any]:
        height, width = self.grid.shape
        return {
            "driver": "GTiff",
            "height": height,
            "width": width,
            "count": self.count,
            "dtype": self.dtype,
            "crs": self.grid.crs,
            "transform": self.grid.transform,
            "nodata": self._nodata,
            "tiled": True,
            "blockxsize": BLOCK_PX,
            "blockysize": BLOCK_PX,
            "compress": "deflate",
            "predictor": 3 if np.dtype(self.dtype).kind == "f" else 2,
            "bigtiff": "if_safer",
            # Otherwise GDAL calls the fourth band of bytes alpha.
            "photometric": "minisblack",
            "alpha": "no",
        }

    def _open(self, mode: str, **options: Any) -> Any:
        with without_georeference():
            return rasterio.open(self._part, mode, **options)

    def _blocks(self) -> int:
        return -(-self.grid.height // BLOCK_PX)

    def _strip(self, block: int) -> NDArray[Any]:
        if block not in self._pending:
            height = min(BLOCK_PX, self.grid.height - block * BLOCK_PX)
            self._pending[block] = np.full((self.count, height, self.grid.width), self._fill, dtype=self.dtype)
        return self._pending[block]

    def _flush(self, until_block: int) -> None:
        for block in range(len(self._checksums), until_block):
            strip = self._strip(block)
            window = Window(0, block * BLOCK_PX, self.grid.width, strip.shape[1])
            try:
                self._dataset.write(strip, window=window)
            except (RasterioError, OSError) as error:
                raise self._failure(error) from error
            self._checksums.append(zlib.crc32(strip.data))
            del self._pending[block]

    def _add_overviews(self) -> int:
        """Build the overviews; returns how many."""
        factors = []
        if max(self.grid.shape) > OVERVIEWS_ABOVE_PX:
            factors = [2]
            while max(self.grid.shape) / factors[-1] > BLOCK_PX:
                factors.append(factors[-1] * 2)
            # Classes and masks have no means between them.
            method = Resampling.nearest if self._colormap is not None else Resampling.average
            with self._open("r+") as dataset:
                dataset.build_overviews(factors, method)
        return len(factors)

    def _prove(self, overviews: int) -> None:
        """GDAL loses writes without a word where the disk is full, so only reading shows what is in the file."""
        whole = list(self._read_checksums(None)) == self._checksums and self._has_its_words()
        for level in range(overviews):
            # A lost block of an overview reads as nodata, so its place in the file is looked up.
            for _ in self._read_checksums(level):
                pass
            whole = whole and self._has_all_blocks(level)
        if not whole:
            raise OSError("what was read back differs from what was written")

    def _has_its_words(self) -> bool:
        with self._open("r") as dataset:
            names = [text or None for text in self._descriptions]
            return dataset.tags().items() >= {k: str(v) for k, v in self._tags.items()}.items() and all(
                found == name for found, name in zip(dataset.descriptions, names, strict=False)
            )

    def _read_checksums(self, level: int | None) -> Iterator[int]:
        options = {} if level is None else {"overview_level": level}
        with self._open("r", **options) as dataset:
            for top in range(0, dataset.height, BLOCK_PX):
                window = Window(0, top, dataset.width, min(BLOCK_PX, dataset.height - top))
                yield zlib.crc32(dataset.read(window=window).data)

    def _has_all_blocks(self, level: int) -> bool:
        with self._open("r", overview_level=level) as overview:
            height, width = overview.shape
            block_height, block_width = overview.block_shapes[0]
        blocks = product(range(-(-width // block_width)), range(-(-height // block_height)))
        with self._open("r") as dataset:
            return all(
                dataset.get_tag_item(f"BLOCK_OFFSET_{x}_{y}", "TIFF", bidx=1, ovr=level) is not None for x, y in blocks
            )

    def _failure(self, error: BaseException) -> OutputError:
        reason = (str(error) or type(error).__name__).splitlines()[0].rstrip(".")
        return OutputError(
            f"{self.path} could not be written whole ({reason[:200]}). Free space on the disk or choose another folder."
        )

    def _discard(self) -> None:
        if self._dataset is not None:
            # What is thrown away need not be whole.
            with suppress(RasterioError, OSError):
                self._dataset.close()
        if self._own is not None:
            self._own.__exit__(None, None, None)
