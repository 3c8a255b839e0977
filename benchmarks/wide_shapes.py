"""Which shape of network draws the best tiles after the same seconds of processor time?

    OMP_NUM_THREADS=1 python -m benchmarks.wide_shapes aid --data ../shared/data --cpu-seconds 120 \\
        --shape "network=unet" --shape "network=wide base_channels=64 channel_multipliers=1,2,2 attention_at_px=16"

A shape is fields of the training job beside its preset. Only steps count as time. Validation loss at six noise levels,
lowest first, and tiles of 20 network calls against imagery that was kept apart, as `assesstiles` compares them. AID:
the middles of 33 or 34 scenes of each class; split 1 trains on other scenes than split 0. Landsat: five dates of
Pucallpa, of which two strips are kept apart; --split is the seed alone.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import rasterio
import torch
from numpy.typing import NDArray

from benchmarks.few_scenes import HELD_OUT_OF_A_CLASS, TRAINING_COUNT, middle, save_images
from benchmarks.training_overhead import drained
from qgis_ddpm.core.model.batch import AdaptiveBatch
from qgis_ddpm.core.outputs.pictures import TilePainter
from qgis_ddpm.core.quality.feature_network import learn_features
from qgis_ddpm.core.quality.scores import measure, score
from qgis_ddpm.core.quality.structure import learn_structure
from qgis_ddpm.core.quality.tile_sets import TileSet
from qgis_ddpm.core.raster.scaling import from_unit, to_unit
from qgis_ddpm.core.sampling.draw import clamped_denoiser, draw_samples
from qgis_ddpm.core.sampling.samplers import plan, usual_sampling
from qgis_ddpm.core.training.evaluation import Evaluation, mean
from qgis_ddpm.core.training.inputs import open_training_tiles
from qgis_ddpm.core.training.setup import build_trainer
from qgis_ddpm.jobs import TrainModel

TILE_PX, BATCH = 64, 32
# Columns of the Landsat series that are kept apart.
STRIPS, STRIP_PX = (128, 448), 128
MEASURES = ("FD", "KID", "STRUCTURE", "SPECTRUM_DISTANCE", "PRECISION", "RECALL", "COVERAGE")
SHEET_TILES = 48


@dataclass(frozen=True)
class Data:
    """Fields of a job that name its imagery, and tiles that were kept apart."""

    fields: dict[str, Any]
    held_out: TileSet


def main() -> None:
    """Train, sample and judge one shape after the other; a row of Markdown for each length."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", choices=DATA)
    parser.add_argument("--data", dest="folder", type=Path, required=True)
    parser.add_argument("--preset", default="small")
    parser.add_argument("--shape", action="append", required=True, help="fields beside the preset's; may be repeated")
    parser.add_argument("--cpu-seconds", type=float, nargs="+", default=[120.0])
    parser.add_argument("--split", type=int, choices=(0, 1), default=0, help="which scenes; also the seed")
    parser.add_argument("--count", type=int, default=200, help="tiles that each makes")
    parser.add_argument("--pictures", type=Path, help="folder for a sheet of what each makes")
    given = parser.parse_args()
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as name:
        data = DATA[given.data](given.folder, Path(name), given.split)
        features = drained(learn_features(data.held_out.pixels, 0, torch.device("cpu")))
        structure = learn_structure(data.held_out.pixels, 0)
        of_real = drained(measure(data.held_out.pixels, features, structure, 0))
        print("| shape | s | tiles seen | loss | by level |", " | ".join(MEASURES), "|")
        print("|---|" + "---:|" * (4 + len(MEASURES)), flush=True)
        for number, shape in enumerate(given.shape):
            fields = dict(text.split("=", 1) for text in shape.split())
            job = TrainModel.from_values(
                {"model": "m", "preset": given.preset, "seed": given.split, **data.fields, **fields}
            )
            for seconds, tiles, losses, samples, sheet in trained(job.resolved(), given.cpu_seconds, given.count):
                of_fake = drained(measure(samples, features, structure))
                figures = {each.name: each.value for each in drained(score(data.held_out, of_real, of_fake, 0))}
                levels = " ".join(f"{loss:.3f}" for loss in losses)
                told = " | ".join(f"{figures[name]:.3f}" for name in MEASURES)
                print(f"| {shape} | {seconds:.0f} | {tiles} | {mean(losses):.4f} | {levels} | {told} |", flush=True)
                if given.pictures:
                    given.pictures.mkdir(parents=True, exist_ok=True)
                    name = f"{given.data}_{given.split}_{number}_{seconds:.0f}.png"
                    (given.pictures / name).write_bytes(sheet)


def trained(
    job: TrainModel, lengths: list[float], count: int
) -> Iterator[tuple[float, int, list[float], NDArray[np.float32], bytes]]:
    """A training, told after each of some seconds of processor time.

    Yields:
        Seconds, tiles seen, validation loss by noise level, samples [count, C, t, t] in the bands' numbers, a PNG.
    """
    source = drained(open_training_tiles(job))
    trainer, card = build_trainer(job, source, torch.device("cpu"))
    evaluation, spent = Evaluation(trainer, card), 0.0
    sampler, calls = usual_sampling(card)
    steps = plan(sampler, card.schedule, calls)
    painter = TilePainter([band.name for band in card.bands], source.batch(0, 256).pixels)
    for length in sorted(lengths):
        while spent < length:
            started = process_time()
            trainer.step()
            spent += process_time() - started
        evaluation.take_average()
        losses = drained(evaluation.losses())
        model = evaluation.model
        denoise = clamped_denoiser(model, AdaptiveBatch(BATCH, model.device))
        shape = (count, len(card.bands), card.tile_px, card.tile_px)
        made = drained(draw_samples(denoise, steps, shape, BATCH, 0, model.device))
        pixels = from_unit(made, card.bands, card.bands[0].dtype).astype(np.float32)
        yield length, trainer.tiles_seen, losses, pixels, painter.sheet(to_unit(pixels[:SHEET_TILES], card.bands))
    trainer.close()


def aid(folder: Path, scratch: Path, split: int) -> Data:
    """Two splits of the scenes, whose training scenes differ."""
    training, held_out = [], []
    classes = sorted(path for path in (folder / "aid150").iterdir() if path.is_dir())
    for number, each in enumerate(classes):
        count = TRAINING_COUNT // len(classes) + (number < TRAINING_COUNT % len(classes))
        paths = sorted(each.iterdir(), reverse=bool(split))
        scenes = [middle(path) for path in paths[: count + HELD_OUT_OF_A_CLASS]]
        training += scenes[:count]
        held_out += scenes[count:]
    save_images(np.stack(training), scratch / "training")
    tiles = np.stack(held_out).astype(np.float32)
    order = np.random.default_rng(0).permutation(len(tiles))
    return Data({"folder": str(scratch / "training")}, TileSet(tiles[order], order))


def landsat(folder: Path, scratch: Path, split: int) -> Data:
    """Five dates without two strips, and tiles of the strips, which overlap by half; a place is one at all dates."""
    paths, tiles, groups = [], [], []
    for path in sorted((folder / "geo" / "landsat_pucallpa").glob("*.tif")):
        with rasterio.open(path) as file:
            pixels, profile = file.read(), file.profile
        for first in STRIPS:
            for row in range(0, pixels.shape[1] - TILE_PX + 1, TILE_PX // 2):
                for col in range(first, first + STRIP_PX - TILE_PX + 1, TILE_PX // 2):
                    tile = pixels[:, row : row + TILE_PX, col : col + TILE_PX]
                    if (tile != profile["nodata"]).all():
                        tiles.append(tile.astype(np.float32))
                        groups.append((first + row) // TILE_PX)
        for first in STRIPS:
            pixels[:, :, first : first + STRIP_PX] = profile["nodata"]
        paths.append(str(scratch / path.name))
        # Else the fourth band of bytes would be taken for transparency.
        with rasterio.open(paths[-1], "w", **{**profile, "photometric": "MINISBLACK"}) as file:
            file.write(pixels)
    return Data({"input": tuple(paths)}, TileSet(np.stack(tiles), np.array(groups)))


DATA: dict[str, Callable[[Path, Path, int], Data]] = {"aid": aid, "landsat": landsat}

if __name__ == "__main__":
    main()
