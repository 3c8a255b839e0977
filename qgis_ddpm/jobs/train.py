"""The job that trains a diffusion model."""

import os
from dataclasses import dataclass
from typing import Any, ClassVar, Dict, Literal, Mapping, Optional, Tuple

from ..card import read_model_card
from ..errors import JobError
from ..model_folder import find_model
from .init_model import fields_from_card
from .option import EXPERIMENT_FILES, option
from .presets import GOVERNED, PRESETS, SHAPE, WIDE_SHAPES
from .training import TrainingJob

ConditionKind = Literal["auto", "values", "classes", "folders"]
# The one word in CONDITION that names no raster.
FOLDERS = "folders"


@dataclass(frozen=True)
class TrainModel(TrainingJob):
    """Train a denoising diffusion model on rasters or on a folder of images."""

    ALGORITHM: ClassVar[str] = "trainmodel"
    OUTPUTS: ClassVar[Dict[str, str]] = {
        "TRAINING_LOSS": "Training loss at the end",
        "VALIDATION_LOSS": "Validation loss at the end",
        "TILES_SEEN": "Tiles seen in training",
        "TILES_PER_SECOND": "Tiles per second",
    }

    condition: Tuple[str, ...] = option(
        (),
        "Condition rasters",
        "What the model is told beside the noise, so that it can be asked for: one raster for each training raster, in "
        "the same order, on any grid: land cover, elevation, another date or sensor, a coarser version of it. folders: "
        "the names of the subfolders of FOLDER, or the label files of MNIST.",
        role="rasters",
        empty="the model is told nothing",
    )
    condition_kind: ConditionKind = option(
        "auto",
        "Kind of condition",
        "classes: the numbers of a raster are classes. values: they are measures, scaled like bands. folders: images "
        "are labelled by the names of their subfolders, or by MNIST's label files. auto: whole numbers in one band are "
        "classes where there are at most 64 of them.",
        advanced=True,
    )
    condition_dropout: float = option(
        0.1,
        "Share told nothing",
        "Share of tiles of which the model is told nothing in training, so that it can also draw unasked, and be led "
        "further towards what is asked for (GUIDANCE_SCALE of 'Sample synthetic tiles').",
        minimum=0,
        maximum=0.9,
        advanced=True,
    )
    few_calls: bool = option(
        False,
        "Tune for few calls",
        "Teach the model of INIT_MODEL to draw with 2 calls of its network what it draws with 20 (consistency "
        "distillation, Song et al. 2023). Choose the inputs that it was trained on.",
        advanced=True,
    )
    model: Optional[str] = option(
        None,
        "Trained model",
        "File for the trained model.",
        role="file_out",
        suffix=".safetensors",
        required=True,
    )
    experiment: Optional[str] = option(
        None,
        "Experiment folder",
        "Folder for the record of the run; the same job with the same folder goes on where it stopped.",
        role="folder_out",
        empty="no record",
        holds=EXPERIMENT_FILES,
    )
    report: Optional[str] = option(
        None,
        "Training report",
        "Page with the losses and sample tiles.",
        role="file_out",
        suffix=".html",
        empty="no report",
    )

    def _check_together(self) -> None:
        super()._check_together()
        if self.few_calls and not self.init_model and not self.config:
            raise JobError("FEW_CALLS tunes a model, but INIT_MODEL is empty. Choose the model to tune.")
        if self.config:
            return
        if self.labels_by_folder and (self.input or not self.folder):
            raise JobError(
                "CONDITION folders takes labels from the subfolders of FOLDER. Give a FOLDER, and no INPUT: rasters "
                "there have no label."
            )
        if self.condition and not self.labels_by_folder and (self.folder or len(self.condition) != len(self.input)):
            raise JobError(
                f"CONDITION names {len(self.condition)} rasters and INPUT {len(self.input)}. Give one for each raster "
                "of INPUT, in the same order, and no FOLDER."
            )

    @property
    def labels_by_folder(self) -> bool:
        """Whether images are labelled by their subfolders; a path may stand before the word in a job file."""
        words = [os.path.basename(name) for name in self.condition]
        return words == [FOLDERS] or (not words and self.condition_kind == FOLDERS)

    def resolved(self, config: Optional[Mapping[str, Any]] = None) -> "TrainModel":
        """The job with every field that its preset governs filled: a field that is set > CONFIG > PRESET.

        `config` holds the fields of the CONFIG file, already read. With INIT_MODEL that model's card says what its
        preset would. Raises JobError for unknown fields, ModelFileError for INIT_MODEL.
        """
        given = self.set_values()
        merged = {**{key: value for key, value in (config or {}).items() if value is not None}, **given}
        preset = PRESETS[str(merged.get("preset", self.preset))]
        filled = {name: preset[name] for name in GOVERNED if merged.get(name) is None}
        if merged.get("minutes") is not None and merged.get("tiles") is None:
            filled.pop("tiles", None)
        if merged.get("init_model"):
            merged["init_model"] = path = find_model(str(merged["init_model"]))
            card = read_model_card(path)
            filled.update(fields_from_card(card, path, merged))
            if merged.get("few_calls"):
                # What is tuned is led as the model is.
                filled["guidance"] = card.guidance
        return type(self).from_values({**filled, **merged, "config": None})

    def shaped(self, quick_in_bfloat16: bool) -> "TrainModel":
        """A resolved job whose NETWORK is no longer auto.

        Where bfloat16 is multiplied fast, the preset's wide shape is taken, if it has one, which draws better after the
        same minutes there and worse elsewhere (benchmarks/README.md); in all other cases, and where the shape is set,
        the preset's U-Net.
        """
        if self.network != "auto":
            return self
        preset, wide = PRESETS[self.preset], WIDE_SHAPES.get(self.preset)
        own = any(getattr(self, name) != preset[name] for name in SHAPE)
        if wide is None or own or not quick_in_bfloat16:
            return self.replace(network="unet")
        return self.replace(**wide)
