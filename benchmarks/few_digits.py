"""Few digits: 500 training digits and some minutes, for this package and for denoising-diffusion-pytorch 2.3.4.

    OMP_NUM_THREADS=1 python -m benchmarks.few_digits --data ../shared/data --cpu-seconds 1200 --pilot-seconds 120

Both see the first 500 MNIST training digits for the same seconds of processor time (or, with --minutes, of the clock),
with the same threads, one after the other; this package by its job trainmodel with the preset digits, the rival at its
default and four other settings. With --pilot-seconds each of those gets a short run, and the best by FD the whole
time. Then each makes digits, this package with 20 evaluations and the rival with 50. A classifier that no model has
seen compares them with 10,000 held-out digits (benchmarks/digit_classifier.py); memorisation is measured as
`assesstiles` does. Each runs in a process of its own, whose peak of memory is told. The rival is installed into
build/rival, apart from the environment.
"""

import argparse
import multiprocessing
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import rasterio
import torch
from numpy.typing import NDArray

from benchmarks.digit_classifier import HELD_OUT, DigitClassifier, judge, load_classifier, open_digits
from benchmarks.rival_digits import SETTINGS, Length, peak_mb
from qgis_ddpm.core import run
from qgis_ddpm.core.memorisation import copied, find_nearest, memorisation
from qgis_ddpm.core.model import load_model
from qgis_ddpm.core.pictures import contact_sheet, paint_bands, to_png
from qgis_ddpm.events import Result
from qgis_ddpm.jobs import Job, SampleTiles, TrainModel

BUILD = Path(__file__).resolve().parent.parent / "build"
RIVAL = BUILD / "rival"
# What its U-Net, its diffusion and its averaging of weights import; torch comes from the environment.
RIVAL_PACKAGES = ("denoising-diffusion-pytorch==2.3.4", "ema-pytorch==0.8.3", "einops==0.8.2")
TRAINING = slice(0, 500)
UNSEEN = slice(5_000, 5_500)
OUR_EVALUATIONS, RIVAL_EVALUATIONS = 20, 50
# Both sample so many digits at once.
SAMPLING_BATCH = 100
# A pilot run only has to find the rival's best setting: its sampling would take longer than its training.
PILOT_COUNT, PILOT_EVALUATIONS = 48, 10

Digits = NDArray[np.uint8]
Figures = dict[str, float]


@dataclass(frozen=True)
class Yardstick:
    """What samples are held against."""

    classifier: DigitClassifier
    digits: Digits

    def measure(self, samples: Digits) -> Figures:
        """FD, KID, legibility and memorisation of digits [N, 28, 28]."""
        ratios = self._ratios(samples)
        unseen = self._ratios(self.digits[UNSEEN])
        return {
            **judge(samples, self.classifier, self.digits[HELD_OUT]),
            "memorisation": memorisation(ratios, unseen),
            "copies": copied(ratios),
        }

    def _ratios(self, samples: Digits) -> NDArray[np.float64]:
        training = self.digits[TRAINING][:, None].astype(np.float32)
        scale = training.std().reshape(1, 1, 1)
        search = find_nearest(samples[:, None].astype(np.float32), [training], scale)
        while True:
            try:
                next(search)
            except StopIteration as finished:
                ratios: NDArray[np.float64] = finished.value.ratios
                return ratios


def main() -> None:
    """Run both and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    either = parser.add_mutually_exclusive_group(required=True)
    either.add_argument("--minutes", type=float, help="minutes by the clock for each training")
    either.add_argument("--cpu-seconds", type=float, help="seconds of processor time for each training")
    parser.add_argument("--pilot-seconds", type=float, help="processor time for each setting of the rival at first")
    parser.add_argument("--count", type=int, default=500, help="digits that each makes")
    parser.add_argument("--rival", nargs="*", choices=SETTINGS, default=list(SETTINGS), help="settings of the rival")
    parser.add_argument("--rival-alone", action="store_true", help="leave this package out")
    parser.add_argument("--threads", type=int, default=int(os.environ.get("OMP_NUM_THREADS", "2")))
    parser.add_argument("--override", nargs="*", default=[], help="fields of our job, such as prediction=edm")
    parser.add_argument("--pictures", type=Path, help="folder for a picture of each one's digits")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    digits, _ = open_digits(given.data)
    yardstick = Yardstick(load_classifier(given.data), digits)
    real = {"the 500 training digits": digits[TRAINING], "500 unseen digits": digits[UNSEEN]}
    table = {name: yardstick.measure(samples) for name, samples in real.items()}

    def measure(name: str, made: tuple[Digits, Figures]) -> Figures:
        samples, cost = made
        figures = {**yardstick.measure(samples), **cost}
        # A run is long: what is known already is not to be lost with it.
        print(name, {figure: float(f"{value:.4g}") for figure, value in figures.items()}, flush=True)
        if given.pictures:
            save_sheet(samples, given.pictures / f"{name.replace(',', '').replace(' ', '_')}.png")
        return figures

    whole = Length(given.minutes, given.cpu_seconds)
    overrides = dict(text.split("=", 1) for text in given.override)
    if not given.rival_alone:
        table["qgis_ddpm"] = measure("qgis_ddpm", apart(partial(ours, given.data, whole, given.count, overrides)))
    settings = list(given.rival)
    if given.pilot_seconds and settings:
        pilots = {}
        for setting in settings:
            length = Length(None, given.pilot_seconds)
            made = rival(digits[TRAINING], setting, length, PILOT_COUNT, given.threads, PILOT_EVALUATIONS)
            pilots[setting] = measure(f"rival, {setting}, pilot", made)["FD"]
        settings = [min(pilots, key=lambda setting: pilots[setting])]
    for setting in settings:
        name = f"rival, {setting}"
        table[name] = measure(name, rival(digits[TRAINING], setting, whole, given.count, given.threads))
    print_table(table)


def apart(make: "partial[tuple[Digits, Figures]]") -> tuple[Digits, Figures]:
    """What a function gives in a fresh process, whose memory is its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(make).result()


def ours(data: Path, length: Length, count: int, overrides: dict[str, str]) -> tuple[Digits, Figures]:
    """Digits of the preset, and what they took."""
    with tempfile.TemporaryDirectory() as folder:
        model, output = f"{folder}/digits.safetensors", f"{folder}/digits.tif"
        fields: dict[str, Any] = {
            "folder": str(data / "mnist"),
            "max_images": TRAINING.stop,
            "preset": "digits",
            # By the clock, which gives no more of the processor than was asked for.
            "minutes": length.minutes or (length.cpu_seconds or 0) / 60,
            "validation_share": 0.0,
            "model": model,
            **overrides,
        }
        started = process_time()
        _result(TrainModel.from_values(fields))
        training_s = process_time() - started
        loaded = load_model(model)
        tiles = loaded.card.training["tiles_seen"]
        sampling = {}
        for steps in (2, OUR_EVALUATIONS):
            job = SampleTiles(model=model, count=count, steps=steps, batch_size=SAMPLING_BATCH, output=output)
            sampling[steps] = _result(job)["SECONDS_PER_TILE"]
        with rasterio.open(output) as file:
            mosaic = file.read(1)
    columns = mosaic.shape[1] // 28
    samples = mosaic.reshape(-1, 28, columns, 28).swapaxes(1, 2).reshape(-1, 28, 28)[:count]
    gflop = loaded.flops() / 1e9
    return samples, {
        "tiles seen": tiles,
        "parameters, M": sum(parameter.numel() for parameter in loaded.network.parameters()) / 1e6,
        "GFLOP": gflop,
        "tiles x GFLOP a CPU second": tiles * gflop / training_s,
        "s per digit": sampling[OUR_EVALUATIONS],
        "s per digit, 2 calls": sampling[2],
        "peak, MB": peak_mb(),
    }


def rival(
    digits: Digits, setting: str, length: Length, count: int, threads: int, evaluations: int = RIVAL_EVALUATIONS
) -> tuple[Digits, Figures]:
    """Digits of the rival at one of its settings, and what they took."""
    if not (RIVAL / "denoising_diffusion_pytorch").is_dir():
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(RIVAL)]
        subprocess.run([*install, *RIVAL_PACKAGES], check=True)
    with tempfile.TemporaryDirectory() as folder:
        np.save(f"{folder}/digits.npy", digits)
        arguments = {
            "package": RIVAL,
            "setting": setting,
            "digits": f"{folder}/digits.npy",
            **{name: value for name, value in vars(length).items() if value is not None},
            "count": count,
            "batch": SAMPLING_BATCH,
            "evaluations": evaluations,
            "output": f"{folder}/made.npz",
        }
        script = Path(__file__).with_name("rival_digits.py")
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
                "s per digit": float(made["s_per_digit"]),
                "peak, MB": float(made["peak_mb"]),
            }


def save_sheet(samples: Digits, path: Path) -> None:
    """The first 100 digits as a picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    valid, limits = np.ones(samples.shape[1:], bool), np.array([[0.0, 255.0]])
    painted = [paint_bands(digit[None].astype(np.float32), valid, limits=limits) for digit in samples[:100]]
    path.write_bytes(to_png(contact_sheet(painted)))


def print_table(table: dict[str, Figures]) -> None:
    """The figures as Markdown, then ours over those of the rival's best setting by FD."""
    names = list(dict.fromkeys(name for figures in table.values() for name in figures))
    print("\n| |", " | ".join(names), "|")
    print("|---|" + "---:|" * len(names))
    for row, figures in table.items():
        print(f"| {row} |", " | ".join(f"{figures[name]:.3g}" if name in figures else "" for name in names), "|")
    rivals = {row: figures for row, figures in table.items() if row.startswith("rival")}
    if rivals and "qgis_ddpm" in table:
        best = min(rivals, key=lambda row: rivals[row]["FD"])
        compared = ("FD", "KID", "tiles x GFLOP a CPU second", "s per digit", "peak, MB")
        ratios = {name: table["qgis_ddpm"][name] / rivals[best][name] for name in compared}
        print(f"\nqgis_ddpm over {best}:", ", ".join(f"{name} {value:.3g}" for name, value in ratios.items()))


def _result(job: Job) -> dict[str, Any]:
    *_, last = run(job)
    assert isinstance(last, Result)
    return last.outputs


if __name__ == "__main__":
    main()
