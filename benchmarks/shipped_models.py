"""The figures and the contact sheet of a shipped model's card.

    OMP_NUM_THREADS=1 python -m benchmarks.shipped_models ddpm-aerial-rgb --data ../shared/data
    OMP_NUM_THREADS=1 python -m benchmarks.shipped_models ddpm-digits-28 --data ../shared/data
    OMP_NUM_THREADS=1 python -m benchmarks.shipped_models ddpm-landsat-4 --data ../shared/data

Imagery: tiles of 20 network calls against imagery that was kept apart, by `assesstiles`, each figure beside its floor,
real against real at the same count. Which scenes were kept apart is worked out from the model's recipe, as training
did. With --linear Gaussian noise of the training tiles' mean and spectrum takes the place of the model's tiles.
Digits: features of a classifier that was trained apart (benchmarks/digit_classifier.py) against held-out digits.
"""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.digit_classifier import HELD_OUT, as_input, load_classifier, open_digits
from benchmarks.job_results import read_tiles, result_of
from qgis_ddpm.card import ModelCard, read_model_card
from qgis_ddpm.core.model.network import Network
from qgis_ddpm.core.model.preconditioning import Preconditioning
from qgis_ddpm.core.outputs.pictures import choose_rgb, contact_sheet, paint_bands, stretch_limits, to_png
from qgis_ddpm.core.quality.memorisation import RANKS, memorisation
from qgis_ddpm.core.quality.metrics import frechet_distance, kernel_distance
from qgis_ddpm.core.training.inputs import open_training_tiles
from qgis_ddpm.core.training.tiles import TrainingTiles
from qgis_ddpm.jobs import AssessTiles, SampleTiles, TrainModel, load_job
from qgis_ddpm.jobs.assess_tiles import MEASURES
from qgis_ddpm.jobs.config import configured

MODELS = Path(__file__).resolve().parent.parent / "models"
CALLS = 20
HALVES = 20
SHEET_TILES = 60
SHEET_COLUMNS = 10

Tiles = NDArray[np.float32]


def main() -> None:
    """Sample, measure, print a table and draw the sheet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=FIGURES)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="another file than the shipped one")
    parser.add_argument("--count", type=int, default=480, help="tiles that are sampled")
    parser.add_argument("--calls", type=int, default=CALLS, help="network calls of each tile")
    parser.add_argument("--guidance", type=float, help="instead of the model's own; 1 is none")
    parser.add_argument("--linear", action="store_true", help="the model's linear part alone, without its network")
    parser.add_argument("--sheet", type=Path, help="PNG of the first tiles")
    given = parser.parse_args()
    model = given.model or MODELS / f"{given.name}.safetensors"
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "tiles.tif"
        job = SampleTiles(
            model=str(model), count=given.count, steps=given.calls, guidance=given.guidance, output=str(output)
        )
        with _linear() if given.linear else nullcontext():
            made = result_of(job)
        tiles = read_tiles(str(output), read_model_card(str(model)).tile_px, given.count).astype(np.float32)
        if given.sheet:
            given.sheet.write_bytes(sheet(tiles, read_model_card(str(model))))
        print(f"{given.count} tiles, {given.calls} calls each, {made['SECONDS_PER_TILE']:.3g} s a tile\n")
        print("| figure | model | real against real |\n|---|---:|---:|")
        for name, value, floor in FIGURES[given.name](given, output, tiles):
            print(f"| {name} | {value} | {floor} |", flush=True)


def sheet(tiles: Tiles, card: ModelCard) -> bytes:
    """Tiles side by side as PNG; digits and RGB as they are, other bands stretched alike."""
    names = [band.name for band in card.bands]
    bands, valid = choose_rgb(names), np.ones(tiles.shape[2:], bool)
    plain = all(band.dtype == "uint8" for band in card.bands) and len(names) in (1, 3)
    flat = np.concatenate(list(tiles), axis=1)
    limits = np.array([[0.0, 255.0]] * len(names)) if plain else stretch_limits(flat, np.ones(flat.shape[1:], bool))
    return to_png(
        contact_sheet([paint_bands(tile, valid, bands, limits) for tile in tiles[:SHEET_TILES]], SHEET_COLUMNS)
    )


def aerial(given: argparse.Namespace, output: Path, tiles: Tiles) -> Iterator[tuple[str, str, str]]:
    """Against the scenes of AID that the recipe keeps for validation."""
    job = load_job(str(MODELS / "recipes" / f"{given.name}.yaml"), {"folder": str(given.data / "aid150")})
    assert isinstance(job, TrainModel)
    with tempfile.TemporaryDirectory() as folder:
        for side, paths in zip(("training", "held-out"), _split(job), strict=True):
            (Path(folder) / side).mkdir()
            for path in paths:
                (Path(folder) / side / f"{path.parent.name}_{path.name}").symlink_to(path)
        yield from _assessed(
            AssessTiles(
                tiles=str(output),
                reference_folder=f"{folder}/held-out",
                training_folder=f"{folder}/training",
                max_tiles=given.count,
            )
        )


def landsat(given: argparse.Namespace, output: Path, tiles: Tiles) -> Iterator[tuple[str, str, str]]:
    """Against the date of Pucallpa that the recipe leaves out: another day, the same place.

    In quarters of tiles, since one scene holds few whole ones.
    """
    scenes = given.data / "geo" / "landsat_pucallpa"
    job = load_job(str(MODELS / "recipes" / f"{given.name}.yaml"))
    assert isinstance(job, TrainModel)
    trained = {Path(path).name for path in job.input}
    paths = sorted(scenes.glob("*.tif"))
    yield from _assessed(
        AssessTiles(
            tiles=str(output),
            reference=tuple(str(path) for path in paths if path.name not in trained),
            training=tuple(str(path) for path in paths if path.name in trained),
            tile_px=32,
            max_tiles=4 * given.count,
        )
    )


def digits(given: argparse.Namespace, output: Path, tiles: Tiles) -> Iterator[tuple[str, str, str]]:
    """Against held-out digits, with what real digits of the same count get over twenty random halves."""
    images, _ = open_digits(given.data)
    classifier = load_classifier(given.data)
    count, held_out = len(tiles), images[HELD_OUT]
    made = tiles[:, 0].round().astype(np.uint8)
    real, fake = classifier.features(held_out), classifier.features(made)
    random = np.random.default_rng(0)
    scores: dict[str, list[tuple[float, float]]] = {"KID": [], "FD": []}
    for _ in range(HALVES):
        order = random.permutation(len(real))
        first, second = real[order[:count]], real[order[count : 2 * count]]
        for name, distance in (("KID", kernel_distance), ("FD", frechet_distance)):
            scores[name].append((distance(first, fake), distance(first, second)))
    for name, pairs in scores.items():
        of_model, of_real = np.array(pairs).T
        bar = of_real.mean() + 3 * of_real.std(ddof=1) if name == "KID" else 1.5 * of_real.mean()
        yield name, f"{of_model.mean():.4g} (bar {bar:.4g})", f"{of_real.mean():.4g} ± {of_real.std(ddof=1):.2g}"
    with torch.inference_mode():
        classes = classifier(as_input(made)).argmax(dim=1).numpy()
    shares = np.bincount(classes, minlength=10) / count
    yield "class shares, %", " ".join(f"{100 * share:.1f}" for share in shares), "5 to 15"
    sure, mirrored = (classifier.confidence(np.ascontiguousarray(d)) for d in (made, made[:, :, ::-1]))
    real_sure, real_mirrored = (
        classifier.confidence(np.ascontiguousarray(d)) for d in (held_out[:count], held_out[:count, :, ::-1])
    )
    yield "classified with 90 %", f"{np.mean(sure > 0.9):.3f}", f"{np.mean(real_sure > 0.9):.3f}"
    yield "surer when mirrored", f"{np.mean(mirrored > sure):.3f}", f"{np.mean(real_mirrored > real_sure):.3f}"
    training = images[: HELD_OUT.start]
    unseen = _ratios(held_out[:count], training)
    yield "MEMORISATION", f"{memorisation(_ratios(made, training), unseen):.3f}", "0.05"


FIGURES = {"ddpm-aerial-rgb": aerial, "ddpm-digits-28": digits, "ddpm-landsat-4": landsat}


@contextmanager
def _linear() -> Iterator[None]:
    """Networks answer nothing: what is left of `wiener` draws Gaussian noise of the tiles' mean and spectrum."""
    answer = Preconditioning.answer

    def nothing(self: Preconditioning, network: Network, x: torch.Tensor, *rest: Any) -> torch.Tensor:
        return torch.zeros_like(x)

    Preconditioning.answer = nothing  # type: ignore[assignment]
    try:
        yield
    finally:
        Preconditioning.answer = answer  # type: ignore[method-assign]


def _split(job: TrainModel) -> tuple[list[Path], list[Path]]:
    """The images of a job's folder that it trains on, and those that it keeps for validation."""
    opening = open_training_tiles(configured(job)[0])
    while True:
        try:
            next(opening)
        except StopIteration as finished:
            opened: TrainingTiles = finished.value
            break
    with closing(opened) as tiles:
        images = tiles.images
        assert images is not None
        paths = [Path(path) for path in images.folder.images]
        return [paths[index] for index in images.training], [paths[index] for index in images.validation]


def _assessed(job: AssessTiles) -> Iterator[tuple[str, str, str]]:
    outputs = result_of(job)
    for name in MEASURES:
        if name in outputs:
            yield name, f"{outputs[name]:.4g}", f"{outputs[f'{name}_FLOOR']:.4g}"


def _ratios(made: NDArray[np.uint8], training: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Distance of each digit to its nearest training digit, over those to the next ones, as assesstiles has it."""
    pictures, others = (torch.from_numpy(some.reshape(len(some), -1).astype(np.float32)) for some in (made, training))
    found = []
    for some in pictures.split(100):
        nearest = torch.cdist(some, others).topk(RANKS.stop, largest=False).values
        found.append(nearest[:, 0] / nearest[:, RANKS].mean(dim=1))
    ratios: NDArray[np.float64] = torch.cat(found).double().numpy()
    return ratios


if __name__ == "__main__":
    main()
