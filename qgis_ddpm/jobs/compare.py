"""The job that compares settings of training over a grid."""

import itertools
import os
from dataclasses import dataclass
from typing import Any, ClassVar, Dict, List, Optional

from ..errors import JobError
from .file import read_job_file, refuse_programs, relative_to
from .option import option
from .train import TrainModel
from .training import TrainingJob

Setting = Dict[str, Any]

MAX_SETTINGS = 1000
# Runs differ in these on purpose, or would not compare.
_NOT_IN_GRID = {
    "minutes": "every setting has the same",
    "tiles": "every setting has the same",
    "input": "only runs on the same data compare",
    "folder": "only runs on the same data compare",
    "masks": "only runs on the same data compare",
    "mask_values": "only runs on the same data compare",
    "bands": "only runs on the same data compare",
    "validation_share": "only runs on the same data compare",
    "split_seed": "one split holds for all settings",
    "split_px": "one split holds for all settings",
    "raster_overrides": "only runs on the same data compare",
    "nodata": "only runs on the same data compare",
    "config": "give its fields",
}


@dataclass(frozen=True)
class CompareSettings(TrainingJob):
    """Train with every setting of a grid for equal minutes, and compare what comes out."""

    ALGORITHM: ClassVar[str] = "comparesettings"
    OUTPUTS: ClassVar[Dict[str, str]] = {
        "SETTINGS": "Settings that were compared",
        "BEST_VALIDATION_LOSS": "Lowest validation loss",
        "BEST_KID": "Lowest KID",
    }

    # Where a training's own length stands, but with a default: runs of equal time are what is compared.
    minutes: Optional[float] = option(
        5.0, "Minutes for each setting", "How long each setting is trained.", minimum=0.001, unit="minutes"
    )
    tiles: Optional[int] = option(
        None,
        "Length in tiles",
        "Stop a setting after so many tiles, where that comes before its minutes.",
        minimum=1,
        unit="tiles",
        empty="minutes alone",
        advanced=True,
    )
    grid: Optional[str] = option(
        None,
        "Grid of settings",
        "YAML or JSON file of fields of 'Train diffusion model', each with a list of values, such as "
        "`prediction: [edm, wiener]`. Every combination is one setting.",
        role="file",
        suffix=".yaml",
        required=True,
    )
    samples: int = option(
        64,
        "Tiles sampled for each setting",
        "KID and seconds for a tile are measured on so many.",
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
        holds=(".lock", "*=*"),
    )
    report: Optional[str] = option(
        None,
        "Report of the comparison",
        "Page with one row for each setting.",
        role="file_out",
        suffix=".html",
        required=True,
    )

    @property
    def length(self) -> str:
        """How long each setting is trained, in words."""
        ends = [f"{self.minutes:g} minutes"] if self.minutes is not None else []
        ends += [f"{self.tiles:,} tiles"] if self.tiles is not None else []
        return " or ".join(ends)

    def settings(self) -> List[Setting]:
        """The values of each setting by field, the grid's last field changing fastest; paths are relative to its file.

        Raises JobError.
        """
        assert self.grid is not None  # nosec B101
        grid = read_job_file(self.grid)
        refuse_programs(self.grid, grid, TrainModel.options())
        folder = os.path.dirname(os.path.abspath(self.grid))
        for name, values in grid.items():
            _check_field(self.grid, name, values)
            grid[name] = [relative_to(folder, TrainModel.option(name), value) for value in values]
        settings = [dict(zip(grid, values)) for values in itertools.product(*grid.values())]
        if not grid or len(settings) > MAX_SETTINGS:
            raise JobError(f"GRID {self.grid} asks for {len(settings)} settings; 1 to {MAX_SETTINGS} can be compared.")
        return settings

    def training(
        self, setting: Setting, model: str = "model.safetensors", experiment: Optional[str] = None
    ) -> TrainModel:
        """The training of one setting, with its preset worked in. Raises JobError."""
        own = ("grid", "samples", "experiment", "report")
        common = {name: value for name, value in self.values().items() if name not in own}
        job = TrainModel.from_values({**common, **setting, "model": model, "experiment": experiment})
        return job.resolved()


def _check_field(grid: str, name: str, values: Any) -> None:
    known = {item.name for item in TrainModel.options() if not item.is_destination}
    if name in _NOT_IN_GRID:
        raise JobError(f"GRID {grid} varies {name}: {_NOT_IN_GRID[name]}. Take it out of the grid.")
    if name not in known:
        raise JobError(f"GRID {grid} has {name!r}, which is no field of trainmodel. Check its spelling.")
    if not isinstance(values, list) or not values:
        raise JobError(f"GRID {grid}: {name} has to have a list of values, such as {name}: [a, b].")
