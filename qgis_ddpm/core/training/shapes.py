"""Which network a training takes where its NETWORK is auto: the one that learns fastest on this machine."""

import torch

from ...jobs import TrainModel
from ...jobs.presets import PRESETS, WIDE_SHAPES
from ..model.precision import is_faster

# Fields that belong together: where one of them is set otherwise than the preset says, all of them are the user's.
_SHAPE = ("base_channels", "channel_multipliers", "res_blocks", "patch_px", "attention_at_px", "tile_px")


def fitted(job: TrainModel, device: torch.device) -> TrainModel:
    """A resolved job whose NETWORK is no longer auto.

    A processor that multiplies bfloat16 fast takes the preset's wide shape, which learns faster there and more slowly
    elsewhere (benchmarks/README.md); all others, and all whose shape is set, the preset's U-Net.
    """
    if job.network != "auto":
        return job
    preset, wide = PRESETS[job.preset], WIDE_SHAPES.get(job.preset)
    quick = job.precision == "bfloat16" or (job.precision == "auto" and is_faster(device))
    own = any(getattr(job, name) != preset[name] for name in _SHAPE)
    if wide is None or own or not quick or device.type != "cpu":
        return job.replace(network="unet")
    kept = {"learning_rate"} if job.learning_rate != preset["learning_rate"] else set()
    return job.replace(**{name: value for name, value in wide.items() if name not in kept})
