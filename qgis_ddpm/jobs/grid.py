"""The settings of a comparison: products of lists of values, and single settings beside them."""

import itertools
import os
from typing import Any, Dict, List, Mapping

from ..errors import JobError
from .file import read_job_file, refuse_programs, relative_to
from .option import Option
from .sample import SampleTiles
from .train import TrainModel

Setting = Dict[str, Any]

MAX_SETTINGS = 1000
# Fields of sampling: one training serves all values of them.
SAMPLING = ("sampler", "steps", "guidance")
# Where settings stand that are no part of the products.
BESIDE = "list"
_SAME_DATA = "only runs on the same data compare"
_ONE_SPLIT = "one split holds for all settings"
# Runs differ in these on purpose, or would not compare.
_NOT_IN_GRID = {
    "minutes": "BUDGET says how much each setting is given",
    "tiles": "BUDGET says how much each setting is given",
    "input": _SAME_DATA,
    "folder": _SAME_DATA,
    "masks": _SAME_DATA,
    "mask_values": _SAME_DATA,
    "bands": _SAME_DATA,
    "validation_share": _SAME_DATA,
    "raster_overrides": _SAME_DATA,
    "nodata": _SAME_DATA,
    "split_seed": _ONE_SPLIT,
    "split_px": _ONE_SPLIT,
    "condition": "models are judged without a condition",
    "condition_kind": "models are judged without a condition",
    "condition_dropout": "models are judged without a condition",
    "config": "give its fields",
}


def read_grid(path: str) -> Dict[str, Any]:
    """The lists of a grid file by field, and under `list` the settings beside them; paths are relative to the file.

    Raises JobError for what cannot be varied.
    """
    grid = read_job_file(path)
    refuse_programs(path, grid, TrainModel.options())
    folder = os.path.dirname(os.path.abspath(path))
    beside = grid.pop(BESIDE, None) or []
    if not isinstance(beside, list) or not all(isinstance(part, dict) for part in beside):
        raise JobError(f"GRID {path}: list has to hold settings, such as list: [{{prediction: v, loss: l1}}].")
    for name, values in grid.items():
        _check_field(path, name, values)
        grid[name] = _located(folder, name, values)
    for setting in beside:
        refuse_programs(path, setting, TrainModel.options())
        for name, value in setting.items():
            values = value if isinstance(value, list) else [value]
            _check_field(path, str(name), values)
            setting[name] = _located(folder, str(name), values)
    return {**grid, **({BESIDE: beside} if beside else {})}


def settings_of(grid: Mapping[str, Any], source: str) -> List[Setting]:
    """Each setting once, by field: the products, the last field changing fastest, then those beside them.

    Raises JobError where there are none, or too many.
    """
    products = {name: values for name, values in grid.items() if name != BESIDE}
    parts = [products, *grid.get(BESIDE, ())] if products else list(grid.get(BESIDE, ()))
    count = sum(_count(part) for part in parts)
    if not count or count > MAX_SETTINGS:
        raise JobError(f"{source} asks for {count:,} settings; 1 to {MAX_SETTINGS:,} can be compared.")
    found: List[Setting] = []
    for part in parts:
        for values in itertools.product(*part.values()):
            setting = dict(zip(part, values))
            if setting not in found:
                found.append(setting)
    return found


def _count(part: Mapping[str, List[Any]]) -> int:
    count = 1 if part else 0
    for values in part.values():
        count *= len(values)
    return count


def option_of(name: str) -> Option:
    """The option of a field that a grid may hold."""
    kind = SampleTiles if name in ("sampler", "steps") else TrainModel
    return kind.option(name)


def _located(folder: str, name: str, values: List[Any]) -> List[Any]:
    return [relative_to(folder, option_of(name), value) for value in values]


def _check_field(grid: str, name: str, values: Any) -> None:
    known = {item.name for item in TrainModel.options() if not item.is_destination} | set(SAMPLING)
    if name in _NOT_IN_GRID:
        raise JobError(f"GRID {grid} varies {name}: {_NOT_IN_GRID[name]}. Take it out of the grid.")
    if name not in known:
        raise JobError(f"GRID {grid} has {name!r}, which is no field of trainmodel. Check its spelling.")
    if not isinstance(values, list) or not values:
        raise JobError(f"GRID {grid}: {name} has to have a list of values, such as {name}: [a, b].")
