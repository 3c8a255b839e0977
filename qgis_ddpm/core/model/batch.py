"""How many windows go through a network in one call: chosen before the first one, halved where memory runs out."""

from collections.abc import Callable, Iterator
from math import log2
from typing import TypeVar

import torch

from ...errors import DeviceError, is_out_of_memory
from ...events import Note
from .cost import peak_bytes
from .denoiser import DiffusionModel
from .device import allowed_batch, choose_batch, describe, release

# One call of the network should take part of a second, so that progress and Cancel are prompt.
CALL_FLOP = {"cpu": 2e10, "cuda": 2e12, "mps": 2e11}
MAX_BATCH = {"cpu": 16, "cuda": 256, "mps": 32}

Part = TypeVar("Part")


def batch_for(model: DiffusionModel, asked: int | None = None, images: int = 1) -> int:
    """Windows in one call, a power of two: as many as give prompt calls and fit into half of the free memory.

    asked: the user's BATCH_SIZE, which is taken instead. images: how many the network sees of each window.
    """
    if asked:
        return allowed_batch(asked)
    kind = model.device.type
    flops, window_bytes = measure_window(model)
    prompt = int(max(1.0, min(CALL_FLOP[kind] / max(flops, 1), MAX_BATCH[kind]) / images))
    return choose_batch(model.device, images * window_bytes, 2 ** int(log2(prompt)))


def measure_window(model: DiffusionModel) -> tuple[int, int]:
    """Operations and memory in bytes of one window in the network, with its decoder's maps, measured on one."""
    flops: list[int] = []
    peak = peak_bytes(model.device, lambda: flops.append(model.flops()))
    maps = zip(model.feature_channels, model.feature_strides, strict=True)
    return flops[0], peak + int(4 * sum(channels * (model.card.tile_px / stride) ** 2 for channels, stride in maps))


class AdaptiveBatch:
    """Calls a function for parts of a batch, of `size` at most; where memory runs out, `size` halves for good.

    what: what one of them is called in messages. model: the one that is called, whose notes are told too. Raises
    DeviceError where not even one fits.
    """

    def __init__(
        self, size: int, device: torch.device, what: str = "window", model: DiffusionModel | None = None
    ) -> None:
        self.size = size
        self._device, self._what, self._model = device, what, model
        self._notes: list[Note] = []

    def parts(self, function: Callable[[slice], Part], count: int) -> list[Part]:
        """What `function` gives for each part of range(count), in order."""
        results: list[Part] = []
        start = 0
        while start < count:
            stop = min(start + self.size, count)
            try:
                results.append(function(slice(start, stop)))
            except (RuntimeError, MemoryError) as error:
                if not is_out_of_memory(error):
                    raise
                self._halve(stop - start, error)
            else:
                start = stop
                continue
            # Leave the except block first: the traceback keeps the tensors alive.
            release(self._device)
        return results

    def notes(self) -> Iterator[Note]:
        """What happened since the last call, for the log."""
        while self._notes:
            yield self._notes.pop(0)
        if self._model is not None:
            yield from self._model.notes()

    def _halve(self, tried: int, error: BaseException) -> None:
        if tried == 1:
            raise DeviceError(
                f"Memory ran out on {describe(self._device)} with one {self._what} at a time. Close other programs, "
                "choose another DEVICE, or a model with smaller tiles or fewer channels."
            ) from error
        self.size = tried // 2
        text = f"Memory ran out with {tried} {self._what}s at a time; going on with {self.size}."
        self._notes.append(Note(text, "warning"))
