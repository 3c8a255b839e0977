"""The U-Nets of the presets in an older checkout of this package, one call at a time: products.py runs it.

    python benchmarks/products_before.py CHECKOUT RASTER JOBS

CHECKOUT is a working tree of commit 7952456 or of its layout of modules; JOBS is JSON, names with the fields of a
training. A line on stdin, JSON of a name and `train`, `estimate` or `detect`, makes one call, whose seconds of the
processor are the answer. The first answer is the JSON of the batch sizes.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from importlib import import_module
from pathlib import Path
from time import process_time
from typing import Any

Calls = dict[str, Callable[[], object]]


def main() -> None:
    """Build all trainings, then answer."""
    checkout, raster, jobs = sys.argv[1:]
    # Its own folder comes first, where its neighbours lie.
    sys.path[0] = checkout
    made, batches = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        for name, fields in json.loads(jobs).items():
            made[name], batches[name] = _calls(raster, Path(folder), fields)
        print(json.dumps(batches), flush=True)
        for line in sys.stdin:
            name, kind = json.loads(line)
            started = process_time()
            made[name][kind]()
            print(process_time() - started, flush=True)


def _calls(raster: str, folder: Path, fields: dict[str, Any]) -> tuple[Calls, int]:
    import torch

    core = {name: import_module(f"qgis_ddpm.core.{name}") for name in ("model", "training_inputs", "training_setup")}
    jobs, sampled = import_module("qgis_ddpm.jobs"), fields.pop("sampled")
    job = jobs.TrainModel(input=(raster,), model=str(folder / "m.safetensors"), **fields).resolved()
    tiles = _drained(core["training_inputs"].open_training_tiles(job))
    trainer, card = core["training_setup"].build_trainer(job, tiles, torch.device("cpu"))
    model = core["model"].DiffusionModel(deepcopy(trainer.network), card, torch.device("cpu"))
    shape = (sampled, tiles.channels, card.tile_px, card.tile_px)
    x, noise, sigma = torch.randn(shape), torch.randn(shape), torch.full((sampled,), 0.5)
    return {
        "train": trainer.step,
        "estimate": lambda: model.denoise(x, sigma),
        "detect": lambda: model.features(x, [0.5], noise),
    }, job.batch_size


def _drained(events: Iterator[object]) -> Any:
    while True:
        try:
            next(events)
        except StopIteration as done:
            return done.value


if __name__ == "__main__":
    main()
