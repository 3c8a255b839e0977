"""METHOD features: what a diffusion model sees at two dates, without labels.

Features of both dates at a few noise levels, under the same noise, are compared as IR-MAD compares bands. Alone they
miss thin and see soft change; bands alone see every pixel's noise. The geometric mean of both distances asks for
change in either view, and a small neighbourhood steadies it (docs/change-detection-study.md).
"""

from collections.abc import Generator, Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from torch import Tensor
from torch.nn import functional as F

from ...card import ModelCard
from ...events import Event, Note, Progress
from ...jobs import DetectChanges
from ...jobs.texts import numbers
from ..model import load_model
from ..model.batch import Halving, batch_for
from ..model.device import describe
from ..pairs.irmad import IrMad
from ..pairs.pair import DatePair
from ..pairs.sample import irmad_fitting, read_sample, sample_rounding
from ..pairs.windows import PairTile, lattice_of, noise_of, read_row, scaled, window_starts
from ..raster.types import Pixels, Window
from .feature_distance import MapDistance, MapTable, mean_squared
from .scores import HALF, Scores, averaged, noise_limit, score
from .window_scorer import Strip, batches, compare_windows

# At this noise only shapes of some pixels are left; at less, features repeat what the bands say.
NOISE_LEVELS = (0.701,)
# Windows that the statistics of features are taken from.
MAX_WINDOWS = 192
LEAST_VALID_SHARE = 0.5
# Standard deviation of the neighbourhood, px.
CONTEXT_PX = 1.0
# What unchanged features rarely exceed, as `noise_limit` is for bands: they average over many channels. The best of
# five on Taizhou, by benchmarks/feature_study.py.
FEATURE_LIMIT = 0.6


class FeatureChange:
    """Scores of windows on the lattice, blended; `ChangeMethod` for a model."""

    name = "features"

    def __init__(self, job: DetectChanges, model_path: str, draws: int) -> None:
        self._job = job
        self._model = load_model(model_path, job.device, job.precision)
        self.precision = self._model.precision
        self._lattice = lattice_of(job, self._model.card)
        self._sigmas = noise_levels(job)
        self._draws = draws
        # The network sees both dates of a window at once.
        self._batch = batch_for(self._model, job.batch_size, images=2)
        self._halving = Halving(self._batch, self._model.device)

    def prepare(self, pair: DatePair) -> Generator[Event, None, float]:
        """Fit bands and features to a sample of the pair; returns the score at which change begins."""
        yield from self._model.notes()
        place = f"{describe(self._model.device)} in {self.precision}"
        yield Note(f"Features of windows of {self._model.card.tile_px} px on {place}.")
        sample = yield from read_sample(pair)
        self._bands: IrMad = yield from irmad_fitting(sample, sample_rounding(pair, sample))
        self._half = float(np.sqrt(noise_limit(pair.count) * FEATURE_LIMIT))
        tables: list[MapTable] = []
        chosen = sample_windows(pair, self._job, self._model.card)
        for number, tiles in enumerate(batches(chosen, self._batch)):
            self._add_to_tables(tables, pair, tiles)
            yield from self._halving.notes()
            yield Progress(min((number + 1) * self._batch, MAX_WINDOWS), MAX_WINDOWS, "window", "statistics")
        self._distances = []
        for number, table in enumerate(tables, start=1):
            self._distances.append(MapDistance(table.fit(), self._model.device))
            yield Progress(number, len(tables), "map", "statistics")
        return HALF

    def scores(self, pair: DatePair, window: Window) -> Iterator[Event | Scores]:
        """Scores of a window in strips, each as soon as no further window of the lattice touches it."""
        found = compare_windows(
            pair,
            self._lattice,
            window,
            self._draws,
            self._halving,
            self._job.block_px,
            lambda tiles: self._compare(pair, tiles),
        )
        for item in found:
            if isinstance(item, Strip):
                draws = np.stack([score(each.astype(np.float64), self._half) for each in item.values])
                yield averaged(item.row, item.col, draws, item.valid, bool(self._job.uncertainty))
            else:
                yield item

    def _add_to_tables(self, tables: list[MapTable], pair: DatePair, tiles: Sequence[PairTile]) -> None:
        """Add the features of windows to the statistics, map by map."""

        def maps_of(rows: slice) -> list[tuple[Tensor, Tensor]]:
            # Whole before any is added: a call that runs out of memory has added nothing.
            return list(self._maps(pair, tiles[rows], 0))

        parts = self._halving.parts(lambda rows: (rows, maps_of(rows)), len(tiles))
        for rows, maps in parts:
            valid = torch.from_numpy(np.stack([tile.valid for tile in tiles[rows]]))[:, None].float()
            for index, (before, after) in enumerate(maps):
                if index == len(tables):
                    tables.append(MapTable())
                tables[index].add(before, after, _wholly(valid, before.shape[-2:]))

    def _compare(self, pair: DatePair, tiles: Sequence[PairTile]) -> Pixels:
        """Distances of both dates: float32 [B, draws, t, t]."""
        valid = np.stack([tile.valid for tile in tiles])
        size = valid.shape[1], valid.shape[2]
        bands = np.zeros(valid.shape)
        for i, tile in enumerate(tiles):
            bands[i][tile.valid] = self._bands.distance(tile.before[:, tile.valid].T, tile.after[:, tile.valid].T)
        weights = _smooth(valid.astype(np.float64))
        found = np.empty((len(tiles), self._draws, *size), dtype=np.float32)
        for draw in range(self._draws):
            features = np.sqrt(mean_squared(self._distances, self._maps(pair, tiles, draw), size))
            found[:, draw] = np.sqrt(_smooth(bands * features * valid) / np.maximum(weights, 1e-6))
        return found

    def _maps(self, pair: DatePair, tiles: Sequence[PairTile], draw: int) -> Iterator[tuple[Tensor, Tensor]]:
        """The features of both dates, map by map: all levels of the first noise level, then of the next."""
        before, after = scaled(tiles, self._model.card.bands)
        noise = noise_of(pair, tiles, self._job.seed, draw)
        for sigma in self._sigmas:
            (maps,) = self._model.features(torch.cat([before, after]), [sigma], torch.cat([noise, noise]))
            yield from ((both[: len(tiles)], both[len(tiles) :]) for both in maps)


def noise_levels(job: DetectChanges) -> tuple[float, ...]:
    """The noise levels a job reads features at."""
    return numbers("NOISE_LEVELS", job.noise_levels) or NOISE_LEVELS


def count_windows(job: DetectChanges, card: ModelCard, pair: DatePair, window: Window) -> int:
    """Windows that go through the network for a job: of both dates, at all noise levels and draws."""
    rows, cols = window_starts(pair, lattice_of(job, card), window)
    return 2 * len(noise_levels(job)) * job.draws * len(rows) * len(cols)


def sample_windows(pair: DatePair, job: DetectChanges, card: ModelCard) -> Iterator[PairTile]:
    """At most MAX_WINDOWS windows spread over the pair, valid by half; any that are valid where there are none.

    Their choice depends on the overlap of the rasters alone, never on the extent that is mapped.
    """
    rows, cols = window_starts(pair, lattice_of(job, card), pair.window)
    order = np.random.default_rng(0).permutation(len(rows) * len(cols))
    found = 0
    for least in (LEAST_VALID_SHARE, 0.0):
        for start in range(0, len(order), MAX_WINDOWS):
            for place in np.sort(order[start : start + MAX_WINDOWS]).tolist():
                row, col = rows[place // len(cols)], cols[place % len(cols)]
                (tile,) = read_row(pair, card.tile_px, row, [col], card.tile_px)
                if tile.valid.mean() > least and found < MAX_WINDOWS:
                    found += 1
                    yield tile
            if found >= MAX_WINDOWS:
                return
        if found:
            return


def _smooth(values: NDArray[np.float64]) -> NDArray[np.float64]:
    sigma = (0.0, CONTEXT_PX, CONTEXT_PX)
    result: NDArray[np.float64] = gaussian_filter(values, sigma, mode="nearest", truncate=3.0)
    return result


def _wholly(valid: Tensor, size: torch.Size) -> Tensor:
    """Positions of a map that lie on valid pixels alone: bool [B, h, w]."""
    stride = -(-valid.shape[-1] // size[1])
    padded = F.pad(valid, (0, size[1] * stride - valid.shape[-1], 0, size[0] * stride - valid.shape[-2]))
    return F.avg_pool2d(padded, stride)[:, 0] > 1 - 1e-6
