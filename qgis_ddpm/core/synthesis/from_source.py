"""New ground from SOURCE, drawn and written; and what of it is copied in one piece."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ...events import Event, Note, Progress
from ..exemplar.bank import Bank
from ..exemplar.draw import DrawnStrip, Exemplar, describe_bank, described_comparisons, draw
from ..exemplar.pieces import Copy, largest_piece
from ..exemplar.tiles import TileGroup
from ..progress import TimeLeft
from ..raster.types import Counts, Window
from .output import SampleOutput

# Rows that are written at once.
WRITTEN_ROWS = 64


@dataclass
class Copied:
    """The largest piece so far, in pixels of the result."""

    mosaic_width: int
    piece: Copy | None = None
    _above: Counts | None = field(default=None, repr=False)

    @property
    def side(self) -> int:
        """The longer side of the largest piece."""
        return self.piece.side if self.piece is not None else 0

    def add(self, row: int, col: int, places: Counts) -> None:
        """Look at places that begin at (row, col) of the result."""
        found = largest_piece(places, self.mosaic_width)
        if self.piece is None or found.side > self.piece.side:
            self.piece = found.moved(row, col)

    def add_strip(self, row: int, places: Counts, kept: int) -> None:
        """Look at the next rows of an area, with so many of the rows above them."""
        above = places[:0] if self._above is None else self._above
        joined = np.concatenate([above, places])
        self.add(row - len(above), 0, joined)
        self._above = joined[-kept:]


class SourceDrawing:
    """Draws areas or tiles from a bank into an output; `copied` tells of the pieces afterwards."""

    def __init__(self, bank: Bank, seed: int, copy_limit: int, dtype: str, comparisons: int) -> None:
        self._bank, self._seed, self._limit, self._dtype = bank, seed, copy_limit, dtype
        self._described = described_comparisons(bank)
        self._total, self._done = self._described + comparisons, 0
        self._left = TimeLeft()
        self.copied = Copied(bank.pixels.shape[2])

    def area(self, area: Window, output: SampleOutput) -> Iterator[Event]:
        """Draw and write one seamless area (row, col, height, width) from the CRS origin."""
        exemplar = yield from self._describe()
        kept = 2 * max(self._limit, 64)
        for done in draw(exemplar, area, self._seed, 0, self._limit):
            if isinstance(done, DrawnStrip):
                row = done.row - area[0]
                self.copied.add_strip(row, done.places, kept)
                for first in range(0, len(done.places), WRITTEN_ROWS):
                    output.write(row + first, 0, self._pixels(done.places[first : first + WRITTEN_ROWS]))
            else:
                yield self._progress(done)

    def tiles(self, groups: tuple[TileGroup, ...], output: SampleOutput, columns: int) -> Iterator[Event]:
        """Draw and write tiles of a mosaic with so many in a row."""
        exemplar = yield from self._describe()
        for group in groups:
            strips: list[Counts] = []
            for done in draw(exemplar, group.area, self._seed, group.number, self._limit):
                if isinstance(done, DrawnStrip):
                    strips.append(done.places)
                else:
                    yield self._progress(done)
            places = np.concatenate(strips)
            for index in range(group.count):
                (row, col), side, number = group.corner(index), group.tile_px, group.first + index
                tile = places[row : row + side, col : col + side]
                self.copied.add(number // columns * side, number % columns * side, tile)
                output.write_tile(number, self._pixels(tile))

    def told(self, names: tuple[str, ...]) -> tuple[Note, str]:
        """The largest piece and its twin, as a note and as a tag."""
        piece = self.copied.piece
        assert piece is not None  # nosec B101
        number, row, col = self._bank.origin(piece.place)
        text = (
            f"{piece.width} x {piece.height} px around row {piece.at[0]}, column {piece.at[1]}, as around row {row}, "
            f"column {col} of {names[number]}"
        )
        beyond = 0 < self._limit < piece.side
        note = f"The largest piece that was taken whole has {text}."
        if beyond:
            note += (
                f" That is more than COPY_LIMIT {self._limit} allows; a smaller COPY_LIMIT or more imagery avoids it."
            )
        return Note(note, "warning" if beyond else "info"), text

    def _describe(self) -> Generator[Event, None, Exemplar]:
        yield Progress(0, 100, "percent", "looking at SOURCE")
        known = []
        for descriptors in describe_bank(self._bank, self._seed):
            known.append(descriptors)
            yield Progress(0, 100, "percent", "looking at SOURCE")
        yield self._progress(self._described)
        return Exemplar(self._bank, known)

    def _progress(self, made: int) -> Progress:
        self._done = min(self._done + made, self._total)
        share = self._done / self._total
        return Progress(int(100 * share), 100, "percent", "drawing", self._left.after(self._done, self._total))

    def _pixels(self, places: Counts) -> NDArray[np.generic]:
        return self._bank.take(places).astype(self._dtype)
