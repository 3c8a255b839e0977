"""Checkpoints: the whole state of a training in one safetensors file, which is also a model file.

Tensors are named `network.*` (weights), `ema.*` (their average, which is the model), `optimizer.<moment>.*`, and
`best.*` (the average at its lowest validation loss, where the training looks for it), and `guide.*` (the average
early in the training, where samples are led away from it). The random state is a count: all
draws are functions of the seed and the number of tiles seen.
"""

import json
import os
from typing import Any

import safetensors
from torch import Tensor

from ...card import ModelCard, card_json
from ...errors import ModelFileError
from ..learning.optimizers import blank_state
from ..model.weights import EMA_PREFIX, GUIDE_PREFIX
from ..outputs.tensors import write_tensors
from .snapshots import EarlyStop, EarlyWeights
from .trainer import Trainer

NETWORK_PREFIX = "network."
OPTIMIZER_PREFIX = "optimizer."
BEST_PREFIX = "best."
_BEST = ("tiles_seen", "training_loss", "validation_loss", "over")


def save_checkpoint(
    path: str,
    trainer: Trainer,
    card: ModelCard,
    progress: dict[str, Any],
    early: EarlyStop | None = None,
    guide: EarlyWeights | None = None,
) -> None:
    """Write a training's state; an older file stays until the new one is whole. Raises OutputError.

    progress: small values of the run around it, such as the seconds it took so far.
    """
    tensors = {NETWORK_PREFIX + name: value for name, value in trainer.network.state_dict().items()}
    tensors |= {EMA_PREFIX + name: value for name, value in trainer.average.weights.items()}
    for name, parameter in trainer.network.named_parameters():
        for moment, value in trainer.optimizer.state[parameter].items():
            tensors[f"{OPTIMIZER_PREFIX}{moment}.{name}"] = value
    tensors["loss"] = trainer.loss
    state: dict[str, Any] = {
        "tiles_seen": trainer.tiles_seen,
        "progress": progress,
        "precision": trainer.precision,
    }
    if early is not None and early.weights:
        tensors |= {BEST_PREFIX + name: value for name, value in early.weights.items()}
        state["best"] = {name: getattr(early, name) for name in _BEST}
    if guide is not None and guide.weights:
        tensors |= {GUIDE_PREFIX + name: value for name, value in guide.weights.items()}
        state["guide_tiles_seen"] = guide.tiles_seen
    metadata = {"card": card_json(card), "training": json.dumps(state, sort_keys=True)}
    write_tensors(
        path, {name: value.detach().cpu().contiguous() for name, value in tensors.items()}, metadata, "checkpoint"
    )


def load_checkpoint(
    path: str | os.PathLike[str],
    trainer: Trainer,
    early: EarlyStop | None = None,
    guide: EarlyWeights | None = None,
) -> dict[str, Any]:
    """Put a training into the state of a checkpoint; returns the `progress` it was saved with.

    Raises ModelFileError where the file is damaged or is of another network.
    """
    try:
        with safetensors.safe_open(path, "pt") as file:
            state = json.loads((file.metadata() or {})["training"])
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no dict
        # Also where another machine would choose otherwise; older files are of trainings in the precision of this one.
        trainer.compute_in(state.get("precision", trainer.precision))
        _restore(trainer, tensors)
        if early is not None and "best" in state:
            for name in _BEST:
                setattr(early, name, state["best"][name])
            early.weights = _part(tensors, BEST_PREFIX)
        if guide is not None and "guide_tiles_seen" in state:
            guide.tiles_seen, guide.weights = int(state["guide_tiles_seen"]), _part(tensors, GUIDE_PREFIX)
        trainer.tiles_seen = int(state["tiles_seen"])
        progress: dict[str, Any] = state["progress"]
        return progress
    except (OSError, safetensors.SafetensorError, KeyError, ValueError, TypeError, RuntimeError) as error:
        raise ModelFileError(
            f"The checkpoint {path} does not fit this training ({str(error)[:200]}). Choose another EXPERIMENT folder."
        ) from None


def _restore(trainer: Trainer, tensors: dict[str, Tensor]) -> None:
    trainer.network.load_state_dict(_part(tensors, NETWORK_PREFIX))
    trainer.average.load(_part(tensors, EMA_PREFIX))
    trainer.loss.copy_(tensors["loss"])
    for name, parameter in trainer.network.named_parameters():
        # Like the parameter also in memory, whose channels come last.
        state = blank_state(trainer.optimizer, parameter)
        for moment, value in state.items():
            value.copy_(tensors[f"{OPTIMIZER_PREFIX}{moment}.{name}"])
        trainer.optimizer.state[parameter] = state


def _part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}
