"""Configurations in the style of the ddpm-cd code: JSON with // comments, whose keys stand in sections.

Each key is either taken into a field, or named in a note with the reason why not; a misspelt key is an error, where
the original code would silently read None.
"""

import difflib
import json
import os
import re
from typing import Any, Dict, Iterator, List, Mapping, Tuple

from .errors import JobError

_COMMENT = re.compile(r'"(?:\\.|[^"\\])*"|//[^\n]*')
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")

_TAKEN: Dict[str, Dict[str, str]] = {
    "trainmodel": {
        "datasets.train.dataroot": "folder",
        "datasets.train.resolution": "tile_px",
        "datasets.train.batch_size": "batch_size",
        "datasets.train.data_len": "max_images",
        "model.which_model_G": "preset",
        "model.unet.inner_channel": "base_channels",
        "model.unet.channel_multiplier": "channel_multipliers",
        "model.unet.attn_res": "attention_at_px",
        "model.unet.res_blocks": "res_blocks",
        "model.unet.dropout": "dropout",
        "model.beta_schedule.train.schedule": "schedule",
        "model.beta_schedule.train.n_timestep": "schedule_steps",
        "model.beta_schedule.train.linear_start": "beta_start",
        "model.beta_schedule.train.linear_end": "beta_end",
        "model.diffusion.image_size": "tile_px",
        "model.diffusion.loss": "loss",
        "train.n_iter": "tiles",
        "train.optimizer.lr": "learning_rate",
    },
    "sampletiles": {
        "datasets.val.data_len": "count",
        "model.beta_schedule.val.n_timestep": "steps",
    },
}
# Its settings are trainings.
_TAKEN["comparesettings"] = _TAKEN["trainmodel"]
_RUN = "belongs to how the original code runs"
_LOG = "there are periodic checkpoints, losses and samples without it"
_SCHEDULE = "tiles are sampled over the noise levels that the model was trained on"
_FROM_MODEL = "the model's card says it"
_NOT_TAKEN: Dict[str, str] = {
    "name": "EXPERIMENT and MODEL name the results",
    "phase": "the algorithm says whether to train or to sample",
    "distributed": _RUN,
    "gpu_ids": "DEVICE chooses the device",
    "path.log": _RUN,
    "path.tb_logger": _RUN,
    "path.results": _RUN,
    "path.checkpoint": _RUN,
    "path.resume_state": "a run goes on by its EXPERIMENT folder; weights come in by 'Import published checkpoint'",
    "datasets.train.name": "it only names the data",
    "datasets.train.dataroot": "only training reads data",
    "datasets.train.num_workers": "tiles are made without further processes",
    "datasets.train.use_shuffle": "tiles are always drawn at random",
    "datasets.train.resolution": _FROM_MODEL,
    "datasets.train.batch_size": "BATCH_SIZE of sampling is chosen from the memory",
    "datasets.train.data_len": "only training reads data",
    "datasets.val.name": "it only names the data",
    "datasets.val.dataroot": "VALIDATION_SHARE of the training data is kept for validation",
    "datasets.val.resolution": "it is the training's",
    "datasets.val.batch_size": "it is the training's",
    "datasets.val.num_workers": "tiles are made without further processes",
    "datasets.val.use_shuffle": "validation tiles have a fixed order",
    "datasets.val.data_len": "VALIDATION_SHARE says how much is kept for validation",
    "model.which_model_G": _FROM_MODEL,
    "model.finetune_norm": "all weights are trained",
    "model.unet.in_channel": "the bands of the data say it",
    "model.unet.out_channel": "the bands of the data say it",
    "model.unet.norm_groups": "groups follow from the channels",
    "model.diffusion.channels": "the bands of the data say it",
    "model.diffusion.conditional": "models here are unconditional",
    "model.diffusion.image_size": _FROM_MODEL,
    "model.diffusion.loss": _FROM_MODEL,
    "model.beta_schedule.val.schedule": _SCHEDULE,
    "model.beta_schedule.val.n_timestep": "STEPS of the sampling says it",
    "model.beta_schedule.val.linear_start": _SCHEDULE,
    "model.beta_schedule.val.linear_end": _SCHEDULE,
    "train.n_iter": "only training uses it",
    "train.val_freq": _LOG,
    "train.save_checkpoint_freq": _LOG,
    "train.print_freq": _LOG,
    "train.optimizer.type": "OPTIMIZER says it, without weight decay",
    "train.optimizer.lr": "only training uses it",
    "train.ema_scheduler.step_start_ema": "weights are averaged from the first step on; EMA sets the length",
    "train.ema_scheduler.update_ema_every": "weights are averaged in every step",
    "train.ema_scheduler.ema_decay": "the original code never uses it; EMA sets the length of the average",
    "wandb.project": "nothing is sent to other computers",
}


def is_ddpmcd(text: str) -> bool:
    """Whether a text looks like such a configuration: JSON with a section `model` that has `unet` or a schedule."""
    return text.lstrip().startswith("{") and '"model"' in text and ('"unet"' in text or '"beta_schedule"' in text)


def read_ddpmcd(path: str, text: str) -> Dict[str, Any]:
    """The keys of a configuration by their dotted place. Raises JobError where it is no JSON."""
    plain = _COMMENT.sub(lambda found: found.group() if found.group().startswith('"') else "", text)
    try:
        found = json.loads(_TRAILING_COMMA.sub(r"\1", plain))
    except (ValueError, RecursionError) as error:
        raise JobError(f"CONFIG {path} is no JSON with // comments: {error}.") from None
    return dict(_flat(found, ""))


def translate(values: Mapping[str, Any], algorithm: str, path: str) -> Tuple[Dict[str, Any], List[str]]:
    """Fields of a job, and a note for each key that is not taken. Raises JobError for keys that are not known."""
    known = set(_NOT_TAKEN).union(*_TAKEN.values())
    for key in values:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            raise JobError(f"CONFIG {path} has the unknown key {key!r}.{f' Did you mean {near[0]!r}?' if near else ''}")
    if values.get("model.diffusion.conditional"):
        raise JobError(f"CONFIG {path} asks for a conditional model; models here are unconditional.")
    taken = _TAKEN.get(algorithm, {})
    fields: Dict[str, Any] = {}
    notes = []
    for key, value in values.items():
        if key not in taken:
            notes.append(
                f"CONFIG: {key} = {json.dumps(value)} is not used: {_NOT_TAKEN.get(key, 'only training uses it')}."
            )
        elif value is not None:
            fields[taken[key]] = _converted(key, value, values, path, notes)
    if algorithm in ("trainmodel", "comparesettings"):
        fields["prediction"] = "noise"
    if algorithm == "sampletiles" and "steps" in fields:
        fields["sampler"] = "ddpm"
    return {name: value for name, value in fields.items() if value is not None}, notes


def _converted(key: str, value: Any, values: Mapping[str, Any], path: str, notes: List[str]) -> Any:
    if key == "datasets.train.dataroot":
        return _folder(str(value), path, notes)
    if key.endswith(".data_len"):
        return None if value == -1 else value
    if key == "model.which_model_G":
        if value != "sr3":
            notes.append(f"CONFIG: the network {value!r} is trained as sr3, which differs in how it is told the noise.")
        return "sr3"
    if key == "model.unet.attn_res":
        return _attention(value, values, notes)
    if key == "train.n_iter":
        return int(float(value)) * int(values.get("datasets.train.batch_size") or 1)
    return value


def _attention(value: Any, values: Mapping[str, Any], notes: List[str]) -> Any:
    """The sizes with attention that a level of the network has; the original code passes over the others silently."""
    size = values.get("model.diffusion.image_size") or values.get("datasets.train.resolution")
    levels = values.get("model.unet.channel_multiplier")
    if not isinstance(size, int) or not isinstance(levels, list) or not isinstance(value, (int, list)):
        return value
    wanted = value if isinstance(value, list) else [value]
    sizes = [size // 2**level for level in range(len(levels))]
    if set(wanted) - set(sizes):
        notes.append(f"CONFIG: attn_res {wanted} is met only where a level has that size; the levels have {sizes} px.")
    return [each for each in wanted if each in sizes] or [0]


def _folder(dataroot: str, path: str, notes: List[str]) -> Any:
    """The data folder, which such files name as seen from the folder above their own."""
    here = os.path.dirname(os.path.abspath(path))
    for base in (here, os.path.dirname(here)):
        folder = os.path.join(base, dataroot)
        if os.path.isdir(folder):
            return folder
    notes.append(f"CONFIG: the data folder {dataroot} is not found from {path}; INPUT or FOLDER says where data are.")
    return None


def _flat(values: Any, place: str) -> Iterator[Tuple[str, Any]]:
    if isinstance(values, dict) and values:
        for key, value in values.items():
            yield from _flat(value, f"{place}.{key}" if place else str(key))
    elif place:
        yield place, values
