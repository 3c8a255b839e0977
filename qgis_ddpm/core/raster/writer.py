"""Writing rasters: strips from top to bottom into a GeoTIFF that gets its name only when it is proved whole."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
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
from ...messages import local
from ..gdal.opening import is_gdal_error, without_georeference
from ..outputs.transaction import OutputTransaction
from ..threads import thread_count
from .grid import Grid

# Above this size a raster gets overviews, halved until they are smaller than a block of the file.
OVERVIEWS_ABOVE_PX = 2048
BLOCK_PX = 256

Colormap = Mapping[int, tuple[int, int, int, int]]


@dataclass(frozen=True)
class RasterProfile:
    """What a raster file holds.

    dtype: type of the file, such as "uint8". nodata: also the value of pixels that are never written (0 where it is
    None). descriptions: of the bands. colormap: value -> red, green, blue, alpha, for one band of uint8. scales,
    offsets, units: of the bands, whose physical value is scale * pixel + offset. means: whether overviews may hold
    means of pixels.
    """

    grid: Grid
    count: int
    dtype: str
    nodata: float | None = None
    descriptions: Sequence[str] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    colormap: Colormap | None = None
    scales: Sequence[float] = ()
    means: bool = True
    offsets: Sequence[float] = ()
    units: Sequence[str] = ()

    def creation_options(self) -> dict[str, Any]:
        """Options of rasterio for a compressed, tiled GeoTIFF; its bytes do not depend on the number of threads."""
        return {
            "driver": "GTiff",
            "height": self.grid.height,
            "width": self.grid.width,
            "count": self.count,
            "dtype": self.dtype,
            "crs": self.grid.crs,
            "transform": self.grid.transform,
            "nodata": self.nodata,
            "tiled": True,
            "blockxsize": BLOCK_PX,
            "blockysize": BLOCK_PX,
            "compress": "deflate",
            "num_threads": thread_count(),
            "predictor": 3 if np.dtype(self.dtype).kind == "f" else 2,
            "bigtiff": "if_safer",
            # Otherwise GDAL calls the fourth band of bytes alpha.
            "photometric": "minisblack",
            "alpha": "no",
        }


class RasterWriter:
    """A GeoTIFF that is written in strips; the same calls give the same bytes.

    transaction: who gives the file its name `path`, and removes it where that never happens. Whatever fails raises
    OutputError.
    """

    def __init__(self, transaction: OutputTransaction, path: str, profile: RasterProfile) -> None:
        self.path, self.profile = path, profile
        self._temp_path = transaction.temp_path(path)
        # Rows of blocks that are not written yet, by their number; checksums of those that are.
        self._pending: dict[int, NDArray[Any]] = {}
        self._checksums: list[int] = []
        self._dataset: Any = None

    def __enter__(self) -> "RasterWriter":
        profile = self.profile
        try:
            self._dataset = self._open("w", **profile.creation_options())
            for band, text in enumerate(_descriptions(profile), start=1):
                self._dataset.set_band_description(band, text)
            self._dataset.update_tags(**profile.tags)
            for name in ("scales", "offsets", "units"):
                if getattr(profile, name):
                    setattr(self._dataset, name, tuple(getattr(profile, name)))
            if profile.colormap is not None:
                self._dataset.write_colormap(1, dict(profile.colormap))
        except (RasterioError, OSError) as error:
            self._discard()
            raise self._failure(error) from error
        return self

    def tell(self, tags: Mapping[str, str]) -> None:
        """Set tags that could not be known at the start, before the file is finished."""
        if any(self.profile.tags.get(name) != text for name, text in tags.items()):
            self.profile = replace(self.profile, tags={**self.profile.tags, **tags})
            if self._dataset is not None:
                self._dataset.update_tags(**tags)

    def write(self, row: int, col: int, pixels: NDArray[Any]) -> None:
        """Write pixels [C, height, width] of the file's type at (row, col).

        Writes come from top to bottom: a row above the start of a write is final. Raises ValueError otherwise.
        """
        height, width = pixels.shape[1:]
        if row < len(self._checksums) * BLOCK_PX or row + height > self.profile.grid.height:
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
        except Exception as error:
            if not is_gdal_error(error):
                raise
            raise self._failure(error) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self.finish()
        finally:
            self._discard()

    def _open(self, mode: str, **options: Any) -> Any:
        with without_georeference():
            return rasterio.open(self._temp_path, mode, **options)

    def _blocks(self) -> int:
        return -(-self.profile.grid.height // BLOCK_PX)

    def _strip(self, block: int) -> NDArray[Any]:
        if block not in self._pending:
            profile = self.profile
            height = min(BLOCK_PX, profile.grid.height - block * BLOCK_PX)
            fill = 0 if profile.nodata is None else profile.nodata
            self._pending[block] = np.full((profile.count, height, profile.grid.width), fill, dtype=profile.dtype)
        return self._pending[block]

    def _flush(self, until_block: int) -> None:
        for block in range(len(self._checksums), until_block):
            strip = self._strip(block)
            window = Window(0, block * BLOCK_PX, strip.shape[2], strip.shape[1])
            try:
                self._dataset.write(strip, window=window)
            except (RasterioError, OSError) as error:
                raise self._failure(error) from error
            self._checksums.append(zlib.crc32(strip.data))
            del self._pending[block]

    def _add_overviews(self) -> int:
        """Build the overviews; returns how many."""
        factors, longer = [], max(self.profile.grid.shape)
        if longer > OVERVIEWS_ABOVE_PX:
            factors = [2]
            while longer / factors[-1] > BLOCK_PX:
                factors.append(factors[-1] * 2)
            # Classes and masks have no means between them.
            has_means = self.profile.means and self.profile.colormap is None
            method = Resampling.average if has_means else Resampling.nearest
            # Where threads lost all writes, rasterio would only say that it does not know the driver.
            with rasterio.Env(GDAL_NUM_THREADS=thread_count()), self._open("r+", driver="GTiff") as dataset:
                dataset.build_overviews(factors, method)
        return len(factors)

    def _prove(self, overviews: int) -> None:
        """GDAL loses writes without a word where the disk is full, so only reading shows what is in the file."""
        whole = list(self._read_checksums(None)) == self._checksums and self._has_all_texts()
        for level in range(overviews):
            # A lost block of an overview reads as nodata, so its place in the file is looked up.
            for _ in self._read_checksums(level):
                pass
            whole = whole and self._has_all_blocks(level)
        if not whole:
            raise OSError("what was read back differs from what was written")

    def _has_all_texts(self) -> bool:
        with self._open("r") as dataset:
            expected = [text or None for text in _descriptions(self.profile)]
            tags = {name: str(value) for name, value in self.profile.tags.items()}
            return dataset.tags().items() >= tags.items() and list(dataset.descriptions[: len(expected)]) == expected

    def _read_checksums(self, level: int | None) -> Iterator[int]:
        options = {} if level is None else {"overview_level": level}
        with self._open("r", num_threads=thread_count(), **options) as dataset:
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


def _descriptions(profile: RasterProfile) -> list[str]:
    """Names of bands in the language of whoever asked; single words are names of imagery's own, and stay."""
    return [local(text) if " " in text else text for text in profile.descriptions]
