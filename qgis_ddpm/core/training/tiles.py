"""Training tiles: cut at random from rasters and images, each a pure function of the seed and its number.

So nothing of the data's state has to be kept: batches of any size, micro-batches and a resumed run see the same tiles.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...card import BandScaling, ConditionCard
from ..conditions.opening import ConditionPart
from ..conditions.planes import planes_of, planes_of_label
from ..raster.images import ImageFolder, enlarged
from ..raster.lattice import dihedral
from ..raster.random import tile_random
from ..raster.scaling import normalized
from ..raster.source import RasterSource
from ..raster.types import Pixels
from .tile_origins import TileOrigins

Held = tuple[Pixels, NDArray[np.bool_]]

# Pixels kept in memory, as float32; what is beyond is read from its file for each tile.
HELD_BYTES = 256 << 20
OPEN_FILES = 32
# Tiles for validation are numbered from here, so that none of them draws what a training tile draws.
VALIDATION_START = 1 << 62
# What augmentations do, and how many bands a sentence names.
TURNED = {
    "none": "never flipped or turned",
    "flips": "flipped at random",
    "dihedral": "flipped and turned by right angles at random",
}
NAMED_BANDS = 4


class Tiles(NamedTuple):
    """Scaled tiles float32 [n, C, t, t] about in [-1, 1], and where they are valid, bool [n, 1, t, t]; None = all.

    condition: planes float32 [n, P, t, t] of what the network is told of them; None where it is told nothing.
    """

    pixels: Pixels
    valid: NDArray[np.bool_] | None
    condition: Pixels | None = None


class Cut(NamedTuple):
    """One tile as it is in its file: pixels [C, t, t], valid [t, t] or None = all, and planes of its condition."""

    pixels: Pixels
    valid: NDArray[np.bool_] | None
    condition: Pixels | None = None


@dataclass
class RasterPart:
    """A raster with the origins of its tiles; its pixels and mask where they are small enough to be held."""

    open: Callable[[], RasterSource]
    training: TileOrigins
    validation: TileOrigins
    held: Held | None = None
    condition: ConditionPart = field(default_factory=ConditionPart)


@dataclass
class ImagePart:
    """The images of a folder, with the numbers of those for training and for validation; labels: of each image."""

    folder: ImageFolder
    training: NDArray[np.int64]
    validation: NDArray[np.int64]
    labels: Sequence[int] | None = None


@dataclass
class TrainingTiles:
    """Random tiles of rasters and images; every origin, and every image, is as likely as any other of its side.

    split_seed: of the split, and of the tiles for validation.
    """

    rasters: Sequence[RasterPart]
    images: ImagePart | None
    scalings: tuple[BandScaling, ...]
    tile_px: int
    seed: int
    augment: str
    transform: tuple[float, ...] | None = None
    crs: str | None = None
    shape: tuple[int, int] | None = None
    split_seed: int = 0
    condition: ConditionCard | None = None
    _open: "OrderedDict[int, RasterSource]" = field(default_factory=OrderedDict)
    _images: dict[int, NDArray[np.uint8]] = field(default_factory=dict)
    _images_bytes: int = 0

    def __post_init__(self) -> None:
        sides = []
        for side in ("training", "validation"):
            counts = [len(getattr(part, side)) for part in self.rasters]
            counts.append(len(getattr(self.images, side)) if self.images else 0)
            sides.append(np.cumsum(counts))
        self._training_ends, self._validation_ends = sides

    @property
    def treatment(self) -> str:
        """What is done to the tiles before the network sees them, and what they are cut from."""
        bands = [f"{band.name} {band.low:g} to {band.high:g}" for band in self.scalings[:NAMED_BANDS]]
        more = f" and so on for {len(self.scalings)} bands" if len(self.scalings) > NAMED_BANDS else ""
        sources = []
        if rasters := [part for part in self.rasters if len(part.training)]:
            sources.append(f"{len(rasters):,} raster{'s' * (len(rasters) > 1)}")
        if self.images is not None:
            training, kept = len(self.images.training), len(self.images.validation)
            sources.append(f"{training:,} image{'s' * (training > 1)} ({kept:,} more are kept for validation)")
        return (
            f"What the network sees: tiles of {self.tile_px} px cut at random from {' and '.join(sources)}, "
            f"{TURNED[self.augment]}; {', '.join(bands)}{more} become -1 to 1."
        )

    @property
    def channels(self) -> int:
        """Bands of a tile."""
        return len(self.scalings)

    @property
    def has_validation(self) -> bool:
        """Whether anything is kept for validation."""
        return bool(self._validation_ends[-1])

    @property
    def held_bytes(self) -> int:
        """Memory that pixels of rasters take."""
        return sum(
            each.nbytes for part in self.rasters for held in (part.held, part.condition.held) for each in held or ()
        )

    def batch(self, first: int, count: int) -> Tiles:
        """Training tiles number `first` to `first + count - 1`, augmented."""
        return self._stack([self._tile(first + i, self._training_ends, "training") for i in range(count)])

    def validation_batch(self, first: int, count: int) -> Tiles:
        """Validation tiles from number `first` on, as they are in their files."""
        first += VALIDATION_START
        return self._stack([self._tile(first + i, self._validation_ends, "validation") for i in range(count)])

    def close(self) -> None:
        """Close all files."""
        while self._open:
            self._open.popitem()[1].close()

    def _tile(self, number: int, ends: NDArray[np.int64], side: str) -> Cut:
        generator = tile_random(self.seed if side == "training" else self.split_seed, number, draw=0)
        choice = int(generator.integers(ends[-1]))
        part = int(np.searchsorted(ends, choice, side="right"))
        choice -= int(ends[part - 1]) if part else 0
        corner = generator.random(2)
        symmetry = int(generator.integers(8))
        if part < len(self.rasters):
            tile = self._of_raster(part, getattr(self.rasters[part], side), choice, corner)
        else:
            tile = self._of_image(int(getattr(self.images, side)[choice]), corner)
        if side == "validation":
            return tile
        told = tile.condition
        if told is not None and self.condition is not None and generator.random() < self.condition.dropout:
            told = np.zeros_like(told)
        valid, told = (None if each is None else dihedral(each, self.augment, symmetry) for each in (tile.valid, told))
        return Cut(dihedral(tile.pixels, self.augment, symmetry), valid, told)

    def _of_raster(self, index: int, origins: TileOrigins, choice: int, corner: NDArray[np.float64]) -> Cut:
        cell = divmod(int(origins.cells[choice]), origins.columns)
        row, col = (int((at + shift) * origins.cell_px) for at, shift in zip(cell, corner, strict=True))
        part, planes = self.rasters[index], None
        pixels, valid = self._window(index, part, row, col)
        if self.condition is not None:
            told = part.condition
            if told.open is not None:
                planes = planes_of(self.condition, *self._window(~index, told, row, col))
            else:
                planes = planes_of_label(self.condition, told.label, self.tile_px)
        return Cut(pixels, None if valid.all() else valid, planes)

    def _window(self, key: int, part: RasterPart | ConditionPart, row: int, col: int) -> Held:
        t = self.tile_px
        if part.held is not None:
            return part.held[0][:, row : row + t, col : col + t], part.held[1][row : row + t, col : col + t]
        return self._source(key, part.open).read(row, col, t, t)

    def _of_image(self, index: int, corner: NDArray[np.float64]) -> Cut:
        assert self.images is not None  # nosec B101
        image = self._images.get(index)
        if image is None:
            image = enlarged(self.images.folder.read(index), self.tile_px)
            if self._images_bytes + image.nbytes <= HELD_BYTES:
                self._images[index] = image
                self._images_bytes += image.nbytes
        t = self.tile_px
        row, col = (int(shift * (side - t + 1)) for shift, side in zip(corner, image.shape[1:], strict=True))
        labels, planes = self.images.labels, None
        if self.condition is not None and labels is not None:
            planes = planes_of_label(self.condition, labels[index], t)
        return Cut(image[:, row : row + t, col : col + t].astype(np.float32), None, planes)

    def _source(self, key: int, opener: Callable[[], RasterSource] | None) -> RasterSource:
        """The open file of a raster by its number, or by its complement that of its condition."""
        assert opener is not None  # nosec B101
        source = self._open.pop(key, None) or opener()
        self._open[key] = source
        if len(self._open) > OPEN_FILES:
            self._open.popitem(last=False)[1].close()
        return source

    def _stack(self, tiles: Sequence[Cut]) -> Tiles:
        pixels = np.stack([tile.pixels for tile in tiles])
        planes = [tile.condition for tile in tiles if tile.condition is not None]
        condition = np.stack(planes) if planes else None
        if all(tile.valid is None for tile in tiles):
            return Tiles(normalized(pixels, None, self.scalings), None, condition)
        shape = (self.tile_px, self.tile_px)
        valid = np.stack([np.ones(shape, bool) if tile.valid is None else tile.valid for tile in tiles])[:, None]
        return Tiles(normalized(pixels, valid, self.scalings), valid, condition)
