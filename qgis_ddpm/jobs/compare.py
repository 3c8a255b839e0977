"""The job that compares settings of training over a grid."""

import os
from dataclasses import dataclass
from typing import Any, ClassVar, Dict, List, Literal, Optional, Tuple

from ..errors import JobError
from .grid import SAMPLING, Setting, read_grid, settings_of
from .option import option
from .sample import SampleTiles
from .texts import any_numbers, whole_numbers
from .train import TrainModel
from .training import Optimizer, Prediction, Schedule, TrainingJob

Study = Literal["digits", "satellite", "predictions", "samplers"]
Work = Literal["tiles", "gflop", "minutes"]

# Seeds of repeats are so far apart that those of a grid do not meet them.
SEED_STRIDE = 10_007
_SEEDS = 2**31
_GRIDS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "grids")
# Lists of the dialog, and what field each varies.
_LISTS = {
    "schedules": "schedule",
    "predictions": "prediction",
    "optimizers": "optimizer",
    "learning_rates": "learning_rate",
    "image_counts": "max_images",
}
# What says how a comparison is done, and is no field of its trainings.
_OWN = ("study", "grid", "repeats", "budget", "samples", "experiment", "report", *_LISTS)


@dataclass(frozen=True)
class CompareSettings(TrainingJob):
    """Train with every setting of a grid for equal work, several times, and compare what comes out."""

    ALGORITHM: ClassVar[str] = "comparesettings"
    OUTPUTS: ClassVar[Dict[str, str]] = {
        "SETTINGS": "Settings that were compared",
        "BEST": "The setting of the lowest KID",
        "BEST_VALIDATION_LOSS": "Lowest validation loss",
        "BEST_KID": "Lowest KID",
        "PAIRS": "Pairs of settings",
        "PAIRS_THAT_DIFFER": "Pairs whose KID differs by more than chance",
    }

    schedules: Tuple[Schedule, ...] = option(
        (), "Noise schedules to compare", "Each ticked one is trained with.", empty="the schedule of all is the same"
    )
    predictions: Tuple[Prediction, ...] = option(
        (), "Predictions to compare", "Each ticked one is trained with.", empty="the prediction of all is the same"
    )
    optimizers: Tuple[Optimizer, ...] = option(
        (), "Optimizers to compare", "Each ticked one is trained with.", empty="the optimizer of all is the same"
    )
    learning_rates: Optional[str] = option(
        None,
        "Learning rates to compare",
        "Such as 0.001,0.002.",
        empty="the learning rate of all is the same",
    )
    image_counts: Optional[str] = option(
        None,
        "Numbers of images to compare",
        "Such as 50,100,500: fewer images are among more, and none of them is judged by.",
        empty="all train on the same number",
    )
    study: Optional[Study] = option(
        None,
        "Shipped study",
        "A grid that comes with the plugin. digits: five noise schedules. satellite: predictions on three schedules. "
        "predictions: what the network predicts. samplers: one training, sampled by several samplers and steps.",
        empty="the lists here and GRID alone",
    )
    grid: Optional[str] = option(
        None,
        "Grid of settings",
        "YAML or JSON file of fields of 'Train diffusion model', and of sampler, steps and guidance, each with a list "
        "of values, such as `prediction: [edm, wiener]`. Every combination is one setting; under `list:` stand "
        "settings beside them.",
        role="file",
        suffix=".yaml",
        empty="the lists here alone",
    )
    repeats: int = option(
        3,
        "Repeats",
        "How often each setting is trained, each time with another seed: from two on the report tells what differs "
        "from what chance does.",
        minimum=1,
        maximum=50,
    )
    budget: Optional[Work] = option(
        None,
        "Equal work is",
        "What all settings are given alike: tiles (TILES seen), gflop (a larger network sees fewer tiles, the first "
        "setting TILES), or minutes (MINUTES of this machine).",
        empty="tiles, gflop where networks differ in size, or minutes where MINUTES stands alone",
        advanced=True,
    )
    samples: int = option(
        64,
        "Tiles sampled for each training",
        "The figures beside the validation loss are measured on so many.",
        minimum=8,
        maximum=4096,
        advanced=True,
    )
    experiment: Optional[str] = option(
        None,
        "Experiment folder",
        "Folder for the models and records of all settings. With the same folder, what is done is not done again and "
        "what was begun goes on.",
        role="folder_out",
        empty="no record",
        # A setting is named by its fields and their values.
        holds=(".lock", "figures.csv", "real.png", "*=*"),
    )
    report: Optional[str] = option(
        None,
        "Report of the comparison",
        "Page with curves, tiles, figures and what they say.",
        role="file_out",
        suffix=".html",
        required=True,
    )

    def _check_together(self) -> None:
        super()._check_together()
        any_numbers("LEARNING_RATES", self.learning_rates)
        whole_numbers("IMAGE_COUNTS", self.image_counts, minimum=1)
        if not (self.study or self.grid or any(getattr(self, name) for name in _LISTS)):
            raise JobError(
                "Nothing is varied. Tick values of SCHEDULES or PREDICTIONS, write LEARNING_RATES or IMAGE_COUNTS, or "
                "choose a STUDY or a file for GRID."
            )
        if self.budget == "minutes" and self.minutes is None:
            raise JobError("BUDGET is minutes, but MINUTES is empty. Say how long each setting is trained.")
        if self.image_counts and self.input and not self.folder:
            raise JobError("IMAGE_COUNTS varies how many images of FOLDER are trained on, but FOLDER is empty.")

    @property
    def by_minutes(self) -> bool:
        """Whether settings are given equal time."""
        return self.budget == "minutes" or (self.budget is None and self.minutes is not None and self.tiles is None)

    def settings(self) -> List[Setting]:
        """The values of each setting by field, the last field changing fastest. Raises JobError."""
        grid: Dict[str, Any] = {}
        sources = [os.path.join(_GRIDS, f"{self.study}.yaml")] if self.study else []
        sources += [self.grid] if self.grid else []
        for path in sources:
            grid.update(read_grid(path))
        for name, field in _LISTS.items():
            value = getattr(self, name)
            if isinstance(value, str):
                value = list(any_numbers(name.upper(), value))
                value = [int(number) for number in value] if field == "max_images" else value
            if value:
                grid[field] = list(value)
        settings = settings_of(grid, f"GRID {self.grid}" if self.grid else "The grid")
        for setting in settings:
            self._check_sampling(setting)
        return settings

    @property
    def split(self) -> int:
        """The seed of the split, which is the same for all settings and repeats."""
        return self.seed if self.split_seed is None else self.split_seed

    def training(
        self,
        setting: Setting,
        model: str = "model.safetensors",
        experiment: Optional[str] = None,
        repeat: int = 0,
        **more: Any,
    ) -> TrainModel:
        """The training of one setting, with its preset worked in; more: fields that decide on length and split.

        Raises JobError.
        """
        common = {name: value for name, value in self.values().items() if name not in _OWN}
        varied = {name: value for name, value in setting.items() if name not in ("sampler", "steps")}
        fields = {**common, "split_seed": self.split, **varied, **more, "model": model, "experiment": experiment}
        fields["seed"] = (int(fields["seed"]) + repeat * SEED_STRIDE) % _SEEDS
        return TrainModel.from_values(fields).resolved()

    def _check_sampling(self, setting: Setting) -> None:
        chosen = {name: setting[name] for name in SAMPLING if name in setting}
        SampleTiles.from_values({"model": "m", "output": "o.tif", **chosen})
