"""What is measured of each setting of a comparison: its sampled tiles against real ones that it has not seen."""

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from time import monotonic

import numpy as np
import torch

from ...card import BandScaling
from ...events import Event, Progress
from ..model import load_model
from ..model.batch import AdaptiveBatch, batch_for
from ..outputs.pictures import TilePainter
from ..progress import scaled, shares, with_progress
from ..quality.feature_network import STEPS, TileFeatures, learn_features
from ..quality.metrics import kernel_distance
from ..raster.scaling import from_unit, to_unit
from ..raster.types import Floats, Pixels
from ..sampling.draw import clamped_denoiser, draw_samples
from ..sampling.guidance import guidance_of, plan_guided
from ..training.tiles import Tiles, TrainingTiles

SAMPLE_CALLS = 20
# Tiles that the features are learnt on, and as many that the samples are held against.
REAL_TILES = 256
# Tiles that are read before a wish to stop is heard.
READ_TILES = 16
FEATURE_STEPS = STEPS
ROW_TILES, COLOUR_TILES = 8, 16

# The training tiles of a job with tiles of a size in px.
OpenTiles = Callable[[int], Generator[Event, None, TrainingTiles]]


@dataclass(frozen=True)
class SettingMetrics:
    """KID against tiles kept apart, and that of other real tiles; parameters; a row of samples as PNG."""

    kid: float
    kid_floor: float
    seconds_per_tile: float
    parameters: int
    picture: bytes


@dataclass(frozen=True)
class ReferenceTiles:
    """Features learnt on real tiles of one size, those of tiles kept apart, and what real tiles get."""

    scalings: tuple[BandScaling, ...]
    features: TileFeatures
    apart: Floats
    floor: float
    painter: TilePainter


class SettingEvaluator:
    """Measures all settings of a job by the same features and real tiles; one set of them for each tile size.

    samples: how many tiles are drawn of each model.
    """

    def __init__(self, open_tiles: OpenTiles, samples: int, seed: int, device: torch.device) -> None:
        self._open_tiles, self._samples, self._seed, self._device = open_tiles, samples, seed, device
        self._references: dict[int, ReferenceTiles] = {}

    def evaluate(self, path: str, precision: str = "float32") -> Generator[float, None, SettingMetrics]:
        """Sample from a model and compare; yields the share of the work that is done.

        precision: of the job, auto, float32 or bfloat16.
        """
        model = load_model(path, self._device, precision)
        card, count = model.card, self._samples
        if card.tile_px not in self._references:
            self._references[card.tile_px] = yield from scaled(self._reference(card.tile_px), 0.0, 0.5)
        reference = self._references[card.tile_px]
        batch, shape = batch_for(model), (count, len(card.bands), card.tile_px, card.tile_px)
        guidance = guidance_of(card, None, SAMPLE_CALLS)
        steps = plan_guided("dpmpp_2m", card.schedule, SAMPLE_CALLS, guidance)
        denoise = clamped_denoiser(model, AdaptiveBatch(batch, model.device, model=model), guidance)
        started = monotonic()
        drawing = draw_samples(denoise, steps, shape, batch, self._seed, model.device)
        samples = yield from scaled(shares(drawing, len(steps) * -(-count // batch)), 0.5, 1.0)
        seconds = monotonic() - started
        # Settings may differ in what their models call -1 and 1.
        samples = to_unit(np.asarray(from_unit(samples, card.bands, "float32")), reference.scalings)
        features = yield from with_progress(reference.features.of(samples), lambda _: 1.0)
        return SettingMetrics(
            kid=kernel_distance(reference.apart, features),
            kid_floor=reference.floor,
            seconds_per_tile=seconds / count,
            parameters=sum(parameter.numel() for parameter in model.network.parameters()),
            picture=reference.painter.row(samples[:ROW_TILES]),
        )

    def _reference(self, tile_px: int) -> Generator[float, None, ReferenceTiles]:
        # Notes on the inputs were told by the trainings.
        opening = with_progress(self._open_tiles(tile_px), lambda event: 0.3 * _share(event))
        with closing((yield from opening)) as tiles:
            learnt_on = yield from scaled(_read(tiles.batch, 0, REAL_TILES), 0.3, 0.4)
            learning = learn_features(learnt_on, self._seed, self._device, FEATURE_STEPS)
            features = yield from scaled(shares(learning, FEATURE_STEPS), 0.4, 0.8)
            # Images that are drawn twice would pass for two.
            images = len(tiles.images.validation) if tiles.images and not tiles.rasters else REAL_TILES
            batch = tiles.validation_batch if tiles.has_validation else tiles.batch
            unseen = yield from scaled(_read(batch, 0, max(2, min(REAL_TILES, images))), 0.8, 0.9)
            apart = yield from with_progress(features.of(unseen), lambda _: 0.9)
            more = yield from scaled(_read(tiles.batch, REAL_TILES, self._samples), 0.9, 1.0)
            others = yield from with_progress(features.of(more), lambda _: 1.0)
        painter = TilePainter([band.name for band in tiles.scalings], learnt_on[:COLOUR_TILES])
        return ReferenceTiles(tiles.scalings, features, apart, kernel_distance(apart, others), painter)


def _share(event: Event) -> float:
    return event.done / event.total if isinstance(event, Progress) else 0.0


def _read(batch: Callable[[int, int], Tiles], first: int, count: int) -> Generator[float, None, Pixels]:
    """Tiles number `first` to `first + count - 1`, a few at a time."""
    parts = []
    for start in range(0, count, READ_TILES):
        parts.append(batch(first + start, min(READ_TILES, count - start)).pixels)
        yield start / count
    return np.concatenate(parts)
