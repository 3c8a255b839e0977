"""What pre-training was worth on these labels: the same training without it, for COMPARE.

A head that finds change proves nothing for the model whose maps it reads: the same network before any training, an
encoder that learns from these pairs alone, and local means of the bands without any network may find as much.
"""

from collections.abc import Generator, Iterator
from contextlib import ExitStack
from typing import Any, NamedTuple

import torch

from ....card import DetectorCard
from ....events import Event, Note
from ...detector.head_config import plan_head
from ...model import DiffusionModel
from ...model.unet import build_network
from .setup import FoldPlan, plan_folds, prepare_folds


class Control(NamedTuple):
    """Another way to train on the same pairs, and the mean F1 of pairs that it had."""

    name: str
    mean_f1: float
    f1_of_pairs: dict[str, float]


def train_controls(plan: FoldPlan, card: DetectorCard) -> Generator[Event, None, list[Control]]:
    """Train each for the length of the job, and measure it on the same windows. Raises as `prepare_folds`."""
    controls = []
    for name, model, head in _others(plan):
        other = plan_folds(plan.job, model, plan.sigmas, head, plan.pairs, plan.folds, plan.length)
        yield Note(f"COMPARE: {name}.")
        with ExitStack() as stack:
            loop = yield from prepare_folds(other, stack, card)
            yield from loop.train()
            found = {loop.names[each.pair]: each.f1 for each in loop.of_pairs()}
            controls.append(Control(name, loop.mean_f1, found))
    return controls


def _others(plan: FoldPlan) -> Iterator[tuple[str, DiffusionModel, dict[str, Any]]]:
    """The name of each control, its model and its head."""
    if plan.head["levels"]:
        yield "the same network with random weights", _untrained(plan.model, plan.job.seed), plan.head
        yield "head siamese", plan.model, plan_head("siamese", plan.model, len(plan.sigmas))
    nothing = {"levels": [], "channels": [], "strides": [], "own": [], "members": 0}
    yield "local means of the bands alone", plan.model, {**plan.head, **nothing}


def _untrained(model: DiffusionModel, seed: int) -> DiffusionModel:
    """The same network before any training, but for the layers that start at 0, which would tell nothing apart."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = build_network(model.card.network, len(model.card.bands))
        for module in network.modules():
            if isinstance(module, torch.nn.Conv2d) and not module.weight.any():
                module.reset_parameters()
    if network.prior is not None and model.network.prior is not None:
        # What is known of the tiles without a network.
        network.prior.load_state_dict(model.network.prior.state_dict())
    return DiffusionModel(network, model.card, model.device, precision=model.precision)
