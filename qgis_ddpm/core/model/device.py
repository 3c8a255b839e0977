"""The device of a job: which, how much of its memory, and what makes products faster on it."""

import ctypes
import os
import platform
import sys
from contextlib import suppress
from functools import cache

import torch

from ...environment.process import BATCH_SHARE
from ...errors import DeviceError
from .network import Network

# Where the operating system tells nothing, what any machine of today has free.
_ASSUMED_FREE_BYTES = 2 << 30
_CGROUPS = (
    ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
    ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"),
)


def resolve_device(text: str | torch.device) -> torch.device:
    """The device that a job's DEVICE means: auto (a GPU where one works), cpu, cuda, cuda:1, mps.

    Raises DeviceError for a name torch does not know and for a device that is absent.
    """
    name = str(text).strip().lower()
    if name == "auto":
        return torch.device(_best())
    try:
        device = torch.device(name)
    except RuntimeError:
        raise DeviceError(f"DEVICE is {text!r}. Give auto, cpu, cuda, cuda:1 or mps.") from None
    if device.type == "cuda":
        count = torch.cuda.device_count() if torch.cuda.is_available() else 0
        if not count:
            raise DeviceError(
                f"DEVICE is {name}, but torch {torch.__version__} finds no CUDA device. Choose auto or cpu, or install "
                "a CUDA build of torch and a driver."
            )
        if device.index is not None and device.index >= count:
            raise DeviceError(f"DEVICE is {name}, but there are {count} CUDA devices, counted from 0.")
    elif device.type == "mps":
        if not torch.backends.mps.is_available():
            raise DeviceError("DEVICE is mps, but torch finds no Apple GPU. Choose auto or cpu.")
    elif device.type != "cpu":
        raise DeviceError(f"DEVICE is {name}, which is not supported. Give auto, cpu, cuda, cuda:1 or mps.")
    return device


def describe(device: torch.device) -> str:
    """A device for people, such as "cpu (x86_64, 4 threads)" or "cuda:0 (NVIDIA L4)"."""
    if device.type == "cuda":
        return f"{device} ({torch.cuda.get_device_name(device)})"
    if device.type == "cpu":
        return f"cpu ({platform.machine()}, {torch.get_num_threads()} threads)"
    return str(device)


def free_memory_bytes(device: torch.device) -> int:
    """Memory a job may still take on a device: the GPU's, or the computer's within the limit of its container."""
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    free = _free_system_bytes()
    for limit_path, used_path in _CGROUPS:
        limit, used = _number_in(limit_path), _number_in(used_path)
        if limit is not None and used is not None:
            # Cached files count as used, but make room when memory is short.
            free = min(free, max(0, limit - used + _reclaimable_bytes(os.path.dirname(used_path))))
    return free


def choose_batch(device: torch.device, bytes_per_tile: int, largest: int, fixed_bytes: int = 0) -> int:
    """The largest power-of-two share of `largest` tiles that fits into half of the free memory; at least 1.

    Powers of two, so that small changes of the free memory do not change the batch, nor with it the rounding of sums.
    """
    room = max(0, free_memory_bytes(device) // 2 - fixed_bytes)
    batch = allowed_batch(largest)
    while batch > 1 and batch * bytes_per_tile > room:
        batch = (batch + 1) // 2
    return batch


def allowed_batch(batch: int) -> int:
    """A batch, or the share of it that is allowed to a run whose forerunner took too much memory; at least 1."""
    try:
        share = float(os.environ.get(BATCH_SHARE, "1"))
    except ValueError:
        share = 1.0
    return max(1, int(batch * share)) if 0 < share < 1 else max(1, batch)


def release(device: torch.device) -> None:
    """Give what the allocator of a device holds in reserve back to it."""
    if device.type == "cuda":
        torch.cuda.empty_cache()
    elif device.type == "mps":
        torch.mps.empty_cache()


def _best() -> str:
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _free_system_bytes() -> int:
    if os.path.exists("/proc/meminfo"):
        try:
            with open("/proc/meminfo", encoding="ascii") as file:
                return next(int(line.split()[1]) << 10 for line in file if line.startswith("MemAvailable"))
        except (OSError, StopIteration, ValueError):
            return _ASSUMED_FREE_BYTES
    return _free_windows_bytes() if os.name == "nt" else _ASSUMED_FREE_BYTES


def _free_windows_bytes() -> int:
    import ctypes

    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("total", "free", "c", "d", "e", "f", "g")),
        )

    status = Status(length=ctypes.sizeof(Status))
    known = ctypes.WinDLL("kernel32").GlobalMemoryStatusEx(ctypes.byref(status))  # type: ignore[attr-defined,unused-ignore]
    return int(status.free) if known else _ASSUMED_FREE_BYTES


def _number_in(path: str) -> int | None:
    """The number in a one-line file; None without the file or for the word "max"."""
    try:
        with open(path, encoding="ascii") as file:
            return int(file.read())
    except (OSError, ValueError):
        return None


def _reclaimable_bytes(folder: str) -> int:
    try:
        with open(os.path.join(folder, "memory.stat"), encoding="ascii") as file:
            return sum(
                int(value) for key, value in map(str.split, file) if key in ("inactive_file", "total_inactive_file")
            )
    except (OSError, ValueError):
        return 0


COMPILER = "inductor"


def compiled(network: Network) -> Network:
    """The same network, compiled when it is first called; it shares its weights with the one that is given."""
    made: Network = torch.compile(network, backend=COMPILER)  # type: ignore[assignment]
    return made


def compile_error(error: BaseException) -> DeviceError | None:
    """The error that compiling failed, where that is what happened."""
    if not type(error).__module__.startswith(("torch._dynamo", "torch._inductor")):
        return None
    return DeviceError(
        f"The network cannot be compiled here ({' '.join(str(error).split())[:150]}). Leave COMPILE off, or install a "
        "C++ compiler, and Triton for a GPU."
    )


def describe_speed(network: Network, is_compiled: bool) -> str:
    """What is used, in words for the log."""
    numbers = "float32" if network.precision == torch.float32 else "bfloat16 products"
    return f"{numbers}, channels last{', compiled' if is_compiled else ''}"


def to_device(network: Network, device: torch.device) -> Network:
    """The network on a device, with channels last: oneDNN and cuDNN are faster so, a processor by a tenth."""
    if device.type == "cpu":
        keep_heap()
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return network.to(device)


# Numbers of mallopt's settings in glibc's malloc.h.
_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD = -1, -2, -3
# Pieces beyond the first go back as before; free memory at the end of the heap is kept up to the second.
_PIECE_BYTES, _KEPT_BYTES, _PAD_BYTES = 32 << 20, 512 << 20, 16 << 20


@cache
def keep_heap() -> bool:
    """Let this process keep the memory of its maps; whether the C library could be told.

    The C library of Linux gives a large piece back to the system as soon as it is free. The next map is then made of
    pages that the system has to clear first, which takes a tenth of the time of a network of small maps.
    """
    if not sys.platform.startswith("linux"):
        return False
    with suppress(OSError, AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        settings = ((_MMAP_THRESHOLD, _PIECE_BYTES), (_TRIM_THRESHOLD, _KEPT_BYTES), (_TOP_PAD, _PAD_BYTES))
        return all(mallopt(name, value) == 1 for name, value in settings)
    return False
