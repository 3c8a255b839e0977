"""What is exported as a network: raw pixels in, probabilities out; or one call of the denoiser."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import torch
from torch import Tensor, nn

from ...card import BandScaling
from ..detector import Detector
from ..detector.detector import decide, gather
from ..model import DiffusionModel
from ..model.denoiser import Found
from ..raster.random import position_noise
from ..raster.scaling import UNIT_LIMIT


class UncheckedModel(DiffusionModel):
    """A model whose answers nobody looks at: what depends on numbers cannot stand in a graph."""

    def _kept(self, call: Callable[[], Found], parts: Callable[[Found], Iterable[Tensor]], astray: str = "") -> Found:
        return call()


def unchecked(model: DiffusionModel) -> UncheckedModel:
    """The same network on the same device, in float32."""
    return UncheckedModel(model.network, model.card, model.device, model.path)


class DetectorGraph(nn.Module):
    """Both dates' bands stacked, in their own numbers [1, 2 * C, t, t], to the probability of change [1, 1, t, t].

    Where a band of either date is NaN or the card's nodata the probability is 0. The noise is that of the window at the
    origin, under the seed.
    """

    def __init__(self, detector: Detector, seed: int) -> None:
        super().__init__()
        self._detector, self._model = detector, unchecked(detector.model)
        self.side = detector.window_px
        bands = detector.model.card.bands
        # Registered, so that the exporter finds their weights.
        self.network, self.head = self._model.network, detector.head
        noise = position_noise(seed, 0, len(bands), (0, 0, self.side, self.side))
        self.register_buffer("noise", torch.from_numpy(noise)[None], persistent=False)
        middle, half, nodata = (_columns(values) for values in zip(*map(_numbers, bands), strict=True))
        for name, column in (("middle", middle), ("half_width", half), ("nodata", nodata)):
            self.register_buffer(name, column, persistent=False)
        self._has_nodata = any(band.nodata is not None for band in bands)

    def forward(self, stacked: Tensor) -> Tensor:
        """The probability of change float32 [1, 1, t, t] of raw pixels float32 [1, 2 * C, t, t]."""
        valid = ~torch.isnan(stacked)
        if self._has_nodata:
            valid = valid & (stacked != self.get_buffer("nodata"))
        # [1, 1, t, t]: a pixel counts where all bands of both dates do.
        weights = valid.to(stacked.dtype).amin(dim=1, keepdim=True)
        unit = (torch.where(valid, stacked, 0.0) - self.get_buffer("middle")) / self.get_buffer("half_width")
        unit = unit.clamp(-UNIT_LIMIT, UNIT_LIMIT)
        means = (unit * weights).sum(dim=(2, 3), keepdim=True) / weights.sum(dim=(2, 3), keepdim=True).clamp(min=1)
        shown = unit * weights + means * (1 - weights)
        bands = shown.shape[1] // 2
        gathered = gather(
            self._model,
            self._detector.head,
            self._detector.card.noise_levels,
            shown[:, :bands],
            shown[:, bands:],
            self.get_buffer("noise"),
        )
        logits = decide(self._detector.head, gathered, (self.side, self.side), self._model.feature_strides)
        probability = torch.softmax(logits, dim=1)[:, 1:] * weights
        return probability.reshape(1, 1, self.side, self.side)


class DenoiserGraph(nn.Module):
    """x [1, C, t, t] = x0 + sigma * noise, in [-1, 1] before the noise, and sigma [1], to the estimate of x0."""

    def __init__(self, model: DiffusionModel) -> None:
        super().__init__()
        self._model = unchecked(model)
        self.network = self._model.network

    def forward(self, x: Tensor, sigma: Tensor) -> Tensor:
        """The estimate of x0, float32 like x."""
        return self._model.denoise(x, sigma)


def _numbers(band: BandScaling) -> tuple[float, float, float]:
    """Middle and half width of a band's range, and its nodata."""
    nodata = np.nan if band.nodata is None else band.nodata
    return (band.low + band.high) / 2, (band.high - band.low) / 2, nodata


def _columns(values: Sequence[float]) -> Tensor:
    """A value for each band of both dates, [1, 2 * C, 1, 1]."""
    return torch.tensor([*values, *values], dtype=torch.float32)[None, :, None, None]
