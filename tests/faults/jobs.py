"""Small jobs to be disturbed, and what has to lie in their folders when all is well."""

import csv
import json
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import rasterio
import safetensors
from PIL import Image

from tests.faults.samples import SMALL_TRAINING, Samples

# An interpreter that answers what a set-up asks of it, and installs nothing.
FAKE_PYTHON = """#!/bin/sh
case "$*" in
*find_spec*) echo '{"version": [3, 11, 2], "ssl": true, "venv": true, "ensurepip": true, "packages": {"torch": "2.9",
    "numpy": "2", "rasterio": "1.4", "safetensors": "1", "pyyaml": "6", "scipy": "1"}}' ;;
*torch.cuda*) echo '["2.9", null, false]' ;;
*"-m venv"*) for folder; do :; done; mkdir -p "$folder/bin" && cp "$0" "$folder/bin/python" &&
    echo made > "$folder/pyvenv.cfg" ;;
*--version*) echo "pip 24.2 from here (python 3.11)" ;;
*"pip config"*) ;;
*) echo "Collecting everything" ;;
esac
"""


@dataclass(frozen=True)
class SmallJob:
    """A command line, and the names that it leaves in its folder."""

    name: str
    arguments: Callable[[Samples, Path], list[str]]
    outputs: frozenset[str]
    # Whether a stopped run may leave outputs that a whole run has too.
    keeps: bool = False


def _training(samples: Samples, out: Path) -> list[str]:
    settings = [word for name, value in SMALL_TRAINING.items() for word in (f"--{name}", str(value))]
    places = ["--model", f"{out}/m.safetensors", "--experiment", f"{out}/e", "--report", f"{out}/r.html"]
    return [
        "trainmodel",
        "--input",
        samples["before.tif"],
        "--tiles",
        "12",
        "--validation_share",
        "0",
        *settings,
        *places,
    ]


def _sampling(samples: Samples, out: Path) -> list[str]:
    places = ["--output", f"{out}/o.tif", "--tiles_folder", f"{out}/tiles", "--footprints", f"{out}/f.geojson"]
    strip = ["--denoising_strip", f"{out}/s.png"]
    return ["sampletiles", "--model", samples["model.safetensors"], "--count", "2", "--steps", "2", *places, *strip]


def _area(samples: Samples, out: Path) -> list[str]:
    where = ["--layout", "seamless", "--template", samples["before.tif"], "--steps", "2", "--output", f"{out}/o.tif"]
    return ["sampletiles", "--model", samples["model.safetensors"], *where]


def _detection(samples: Samples, out: Path) -> list[str]:
    dates = ["--before", samples["before.tif"], "--after", samples["after.tif"], "--batch_size", "4"]
    how = ["--method", "features", "--model", samples["model.safetensors"]]
    places = ["--output", f"{out}/o.tif", "--probability", f"{out}/p.tif", "--polygons", f"{out}/p.geojson"]
    return ["detectchanges", *dates, *how, *places, "--uncertainty", f"{out}/u.tif", "--draws", "2"]


def _detector(samples: Samples, out: Path) -> list[str]:
    given = ["--before", samples["before.tif"], "--after", samples["after.tif"], "--labels", samples["labels.tif"]]
    sizes = {"tiles": "16", "cached_tiles": "8", "batch_size": "8", "seeds": "1", "noise_levels": "0.2"}
    length = [word for name, value in sizes.items() for word in (f"--{name}", value)]
    places = ["--detector", f"{out}/d.safetensors", "--experiment", f"{out}/e", "--report", f"{out}/r.html"]
    return ["traindetector", "--model", samples["model.safetensors"], *given, *length, *places]


def _import(samples: Samples, out: Path) -> list[str]:
    given = ["--input", samples["published_gen.pth"], "--model", f"{out}/m.safetensors"]
    return ["importcheckpoint", *given]


def _setup(samples: Samples, out: Path) -> list[str]:
    given = ["--base_python", samples["python"], "--build", "cpu", "--environment", f"{out}/environment"]
    return ["setupenvironment", *given, "--index_url", "http://127.0.0.1:9/simple"]


_RECORD = ("job.yaml", "inputs.json", "metrics.csv", "checkpoint.safetensors")
_EXPERIMENT = {f"e/{name}" for name in (*_RECORD, "loss.png", "denoising.png")}
_PICTURES = {"e/samples/000000012.png"}

JOBS = (
    SmallJob(
        "sample",
        _sampling,
        frozenset({"o.tif", "f.geojson", "s.png", "tiles/tile_00001.tif", "tiles/tile_00002.tif"}),
    ),
    SmallJob("sample area", _area, frozenset({"o.tif"})),
    SmallJob("detect", _detection, frozenset({"o.tif", "p.tif", "p.geojson", "u.tif"}), keeps=True),
    SmallJob("import", _import, frozenset({"m.safetensors"})),
    SmallJob(
        "set up",
        _setup,
        frozenset({f"environment/{name}" for name in ("bin/python", "pyvenv.cfg", "qgis_ddpm.json")}),
        keeps=True,
    ),
    SmallJob(
        "train a detector", _detector, frozenset({"d.safetensors", "r.html", *(f"e/{n}" for n in _RECORD)}), keeps=True
    ),
    SmallJob("train", _training, frozenset({"m.safetensors", "r.html", *_EXPERIMENT, *_PICTURES}), keeps=True),
)


def write_inputs(samples: Samples) -> None:
    """What the jobs need beside the samples: a published checkpoint, and the interpreter for a set-up."""
    import torch

    from tests.core.makers.published import WRAPPER, network_shapes, random_state

    weights = random_state(network_shapes())
    torch.save({WRAPPER + name: value for name, value in weights.items()}, samples["published_gen.pth"])
    python = Path(samples["python"])
    python.write_text(FAKE_PYTHON)
    python.chmod(python.stat().st_mode | stat.S_IXUSR)


def found_in(out: Path) -> frozenset[str]:
    """The files below a folder, by their names in it."""
    return frozenset(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())


def contents(out: Path, names: frozenset[str]) -> dict[str, object]:
    """What has to be equal in two runs, file by file; raises ValueError where a file is not whole."""
    return {name: _content(out / name) for name in sorted(names)}


def _content(path: Path) -> object:
    if path.suffix == ".html":
        if not path.read_text().rstrip().endswith("</html>"):
            raise ValueError(f"{path} is cut off")
        return "a page"
    if path.suffix == ".png":
        with Image.open(path) as image:
            image.load()
        return "a picture"
    if path.suffix == ".csv":
        with open(path, newline="") as file:
            return [row["tiles"] for row in csv.DictReader(file)][-1:]
    if path.name == "checkpoint.safetensors":
        # Beside the state it holds how long all runs took.
        with safetensors.safe_open(str(path), "pt") as file:
            state = json.loads(file.metadata()["state"])
            state.pop("seconds")
            return state, {name: file.get_tensor(name).numpy().tobytes() for name in file.keys()}  # noqa: SIM118
    if path.suffix in (".tif", ".tiff"):
        # A call that failed once and was repeated leaves a gap in the file, and the same raster.
        with rasterio.open(path) as raster:
            about = raster.tags(), raster.descriptions, str(raster.crs), tuple(raster.transform), str(raster.nodatavals)
            return raster.read().tobytes(), about
    if path.suffix == ".yaml":
        return path.read_text().replace(os.fspath(path.parents[1]), "")
    return path.read_bytes()
