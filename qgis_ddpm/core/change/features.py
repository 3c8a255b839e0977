"""METHOD features: what a diffusion model sees at two dates, without labels.

Features of both dates at a few noise levels, under the same noise, are compared as IR-MAD compares bands. Alone they
miss thin and see soft change; bands alone see every pixel's noise. The geometric mean of both distances asks for
change in either view, and a small neighbourhood steadies it (docs/change-detection-study.md).
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from functools import partial
from typing import Any, TypeVar

import numpy as np
import torch
from scipy.ndimage import gaussian_filter
from torch import Tensor
from torch.nn import functional as F

from ...errors import InputError
from ...events import Event, Note, Progress
from ..model import load_model
from ..model.device import describe
from ..pairs.dead_bands import dead_band_notes
from ..pairs.irmad import IrMad
from ..pairs.pair import Pair
from ..pairs.windows import PairTile, normalized_dates, place_noise, read_row, window_starts
from ..raster.lattice import Lattice
from ..raster.types import Floats, Pixels
from .feature_distance import GappyTable, MapDistance, mean_squared
from .no_change import false_alarm_limit
from .scores import HALF, ScoringSettings, noise_limit, score
from .window_scorer import WindowScorer

# At this noise only shapes of some pixels are left; at less, features repeat what the bands say.
NOISE_LEVELS = (0.701,)
# Windows that the statistics of features are taken from.
MAX_WINDOWS = 192
LEAST_VALID_SHARE = 0.5
# Standard deviation of the neighbourhood, px.
CONTEXT_PX = 1.0
# What unchanged features rarely exceed, as `noise_limit` is for bands: they average over many channels.
FEATURE_LIMIT = 0.6

Found = TypeVar("Found")


class FeatureChange(WindowScorer):
    """Scores of windows on the lattice, blended; `ChangeMethod` for a model."""

    statistics_windows = MAX_WINDOWS
    # The distance at which change begins.
    _half: float

    def __init__(self, settings: ScoringSettings, model_path: str) -> None:
        # The network sees both dates of a window at once.
        model = load_model(model_path, settings.device, settings.precision)
        super().__init__(model, settings, settings.noise_levels or NOISE_LEVELS)

    def prepare(self, pair: Pair) -> Generator[Event, None, float]:
        """Fit bands and features to a sample of the pair; returns the score at which change begins."""
        yield from self.model.notes()
        place = f"{describe(self.model.device)} in {self.model.precision}"
        yield Note(f"Features of windows of {self.model.card.tile_px} px on {place}.")
        yield from self.take_statistics(pair)
        tables: list[GappyTable] = []
        # All maps of a call are there before any is added: a retry where memory ran out counts no window twice.
        yield from self._over_sample(pair, lambda tiles: self.look(pair, tiles, 0), partial(_add_to_tables, tables))
        yield from (Note(text, "warning") for text in _table_notes(tables))
        self._distances: list[MapDistance | None] = []
        for number in range(len(tables)):
            fit = tables[number].fit()
            tables[number] = GappyTable()
            self._distances.append(None if fit is None else MapDistance(fit, self.model.device))
            yield Progress(number + 1, len(tables), "map", "statistics")
        if self.settings.asked_alarms is not None:
            sampled = yield from self._sampled_distances(pair)
            self._half = false_alarm_limit(sampled, self._half, self.settings.asked_alarms)
        return HALF

    def _over_sample(
        self, pair: Pair, look: Callable[[Sequence[PairTile]], Found], use: Callable[[Sequence[PairTile], Found], None]
    ) -> Generator[Event, None, None]:
        """Show the windows that statistics are of, and use what there is to see in their order."""
        done = 0
        with closing(self.shown([sample_windows(pair, self.lattice)], lambda tiles: (tiles, look(tiles)))) as shown:
            for windows, _, parts in shown:
                for tiles, found in parts:
                    use(tiles, found)
                done += windows
                yield from self._halving.notes()
                yield Progress(min(done, MAX_WINDOWS), MAX_WINDOWS, "window", "statistics")

    def _sampled_distances(self, pair: Pair) -> Generator[Event, None, Floats]:
        """Distances in the windows that the statistics are of: float64 [N]."""
        sampled: list[Floats] = []

        def use(tiles: Sequence[PairTile], compared: Pixels) -> None:
            for tile, distances in zip(tiles, compared, strict=True):
                sampled.append(distances[0][tile.valid].astype(np.float64))

        yield from self._over_sample(pair, lambda tiles: self.compare(pair, tiles), use)
        return np.concatenate(sampled)

    def take_statistics(self, pair: Pair) -> Generator[Event, None, None]:
        """Fit the bands to a sample of the pair."""
        self._bands: IrMad = yield from pair.irmad()
        sample = yield from pair.sample()
        fate = "are left out where bands are compared, and seen by the model"
        yield from dead_band_notes(pair, sample, self._bands.used, fate)
        pair.forget_sample()
        bands = noise_limit(len(self._bands.correlations), self.settings.false_alarms)
        self._half = float(np.sqrt(bands * FEATURE_LIMIT))

    def fitted(self) -> object:
        """What `prepare` found."""
        cpu = torch.device("cpu")
        return self._bands, self._half, [distance and distance.on(cpu) for distance in self._distances]

    def take_fitted(self, fitted: Any) -> None:
        """Take what `prepare` found elsewhere."""
        self._bands, self._half, distances = fitted
        self._distances = [distance and distance.on(self.model.device) for distance in distances]

    def look(self, pair: Pair, tiles: Sequence[PairTile], draw: int) -> list[tuple[Tensor, Tensor]]:
        """The features of both dates, map by map: all levels of the first noise level, then of the next."""
        return list(self._maps(pair, tiles, draw))

    def compare(self, pair: Pair, tiles: Sequence[PairTile]) -> Pixels:
        """Distances of both dates: float32 [B, draws, t, t]."""
        valid = np.stack([tile.valid for tile in tiles])
        size = valid.shape[1], valid.shape[2]
        bands = np.zeros(valid.shape)
        for i, tile in enumerate(tiles):
            bands[i][tile.valid] = self._bands.distance(tile.before[:, tile.valid].T, tile.after[:, tile.valid].T)
        sigma = CONTEXT_PX if self.settings.context_px is None else self.settings.context_px
        weights = _smooth(valid.astype(np.float64), sigma)
        distances = np.empty((len(tiles), self.settings.draws, *size), dtype=np.float32)
        for draw in range(self.settings.draws):
            features = np.sqrt(mean_squared(self._distances, self._maps(pair, tiles, draw), size))
            distances[:, draw] = np.sqrt(_smooth(bands * features * valid, sigma) / np.maximum(weights, 1e-6))
        return distances

    def to_scores(self, values: Pixels) -> Pixels:
        """Scores in [0, 1) of blended distances, float32 [draws, n, m] each."""
        return np.stack([score(draw.astype(np.float64), self._half) for draw in values])

    def _maps(self, pair: Pair, tiles: Sequence[PairTile], draw: int) -> Iterator[tuple[Tensor, Tensor]]:
        before, after = normalized_dates(tiles, self.model.card.bands)
        noise = place_noise(pair, tiles, self.settings.seed, draw)
        for sigma in self.sigmas:
            (maps,) = self.model.features(torch.cat([before, after]), [sigma], torch.cat([noise, noise]))
            yield from ((both[: len(tiles)], both[len(tiles) :]) for both in maps)


def sample_windows(pair: Pair, lattice: Lattice) -> Iterator[PairTile]:
    """At most MAX_WINDOWS windows spread over the pair, valid by half; any that are valid where there are none.

    Their choice depends on the overlap of the rasters alone, never on the extent that is mapped.
    """
    rows, cols = window_starts(pair, lattice, pair.window)
    order = np.random.default_rng(0).permutation(len(rows) * len(cols))
    count = 0
    for least in (LEAST_VALID_SHARE, 0.0):
        for start in range(0, len(order), MAX_WINDOWS):
            for place in np.sort(order[start : start + MAX_WINDOWS]).tolist():
                row, col = rows[place // len(cols)], cols[place % len(cols)]
                (tile,) = read_row(pair, lattice.tile_px, row, [col], lattice.tile_px)
                if tile.valid.mean() > least and count < MAX_WINDOWS:
                    count += 1
                    yield tile
            if count >= MAX_WINDOWS:
                return
        if count:
            return


def _smooth(values: Floats, sigma_px: float) -> Floats:
    result: Floats = gaussian_filter(values, (0.0, sigma_px, sigma_px), mode="nearest", truncate=3.0)
    return result


def _table_notes(tables: Sequence[GappyTable]) -> list[str]:
    """What holes leave of maps. Raises InputError where no map has places enough for statistics."""
    few = [table for table in tables if table.places < table.least]
    if len(few) == len(tables):
        most = max(tables, key=lambda table: table.places - table.least)
        raise InputError(
            f"METHOD features finds {most.places} places that are valid in both dates and needs {most.least}: the "
            "dates are too small, or have too many holes. Choose METHOD irmad, which looks at single pixels."
        )
    halves = sum(not table.enough_whole for table in tables) - len(few)
    notes = []
    if few:
        notes.append(
            f"{len(few)} of {len(tables)} maps are left out: too few of their places are valid for statistics."
        )
    if halves:
        notes.append(
            f"Holes leave too few places of {halves} of {len(tables)} maps wholly valid: their statistics are of "
            "places that are valid by half."
        )
    return notes


def _add_to_tables(tables: list[GappyTable], tiles: Sequence[PairTile], maps: Sequence[tuple[Tensor, Tensor]]) -> None:
    """Add the features of windows to the statistics, map by map."""
    valid = torch.from_numpy(np.stack([tile.valid for tile in tiles]))[:, None].float()
    for index, (before, after) in enumerate(maps):
        if index == len(tables):
            tables.append(GappyTable())
        tables[index].add(before, after, _valid_shares(valid, before.shape[-2:]))


def _valid_shares(valid: Tensor, size: torch.Size) -> Tensor:
    """Share of valid pixels under each position of a map: float32 [B, h, w]."""
    stride = -(-valid.shape[-1] // size[1])
    padded = F.pad(valid, (0, size[1] * stride - valid.shape[-1], 0, size[0] * stride - valid.shape[-2]))
    return F.avg_pool2d(padded, stride)[:, 0]
