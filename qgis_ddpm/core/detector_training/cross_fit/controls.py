"""What pre-training was worth on these labels: the same training without it, for COMPARE.

A head that finds change proves nothing for the model whose maps it reads: the same network before any training, an
encoder that learns from these pairs alone, and local means of the bands without any network may find as much.
"""

from collections.abc import Generator, Iterator
from contextlib import ExitStack
from typing import Any, NamedTuple

from ....card import DetectorCard
from ....events import Event, Note
from ....model_folder import find_model
from ...detector.head_config import plan_head
from ...detector.own_model import untrained
from ...model import DiffusionModel, load_model
from .setup import FoldPlan, plan_folds, prepare_folds

# The control that is not tuned where the detector is.
FROZEN = "frozen"


class Control(NamedTuple):
    """Another way to train on the same pairs, and the mean F1 of pairs that it had."""

    name: str
    mean_f1: float
    f1_of_pairs: dict[str, float]


def train_controls(plan: FoldPlan, card: DetectorCard) -> Generator[Event, None, list[Control]]:
    """Train each for the length of the job, and measure it on the same windows. Raises as `prepare_folds`."""
    controls = []
    for name, model, head in _others(plan):
        job = plan.job.replace(tune=plan.job.tune and not name.startswith(FROZEN) and bool(head["levels"]))
        other = plan_folds(job, model, plan.sigmas, head, plan.pairs, plan.folds, plan.length)
        yield Note(f"COMPARE: {name}.")
        with ExitStack() as stack:
            loop = yield from prepare_folds(other, stack, card)
            yield from loop.train()
            found = {loop.names[each.pair]: each.f1 for each in loop.of_pairs()}
            controls.append(Control(name, loop.mean_f1, found))
    return controls


def _others(plan: FoldPlan) -> Iterator[tuple[str, DiffusionModel, dict[str, Any]]]:
    """The name of each control, its model and its head."""
    model, seed = plan.model, plan.job.seed
    if plan.head["levels"]:
        if plan.job.tune:
            # The plan's has learnt meanwhile.
            start = plan.job.model and load_model(find_model(plan.job.model), model.device, plan.job.precision)
            yield f"{FROZEN}: the network as it came", start or _untrained(model, seed), plan.head
        if plan.job.model:
            yield "random: the same network with random weights", _untrained(model, seed), plan.head
        yield "siamese: an encoder of its own", model, plan_head("siamese", model, len(plan.sigmas))
    nothing = {"levels": [], "channels": [], "strides": [], "own": [], "members": 0}
    yield "spectrum: no maps, local means of the bands alone", model, {**plan.head, **nothing}


def _untrained(model: DiffusionModel, seed: int) -> DiffusionModel:
    network = untrained(model.card, seed, model.network.prior)
    return DiffusionModel(network, model.card, model.device, precision=model.precision)
