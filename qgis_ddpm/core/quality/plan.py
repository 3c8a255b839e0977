"""What comparing synthetic tiles with real ones will take: its imagery, looked at and fitting together."""

from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch

from ...errors import InputError
from ...events import Event, Note, Progress
from ...jobs import AssessTiles
from ...jobs.texts import whole_numbers
from ..model.device import resolve_device
from ..planning import Cost, timed
from ..progress import value_of
from ..raster.imagery import Imagery, open_imagery
from ..raster.source import RasterSource
from .copies import SEARCHED_TILES, searched_scenes
from .feature_network import STEPS, TILES_A_STEP, learn_features
from .memorisation import find_nearest
from .scenes import stacks
from .scores import DRAWS, compare, measure
from .structure import learn_structure
from .tile_sets import read_tiles

# Fewer real tiles cannot be cut into halves that tell anything.
LEAST_REAL_TILES = 16
# Side of tiles where nothing says it: small enough that many of them fit into a raster.
USUAL_TILE_PX = 64
# Bytes of the pixels of one set of tiles.
SET_BYTES = 512 << 20
MEASURING = Progress(0, 1, "step", "measuring a few tiles")


@dataclass(frozen=True)
class AssessTilesPlan:
    """The imagery of a job, the side of the tiles that are cut from it, and how many of each kind at most."""

    job: AssessTiles
    device: torch.device
    fake: Imagery
    real: Imagery
    training: Imagery | None
    tile_px: int
    count: int
    notes: tuple[Note, ...]

    def cost(self) -> Generator[Event, None, Cost]:
        """What the run will take, of a few tiles that go through each of its parts."""
        yield MEASURING
        both, seed = 2 * self.count, self.job.seed
        real, read_s = timed(lambda: value_of(read_tiles(self.real, self.tile_px, LEAST_REAL_TILES, seed)))
        yield MEASURING
        pixels = np.resize(real.pixels, (TILES_A_STEP, *real.pixels.shape[1:]))
        # The first step also loads what later ones use.
        value_of(learn_features(pixels, seed, self.device, steps=1))
        features, step_s = timed(lambda: value_of(learn_features(pixels, seed, self.device, steps=1)))
        yield MEASURING
        structure = learn_structure(pixels, seed)
        statistics, measure_s = timed(lambda: value_of(measure(pixels, features, structure, seed)))
        half = statistics.take(np.resize(np.arange(len(pixels)), self.count // 2))
        _, compare_s = timed(lambda: compare(half, half))
        yield MEASURING
        search_s = 0.0
        if self.training is not None:
            _, scenes = searched_scenes(self.training, self.tile_px, seed)
            tiles = np.resize(pixels, (min(both, 2 * SEARCHED_TILES), *pixels.shape[1:]))
            search = find_nearest(tiles, stacks(self.training, scenes[:1]), features.deviation)
            search_s = len(scenes) * timed(lambda: value_of(search))[1]
        tiles_s = both * (read_s / len(real) + measure_s / len(pixels))
        return Cost(
            network_calls=STEPS * TILES_A_STEP + both,
            seconds=tiles_s + STEPS * step_s + 2 * DRAWS * compare_s + search_s,
            # Both sets, and the scaled copy of one.
            memory_bytes=3 * 4 * self.count * pixels[0].size,
        )


def plan(job: AssessTiles, stack: ExitStack) -> Generator[Event, None, AssessTilesPlan]:
    """Look at all imagery; files are opened anew where they are read. Raises InputError where it does not fit."""
    device = resolve_device(job.device)
    bands = whole_numbers("BANDS", job.bands) or None
    opened = partial(open_imagery, override=job.override)
    fake = opened("TILES", [job.tiles] if job.tiles else [], job.tiles_folder, None)
    real = opened("REFERENCE", job.reference, job.reference_folder, bands)
    training = None
    if job.training or job.training_folder:
        training = opened(
            "TRAINING", job.training, job.training_folder, bands, max_images=job.max_training, seed=job.seed
        )
    for imagery in (real, training):
        if imagery is not None and len(imagery.bands) != len(fake.bands):
            raise InputError(
                f"The synthetic tiles have {len(fake.bands)} bands and {imagery.label} has {len(imagery.bands)}. "
                "Choose imagery of the same bands, or the bands with BANDS."
            )
    tile_px = job.tile_px or _stated_tile_px(job) or min(USUAL_TILE_PX, fake.smallest_side, real.smallest_side)
    small = min(fake, real, key=lambda imagery: imagery.largest_tile)
    if small.largest_tile < tile_px:
        raise InputError(
            f"No piece of {small.label} is as large as a tile of {tile_px} px. Choose a smaller TILE_PX or larger "
            "imagery."
        )
    room = SET_BYTES // (4 * len(fake.bands) * tile_px**2)
    count = max(LEAST_REAL_TILES, min(job.max_tiles, room))
    if count < job.max_tiles:
        yield Note(f"Tiles are large: {count} of each kind are compared, so that they fit into the memory.")
    notes = tuple(Note(text) for text in (*fake.notes, *real.notes))
    yield from notes
    return AssessTilesPlan(job, device, fake, real, training, tile_px, count, notes)


def _stated_tile_px(job: AssessTiles) -> int | None:
    """The side that sampling wrote into the tags of its mosaic."""
    if not job.tiles:
        return None
    with RasterSource(job.tiles) as source:
        stated = source.tags.get("TILE_PX", "")
    return int(stated) if stated.isdecimal() and 8 <= int(stated) <= 1024 else None
