"""Checkpoints of a detector's training: the state of all its heads, in a file that is also a detector.

Tensors are named `<number>.<part>.<weight>` with the parts head, average, best, exp_avg and exp_avg_sq; under `ema.`
are the best weights of all, which is what `load_detector` reads.
"""

import json
from collections.abc import Sequence
from typing import Any

import safetensors
import torch
from torch import Tensor

from ...card import DetectorCard, card_json
from ...errors import ModelFileError
from ...regular_file import refuse_special
from ..model.weights import EMA_PREFIX
from ..outputs.tensors import write_tensors
from .trainer import Best, HeadTrainer

_MOMENTS = ("exp_avg", "exp_avg_sq")


def save_detector_checkpoint(
    path: str, trainers: Sequence[HeadTrainer], chosen: dict[str, Tensor], card: DetectorCard, progress: dict[str, Any]
) -> None:
    """Write the state of a training; an older file stays until the new one is whole. Raises OutputError.

    chosen: the weights of the detector so far, which card describes. progress: small values of the run around it.
    """
    tensors = {EMA_PREFIX + name: value for name, value in chosen.items()}
    told = []
    for number, trainer in enumerate(trainers):
        parts: dict[str, dict[str, Tensor]] = {"head": trainer.head.state_dict(), "average": trainer.average.weights}
        if trainer.best is not None:
            parts["best"] = trainer.best.weights
        for moment in _MOMENTS:
            parts[moment] = {
                name: trainer.optimizer.state[value][moment] for name, value in trainer.head.named_parameters()
            }
        for part, values in parts.items():
            tensors.update({f"{number}.{part}.{name}": value for name, value in values.items()})
        best = trainer.best and [trainer.best.f1, trainer.best.threshold, trainer.best.tiles_seen]
        steps = trainer.optimizer.state[next(trainer.head.parameters())]["step"]
        told.append({"tiles_seen": trainer.tiles_seen, "loss": trainer.loss, "best": best, "steps": float(steps)})
    metadata = {"card": card_json(card), "training": json.dumps({"heads": told, "progress": progress}, sort_keys=True)}
    # Copies, since safetensors refuses tensors that share their memory.
    write_tensors(path, {name: value.detach().cpu().clone().contiguous() for name, value in tensors.items()}, metadata,
                  "checkpoint")  # fmt: skip


def load_detector_checkpoint(path: str, trainers: Sequence[HeadTrainer]) -> dict[str, Any]:
    """Put a training into the state of a checkpoint; returns the `progress` it was saved with.

    Raises ModelFileError where the file is damaged or of other heads.
    """
    try:
        refuse_special(path)
        with safetensors.safe_open(path, "pt") as file:
            state = json.loads((file.metadata() or {})["training"])
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no dict
        for number, (trainer, told) in enumerate(zip(trainers, state["heads"], strict=True)):
            _restore(trainer, told, lambda part, number=number: _part(tensors, f"{number}.{part}."))
        progress: dict[str, Any] = state["progress"]
        return progress
    except (OSError, safetensors.SafetensorError, KeyError, ValueError, TypeError, RuntimeError) as error:
        raise ModelFileError(
            f"The checkpoint {path} does not fit this training ({str(error)[:200]}). Choose another EXPERIMENT folder."
        ) from None


def _restore(trainer: HeadTrainer, told: dict[str, Any], part: Any) -> None:
    trainer.head.load_state_dict(part("head"))
    trainer.average.load(part("average"))
    trainer.tiles_seen, trainer.loss = int(told["tiles_seen"]), float(told["loss"])
    if told["best"] is not None:
        f1, threshold, seen = told["best"]
        weights = {name: value.clone().to(trainer.device) for name, value in part("best").items()}
        trainer.best = Best(float(f1), float(threshold), int(seen), weights)
    moments = {moment: part(moment) for moment in _MOMENTS}
    for name, parameter in trainer.head.named_parameters():
        trainer.optimizer.state[parameter] = {
            "step": torch.tensor(float(told["steps"])),
            **{moment: torch.empty_like(parameter).copy_(moments[moment][name]).detach() for moment in _MOMENTS},
        }


def _part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}
