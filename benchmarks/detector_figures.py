"""How well detectors find labelled change: trained on some pairs, measured on others that they never saw.

    python -m benchmarks.detector_figures DATA --detector models/detector-aerial-sztaki.safetensors

DATA: the folder of real imagery. `traindetector` trains heads from three starts on the eight pairs of
`change/sztaki_train`, with the two of `change/sztaki_val` for validation: the job of the recipe. The first table is of
their last weights, on each pair of `sztaki_val` at the threshold that is best on the other one, so that nothing is
chosen where it is measured. The second is of change maps: the detector that the job keeps, whose weights and threshold
were chosen on `sztaki_val`, maps these pairs and, as it is, those of LEVIR-CD and DSIFN. Figures of a set are of the
pixels of all its pairs together. `--set FIELD=VALUE ...` changes the training; `--maps-only` measures a detector that
there is.

    python -m benchmarks.detector_figures DATA --detector build/without_szada_1.safetensors --unseen szada_1

leaves a pair out of the training, and maps it with the best weights of each of the three heads, which with their
thresholds were chosen on `sztaki_val`.
"""

import argparse
import tempfile
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import rasterio

from benchmarks.foundation_curve import pairs_of
from qgis_ddpm.core import run
from qgis_ddpm.core.accuracy.confusion import Confusion, confusion_of
from qgis_ddpm.core.detector import save_detector
from qgis_ddpm.core.detector_training.calibration import LogitCounts
from qgis_ddpm.core.detector_training.plan import DetectorTrainingPlan
from qgis_ddpm.core.detector_training.run import plan as plan_of
from qgis_ddpm.core.detector_training.run import prepare
from qgis_ddpm.core.detector_training.trainer import HeadTrainer
from qgis_ddpm.core.gdal.opening import without_georeference
from qgis_ddpm.events import Event, Note, Result
from qgis_ddpm.jobs import DetectChanges, TrainDetector, load_job

MODELS = Path(__file__).resolve().parent.parent / "models"
MODEL = MODELS / "ddpm-aerial-rgb.safetensors"
RECIPE = MODELS / "recipes" / "detector-aerial-sztaki.yaml"
MEASURED_ON = ("sztaki_val", "levir256", "dsifn256")
FIGURES = ("f1", "iou", "precision", "recall")
# The order of `confusion_of`, by [found, true].
_CODES = np.array([[0, 3], [2, 1]])


def train(job: TrainDetector, folder: Path) -> list[Path]:
    """Train the detector of a job and print how its heads do on each validation pair; each head's file in a folder."""
    with ExitStack() as stack:
        started = perf_counter()
        plan = follow(plan_of(job, stack))
        training = follow(prepare(plan, stack))
        print(f"# features took {perf_counter() - started:.0f} s", flush=True)
        follow(training.train())
        print(f"# and {job.seeds} heads {training.budget.seconds():.0f} s", flush=True)
        print(f"| start | pair | {' | '.join(FIGURES)} |\n|---|---|{'---|' * len(FIGURES)}", flush=True)
        pairs = sorted({place.pair for place in plan.validation})
        every = []
        for trainer in training.trainers:
            counts = {pair: _counts_of(trainer, plan, pair) for pair in pairs}
            parts = []
            for pair in pairs:
                others = sum(counts[other].counts for other in pairs if other != pair)
                parts.append(counts[pair].confusion(LogitCounts(others).best()[1]))
                _print(f"{trainer.seed} | {plan.pairs.files[pair].name}", parts[-1])
            every.append(together(parts))
            _print(f"{trainer.seed} | both", every[-1])
        _print_mean("all | both", every)
        found = training.select()
        assert found is not None
        save_detector(str(job.detector), found.weights, found.card)
        files = []
        for number in range(job.seeds):
            files.append(folder / f"head_{number}.safetensors")
            head = training.detector_of(number)
            save_detector(files[-1], head.weights, head.card)
        return files


def _counts_of(trainer: HeadTrainer, plan: DetectorTrainingPlan, pair: int) -> LogitCounts:
    """The logits of the last weights on the tiles of one validation pair."""
    first = len(plan.training)
    numbers = [first + i for i, place in enumerate(plan.validation) if place.pair == pair]
    return trainer.count(trainer.average.weights, numbers)


def follow(events: Generator[Event, None, Any]) -> Any:
    """What a generator of events returns; its notes are printed."""
    while True:
        try:
            event = next(events)
        except StopIteration as done:
            return done.value
        if isinstance(event, Note):
            print(f"# {event.text}", flush=True)


def measure(detector: Path, model: str, folder: Path, names: str = "*") -> Iterator[tuple[str, Confusion]]:
    """Name and agreement of the map of each pair of a folder, or of those that are named so."""
    with tempfile.TemporaryDirectory(prefix="qgis_ddpm_") as temporary, without_georeference():
        output = Path(temporary) / "map.tif"
        for before in sorted((folder / "A").glob(f"{names}.*")):
            job = DetectChanges(
                before=str(before),
                after=str(folder / "B" / before.name),
                output=str(output),
                model=model,
                detector=str(detector),
            )
            *_, last = run(job)
            assert isinstance(last, Result)
            with rasterio.open(output) as found, rasterio.open(folder / "label" / before.name) as label:
                changed, truth = found.read(1) == 1, (label.read() > 0).any(axis=0)
            codes = _CODES[changed.astype(int), truth.astype(int)]
            yield before.stem, confusion_of(np.bincount(codes.ravel(), minlength=4))


def _map_unseen(heads: list[Path], model: str, folder: Path, pair: str) -> None:
    """Print how the map of each head does on a pair that none was trained on."""
    print(f"| head | map of | {' | '.join(FIGURES)} |\n|---|---|{'---|' * len(FIGURES)}", flush=True)
    every = []
    for number, head in enumerate(heads):
        ((name, part),) = measure(head, model, folder, pair)
        every.append(part)
        _print(f"{number} | {name}", part)
    _print_mean(f"all | {pair}", every)


def together(parts: list[Confusion]) -> Confusion:
    """The pixels of all of them."""
    names = ("true_negative", "true_positive", "false_positive", "false_negative")
    return Confusion(*(sum(getattr(part, name) for part in parts) for name in names))


def _print(what: str, part: Confusion) -> None:
    print(f"| {what} | {' | '.join(f'{getattr(part, figure):.3f}' for figure in FIGURES)} |", flush=True)


def _print_mean(what: str, parts: list[Confusion]) -> None:
    columns = [[getattr(part, figure) for part in parts] for figure in FIGURES]
    print(f"| {what} | {' | '.join(f'{np.mean(c):.3f} +- {np.std(c):.3f}' for c in columns)} |", flush=True)


def main() -> None:
    """Train, measure and print tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--detector", type=Path, required=True)
    parser.add_argument("--sets", nargs="*", default=MEASURED_ON)
    parser.add_argument("--set", nargs="*", default=[], metavar="FIELD=VALUE")
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--maps-only", action="store_true")
    either.add_argument("--unseen", help="a pair of sztaki_train that is mapped instead of trained on")
    chosen = parser.parse_args()
    model = str(MODEL)
    if not chosen.maps_only:
        with ExitStack() as stack:
            pairs_folder = stack.enter_context(pairs_of(chosen.data / "change", chosen.unseen))
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="qgis_ddpm_"))
            fields = dict(pair.split("=", 1) for pair in chosen.set)
            job = load_job(str(RECIPE), {"folder": str(pairs_folder), "detector": str(chosen.detector), **fields})
            heads, model = train(job, Path(folder)), str(job.model)
            if chosen.unseen:
                _map_unseen(heads, model, chosen.data / "change" / "sztaki_train", chosen.unseen)
                return
    print(f"| map of | {' | '.join(FIGURES)} |\n|---|{'---|' * len(FIGURES)}", flush=True)
    for name in chosen.sets:
        pairs = list(measure(chosen.detector, model, chosen.data / "change" / name))
        for what, part in [*pairs, (f"**{name}**", together([part for _, part in pairs]))]:
            _print(what, part)


if __name__ == "__main__":
    main()
