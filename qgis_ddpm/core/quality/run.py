"""Runs the job that compares synthetic tiles with real ones."""

from collections.abc import Generator, Iterator

from ...errors import InputError
from ...events import Event, Events, Note, Progress, Result
from ..outputs.transaction import OutputTransaction
from ..progress import with_progress
from .copies import Copies, find_copies
from .feature_network import learn_features
from .plan import LEAST_REAL_TILES, AssessTilesPlan, plan
from .report import Findings, tiles_report
from .scores import measure, score
from .structure import learn_structure
from .tile_sets import TileSet, read_tiles

__all__ = ["plan", "run"]

# Fewer cannot be cut into halves that tell anything.
LEAST_TILES = 8
# Below this count the figures are shown, but hardly any fault stands out from the floor.
FEW_TILES = 100
COMPARING = Progress(0, 1, "step", "comparing")


def run(plan: AssessTilesPlan) -> Events:
    """Compare synthetic with real tiles. Raises InputError where they are too few."""
    job = plan.job
    with OutputTransaction() as transaction:
        if job.report:
            transaction.reserve(job.report)
        fake, real = yield from _read(plan)
        notes = [*plan.notes, *_notes(plan, fake, real)]
        yield from notes[len(plan.notes) :]
        features = yield from with_progress(
            learn_features(real.pixels, job.seed, plan.device),
            lambda step: Progress(*step, "step", "learning what to look at"),
            every_s=0.0,
        )
        structure = learn_structure(real.pixels, job.seed)
        of_real = yield from with_progress(measure(real.pixels, features, structure, job.seed), lambda _: COMPARING)
        of_fake = yield from with_progress(measure(fake.pixels, features, structure), lambda _: COMPARING)
        draws = score(real, of_real, of_fake, job.seed)
        scores = yield from with_progress(draws, lambda draw: Progress(*draw, "step", COMPARING.text), 0.0)
        copies: Copies | None = None
        if plan.training is not None:
            copies = yield from find_copies(plan.training, fake.pixels, real.pixels, features.deviation, job.seed)
            notes += [Note(text, "warning") for text in copies.notes]
            yield from notes[len(notes) - len(copies.notes) :]
            scores += [copies.score] if copies.score is not None else []
        outputs: dict[str, float | str] = {}
        for figure in scores:
            outputs |= {figure.name: figure.value, f"{figure.name}_FLOOR": figure.floor}
        if job.report:
            sets = (real, fake, of_real, of_fake)
            findings = Findings(job, plan.real.bands, *sets, tuple(scores), copies, tuple(notes))
            tiles_report(findings).write(job.report, transaction)
            transaction.publish()
            outputs["REPORT"] = job.report
    yield Result(outputs)


def _read(plan: AssessTilesPlan) -> Generator[Event, None, tuple[TileSet, TileSet]]:
    fake = yield from read_tiles(plan.fake, plan.tile_px, plan.count, plan.job.seed)
    real = yield from read_tiles(plan.real, plan.tile_px, plan.count, plan.job.seed)
    for tiles, label, least in ((fake, "TILES", LEAST_TILES), (real, "REFERENCE", LEAST_REAL_TILES)):
        if len(tiles) < least:
            raise InputError(
                f"{label} gives {len(tiles)} tiles of {plan.tile_px} px, but {least} are needed. Choose more imagery "
                "or a smaller TILE_PX."
            )
    return fake, real


def _notes(plan: AssessTilesPlan, fake: TileSet, real: TileSet) -> Iterator[Note]:
    bands = "1 band" if len(plan.real.bands) == 1 else f"{len(plan.real.bands)} bands"
    yield Note(f"{len(fake)} synthetic tiles and {len(real)} real ones of {plan.tile_px} px with {bands} are compared.")
    if min(len(fake), len(real) // 2) < FEW_TILES:
        yield Note(
            f"With {len(fake)} synthetic tiles and {len(real)} real ones only large faults stand out. "
            f"{FEW_TILES} synthetic and {2 * FEW_TILES} real tiles or more are better; a smaller TILE_PX gives more.",
            "warning",
        )
    if plan.training is None:
        yield Note("Without TRAINING nothing is said of whether the tiles are copies.")
