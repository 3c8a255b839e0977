"""The optimizers of a training by their names, and what each remembers of a parameter."""

from collections.abc import Iterable

import torch
from torch import Tensor

from .muon import Muon, is_matrix

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
