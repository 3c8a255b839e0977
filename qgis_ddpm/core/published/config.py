"""What the configuration that comes with a published checkpoint says of it: JSON with // comments, in sections."""

import difflib
import os
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ...ddpmcd_config import read_ddpmcd
from ...errors import JobError, ModelFileError
from ...regular_file import open_text
from ..model.schedules import BETA_MAX, SCHEDULES, Schedule, betas
from ..raster.types import Floats

MAX_FILE_BYTES = 1 << 20
_SCHEDULE_KEYS = ("schedule", "n_timestep", "linear_start", "linear_end")
# The keys of the two sections that tell of the weights; the others tell of runs on the publisher's machines.
_KNOWN = {
    *(f"model_cd.{name}" for name in ("feat_scales", "out_channels", "loss_type", "output_cm_size", "feat_type", "t")),
    "model_cd.psp",
    "model.which_model_G",
    "model.finetune_norm",
    *(f"model.unet.{name}" for name in ("in_channel", "out_channel", "inner_channel", "norm_groups", "res_blocks")),
    *(f"model.unet.{name}" for name in ("channel_multiplier", "attn_res", "dropout")),
    *(f"model.diffusion.{name}" for name in ("image_size", "channels", "loss", "conditional")),
    *(f"model.beta_schedule.{phase}.{name}" for phase in ("train", "val", "test") for name in _SCHEDULE_KEYS),
}


class PublishedConfig:
    """The values of one configuration, each checked when it is asked for. All methods raise JobError."""

    def __init__(self, path: str, values: Mapping[str, Any]) -> None:
        self.path = path
        self._values = values
        for key in values:
            if key.startswith(("model.", "model_cd.")) and key not in _KNOWN:
                near = difflib.get_close_matches(key, _KNOWN, 1)
                hint = f" Did you mean {near[0]!r}?" if near else ""
                raise JobError(f"CONFIG {path} has the unknown key {key!r}.{hint}")
        if not any(key.startswith("model.") for key in values):
            raise JobError(f"CONFIG {path} has no section `model`. Give the JSON that came with the checkpoint.")

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        """A whole number from low to high."""
        return int(self._number(key, default, low, high, whole=True))

    def share(self, key: str, default: float) -> float:
        """A number from 0 up to, but not including, 1."""
        share = self._number(key, default, 0, 1)
        if share == 1:
            raise self._refusal(key, "a number below 1")
        return share

    def wholes(self, key: str, high: int) -> tuple[int, ...]:
        """Whole numbers from 0 to high, of one number or a list of them; () where the key is not there."""
        value = self._values.get(key)
        numbers = value if isinstance(value, list) else [] if value is None else [value]
        if not all(_is_number(number) and number == int(number) and 0 <= number <= high for number in numbers):
            raise self._refusal(key, f"whole numbers from 0 to {high}")
        return tuple(int(number) for number in numbers)

    def says(self, key: str) -> Any:
        """The bare value; None where the key is not there."""
        return self._values.get(key)

    def schedule(self, phase: str) -> Schedule | None:
        """The schedule of a phase (train, val, test); None where there is none."""
        part = f"model.beta_schedule.{phase}"
        name = self._values.get(f"{part}.schedule")
        if name is None:
            return None
        # JSON may hold a list here, which no set can be asked for.
        if not isinstance(name, str) or name not in SCHEDULES:
            raise self._refusal(f"{part}.schedule", f"one of {', '.join(SCHEDULES)}")
        steps = self.whole(f"{part}.n_timestep", 2000, 2, 100_000)
        start = self._number(f"{part}.linear_start", 1e-6, 1e-12, 0.999)
        end = self._number(f"{part}.linear_end", 1e-2, 1e-12, 0.999)
        return Schedule(name, steps, start, end)

    def _number(self, key: str, default: float, low: float, high: float, whole: bool = False) -> float:
        value = self._values.get(key)
        if value is None:
            return default
        if not _is_number(value) or not low <= value <= high or (whole and value != int(value)):
            raise self._refusal(key, f"a {'whole ' if whole else ''}number from {low:g} to {high:g}")
        return float(value)

    def _refusal(self, key: str, expected: str) -> JobError:
        return JobError(f"CONFIG {self.path}: {key} is {str(self._values[key])[:100]!r}, but has to be {expected}.")


def read_published_config(path: str | None) -> PublishedConfig | None:
    """The configuration in a file; None for no file. Raises JobError for one that cannot be read or is misspelt."""
    if path is None:
        return None
    try:
        with open_text(path, encoding="utf-8-sig") as file:
            if os.fstat(file.fileno()).st_size > MAX_FILE_BYTES:
                raise JobError(f"CONFIG {path} is larger than {MAX_FILE_BYTES} bytes, which no configuration is.")
            text = file.read()
    except OSError as error:
        raise JobError(f"CONFIG {path} cannot be read: {error.strerror}. Choose the publisher's JSON.") from None
    except UnicodeDecodeError:
        raise JobError(f"CONFIG {path} is no text file. Choose the publisher's JSON.") from None
    return PublishedConfig(path, read_ddpmcd(path, text))


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e300


# What ddpm-cd pre-trains its network with, and what it reads features with, where nothing else is said.
PRETRAINING = Schedule("cosine", 2000, 1e-6, 1e-2)
HEAD_SCHEDULE = Schedule("linear", 2000, 1e-6, 1e-2)
# How many noise levels a published head reads -> at which steps.
HEAD_STEPS = {1: (100,), 2: (50, 100), 3: (50, 100, 400), 4: (50, 100, 400, 650)}

# Buffers are float32.
_TOLERANCE = 1e-5


def recognised(path: str, values: Floats) -> Schedule | None:
    """The published schedule that has these betas [T]; None where there is no such.

    Raises ModelFileError for what can be no betas.
    """
    if values.ndim != 1 or not 2 <= len(values) <= 100_000 or not np.all((values > 0) & (values <= 1)):
        raise ModelFileError(f"{path} has `betas` that are no noise schedule: 2 to 100000 numbers above 0 up to 1.")
    # Ends were written by people: 1e-06 came out of float32 as 9.99999997e-07.
    start, end = (float(f"{value:.6g}") for value in (values[0], values[-1]))
    # A ramp from an end to itself is const too.
    for name in sorted(SCHEDULES, key="const".__ne__):
        named = betas(name, len(values), start, end)
        if np.max(np.abs(np.minimum(values, BETA_MAX) / named - 1)) < _TOLERANCE:
            return Schedule(name, len(values), start, end)
    return None


def sigmas_at(schedule: Schedule, steps: Sequence[int]) -> tuple[float, ...]:
    """Noise over signal after so many steps of a schedule, steps counted from 1."""
    sigmas = schedule.sigmas()
    return tuple(float(sigmas[step - 1]) for step in steps)
