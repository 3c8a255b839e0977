"""`make demo`: the whole way through QGIS, from two rasters to a model, synthetic tiles, a change map and one page."""

import argparse
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from qgis_ddpm.card import is_detector
from tools import demo_page
from tools.qgis_process import ROOT, AlgorithmError, Outcome, enable_plugin, run
from tools.scene import make_scene

FOLDER = Path("demo")
# The scene's own methods of comparison: the model's features, and the classical method that needs no model.
METHODS = ("features", "irmad")
TILE_COUNT = 16


@dataclass(frozen=True)
class Inputs:
    """The two dates, and the truth where it is known; paths as they appear in the commands."""

    before: Path
    after: Path
    truth: Path | None


def _user_raster(name: str, relative_to: Path) -> Path:
    # A program that starts make in another directory may leave the caller's own in PWD: then the checkout is meant.
    paths = [(folder / name).resolve() for folder in (relative_to, Path.cwd())]
    path = next((path for path in paths if path.exists()), None)
    if path is None:
        raise SystemExit(
            f"demo: there is no raster {paths[0]}. Name it relative to {relative_to}, or with its whole path."
        )
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


def choose_inputs(before: str, after: str, relative_to: Path) -> Inputs:
    """Take the user's two rasters, or make the scene where none is named."""
    if bool(before) != bool(after):
        raise SystemExit("demo: two dates are needed: make demo BEFORE=a.tif AFTER=b.tif")
    if before:
        return Inputs(_user_raster(before, relative_to), _user_raster(after, relative_to), None)
    print("demo: making a scene of two dates with known changes", flush=True)
    scene = make_scene(ROOT / FOLDER)
    return Inputs(*(path.relative_to(ROOT) for path in (scene.before, scene.after, scene.truth)))


def train(inputs: Inputs, minutes: float) -> Outcome:
    """Train on both dates, so that neither season is foreign to the model."""
    return run(
        "ddpm:trainmodel",
        {
            "INPUT": [inputs.before, inputs.after],
            "PRESET": "tiny",
            "MINUTES": minutes,
            "MODEL": FOLDER / "model.safetensors",
            "REPORT": FOLDER / "training.html",
        },
    )


def sample(inputs: Inputs) -> Outcome:
    """Sample tiles on the grid of the first date."""
    return run(
        "ddpm:sampletiles",
        {
            "MODEL": FOLDER / "model.safetensors",
            "LAYOUT": "tiles",
            "COUNT": TILE_COUNT,
            "TEMPLATE": inputs.before,
            "OUTPUT": FOLDER / "samples.tif",
            "TILES_FOLDER": FOLDER / "tiles",
        },
    )


def shipped_models() -> list[str]:
    """Names of the models that come with the checkout; their tiles show what longer training gives."""
    return [path.stem for path in sorted((ROOT / "models").glob("*.safetensors")) if not is_detector(str(path))]


def sample_shipped(name: str) -> Outcome:
    """Sample tiles from a model of the models folder, named by its file name alone."""
    return run(
        "ddpm:sampletiles",
        {
            "MODEL": f"{name}.safetensors",
            "COUNT": TILE_COUNT,
            "OUTPUT": FOLDER / f"{name}.tif",
            "TILES_FOLDER": FOLDER / name,
        },
    )


def detect(inputs: Inputs, method: str) -> Outcome:
    """Map the changes with one method."""
    model = {"MODEL": FOLDER / "model.safetensors"} if method == "features" else {}
    return run(
        "ddpm:detectchanges",
        {
            "BEFORE": inputs.before,
            "AFTER": inputs.after,
            "METHOD": method,
            **model,
            "OUTPUT": FOLDER / f"change_{method}.tif",
            "PROBABILITY": FOLDER / f"probability_{method}.tif",
            "POLYGONS": FOLDER / f"changes_{method}.gpkg",
        },
    )


def assess(truth: Path, method: str) -> Outcome:
    """Measure one method's map against the truth."""
    return run(
        "ddpm:assesschanges",
        {
            "PREDICTED": FOLDER / f"change_{method}.tif",
            "REFERENCE": truth,
            "REPORT": FOLDER / f"assessment_{method}.html",
            "ERROR_MAP": FOLDER / f"errors_{method}.tif",
        },
    )


def run_demo(inputs: Inputs, minutes: float) -> Path:
    """Run every step and write the page; returns the page's path."""
    start = time.monotonic()
    page = ROOT / FOLDER / "index.html"
    # A page of an earlier run must not stand beside files of this one.
    page.unlink(missing_ok=True)
    enable_plugin()
    story = demo_page.Story(
        before=ROOT / inputs.before,
        after=ROOT / inputs.after,
        truth=None if inputs.truth is None else ROOT / inputs.truth,
        folder=ROOT / FOLDER,
        training=train(inputs, minutes),
        sampling=sample(inputs),
        shipped={name: sample_shipped(name) for name in shipped_models()},
        detection={method: detect(inputs, method) for method in METHODS},
        assessment={} if inputs.truth is None else {method: assess(inputs.truth, method) for method in METHODS},
    )
    demo_page.build(story).write(str(page))
    print(f"\ndemo: done in {time.monotonic() - start:.0f} s, look at {page.relative_to(ROOT)}")
    return page


def main() -> int:
    """Read the arguments that the Makefile passes."""
    parser = argparse.ArgumentParser(prog="python -m tools.demo", description=__doc__)
    parser.add_argument("--before", default="", help="raster of the first date; empty = the procedural scene")
    parser.add_argument("--after", default="", help="raster of the second date")
    parser.add_argument("--relative-to", type=Path, default=Path.cwd(), help="folder of relative raster paths")
    parser.add_argument("--minutes", type=float, default=2.0, help="time for training")
    options = parser.parse_args()
    (ROOT / FOLDER).mkdir(exist_ok=True)
    try:
        run_demo(choose_inputs(options.before, options.after, options.relative_to), options.minutes)
    except AlgorithmError as error:
        print(f"\ndemo: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
