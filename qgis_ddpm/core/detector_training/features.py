"""The features of all tiles of a detector's training, computed once and kept."""

from collections.abc import Generator, Sequence

import numpy as np
import torch
from torch import Tensor

from ...errors import JobError
from ...events import Event, Progress
from ..detector.detector import build_head, gather
from ..detector.head_config import gathered_shapes
from ..model.batch import AdaptiveBatch, batch_for
from ..model.device import free_memory_bytes
from ..progress import TimeLeft
from .feature_cache import FeatureCache, room_for
from .labelled_tiles import Tile
from .plan import MEMORY_SHARE, DetectorTrainingPlan
from .trainer import TileStore

# Tiles that the sizes of channels are measured on.
SCALING_TILES = 512


def cache_for(plan: DetectorTrainingPlan, folder: str) -> FeatureCache:
    """A cache for what the head reads of all tiles; what memory does not hold lies in a folder.

    Raises JobError where memory and disk have no room for it.
    """
    shapes = gathered_shapes(plan.head, plan.model, len(plan.sigmas))
    count, tile_bytes = len(plan.tiles), plan.tile_bytes
    memory = int(MEMORY_SHARE * free_memory_bytes(torch.device("cpu")))
    room = room_for(tile_bytes, memory, folder)
    if count > room:
        raise JobError(
            f"The features of {count} tiles need {count * tile_bytes / 2**20:,.0f} MB, but memory and disk have room "
            f"for {room}. Lower CACHED_TILES, or free space in {folder}."
        )
    return FeatureCache(shapes, count, memory, folder)


def compute_features(
    plan: DetectorTrainingPlan, cache: FeatureCache
) -> Generator[Event, None, tuple[TileStore, list[Tensor]]]:
    """Fill the cache; the tiles with their labels, and the mean square of each channel over training tiles."""
    model, count = plan.model, len(plan.tiles)
    labels = torch.empty(count, model.card.tile_px, model.card.tile_px, dtype=torch.uint8)
    squares = [torch.zeros(shape[0], dtype=torch.float64) for shape in cache.shapes]
    measured = range(0, len(plan.training), max(1, len(plan.training) // SCALING_TILES))
    gatherer = _Gatherer(plan)
    clock = TimeLeft()
    for first in range(0, count, gatherer.batch):
        numbers = range(first, min(first + gatherer.batch, count))
        tiles = [plan.tile(number) for number in numbers]
        gathered = gatherer(tiles)
        yield from gatherer.halving.notes()
        for index, number in enumerate(numbers):
            labels[number] = torch.from_numpy(tiles[index].labels)
            one = [each[index] for each in gathered]
            cache.put(number, one)
            if number in measured:
                for square, each in zip(squares, one, strict=True):
                    square += each.double().square().mean(dim=(1, 2)).cpu()
        yield Progress(numbers.stop, count, "tile", "features", clock.after(numbers.stop, count))
    parts = np.arange(len(plan.training)), np.arange(len(plan.training), count)
    store = TileStore(cache, labels, *parts, model.feature_strides, model.device)
    return store, [square / len(measured) for square in squares]


class _Gatherer:
    """What the head of a plan reads of tiles, as many of them at once as memory allows."""

    def __init__(self, plan: DetectorTrainingPlan) -> None:
        self._plan = plan
        self._head = build_head(plan.head, len(plan.sigmas))
        # The network sees both dates of a tile at once.
        self.batch = batch_for(plan.model, images=2)
        self.halving = AdaptiveBatch(self.batch, plan.model.device, "tile", plan.model)

    def __call__(self, tiles: Sequence[Tile]) -> list[Tensor]:
        before, after, noise = (
            torch.from_numpy(np.stack([getattr(tile, name) for tile in tiles])) for name in ("before", "after", "noise")
        )

        def part(rows: slice) -> list[Tensor]:
            model, sigmas = self._plan.model, self._plan.sigmas
            return gather(model, self._head, sigmas, before[rows], after[rows], noise[rows])

        parts = self.halving.parts(part, len(tiles))
        return [torch.cat(each) for each in zip(*parts, strict=True)]
