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

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.digit_classifier import HELD_OUT, DigitClassifier, judge, load_classifier, open_digits
from benchmarks.first_digits import write_digits
from benchmarks.rival import Comparison, Figures, comparison_parser, print_table
from benchmarks.rival_training import Length
from qgis_ddpm.core.quality.memorisation import copied, find_nearest, memorisation

ROOT = Path(__file__).resolve().parent.parent
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

    folder = write_digits(digits[TRAINING], ROOT / "build" / "data" / f"first-{TRAINING.stop}")
    fields = {"folder": str(folder), "preset": "digits"}
    whole = Length(given.minutes, given.cpu_seconds)
    compared = Comparison(
        given, digits[TRAINING][:, None], whole, lambda samples: yardstick.measure(samples[:, 0]), SAMPLING_BATCH
    )
    table |= compared.rows(fields)
    print_table(table)


if __name__ == "__main__":
    main()
