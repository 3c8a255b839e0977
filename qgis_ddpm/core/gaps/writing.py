"""The files of a fill: known pixels as they were, to the bit; filled ones rounded; what is left as nodata."""

import os
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...events import Event, Progress
from ..outputs.transaction import OutputTransaction
from ..raster.grid import Grid
from ..raster.kept.score_store import ScoreStore
from ..raster.types import Floats, Pixels, Window
from ..raster.writer import RasterProfile, RasterWriter
from .filling import ALONE, HOW
from .fitting import Fitted
from .reading import GapReader

# What FILLED holds.
KNOWN, FILLED, LEFT = 0, 1, 2
FILLED_COLOURS = {KNOWN: (255, 255, 255, 0), FILLED: (0, 114, 178, 255), LEFT: (213, 94, 0, 255)}
STRIP_PIXELS = 1 << 20


@dataclass(frozen=True)
class FillFiles:
    """Where the results go; None for what is not wanted. nodata: of the output and of draws."""

    output: str
    spread: str | None
    filled: str | None
    draws_folder: str | None
    draws: int
    nodata: float | None
    tags: Mapping[str, str]


@dataclass(frozen=True)
class Strip:
    """Rows of the area: what is stored [C, n, w], how each pixel is filled [n, w], and which values are missing."""

    row: int
    stored: NDArray[Any]
    how: Pixels
    missing: NDArray[np.bool_]


@dataclass
class Tally:
    """Pixels of the area, those filled and left, and the sum of expected squared errors of so many values."""

    total: int
    filled: int = 0
    left: int = 0
    squares: float = 0.0
    values: int = 0

    @property
    def rmse(self) -> float:
        """The expected root mean square error of all filled values; 0 where there is none."""
        return float(np.sqrt(self.squares / self.values)) if self.values else 0.0

    def add(self, strip: Strip, fitted: Fitted) -> None:
        """Take in a strip."""
        done = strip.how > 0
        self.filled += int(done.sum())
        self.left += int((strip.how < 0).sum())
        if done.any():
            expected = fitted.expected(_distance(strip.how), strip.how >= ALONE)[0]
            there = strip.missing & done
            self.squares += float((expected**2)[there].sum())
            self.values += int(there.sum())


def nodata_of(reader: GapReader, may_leave: bool) -> float | None:
    """The nodata value of the output: the raster's own, or one of its type where pixels may be left without data."""
    own, dtype = reader.source.nodata, reader.dtype
    if own is not None and (dtype.kind == "f" or np.iinfo(dtype).min <= own <= np.iinfo(dtype).max):
        return own
    if not may_leave:
        return None
    return float(np.iinfo(dtype).min) if dtype.kind in "iu" else float("nan")


class FillWriters:
    """The open files of a fill."""

    def __init__(self, reader: GapReader, grid: Grid, files: FillFiles, transaction: OutputTransaction) -> None:
        self._grid, self._files, self._transaction = grid, files, transaction
        self._stack = ExitStack()
        self._reader = reader

    def __enter__(self) -> "FillWriters":
        files, source = self._files, self._reader.source
        bands, dtype = [name or "" for name in source.descriptions], self._reader.dtype.name
        self.main = self._open(files.output, bands, dtype, files.nodata)
        texts = [f"spread of {name}" for name in source.band_names]
        self.spread = self._open(files.spread, texts, "float32", float("nan")) if files.spread else None
        self.filled = None
        if files.filled:
            text = "0 known, 1 filled, 2 left without data"
            self.filled = self._open(files.filled, [text], "uint8", None, FILLED_COLOURS)
        self.draws: list[RasterWriter] = []
        if files.draws_folder:
            self._transaction.lock_folder(files.draws_folder)
            for number in range(1, files.draws + 1):
                path = os.path.join(files.draws_folder, f"draw_{number:03d}.tif")
                self.draws.append(self._open(path, bands, dtype, files.nodata))
        return self

    def __exit__(self, *error: Any) -> None:
        self._stack.__exit__(*error)

    def _open(
        self, path: str, texts: Sequence[str], dtype: str, nodata: float | None, colours: Any = None
    ) -> RasterWriter:
        profile = RasterProfile(self._grid, len(texts), dtype, nodata, texts, self._files.tags, colours)
        return self._stack.enter_context(RasterWriter(self._transaction, path, profile))


def writing(
    reader: GapReader,
    fitted: Fitted | None,
    area: Window,
    store: ScoreStore | None,
    files: FillFiles,
    transaction: OutputTransaction,
) -> Generator[Event, None, Tally]:
    """Write all files of an area; fitted and store: None where nothing is missing."""
    grid, bands = reader.grid.subgrid(*area), reader.source.count
    tally = Tally(area[2] * area[3])
    with FillWriters(reader, grid, files, transaction) as writers:
        for row, rows in _strips(grid):
            strip = _read_strip(reader, area, store, row, rows)
            for number, writer in enumerate([writers.main, *writers.draws]):
                first = 1 + number * bands
                writer.write(row, 0, _placed(strip, store, range(first, first + bands), files.nodata))
            if writers.filled is not None:
                how = strip.how
                codes = np.where(how > 0, FILLED, np.where(how < 0, LEFT, KNOWN)).astype(np.uint8)
                writers.filled.write(row, 0, codes[None])
            if writers.spread is not None:
                writers.spread.write(row, 0, _spread(fitted, strip))
            if fitted is not None:
                tally.add(strip, fitted)
            yield Progress(row + rows, grid.height, "row", "writing")
    return tally


def _read_strip(reader: GapReader, area: Window, store: ScoreStore | None, row: int, rows: int) -> Strip:
    place = (area[0] + row, area[1], rows, area[3])
    stored = reader.stored(place)
    how = store.read(HOW, row, rows) if store is not None else np.zeros(stored.shape[1:], dtype=np.float32)
    missing = np.zeros(stored.shape, dtype=bool)
    if how.any():
        missing = reader.missing(place) & (how != 0)
    return Strip(row, stored, how, missing)


def _placed(strip: Strip, store: ScoreStore | None, layers: range, nodata: float | None) -> NDArray[Any]:
    """Layers of a store in the file's type where missing, nodata where left, and what is stored elsewhere."""
    stored, missing, left = strip.stored, strip.missing, strip.how < 0
    if store is None or not missing.any():
        return stored
    values = np.stack([store.read(layer, strip.row, stored.shape[1]) for layer in layers]).astype(np.float64)
    dtype = stored.dtype
    if dtype.kind in "iu":
        info = np.iinfo(dtype)
        high = float(info.max)
        # A float that is rounded to the end of a type of 64 bits lies beyond it.
        values = np.clip(np.rint(values), float(info.min), high if int(high) <= info.max else np.nextafter(high, 0))
    placed = values.astype(dtype)
    if nodata is not None and not np.isnan(nodata):
        placed[placed == dtype.type(nodata)] = _beside(nodata, dtype)
    result: NDArray[Any] = np.where(missing & ~left, placed, stored)
    if nodata is not None:
        result[missing & left] = nodata
    return result


def _beside(nodata: float, dtype: np.dtype[Any]) -> Any:
    """The next number of a type beside nodata: an estimate must not be taken for it."""
    if dtype.kind in "iu":
        return dtype.type(int(nodata) + 1 if nodata < np.iinfo(dtype).max else int(nodata) - 1)
    # Nodata values of floats are compared with some tolerance.
    return dtype.type(nodata * (1 - 1e-5) if nodata else 1e-30)


def _spread(fitted: Fitted | None, strip: Strip) -> Pixels:
    spread = np.zeros(strip.missing.shape, dtype=np.float32)
    if fitted is not None and strip.missing.any():
        found = fitted.expected(_distance(strip.how), strip.how >= ALONE)[1]
        # Whole numbers are rounded, by up to half of one.
        rounding = 1 / 12 if strip.stored.dtype.kind in "iu" else 0.0
        spread = np.where(strip.missing, np.sqrt(found**2 + rounding), 0).astype(np.float32)
    spread[:, strip.how < 0] = np.nan
    return spread


def _distance(how: Pixels) -> Floats:
    distance: Floats = np.maximum(np.where(how >= ALONE, how - ALONE, how), 1).astype(np.float64)
    return distance


def _strips(grid: Grid) -> Iterator[tuple[int, int]]:
    rows = max(STRIP_PIXELS // grid.width, 1)
    for row in range(0, grid.height, rows):
        yield row, min(rows, grid.height - row)
