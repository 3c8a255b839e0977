"""The presets of training: sizes that were measured to belong together (benchmarks/README.md)."""

from typing import Any, Dict

_COMMON: Dict[str, Any] = {
    # Which of the shapes, here or in WIDE_SHAPES, is the machine's to say.
    "network": "auto",
    "schedule": "edm",
    "log_sigma_shift": 0.0,
    "prediction": "wiener",
    "loss": "l2",
    "optimizer": "muon",
    "gradient_clip": 1.0,
    "ema": 0.1,
    "guidance": 1.0,
    "res_blocks": 1,
    "dropout": 0.0,
    # What is seen from above may lie any way round.
    "augment": "dihedral",
}

PRESETS: Dict[str, Dict[str, Any]] = {
    "digits": {
        **_COMMON,
        # Ink on paper is no Gaussian field: after 100 seconds on 500 digits `wiener` leads, but `edm` learns faster.
        "prediction": "edm",
        # A turned or mirrored digit is another one, or none.
        "augment": "none",
        # And it shows through noise that would hide a field: where strokes go is decided at high levels.
        "log_sigma_shift": 1.3,
        # It nearly halves the distance to real digits, for no more calls.
        "guidance": 2.5,
        "tile_px": 28,
        "tiles": 64000,
        "batch_size": 16,
        "learning_rate": 2e-3,
        "warmup_tiles": 1600,
        "base_channels": 32,
        "channel_multipliers": "1,4",
        "attention_at_px": "7",
        "patch_px": 2,
        "dropout": 0.1,
    },
    "tiny": {
        **_COMMON,
        "tile_px": 64,
        "tiles": 8000,
        "batch_size": 8,
        "learning_rate": 2e-3,
        "warmup_tiles": 320,
        "base_channels": 32,
        "channel_multipliers": "1,2,4",
        "attention_at_px": "8",
        "patch_px": 2,
    },
    "small": {
        **_COMMON,
        "tile_px": 64,
        "tiles": 24000,
        "batch_size": 8,
        "learning_rate": 1.5e-3,
        "warmup_tiles": 640,
        "base_channels": 16,
        "channel_multipliers": "1,2,4,6",
        "attention_at_px": "8",
        "patch_px": 1,
    },
    "base": {
        **_COMMON,
        "optimizer": "adam",
        "tile_px": 128,
        "tiles": 2000000,
        "batch_size": 128,
        "learning_rate": 3e-4,
        "warmup_tiles": 12800,
        "base_channels": 96,
        "channel_multipliers": "1,2,3,4",
        "res_blocks": 2,
        "attention_at_px": "16",
        "patch_px": 1,
        "dropout": 0.1,
    },
    "sr3": {
        **_COMMON,
        "network": "sr3",
        "optimizer": "adam",
        "schedule": "cosine",
        "prediction": "noise",
        "tile_px": 256,
        "tiles": 2000000,
        "batch_size": 8,
        "learning_rate": 1e-5,
        "warmup_tiles": 3200,
        "base_channels": 128,
        "channel_multipliers": "1,2,4,8,8",
        "res_blocks": 2,
        "attention_at_px": "16",
        "patch_px": 1,
        "dropout": 0.2,
    },
}

# What takes the place of a preset's shape where bfloat16 is multiplied fast. Scenes keep their U-Net: wide shapes had a
# lower validation loss after the same time, and tiles further from real ones (benchmarks/README.md, "Products").
WIDE_SHAPES: Dict[str, Dict[str, Any]] = {
    "digits": {
        "network": "wide",
        "base_channels": 32,
        "channel_multipliers": "1,2,4",
        "attention_at_px": "7",
        "patch_px": 1,
    },
}

# What each gives on a processor, as measured (benchmarks/README.md, models/).
PROSPECTS: Dict[str, str] = {
    "digits": "Ten minutes on a few hundred figures give shapes of which most can be read.",
    "tiny": "Minutes on a processor give colours and textures, not objects; features for change detection do not need "
    "more.",
    "small": "Ten minutes on a processor give land cover with the right colours and textures where the scenes are of "
    "one kind. Of scenes of many kinds an hour gives colours, patches and edges; streets take a GPU or days.",
    "base": "This preset is made for a GPU. On a processor take small, or tiny for a first look.",
    "sr3": "The published network is made for a GPU and days. On a processor take small.",
}

# Fields that belong together: where one is set otherwise than the preset says, all of them are the user's.
SHAPE = ("base_channels", "channel_multipliers", "res_blocks", "patch_px", "attention_at_px", "tile_px")

GOVERNED = tuple(sorted(PRESETS["small"]))
