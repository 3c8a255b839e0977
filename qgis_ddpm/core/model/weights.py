"""Weights in safetensors files: read under their card's promise, nothing executed, nothing made before it is proved."""

from collections.abc import Mapping

import safetensors
import torch
from torch import Tensor, nn

from ...errors import ModelFileError
from ...regular_file import refuse_special

EMA_PREFIX = "ema."
# Weights of the weak model, which autoguidance leads samples away from.
GUIDE_PREFIX = "guide."


def read_tensors(path: str, prefix: str = "") -> dict[str, Tensor]:
    """The tensors of a safetensors file, of a checkpoint its averaged weights. Raises ModelFileError.

    prefix: of other tensors, such as GUIDE_PREFIX, to be read instead.
    """
    try:
        refuse_special(path)
        with safetensors.safe_open(path, "pt") as file:
            names = list(file.keys())
            if not prefix and any(name.startswith(EMA_PREFIX) for name in names):
                prefix = EMA_PREFIX
            names = [name for name in names if name.startswith(prefix or GUIDE_PREFIX) == bool(prefix)]
            return {name.removeprefix(prefix): file.get_tensor(name) for name in names}
    except (OSError, safetensors.SafetensorError) as error:
        raise ModelFileError(f"{path} cannot be read: {error}. Take a whole copy of the file.") from None


def load_tensors(path: str, module: nn.Module, tensors: Mapping[str, Tensor]) -> None:
    """Give a module, made on the device "meta", its weights as float32.

    Raises ModelFileError, before anything of the module's size is made, where names or shapes differ.
    """
    expected = {name: tuple(tensor.shape) for name, tensor in module.state_dict().items()}
    found = {name: tuple(tensor.shape) for name, tensor in tensors.items()}
    differing = sorted(set(expected.items()) ^ set(found.items()))
    if differing:
        name = differing[0][0]
        raise ModelFileError(
            f"{path} does not hold the network of its card: {name} is {found.get(name, 'missing')}, but has to be "
            f"{expected.get(name, 'absent')}. Take a whole copy of the file."
        )
    # Copies, since tensors of a file are views into it, and the file may be written anew.
    copies = {name: tensor.to(torch.float32, copy=True) for name, tensor in tensors.items()}
    module.load_state_dict(copies, assign=True)


def is_statistic(name: str) -> bool:
    """Whether a tensor is measured from tiles, not learnt: a few numbers whose digits count at low noise."""
    return name.removeprefix(GUIDE_PREFIX).startswith("prior.")
