"""Rasters and images that a job names together, as pieces of one kind, read by window."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from .findings.band_names import Names, differing, listed, match_names
from .grid import Grid
from .images import ImageFolder, open_folder, trained_on
from .source import RasterSource
from .types import Pixels, Valid, Window

Opener = Callable[[], RasterSource]


@dataclass(frozen=True)
class Piece:
    """One raster or image.

    name: of the file. place: names the lattice that it lies on, where others may show the same place; "" for one that
    stands alone.
    """

    source: Opener | None
    images: ImageFolder | None
    index: int
    name: str
    shape: tuple[int, int]
    origin: tuple[int, int]
    place: str

    def read(self, windows: Sequence[Window]) -> list[tuple[Pixels, Valid]]:
        """Pixels float32 [C, h, w] and where they are valid, of windows (row, col, height, width) inside the piece."""
        if self.source is not None:
            with self.source() as source:
                return [source.read(*window) for window in windows]
        assert self.images is not None  # nosec B101
        image = self.images.read(self.index)
        return [
            (image[:, row : row + height, col : col + width].astype(np.float32), np.ones((height, width), dtype=bool))
            for row, col, height, width in windows
        ]


@dataclass(frozen=True)
class Imagery:
    """What some parameters of a job name; `label` is what they are called.

    pieces: in the order of their names. bands: names of the bands of the first piece.
    """

    label: str
    pieces: tuple[Piece, ...]
    bands: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def smallest_side(self) -> int:
        """The shortest side of all pieces, in px."""
        return min(min(piece.shape) for piece in self.pieces)

    @property
    def largest_tile(self) -> int:
        """The side of the largest square that fits into a piece, in px."""
        return max(min(piece.shape) for piece in self.pieces)


def open_imagery(
    label: str,
    rasters: Sequence[str],
    folder: str | None,
    bands: Sequence[int] | None,
    override: Callable[[str], dict[str, Any]],
    max_images: int | None = None,
    seed: int = 0,
) -> Imagery:
    """Look at every raster, and at every image of a folder; `bands` are those of rasters.

    max_images: those of the folder that a training with so many and this seed takes; None = all.

    Raises InputError where a file is no raster or image, or the folder holds none.
    """
    images = open_folder(folder) if folder else None
    if images is not None and max_images:
        images = trained_on(images, max_images, seed)
    paths = [*rasters, *(images.rasters if images is not None else ())]
    pieces, notes = [], []
    names: tuple[str, ...] = ()
    for piece, source in open_rasters(raster_openers(paths, bands, override), len(rasters)):
        names = names or source.band_names
        if piece.place:
            notes += source.notes
        pieces.append(piece)
    if images is not None:
        for index in range(len(images)):
            pieces.append(Piece(None, images, index, images.name(index), images.shape(index), (0, 0), ""))
        names = names or (images.band_names if len(images) else ())
    return Imagery(label, tuple(pieces), names, tuple(notes))


def raster_openers(
    paths: Sequence[str], bands: Sequence[int] | None, override: Callable[[str], dict[str, Any]]
) -> list[Opener]:
    """What opens each raster, with its CRS and nodata as `override` says; bands: their numbers, None = all.

    A palette is read as its colours. Where no bands are asked for, those of the first raster are found in the others by
    their names. Raises InputError where the first cannot be read.
    """
    openers: list[Opener] = [
        partial(RasterSource, path, bands=bands, override=override(path), palette="colours") for path in paths
    ]
    if bands or len(paths) < 2:
        return openers
    with openers[0]() as first:
        names = first.descriptions
    return [openers[0], *(partial(_open_like, opener, names, paths[0]) for opener in openers[1:])]


def open_rasters(openers: Sequence[Opener], named: int) -> Iterator[tuple[Piece, RasterSource]]:
    """Each raster as a piece, open until the next is; the first `named` are the job's, the others those of a folder."""
    for number, opener in enumerate(openers):
        with opener() as source:
            grid = source.grid
            # Files of a folder without CRS are pictures of their own; named rasters may be dates of one place.
            alone = grid.crs is None and number >= named
            origin, place = ((0, 0), "") if alone else (grid.lattice_origin(), _lattice(grid))
            yield Piece(opener, None, number, source.path, grid.shape, origin, place), source


def _open_like(opener: Opener, names: Names, first: str) -> RasterSource:
    """A raster with its bands in the order of the first one's, where both are named."""
    source = opener()
    match = match_names(names, source.descriptions)
    if match is None:
        others = differing(names, source.descriptions)
        if others and len(names) == source.count:
            source.notes.append(
                f"Bands of {source.path} have other names than those of {first} in the same place ({listed(others)}); "
                "they are taken in their order. Choose them with BANDS."
            )
    elif len(match.second) == len(names) and match.second != tuple(range(source.count)):
        source.take_bands(match.second)
        source.notes.append(f"The bands of {source.path} are matched to those of {first} by their names.")
    return source


def _lattice(grid: Grid) -> str:
    return f"{grid.crs.to_wkt() if grid.crs else ''} {grid.pixel_size[0]:.6g} {grid.pixel_size[1]:.6g}"
