"""What all settings of a comparison are held against: real tiles that none was trained on, and what real ones get."""

from collections.abc import Callable, Generator
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np
import torch

from ...card import BandScaling
from ...events import Event, Progress
from ..model.schedules import Schedule, describe_schedule, draw_sigmas
from ..outputs.pictures import TilePainter
from ..progress import scaled, shares, with_progress
from ..quality.feature_network import STEPS, TileFeatures, learn_features
from ..quality.scores import TileStatistics, compare, measure
from ..quality.structure import StructureMeasure, learn_structure
from ..raster.types import Pixels
from ..training.evaluation import NOISE_LEVELS
from ..training.setup import LEAST_DEVIATION
from ..training.tiles import Tiles, TrainingTiles

# Tiles that the features are learnt on, and as many that samples are held against.
REAL_TILES = 256
FEATURE_STEPS = STEPS
# Tiles that are read before a wish to stop is heard.
READ_TILES = 16
COLOUR_TILES = 16
# Tiles that the losses are measured on.
LOSS_TILES = 32
# Random parts of the larger set, where the two have different counts.
DRAWS = 5
# Tiles are drawn so many times as often as are wanted, since some come twice.
TRIES = 4


@dataclass(frozen=True)
class Yardstick:
    """Real tiles of one size, in the numbers of the network, and the features that were learnt on them.

    tiles: of a training on all that is not kept apart. apart, trained: tiles for the losses. floors, noise: figures of
    other real tiles, and of Gaussian noise with the mean and deviation of each band. kept: pixels of those kept apart.
    """

    tiles: TrainingTiles
    scalings: tuple[BandScaling, ...]
    features: TileFeatures
    structure: StructureMeasure
    statistics: TileStatistics
    kept: Pixels
    apart: Pixels
    trained: Pixels
    sigma_data: float
    sigmas: list[float]
    floors: dict[str, float]
    noise: dict[str, float]
    painter: TilePainter

    def figures(self, samples: TileStatistics, seed: int) -> dict[str, float]:
        """Of sampled tiles against those kept apart, by name."""
        return against(self.statistics, samples, seed)


def make_yardstick(
    opening: Callable[[], Generator[Event, None, TrainingTiles]],
    samples: int,
    seed: int,
    device: torch.device,
    stack: ExitStack,
) -> Generator[float, None, Yardstick]:
    """Open the tiles, which the stack closes, learn features and measure floors; yields the share that is done."""
    # Notes on the inputs were told by the trainings.
    tiles = yield from with_progress(opening(), lambda event: 0.2 * _share(event))
    stack.callback(tiles.close)
    learnt_on = yield from scaled(_read(tiles.batch, 0, REAL_TILES), 0.2, 0.3)
    learning = learn_features(learnt_on, seed, device, FEATURE_STEPS)
    features = yield from scaled(shares(learning, FEATURE_STEPS), 0.3, 0.7)
    batch = tiles.validation_batch if tiles.has_validation else tiles.batch
    kept = yield from scaled(_different(batch, 0, REAL_TILES), 0.7, 0.8)
    others = yield from scaled(_different(tiles.batch, REAL_TILES, max(samples, 2)), 0.8, 0.9)
    mean, deviation = (getattr(learnt_on, of)(axis=(0, 2, 3), keepdims=True) for of in ("mean", "std"))
    drawn = np.random.default_rng(seed).standard_normal((samples, *kept.shape[1:]), dtype=np.float32)
    noise = mean + deviation * drawn
    measured = []
    structure = learn_structure(kept, seed)
    for group, phases in ((kept, seed), (others, None), (noise, None)):
        measured.append((yield from with_progress(measure(group, features, structure, phases), lambda _: 0.95)))
    statistics = measured[0]
    sigma_data = max(float(learnt_on.std(dtype=np.float64)), LEAST_DEVIATION)
    edm = describe_schedule(Schedule("edm"), tiles.tile_px, sigma_data)
    return Yardstick(
        tiles,
        tiles.scalings,
        features,
        structure,
        statistics,
        kept,
        apart=kept[:LOSS_TILES],
        trained=learnt_on[:LOSS_TILES],
        sigma_data=sigma_data,
        sigmas=draw_sigmas(edm, (np.arange(NOISE_LEVELS) + 0.5) / NOISE_LEVELS).tolist(),
        floors=against(statistics, measured[1], seed),
        noise=against(statistics, measured[2], seed),
        painter=TilePainter([band.name for band in tiles.scalings], learnt_on[:COLOUR_TILES]),
    )


def against(real: TileStatistics, other: TileStatistics, seed: int) -> dict[str, float]:
    """Figures of other tiles against real ones at the same count, by name in small letters: means over a few draws."""
    count = min(len(real), len(other))
    random = np.random.default_rng(seed)
    draws = DRAWS if len(real) != len(other) else 1
    found = [
        compare(real.take(random.permutation(len(real))[:count]), other.take(random.permutation(len(other))[:count]))
        for _ in range(draws)
    ]
    return {name.lower(): float(np.mean([figures[name] for figures in found])) for name in found[0]}


def _share(event: Event) -> float:
    return event.done / event.total if isinstance(event, Progress) else 0.0


def _read(batch: Callable[[int, int], Tiles], first: int, count: int) -> Generator[float, None, Pixels]:
    """Tiles number `first` to `first + count - 1`, a few at a time."""
    parts = []
    for start in range(0, count, READ_TILES):
        parts.append(batch(first + start, min(READ_TILES, count - start)).pixels)
        yield start / count
    return np.concatenate(parts)


def _different(batch: Callable[[int, int], Tiles], first: int, count: int) -> Generator[float, None, Pixels]:
    """Up to `count` different tiles from number `first` on: an image that is drawn twice would pass for two."""
    found: dict[bytes, Pixels] = {}
    for start in range(0, TRIES * count, READ_TILES):
        for tile in batch(first + start, READ_TILES).pixels:
            found.setdefault(tile.tobytes(), tile)
        yield min(1.0, len(found) / count)
        if len(found) >= count:
            break
    return np.stack(list(found.values())[:count])
