"""Muon: steps of weight matrices made orthogonal, so that all their directions are learnt at one speed.

Adam scales each weight alone; what it adds to a matrix is then ruled by a few directions. Muon (Jordan et al. 2024,
https://kellerjordan.github.io/posts/muon/) adds the semi-orthogonal matrix nearest to the momentum. The matrix of a
convolution has its outputs as rows and all that one of them reads as columns. The step is made as large as Adam's would
be, so that one learning rate is for both (Liu et al. 2025, arXiv 2502.16982, section 2.2). Biases, scales, and matrices
too thin to have directions are left to Adam. torch's own Muon takes no convolutions.
"""

from collections.abc import Callable, Iterable

import torch
from torch import Tensor

_MOMENTUM = 0.95
# Jordan's quintic: five rounds bring singular values from 0.002 to 1 to between 0.7 and 1.2, which is near enough to 1.
_QUINTIC = (3.4445, -4.7750, 2.0315)
_ROUNDS = 5
# A matrix of fewer rows or columns has too few directions.
_LEAST_SIDE = 16
# Root mean square of what Adam adds to the weights, in learning rates.
_ADAM_SIZE = 0.2
_LEAST_NORM = 1e-12


class Muon(torch.optim.Optimizer):
    """Muon for the matrices among some parameters, Adam for the others, with one learning rate."""

    def __init__(self, parameters: Iterable[Tensor], lr: float, adam_betas: tuple[float, float]) -> None:
        matrices: list[Tensor] = []
        others: list[Tensor] = []
        for parameter in parameters:
            (matrices if is_matrix(parameter) else others).append(parameter)
        super().__init__([{"params": matrices}], {"lr": lr})
        self._adam = torch.optim.Adam([{"params": others}], lr=lr, betas=adam_betas, fused=True)
        # Whoever sets the learning rate, or keeps the state, sees all parameters.
        self._adam.state = self.state
        self.param_groups += self._adam.param_groups

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        """Change the weights by their gradients."""
        self._adam.step()
        group = self.param_groups[0]
        for parameter in group["params"]:
            if parameter.grad is None:
                continue
            state = self.state[parameter]
            if not state:
                state["exp_avg"] = torch.zeros_like(parameter)
            momentum = state["exp_avg"].lerp_(parameter.grad, 1 - _MOMENTUM)
            # Nesterov's look ahead. The order of columns is free: that of the memory, where channels come last.
            ahead = parameter.grad.lerp(momentum, _MOMENTUM).movedim(1, -1)
            matrix = ahead.flatten(1)
            change = orthogonal(matrix).reshape(ahead.shape).movedim(-1, 1)
            parameter.add_(change, alpha=-group["lr"] * _ADAM_SIZE * max(matrix.shape) ** 0.5)


def is_matrix(parameter: Tensor) -> bool:
    """Whether weights [out, ...] are a matrix with enough rows and columns to be made orthogonal."""
    return parameter.ndim > 1 and min(parameter.shape[0], parameter[0].numel()) >= _LEAST_SIDE


def orthogonal(matrix: Tensor) -> Tensor:
    """The semi-orthogonal matrix nearest to one [m, n], nearly: its singular values become about 1.

    Each round of Newton and Schulz multiplies the matrix by a polynomial of its own Gram matrix. All those commute, so
    the rounds are done on the Gram matrix of the shorter side, and the matrix itself is multiplied once: a convolution
    has nine times as many columns as rows or more.
    """
    wide = matrix if matrix.shape[0] <= matrix.shape[1] else matrix.transpose(0, 1)
    wide = wide / (wide.norm() + _LEAST_NORM)
    gram = wide @ wide.mT
    product = polynomial = _polynomial(gram)
    for _ in range(_ROUNDS - 1):
        gram = polynomial @ gram @ polynomial
        polynomial = _polynomial(gram)
        product = polynomial @ product
    found: Tensor = product @ wide
    return found if matrix.shape[0] <= matrix.shape[1] else found.transpose(0, 1)


def _polynomial(gram: Tensor) -> Tensor:
    a, b, c = _QUINTIC
    found = torch.addmm(gram, gram, gram, beta=b, alpha=c)
    found.diagonal().add_(a)
    return found
