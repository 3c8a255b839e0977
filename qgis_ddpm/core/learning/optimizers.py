"""The optimizers of a training by their names, and what each remembers of a parameter."""

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor

# beta2 of 0.99: with few steps the second moment has to follow soon.
_ADAM_BETAS = (0.9, 0.99)


def build_optimizer(name: str, parameters: Iterable[Tensor], learning_rate: float) -> torch.optim.Optimizer:
    """The optimizer `adam` or `muon` of some parameters."""
    if name == "muon":
        return Muon(parameters, learning_rate, _ADAM_BETAS)
    return torch.optim.Adam(parameters, lr=learning_rate, betas=_ADAM_BETAS, fused=True)


def blank_state(optimizer: torch.optim.Optimizer, parameter: Tensor) -> dict[str, Tensor]:
    """What an optimizer remembers of a parameter, all 0, as before its first step."""
    state = {"exp_avg": torch.zeros_like(parameter.detach())}
    if not (isinstance(optimizer, Muon) and is_matrix(parameter)):
        state["exp_avg_sq"] = torch.zeros_like(parameter.detach())
        state["step"] = torch.zeros((), device=parameter.device)
    return state


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

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take back what `state_dict` gave."""
        super().load_state_dict(state_dict)
        # It made new ones of both.
        self._adam.state, self._adam.param_groups = self.state, self.param_groups[1:]

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
    nearest: Tensor = product @ wide
    return nearest if matrix.shape[0] <= matrix.shape[1] else nearest.transpose(0, 1)


def _polynomial(gram: Tensor) -> Tensor:
    a, b, c = _QUINTIC
    value = torch.addmm(gram, gram, gram, beta=b, alpha=c)
    value.diagonal().add_(a)
    return value
