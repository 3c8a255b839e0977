"""What a network is shown and what its output means, for each kind of prediction.

Every kind is one linear form: x0 = c_skip * x + c_out * network(c_in * x, condition), with x = x0 + sigma * noise.
`edm` is the preconditioning of Karras et al. 2022 (arXiv 2206.00364, table 1). `noise`, `x0` and `v` see x in the
variance-preserving form x / sqrt(1 + sigma^2); v = (noise - sigma x0) / sqrt(1 + sigma^2) (Salimans and Ho 2022,
arXiv 2202.00512), which is `edm` with sigma_data 1 but for the sign. `wiener` has the best linear estimate of x0 in the
place of c_skip * x, and what that leaves on average for c_out (see wiener.py).

Where the condition is the image itself in larger pixels, all of this is of what that lacks: of x0 less the enlarged
condition (compare Li et al. 2022, SRDiff, arXiv 2104.14951). Without a condition it is of x0.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import torch
from torch import Tensor

from ...card import BandScaling, ConditionCard, ModelCard
from .network import Network
from .precision import products
from .wiener import WienerPrior

# Beyond these levels a picture is bare noise, or noise below any rounding.
_SIGMA_BOUNDS = (1e-5, 1e5)
# Noise over the deviation of what a coarser condition lacks that hides it.
HIDING = 8.0


class Coefficients(NamedTuple):
    """Factors for each tile of a batch, like sigma [B]."""

    c_in: Tensor
    c_skip: Tensor
    c_out: Tensor


def _noise(sigma: Tensor, sigma_data: float) -> Coefficients:
    return Coefficients(torch.rsqrt(1 + sigma**2), torch.ones_like(sigma), -sigma)


def _x0(sigma: Tensor, sigma_data: float) -> Coefficients:
    return Coefficients(torch.rsqrt(1 + sigma**2), torch.zeros_like(sigma), torch.ones_like(sigma))


def _v(sigma: Tensor, sigma_data: float) -> Coefficients:
    c_in = torch.rsqrt(1 + sigma**2)
    return Coefficients(c_in, c_in**2, -sigma * c_in)


def _edm(sigma: Tensor, sigma_data: float) -> Coefficients:
    c_in = torch.rsqrt(sigma_data**2 + sigma**2)
    return Coefficients(c_in, (sigma_data * c_in) ** 2, sigma * sigma_data * c_in)


PREDICTIONS: dict[str, Callable[[Tensor, float], Coefficients]] = {
    "noise": _noise,
    "x0": _x0,
    "v": _v,
    "edm": _edm,
    # Its skip and c_out belong to the network's prior.
    "wiener": _edm,
}

NOISE_CONDITIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "log_sigma": lambda sigma: sigma.clamp(*_SIGMA_BOUNDS).log() / 4,
    # The published networks' noise level, the square root of alpha_bar.
    "signal": lambda sigma: torch.rsqrt(1 + sigma**2),
}


@dataclass(frozen=True)
class Base:
    """What a coarser condition says of x0 by itself: gain and offset of each band, from its scaling to the model's."""

    gains: tuple[float, ...]
    offsets: tuple[float, ...]

    def of(self, condition: Tensor) -> Tensor:
        """The bands [B, C, H, W] in planes [B, C + 1, H, W]; 0 where nothing is known."""
        gains, offsets = (condition.new_tensor(each)[:, None, None] for each in (self.gains, self.offsets))
        return gains * condition[:, :-1] + offsets * condition[:, -1:]


def base_of(bands: Sequence[BandScaling], condition: ConditionCard | None) -> Base | None:
    """The base of a model's estimates; None where its network learnt all that x0 is."""
    if condition is None or not condition.residual:
        return None
    scales = [(each.low + each.high, each.high - each.low) for each in (*bands, *condition.bands)]
    pairs = list(zip(scales[: len(bands)], scales[len(bands) :], strict=True))
    return Base(
        tuple(theirs[1] / own[1] for own, theirs in pairs),
        tuple((theirs[0] - own[0]) / own[1] for own, theirs in pairs),
    )


@dataclass(frozen=True)
class Preconditioning:
    """A kind of prediction for data of a standard deviation: the one place where network and x0 meet.

    prior: the network's, which `wiener` builds on. base: what a coarser condition says by itself.
    """

    prediction: str
    sigma_data: float
    prior: WienerPrior | None = None
    base: Base | None = None

    @property
    def _prior(self) -> WienerPrior:
        assert self.prior is not None  # nosec B101
        return self.prior

    def coefficients(self, sigma: Tensor) -> Coefficients:
        """The factors at noise levels sigma [B]."""
        return PREDICTIONS[self.prediction](sigma, self.sigma_data)

    def estimate(
        self, network: Network, x: Tensor, sigma: Tensor, x0_prev: Tensor | None = None, condition: Tensor | None = None
    ) -> Tensor:
        """The estimate of x0: float32 like x [B, C, H, W]; sigma [B]; x0_prev: an estimate before, or None.

        condition: planes [B, P, H, W] of what a conditional network is told; None: nothing.
        """
        if self.base is not None and condition is not None:
            # More noise than hides what is lacking says no more, and the network has hardly been trained on it.
            level = sigma.clamp(max=HIDING * self.sigma_data)
            lacking = self.lacking(x, condition) * expand_like(level / sigma, x)
            found = replace(self, base=None).estimate(network, lacking, level, x0_prev, condition)
            return found + self.base.of(condition.to(x))
        output = self.network_output(network, x, sigma, x0_prev, condition)
        if self.prediction == "wiener":
            return self._prior.estimate(x, sigma) + expand_like(self.c_out(sigma), x) * output
        c = self.coefficients(sigma)
        return expand_like(c.c_skip, x) * x + expand_like(c.c_out, x) * output

    def lacking(self, x: Tensor, condition: Tensor | None) -> Tensor:
        """What a coarser condition lacks of x [B, C, H, W]; x itself where there is none."""
        return x if self.base is None or condition is None else x - self.base.of(condition.to(x))

    def c_out(self, sigma: Tensor) -> Tensor:
        """What the network's output is multiplied by: like sigma [B]."""
        return self._prior.deviation(sigma) if self.prediction == "wiener" else self.coefficients(sigma).c_out

    def network_output(
        self, network: Network, x: Tensor, sigma: Tensor, x0_prev: Tensor | None = None, condition: Tensor | None = None
    ) -> Tensor:
        """The network's raw output F, to be compared with `target`: float32 like x [B, C, H, W]; sigma [B]."""
        image, noise_condition = self.network_input(network, x, sigma, x0_prev, condition)
        with products(network, x.device):
            output: Tensor = network(image, noise_condition)
        return output.to(x.dtype)

    def target(self, x0: Tensor, noise: Tensor, sigma: Tensor, condition: Tensor | None = None) -> Tensor:
        """The output of a perfect network: float32 like x0 [B, C, H, W]; sigma [B], best as float64.

        (x0 - c_skip x) / c_out with x written out, so that no two large numbers cancel.
        """
        x0 = self.lacking(x0, condition)
        if self.prediction == "wiener":
            x = x0 + expand_like(sigma, x0) * noise
            return (x0 - self._prior.estimate(x, sigma)) / expand_like(self.c_out(sigma), x0)
        c = self.coefficients(sigma)
        of_x0 = expand_like((1 - c.c_skip) / c.c_out, x0)
        of_noise = expand_like(-c.c_skip * sigma / c.c_out, x0)
        return of_x0 * x0 + of_noise * noise

    def network_input(
        self, network: Network, x: Tensor, sigma: Tensor, x0_prev: Tensor | None = None, condition: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """The arguments of the network: its image and the noise condition [B].

        A network with self-conditioning gets the estimate before beside the image, a conditional one what it is told;
        zeros where there is nothing.
        """
        x = self.lacking(x, condition)
        image = expand_like(self.coefficients(sigma).c_in, x) * x
        if network.self_conditioning:
            image = torch.cat([image, torch.zeros_like(x) if x0_prev is None else x0_prev], dim=1)
        if network.condition_channels:
            planes = network.condition_channels
            told = x.new_zeros(len(x), planes, *x.shape[2:]) if condition is None else condition.to(x)
            image = torch.cat([image, told], dim=1)
        noise_condition = NOISE_CONDITIONS[network.noise_condition](sigma)
        return image, noise_condition.to(x.dtype).to(x.device)


def preconditioning_of(card: ModelCard, prior: WienerPrior | None) -> Preconditioning:
    """That of a model, by its card."""
    return Preconditioning(card.prediction, card.sigma_data, prior, base_of(card.bands, card.condition))


def expand_like(values: Tensor, like: Tensor) -> Tensor:
    """One value a tile [B], ready to multiply tiles [B, C, H, W]."""
    # The type first: some devices have no float64.
    return values.to(like.dtype).to(like.device)[:, None, None, None]
