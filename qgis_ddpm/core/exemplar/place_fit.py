"""How well places of the mosaic fit pixels: by patch, by surroundings, and by how often a place is used already."""

from collections.abc import Sequence
from functools import cached_property

import torch
from torch import Tensor

from .bank import Scale
from .layout import AT_ONCE, COUNTED
from .patches import Descriptors

# Sinkhorn steps on the potential before each pass.
SINKHORN_STEPS, DAMPING = 4, 0.5
# More than any fit costs.
NEVER = 1e9


class PlaceFit:
    """Costs of places at one scale.

    pull: weight of the surroundings beside the patch. potential: what each key costs besides, or None. apart_px: how
    near to a banned place all places are banned too. temperature: of the use that is balanced, as a share of the
    patches' variance.
    """

    def __init__(
        self,
        scale: Scale,
        known: Descriptors,
        pull: float,
        potential: Tensor | None,
        apart_px: int,
        temperature: float,
    ) -> None:
        self._scale, self._known, self._apart_px, self._temperature = scale, known, apart_px, temperature
        self._pull = pull * known.variance / known.around_variance
        self._potential = potential

    def cost(self, places: Tensor, patches: Tensor, around: Tensor | None) -> Tensor:
        """Squared distances of places [n] to pixels with these patches and surroundings, [n, D] each."""
        known = self._known
        cost = ((known.patches[places] - patches) ** 2).sum(dim=1)
        if around is not None and known.around is not None:
            cost += self._pull * ((known.around[places] - around) ** 2).sum(dim=1)
        if self._everywhere is not None:
            cost += self._everywhere[places]
        return cost

    def refused(self, places: Tensor, bans: Sequence[Tensor]) -> Tensor:
        """Whether places [n] may not be taken: not usable, or near one that the pixel is banned from (-1 for none)."""
        refused = ~self._scale.usable[places]
        for ban in bans:
            refused |= (ban >= 0) & self._near(places, ban)
        return refused

    def search(self, patches: Tensor, around: Tensor | None, bans: Sequence[Tensor]) -> Tensor:
        """The best of all usable places for each of up to `AT_ONCE` pixels."""
        closeness = self._closeness(patches, around)
        for ban in bans:
            banned = (ban >= 0).nonzero()[:, 0]
            for first in range(0, len(banned), AT_ONCE // 8):
                some = banned[first : first + AT_ONCE // 8]
                closeness[some] -= self._near(self._scale.keys[None], ban[some][:, None]) * NEVER
        return self._scale.keys[closeness.argmax(dim=1)]

    def balance(self, patches: Tensor, around: Tensor | None) -> int:
        """Make rarely used places cheaper, as these pixels would use them; returns the comparisons made."""
        keys = self._scale.keys
        if self._potential is None:
            self._potential = torch.zeros(len(keys))
        temperature, made = self._temperature * self._known.variance, 0
        for _ in range(SINKHORN_STEPS):
            use = torch.zeros(len(keys))
            for first in range(0, len(patches), AT_ONCE):
                part = slice(first, first + AT_ONCE)
                closeness = self._closeness(patches[part], None if around is None else around[part])
                use += torch.softmax(closeness * (2 / temperature), dim=1).sum(dim=0)
                made += closeness.numel()
            self._potential = self._potential + DAMPING * temperature * torch.log(use / len(patches) * len(keys) + 1e-2)
            self._potential -= self._potential.mean()
        self.__dict__.pop("_everywhere", None)
        return made

    def _closeness(self, patches: Tensor, around: Tensor | None) -> Tensor:
        """Minus half the cost of each key up to a number of each pixel, [n, keys]."""
        patch_keys, around_keys, squares = self._keys
        offset = -squares if self._potential is None else -squares - self._potential / 2
        closeness = torch.addmm(offset, patches, patch_keys.T)
        if around is not None and around_keys is not None:
            closeness.addmm_(around * self._pull, around_keys.T)
        return closeness

    def _near(self, places: Tensor, other: Tensor) -> Tensor:
        width = self._scale.width
        rows, cols = places // width - other // width, places % width - other % width
        return (rows.abs() < self._apart_px) & (cols.abs() < self._apart_px)

    @cached_property
    def _keys(self) -> tuple[Tensor, Tensor | None, Tensor]:
        """Patches and surroundings of the keys, and half their squares."""
        keys, known = self._scale.keys, self._known
        patches = known.patches[keys]
        squares = (patches**2).sum(dim=1) / 2
        if known.around is None:
            return patches, None, squares
        around = known.around[keys]
        return patches, around, squares + self._pull * (around**2).sum(dim=1) / 2

    @cached_property
    def _everywhere(self) -> Tensor | None:
        """The potential by place, [H * W]."""
        if self._potential is None:
            return None
        everywhere = torch.zeros(len(self._scale.usable))
        everywhere[self._scale.keys] = self._potential
        return everywhere


def counted_lines(size: int, other: int) -> int:
    """Every how many rows and columns of an area of this size are counted, so that `COUNTED` is about the count."""
    step = 1
    while (size // step) * (other // step) > COUNTED:
        step += 1
    return step
