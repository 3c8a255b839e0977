"""Few digits: 500 training digits and some minutes, for this package and for denoising-diffusion-pytorch 2.3.4.

    OMP_NUM_THREADS=1 python -m benchmarks.few_digits --data ../shared/data --cpu-seconds 1200 --pilot-seconds 120

Both see the first 500 MNIST training digits for the same seconds of processor time (or, with --minutes, of the clock),
with the same threads, one after the other; this package by its job trainmodel with the preset digits, the rival at its
default and four other settings. With --pilot-seconds each of those gets a short run, and the best by KID the whole
time. Then each makes digits, this package with 20 evaluations and the rival with 50. A classifier that no model has
seen compares them with 10,000 held-out digits (benchmarks/digit_classifier.py); memorisation is measured as
`assesstiles` does. Each runs in a process of its own, whose peak of memory is told. The rival is installed into
build/rival, apart from the environment.
"""

import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.digit_classifier import HELD_OUT, DigitClassifier, judge, load_classifier, open_digits
from benchmarks.rival import (
    OUR_EVALUATIONS,
    PILOT_COUNT,
    PILOT_EVALUATIONS,
    Figures,
    apart,
    best_setting,
    comparison_parser,
    print_table,
    read_tiles,
    result_of,
    rival,
    say,
)
from benchmarks.rival_training import Length, peak_mb
from qgis_ddpm.core.memorisation import copied, find_nearest, memorisation
from qgis_ddpm.core.model import load_model
from qgis_ddpm.core.pictures import contact_sheet, paint_bands, to_png
from qgis_ddpm.jobs import SampleTiles, TrainModel

TRAINING = slice(0, 500)
UNSEEN = slice(5_000, 5_500)
# Both sample so many digits at once.
SAMPLING_BATCH = 100

Digits = NDArray[np.uint8]


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
    parser = comparison_parser(__doc__)
    either = parser.add_mutually_exclusive_group(required=True)
    either.add_argument("--minutes", type=float, help="minutes by the clock for each training")
    either.add_argument("--cpu-seconds", type=float, help="seconds of processor time for each training")
    parser.add_argument("--count", type=int, default=500, help="digits that each makes")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    digits, _ = open_digits(given.data)
    yardstick = Yardstick(load_classifier(given.data), digits)
    real = {"the 500 training digits": digits[TRAINING], "500 unseen digits": digits[UNSEEN]}
    table = {name: yardstick.measure(samples) for name, samples in real.items()}

    def measure(name: str, made: tuple[Digits, Figures]) -> Figures:
        samples, cost = made
        figures = {**yardstick.measure(samples), **cost}
        say(name, figures)
        if given.pictures:
            save_sheet(samples, given.pictures / f"{name.replace(',', '').replace(' ', '_')}.png")
        return figures

    def theirs(setting: str, length: Length, count: int, *rest: int) -> tuple[Digits, Figures]:
        samples, cost = rival(digits[TRAINING][:, None], setting, length, count, SAMPLING_BATCH, *rest)
        return samples[:, 0], cost

    whole = Length(given.minutes, given.cpu_seconds)
    overrides = dict(text.split("=", 1) for text in given.override)
    if not given.rival_alone:
        table["qgis_ddpm"] = measure("qgis_ddpm", apart(partial(ours, given.data, whole, given.count, overrides)))
    settings = list(given.rival)
    if given.pilot_seconds and settings:
        length = Length(None, given.pilot_seconds)

        def pilot(setting: str) -> Figures:
            made = theirs(setting, length, PILOT_COUNT, given.threads, PILOT_EVALUATIONS)
            return measure(f"rival, {setting}, pilot", made)

        settings = [best_setting(pilot, settings)]
    for setting in settings:
        name = f"rival, {setting}"
        table[name] = measure(name, theirs(setting, whole, given.count, given.threads))
    print_table(table)


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
        result_of(TrainModel.from_values(fields))
        training_s = process_time() - started
        loaded = load_model(model)
        tiles = loaded.card.training["tiles_seen"]
        sampling = {}
        for steps in (2, OUR_EVALUATIONS):
            job = SampleTiles(model=model, count=count, steps=steps, batch_size=SAMPLING_BATCH, output=output)
            sampling[steps] = result_of(job)["SECONDS_PER_TILE"]
        samples = read_tiles(output, loaded.card.tile_px, count)[:, 0]
    gflop = loaded.flops() / 1e9
    return samples, {
        "tiles seen": tiles,
        "parameters, M": sum(parameter.numel() for parameter in loaded.network.parameters()) / 1e6,
        "GFLOP": gflop,
        "tiles x GFLOP a CPU second": tiles * gflop / training_s,
        "s a tile": sampling[OUR_EVALUATIONS],
        "s a tile, 2 calls": sampling[2],
        "peak, MB": peak_mb(),
    }


def save_sheet(samples: Digits, path: Path) -> None:
    """The first 100 digits as a picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    valid, limits = np.ones(samples.shape[1:], bool), np.array([[0.0, 255.0]])
    painted = [paint_bands(digit[None].astype(np.float32), valid, limits=limits) for digit in samples[:100]]
    path.write_bytes(to_png(contact_sheet(painted)))


if __name__ == "__main__":
    main()
