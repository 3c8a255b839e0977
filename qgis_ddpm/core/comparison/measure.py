"""What is measured of each setting of a comparison: its sampled tiles against real ones that it has not seen."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from time import monotonic

import numpy as np

from ...jobs import CompareSettings, TrainModel
from ..model import load_model
from ..model.batch import Halving, batch_for
from ..model.device import resolve_device
from ..outputs.pictures import TilePainter
from ..quality.feature_network import STEPS, TileFeatures, learn_features
from ..quality.metrics import kernel_distance
from ..raster.scaling import from_unit, to_unit
from ..raster.types import Floats, Pixels
from ..sampling.draw import draw_samples
from ..sampling.guidance import guidance_of, plan_guided
from ..synthesis.run import limited
from ..training.inputs import open_training_tiles
from ..training.tiles import TrainingTiles

SAMPLE_CALLS = 20
# Tiles that the features are learnt on, and as many that the samples are held against.
REAL_TILES = 256
FEATURE_STEPS = STEPS
ROW_TILES, COLOUR_TILES = 8, 16

Shares = Generator[float, None, "Judged"]


@dataclass(frozen=True)
class Judged:
    """KID against tiles kept apart, and that of other real tiles; parameters; a row of samples as PNG."""

    kid: float
    kid_floor: float
    seconds_per_tile: float
    parameters: int
    picture: bytes


@dataclass(frozen=True)
class _Yardstick:
    """Floats learnt on real tiles of one size, those of tiles kept apart, and what real tiles get."""

    tiles: TrainingTiles
    features: TileFeatures
    apart: Floats
    floor: float
    painter: TilePainter


class Judge:
    """Measures all settings of a job by the same features and real tiles; one set of them for each tile size."""

    def __init__(self, job: CompareSettings) -> None:
        self._job = job
        self._yardsticks: dict[int, _Yardstick] = {}

    def judge(self, training: TrainModel) -> Shares:
        """Sample from the model of a training and compare; yields the share of the work that is done."""
        model = load_model(str(training.model), resolve_device(training.device), training.precision)
        card, count = model.card, self._job.samples
        yardstick = self._yardsticks.get(card.tile_px)
        if yardstick is None:
            yardstick = yield from self._made(card.tile_px)
            self._yardsticks[card.tile_px] = yardstick
        batch, shape = batch_for(model), (count, len(card.bands), card.tile_px, card.tile_px)
        guidance = guidance_of(card, None, SAMPLE_CALLS)
        steps = plan_guided("dpmpp_2m", card.schedule, SAMPLE_CALLS, guidance)
        denoise = limited(model, Halving(batch, model.device), guidance)
        work = draw_samples(denoise, steps, shape, batch, self._job.seed, model.device)
        started, done = monotonic(), 0
        while True:
            try:
                next(work)
            except StopIteration as finished:
                samples: Pixels = finished.value
                break
            done += 1
            yield 0.5 + 0.5 * done / (len(steps) * -(-count // batch))
        seconds = monotonic() - started
        # Settings may differ in what their models call -1 and 1.
        samples = to_unit(np.asarray(from_unit(samples, card.bands, "float32")), yardstick.tiles.scalings)
        return Judged(
            kid=kernel_distance(yardstick.apart, yardstick.features(samples)),
            kid_floor=yardstick.floor,
            seconds_per_tile=seconds / count,
            parameters=sum(parameter.numel() for parameter in model.network.parameters()),
            picture=yardstick.painter.row(samples[:ROW_TILES]),
        )

    def _made(self, tile_px: int) -> Generator[float, None, _Yardstick]:
        tiles = _drained(open_training_tiles(self._job.training({"tile_px": tile_px})))
        learnt_on = tiles.batch(0, REAL_TILES).pixels
        learning = learn_features(learnt_on, self._job.seed, resolve_device(self._job.device), FEATURE_STEPS)
        while True:
            try:
                step, steps = next(learning)
            except StopIteration as done:
                features: TileFeatures = done.value
                break
            yield 0.5 * step / steps
        # Images that are drawn twice would pass for two.
        images = len(tiles.images.validation) if tiles.images and not tiles.rasters else REAL_TILES
        kept = tiles.validation_batch if tiles.has_validation else tiles.batch
        apart = features(kept(0, max(2, min(REAL_TILES, images))).pixels)
        others = features(tiles.batch(REAL_TILES, self._job.samples).pixels)
        painter = TilePainter([band.name for band in tiles.scalings], learnt_on[:COLOUR_TILES])
        tiles.close()
        return _Yardstick(tiles, features, apart, kernel_distance(apart, others), painter)


def _drained(opening: Iterator[object]) -> TrainingTiles:
    """The tiles that opening them returns; its notes were told by the trainings."""
    while True:
        try:
            next(opening)
        except StopIteration as done:
            tiles: TrainingTiles = done.value
            return tiles
