"""Sets of tiles to compare: cut side by side from rasters and images, so that no two of them share a pixel."""

from collections import defaultdict
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.random import Generator as Random
from numpy.typing import NDArray

from ...errors import InputError
from ...events import Event, Progress
from ..progress import with_progress
from ..raster.findings.nothing_valid import why_nothing_valid
from ..raster.imagery import Imagery, Piece
from ..raster.types import Pixels, Window

Group = tuple[str, int, int]

# Below so many groups the tiles of one image or place are taken as independent all the same.
FEW_GROUPS = 10
# A piece is opened once for each so many tiles and bytes that are read.
ROUND, ROUND_BYTES = 256, 16 << 20


@dataclass(frozen=True)
class TileSet:
    """Tiles in random order: pixels float32 [N, C, t, t] in the files' own numbers.

    groups: int64 [N]; tiles of one image, or of one place at several dates, are alike and share a number.
    """

    pixels: Pixels
    groups: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.pixels)

    def halves(self, random: Random) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Indices of two sets of about half the tiles each, in random order, with no group in both."""
        groups, members = np.unique(self.groups, return_inverse=True)
        if len(groups) < FEW_GROUPS:
            groups, members = np.arange(len(self)), np.arange(len(self))
        places = random.permutation(len(groups))[members]
        order = np.argsort(places, kind="stable")
        # The first half ends where a group does.
        middle = places[order[len(order) // 2]]
        cut = int(np.searchsorted(places[order], middle))
        return random.permutation(order[:cut]), random.permutation(order[cut:])


def read_tiles(imagery: Imagery, tile_px: int, count: int, seed: int) -> Generator[Event, None, TileSet]:
    """Up to `count` wholly valid tiles, at random from all there are; every piece gives about as many as its area.

    Yields progress. Raises InputError where there is no such tile, or bands differ.
    """
    random = np.random.default_rng(seed)
    places = _places(imagery.pieces, tile_px)
    order = random.permutation(len(places))
    most, text = min(count, len(order)), f"reading {imagery.label}"
    yield Progress(0, most, "tile", text)
    reading = _read(imagery, places, order, tile_px, count)
    tiles = yield from with_progress(reading, lambda done: Progress(min(done, count), most, "tile", text))
    if not tiles:
        raise InputError(
            f"{imagery.label} holds no tile of {tile_px} px whose pixels are all valid"
            f"{_cause(imagery.pieces)}. Choose a smaller TILE_PX or other imagery."
        )
    numbered = [number for number in order if number in tiles][:count]
    numbers: dict[Group, int] = defaultdict(lambda: len(numbers))
    groups = [numbers[_group(imagery.pieces, places[number], tile_px)] for number in numbered]
    return TileSet(np.stack([tiles[number] for number in numbered]), np.array(groups, dtype=np.int64))


def _cause(pieces: Sequence[Piece]) -> str:
    """What hides all pixels of the first raster, as the end of a sentence; "" where some are valid."""
    opener = next((piece.source for piece in pieces if piece.source is not None), None)
    if opener is None:
        return ""
    with opener() as source:
        why = why_nothing_valid(source)
    return f": {why}" if why else ""


def _places(pieces: Sequence[Piece], tile_px: int) -> list[tuple[int, int, int]]:
    """Piece, row and column of every tile of a lattice without gaps that starts at each piece's first pixel."""
    return [
        (number, row, col)
        for number, piece in enumerate(pieces)
        for row in range(0, piece.shape[0] - tile_px + 1, tile_px)
        for col in range(0, piece.shape[1] - tile_px + 1, tile_px)
    ]


def _read(
    imagery: Imagery, places: Sequence[tuple[int, int, int]], order: NDArray[np.intp], tile_px: int, count: int
) -> Generator[int, None, dict[int, Pixels]]:
    """Wholly valid tiles by number, `count` or more where there are so many; yields how many after each piece."""
    tiles: dict[int, Pixels] = {}
    at_once = max(1, min(ROUND, ROUND_BYTES // (4 * max(1, len(imagery.bands)) * tile_px**2)))
    for first in range(0, len(order), at_once):
        # Sorted, so that every piece is opened once.
        for piece, members in groupby(sorted(order[first : first + at_once]), key=lambda number: places[number][0]):
            numbers = list(members)
            windows: list[Window] = [(*places[number][1:], tile_px, tile_px) for number in numbers]
            for number, (pixels, valid) in zip(numbers, imagery.pieces[piece].read(windows), strict=True):
                if valid.all():
                    tiles[number] = pixels
                bands = len(imagery.bands) or len(next(iter(tiles.values()), pixels))
                if len(pixels) != bands:
                    raise InputError(
                        f"{imagery.label}: {imagery.pieces[piece].name} has {len(pixels)} bands and "
                        f"{imagery.pieces[0].name} {bands}. Choose imagery of one kind, or the bands with BANDS."
                    )
            yield len(tiles)
        if len(tiles) >= count:
            break
    return tiles


def _group(pieces: Sequence[Piece], place: tuple[int, int, int], tile_px: int) -> Group:
    number, row, col = place
    piece = pieces[number]
    if not piece.place:
        return f"piece {number}", 0, 0
    return piece.place, (piece.origin[0] + row) // tile_px, (piece.origin[1] + col) // tile_px
