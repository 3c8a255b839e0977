"""What a network is shown and what its output means, for each kind of prediction.

Every kind is one linear form: x0 = c_skip * x + c_out * network(c_in * x, condition), with x = x0 + sigma * noise.
`edm` is the preconditioning of Karras et al. 2022 (arXiv 2206.00364, table 1). `noise`, `x0` and `v` see x in the
variance-preserving form x / sqrt(1 + sigma^2); v = (noise - sigma x0) / sqrt(1 + sigma^2) (Salimans and Ho 2022,
arXiv 2202.00512), which is `edm` with sigma_data 1 but for the sign. `wiener` has the best linear estimate of x0 in the
place of c_skip * x, and what that leaves on average for c_out (see wiener.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from .network import Network
from .precision import products
from .wiener import WienerPrior

# Beyond these levels a picture is bare noise, or noise below any rounding.
_SIGMA_BOUNDS = (1e-5, 1e5)


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
class Preconditioning:
    """A kind of prediction for data of a standard deviation: the one place where network and x0 meet.

    prior: the network's, which `wiener` builds on.
    """

    prediction: str
    sigma_data: float
    prior: WienerPrior | None = None

    @property
    def _prior(self) -> WienerPrior:
        assert self.prior is not None  # nosec B101
        return self.prior

    def coefficients(self, sigma: Tensor) -> Coefficients:
        """The factors at noise levels sigma [B]."""
        return PREDICTIONS[self.prediction](sigma, self.sigma_data)

    def estimate(self, network: Network, x: Tensor, sigma: Tensor, x0_prev: Tensor | None = None) -> Tensor:
        """The estimate of x0: float32 like x [B, C, H, W]; sigma [B]; x0_prev: an estimate before, or None."""
        output = self.network_output(network, x, sigma, x0_prev)
        if self.prediction == "wiener":
            return self._prior.estimate(x, sigma) + expand_like(self.c_out(sigma), x) * output
        c = self.coefficients(sigma)
        return expand_like(c.c_skip, x) * x + expand_like(c.c_out, x) * output

    def c_out(self, sigma: Tensor) -> Tensor:
        """What the network's output is multiplied by: like sigma [B]."""
        return self._prior.deviation(sigma) if self.prediction == "wiener" else self.coefficients(sigma).c_out

    def network_output(self, network: Network, x: Tensor, sigma: Tensor, x0_prev: Tensor | None = None) -> Tensor:
        """The network's raw output F, to be compared with `target`: float32 like x [B, C, H, W]; sigma [B]."""
        image, condition = self.network_input(network, x, sigma, x0_prev)
        with products(network, x.device):
            output: Tensor = network(image, condition)
        return output.to(x.dtype)

    def target(self, x0: Tensor, noise: Tensor, sigma: Tensor) -> Tensor:
        """The output of a perfect network: float32 like x0 [B, C, H, W]; sigma [B], best as float64.

        (x0 - c_skip x) / c_out with x written out, so that no two large numbers cancel.
        """
        if self.prediction == "wiener":
            x = x0 + expand_like(sigma, x0) * noise
            return (x0 - self._prior.estimate(x, sigma)) / expand_like(self.c_out(sigma), x0)
        c = self.coefficients(sigma)
        of_x0 = expand_like((1 - c.c_skip) / c.c_out, x0)
        of_noise = expand_like(-c.c_skip * sigma / c.c_out, x0)
        return of_x0 * x0 + of_noise * noise

    def network_input(
        self, network: Network, x: Tensor, sigma: Tensor, x0_prev: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """The arguments of the network: its image and the noise condition [B].

        A network with self-conditioning gets the estimate before, or zeros, beside the image.
        """
        image = expand_like(self.coefficients(sigma).c_in, x) * x
        if network.self_conditioning:
            image = torch.cat([image, torch.zeros_like(x) if x0_prev is None else x0_prev], dim=1)
        condition = NOISE_CONDITIONS[network.noise_condition](sigma)
        return image, condition.to(x.dtype).to(x.device)


def expand_like(values: Tensor, like: Tensor) -> Tensor:
    """One value a tile [B], ready to multiply tiles [B, C, H, W]."""
    # The type first: some devices have no float64.
    return values.to(like.dtype).to(like.device)[:, None, None, None]
