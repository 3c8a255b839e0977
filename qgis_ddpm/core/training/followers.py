"""The processes of a training that do not lead: they get its state, and take its steps."""

from collections.abc import Generator
from time import perf_counter

import torch
import torch.distributed as dist

from ...events import Cancelled, Event, Progress, Result
from ..learning.optimizers import blank_state
from ..progress import PROGRESS_S
from .distributed import GO_ON, STOP, Ranks, exchanging
from .trainer import Trainer


def share_state(trainer: Trainer, ranks: Ranks) -> None:
    """Give all processes the state of rank 0, which may have gone on from a checkpoint."""
    if ranks.me.size == 1:
        return
    with exchanging():
        seen = torch.tensor(trainer.tiles_seen)
        dist.broadcast(seen, 0)
        trainer.tiles_seen = int(seen)
        rounds = torch.tensor(trainer.precision == "bfloat16")
        dist.broadcast(rounds, 0)
        trainer.compute_in("bfloat16" if rounds else "float32")
        tensors = [*trainer.network.state_dict().values(), *trainer.average.weights.values(), trainer.loss]
        for parameter in trainer.network.parameters() if trainer.tiles_seen else ():
            state = trainer.optimizer.state[parameter]
            if not state:
                state.update(blank_state(trainer.optimizer, parameter))
            tensors += state.values()
        for tensor in tensors:
            flat = tensor.contiguous()
            dist.broadcast(flat, 0)
            tensor.copy_(flat)


def run_follower(trainer: Trainer, ranks: Ranks) -> Generator[Event, None, None]:
    """The steps of a process that does not lead, as long as all go on."""
    word, told_at = GO_ON, 0.0
    while (agreed := ranks.agree(word)) == GO_ON:
        trainer.step()
        if perf_counter() - told_at >= PROGRESS_S:
            told_at = perf_counter()
            try:
                yield Progress(trainer.tiles_seen, trainer.tiles_seen, "tile")
            except Cancelled:
                word = STOP
    yield Cancelled() if agreed == STOP else Result({})
