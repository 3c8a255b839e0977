"""Opening what a training job names: rasters and folders become one source of tiles."""

import os
from collections.abc import Generator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from ...card import BandScaling, ConditionCard
from ...errors import InputError, JobError
from ...events import Event, Note, Progress
from ...jobs import TrainModel
from ...jobs.texts import whole_numbers
from ...mask_values import MaskValues, mask_values
from ..conditions.opening import ConditionPart, labels_of, open_conditions
from ..gdal.fills import fill_notes, watching
from ..raster.grid import Grid
from ..raster.imagery import Opener, Piece, open_rasters, raster_openers
from ..raster.images import ImageFolder, kept_apart, open_folder
from ..raster.scaling import image_scaling, measure_scaling
from ..raster.source import RasterSource
from .tile_origins import BLOCK_TILES, Cells, TileSplit, blocks_of, cell_px_for, count_cells, fewer, split_by_area
from .tiles import HELD_BYTES, Held, ImagePart, RasterPart, TrainingTiles

# The scaling is measured on so many rasters, spread over all.
SCALING_RASTERS = 64
STRIP_PIXELS = 1 << 22
# Images whose sizes are looked at before the training; each is a file to open.
LOOKED_AT = 64


@dataclass(frozen=True)
class _Read:
    """What one pass over a raster leaves; path: its name."""

    open: Opener
    path: str
    cells: Cells
    held: Held | None
    grid: Grid
    index: int


def open_training_tiles(job: TrainModel) -> Generator[Event, None, TrainingTiles]:
    """The tiles of a job whose preset is filled in; yields notes and progress while the rasters are read once.

    Raises InputError where the inputs do not go together or have no room for a tile.
    """
    assert job.tile_px is not None  # nosec B101
    assert job.augment is not None  # nosec B101
    split_seed = job.seed if job.split_seed is None else job.split_seed
    bands = whole_numbers("BANDS", job.bands) or None
    folder = open_folder(job.folder) if job.folder else None
    images = folder if folder is not None and len(folder) else None
    if images is not None and bands:
        raise InputError("BANDS chooses bands of rasters, but images (png, jpg, idx) are read whole. Leave it empty.")
    paths = [*job.input, *(folder.rasters if folder is not None else ())]
    openers = raster_openers(paths, bands, job.override)
    hidden = mask_values("MASK_VALUES", job.mask_values)
    for number, mask in enumerate(job.masks):
        openers[number] = partial(_masked, openers[number], mask, hidden)
    for path in () if job.labels_by_folder else job.condition:
        # What cannot be read is told before minutes of reading.
        RasterSource(path, override=job.override(path)).close()
    scalings, fills = _scalings(openers, paths, len(job.input), images, split_seed)
    yield from (Note(text, "warning") for text in fills)
    read = yield from _read_rasters(openers, len(job.input), len(scalings), job)
    split = split_by_area([raster.cells for raster in read], job.tile_px, job.validation_share, split_seed)
    card, conditions, labels = yield from _conditions(job, folder, read)
    image_part = None
    if images is not None:
        image_part = ImagePart(images, *kept_apart(len(images), job.validation_share, split_seed), labels)
    if folder is not None and job.max_images:
        numbers = None if image_part is None else image_part.training
        split, numbers = fewer(folder, job.max_images, job.seed, [each.path for each in read], split, numbers)
        image_part = None if image_part is None or numbers is None else replace(image_part, training=numbers)
    if not image_part and not split.has_training:
        raise InputError(
            f"No tile of {job.tile_px} px with valid pixels fits into the rasters. Choose a smaller TILE_PX or larger "
            "rasters."
        )
    parts = zip(read, split.training, split.validation, conditions, strict=True)
    placed = next((raster.grid for raster in read if raster.grid.crs), read[0].grid if read else None)
    tiles = TrainingTiles(
        [
            RasterPart(raster.open, training, validation, raster.held, told)
            for raster, training, validation, told in parts
        ],
        image_part,
        scalings,
        job.tile_px,
        job.seed,
        augment=job.augment,
        transform=tuple(float(value) for value in tuple(placed.transform)[:6]) if placed else None,
        crs=placed.crs.to_wkt() if placed and placed.crs else None,
        shape=placed.shape if placed else None,
        split_seed=split_seed,
        condition=card,
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
    openers: Sequence[Opener], paths: Sequence[str], named: int, images: ImageFolder | None, seed: int
) -> tuple[tuple[BandScaling, ...], list[str]]:
    """Rasters say how numbers are scaled, and warn of fills in the sample for that; pictures alone are 0..255.

    named: how many rasters are the job's INPUT, and no pictures of the folder.
    """
    if not openers:
        assert images is not None  # nosec B101
        return image_scaling(images.band_names), []
    names = images.band_names if images is not None else None
    with ExitStack() as stack:
        step = -(-len(openers) // SCALING_RASTERS)
        sources = [stack.enter_context(opener()) for opener in openers[::step]]
        with watching(sources) as watches:
            scalings = measure_scaling(sources, seed)
        if not named and all(map(_is_picture, sources)):
            scalings = image_scaling(names or _colour_names(sources[0]))
        fills = fill_notes(watches, [source.path for source in sources])
    if images is not None and images.channels != len(scalings):
        others = f" and {len(paths) - 1} rasters more have" if len(paths) > 1 else " has"
        raise InputError(
            f"{paths[0]}{others} {len(scalings)} band{'s' * (len(scalings) > 1)}, but {images.name(0)} and "
            f"{len(images) - 1} images more have {images.channels}. Take away those that differ, or make them alike."
        )
    return scalings, fills


def _is_picture(source: RasterSource) -> bool:
    """Whether a raster of a folder is what a png would be too: bytes in one or three bands, nowhere, without nodata."""
    bytes_alone = set(source.dtypes) == {"uint8"} and source.count in (1, 3)
    return bytes_alone and source.grid.crs is None and source.nodata is None


def _colour_names(source: RasterSource) -> tuple[str, ...]:
    """The names of a picture's bands, and of those that have none what those of an image are called."""
    usual = ("grey",) if source.count == 1 else ("red", "green", "blue")
    return source.band_names if any(source.descriptions) else usual


def _read_rasters(
    openers: Sequence[Opener], named: int, bands: int, job: TrainModel
) -> Generator[Event, None, list[_Read]]:
    """One pass over each raster that has room for a tile; the first `named` ones are the job's INPUT."""
    assert job.tile_px is not None  # nosec B101
    tile_px, block_px = job.tile_px, job.split_px or BLOCK_TILES * job.tile_px
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
        raster = yield from _read_once(piece, source, block_px, len(openers), room)
        read.append(raster)
        room -= sum(array.nbytes for array in raster.held or ())
    if small:
        yield Note(f"Rasters smaller than a tile of {tile_px} px are left out: {', '.join(small[:9])}.", "warning")
    return read


def _read_once(
    piece: Piece, source: RasterSource, block_px: int, rasters: int, room: int
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
        blocks_of(side, cell_px, start, block_px) * bool(piece.place)
        for side, start in zip(cells.shape, piece.origin, strict=True)
    ]
    lattice = piece.place or piece.index
    assert piece.source is not None  # nosec B101
    cells_of = Cells(cell_px, height, width, cells, lattice, *blocks)
    return _Read(piece.source, source.path, cells_of, held, source.grid, piece.index)


def _conditions(
    job: TrainModel, folder: ImageFolder | None, read: Sequence[_Read]
) -> Generator[Event, None, tuple[ConditionCard | None, list[ConditionPart], list[int] | None]]:
    """What the network is told, its part of each raster, and the labels of images; nothing where the job has none."""
    if job.labels_by_folder and folder is not None:
        card, of_rasters, of_images = labels_of(str(job.folder), folder, job.condition_dropout)
        return card, [ConditionPart(label=of_rasters[raster.index]) for raster in read], of_images
    if not job.condition or not read:
        return None, [ConditionPart() for _ in read], None
    room = HELD_BYTES - sum(array.nbytes for raster in read for array in raster.held or ())
    paths, inputs = [job.condition[raster.index] for raster in read], [(raster.open, raster.grid) for raster in read]
    found = open_conditions(paths, inputs, job.override, job.condition_kind, job.condition_dropout, room, job.seed)
    card, parts = yield from found
    kind = f"{len(card.classes)} classes" if card.classes else f"{len(card.bands)} bands of values"
    finer = f" in pixels {card.ratio:g} times as large" if card.ratio > 1 else ""
    like = ", a coarser version of INPUT" if card.coarser else ""
    yield Note(f"CONDITION is read as {kind}{finer}{like}.")
    return card, parts, None


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


def named(bands: tuple[BandScaling, ...], given: tuple[str, ...]) -> tuple[BandScaling, ...]:
    """The bands under the names that the job gives. Raises JobError where their counts differ."""
    if not given:
        return bands
    if len(given) != len(bands):
        raise JobError(f"BAND_NAMES names {len(given)} bands, but the inputs have {len(bands)}. Name each of them.")
    return tuple(replace(band, name=name) for band, name in zip(bands, given, strict=True))
