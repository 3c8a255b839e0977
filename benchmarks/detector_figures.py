"""How well detectors find labelled change: trained on some pairs, measured on others that they never saw.

    python -m benchmarks.detector_figures MODEL DATA --keep FOLDER

DATA: the folder of real imagery. `traindetector` trains heads from three starts on `change/sztaki_train`, whose own
validation part chooses weights and threshold of each; then `detectchanges` maps with each the pairs of
`change/sztaki_val` and, as they are, those of LEVIR-CD and DSIFN, and the maps are compared with the labels. Figures of
a set are of the pixels of all its pairs together. `--keep` keeps the detectors, `--detectors FILE ...` measures such
files instead of training, `--set FIELD=VALUE ...` gives further fields of the training. FC-Siam-diff has F1 0.545 on
the scene Szada 1 (published maps, scored against the label).
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

from qgis_ddpm.core import run
from qgis_ddpm.core.confusion import Confusion, confusion_of
from qgis_ddpm.core.detector import save_detector
from qgis_ddpm.core.raster_source import without_georeference
from qgis_ddpm.core.train_detector import prepare
from qgis_ddpm.events import Event, Note, Result
from qgis_ddpm.jobs import DetectChanges, TrainDetector

MEASURED_ON = ("sztaki_val", "levir256", "dsifn256")
FIGURES = ("f1", "iou", "precision", "recall")
# The order of `confusion_of`, by [found, true].
_CODES = np.array([[0, 3], [2, 1]])


def train(job: TrainDetector, folder: Path) -> list[Path]:
    """Detectors of all heads of a job, each with the weights and threshold that its own validation part chose."""
    paths = []
    with ExitStack() as stack:
        started = perf_counter()
        _, training = follow(prepare(job, stack))
        print(f"# features took {perf_counter() - started:.0f} s", flush=True)
        follow(training.train())
        print(f"# and all heads together {training.length.seconds():.0f} s", flush=True)
        for number in range(job.seeds):
            found = training.detector_of(number)
            paths.append(folder / f"start{number}.safetensors")
            save_detector(paths[-1], found.weights, found.card)
            print(f"# start {number}: F1 {found.confusion.f1:.3f} on its own validation part", flush=True)
    return paths


def follow(events: Generator[Event, None, Any]) -> Any:
    """What a generator of events returns; its notes are printed."""
    while True:
        try:
            event = next(events)
        except StopIteration as done:
            return done.value
        if isinstance(event, Note):
            print(f"# {event.text}", flush=True)


def measure(model: str, detector: Path, folder: Path, draws: int) -> Iterator[tuple[str, Confusion]]:
    """Name and agreement of the map of each pair of a folder."""
    with tempfile.TemporaryDirectory(prefix="qgis_ddpm_") as temporary, without_georeference():
        output = Path(temporary) / "map.tif"
        for before in sorted((folder / "A").iterdir()):
            job = DetectChanges(
                before=str(before),
                after=str(folder / "B" / before.name),
                output=str(output),
                model=model,
                detector=str(detector),
                draws=draws,
            )
            *_, last = run(job)
            assert isinstance(last, Result)
            with rasterio.open(output) as found, rasterio.open(folder / "label" / before.name) as label:
                changed, truth = found.read(1) == 1, (label.read() > 0).any(axis=0)
            codes = _CODES[changed.astype(int), truth.astype(int)]
            yield before.stem, confusion_of(np.bincount(codes.ravel(), minlength=4))


def together(parts: list[Confusion]) -> Confusion:
    """The pixels of all of them."""
    names = ("true_negative", "true_positive", "false_positive", "false_negative")
    return Confusion(*(sum(getattr(part, name) for part in parts) for name in names))


def main() -> None:
    """Train, measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("data", type=Path)
    parser.add_argument("--draws", type=int, default=1)
    parser.add_argument("--detectors", type=Path, nargs="+", default=[])
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--set", nargs="*", default=[], metavar="FIELD=VALUE")
    chosen = parser.parse_args()
    found: dict[str, list[Confusion]] = {name: [] for name in MEASURED_ON}
    with tempfile.TemporaryDirectory(prefix="qgis_ddpm_") as temporary:
        folder = chosen.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        fields = dict(pair.split("=", 1) for pair in chosen.set)
        inputs = {"model": chosen.model, "folder": str(chosen.data / "change" / "sztaki_train")}
        job = TrainDetector.from_values({**inputs, "detector": str(folder / "d.safetensors"), **fields})
        detectors = chosen.detectors or train(job, folder)
        print(f"| detector | pairs | {' | '.join(FIGURES)} |\n|---|---|{'---|' * len(FIGURES)}", flush=True)
        for detector in detectors:
            for name in MEASURED_ON:
                pairs = list(measure(chosen.model, detector, chosen.data / "change" / name, chosen.draws))
                found[name].append(together([part for _, part in pairs]))
                for what, part in [(name, found[name][-1]), *(pairs if name == MEASURED_ON[0] else [])]:
                    row = " | ".join(f"{getattr(part, figure):.3f}" for figure in FIGURES)
                    print(f"| {detector.stem} | {what} | {row} |", flush=True)
    for name, parts in found.items():
        columns = [[getattr(part, figure) for part in parts] for figure in FIGURES]
        row = " | ".join(f"{np.mean(column):.3f} +- {np.std(column):.3f}" for column in columns)
        print(f"| mean and deviation of {len(parts)} | {name} | {row} |")


if __name__ == "__main__":
    main()
