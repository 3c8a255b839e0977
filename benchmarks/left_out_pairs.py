"""How well detectors find labelled change in pairs that they never saw, at their own threshold.

    OMP_NUM_THREADS=1 python -m benchmarks.left_out_pairs DATA --head topdown --seeds 0 1 2

DATA: the folder of real imagery. The ten pairs of SZTAKI AirChange are left out in `--groups` turns; `traindetector`
sees the others alone, chooses its threshold on them, and `detectchanges` maps those left out. Beside F1 at the own
threshold stand F1 at the best one and average precision, which no user has. `--count` trains on so many of the others;
`--model random` is the same network before any training, `spectrum` one that answers nothing; `--set FIELD=VALUE`
changes the training. `--head irmad` maps without labels.
"""

import argparse
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import rasterio
import yaml
from numpy.typing import NDArray

from benchmarks.detector_figures import MODEL
from benchmarks.foundation_curve import with_random_weights, without_answers
from qgis_ddpm.core import run
from qgis_ddpm.core.gdal.opening import without_georeference
from qgis_ddpm.jobs import DetectChanges, TrainDetector

PAIRS = [f"szada_{number}" for number in range(1, 7)] + [f"tisza_{number}" for number in range(37, 41)]
MODELS = {"trained": lambda target: MODEL, "random": lambda t: with_random_weights(MODEL, t)}
MODELS["spectrum"] = lambda target: without_answers(MODEL, target)
LEVELS = 1000


def main() -> None:
    """Train, map and measure; a row of Markdown for each seed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--head", default="topdown")
    parser.add_argument("--model", choices=MODELS, default="trained")
    parser.add_argument("--groups", type=int, default=10)
    parser.add_argument("--only", type=int, nargs="*", help="numbers of groups")
    parser.add_argument("--count", type=int)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    parser.add_argument("--set", nargs="*", default=[], metavar="FIELD=VALUE")
    parser.add_argument("--keep", type=Path, help="a folder for probabilities and detectors")
    given = parser.parse_args()
    print(f"| seed | figure | {' | '.join(PAIRS)} | mean | CPU s |\n|---|---|{'---:|' * (len(PAIRS) + 2)}", flush=True)
    for seed in given.seeds:
        rows: dict[str, dict[str, float]] = {"own": {}, "best": {}, "AP": {}}
        seconds = []
        for group in given.only or range(given.groups):
            unseen = PAIRS[group :: given.groups]
            seen = [pair for pair in PAIRS if pair not in unseen][: given.count]
            with tempfile.TemporaryDirectory() as name:
                figures, took = _one(given, Path(name), seen, unseen, seed)
            seconds.append(took)
            for pair, found in figures.items():
                for row, value in zip(rows, found, strict=True):
                    rows[row][pair] = value
        for row, values in rows.items():
            cells = " | ".join(f"{values[pair]:.2f}" if pair in values else "" for pair in PAIRS)
            mean = np.mean(list(values.values()))
            print(f"| {seed} | {row} | {cells} | {mean:.3f} | {np.mean(seconds):.0f} |", flush=True)


def _one(
    given: argparse.Namespace, folder: Path, seen: Sequence[str], unseen: Sequence[str], seed: int
) -> tuple[dict[str, tuple[float, float, float]], float]:
    """Figures of each pair that was left out, and processor seconds of the training."""
    change = given.data.resolve() / "change"
    detector, model, took = None, None, 0.0
    if given.head != "irmad":
        model = MODELS[given.model](folder / "model.safetensors")
        link_pairs(change, folder, seen)
        detector = folder / "detector.safetensors"
        job = TrainDetector(model=str(model), folder=str(folder), head=given.head, seed=seed, detector=str(detector))
        started = process_time()
        follow_quietly(
            job.replace(**{name: yaml.safe_load(value) for name, value in (each.split("=", 1) for each in given.set)})
        )
        took = process_time() - started
    fields = {"model": str(model), "detector": str(detector)} if detector else {"method": "irmad"}
    figures = {}
    for pair in unseen:
        figures[pair] = figures_of_maps(change, pair, folder, fields)
        if given.keep:
            given.keep.mkdir(parents=True, exist_ok=True)
            shutil.copy(folder / "probability.tif", given.keep / f"{pair}_{seed}.tif")
            if detector:
                shutil.copy(detector, given.keep / f"without_{pair}_{seed}.safetensors")
    return figures, took


def link_pairs(change: Path, folder: Path, pairs: Sequence[str]) -> None:
    """Let a folder hold some of the pairs, as data sets come."""
    for kind in ("A", "B", "label"):
        (folder / kind).mkdir()
        for pair in pairs:
            (folder / kind / f"{pair}.png").symlink_to(_file(change, kind, pair))


def figures_of_maps(change: Path, pair: str, folder: Path, fields: Mapping[str, Any]) -> tuple[float, float, float]:
    """F1 of a pair's map in a folder, its highest of any threshold and its average precision."""
    output, probability = folder / "map.tif", folder / "probability.tif"
    follow_quietly(
        DetectChanges(
            before=str(_file(change, "A", pair)),
            after=str(_file(change, "B", pair)),
            output=str(output),
            probability=str(probability),
            **fields,
        )
    )
    with without_georeference(), rasterio.open(_file(change, "label", pair)) as label:
        truth = (label.read() > 0).any(axis=0)
    with without_georeference(), rasterio.open(output) as found, rasterio.open(probability) as score:
        return _figures(found.read(1) == 1, score.read(1), truth)


def follow_quietly(job: DetectChanges | TrainDetector) -> None:
    """Run a job to its end. Raises RuntimeError where it fails."""
    *_, last = run(job)
    if type(last).__name__ != "Result":
        raise RuntimeError(str(last))


def _file(change: Path, kind: str, pair: str) -> Path:
    (found,) = change.glob(f"sztaki_*/{kind}/{pair}.png")
    return found


def _figures(
    changed: NDArray[np.bool_], score: NDArray[np.float32], truth: NDArray[np.bool_]
) -> tuple[float, float, float]:
    """F1 of the map, the highest of any threshold on the scores, and their average precision."""
    own = 2 * (changed & truth).sum() / max(changed.sum() + truth.sum(), 1)
    bins = (np.nan_to_num(score) * LEVELS).astype(int).clip(0, LEVELS)
    right, wrong = (np.bincount(bins[part], minlength=LEVELS + 1)[::-1].cumsum() for part in (truth, ~truth))
    f1 = 2 * right / (right + wrong + truth.sum())
    recall = np.diff(right / truth.sum(), prepend=0)
    return float(own), float(f1.max()), float((recall * right / np.maximum(right + wrong, 1)).sum())


if __name__ == "__main__":
    main()
