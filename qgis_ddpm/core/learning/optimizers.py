"""The optimizers of a training by their names, and what each remembers of a parameter."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from inspect import unwrap
from typing import Any

import torch
from torch import Tensor

from ...errors import is_out_of_memory

# beta2 of 0.99: with few steps the second moment has to follow soon.
_ADAM_BETAS = (0.9, 0.99)


def build_optimizer(
    name: str, parameters: Iterable[Tensor], learning_rate: float, in_bfloat16: bool = False
) -> torch.optim.Optimizer:
    """The optimizer `adam` or `muon` of some parameters; in_bfloat16: muon may round what it multiplies so."""
    _keep_compiler_unloaded()
    if name == "muon":
        return Muon(parameters, learning_rate, _ADAM_BETAS, in_bfloat16)
    return torch.optim.Adam(parameters, lr=learning_rate, betas=_ADAM_BETAS, fused=True)


def _keep_compiler_unloaded() -> None:
    """Tell torch that its compiler, which nobody here sets on an optimizer, is kept out of what makes one.

    It would load it for that: a second before a first tile (torch/_compile.py). Where torch looks no more, nothing is
    changed.
    """
    for method in vars(torch.optim.Optimizer).values():
        inside = getattr(method, "__wrapped__", None)
        if inside is not None:
            inside.__dict__.setdefault("__dynamo_disable", inside)


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

    def __init__(
        self, parameters: Iterable[Tensor], lr: float, adam_betas: tuple[float, float], in_bfloat16: bool = False
    ) -> None:
        matrices: list[Tensor] = []
        others: list[Tensor] = []
        for parameter in parameters:
            (matrices if is_matrix(parameter) else others).append(parameter)
        super().__init__([{"params": matrices}], {"lr": lr})
        self._adam = torch.optim.Adam([{"params": others}], lr=lr, betas=adam_betas, fused=True)
        # Whoever sets the learning rate, or keeps the state, sees all parameters.
        self._adam.state = self.state
        self.param_groups += self._adam.param_groups
        self.in_bfloat16 = in_bfloat16
        # What rounded products did instead of giving finite numbers; "" = nothing. They are no longer taken then.
        self.problem = ""

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take back what `state_dict` gave."""
        super().load_state_dict(state_dict)
        # It made new ones of both.
        self._adam.state, self._adam.param_groups = self.state, self.param_groups[1:]

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        """Change the weights by their gradients, which are used up."""
        # Without what is around it in torch for its compiler, which that would load.
        unwrap(torch.optim.Adam.step)(self._adam)
        group = self.param_groups[0]
        parameters = [parameter for parameter in group["params"] if parameter.grad is not None]
        if not parameters:
            return
        for parameter in parameters:
            if not self.state[parameter]:
                self.state[parameter]["exp_avg"] = torch.zeros_like(parameter)
        momenta = [self.state[parameter]["exp_avg"] for parameter in parameters]
        ahead = [parameter.grad for parameter in parameters]
        torch._foreach_lerp_(momenta, ahead, 1 - _MOMENTUM)
        # Nesterov's look ahead, in the place of the gradients.
        torch._foreach_lerp_(ahead, momenta, _MOMENTUM)
        matrices = [_wide(values, parameter) for values, parameter in zip(ahead, parameters, strict=True)]
        weights = [_wide(parameter.detach(), parameter) for parameter in parameters]
        sizes = [group["lr"] * _ADAM_SIZE * max(matrix.shape) ** 0.5 for matrix in matrices]
        if self.in_bfloat16 and self._add_rounded(weights, matrices, sizes):
            return
        for weight, matrix, factor, size in zip(weights, matrices, self._factors(matrices), sizes, strict=True):
            # Into the weights themselves: one pass over a large matrix where a product and a sum are two.
            weight.addmm_(factor, matrix, alpha=-size)

    def _add_rounded(self, weights: Sequence[Tensor], matrices: Sequence[Tensor], sizes: Sequence[float]) -> bool:
        """Change the weights by rounded products; False, and nothing is changed, where they are not finite."""
        try:
            factors = self._factors(matrices, rounded=True)
            with quick_products():
                steps = [factor @ matrix for factor, matrix in zip(factors, matrices, strict=True)]
        except RuntimeError as error:
            if is_out_of_memory(error):
                raise
            problem = f"failed ({' '.join(str(error).split())[:120]})"
        else:
            if bool(torch.stack([step.sum() for step in steps]).isfinite().all()):
                for weight, step, size in zip(weights, steps, sizes, strict=True):
                    weight.add_(step, alpha=-size)
                return True
            if not bool(torch.stack([matrix.sum() for matrix in matrices]).isfinite().all()):
                # So are the gradients: float32 can do no better.
                return False
            problem = "gave numbers that are not finite"
        self.in_bfloat16, self.problem = False, problem
        return False

    def _factors(self, matrices: Sequence[Tensor], rounded: bool = False) -> list[Tensor]:
        """What makes each matrix orthogonal when it is multiplied by it from the left; those of one size together."""
        with quick_products() if rounded else nullcontext():
            grams = [matrix @ matrix.mT for matrix in matrices]
        found: dict[int, Tensor] = {}
        for size in {len(gram) for gram in grams}:
            numbers = [number for number, gram in enumerate(grams) if len(gram) == size]
            factors = orthogonal_factor(torch.stack([grams[number] for number in numbers]))
            found.update(zip(numbers, factors, strict=True))
        return [found[number] for number in range(len(grams))]


def is_matrix(parameter: Tensor) -> bool:
    """Whether weights [out, ...] are a matrix with enough rows and columns to be made orthogonal."""
    return parameter.ndim > 1 and min(parameter.shape[0], parameter[0].numel()) >= _LEAST_SIDE


def orthogonal(matrix: Tensor) -> Tensor:
    """The semi-orthogonal matrix nearest to one [m, n], nearly: its singular values become about 1."""
    wide = matrix if matrix.shape[0] <= matrix.shape[1] else matrix.mT
    found: Tensor = orthogonal_factor((wide @ wide.mT)[None])[0] @ wide
    return found if matrix.shape[0] <= matrix.shape[1] else found.mT


def orthogonal_factor(gram: Tensor) -> Tensor:
    """Matrices [k, m, m] that make matrices with these Gram matrices [k, m, m] nearly orthogonal, from the left.

    Each round of Newton and Schulz multiplies a matrix by a polynomial of its own Gram matrix. All those commute, so
    the rounds are done on the Gram matrix of the shorter side, and the matrix itself is multiplied once: a convolution
    has nine times as many columns as rows or more.
    """
    # The sum of the squares of all elements: the square of the norm.
    square = gram.diagonal(dim1=1, dim2=2).sum(dim=1)[:, None, None] + _LEAST_NORM**2
    gram = gram / square
    product = polynomial = _polynomial(gram)
    for _ in range(_ROUNDS - 1):
        gram = polynomial @ gram @ polynomial
        polynomial = _polynomial(gram)
        product = polynomial @ product
    return product * square.rsqrt()


@contextmanager
def quick_products() -> Iterator[None]:
    """Products of float32 matrices on a processor with their factors rounded to bfloat16; sums stay float32."""
    setting: Any = torch.backends.mkldnn.matmul  # type: ignore[attr-defined]
    before = setting.fp32_precision
    setting.fp32_precision = "bf16"
    try:
        yield
    finally:
        setting.fp32_precision = before


def _wide(values: Tensor, parameter: Tensor) -> Tensor:
    """Values [out, ...] of weights as a matrix [m, n] with m <= n, of the weights themselves a view.

    The order of columns is free: that of the memory.
    """
    matrix = values.flatten(1) if parameter.is_contiguous() else values.movedim(1, -1).flatten(1)
    return matrix if matrix.shape[0] <= matrix.shape[1] else matrix.mT


def _polynomial(gram: Tensor) -> Tensor:
    a, b, c = _QUINTIC
    found = torch.baddbmm(gram, gram, gram, beta=b, alpha=c)
    found.diagonal(dim1=1, dim2=2).add_(a)
    return found


def clip_gradients(parameters: Iterable[Tensor], largest: float) -> None:
    """Shorten all gradients together to a norm of `largest`, where they are longer.

    torch's own multiplies them all by 1 where they are not: a pass over the weights.
    """
    gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
    norm = torch.stack(torch._foreach_norm(gradients)).norm()
    share = largest / (norm + _LEAST_NORM)
    if norm.device.type != "cpu":
        torch._foreach_mul_(gradients, share.clamp(max=1.0))
    elif share < 1:
        torch._foreach_mul_(gradients, float(share))
