"""The numbers that products are taken in: float32, or bfloat16 where a machine multiplies those faster.

Processors with AMX multiply bfloat16 eight times as fast as float32, those with AVX-512 BF16 twice, others not at all
or more slowly; so what counts is measured, once a machine. Master weights, the optimizer and the estimates stay
float32.
"""

import json
import os
import platform
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import cache
from time import process_time
from typing import Any, NamedTuple, TypeVar

import torch
from torch import Tensor

from ...errors import DdpmError, is_out_of_memory
from ...model_folder import data_folder
from .network import Network

DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16}
# A network loses some of what its products gain; below this it is as fast in float32.
WORTH = 1.5
# Matrix products of these sides: the first tells whether the second, which reaches nearly all of a core's rate, is over
# in some milliseconds; where bfloat16 has no kernels it would take seconds.
_SIDES, _TRIES = (128, 768), 4
# How far answers in bfloat16 may be from those in float32, as a share of their size: some layers of rounding give 1 %.
_FAR = 0.25
_CACHE_NAME = "products.json"
# What is said of results that were begun in bfloat16 and ended in float32.
BOTH = "bfloat16, then float32"

IMPORTED = (
    "An imported model answers as its publishers' code does, to a hundred-thousandth, in float32 alone: PRECISION "
    "bfloat16 is not taken."
)

Found = TypeVar("Found")


class Rates(NamedTuple):
    """GFLOP a second of processor time in matrix products, of each kind of number; 0 = cannot."""

    float32: float
    bfloat16: float

    @property
    def gain(self) -> float:
        """How many times as fast bfloat16 is."""
        return self.bfloat16 / self.float32 if self.float32 else 0.0


class PrecisionChoice(NamedTuple):
    """What a job computes in, and what there is to tell of it; "" = nothing."""

    precision: str
    note: str = ""

    @property
    def dtype(self) -> torch.dtype:
        """The same for torch."""
        return DTYPES[self.precision]


def choose_precision(
    asked: str, network: Network, device: torch.device, training: bool = False, is_imported: bool = False
) -> PrecisionChoice:
    """What a network computes in on a device: as asked, or for auto what is faster here and as good.

    asked: auto, float32 or bfloat16. auto takes bfloat16 where it is multiplied faster, for networks that are made
    for it, and in training on a GPU for all. An imported model stays as it was published. A machine whose kernels
    fail, or answer wrongly, gets float32 and a note.
    """
    if is_imported:
        return PrecisionChoice("float32", IMPORTED if asked == "bfloat16" else "")
    if asked == "auto":
        suits = network.is_made_for_bfloat16 or (training and device.type == "cuda")
        asked = "bfloat16" if suits and is_faster(device) else "float32"
    if asked == "float32":
        return PrecisionChoice("float32")
    problem = _problem(network, device, training)
    return (
        PrecisionChoice("float32", f"PRECISION bfloat16 {problem} on this machine: float32 is taken.")
        if problem
        else PrecisionChoice(asked)
    )


def is_faster(device: torch.device) -> bool:
    """Whether a device multiplies bfloat16 enough faster than float32."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    return device.type == "cpu" and product_rates().gain >= WORTH


def products(network: Network, device: torch.device) -> AbstractContextManager[Any]:
    """The context in which a network is called: where it does not see to its numbers itself, its products are cast."""
    if network.is_made_for_bfloat16 or network.precision == torch.float32:
        return nullcontext()
    return torch.autocast(device.type, torch.bfloat16)


class ProductsFailedError(Exception):
    """What a call in bfloat16 did instead of giving finite numbers."""


def attempt(call: Callable[[], Found], parts: Callable[[Found], Iterable[Tensor]]) -> Found:
    """What a call in bfloat16 gives; parts: the tensors of it.

    Raises ProductsFailedError where the call fails or they are not finite, and what has nothing to do with its numbers
    as it is: errors of ours, lack of memory.
    """
    try:
        found = call()
    except RuntimeError as error:
        if isinstance(error, DdpmError) or is_out_of_memory(error):
            raise
        raise ProductsFailedError(f"failed ({_line(error)})") from error
    if not are_finite(parts(found)):
        raise ProductsFailedError("gave numbers that are not finite")
    return found


def are_finite(tensors: Iterable[Tensor]) -> bool:
    """Whether tensors hold neither NaN nor infinity: one sum over each, which is quicker than a look at each value."""
    return bool(torch.stack([values.detach().sum() for values in tensors]).isfinite().all())


@cache
def product_rates() -> Rates:
    """What the processor multiplies how fast, from the cache of this user or measured: 0.1 s.

    A machine's answer is kept, so that two jobs on it do not differ because one was measured in a busy moment.
    """
    path, machine = os.path.join(data_folder(), _CACHE_NAME), _machine()
    known: dict[str, Any] = {}
    with suppress(OSError, ValueError, TypeError, KeyError):
        with open(path, encoding="utf-8") as file:
            known = dict(json.load(file))
        return Rates(*(float(known[machine][name]) for name in Rates._fields))
    rates = _measured()
    part = f"{path}.{os.getpid()}.part"
    with suppress(OSError):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(part, "w", encoding="utf-8") as file:
            json.dump({**known, machine: rates._asdict()}, file, indent=1)
        os.replace(part, path)
    return rates


def describe_rates() -> str:
    """What the processor multiplies how fast, for people."""
    rates = product_rates()
    text = f"{rates.float32:.0f} GFLOP/s in float32"
    if rates.bfloat16:
        text += f", {rates.bfloat16:.0f} in bfloat16"
    chosen = "bfloat16" if rates.gain >= WORTH else "float32"
    return f"{text}, of one core; PRECISION auto is {chosen} for networks made for it"


def _measured() -> Rates:
    short, long = _SIDES
    if not torch.ops.mkldnn._is_mkldnn_bf16_supported():
        return Rates(_rate(torch.float32, long), 0.0)
    if _rate(torch.bfloat16, short) < _rate(torch.float32, short) / 2:
        return Rates(_rate(torch.float32, long), _rate(torch.bfloat16, short))
    return Rates(_rate(torch.float32, long), _rate(torch.bfloat16, long))


def _rate(dtype: torch.dtype, side: int) -> float:
    values = torch.linspace(-1, 1, side * side).reshape(side, side).to(dtype)
    seconds = []
    # The first call makes its kernel.
    for _ in range(1 + _TRIES):
        started = process_time()
        values @ values
        seconds.append(process_time() - started)
    return 2 * side**3 / max(min(seconds[1:]), 1e-6) / 1e9


def _machine() -> str:
    """What decides the rates: the processor, torch, and what oneDNN is told to use."""
    name = platform.processor() or platform.machine()
    with suppress(OSError), open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
        facts = dict(line.split("\t", 1) for line in file.read().split("\n\n")[0].splitlines() if "\t" in line)
        name = " ".join(f"{facts.get(key, '')}".strip("\t: ") for key in ("model name", "model", "stepping"))
        flags = facts.get("flags", "").split()
        name += "".join(f" {flag}" for flag in ("amx_bf16", "avx512_bf16") if flag in flags)
    told = os.environ.get("ONEDNN_MAX_CPU_ISA") or os.environ.get("DNNL_MAX_CPU_ISA") or "all"
    return f"{name}; torch {torch.__version__}; {told}"


def _problem(network: Network, device: torch.device, training: bool) -> str:
    """What is wrong with a network's maps, or in training its gradients, in bfloat16 on a device; "" = nothing."""
    before = network.precision
    try:
        with torch.no_grad():
            reference = _maps(network, device, torch.float32)
        with torch.set_grad_enabled(training):
            found = _maps(network, device, torch.bfloat16)
            if training:
                found.square().mean().backward()  # type: ignore[no-untyped-call]
        gradients = [weight.grad for weight in network.parameters() if weight.grad is not None]
    except (RuntimeError, NotImplementedError) as error:
        return f"fails ({_line(error)})"
    finally:
        network.precision = before
        network.zero_grad(set_to_none=True)
    if not are_finite([found, *gradients]):
        return "gives numbers that are not finite"
    far = float((found - reference).detach().norm() / reference.norm().clamp_min(1e-12))
    return "" if far < _FAR else f"differs from float32 by {far:.0%}"


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:120]


def _maps(network: Network, device: torch.device, dtype: torch.dtype) -> Tensor:
    network.precision = dtype
    channels, side = network.image_channels, 2 * max(network.feature_strides)
    image = torch.linspace(-1, 1, channels * side * side, device=device).reshape(1, channels, side, side)
    with products(network, device):
        return network.maps(image, torch.zeros(1, device=device), [0])[0].float()
