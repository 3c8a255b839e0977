"""Few scenes: 1,000 aerial tiles of 64 px and some minutes, for this package and for denoising-diffusion-pytorch 2.3.4.

    OMP_NUM_THREADS=1 python -m benchmarks.few_scenes --data ../shared/data --cpu-seconds 1440 --pilot-seconds 60

Both see the middles of the first 34 or 33 scenes of each class of AID for the same seconds of processor time, with the
same threads, one after the other; the rival at its default and four other settings, of which short pilot runs choose
the best by KID. Then each makes tiles, this package with 20 evaluations and the rival with 50. `assesstiles` holds them
against the middles of the scenes that follow, which none has seen; Gaussian noise of the training tiles' mean and
covariance, all of it, is held against them too. Each runs in a process of its own, whose peak of memory is told.
"""

import tempfile
from pathlib import Path

import numpy as np
import rasterio
import torch
from PIL import Image

from benchmarks.job_results import result_of
from benchmarks.rival import Comparison, Figures, Images, comparison_parser, print_table
from benchmarks.rival_training import Length
from qgis_ddpm.core.gdal.opening import without_georeference
from qgis_ddpm.jobs import AssessTiles

TRAINING_COUNT, TILE_PX = 1000, 64
HELD_OUT_OF_A_CLASS = 40
MEASURES = ("FD", "KID", "STRUCTURE", "RECALL", "PRECISION", "COVERAGE", "SPECTRUM_DISTANCE", "MEMORISATION")
SAMPLING_BATCH = 32
# Fewer than of digits: a tile takes the rival's default network five times as long.
PILOT_COUNT = 24


def main() -> None:
    """Run both and print the table."""
    parser = comparison_parser(__doc__)
    parser.add_argument("--cpu-seconds", type=float, default=1440, help="seconds of processor time for each training")
    parser.add_argument("--count", type=int, default=200, help="tiles that each makes")
    parser.add_argument("--preset", default="small")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        training, held_out = read_scenes(given.data / "aid150")
        save_images(training, folder / "training")
        save_images(held_out, folder / "held_out")

        length = Length(None, given.cpu_seconds)
        compared = Comparison(
            given, training, length, lambda tiles: assessed(tiles, folder), SAMPLING_BATCH, PILOT_COUNT
        )
        table = {
            "Gaussian noise": compared.told("Gaussian noise", (gaussian(training, given.count), {})),
            "unseen real tiles": floor(training, folder, given.count),
            **compared.rows({"folder": str(folder / "training"), "preset": given.preset}),
        }
        print_table(table)


def read_scenes(folder: Path) -> tuple[Images, Images]:
    """Training tiles and held-out tiles [N, 3, 64, 64], as many of each class as it goes."""
    training, held_out = [], []
    classes = sorted(path for path in folder.iterdir() if path.is_dir())
    for number, each in enumerate(classes):
        count = TRAINING_COUNT // len(classes) + (number < TRAINING_COUNT % len(classes))
        scenes = [middle(path) for path in sorted(each.iterdir())]
        training += scenes[:count]
        held_out += scenes[count : count + HELD_OUT_OF_A_CLASS]
    return np.stack(training), np.stack(held_out)


def middle(path: Path) -> Images:
    """The middle [3, 64, 64] of a scene."""
    with without_georeference(), rasterio.open(path) as file:
        top, left = (file.height - TILE_PX) // 2, (file.width - TILE_PX) // 2
        pixels: Images = file.read((1, 2, 3))
    return pixels[:, top : top + TILE_PX, left : left + TILE_PX]


def save_images(images: Images, folder: Path) -> None:
    """Images [N, 3, n, m] as PNG files."""
    folder.mkdir()
    for number, image in enumerate(images):
        Image.fromarray(np.ascontiguousarray(image.transpose(1, 2, 0))).save(folder / f"{number:04}.png")


def gaussian(images: Images, count: int) -> Images:
    """Noise with the mean and the whole covariance of images: sums of their deviations, normally weighted."""
    flat = images.reshape(len(images), -1).astype(np.float32)
    mean = flat.mean(axis=0)
    weights = np.random.default_rng(0).standard_normal((count, len(images)), dtype=np.float32)
    made = mean + weights @ (flat - mean) / np.sqrt(len(images) - 1)
    return np.clip(np.rint(made), 0, 255).astype(np.uint8).reshape(count, *images.shape[1:])


def assessed(samples: Images, folder: Path) -> Figures:
    """What `assesstiles` says of tiles."""
    outputs = _assess(samples, folder)
    return {name: outputs[name] for name in MEASURES}


def floor(images: Images, folder: Path, count: int) -> Figures:
    """What it says of real tiles."""
    outputs = _assess(images[:count], folder)
    return {name: outputs[f"{name}_FLOOR"] for name in MEASURES}


def _assess(samples: Images, folder: Path) -> Figures:
    with tempfile.TemporaryDirectory() as name:
        save_images(samples, Path(name) / "tiles")
        return result_of(
            AssessTiles(
                tiles_folder=f"{name}/tiles",
                reference_folder=str(folder / "held_out"),
                training_folder=str(folder / "training"),
                tile_px=TILE_PX,
                max_tiles=len(samples),
            )
        )


if __name__ == "__main__":
    main()
