"""What makes training faster without changing what is learnt: products in bfloat16, channels last, compiling.

bfloat16 is used on GPUs that multiply it in hardware. On processors it is not: without such hardware it is many times
slower than float32. The order of channels is set where a network goes to its device (`model.to_device`). Compiling
takes a minute or more and pays in long trainings on a GPU, so it is asked for. On CUDA none of this is measured yet.
"""

from contextlib import AbstractContextManager
from typing import Any

import torch

from ...errors import DeviceError
from .network import Network

COMPILER = "inductor"


def uses_bfloat16(device: torch.device) -> bool:
    """Whether products are taken in bfloat16 on a device."""
    return device.type == "cuda" and torch.cuda.is_bf16_supported(including_emulation=False)


def products(device: torch.device) -> AbstractContextManager[Any]:
    """The context of a forward pass in training: products in bfloat16 where the device has it, sums in float32."""
    return torch.autocast(device.type, torch.bfloat16, enabled=uses_bfloat16(device))


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


def describe_speed(device: torch.device, is_compiled: bool) -> str:
    """What is used, in words for the log."""
    numbers = "bfloat16 products" if uses_bfloat16(device) else "float32"
    return f"{numbers}, channels last{', compiled' if is_compiled else ''}"
