"""What a foundation model is worth with few labels: F1 over the number of labelled pairs, on SZTAKI AirChange.

    OMP_NUM_THREADS=1 python -m benchmarks.foundation_curve --data ../shared/data --plot foundation_curve.png

With 1, 2, 4 and 8 labelled pairs a head learns on the features of the shipped aerial model, the same head on those of
the same network with random weights, and a small Siamese U-Net from nothing, in as much processor time as features and
one head took. Three seeds each. Measured on the two pairs kept apart, each at its best weights and threshold there.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

import torch

from benchmarks.siamese_unet import f1_from_scratch
from qgis_ddpm.card import read_detector_card, read_model_card
from qgis_ddpm.core import run
from qgis_ddpm.core.detector_plan import plan_training
from qgis_ddpm.core.model import save_model
from qgis_ddpm.core.unet import build_network
from qgis_ddpm.events import Progress, Result
from qgis_ddpm.jobs import TrainDetector

MODEL = Path(__file__).resolve().parent.parent / "models" / "ddpm-aerial-rgb.safetensors"
COUNTS = (1, 2, 4, 8)
SEEDS = 3
# Both places of the data set from the first two pairs on.
PAIRS = ("szada_1", "tisza_37", "szada_2", "tisza_38", "szada_3", "tisza_39", "szada_4", "szada_5")
NAMES = ("ddpm-aerial-rgb", "random weights", "Siamese U-Net from scratch")


@dataclass(frozen=True)
class Outcome:
    """F1 of each seed, and the seconds of processor time for features and one head."""

    f1: list[float]
    cpu_s: float


def main() -> None:
    """Measure, print the table and draw the curve."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--counts", type=int, nargs="*", default=COUNTS)
    parser.add_argument("--tiles", type=int, default=3200, help="tiles that each head sees")
    parser.add_argument("--cached", type=int, default=280, help="tiles whose features are kept")
    parser.add_argument("--noise-levels", default="0.159")
    parser.add_argument("--plot", type=Path)
    given = parser.parse_args()
    found: dict[str, dict[int, list[float]]] = {name: {} for name in NAMES}
    print("| labelled pairs | " + " | ".join(NAMES) + " | CPU seconds each |\n|---:|---|---|---|---:|")
    with tempfile.TemporaryDirectory() as folder:
        random = with_random_weights(given.model, Path(folder) / "random.safetensors")
        for count in given.counts:
            with pairs_of(given.data / "change", count) as pairs:
                jobs = [
                    TrainDetector(
                        model=str(model),
                        folder=str(pairs),
                        tiles=given.tiles,
                        cached_tiles=given.cached,
                        noise_levels=given.noise_levels,
                        seeds=SEEDS,
                        detector=f"{folder}/detector.safetensors",
                    )
                    for model in (given.model, random)
                ]
                outcomes = [train(job) for job in jobs]
                with ExitStack() as stack:
                    plan = _last_of(plan_training(jobs[0], stack))
                    scratch = [f1_from_scratch(plan, seed, outcomes[0].cpu_s) for seed in range(SEEDS)]
            for name, f1 in zip(NAMES, (outcomes[0].f1, outcomes[1].f1, scratch), strict=True):
                found[name][count] = f1
            cells = " | ".join(_cell(found[name][count]) for name in NAMES)
            print(f"| {count} | {cells} | {outcomes[0].cpu_s:.0f} |", flush=True)
    if given.plot:
        draw(found, given.plot)


@contextmanager
def pairs_of(change: Path, count: int) -> Iterator[Path]:
    """A folder as data sets have it, with some of the pairs to train on and those kept apart."""
    with tempfile.TemporaryDirectory() as name:
        for part, source in (("train", "sztaki_train"), ("val", "sztaki_val")):
            for kind in ("A", "B", "label"):
                folder = Path(name) / part / kind
                folder.mkdir(parents=True)
                for path in (change / source / kind).iterdir():
                    if part == "val" or path.stem in PAIRS[:count]:
                        (folder / path.name).symlink_to(path)
        yield Path(name)


def with_random_weights(model: Path, target: Path) -> Path:
    """The same network before any training, but for the layers that start at 0, which would tell nothing apart."""
    card = read_model_card(str(model))
    torch.manual_seed(1)
    network = build_network(card.network, len(card.bands))
    for module in network.modules():
        if isinstance(module, torch.nn.Conv2d) and not module.weight.any():
            module.reset_parameters()
    if network.prior is not None:
        network.prior.fit(torch.randn(64, len(card.bands), card.tile_px, card.tile_px))
    save_model(target, network.state_dict(), card)
    return target


def train(job: TrainDetector) -> Outcome:
    """Train the heads of a job."""
    os.makedirs(os.path.dirname(str(job.detector)), exist_ok=True)
    started = featured = process_time()
    for event in run(job):
        last = event
        if isinstance(event, Progress) and event.text == "features":
            featured = process_time()
    assert isinstance(last, Result)
    card = read_detector_card(str(job.detector))
    heads_s = process_time() - featured
    return Outcome(card.training["validation_f1_of_each_head"], featured - started + heads_s / SEEDS)


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
    axes.legend()
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
