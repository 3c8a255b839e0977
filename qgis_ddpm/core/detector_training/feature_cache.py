"""What heads read of many tiles, computed once: in memory as far as that goes, the rest in a nameless file."""

import os
import shutil
import tempfile
from collections.abc import Sequence
from math import prod
from types import TracebackType
from typing import BinaryIO

import numpy as np
import torch
from torch import Tensor

from ...errors import OutputError

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
        self._record = sum(self._sizes)
        self._folder = folder
        self._held = torch.empty(min(count, memory_bytes // (2 * self._record)), self._record, dtype=torch.float16)
        self._file: BinaryIO | None = None
        if count > len(self._held):
            self._file = tempfile.TemporaryFile(dir=folder, prefix="features.part")  # noqa: SIM115 - closed by `close`

    def put(self, number: int, tensors: Sequence[Tensor]) -> None:
        """Keep the tensors of one tile, each without a batch axis. Raises OutputError where the disk is full."""
        flat = torch.cat([tensor.detach().flatten().cpu() for tensor in tensors]).clamp(-_LARGEST, _LARGEST).half()
        if number < len(self._held):
            self._held[number] = flat
            return
        assert self._file is not None  # nosec B101
        try:
            self._file.seek((number - len(self._held)) * 2 * self._record)
            self._file.write(flat.numpy().tobytes())
        except OSError as error:
            raise OutputError(
                f"The features do not fit into {self._folder} ({error.strerror or error}). Free space there, or lower "
                "CACHED_TILES."
            ) from error

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
        if self._file is not None:
            self._file.close()

    def __enter__(self) -> "FeatureCache":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self, number: int) -> Tensor:
        if number < len(self._held):
            return self._held[number]
        assert self._file is not None  # nosec B101
        self._file.seek((number - len(self._held)) * 2 * self._record)
        return torch.from_numpy(np.frombuffer(self._file.read(2 * self._record), np.float16).copy())


def room_for(record_bytes: int, memory_bytes: int, folder: str) -> int:
    """How many tiles' features fit into memory and on the disk of a folder."""
    free = shutil.disk_usage(folder or os.curdir).free
    return int((memory_bytes + (1 - DISK_LEFT_SHARE) * free) // record_bytes)
