"""What a foundation model is worth with few labels: F1 over the number of labelled pairs, on SZTAKI AirChange.

    OMP_NUM_THREADS=1 python -m benchmarks.foundation_curve --data ../shared/data --plot foundation_curve.png

With 1, 2, 4 and 8 labelled pairs heads learn on what the shipped aerial model makes of the dates, the same heads on
what its linear part alone makes of them (the spectrum of its training tiles, without a network), and on the same
network with random weights; and a small Siamese U-Net from nothing, in as much processor time as features and heads
took. Three seeds each. Measured on the two pairs kept apart, each at its best weights and threshold there. Tiles, noise
levels, heads, loss and threshold are those of `traindetector`.
"""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import torch

from benchmarks.siamese_unet import EVALUATIONS, f1_from_scratch
from qgis_ddpm.card import read_model_card
from qgis_ddpm.core.detector_training.features import cache_for, compute_features
from qgis_ddpm.core.detector_training.plan import DetectorTrainingPlan, plan
from qgis_ddpm.core.detector_training.run import fresh_trainers
from qgis_ddpm.core.detector_training.trainer import TileStore
from qgis_ddpm.core.model import save_model
from qgis_ddpm.core.model.unet import build_network
from qgis_ddpm.core.model.weights import read_tensors
from qgis_ddpm.core.progress import value_of
from qgis_ddpm.jobs import TrainDetector

MODEL = Path(__file__).resolve().parent.parent / "models" / "ddpm-aerial-rgb.safetensors"
COUNTS = (1, 2, 4, 8)
SEEDS = 3
# Both places of the data set from the first two pairs on.
PAIRS = ("szada_1", "tisza_37", "szada_2", "tisza_38", "szada_3", "tisza_39", "szada_4", "szada_5")
NAMES = ("ddpm-aerial-rgb", "its spectrum alone", "random weights", "Siamese U-Net from scratch")


@dataclass(frozen=True)
class Features:
    """The tiles of all pairs with what a head reads of them, and the seconds of processor time that took a tile."""

    plan: DetectorTrainingPlan
    store: TileStore
    mean_squares: list[torch.Tensor]
    cpu_s_a_tile: float

    def training(self, count: int) -> np.ndarray[Any, np.dtype[np.int64]]:
        """The tiles of the first pairs."""
        names = [self.plan.pairs.files[place.pair].name for place in self.plan.training]
        return np.array([n for n, name in enumerate(names) if Path(name).stem in PAIRS[:count]], np.int64)


def main() -> None:
    """Measure, print the table and draw the curve."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--counts", type=int, nargs="*", default=COUNTS)
    parser.add_argument("--head", choices=("linear", "ours"), default="linear")
    parser.add_argument("--steps", type=int, default=100, help="steps of each head, of 16 tiles")
    parser.add_argument("--learning-rate", type=float, default=TrainDetector.learning_rate)
    parser.add_argument("--cached", type=int, default=560, help="tiles whose features are kept")
    parser.add_argument("--noise-levels")
    parser.add_argument("--plot", type=Path)
    given = parser.parse_args()
    found: dict[str, dict[int, list[float]]] = {name: {} for name in NAMES}
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        pairs = stack.enter_context(pairs_of(given.data / "change"))
        models = (
            given.model,
            without_answers(given.model, Path(folder) / "spectrum.safetensors"),
            with_random_weights(given.model, Path(folder) / "random.safetensors"),
        )
        features = []
        for model in models:
            job = TrainDetector(
                model=str(model),
                folder=str(pairs),
                cached_tiles=given.cached,
                noise_levels=given.noise_levels,
                head=given.head,
                learning_rate=given.learning_rate,
                detector=f"{folder}/detector.safetensors",
            )
            features.append(compute(job, folder, stack))
        print("| labelled pairs | tiles | " + " | ".join(NAMES) + " | CPU s each |\n|---:|---:|---|---|---|---:|")
        for count in given.counts:
            tiles, started = features[0].training(count), process_time()
            for name, each in zip(NAMES[:-1], features, strict=True):
                found[name][count] = [f1_of_heads(each, tiles, seed, given.steps) for seed in range(SEEDS)]
            heads_s = (process_time() - started) / (len(features) * SEEDS)
            cpu_s = features[0].cpu_s_a_tile * (len(tiles) + len(features[0].plan.validation)) + heads_s
            found[NAMES[-1]][count] = [f1_from_scratch(features[0].plan, tiles, seed, cpu_s) for seed in range(SEEDS)]
            cells = " | ".join(_cell(found[name][count]) for name in NAMES)
            print(f"| {count} | {len(tiles)} | {cells} | {cpu_s:.0f} |", flush=True)
    if given.plot:
        draw(found, given.plot)


def compute(job: TrainDetector, folder: str, stack: ExitStack) -> Features:
    """The features of all tiles of a job."""
    planned = _last_of(plan(job, stack))
    cache = stack.enter_context(cache_for(planned, folder))
    started = process_time()
    store, mean_squares = _last_of(compute_features(planned, cache))
    return Features(planned, store, mean_squares, (process_time() - started) / len(planned.tiles))


def f1_of_heads(features: Features, tiles: np.ndarray[Any, np.dtype[np.int64]], seed: int, steps: int) -> float:
    """The highest F1 of the heads of `traindetector` that learn on some of the tiles."""
    planned = features.plan._replace(job=features.plan.job.replace(seed=seed))
    store, best = features.store._replace(training=tiles), 0.0
    for trainer in fresh_trainers(planned, store, features.mean_squares):
        for step in range(1, steps + 1):
            trainer.step()
            if step % (steps // EVALUATIONS) == 0:
                best = max(best, value_of(trainer.evaluate()))
    return best


@contextmanager
def pairs_of(change: Path, left_out: str | None = None) -> Iterator[Path]:
    """A folder as data sets have it, with the pairs to train on but for one, and those kept apart."""
    with tempfile.TemporaryDirectory() as name:
        for part, source in (("train", "sztaki_train"), ("val", "sztaki_val")):
            for kind in ("A", "B", "label"):
                folder = Path(name) / part / kind
                folder.mkdir(parents=True)
                for path in (change / source / kind).resolve().iterdir():
                    if path.stem != left_out:
                        (folder / path.name).symlink_to(path)
        yield Path(name)


def with_random_weights(model: Path, target: Path) -> Path:
    """The same network before any training, but for the layers that start at 0, which would tell nothing apart."""
    # It has no early state.
    card = replace(read_model_card(str(model)), guidance=1.0)
    torch.manual_seed(1)
    network = build_network(card.network, len(card.bands))
    for module in network.modules():
        if isinstance(module, torch.nn.Conv2d) and not module.weight.any():
            module.reset_parameters()
    if network.prior is not None:
        network.prior.fit(torch.randn(64, len(card.bands), card.tile_px, card.tile_px))
    save_model(target, network.state_dict(), card)
    return target


def without_answers(model: Path, target: Path) -> Path:
    """The same model with a network of zeros: its estimate is that of the spectrum alone, and its maps are empty."""
    card = replace(read_model_card(str(model)), guidance=1.0)
    state = read_tensors(str(model))
    save_model(target, {name: _emptied(name, value) for name, value in state.items()}, card)
    return target


def _emptied(name: str, value: torch.Tensor) -> torch.Tensor:
    return value if name.startswith("prior.") else torch.zeros_like(value)


def draw(found: dict[str, dict[int, list[float]]], path: Path) -> None:
    """Mean and range of the seeds over the number of pairs."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 4), dpi=100)
    for name, points in found.items():
        counts = sorted(points)
        means = [sum(points[count]) / len(points[count]) for count in counts]
        (line,) = axes.plot(counts, means, marker="o", label=name)
        axes.fill_between(
            counts,
            [min(points[c]) for c in counts],
            [max(points[c]) for c in counts],
            color=line.get_color(),
            alpha=0.2,
        )
    axes.set(xscale="log", xticks=list(COUNTS), xlabel="labelled pairs", ylabel="F1", ylim=(0, None))
    axes.set_xticks(list(COUNTS), [str(count) for count in COUNTS])
    axes.minorticks_off()
    axes.legend(loc="center right", bbox_to_anchor=(1, 0.72))
    figure.tight_layout()
    figure.savefig(path, metadata={"Software": None})


def _cell(values: list[float]) -> str:
    return f"{sum(values) / len(values):.3f} ({min(values):.3f} to {max(values):.3f})"


def _last_of(generator: Any) -> Any:
    while True:
        try:
            next(generator)
        except StopIteration as finished:
            return finished.value


if __name__ == "__main__":
    main()
