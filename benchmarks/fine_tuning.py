"""What a start from a model of three bands gives to a training on four, against a start from nothing.

    python -m benchmarks.fine_tuning --raster DATA/1985.tif --target DATA/2005.tif

A model is trained on the first three bands of one date; then all bands of the other date are trained on, from nothing
and from that model, whose weights for the new band are 0 or, as the alternative, the mean of the other bands'.
Prints the validation loss before the first step and after some tiles.
"""

import argparse
import tempfile
from collections.abc import Sequence

import torch
from torch import Tensor

from benchmarks.training_overhead import drained
from qgis_ddpm.core import run
from qgis_ddpm.core.training import fine_tuning
from qgis_ddpm.core.training.evaluation import Evaluation, mean
from qgis_ddpm.core.training.inputs import open_training_tiles
from qgis_ddpm.core.training.setup import build_trainer
from qgis_ddpm.jobs import TrainModel

KEPT_ZERO = fine_tuning._placed


def filled_with_mean(
    old: Tensor, like: Tensor, axis: int, blocks: int, taken: Sequence[int | None], old_bands: int
) -> Tensor:
    """The weights as they are placed, but with the mean of the other bands' where they would be 0."""
    placed = KEPT_ZERO(old, like, axis, blocks, taken, old_bands).movedim(axis, 0)
    bands = placed.reshape(blocks, len(taken), -1, *placed.shape[1:])
    known = [index for index, source in enumerate(taken) if source is not None]
    for index, source in enumerate(taken):
        if source is None:
            bands[:, index] = bands[:, known].mean(dim=1)
    return bands.reshape(placed.shape).movedim(0, axis).reshape(like.shape)


def losses(job: TrainModel, tiles: list[int]) -> list[float]:
    """The validation loss after so many tiles of a training."""
    job = job.resolved()
    source = drained(open_training_tiles(job))
    trainer, card = build_trainer(job, source, torch.device("cpu"))
    evaluation = Evaluation(trainer, card)
    found = []
    for count in tiles:
        while trainer.tiles_seen < count:
            trainer.step()
        evaluation.take_average()
        found.append(mean(drained(evaluation.losses())))
    trainer.close()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--raster", required=True)
    parser.add_argument("--target", required=True)
    parser.add_argument("--tiles", type=int, default=4000)
    parser.add_argument("--after", type=int, nargs="+", default=[0, 400, 1600])
    parser.add_argument("--predictions", nargs="+", default=["wiener", "edm"])
    chosen = parser.parse_args()
    fields = {"preset": "tiny", "base_channels": 32, "channel_multipliers": "1,2,2", "attention_at_px": "0"}
    for prediction in chosen.predictions:
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/start.safetensors"
            first = TrainModel(input=(chosen.raster,), bands="1,2,3", prediction=prediction, model=path, **fields)
            for _ in run(first.replace(tiles=chosen.tiles)):
                pass
            target = TrainModel(input=(chosen.target,), prediction=prediction, model="m", tiles=chosen.tiles)
            rows = {"nothing": losses(target.replace(**fields), chosen.after)}
            started = target.replace(preset="tiny", init_model=path)
            rows["model, new band 0"] = losses(started, chosen.after)
            fine_tuning._placed = filled_with_mean
            rows["model, new band the mean"] = losses(started, chosen.after)
            fine_tuning._placed = KEPT_ZERO
        for name, values in rows.items():
            print(prediction, name, *(f"{value:.3f}" for value in values), sep=" | ", flush=True)


if __name__ == "__main__":
    main()
