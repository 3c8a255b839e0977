"""TUNE: the network learns along with the heads that read it, at a lower rate.

All heads read one network, so none may be measured on what another was trained on: the same pairs, or blocks, are left
out by all. A step of the heads leaves at each map what would make it more telling; the network then takes one step.
"""

from collections.abc import Generator, Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from ....events import Event, Progress
from ...detector.detector import gather
from ...detector.heads.base import ChangeHead
from ...learning.ema import WeightAverage
from ...model import DiffusionModel
from ..feature_cache import FeatureCache

# Of the rate of the heads: what was learnt from many tiles is not to be forgotten for a few.
RATE_SHARE = 0.15
_EMA = 0.15
_WARM_UP = 40


class Looked(NamedTuple):
    """Maps as the network gave them, and the same as heads see them, where what they learn is left."""

    given: list[Tensor]
    seen: list[Tensor]


class Tuning:
    """A network in training: look, then the heads' steps, then learn.

    average: of its weights; best: those that measured best so far, or None.
    """

    def __init__(
        self, model: DiffusionModel, reader: ChangeHead, sigmas: Sequence[float], heads_rate: float, heads: int
    ) -> None:
        self.model, self.average = model, WeightAverage(model.network, _EMA)
        self.best: dict[str, Tensor] | None = None
        self._reader, self._sigmas, self._heads = reader, sigmas, heads
        self._rate = RATE_SHARE * heads_rate
        self.optimizer = torch.optim.AdamW(
            model.network.requires_grad_(True).parameters(), lr=self._rate, betas=(0.9, 0.99), weight_decay=0
        )
        self._looked = Looked([], [])

    def look(self, before: Tensor, after: Tensor) -> list[Tensor]:
        """What heads read of two dates [B, C, H, W], as `gather` gives it; their losses reach the maps in it."""
        model, images = self.model, (before.to(self.model.device), after.to(self.model.device))
        dates, given = torch.cat(images), []
        with torch.enable_grad():
            for value in self._sigmas:
                sigma = torch.full((len(dates),), float(value), device=model.device)
                image, condition = model.preconditioning.network_input(model.network, dates, sigma)
                given.append(model.network.features(image, condition, self._reader.levels))
        seen = [[each.detach().requires_grad_() for each in maps] for maps in given]
        self._looked = Looked([each for maps in given for each in maps], [each for maps in seen for each in maps])
        first, second = ([[each.chunk(2)[date] for each in maps] for maps in seen] for date in (0, 1))
        return self._reader.gather(first, second, images)

    def learn(self, tiles_seen: int, batch_size: int) -> None:
        """A step of the network after those of all heads, which ended at so many tiles."""
        pairs = zip(self._looked.given, self._looked.seen, strict=True)
        reached = [(given, seen.grad / self._heads) for given, seen in pairs if seen.grad is not None]
        self._looked = Looked([], [])
        self.optimizer.zero_grad(set_to_none=True)
        if reached:
            torch.autograd.backward([given for given, _ in reached], [grad for _, grad in reached])
            torch.nn.utils.clip_grad_norm_(self.model.network.parameters(), 1.0)
            self.optimizer.param_groups[0]["lr"] = self._rate * min(1.0, tiles_seen / batch_size / _WARM_UP)
            self.optimizer.step()
        self.average.update(self.model.network, tiles_seen, batch_size)

    def keep(self) -> None:
        """The average is the best so far."""
        self.best = {name: value.clone() for name, value in self.average.weights.items()}

    def reading(self, weights: dict[str, Tensor], windows: FeatureCache, count: int) -> Generator[Event, None, None]:
        """Let windows hold what some weights see of them; those of the training are as before afterwards."""
        network = self.model.network
        own = {name: value.clone() for name, value in network.state_dict().items()}
        network.load_state_dict(weights)
        try:
            for number in range(count):
                # The dates themselves come last, whatever the maps are.
                *_, before, after = windows.take([number], self.model.device)
                found = gather(self.model, self._reader, self._sigmas, before, after, before)
                windows.put(number, [each[0] for each in found])
                yield Progress(number + 1, count, "window", "features")
        finally:
            network.load_state_dict(own)
