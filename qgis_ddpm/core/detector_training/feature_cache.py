"""What heads read of many tiles, computed once: in memory as far as that goes, the rest in a nameless file."""

import os
import shutil
from collections.abc import Sequence
from math import prod
from types import TracebackType

import torch
from torch import Tensor

from ..raster.disk_array import DiskArray

# Values beyond are cut; no trained network comes near.
_LARGEST = float(torch.finfo(torch.float16).max)
# Of the disk's free space, what is left to others.
DISK_LEFT_SHARE = 0.1


class FeatureCache:
    """Tensors of `count` tiles as float16: put(number, tensors), then take(numbers) as float32 batches.

    shapes: of one tile's tensors. memory_bytes: how much may be held in memory. folder: of the file for what is beyond.
    """

    def __init__(self, shapes: Sequence[Sequence[int]], count: int, memory_bytes: int, folder: str) -> None:
        self.shapes = [tuple(shape) for shape in shapes]
        self._sizes = [prod(shape) for shape in shapes]
        record = sum(self._sizes)
        self._memory = torch.empty(min(count, memory_bytes // (2 * record)), record, dtype=torch.float16)
        self._disk: DiskArray | None = None

        def failure(_: float, reason: str) -> str:
            return f"The features do not fit into {folder} ({reason}). Free space there, or lower CACHED_TILES."

        if count > len(self._memory):
            shape = (count - len(self._memory), record)
            self._disk = DiskArray.temporary(folder, shape, "float16", failure)

    def put(self, number: int, tensors: Sequence[Tensor]) -> None:
        """Keep the tensors of one tile, each without a batch axis. Raises OutputError where the disk is full."""
        flat = torch.cat([tensor.detach().flatten().cpu() for tensor in tensors]).clamp(-_LARGEST, _LARGEST).half()
        if number < len(self._memory):
            self._memory[number] = flat
            return
        assert self._disk is not None  # nosec B101
        self._disk.write(number - len(self._memory), 0, flat[None].numpy())

    def take(self, numbers: Sequence[int], device: torch.device) -> list[Tensor]:
        """The tensors of some tiles, float32 [len(numbers), *shape] each."""
        records = torch.stack([self._read(number) for number in numbers])
        parts = torch.split(records, self._sizes, dim=1)
        return [
            part.to(device, torch.float32).reshape(len(numbers), *shape)
            for part, shape in zip(parts, self.shapes, strict=True)
        ]

    def close(self) -> None:
        """Let go of the file, which vanishes."""
        if self._disk is not None:
            self._disk.close()

    def __enter__(self) -> "FeatureCache":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self, number: int) -> Tensor:
        if number < len(self._memory):
            return self._memory[number]
        assert self._disk is not None  # nosec B101
        return torch.from_numpy(self._disk.read(number - len(self._memory), 1)[0])


def room_for(record_bytes: int, memory_bytes: int, folder: str) -> int:
    """How many tiles' features fit into memory and on the disk of a folder."""
    free = shutil.disk_usage(folder or os.curdir).free
    return int((memory_bytes + (1 - DISK_LEFT_SHARE) * free) // record_bytes)
