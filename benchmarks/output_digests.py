"""Digests of what the jobs of the demo give, to hold a rebuilding of the code to the same bytes.

    python -m benchmarks.output_digests > before.json       # at the commit to compare with
    python -m benchmarks.output_digests --against before.json

The jobs: a training that is stopped and goes on, tiles and a seamless area, change maps by every method (aligned,
matched, with draws, masks' absence and a smallest area), a detector with each of our heads and its map, an assessment,
and the figures of a tile assessment. Vectors and reports are equal in content, so figures stand for them.
"""

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import rasterio

from benchmarks.job_results import result_of
from qgis_ddpm.jobs import (
    AssessChanges,
    AssessTiles,
    CompareSettings,
    DetectChanges,
    Job,
    SampleTiles,
    TrainDetector,
    TrainModel,
)
from tools.scene import make_scene

SIZE_PX = 192
TRAINING = {
    "preset": "tiny",
    "tile_px": 32,
    "tiles": 256,
    "batch_size": 16,
    "base_channels": 8,
    "channel_multipliers": "1,2",
    "attention_at_px": "0",
    "warmup_tiles": 32,
    "seed": 3,
}


def jobs(folder: Path, scene: Any) -> Iterator[tuple[str, Job]]:
    """The jobs by name, each of which may read what those before it wrote."""
    before, after, truth = str(scene.before), str(scene.after), str(scene.truth)
    model = str(folder / "model.safetensors")

    def out(name: str) -> str:
        return str(folder / name)

    experiment = out("experiment")
    begun = TrainModel(input=(before, after), model=model, experiment=experiment, **{**TRAINING, "tiles": 128})
    yield "training, begun", begun
    yield "training, gone on with", begun.replace(tiles=TRAINING["tiles"])
    yield (
        "training, guided and stopped early",
        TrainModel(input=(before,), model=out("guided.safetensors"), guidance=2.0, early_stop=64, **TRAINING),
    )
    yield (
        "tiles",
        SampleTiles(
            model=model, count=36, steps=6, output=out("tiles.tif"), template=before, tiles_folder=out("tiles")
        ),
    )
    yield (
        "tiles of a guided model",
        SampleTiles(
            model=out("guided.safetensors"),
            count=3,
            steps=6,
            output=out("guided.tif"),
            denoising_strip=out("strip.png"),
        ),
    )
    yield (
        "seamless area",
        SampleTiles(model=model, layout="seamless", steps=4, sampler="ddpm", output=out("area.tif"), template=before),
    )
    dates = {"before": before, "after": after}
    yield "irmad", DetectChanges(**dates, method="irmad", output=out("irmad.tif"), probability=out("irmad_p.tif"))
    yield (
        "irmad, matched",
        DetectChanges(
            **dates, method="irmad", radiometry="match", min_area=500, output=out("match.tif"), uncertainty=out("u.tif")
        ),
    )
    yield (
        "cva of a part",
        DetectChanges(
            **dates,
            method="cva",
            extent="438200,439500,5340500,5341700",
            output=out("cva.tif"),
            probability=out("cva_p.tif"),
        ),
    )
    yield (
        "warped",
        DetectChanges(
            before=before, after=out("warped_date.tif"), method="irmad", output=out("w.tif"), probability=out("w_p.tif")
        ),
    )
    yield (
        "features",
        DetectChanges(
            **dates,
            method="features",
            model=model,
            draws=2,
            output=out("f.tif"),
            probability=out("f_p.tif"),
            uncertainty=out("f_u.tif"),
        ),
    )
    for head in ("linear", "ours"):
        detector = out(f"{head}.safetensors")
        labelled = {"before": (before,), "after": (after,), "labels": (truth,), "head": head}
        yield (
            f"detector {head}",
            TrainDetector(model=model, detector=detector, tiles=320, experiment=out(f"experiment_{head}"), **labelled),
        )
        yield (
            f"map of {head}",
            DetectChanges(
                **dates, model=model, detector=detector, output=out(f"{head}.tif"), probability=out(f"{head}_p.tif")
            ),
        )
    yield "assessment", AssessChanges(predicted=out("irmad.tif"), reference=truth, error_map=out("errors.tif"))
    yield "tiles' quality", AssessTiles(tiles=out("tiles.tif"), reference=(after,), training=(before,), tile_px=32)
    grid = folder / "grid.yaml"
    grid.write_text("prediction: [edm, v]\n", encoding="utf-8")
    yield (
        "comparison",
        CompareSettings(
            input=(before,), grid=str(grid), report=out("comparison.html"), samples=8, **{**TRAINING, "tiles": 64}
        ),
    )


def digests(folder: Path) -> dict[str, Any]:
    """Every raster, model and detector that the jobs write, and every figure that they return."""
    scene = make_scene(folder, size_px=SIZE_PX)
    _shift(scene.after, folder / "warped_date.tif")
    found: dict[str, Any] = {}
    for name, job in jobs(folder, scene):
        print(name, file=sys.stderr, flush=True)
        figures = {key: value for key, value in result_of(job).items() if isinstance(value, (int, float))}
        figures.pop("TILES_PER_SECOND", None)
        figures.pop("SECONDS_PER_TILE", None)
        found[name] = {"figures": figures}
    for path in sorted(folder.rglob("*")):
        # A checkpoint tells the seconds of its training.
        if path.suffix in (".tif", ".safetensors", ".png") and "experiment" not in path.parts[-2]:
            found[str(path.relative_to(folder))] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _shift(source: Path, target: Path) -> None:
    """The same pixels on a grid that lies between those of the scene."""
    with rasterio.open(source) as file:
        profile, pixels = file.profile, file.read()
    t = profile["transform"]
    profile["transform"] = rasterio.Affine(t.a * 1.01, 0, t.c + 3.3, 0, t.e * 1.01, t.f - 4.1)
    with rasterio.open(target, "w", **profile) as file:
        file.write(np.ascontiguousarray(pixels))


def main() -> int:
    """Print the digests as JSON, or the names of those that differ from a file of them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.output_digests", description=__doc__)
    parser.add_argument("--against", type=Path, help="digests of an earlier commit")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = digests(Path(folder))
    if options.against is None:
        print(json.dumps(found, indent=1, sort_keys=True))
        return 0
    wanted = json.loads(options.against.read_text(encoding="utf-8"))
    differing = [
        name for name in sorted({*wanted, *found}) if wanted.get(name) != json.loads(json.dumps(found.get(name)))
    ]
    print("\n".join(f"differs: {name}" for name in differing) or f"all {len(found)} are equal")
    return bool(differing)


if __name__ == "__main__":
    sys.exit(main())
