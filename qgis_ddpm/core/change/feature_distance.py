"""Distances between the features of two dates, in units of what features of unchanged places differ by."""

from collections.abc import Iterator, Sequence
from copy import copy

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from ..pairs.irmad import IrMad, fit_irmad
from ..pairs.telling import least_pixels
from ..raster.types import Pixels

# Rows of the table that a map's statistics are taken from: its memory, and enough for hundreds of channels.
MAX_ROWS = 1 << 14
MAX_NUMBERS = 1 << 24
# Of the pixels under a position of a map: rounding of their mean, and what makes do where holes leave nothing whole.
_WHOLLY, _BY_HALF = 1 - 1e-6, 0.5


class MapTable:
    """Features of both dates at a spread of positions of one map, kept to at most MAX_ROWS of them."""

    def __init__(self) -> None:
        self._before: list[Pixels] = []
        self._after: list[Pixels] = []
        self._rows, self._every = 0, 1
        # Positions before any was dropped.
        self.seen = 0

    def add(self, before: Tensor, after: Tensor, valid: Tensor) -> None:
        """Take in maps float32 [B, D, h, w] of both dates, where bool [B, h, w] says so."""
        # Window by window, so that batches do not decide what is kept.
        for first, second, inside in zip(before, after, valid.to(before.device), strict=True):
            self._before.append(_thinned(first[:, inside].T.cpu().numpy(), self._every))
            self._after.append(_thinned(second[:, inside].T.cpu().numpy(), self._every))
            self._rows += len(self._before[-1])
            self.seen += int(inside.sum())
            self._thin(min(MAX_ROWS, MAX_NUMBERS // before.shape[1]))

    def _thin(self, most: int) -> None:
        while self._rows > most:
            self._before, self._after = ([_thinned(x, 2) for x in date] for date in (self._before, self._after))
            self._every, self._rows = 2 * self._every, sum(map(len, self._before))

    def fit(self) -> IrMad:
        """The IR-MAD of the features: as of bands, with the same noise assumed of every channel."""
        before, after = np.concatenate(self._before), np.concatenate(self._after)
        self._before, self._after = [before], [after]
        nothing = np.zeros(before.shape[1])
        return fit_irmad(before, after, (nothing, nothing))


def _thinned(rows: Pixels, every: int) -> Pixels:
    """Every n-th row, in memory of its own: a view would keep all."""
    return rows if every == 1 else rows[::every].copy(order="K")


class GappyTable:
    """The table of a map's positions on valid pixels alone and, while these are too few, of those valid by half."""

    def __init__(self) -> None:
        self._whole, self._half = MapTable(), MapTable()
        self.enough_whole = False
        self.least = 0

    def add(self, before: Tensor, after: Tensor, share: Tensor) -> None:
        """Take in maps float32 [B, D, h, w] of both dates; share: float32 [B, h, w], of valid pixels of each place."""
        self.least = least_pixels(before.shape[1])
        self._whole.add(before, after, share > _WHOLLY)
        if not self.enough_whole:
            self._half.add(before, after, share >= _BY_HALF)
        if self._whole.seen >= self.least:
            self.enough_whole, self._half = True, MapTable()

    @property
    def places(self) -> int:
        """Positions that there are for statistics."""
        return self._whole.seen if self.enough_whole else self._half.seen

    def fit(self) -> IrMad | None:
        """The IR-MAD of the features, None where there are too few positions for it."""
        if self.places < self.least:
            return None
        return (self._whole if self.enough_whole else self._half).fit()


class MapDistance:
    """`IrMad.distance` for whole maps on a device."""

    def __init__(self, fit: IrMad, device: torch.device) -> None:
        def tensor(values: NDArray[np.float64]) -> Tensor:
            return torch.from_numpy(values.astype(np.float32)).to(device)

        self._before, self._after = tensor(fit.before), tensor(fit.after)
        self._mean_before, self._mean_after = tensor(fit.mean_before), tensor(fit.mean_after)

    def on(self, device: torch.device) -> "MapDistance":
        """The same on another device."""
        moved = copy(self)
        for name, tensor in vars(self).items():
            setattr(moved, name, tensor.to(device))
        return moved

    def squared(self, before: Tensor, after: Tensor) -> Tensor:
        """Mean square of the scaled differences: float32 [B, 1, h, w] of maps [B, D, h, w]."""
        first = (before.permute(0, 2, 3, 1) - self._mean_before) @ self._before
        second = (after.permute(0, 2, 3, 1) - self._mean_after) @ self._after
        return torch.square(first - second).mean(dim=-1)[:, None]


def mean_squared(
    distances: Sequence[MapDistance | None], maps: Iterator[tuple[Tensor, Tensor]], size: tuple[int, int]
) -> Pixels:
    """Mean over all maps that have a distance of its square, enlarged to `size`: float32 [B, *size]."""
    total = torch.zeros(())
    for distance, (before, after) in zip(distances, maps, strict=True):
        if distance is None:
            continue
        squared = distance.squared(before, after)
        stride = -(-size[0] // squared.shape[-2])
        large = F.interpolate(squared, scale_factor=float(stride), mode="bilinear", align_corners=False)
        total = total.to(large.device) + large[:, 0, : size[0], : size[1]]
    result: Pixels = (total / sum(distance is not None for distance in distances)).cpu().numpy()
    return result
