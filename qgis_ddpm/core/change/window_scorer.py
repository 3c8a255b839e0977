"""The shared half of methods with a network: windows of both dates on the lattice, compared and blended to scores."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain, islice
from time import monotonic
from typing import TypeVar

import numpy as np

from ...events import Event, Note, Progress
from ..model import DiffusionModel
from ..model.batch import AdaptiveBatch, batch_for
from ..model.cost import peak_bytes
from ..model.precision import BOTH
from ..pairs.pair import Pair
from ..pairs.windows import PairTile, read_row, window_starts
from ..raster.lattice import StripBlender, usual_lattice
from ..raster.types import Pixels, Window
from .scores import Scores, ScoringSettings

# Of a wide raster so many columns of finished rows are worked on at once: the memory of the steps that follow.
STRIP_COLUMNS = 1024
_MISSING = np.float32(np.nan)

Found = TypeVar("Found")


class WindowScorer(ABC):
    """A `ChangeMethod` that shows windows of both dates to a network; subclasses say how they are compared.

    sigmas: the noise levels at which the network sees them. statistics_windows: that `prepare` shows it besides.
    """

    name = "features"
    statistics_windows = 0

    def __init__(
        self,
        model: DiffusionModel,
        settings: ScoringSettings,
        sigmas: Sequence[float],
        images: int = 2,
        window_px: int | None = None,
    ) -> None:
        """images: how many of a window the network sees at once; window_px: its side, where it is no tile's."""
        self.model, self.settings, self.sigmas = model, settings, tuple(sigmas)
        self.lattice = usual_lattice(window_px or model.card.tile_px, settings.overlap_px)
        self._batch = batch_for(model, settings.batch_size, images)
        self._halving = AdaptiveBatch(self._batch, model.device, model=model, images=images)

    @property
    def precision(self) -> str | None:
        """What its scores so far were computed in."""
        return self.model.precision_used

    def go_on_in(self, precision: str | None) -> Iterator[Event]:
        """Compute as the run did at last that left its scores."""
        if precision == BOTH:
            self.model.take_float32()
            yield Note("The rest is computed in float32, since bfloat16 failed.", "warning")

    @property
    def looks(self) -> int:
        """How often the network sees a window at each noise level."""
        return self.settings.draws

    @abstractmethod
    def prepare(self, pair: Pair) -> Generator[Event, None, float]:
        """Take statistics; returns the score at which change begins."""

    @abstractmethod
    def take_statistics(self, pair: Pair) -> Generator[Event, None, None]:
        """The part of `prepare` that needs no network."""

    @abstractmethod
    def look(self, pair: Pair, tiles: Sequence[PairTile], draw: int) -> object:
        """Show both dates of windows to the network under one draw of noise."""

    @abstractmethod
    def compare(self, pair: Pair, tiles: Sequence[PairTile]) -> Pixels:
        """What the dates of windows differ by: float32 [B, draws, t, t]."""

    def to_scores(self, values: Pixels) -> Pixels:
        """Scores in [0, 1) of blended values, float32 [draws, n, m] each."""
        return values

    def scores(self, pair: Pair, window: Window) -> Iterator[Event | Scores]:
        """Scores of a window in strips, each as soon as no further window of the lattice touches it."""
        rows, cols = window_starts(pair, self.lattice, window)
        # Where both dates are valid is blended too, which costs less than to read it once more.
        blender = StripBlender(self.lattice, self.settings.draws + 1, window)
        done = 0
        reading = (read_row(pair, self.lattice.tile_px, row, cols, self.settings.block_px) for row in rows)
        with closing(self.shown(reading, lambda tiles: self.compare(pair, tiles))) as shown:
            for windows, tiles, parts in shown:
                for tile, values in zip(tiles, chain.from_iterable(parts), strict=True):
                    blender.add(tile.row, tile.col, np.concatenate([values, tile.valid[None].astype(np.float32)]))
                yield from self._halving.notes()
                if windows:
                    done += windows
                    yield Progress(done, len(rows) * len(cols), "window", "scores")
                    row, rest = divmod(done, len(cols))
                    yield from () if rest else self._finished(blender, [*rows, window[0] + window[2]][row])

    def shown(
        self, groups: Iterable[Iterable[PairTile]], look: Callable[[Sequence[PairTile]], Found]
    ) -> Generator[tuple[int, list[PairTile], list[Found]], None, None]:
        """What `look` gives of windows, by calls that may be made at once; no call sees windows of two groups.

        Each with how many windows are done, and those of them with data, of which it is what parts of these gave. While
        the network sees windows, the next are read and the caller works on those before.
        """

        def of_call(call: tuple[int, list[PairTile]]) -> tuple[int, list[PairTile], list[Found]]:
            done, tiles = call
            return done, tiles, self._halving.parts(lambda part: look(tiles[part]), len(tiles))

        with closing(self._halving.in_order(of_call, self._calls(groups))) as shown:
            yield from shown

    def _calls(self, groups: Iterable[Iterable[PairTile]]) -> Iterator[tuple[int, list[PairTile]]]:
        for tiles in chain.from_iterable(batches(group, self._halving.size) for group in groups):
            seen = [tile for tile in tiles if tile.valid.any()]
            *before, last = self._halving.shares(len(seen)) or [slice(0, 0)]
            for part in before:
                yield 0, seen[part]
            yield len(tiles), seen[last]

    def _finished(self, blender: StripBlender, until_row: int) -> Iterator[Scores]:
        for first, col, values, covered in blender.pieces(until_row, STRIP_COLUMNS):
            valid = covered & (values[-1] > 0.5)
            draws = self.to_scores(values[:-1])
            spread = np.where(valid, draws.std(axis=0), _MISSING) if self.settings.spread else None
            yield Scores(first, col, np.where(valid, draws.mean(axis=0), _MISSING), spread)

    def count_windows(self, pair: Pair, window: Window) -> int:
        """Windows that go through the network: of both dates, at all noise levels and draws."""
        return 2 * len(self.sigmas) * self.looks * self._count_places(pair, window)

    def measure(self, pair: Pair, window: Window) -> Generator[Event, None, tuple[float, int]]:
        """Seconds that statistics and scores of a window take, and bytes of one call, measured on one batch."""
        started = monotonic()
        yield from self.take_statistics(pair)
        statistics_s = monotonic() - started
        rows, cols = window_starts(pair, self.lattice, window)
        reading = read_row(pair, self.lattice.tile_px, rows[0], cols, self.settings.block_px)
        tiles = list(islice(reading, self._batch))
        # The first call of a network also chooses its kernels; the second is like all others.
        call_bytes = peak_bytes(self.model.device, lambda: self.look(pair, tiles, 0))
        started = monotonic()
        self._halving.parts(lambda part: self.look(pair, tiles[part], 0), len(tiles))
        window_s = (monotonic() - started) / len(tiles)
        places = self._count_places(pair, window) * self.looks
        return statistics_s + window_s * (places + min(self.statistics_windows, places)), call_bytes

    def _count_places(self, pair: Pair, window: Window) -> int:
        rows, cols = window_starts(pair, self.lattice, window)
        return len(rows) * len(cols)


def batches(tiles: Iterable[PairTile], size: int) -> Iterator[list[PairTile]]:
    """Lists of `size` tiles; the last may be shorter."""
    remaining = iter(tiles)
    while batch := list(islice(remaining, size)):
        yield batch
