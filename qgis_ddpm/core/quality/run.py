"""Runs the job that compares synthetic tiles with real ones."""

from collections.abc import Generator
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from ...errors import InputError
from ...events import Event, Events, Note, Progress, Result
from ...jobs import AssessTiles
from ...jobs.texts import whole_numbers
from ..model.device import resolve_device
from ..outputs.transaction import OutputTransaction
from ..raster.imagery import Imagery, open_imagery
from ..raster.source import RasterSource
from .copies import Copies, find_copies
from .feature_network import learn_features
from .report import Findings, tiles_report
from .scores import describe, score
from .tile_sets import TileSet, read_tiles

# Fewer cannot be cut into halves that tell anything.
LEAST_TILES, LEAST_REAL_TILES = 8, 16
# Below this count the figures are shown, but hardly any fault stands out from the floor.
FEW_TILES = 100
# Side of tiles where nothing says it: small enough that many of them fit into a raster.
USUAL_TILE_PX = 64
# Bytes of the pixels of one set of tiles.
SET_BYTES = 512 << 20

Made = TypeVar("Made")


@dataclass(frozen=True)
class _Inputs:
    """The imagery of a job, and the side of the tiles that are cut from it."""

    fake: Imagery
    real: Imagery
    training: Imagery | None
    tile_px: int


def assess_tiles(job: AssessTiles) -> Events:
    """Compare synthetic with real tiles. Raises InputError where they do not go together or are too few."""
    device = resolve_device(job.device)
    inputs = _open(job)
    fake, real = yield from _read(job, inputs)
    notes = list(_notes(inputs, fake, real))
    yield from notes
    features = yield from _progress("learning what to look at", learn_features(real.pixels, job.seed, device))
    described = describe(real.pixels, features), describe(fake.pixels, features)
    scores = yield from _progress("comparing", score(real, *described, job.seed))
    copies: Copies | None = None
    if inputs.training is not None:
        search = find_copies(inputs.training, fake.pixels, real.pixels, features.deviation, job.seed)
        copies = yield from _progress("looking for copies", search)
        for text in copies.notes:
            notes.append(Note(text, "warning"))
            yield notes[-1]
    if copies is not None and copies.score is not None:
        scores.append(copies.score)
    outputs: dict[str, float | str] = {}
    for each in scores:
        outputs |= {each.name: each.value, f"{each.name}_FLOOR": each.floor}
    if job.report:
        with OutputTransaction() as transaction:
            findings = Findings(job, inputs.real.bands, real, fake, *described, tuple(scores), copies, tuple(notes))
            tiles_report(findings).write(job.report, transaction)
            transaction.publish()
        outputs["REPORT"] = job.report
    yield Result(outputs)


def _open(job: AssessTiles) -> _Inputs:
    bands = whole_numbers("BANDS", job.bands) or None
    opened = partial(open_imagery, override=job.override)
    fake = opened("TILES", [job.tiles] if job.tiles else [], job.tiles_folder, None)
    real = opened("REFERENCE", job.reference, job.reference_folder, bands)
    training = None
    if job.training or job.training_folder:
        training = opened("TRAINING", job.training, job.training_folder, bands, max_images=job.max_training)
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
    return _Inputs(fake, real, training, tile_px)


def _stated_tile_px(job: AssessTiles) -> int | None:
    """The side that sampling wrote into the tags of its mosaic."""
    if not job.tiles:
        return None
    with RasterSource(job.tiles) as source:
        stated = source.tags.get("TILE_PX", "")
    return int(stated) if stated.isdecimal() and 8 <= int(stated) <= 1024 else None


def _read(job: AssessTiles, inputs: _Inputs) -> Generator[Event, None, tuple[TileSet, TileSet]]:
    room = SET_BYTES // (4 * len(inputs.fake.bands) * inputs.tile_px**2)
    count = max(LEAST_REAL_TILES, min(job.max_tiles, room))
    if count < job.max_tiles:
        yield Note(f"Tiles are large: {count} of each kind are compared, so that they fit into the memory.")
    fake = yield from read_tiles(inputs.fake, inputs.tile_px, count, job.seed)
    real = yield from read_tiles(inputs.real, inputs.tile_px, count, job.seed)
    for tiles, label, least in ((fake, "TILES", LEAST_TILES), (real, "REFERENCE", LEAST_REAL_TILES)):
        if len(tiles) < least:
            raise InputError(
                f"{label} gives {len(tiles)} tiles of {inputs.tile_px} px, but {least} are needed. Choose more imagery "
                "or a smaller TILE_PX."
            )
    return fake, real


def _notes(inputs: _Inputs, fake: TileSet, real: TileSet) -> Generator[Note, None, None]:
    for text in (*inputs.fake.notes, *inputs.real.notes):
        yield Note(text)
    bands = "1 band" if len(inputs.real.bands) == 1 else f"{len(inputs.real.bands)} bands"
    yield Note(
        f"{len(fake)} synthetic tiles and {len(real)} real ones of {inputs.tile_px} px with {bands} are compared."
    )
    if min(len(fake), len(real) // 2) < FEW_TILES:
        yield Note(
            f"With {len(fake)} synthetic tiles and {len(real)} real ones only large faults stand out. "
            f"{FEW_TILES} synthetic and {2 * FEW_TILES} real tiles or more are better; a smaller TILE_PX gives more.",
            "warning",
        )
    if inputs.training is None:
        yield Note("Without TRAINING nothing is said of whether the tiles are copies.")


def _progress(text: str, work: Generator[tuple[int, int], None, Made]) -> Generator[Event, None, Made]:
    """What work yields, (done, total), as progress; returns what it returns."""
    try:
        while True:
            done, total = next(work)
            yield Progress(done, total, "step", text)
    except StopIteration as finished:
        made: Made = finished.value
        return made
