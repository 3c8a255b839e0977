"""What a training was shown, as scenes that its samples may be copies of."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ..raster.images import enlarged
from ..raster.types import Pixels
from ..training.tile_origins import TileOrigins
from ..training.tiles import RasterPart, TrainingTiles

# Values (pixels times bands) that are searched, at random from all.
SEARCHED_VALUES = 8_000_000
# Side of a scene in tiles, as far as the picture reaches: a copy may lie anywhere in it.
SCENE_TILES = 2
# Places of a scene at which a tile has to be one of training, for the scene to be.
CORNERS = (0.0, 0.5, 1.0)
STACK = 16


def training_scenes(tiles: TrainingTiles, seed: int) -> Iterator[Pixels]:
    """Stacks float32 [S, C, H, W], none smaller than a tile, of what is for training, in the files' own numbers."""
    side = tiles.tile_px
    places = [(part, number) for part, number in _places(tiles)]
    left, waiting = SEARCHED_VALUES, list[Pixels]()
    for index in np.random.default_rng(seed).permutation(len(places)):
        part, number = places[index]
        scene = _of_image(tiles, number, seed) if part is None else _of_raster(part, number, side, tiles.channels)
        if waiting and (waiting[0].shape != scene.shape or len(waiting) == STACK):
            yield np.stack(waiting)
            waiting = []
        waiting.append(scene)
        left -= scene.size
        if left <= 0:
            break
    if waiting:
        yield np.stack(waiting)


def _places(tiles: TrainingTiles) -> Iterator[tuple[RasterPart | None, int]]:
    """Images by number, and rasters by the origin of each scene."""
    if tiles.images is not None:
        yield from ((None, int(number)) for number in tiles.images.training)
    for part in tiles.rasters:
        yield from ((part, place) for place in _scene_origins(part.training, tiles.tile_px))


def _of_image(tiles: TrainingTiles, number: int, seed: int) -> Pixels:
    """A window of an image, at random where it is larger than a few scenes."""
    assert tiles.images is not None  # nosec B101
    image = enlarged(tiles.images.folder.read(number), tiles.tile_px)
    most = 2 * SCENE_TILES * tiles.tile_px
    random = np.random.default_rng([seed, number])
    row, col = (int(random.integers(max(size - most, 0) + 1)) for size in image.shape[1:])
    return image[:, row : row + most, col : col + most].astype(np.float32)


def _of_raster(part: RasterPart, place: int, tile_px: int, channels: int) -> Pixels:
    origins = part.training
    row, col = (int(at) * origins.cell_px for at in divmod(place, origins.columns))
    side = SCENE_TILES * tile_px
    if part.held is not None:
        pixels = part.held[0][:, row : row + side, col : col + side]
        if pixels.shape[1:] == (side, side):
            return pixels
        return part.held[0][:, row : row + tile_px, col : col + tile_px]
    with part.open() as source:
        height, width = (min(side, size - at) for size, at in zip(source.grid.shape, (row, col), strict=True))
        return source.read(row, col, max(height, tile_px), max(width, tile_px))[0]


def _scene_origins(origins: TileOrigins, tile_px: int) -> NDArray[np.int32]:
    """Of cells on a lattice of scenes, those all whose tiles are for training; where there is none, single tiles."""
    if not len(origins):
        return origins.cells
    step = max(1, (SCENE_TILES - 1) * tile_px // origins.cell_px)
    rows, cols = np.divmod(origins.cells, origins.columns)
    on_lattice = (rows % step == rows[0] % step) & (cols % step == cols[0] % step)
    known = np.zeros((int(rows.max()) + 1 + step, origins.columns + step), dtype=bool)
    known[rows, cols] = True
    inside = np.ones(len(rows), dtype=bool)
    for down in CORNERS:
        for right in CORNERS:
            inside &= known[rows + int(down * step), cols + int(right * step)]
    chosen: NDArray[np.int32] = origins.cells[on_lattice & inside]
    return chosen if len(chosen) else origins.cells[on_lattice]
