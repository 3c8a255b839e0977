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
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.job_results import read_tiles, result_of
from benchmarks.rival_training import SETTINGS, Length, peak_mb
from qgis_ddpm.core.model import load_model
from qgis_ddpm.core.outputs.pictures import contact_sheet, paint_bands, to_png
from qgis_ddpm.jobs import SampleTiles, TrainModel

BUILD = Path(__file__).resolve().parent.parent / "build"
RIVAL = BUILD / "rival"
# What its U-Net, its diffusion and its averaging of weights import.
RIVAL_PACKAGES = ("denoising-diffusion-pytorch==2.3.4", "ema-pytorch==0.8.3", "einops==0.8.2")
OUR_EVALUATIONS, RIVAL_EVALUATIONS = 20, 50
# The sampling of a pilot run would else take longer than its training.
PILOT_EVALUATIONS = 10

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


@dataclass(frozen=True)
class Comparison:
    """Both packages on the same images, for the same time, with the options of `comparison_parser`.

    images: what is trained on, [N, C, side, side]. judge: the figures of samples like them. batch: how many are sampled
    at once. pilot_count: how many a pilot run makes; it only has to find the rival's best setting.
    """

    given: argparse.Namespace
    images: Images
    length: Length
    judge: Callable[[Images], Figures]
    batch: int
    pilot_count: int = 48

    def rows(self, fields: Mapping[str, Any]) -> dict[str, Figures]:
        """Train, sample and judge this package's job of some fields and the rival; their figures by name."""
        given, table = self.given, {}
        if not given.rival_alone:
            # By the clock, which gives no more of the processor than was asked for.
            minutes = self.length.minutes or (self.length.cpu_seconds or 0) / 60
            overrides = dict(text.split("=", 1) for text in given.override)
            made = apart(partial(ours, {"minutes": minutes, **fields, **overrides}, given.count, self.batch))
            table["qgis_ddpm"] = self.told("qgis_ddpm", made)
        settings = list(given.rival)
        if given.pilot_seconds and settings:
            pilots = {setting: self._pilot(setting)["KID"] for setting in settings}
            # All that is far off has one FD of tiles.
            settings = [min(pilots, key=lambda setting: pilots[setting])]
        for setting in settings:
            made = rival(self.images, setting, self.length, given.count, self.batch, given.threads)
            table[f"rival, {setting}"] = self.told(f"rival, {setting}", made)
        return table

    def told(self, name: str, made: tuple[Images, Figures]) -> Figures:
        """The figures of samples and what they took, printed at once: a run is long and may be cut off."""
        samples, cost = made
        figures = {**self.judge(samples), **cost}
        print(name, {figure: float(f"{value:.4g}") for figure, value in figures.items()}, flush=True)
        if self.given.pictures:
            save_sheet(samples, self.given.pictures / f"{name.replace(',', '').replace(' ', '_')}.png")
        return figures

    def _pilot(self, setting: str) -> Figures:
        length = Length(None, self.given.pilot_seconds)
        size = self.pilot_count, self.batch, self.given.threads
        return self.told(f"rival, {setting}, pilot", rival(self.images, setting, length, *size, PILOT_EVALUATIONS))


def apart(make: "partial[tuple[Images, Figures]]") -> tuple[Images, Figures]:
    """What a function gives in a fresh process, whose memory is its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(make).result()


def ours(fields: Mapping[str, Any], count: int, batch: int) -> tuple[Images, Figures]:
    """Images [count, C, side, side] of a training of this package, and what they took."""
    with tempfile.TemporaryDirectory() as folder:
        model, output = f"{folder}/model.safetensors", f"{folder}/tiles.tif"
        started = process_time()
        result_of(TrainModel.from_values({"validation_share": 0.0, "model": model, **fields}))
        training_s = process_time() - started
        loaded = load_model(model)
        sampling = {}
        for steps in (2, OUR_EVALUATIONS):
            job = SampleTiles(model=model, count=count, steps=steps, batch_size=batch, output=output)
            sampling[steps] = result_of(job)["SECONDS_PER_TILE"]
        samples = read_tiles(output, loaded.card.tile_px, count)
    tiles, gflop = loaded.card.training["tiles_seen"], loaded.flops() / 1e9
    return samples, {
        "tiles seen": tiles,
        "parameters, M": sum(parameter.numel() for parameter in loaded.network.parameters()) / 1e6,
        "GFLOP": gflop,
        "tiles x GFLOP a CPU second": tiles * gflop / training_s,
        "s a tile": sampling[OUR_EVALUATIONS],
        "s a tile, 2 calls": sampling[2],
        "peak, MB": peak_mb(),
    }


def install_rival() -> None:
    """Put the package into its folder, where it is not there yet."""
    if not (RIVAL / "denoising_diffusion_pytorch").is_dir():
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(RIVAL)]
        subprocess.run([*install, *RIVAL_PACKAGES], check=True)


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
    install_rival()
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


def save_sheet(samples: Images, path: Path) -> None:
    """The first 100 images, grey or RGB, as a picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    valid, limits = np.ones(samples.shape[2:], bool), np.array([[0.0, 255.0]] * samples.shape[1])
    painted = [paint_bands(image.astype(np.float32), valid, limits=limits) for image in samples[:100]]
    path.write_bytes(to_png(contact_sheet(painted)))


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
