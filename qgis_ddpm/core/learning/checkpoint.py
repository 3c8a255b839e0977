"""Checkpoints: the whole state of a training in one safetensors file, which is also the file of what was learnt.

Tensors are named `<part>.<name>`: the weights of each module, what each optimizer remembers, and sets of weights such
as averages. Under `ema.` are those that `load_model` or `load_detector` reads, by the card in the metadata. Single
values are JSON in the metadata. The random state is a count: all draws are functions of the seed and the tiles seen.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import safetensors
import torch
from torch import Tensor, nn

from ...card import DetectorCard, ModelCard, card_json
from ...errors import ModelFileError
from ...regular_file import refuse_special
from ..outputs.tensors import write_tensors

# The set of weights that is the model or the detector so far.
LEARNT = "ema"
# What reading another training's state, or nonsense, may end in.
_UNFIT = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RuntimeError)

WeightSets = Mapping[str, Mapping[str, Tensor]]


@dataclass
class LearningState:
    """What a checkpoint holds, by names without a dot.

    Args:
        modules: get their weights back in place.
        optimizers: likewise what they remember of each parameter; their settings are the job's.
        weights: further sets of tensors; `ema` is what was learnt so far.
        card: of what was learnt; None before that.
        values: what JSON can hold.
    """

    modules: Mapping[str, nn.Module]
    optimizers: Mapping[str, torch.optim.Optimizer]
    weights: dict[str, Mapping[str, Tensor]]
    card: ModelCard | DetectorCard | None
    values: dict[str, Any] = field(default_factory=dict)


def save_checkpoint(path: str, state: LearningState) -> None:
    """Write the state of a training; an older file stays until the new one is whole. Raises OutputError."""
    assert state.card is not None  # nosec B101
    parts = {name: module.state_dict() for name, module in state.modules.items()} | state.weights
    parts |= {name: _memory(optimizer) for name, optimizer in state.optimizers.items()}
    # Copies, since safetensors refuses tensors that share their memory.
    tensors = {
        f"{part}.{name}": value.detach().to("cpu", copy=True, memory_format=torch.contiguous_format)
        for part, values in parts.items()
        for name, value in values.items()
    }
    metadata = {"card": card_json(state.card), "state": json.dumps(state.values, sort_keys=True)}
    write_tensors(path, tensors, metadata, "checkpoint")


def load_checkpoint(path: str, state: LearningState, restore: Callable[[WeightSets, Mapping[str, Any]], None]) -> None:
    """Put a training into the state of a checkpoint.

    Args:
        path: of the file.
        state: of the training as it is, whose modules and optimizers are changed.
        restore: takes its weights and values.

    Raises:
        ModelFileError: the file is damaged or of another training.
    """
    parts: dict[str, dict[str, Tensor]] = defaultdict(dict)
    try:
        refuse_special(path)
        with safetensors.safe_open(path, "pt") as file:
            values: dict[str, Any] = json.loads((file.metadata() or {})["state"])
            for name in file.keys():  # noqa: SIM118 - no dict
                part, _, rest = name.partition(".")
                # Copies, since tensors of a file are views into it, and the file is written anew.
                parts[part][rest] = file.get_tensor(name).clone()
        for name, module in state.modules.items():
            module.load_state_dict(parts[name])
        for name, optimizer in state.optimizers.items():
            _remember(optimizer, parts[name])
        restore(parts, values)
    except (OSError, safetensors.SafetensorError, *_UNFIT) as error:
        raise ModelFileError(
            f"The checkpoint {path} does not fit this training ({str(error)[:200]}). Choose another EXPERIMENT folder."
        ) from None


def _memory(optimizer: torch.optim.Optimizer) -> dict[str, Tensor]:
    """What an optimizer remembers, by the number of the parameter and the name of the value."""
    memory = optimizer.state_dict()["state"]
    return {f"{number}.{name}": value for number, values in memory.items() for name, value in values.items()}


def _remember(optimizer: torch.optim.Optimizer, memory: Mapping[str, Tensor]) -> None:
    parameters = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    state: dict[int, dict[str, Tensor]] = defaultdict(dict)
    for key, value in memory.items():
        number, name = key.split(".", 1)
        parameter = parameters[int(number)]
        if value.ndim and value.shape != parameter.shape:
            raise ValueError(f"{key} of the optimizer is {tuple(value.shape)}")
        # In memory like the parameter, whose channels come last: sums are then rounded alike.
        state[int(number)][name] = torch.empty_like(parameter).copy_(value) if value.ndim else value
    optimizer.load_state_dict({**optimizer.state_dict(), "state": dict(state)})
