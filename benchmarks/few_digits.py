"""Few digits: 500 training digits and some minutes, for this package and for denoising-diffusion-pytorch 2.3.4.

    python -m benchmarks.few_digits --data ../shared/data --minutes 10

Both see the first 500 MNIST training digits, for the same minutes, with the same threads, one after the other; this
package by its job trainmodel with the preset digits, the rival at its default and four other settings. Then each makes
digits, this package with 20 evaluations and the rival with 50. A classifier that no model has seen compares them with
10,000 held-out digits (benchmarks/digit_classifier.py); memorisation is measured as `assesstiles` does. The rival is
installed into build/rival, apart from the environment.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import torch
from numpy.typing import NDArray

from benchmarks.digit_classifier import HELD_OUT, DigitClassifier, judge, load_classifier, open_digits
from benchmarks.rival_digits import SETTINGS
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
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--count", type=int, default=500, help="digits that each makes")
    parser.add_argument("--rival", nargs="*", choices=SETTINGS, default=list(SETTINGS), help="settings of the rival")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--pictures", type=Path, help="folder for a picture of each one's digits")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    digits, _ = open_digits(given.data)
    yardstick = Yardstick(load_classifier(given.data), digits)
    real = {"the 500 training digits": digits[TRAINING], "500 unseen digits": digits[UNSEEN]}
    table = {name: yardstick.measure(samples) for name, samples in real.items()}
    runs = {"qgis_ddpm": partial(ours, given.data, given.minutes, given.count)}
    for setting in given.rival:
        runs[f"rival, {setting}"] = partial(rival, digits[TRAINING], setting, given.minutes, given.count, given.threads)
    for name, make in runs.items():
        samples, cost = make()
        table[name] = {**yardstick.measure(samples), **cost}
        # A run is long: what is known already is not to be lost with it.
        print(name, {figure: float(f"{value:.4g}") for figure, value in table[name].items()}, flush=True)
        if given.pictures:
            save_sheet(samples, given.pictures / f"{name.replace(',', '').replace(' ', '_')}.png")
    print_table(table)


def ours(data: Path, minutes: float, count: int) -> tuple[Digits, Figures]:
    """Digits of the preset, and what they took."""
    with tempfile.TemporaryDirectory() as folder:
        model, output = f"{folder}/digits.safetensors", f"{folder}/digits.tif"
        training = _result(
            TrainModel(
                folder=str(data / "mnist"),
                max_images=TRAINING.stop,
                preset="digits",
                minutes=minutes,
                validation_share=0.0,
                model=model,
            )
        )
        sampling = _result(SampleTiles(model=model, count=count, steps=OUR_EVALUATIONS, output=output))
        with rasterio.open(output) as file:
            mosaic = file.read(1)
        parameters = sum(parameter.numel() for parameter in load_model(model).network.parameters())
    columns = mosaic.shape[1] // 28
    samples = mosaic.reshape(-1, 28, columns, 28).swapaxes(1, 2).reshape(-1, 28, 28)[:count]
    return samples, {
        "tiles seen": training["TILES_SEEN"],
        "s per digit": sampling["SECONDS_PER_TILE"],
        "parameters, M": parameters / 1e6,
    }


def rival(digits: Digits, setting: str, minutes: float, count: int, threads: int) -> tuple[Digits, Figures]:
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
            "minutes": minutes,
            "count": count,
            "evaluations": RIVAL_EVALUATIONS,
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
            return made["samples"], {
                "tiles seen": float(made["tiles"]),
                "s per digit": float(made["s_per_digit"]),
                "parameters, M": float(made["parameters"]) / 1e6,
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
    if rivals:
        best = min(rivals, key=lambda row: rivals[row]["FD"])
        ratios = {name: table["qgis_ddpm"][name] / rivals[best][name] for name in ("FD", "KID", "s per digit")}
        print(f"\nqgis_ddpm over {best}:", ", ".join(f"{name} {value:.3g}" for name, value in ratios.items()))


def _result(job: Job) -> dict[str, Any]:
    *_, last = run(job)
    assert isinstance(last, Result)
    return last.outputs


if __name__ == "__main__":
    main()
