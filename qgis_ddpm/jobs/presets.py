"""The presets of training: sizes that were measured to belong together (benchmarks/README.md)."""

from typing import Any, Dict

_COMMON: Dict[str, Any] = {
    "schedule": "edm",
    "prediction": "edm",
    "loss": "l2",
    "gradient_clip": 1.0,
    "ema": 0.1,
    "res_blocks": 1,
    "dropout": 0.0,
    "warmup_tiles": 3200,
}

PRESETS: Dict[str, Dict[str, Any]] = {
    "digits": {
        **_COMMON,
        "tile_px": 28,
        "tiles": 64000,
        "batch_size": 32,
        "learning_rate": 1e-3,
        "base_channels": 48,
        "channel_multipliers": "1,2",
        "attention_at_px": "0",
        "patch_px": 2,
        "dropout": 0.1,
    },
    "tiny": {
        **_COMMON,
        "tile_px": 64,
        "tiles": 6400,
        "batch_size": 16,
        "learning_rate": 1e-3,
        "base_channels": 32,
        "channel_multipliers": "1,2,2",
        "attention_at_px": "0",
        "patch_px": 2,
    },
    "small": {
        **_COMMON,
        "tile_px": 64,
        "tiles": 32000,
        "batch_size": 16,
        "learning_rate": 7e-4,
        "base_channels": 48,
        "channel_multipliers": "1,2,3",
        "attention_at_px": "8",
        "patch_px": 2,
    },
    "base": {
        **_COMMON,
        "tile_px": 128,
        "tiles": 2000000,
        "batch_size": 128,
        "learning_rate": 3e-4,
        "base_channels": 96,
        "channel_multipliers": "1,2,3,4",
        "res_blocks": 2,
        "attention_at_px": "16",
        "patch_px": 1,
        "dropout": 0.1,
    },
    "sr3": {
        **_COMMON,
        "schedule": "cosine",
        "prediction": "noise",
        "tile_px": 256,
        "tiles": 2000000,
        "batch_size": 8,
        "learning_rate": 1e-5,
        "base_channels": 128,
        "channel_multipliers": "1,2,4,8,8",
        "res_blocks": 2,
        "attention_at_px": "16",
        "patch_px": 1,
        "dropout": 0.2,
    },
}

GOVERNED = tuple(sorted(PRESETS["small"]))
