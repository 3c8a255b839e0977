"""Opening what a training job names: rasters and folders become one source of tiles."""

import os
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

import numpy as np

from ...card import BandScaling
from ...errors import InputError
from ...events import Event, Note, Progress
from ...jobs import TrainModel
from ...jobs.texts import whole_numbers
from ..raster.images import ImageFolder, open_folder
from ..raster.random import hash_order
from ..raster.scaling import image_scaling, measure_scaling
from ..raster.source import RasterSource
from .tile_origins import Cells, Split, blocks_of, cell_px_for, count_cells, split_by_area
from .tiles import HELD_BYTES, Held, ImagePart, RasterPart, TrainingTiles

# The scaling is measured on so many rasters, spread over all.
SCALING_RASTERS = 64
STRIP_PIXELS = 1 << 22
# Images whose sizes are looked at before the training; each is a file to open.
LOOKED_AT = 64
IMAGE_BANDS = {1: ("grey",), 3: ("red", "green", "blue")}

Opener = Callable[[], RasterSource]


@dataclass(frozen=True)
class _Read:
    """What one pass over a raster leaves."""

    open: Opener
    cells: Cells
    held: Held | None
    transform: tuple[float, ...]
    crs: str | None


def open_training_tiles(job: TrainModel) -> Generator[Event, None, TrainingTiles]:
    """The tiles of a job whose preset is filled in; yields notes and progress while the rasters are read once.

    Raises InputError where the inputs do not go together or have no room for a tile.
    """
    assert job.tile_px is not None  # nosec B101
    bands = whole_numbers("BANDS", job.bands) or None
    folder = open_folder(job.folder, job.max_images) if job.folder else None
    images = folder if folder is not None and len(folder) else None
    if images is not None and bands:
        raise InputError("BANDS chooses bands of rasters, but images (png, jpg, idx) are read whole. Leave it empty.")
    paths = [*job.input, *(folder.rasters if folder is not None else ())]
    openers = [partial(RasterSource, path, bands=bands, override=job.override(path)) for path in paths]
    scalings = _scalings(openers, images, job.seed)
    read = yield from _read_rasters(openers, len(job.input), len(scalings), job.tile_px)
    split = split_by_area([raster.cells for raster in read], job.tile_px, job.validation_share, job.seed)
    image_part = _split_images(images, job.validation_share, job.seed) if images is not None else None
    if not image_part and not split.has_training:
        raise InputError(
            f"No tile of {job.tile_px} px with valid pixels fits into the rasters. Choose a smaller TILE_PX or larger "
            "rasters."
        )
    rasters = [
        RasterPart(raster.open, split.training[i], split.validation[i], raster.held) for i, raster in enumerate(read)
    ]
    placed = next((raster for raster in read if raster.crs), read[0] if read else None)
    tiles = TrainingTiles(
        rasters,
        image_part,
        scalings,
        job.tile_px,
        job.seed,
        augment=job.augment or ("none" if images is not None and images.digits is not None else "dihedral"),
        transform=placed.transform if placed else None,
        crs=placed.crs if placed else None,
        shape=(placed.cells.height, placed.cells.width) if placed else None,
    )
    yield from _notes(job, split, tiles)
    small = _smaller_image(images, job.tile_px) if images is not None else None
    if small is not None:
        yield Note(f"Images smaller than a tile of {job.tile_px} px are enlarged, such as {small}.", "warning")
    return tiles


def _scalings(openers: Sequence[Opener], images: ImageFolder | None, seed: int) -> tuple[BandScaling, ...]:
    """Rasters say how numbers are scaled; images alone are 0..255."""
    if not openers:
        assert images is not None  # nosec B101
        return image_scaling(IMAGE_BANDS[images.channels])
    with ExitStack() as stack:
        step = -(-len(openers) // SCALING_RASTERS)
        scalings = measure_scaling([stack.enter_context(opener()) for opener in openers[::step]], seed)
    if images is not None and images.channels != len(scalings):
        raise InputError(
            f"The images have {images.channels} bands and the rasters {len(scalings)}. Train on one kind, or choose "
            "the bands of the rasters with BANDS."
        )
    return scalings


def _read_rasters(
    openers: Sequence[Opener], named: int, bands: int, tile_px: int
) -> Generator[Event, None, list[_Read]]:
    """One pass over each raster that has room for a tile; the first `named` ones are the job's INPUT."""
    read: list[_Read] = []
    small = []
    room = HELD_BYTES
    for index, opener in enumerate(openers):
        with opener() as source:
            if source.count != bands:
                raise InputError(f"{source.path} has {source.count} bands, others {bands}. Choose them with BANDS.")
            if min(source.grid.shape) < tile_px:
                small.append(source.path)
                continue
            for note in source.notes:
                yield Note(note, "warning")
            # Files of a folder without CRS are pictures of their own; named rasters may be dates of one place.
            place = f"file {index}" if source.grid.crs is None and index >= named else ""
            raster = yield from _read_once(opener, source, tile_px, (index, len(openers)), place, room)
        read.append(raster)
        room -= sum(array.nbytes for array in raster.held or ())
    if small:
        yield Note(f"Rasters smaller than a tile of {tile_px} px are left out: {', '.join(small[:9])}.", "warning")
    return read


def _read_once(
    opener: Opener, source: RasterSource, tile_px: int, turn: tuple[int, int], place: str, room: int
) -> Generator[Event, None, _Read]:
    """Read a raster in strips and hold it where it fits into `room` bytes; `turn`: its number, and of how many."""
    grid = source.grid
    height, width = grid.shape
    cell_px = cell_px_for(height * width, turn[1])
    held: Held | None = None
    if height * width * (4 * source.count + 1) <= room:
        held = np.empty((source.count, height, width), np.float32), np.empty((height, width), bool)
    # Strips of whole cells and about whole blocks of the file, each read once.
    step = cell_px * max(1, STRIP_PIXELS // (width * cell_px))
    counts = []
    for row in range(0, height, step):
        rows = min(step, height - row)
        pixels, valid = source.read(row, 0, rows, width)
        counts.append(count_cells(valid, cell_px))
        if held:
            held[0][:, row : row + rows], held[1][row : row + rows] = pixels, valid
        yield Progress(turn[0] + (row + rows) / height, turn[1], "raster", "reading")
    origin = (0, 0) if place else grid.lattice_origin()
    cells = np.concatenate(counts)
    blocks = [
        blocks_of(side, cell_px, start, tile_px) * (not place) for side, start in zip(cells.shape, origin, strict=True)
    ]
    lattice = place or f"{grid.crs.to_wkt() if grid.crs else ''} {grid.pixel_size[0]:.6g} {grid.pixel_size[1]:.6g}"
    crs = grid.crs.to_wkt() if grid.crs else None
    transform = tuple(float(value) for value in tuple(grid.transform)[:6])
    return _Read(opener, Cells(cell_px, height, width, cells, lattice, blocks[0], blocks[1]), held, transform, crs)


def _split_images(images: ImageFolder, share: float, seed: int) -> ImagePart:
    """The images for validation by a hash of their numbers; one at least where a share is asked for and two exist."""
    count = len(images)
    kept = min(max(1, round(share * count)), count - 1) if share > 0 else 0
    order = np.array(sorted(range(count), key=lambda index: hash_order(seed, index)), dtype=np.int64)
    return ImagePart(images, training=np.sort(order[kept:]), validation=np.sort(order[:kept]))


def _smaller_image(images: ImageFolder, tile_px: int) -> str | None:
    """One of the first images that is smaller than a tile, with its size."""
    for index in range(min(len(images), LOOKED_AT)):
        height, width = images.shape(index)
        if min(height, width) < tile_px:
            return f"{os.path.basename(images.name(index))} of {width} x {height} px"
    return None


def _notes(job: TrainModel, split: Split, tiles: TrainingTiles) -> Generator[Event, None, None]:
    if tiles.rasters and split.least_valid < 1:
        yield Note(
            f"No tile of {job.tile_px} px is wholly valid; tiles that are valid by half are used, and their invalid "
            "pixels left out of the loss.",
            "warning",
        )
    if job.validation_share > 0 and not tiles.has_validation:
        yield Note("The inputs are too small to keep a part for validation; there is no validation loss.", "warning")
