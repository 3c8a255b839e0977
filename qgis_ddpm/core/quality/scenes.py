"""Training imagery as stacks of scenes, in which a tile has every place that it could have been cut from."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from ..raster.imagery import Imagery
from ..raster.scaling import fill_invalid
from ..raster.types import Pixels, Window

SceneWindow = tuple[int, Window]

STACK = 64
LEAST_VALID_SHARE = 0.5


def scene_windows(imagery: Imagery, tile_px: int) -> list[SceneWindow]:
    """Piece and window of each scene: up to three tiles wide; neighbours share all of a tile but one pixel."""
    step, size = 2 * tile_px, 3 * tile_px - 1
    return [
        (number, (row, col, min(size, piece.shape[0] - row), min(size, piece.shape[1] - col)))
        for number, piece in enumerate(imagery.pieces)
        for row in range(0, piece.shape[0] - tile_px + 1, step)
        for col in range(0, piece.shape[1] - tile_px + 1, step)
    ]


def stacks(imagery: Imagery, windows: Sequence[SceneWindow]) -> Iterator[Pixels]:
    """The scenes of windows in order of their pieces, in stacks float32 [S, C, H, W] of one size.

    Scenes with few valid pixels are left out; in others, pixels that are not valid become the mean of the rest.
    """
    waiting: list[Pixels] = []
    for scene in _scenes(imagery, windows):
        if waiting and (waiting[0].shape != scene.shape or len(waiting) == STACK):
            yield np.stack(waiting)
            waiting = []
        waiting.append(scene)
    if waiting:
        yield np.stack(waiting)


def _scenes(imagery: Imagery, windows: Sequence[SceneWindow]) -> Iterator[Pixels]:
    for number, members in groupby(windows, key=lambda window: window[0]):
        ordered = [window for _, window in members]
        # An image is decoded once for so many of its windows.
        for first in range(0, len(ordered), STACK):
            for pixels, valid in imagery.pieces[number].read(ordered[first : first + STACK]):
                if valid.mean() < LEAST_VALID_SHARE:
                    continue
                yield pixels if valid.all() else fill_invalid(pixels, valid[None])
