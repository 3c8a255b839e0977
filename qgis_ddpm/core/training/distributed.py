"""One training in several processes: each sees its share of every batch, and all have the same weights.

The gradients are averaged by DistributedDataParallel, over gloo between processors and nccl between GPUs. Rank 0 leads:
it alone looks at the clock, evaluates and writes. Before each step all agree on going on, so that a wish to stop is
heard by all, whoever was asked. A process that dies breaks the next exchange of all others, which end by that.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import timedelta
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor
from torch.nn.parallel import DistributedDataParallel

from ...errors import DeviceError, JobError, WorkerError, is_out_of_memory
from ...launch import Rank, rank
from ..model.network import Network

# What the processes agree on before a step; where they differ, the highest counts.
GO_ON, END, STOP = 0, 1, 2
# Others wait so long for rank 0 to evaluate and to write.
WAIT = timedelta(hours=2)


class Ranks:
    """This process among those of one training; alone it exchanges nothing."""

    def __init__(self, me: Rank | None = None, device: torch.device | None = None) -> None:
        self.me = me or Rank()
        self.device = device or torch.device("cpu")
        self._ended = False
        self._parallel: _Parallel | None = None

    @property
    def leads(self) -> bool:
        """Whether this process is the one that evaluates and writes."""
        return self.me.number == 0

    def share(self, batch_size: int) -> int:
        """Tiles of each batch for one process. Raises JobError where they cannot be shared out evenly."""
        if batch_size % self.me.size:
            raise JobError(
                f"BATCH_SIZE is {batch_size}, which {self.me.size} processes cannot share evenly. Give a multiple of "
                f"{self.me.size}."
            )
        return batch_size // self.me.size

    def network(self, network: Network) -> Network:
        """The network to train with, whose backward pass averages the gradients of all processes."""
        if self.me.size == 1:
            return network
        with exchanging():
            self._parallel = _Parallel(network, self.device)
        return self._parallel

    def averaging(self, now: bool) -> Any:
        """A context for forward and backward pass; without `now` its gradients only add up in this process."""
        if self._parallel is None:
            return nullcontext()
        return exchanging() if now else self._parallel.wrapped.no_sync()

    def mean(self, value: Tensor) -> Tensor:
        """The mean of a tensor over all processes. Raises WorkerError where one of them is gone."""
        if self.me.size > 1:
            with exchanging():
                dist.all_reduce(value)
            value /= self.me.size
        return value

    def agree(self, word: int) -> int:
        """The highest word of all processes. Raises WorkerError where one of them is gone."""
        if self.me.size == 1:
            return word
        highest = torch.tensor(word)
        with exchanging():
            dist.all_reduce(highest, dist.ReduceOp.MAX)
        self._ended = bool(highest)
        return int(highest)

    def end(self, word: int = END) -> None:
        """Let the others end, where they have not been told yet."""
        if self.me.size > 1 and not self._ended:
            # Whoever is gone already needs no word.
            with suppress(WorkerError):
                self.agree(word)

    def part(self) -> None:
        """Wait until all are done: torchrun stops those that still write when another has left with a failure."""
        if self.me.size > 1:
            with exchanging():
                dist.barrier()


class _Parallel(Network):
    """A network inside DistributedDataParallel, which passes on what the training asks of it."""

    def __init__(self, network: Network, device: torch.device) -> None:
        super().__init__()
        self.noise_condition, self.self_conditioning = network.noise_condition, network.self_conditioning
        self.condition_channels = network.condition_channels
        self.precision, self.is_made_for_bfloat16 = network.precision, network.is_made_for_bfloat16
        self.wrapped = DistributedDataParallel(network, device_ids=[device] if device.type == "cuda" else None)

    def forward(self, image: Tensor, noise_condition: Tensor) -> Tensor:
        """As the network's own."""
        output: Tensor = self.wrapped(image, noise_condition)
        return output


@contextmanager
def joined(device: torch.device) -> Iterator[Ranks]:
    """Join the processes that torchrun started; device: this process's own. Raises WorkerError, DeviceError."""
    me = rank()
    if me.size == 1:
        yield Ranks(me, device)
        return
    if device.type == "mps":
        raise DeviceError("DEVICE is mps, on which only one process can train. Choose cpu, or start without torchrun.")
    if device.type == "cuda":
        torch.cuda.set_device(device)
    with exchanging():
        dist.init_process_group("cpu:gloo,cuda:nccl" if device.type == "cuda" else "gloo", timeout=WAIT)
    ranks = Ranks(me, device)
    try:
        yield ranks
        ranks.part()
    except BaseException:
        if ranks.leads:
            ranks.end()
        raise
    finally:
        dist.destroy_process_group()


def own_device(device: torch.device) -> torch.device:
    """The GPU of this process where several share the GPUs of a computer. Raises DeviceError."""
    me = rank()
    if me.size == 1 or device.type != "cuda":
        return device
    if me.local >= torch.cuda.device_count():
        raise DeviceError(
            f"torchrun started a process number {me.local + 1} on this computer, which has {torch.cuda.device_count()} "
            "GPUs. Lower --nproc-per-node."
        )
    return torch.device("cuda", me.local)


@contextmanager
def exchanging() -> Iterator[None]:
    """A context for exchanges with the other processes. Raises WorkerError where one of them is gone."""
    try:
        yield
    except (RuntimeError, ValueError) as error:
        if is_out_of_memory(error):
            raise
        raise WorkerError(
            f"The exchange with the other processes of this training broke off ({' '.join(str(error).split())[:150]}). "
            "One of them failed, and says why; start the run again, and it goes on from EXPERIMENT."
        ) from error
