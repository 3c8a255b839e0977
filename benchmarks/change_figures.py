"""How well each method of change detection without labels agrees with labels.

    python -m benchmarks.change_figures DATA [--taizhou MODEL] [--sztaki MODEL] [--pairs taizhou dsifn]

F1 of the map at its automatic threshold, the best F1 of any threshold and the average precision of the scores, on
Taizhou's labelled pixels and as means over the SZTAKI AirChange pairs and the DSIFN tiles. Features need a model: that
of `--sztaki` serves for DSIFN too. DATA: the folder of real imagery. What is called change where nothing changed is
measured by `benchmarks.false_change`.
"""

import argparse
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.errors import NotGeoreferencedWarning

from qgis_ddpm.core import run
from qgis_ddpm.core.accuracy.confusion import confusion_of
from qgis_ddpm.events import Result
from qgis_ddpm.jobs import DetectChanges

Flags = NDArray[np.bool_]
Pixels = NDArray[np.float64]
METHODS = ("irmad", "cva", "features")


def detect(
    folder: Path, before: Path, after: Path, method: str, model: str | None
) -> tuple[Flags, NDArray[np.float32]]:
    """The change map and the scores."""
    paths = {"output": str(folder / "map.tif"), "probability": str(folder / "scores.tif")}
    *_, last = run(DetectChanges(before=str(before), after=str(after), method=method, model=model, **paths))
    assert isinstance(last, Result)
    with rasterio.open(paths["output"]) as changed, rasterio.open(paths["probability"]) as scores:
        return changed.read(1) == 1, scores.read(1)


def agreement(
    found: Flags, scores: NDArray[np.float32], changed: Flags, unchanged: Flags
) -> tuple[float, float, float]:
    """F1 of the map, the best F1 of any threshold, average precision."""
    counts = [(~found & unchanged).sum(), (found & changed).sum(), (found & unchanged).sum(), (~found & changed).sum()]
    labels = np.concatenate([np.ones(changed.sum()), np.zeros(unchanged.sum())])
    labels = labels[np.argsort(-np.concatenate([scores[changed], scores[unchanged]]), kind="stable")]
    hits = labels.cumsum()
    predicted = np.arange(1, len(labels) + 1)
    best = (2 * hits / (predicted + changed.sum())).max()
    return confusion_of(counts).f1, float(best), float((hits / predicted)[labels == 1].mean())


def labelled(data: Path, names: Sequence[str], methods: Sequence[str], models: dict[str, str | None]) -> None:
    """Print the figures of pairs with labels."""
    print("| pairs | method | F1 | best F1 | average precision |\n|---|---|---|---|---|")
    for name in names:
        pairs = list(PAIRS[name](data))
        for method in methods:
            if method == "features" and not models[name]:
                continue
            with tempfile.TemporaryDirectory(prefix="qgis_ddpm_") as folder:
                figures = [
                    agreement(*detect(Path(folder), before, after, method, models[name]), changed, unchanged)
                    for before, after, changed, unchanged in pairs
                ]
            row = " | ".join(f"{value:.3f}" for value in np.mean(figures, axis=0))
            print(f"| {name} ({len(pairs)}) | {method} | {row} |", flush=True)


def _taizhou(data: Path) -> Iterator[tuple[Path, Path, Flags, Flags]]:
    folder = data / "change/taizhou_landsat"
    changed, unchanged = (_read(folder / f"{name}.bmp")[0] > 0 for name in ("change", "unchanged"))
    yield folder / "2000TM", folder / "2003TM", changed, unchanged


def _sztaki(data: Path) -> Iterator[tuple[Path, Path, Flags, Flags]]:
    yield from _folders(data / "change/sztaki_train")


def _dsifn(data: Path) -> Iterator[tuple[Path, Path, Flags, Flags]]:
    yield from _folders(data / "change/dsifn256")


def _folders(folder: Path) -> Iterator[tuple[Path, Path, Flags, Flags]]:
    for before in sorted((folder / "A").glob("*.png")):
        changed = _read(next((folder / "label").glob(f"{before.stem}.*")))[0] > 0
        yield before, folder / "B" / before.name, changed, ~changed


def _read(path: Path) -> Pixels:
    with rasterio.open(path) as dataset:
        pixels: Pixels = dataset.read().astype(np.float64)
        return pixels


PAIRS = {"taizhou": _taizhou, "dsifn": _dsifn, "sztaki": _sztaki}


def main() -> None:
    """Print one of the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--taizhou", metavar="MODEL")
    parser.add_argument("--sztaki", metavar="MODEL")
    parser.add_argument("--pairs", nargs="+", choices=PAIRS, default=list(PAIRS))
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=METHODS)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore", NotGeoreferencedWarning)
    models = {"taizhou": arguments.taizhou, "sztaki": arguments.sztaki, "dsifn": arguments.sztaki}
    labelled(arguments.data, arguments.pairs, arguments.methods, models)


if __name__ == "__main__":
    main()
