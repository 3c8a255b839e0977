"""The error tree: each error is also a builtin, and knows the exit status that it means.

Exit status 2 says that the job or its input is wrong, 1 that anything else went wrong.
A message says what is wrong, which value, and what to do.
"""

import errno
from typing import Any, Dict, Type

from .said import said

MAX_TEXT = 1500


class DdpmError(Exception):
    """Root of every error that this package raises on purpose."""

    exit_status = 1
    # On the way from a worker: the text as keys and values.
    parts: Any = None

    def __init__(self, text: str = "") -> None:
        # A message may quote a file of somebody else; nobody reads pages, and a line to the parent is bounded.
        # Cut only what is clean: half an address no longer shows that it holds a password.
        text = said(text)
        super().__init__(text if len(text) <= MAX_TEXT else f"{text[: MAX_TEXT - 300]} ... {text[-290:]}")


class JobError(DdpmError, ValueError):
    """A field of a job is missing, unknown, of the wrong type or out of range."""

    exit_status = 2


class InputError(DdpmError, ValueError):
    """An input file cannot serve the job: unreadable, empty, of other bands, without overlap."""

    exit_status = 2


class ModelFileError(InputError):
    """A model or detector file is missing, damaged, of another format or does not fit the job."""


class OutputError(DdpmError, OSError):
    """An output cannot be written whole: a full disk, a missing folder, a file held open."""


class DeviceError(DdpmError, RuntimeError):
    """A device was asked for that is absent, fails or has too little memory."""


class EnvironmentMissingError(DdpmError, RuntimeError):
    """No interpreter with the needed packages was found for the worker."""


class WorkerError(DdpmError, RuntimeError):
    """The worker died, broke the protocol or met a fault that is nobody's input."""


class ClusterError(DdpmError, ConnectionError):
    """Other processes that share the work are lost, or cannot do it; what is done is kept."""


class UnexpectedError(WorkerError):
    """A fault of our own: what nobody thought of, and a developer wants to see the trace of."""


ERRORS: Dict[str, Type[DdpmError]] = {
    kind.__name__: kind
    for kind in (
        DdpmError,
        JobError,
        InputError,
        ModelFileError,
        OutputError,
        DeviceError,
        EnvironmentMissingError,
        WorkerError,
        ClusterError,
    )
}


# Allocators other than Python's and CUDA's, and the libraries behind torch, say it in words alone.
_MEMORY_WORDS = ("out of memory", "allocate memory", "not enough memory", "bad_alloc", "create a memory object")


def is_out_of_memory(fault: BaseException) -> bool:
    """Whether memory ran out, on whatever device: then the same with less at a time may work."""
    # torch's and GDAL's errors are known by name, since this zone imports neither.
    if isinstance(fault, MemoryError) or type(fault).__name__ in ("OutOfMemoryError", "CPLE_OutOfMemoryError"):
        return True
    return isinstance(fault, RuntimeError) and any(words in str(fault).lower() for words in _MEMORY_WORDS)


def as_error(fault: BaseException) -> DdpmError:
    """Any exception as one of ours, for the edges: the worker and the command line."""
    if isinstance(fault, DdpmError):
        return fault
    if isinstance(fault, ModuleNotFoundError) and not str(fault.name).startswith("qgis_ddpm"):
        return EnvironmentMissingError(f"This Python lacks {fault.name}. Install it there, or name another Python.")
    if is_out_of_memory(fault):
        return WorkerError("Memory ran out. Lower BATCH_SIZE or BLOCK_PX, or take a smaller preset.")
    if isinstance(fault, RuntimeError) and "start new thread" in str(fault):
        return WorkerError("The system starts no more threads. Close other programs, or raise the limit of processes.")
    if isinstance(fault, OSError) and fault.errno == errno.ENOSPC:
        return OutputError(f"The disk is full{_where(fault)}. Free some space, or choose another folder.")
    if isinstance(fault, OSError):
        return OutputError(f"{fault.strerror or fault}{_where(fault)}. Check the path and its permissions.")
    return UnexpectedError(f"A fault of our own, {type(fault).__name__}: {fault}. Please report it.")


def _where(fault: OSError) -> str:
    return f" at {fault.filename}" if fault.filename else ""
