"""How well each method of change detection agrees with labels, and what it calls change where nothing changed.

    python -m benchmarks.change_figures labelled DATA [--taizhou MODEL] [--sztaki MODEL]
    python -m benchmarks.change_figures unchanged DATA

`labelled`: F1 of the map at its automatic threshold, the best F1 of any threshold and the average precision of the
scores, on Taizhou's labelled pixels and as means over the SZTAKI AirChange pairs. Features need a model trained on the
scenes themselves, without labels. `unchanged`: shares called changed, in per cent, between scenes and copies of them
with noise, other brightness, a shift by 0.3 px and back, or JPEG compression. DATA: the folder of real imagery.
"""

import argparse
import io
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from PIL import Image
from rasterio.errors import NotGeoreferencedWarning
from scipy import ndimage

from qgis_ddpm.core import run
from qgis_ddpm.core.confusion import confusion_of
from qgis_ddpm.events import Result
from qgis_ddpm.jobs import DetectChanges

Flags = NDArray[np.bool_]
Pixels = NDArray[np.float64]
SIDE_PX = 384


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


def labelled(data: Path, models: dict[str, str | None]) -> None:
    """Print the figures of pairs with labels."""
    print("| pairs | method | F1 | best F1 | average precision |\n|---|---|---|---|---|")
    for name, pairs in (("taizhou", list(_taizhou(data))), ("sztaki", list(_sztaki(data)))):
        for method in ("irmad", "cva", "features"):
            if method == "features" and not models[name]:
                continue
            with tempfile.TemporaryDirectory(prefix="qgis_ddpm_") as folder:
                figures = [
                    agreement(*detect(Path(folder), before, after, method, models[name]), changed, unchanged)
                    for before, after, changed, unchanged in pairs
                ]
            row = " | ".join(f"{value:.3f}" for value in np.mean(figures, axis=0))
            print(f"| {name} ({len(pairs)}) | {method} | {row} |", flush=True)


def unchanged(data: Path) -> None:
    """Print the shares called changed where nothing changed."""
    print("| scene | copy | irmad % | cva % |\n|---|---|---|---|")
    scenes = {
        "Taizhou": data / "change/taizhou_landsat/2000TM",
        "Pucallpa": data / "geo/landsat_pucallpa/1985.tif",
        "NAIP": data / "geo/naip/m_4709963_se_14_1_20120731.tif",
        "Szada": data / "change/sztaki_train/A/szada_1.png",
    }
    for name, path in scenes.items():
        scene = _read(path)[:, :SIDE_PX, :SIDE_PX]
        with tempfile.TemporaryDirectory(prefix="qgis_ddpm_") as temporary:
            folder = Path(temporary)
            for kind, copy in _copies(scene):
                _write(folder / "a.tif", scene)
                _write(folder / "b.tif", copy)
                shares = [
                    100 * detect(folder, folder / "a.tif", folder / "b.tif", method, None)[0].mean()
                    for method in ("irmad", "cva")
                ]
                print(f"| {name} | {kind} | {shares[0]:.2f} | {shares[1]:.2f} |", flush=True)


def _taizhou(data: Path) -> Iterator[tuple[Path, Path, Flags, Flags]]:
    folder = data / "change/taizhou_landsat"
    changed, unchanged = (_read(folder / f"{name}.bmp")[0] > 0 for name in ("change", "unchanged"))
    yield folder / "2000TM", folder / "2003TM", changed, unchanged


def _sztaki(data: Path) -> Iterator[tuple[Path, Path, Flags, Flags]]:
    folder = data / "change/sztaki_train"
    for before in sorted((folder / "A").glob("*.png")):
        changed = _read(folder / "label" / before.name)[0] > 0
        yield before, folder / "B" / before.name, changed, ~changed


def _copies(scene: Pixels) -> Iterator[tuple[str, Pixels]]:
    rng = np.random.default_rng(0)
    yield "noise of 2", scene + rng.normal(0, 2, scene.shape)
    yield "noise of 6", scene + rng.normal(0, 6, scene.shape)
    yield "0.7 times, + 20", 0.7 * scene + 20
    for order, name in ((1, "bilinear"), (3, "cubic")):
        there = ndimage.shift(scene, (0, 0.3, 0.3), order=order, mode="nearest")
        yield f"0.3 px and back, {name}", ndimage.shift(there, (0, -0.3, -0.3), order=order, mode="nearest")
    for quality in (95, 75):
        yield f"JPEG {quality}", np.stack([_compressed(band, quality) for band in scene])


def _compressed(band: Pixels, quality: int) -> Pixels:
    buffer = io.BytesIO()
    Image.fromarray(band.astype(np.uint8)).save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer)).astype(np.float64)


def _read(path: Path) -> Pixels:
    with rasterio.open(path) as dataset:
        pixels: Pixels = dataset.read().astype(np.float64)
        return pixels


def _write(path: Path, pixels: Pixels) -> None:
    height, width = pixels.shape[1:]
    place = {"crs": "EPSG:32651", "transform": Affine(30, 0, 200000, 0, -30, 3600000), "photometric": "minisblack"}
    with rasterio.open(path, "w", "GTiff", width, height, len(pixels), dtype="uint8", alpha="no", **place) as dataset:
        dataset.write(np.clip(np.rint(pixels), 0, 255).astype(np.uint8))


def main() -> None:
    """Print one of the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", choices=("labelled", "unchanged"))
    parser.add_argument("data", type=Path)
    parser.add_argument("--taizhou", metavar="MODEL")
    parser.add_argument("--sztaki", metavar="MODEL")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore", NotGeoreferencedWarning)
    if arguments.table == "labelled":
        labelled(arguments.data, {"taizhou": arguments.taizhou, "sztaki": arguments.sztaki})
    else:
        unchanged(arguments.data)


if __name__ == "__main__":
    main()
