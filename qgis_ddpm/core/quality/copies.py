"""Whether synthetic tiles are copies of training imagery: their nearest places beside those of unseen real tiles."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np

from ...errors import InputError
from ...events import Event, Progress
from ..progress import with_progress
from ..raster.imagery import Imagery
from ..raster.types import Pixels
from .memorisation import COPY_RATIO, Neighbours, copied, find_nearest, memorisation
from .scenes import SceneWindow, scene_windows, stacks
from .scores import DRAWS, Score, summarised

# Tiles of each kind whose nearest place is searched, and the values (pixels times bands) it is searched in.
SEARCHED_TILES = 200
SEARCHED_VALUES = 40_000_000
# Fewer unseen tiles say nothing of what is near by chance.
LEAST_UNSEEN = 8


@dataclass(frozen=True)
class Copies:
    """What the search found for the first synthetic tiles and for real ones that are not in the training imagery.

    score: None where there are too few unseen tiles to judge by.
    """

    fake: Neighbours
    unseen: Neighbours
    score: Score | None
    notes: tuple[str, ...]

    @property
    def share_copied(self) -> float:
        """Share of synthetic tiles that are copies by themselves, after Yoon et al. 2023."""
        return copied(self.fake.ratios)


def find_copies(
    training: Imagery, fake: Pixels, real: Pixels, scale: Pixels, seed: int
) -> Generator[Event, None, Copies]:
    """Search the training imagery for synthetic and real tiles float32 [N, C, t, t].

    scale: deviation of each band, [C, 1, 1]. Raises InputError where the imagery has no room for a tile.
    """
    windows, chosen = searched_scenes(training, fake.shape[-1], seed)
    tiles = np.concatenate([fake[:SEARCHED_TILES], real[:SEARCHED_TILES]])
    neighbours = yield from with_progress(
        find_nearest(tiles, stacks(training, chosen), scale),
        lambda done: Progress(done, len(chosen), "step", "looking for copies"),
    )
    count = min(len(fake), SEARCHED_TILES)
    of_fake, of_real = neighbours.take(slice(0, count)), neighbours.take(slice(count, None))
    unseen = of_real.take(np.flatnonzero(of_real.ratios >= COPY_RATIO))
    notes = []
    if len(chosen) < len(windows):
        notes.append(f"Copies are searched in {len(chosen) / len(windows):.0%} of the training imagery, at random.")
    if len(unseen.ratios) < len(of_real.ratios):
        notes.append(
            f"{1 - len(unseen.ratios) / len(of_real.ratios):.0%} of the real tiles lie in the training imagery. They "
            "do not count as unseen."
        )
    if len(unseen.ratios) < LEAST_UNSEEN:
        notes.append("Without unseen real tiles MEMORISATION cannot be judged. Choose a REFERENCE beside TRAINING.")
        return Copies(of_fake, unseen, None, tuple(notes))
    return Copies(of_fake, unseen, _score(of_fake, unseen, seed), tuple(notes))


def searched_scenes(training: Imagery, tile_px: int, seed: int) -> tuple[list[SceneWindow], list[SceneWindow]]:
    """All scenes, and those at random, in their order, with as many values as the search may take."""
    windows, bands = scene_windows(training, tile_px), len(training.bands)
    if not windows:
        raise InputError(f"TRAINING holds no tile of {tile_px} px. Choose the imagery that the model was trained on.")
    order = np.random.default_rng(seed).permutation(len(windows))
    values = np.cumsum([windows[index][1][2] * windows[index][1][3] * bands for index in order])
    count = max(1, int(np.searchsorted(values, SEARCHED_VALUES, side="right")))
    return windows, [windows[index] for index in sorted(order[:count])]


def _score(fake: Neighbours, unseen: Neighbours, seed: int) -> Score:
    """The share beyond what unseen tiles say is chance; its floor is that of one half of them by the other."""
    random = np.random.default_rng(seed)
    values, floors = [], []
    half = len(unseen.ratios) // 2
    for _ in range(DRAWS):
        order = random.permutation(unseen.ratios)
        values.append(memorisation(fake.ratios, order[:half]))
        floors.append(memorisation(order[half:], order[:half]))
    return summarised("MEMORISATION", values, floors)
