"""Running denoising-diffusion-pytorch 2.3.4 for a comparison, and telling its figures beside ours.

The package is installed into build/rival, apart from the environment; torch comes from the environment.
"""

import argparse
import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray

from benchmarks.rival_training import SETTINGS, Length
from qgis_ddpm.core import run
from qgis_ddpm.events import Result
from qgis_ddpm.jobs import Job

BUILD = Path(__file__).resolve().parent.parent / "build"
RIVAL = BUILD / "rival"
# What its U-Net, its diffusion and its averaging of weights import.
RIVAL_PACKAGES = ("denoising-diffusion-pytorch==2.3.4", "ema-pytorch==0.8.3", "einops==0.8.2")
OUR_EVALUATIONS, RIVAL_EVALUATIONS = 20, 50
# A pilot run only has to find the rival's best setting: its sampling would take longer than its training.
PILOT_COUNT, PILOT_EVALUATIONS = 48, 10

Images = NDArray[np.uint8]
Figures = dict[str, float]


def comparison_parser(description: str | None) -> argparse.ArgumentParser:
    """The options that comparisons with the rival share."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--pilot-seconds", type=float, help="processor time for each setting of the rival at first")
    parser.add_argument("--rival", nargs="*", choices=SETTINGS, default=list(SETTINGS), help="settings of the rival")
    parser.add_argument("--rival-alone", action="store_true", help="leave this package out")
    parser.add_argument("--threads", type=int, default=int(os.environ.get("OMP_NUM_THREADS", "2")))
    parser.add_argument("--override", nargs="*", default=[], help="fields of our job, such as prediction=edm")
    parser.add_argument("--pictures", type=Path, help="folder for a picture of what each one makes")
    return parser


def apart(make: "partial[tuple[Images, Figures]]") -> tuple[Images, Figures]:
    """What a function gives in a fresh process, whose memory is its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(make).result()


def rival(
    images: Images,
    setting: str,
    length: Length,
    count: int,
    batch: int,
    threads: int,
    evaluations: int = RIVAL_EVALUATIONS,
) -> tuple[Images, Figures]:
    """Images [count, C, side, side] of the rival, trained on some [N, C, side, side], and what they took.

    setting: a name of `rival_training.SETTINGS`. batch: how many it samples at once.
    """
    if not (RIVAL / "denoising_diffusion_pytorch").is_dir():
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(RIVAL)]
        subprocess.run([*install, *RIVAL_PACKAGES], check=True)
    with tempfile.TemporaryDirectory() as folder:
        np.save(f"{folder}/images.npy", images)
        arguments = {
            "package": RIVAL,
            "setting": setting,
            "images": f"{folder}/images.npy",
            **{name: value for name, value in vars(length).items() if value is not None},
            "count": count,
            "batch": batch,
            "evaluations": evaluations,
            "output": f"{folder}/made.npz",
        }
        script = Path(__file__).with_name("rival_training.py")
        options = [text for name, value in arguments.items() for text in (f"--{name}", str(value))]
        subprocess.run(
            [sys.executable, str(script), *options],
            check=True,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "OMP_NUM_THREADS": str(threads)},
        )
        with np.load(f"{folder}/made.npz") as made:
            tiles, gflop = float(made["tiles"]), float(made["gflop"])
            return made["samples"], {
                "tiles seen": tiles,
                "parameters, M": float(made["parameters"]) / 1e6,
                "GFLOP": gflop,
                "tiles x GFLOP a CPU second": tiles * gflop / float(made["training_s"]),
                "s a tile": float(made["s_per_image"]),
                "peak, MB": float(made["peak_mb"]),
            }


def best_setting(pilot: Callable[[str], Figures], settings: list[str]) -> str:
    """The setting whose pilot run comes nearest to real images, by KID: all that is far off has one FD of tiles."""
    found = {setting: pilot(setting)["KID"] for setting in settings}
    return min(found, key=lambda setting: found[setting])


def read_tiles(mosaic: str, tile_px: int, count: int) -> Images:
    """The tiles [count, C, tile_px, tile_px] of a raster of tiles side by side."""
    with rasterio.open(mosaic) as file:
        pixels: Images = file.read()
    bands, height, width = pixels.shape
    cut = pixels.reshape(bands, height // tile_px, tile_px, width // tile_px, tile_px).transpose(1, 3, 0, 2, 4)
    return cut.reshape(-1, bands, tile_px, tile_px)[:count]


def result_of(job: Job) -> dict[str, Any]:
    """The outputs of a job that is run here."""
    *_, last = run(job)
    assert isinstance(last, Result)
    return last.outputs


def say(name: str, figures: Mapping[str, float]) -> None:
    """Print figures at once: a run is long, and what is known already is not to be lost with it."""
    print(name, {figure: float(f"{value:.4g}") for figure, value in figures.items()}, flush=True)


def print_table(table: Mapping[str, Figures]) -> None:
    """The figures as Markdown, then ours over those of the rival's best setting by FD."""
    names = list(dict.fromkeys(name for figures in table.values() for name in figures))
    print("\n| |", " | ".join(names), "|")
    print("|---|" + "---:|" * len(names))
    for row, figures in table.items():
        print(f"| {row} |", " | ".join(f"{figures[name]:.3g}" if name in figures else "" for name in names), "|")
    rivals = {row: figures for row, figures in table.items() if row.startswith("rival")}
    if rivals and "qgis_ddpm" in table:
        best = min(rivals, key=lambda row: rivals[row]["FD"])
        compared = ("FD", "KID", "tiles x GFLOP a CPU second", "s a tile", "peak, MB")
        ratios = {name: table["qgis_ddpm"][name] / rivals[best][name] for name in compared}
        print(f"\nqgis_ddpm over {best}:", ", ".join(f"{name} {value:.3g}" for name, value in ratios.items()))
