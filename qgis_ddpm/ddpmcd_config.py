"""Configurations in the style of the ddpm-cd code: JSON with // comments, whose keys stand in sections.

Each key is either taken into a field, or named in a note with the reason why not; a misspelt key is an error, where
the original code would silently read None.
"""

import difflib
import json
import math
import os
import re
from typing import Any, Dict, Iterator, List, Mapping, Optional, Tuple

from .ddpmcd_keys import NOT_TAKEN, NOT_TAKEN_BY, TAKEN
from .errors import JobError

_COMMENT = re.compile(r'"(?:\\.|[^"\\])*"|//[^\n]*')
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")


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
    known = set(NOT_TAKEN).union(*TAKEN.values())
    for key in values:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            raise JobError(f"CONFIG {path} has the unknown key {key!r}.{f' Did you mean {near[0]!r}?' if near else ''}")
    if values.get("model.diffusion.conditional") and algorithm != "traindetector":
        raise JobError(
            f"CONFIG {path} asks for a conditional model: set conditional to false there, and give CONDITION."
        )
    taken = TAKEN.get(algorithm, {})
    fields: Dict[str, Any] = {}
    notes = []
    for key, value in values.items():
        if key not in taken:
            reason = NOT_TAKEN_BY.get(algorithm, {}).get(key) or NOT_TAKEN.get(key, "only training uses it")
            if key == "path.resume_state" and algorithm == "traindetector" and value:
                reason = f"import {_checkpoint(str(value))} by 'Import published checkpoint', and name it in MODEL"
            notes.append(f"CONFIG: {key} = {json.dumps(value)} is not used: {reason}.")
        elif value is not None:
            fields[taken[key]] = _converted(key, value, values, path, notes)
    if algorithm in ("trainmodel", "comparesettings"):
        fields["prediction"] = "noise"
    if algorithm == "traindetector" and any(key.startswith("model_cd.") for key in values):
        fields["head"] = "published"
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
    if key == "model_cd.t":
        return _noise_levels(value, values, path, notes)
    if key == "train.n_iter":
        return int(float(value)) * int(values.get("datasets.train.batch_size") or 1)
    return value


def _checkpoint(prefix: str) -> str:
    """The file that a prefix such as `I190000_E97` stands for."""
    return prefix if os.path.splitext(prefix)[1] in (".pth", ".pt") else f"{prefix}_gen.pth"


def _noise_levels(steps: Any, values: Mapping[str, Any], path: str, notes: List[str]) -> Optional[str]:
    """Noise over signal after each of some steps of a linear schedule: sqrt(1 / prod(1 - beta) - 1)."""
    part = "model.beta_schedule.train"
    name, count, start, end = (
        values.get(f"{part}.{key}", usual)
        for key, usual in (("schedule", "linear"), ("n_timestep", 2000), ("linear_start", 1e-6), ("linear_end", 1e-2))
    )
    wanted = steps if isinstance(steps, list) else [steps]
    if name != "linear":
        notes.append(f"CONFIG: model_cd.t = {steps} of the schedule {name!r} is not used: NOISE_LEVELS says it.")
        return None
    if not all(isinstance(number, (int, float)) for number in (count, start, end, *wanted)) or not (
        2 <= count <= 100_000 and 0 < start < 1 and 0 < end < 1 and wanted and all(1 <= t <= count for t in wanted)
    ):
        raise JobError(
            f"CONFIG {path}: model_cd.t is {steps!r}, but has to be steps from 1 to {count!r} of its schedule."
        )
    sigmas = []
    for step in sorted(int(step) for step in wanted):
        logs = (math.log1p(-(start + (end - start) * number / (count - 1))) for number in range(step))
        sigmas.append(math.sqrt(math.expm1(-math.fsum(logs))))
    return ",".join(f"{sigma:.4g}" for sigma in sigmas)


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
