"""Opening what a training job names: rasters and folders become one source of tiles."""

import os
from collections.abc import Generator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

import numpy as np

from ...card import BandScaling
from ...errors import InputError
from ...events import Event, Note, Progress
from ...jobs import TrainModel
from ...jobs.texts import whole_numbers
from ...mask_values import MaskValues, mask_values
from ..gdal.fills import fill_notes, watching
from ..raster.grid import Grid
from ..raster.imagery import Opener, Piece, open_rasters, raster_openers
from ..raster.images import ImageFolder, open_folder
from ..raster.random import hash_order
from ..raster.scaling import image_scaling, measure_scaling
from ..raster.source import RasterSource
from .tile_origins import Cells, TileSplit, blocks_of, cell_px_for, count_cells, split_by_area
from .tiles import HELD_BYTES, Held, ImagePart, RasterPart, TrainingTiles

# The scaling is measured on so many rasters, spread over all.
SCALING_RASTERS = 64
STRIP_PIXELS = 1 << 22
# Images whose sizes are looked at before the training; each is a file to open.
LOOKED_AT = 64


@dataclass(frozen=True)
class _Read:
    """What one pass over a raster leaves."""

    open: Opener
    cells: Cells
    held: Held | None
    grid: Grid


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
    openers = raster_openers(paths, bands, job.override)
    hidden = mask_values("MASK_VALUES", job.mask_values)
    for number, mask in enumerate(job.masks):
        openers[number] = partial(_masked, openers[number], mask, hidden)
    scalings, fills = _scalings(openers, paths, images, job.seed)
    yield from (Note(text, "warning") for text in fills)
    read = yield from _read_rasters(openers, len(job.input), len(scalings), job.tile_px)
    split = split_by_area([raster.cells for raster in read], job.tile_px, job.validation_share, job.seed)
    image_part = _split_images(images, job.validation_share, job.seed) if images is not None else None
    if not image_part and not split.has_training:
        raise InputError(
            f"No tile of {job.tile_px} px with valid pixels fits into the rasters. Choose a smaller TILE_PX or larger "
            "rasters."
        )
    parts = zip(read, split.training, split.validation, strict=True)
    placed = next((raster.grid for raster in read if raster.grid.crs), read[0].grid if read else None)
    tiles = TrainingTiles(
        [RasterPart(raster.open, training, validation, raster.held) for raster, training, validation in parts],
        image_part,
        scalings,
        job.tile_px,
        job.seed,
        augment=job.augment or ("none" if images is not None and images.digits is not None else "dihedral"),
        transform=tuple(float(value) for value in tuple(placed.transform)[:6]) if placed else None,
        crs=placed.crs.to_wkt() if placed and placed.crs else None,
        shape=placed.shape if placed else None,
    )
    yield from _notes(job, split, tiles)
    small = _smaller_image(images, job.tile_px) if images is not None else None
    if small is not None:
        yield Note(f"Images smaller than a tile of {job.tile_px} px are enlarged, such as {small}.", "warning")
    return tiles


def _masked(opener: Opener, mask: str, values: MaskValues) -> RasterSource:
    """A raster without what a mask raster hides."""
    with ExitStack() as stack:
        source = stack.enter_context(opener())
        source.hide_by(mask, values)
        stack.pop_all()
    return source


def _scalings(
    openers: Sequence[Opener], paths: Sequence[str], images: ImageFolder | None, seed: int
) -> tuple[tuple[BandScaling, ...], list[str]]:
    """Rasters say how numbers are scaled, and warn of fills in the sample for that; images alone are 0..255."""
    if not openers:
        assert images is not None  # nosec B101
        return image_scaling(images.band_names), []
    with ExitStack() as stack:
        step = -(-len(openers) // SCALING_RASTERS)
        sources = [stack.enter_context(opener()) for opener in openers[::step]]
        with watching(sources) as watches:
            scalings = measure_scaling(sources, seed)
        fills = fill_notes(watches, [source.path for source in sources])
    if images is not None and images.channels != len(scalings):
        others = f" and {len(paths) - 1} rasters more have" if len(paths) > 1 else " has"
        raise InputError(
            f"{paths[0]}{others} {len(scalings)} band{'s' * (len(scalings) > 1)}, but {images.name(0)} and "
            f"{len(images) - 1} images more have {images.channels}. Take away those that differ, or make them alike."
        )
    return scalings, fills


def _read_rasters(
    openers: Sequence[Opener], named: int, bands: int, tile_px: int
) -> Generator[Event, None, list[_Read]]:
    """One pass over each raster that has room for a tile; the first `named` ones are the job's INPUT."""
    read: list[_Read] = []
    small = []
    room = HELD_BYTES
    for piece, source in open_rasters(openers, named):
        if source.count != bands:
            raise InputError(f"{source.path} has {source.count} bands, others {bands}. Choose them with BANDS.")
        if min(piece.shape) < tile_px:
            small.append(source.path)
            continue
        for note in source.notes:
            yield Note(note, "warning")
        raster = yield from _read_once(piece, source, tile_px, len(openers), room)
        read.append(raster)
        room -= sum(array.nbytes for array in raster.held or ())
    if small:
        yield Note(f"Rasters smaller than a tile of {tile_px} px are left out: {', '.join(small[:9])}.", "warning")
    return read


def _read_once(
    piece: Piece, source: RasterSource, tile_px: int, rasters: int, room: int
) -> Generator[Event, None, _Read]:
    """Read one of so many rasters in strips, and hold it where it fits into `room` bytes."""
    height, width = piece.shape
    cell_px = cell_px_for(height * width, rasters)
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
        yield Progress(piece.index + (row + rows) / height, rasters, "raster", "reading")
    cells = np.concatenate(counts)
    # A picture that stands alone is one block.
    blocks = [
        blocks_of(side, cell_px, start, tile_px) * bool(piece.place)
        for side, start in zip(cells.shape, piece.origin, strict=True)
    ]
    lattice = piece.place or f"file {piece.index}"
    assert piece.source is not None  # nosec B101
    return _Read(piece.source, Cells(cell_px, height, width, cells, lattice, *blocks), held, source.grid)


def _split_images(images: ImageFolder, share: float, seed: int) -> ImagePart:
    """The images for validation by a hash of their numbers; one at least where a share is asked for and two exist."""
    count = len(images)
    validation = min(max(1, round(share * count)), count - 1) if share > 0 else 0
    order = np.array(sorted(range(count), key=lambda index: hash_order(seed, index)), dtype=np.int64)
    return ImagePart(images, training=np.sort(order[validation:]), validation=np.sort(order[:validation]))


def _smaller_image(images: ImageFolder, tile_px: int) -> str | None:
    """One of the first images that is smaller than a tile, with its size."""
    for index in range(min(len(images), LOOKED_AT)):
        height, width = images.shape(index)
        if min(height, width) < tile_px:
            return f"{os.path.basename(images.name(index))} of {width} x {height} px"
    return None


def _notes(job: TrainModel, split: TileSplit, tiles: TrainingTiles) -> Generator[Event, None, None]:
    if tiles.rasters and split.least_valid < 1:
        yield Note(
            f"No tile of {job.tile_px} px is wholly valid; tiles that are valid by half are used, and their invalid "
            "pixels left out of the loss.",
            "warning",
        )
    if job.validation_share > 0 and not tiles.has_validation:
        yield Note("The inputs are too small to keep a part for validation; there is no validation loss.", "warning")
