"""Models that do as they are told: how often what was asked for is found again in what was made.

    OMP_NUM_THREADS=1 python -m benchmarks.conditions digits --data ../shared/data --tiles 24000 --out build/conditions
    OMP_NUM_THREADS=1 python -m benchmarks.conditions cover --preset tiny --tiles 4000 --out build/conditions
    OMP_NUM_THREADS=1 python -m benchmarks.conditions finer --data ../shared/data --tiles 3500 --out build/conditions

digits: 500 training digits of each class as CONDITION folders; then some of each by LABEL, which a classifier reads
that saw neither them nor those 5,000. cover: maps and imagery of made scenes, whose maps are exact; then imagery of a
map of another scene, seamless, in which a classifier of pixels, trained on the imagery of the first, finds the map
again; beside it what it finds in that scene's true imagery. finer: NAIP of 5 m from means of 2 x 2 of its pixels,
trained on the western part of three dates, drawn for the eastern part of one; PSNR beside that of bicubic enlargement,
in counts of 0 to 255, and how far means of what was drawn are from the coarse raster. A model that is there is used.
"""

import argparse
from pathlib import Path
from time import process_time

import numpy as np
import rasterio
import torch
from affine import Affine
from numpy.typing import NDArray
from PIL import Image
from torch import nn

from benchmarks.digit_classifier import as_input, load_classifier, open_digits
from benchmarks.job_results import read_tiles, result_of
from qgis_ddpm.jobs import SampleTiles, TrainModel
from tools.scene import make_scene
from tools.scene.landscape import Land, make_landscape

EACH = 500
SCENE_PX, TRAINED_ON, DRAWN_FOR = 384, (31, 32, 33, 34), 41
WEST_PX, EAST_FROM_PX = 560, 640
COLOURS = [(222, 196, 120), (40, 98, 52), (52, 96, 168), (236, 226, 190), (196, 60, 60), (170, 140, 90), (110,) * 3]
Numbers = NDArray[np.generic]


def main() -> None:
    """Train where there is no model yet, draw, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("digits", "cover", "finer"))
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--tiles", type=int, required=True, help="length of the training")
    parser.add_argument("--preset", help="of the training; default: digits, small, small")
    parser.add_argument("--scales", type=float, nargs="+", default=[1.0, 1.5, 2.0], help="GUIDANCE_SCALE")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    {"digits": digits, "cover": cover, "finer": finer}[given.what](given)


def train(given: argparse.Namespace, preset: str, **fields: object) -> str:
    """The path of the model of a job, which is run where there is none yet."""
    path = given.out / f"{given.what}.safetensors"
    if not path.is_file():
        started = process_time()
        more = {"preset": given.preset or preset, "tiles": given.tiles, "device": "cpu"}
        result_of(TrainModel.from_values({**fields, **more, "model": str(path), "report": str(path) + ".html"}))
        print(f"trained in {process_time() - started:.0f} s of processor time")
    return str(path)


def draw(given: argparse.Namespace, name: str, **fields: object) -> tuple[Numbers, dict[str, object]]:
    """The pixels of a sampling and its outputs."""
    path = str(given.out / f"{given.what}-{name}.tif")
    outputs = result_of(SampleTiles.from_values({"device": "cpu", **fields, "output": path}))
    with rasterio.open(path) as file:
        return file.read(), outputs


def digits(given: argparse.Namespace) -> None:
    """The share of digits that are read as their label."""
    images, labels = open_digits(given.data)
    folder = given.out / "digits"
    for label in range(10):
        (folder / str(label)).mkdir(parents=True, exist_ok=True)
        for number in np.flatnonzero(labels[:10_000] == label)[:EACH]:
            Image.fromarray(images[number]).save(folder / str(label) / f"{number:05d}.png")
    model = train(given, "digits", folder=str(folder), condition=["folders"], augment="none")
    classifier = load_classifier(given.data)
    unseen = classifier(as_input(images[50_000:])).argmax(dim=1).numpy() == labels[50_000:]
    print(f"unseen real digits read right: {unseen.mean():.4f}\n| GUIDANCE_SCALE | read right | worst class |")
    print("|---:|---:|---:|")
    for scale in given.scales:
        fields = {"guidance_scale": scale, "label": "all", "count": 500}
        draw(given, f"{scale:g}", model=model, **fields)
        side = 28
        tiles = read_tiles(str(given.out / f"digits-{scale:g}.tif"), side, 500)[:, 0]
        with torch.inference_mode():
            read = classifier(as_input(tiles)).argmax(dim=1).numpy()
        right = read == np.arange(500) % 10
        worst = min(right[label::10].mean() for label in range(10))
        print(f"| {scale:g} | {right.mean():.3f} | {worst:.2f} |", flush=True)
        picture = tiles[:200].reshape(10, 20, side, side).swapaxes(1, 2).reshape(10 * side, 20 * side)
        Image.fromarray(picture.astype(np.uint8)).resize((1120, 560)).save(given.out / f"digits-{scale:g}.png")


def cover(given: argparse.Namespace) -> None:
    """The share of pixels whose class is found again in imagery made for a map, and in the scene's own."""
    scenes = {seed: scene_with_map(given.out / f"scene-{seed}", seed) for seed in (*TRAINED_ON, DRAWN_FOR)}
    inputs, maps = ([str(scenes[seed][part]) for seed in TRAINED_ON] for part in (0, 1))
    model = train(given, "small", input=inputs, condition=maps)
    # Blue, green and red: GDAL takes a fourth band of bytes for opacity.
    judge = PixelClassifier([read(path)[:3] for path in inputs], [read(path)[0] for path in maps])
    (imagery, drawn_for), asked = scenes[DRAWN_FOR], read(scenes[DRAWN_FOR][1])[0]
    real = read(imagery)[:3]
    base = judge.agreement(real, asked)
    print(f"true imagery: {base:.3f} of pixels, by the commonest class alone {commonest(asked):.3f}")
    print("| GUIDANCE_SCALE | found again | share of that in true imagery |\n|---:|---:|---:|")
    pictures = [paint(real[::-1]), coloured(asked)]
    for scale in given.scales:
        fields = {"guidance_scale": scale, "condition": str(drawn_for), "layout": "seamless"}
        drawn, _ = draw(given, f"{scale:g}", model=model, **fields)
        found = judge.agreement(drawn, asked)
        print(f"| {scale:g} | {found:.3f} | {found / base:.2f} |", flush=True)
        pictures.append(paint(drawn[::-1], real[::-1]))
    Image.fromarray(np.concatenate(pictures, axis=1)).save(given.out / "cover.png")


def finer(given: argparse.Namespace) -> None:
    """PSNR of finer imagery beside bicubic enlargement, and its difference from the coarse raster."""
    dates = sorted((given.data / "geo" / "naip").glob("*.tif"))
    fine, coarse = [], []
    for date in dates:
        with rasterio.open(date) as file:
            pixels, profile = file.read()[:3], {"crs": file.crs, "transform": file.transform}
        for name, columns in (("west", slice(0, WEST_PX)), ("east", slice(EAST_FROM_PX, EAST_FROM_PX + 256))):
            part = pixels[:, 0:640, columns]
            place = profile["transform"] * Affine.translation(columns.start, 0)
            means = part.reshape(3, 320, 2, -1, 2).mean(axis=(2, 4))
            paths = [given.out / f"{date.stem}-{name}-{size}.tif" for size in ("fine", "coarse")]
            write(paths[0], part, profile["crs"], place)
            write(paths[1], np.rint(means).astype(np.uint8), profile["crs"], place * Affine.scale(2))
            if name == "west":
                fine.append(str(paths[0]))
                coarse.append(str(paths[1]))
    # What is drawn is always asked for, and decided where noise is strong.
    more = {"condition_dropout": 0.0, "log_sigma_shift": 1.5}
    model = train(given, "small", input=fine, condition=coarse, **more)
    true, asked = read(paths[0]).astype(float), read(paths[1])
    size = (true.shape[2], true.shape[1])
    cubic = np.stack([np.asarray(Image.fromarray(band).resize(size, Image.Resampling.BICUBIC)) for band in asked])
    print(f"bicubic: PSNR {psnr(cubic, true):.2f} dB, {off(cubic, asked):.2f} from the coarse raster")
    print("| STEPS | PSNR, dB | over bicubic | from the coarse raster |\n|---:|---:|---:|---:|")
    pictures = [paint(cubic, true)]
    for steps in (1, 2, 5, 20):
        fields = {"condition": str(paths[1]), "layout": "seamless", "steps": steps}
        drawn, outputs = draw(given, str(steps), model=model, **fields)
        gain = psnr(drawn, true) - psnr(cubic, true)
        difference = outputs["CONDITION_DIFFERENCE"]
        print(f"| {steps} | {psnr(drawn, true):.2f} | {gain:+.2f} | {difference:.2f} |", flush=True)
        pictures.append(paint(drawn, true))
    Image.fromarray(np.concatenate([*pictures, paint(true)], axis=1)[:320]).save(given.out / "finer.png")


class PixelClassifier:
    """A small network of 3 x 3 convolutions, trained on imagery and the maps of it."""

    def __init__(self, imagery: list[Numbers], maps: list[Numbers]) -> None:
        pixels = np.concatenate([each.reshape(len(each), -1) for each in imagery], axis=1).astype(np.float64)
        self._mean, self._std = pixels.mean(axis=1)[:, None, None], pixels.std(axis=1)[:, None, None]
        widths = [len(imagery[0]), 32, 32, 32]
        layers = [
            layer
            for i in range(3)
            for layer in (nn.Conv2d(widths[i], widths[i + 1], 3, padding=2**i, dilation=2**i), nn.ReLU())
        ]
        torch.manual_seed(0)
        self._network = nn.Sequential(*layers, nn.Conv2d(32, len(Land), 1))
        optimizer = torch.optim.Adam(self._network.parameters(), 3e-3)
        rng = np.random.default_rng(0)
        for _ in range(400):
            places = [(int(rng.integers(len(maps))), *rng.integers(0, SCENE_PX - 64, 2)) for _ in range(8)]
            x = torch.cat([self._input(imagery[n][:, row : row + 64, col : col + 64]) for n, row, col in places])
            y = torch.stack(
                [torch.from_numpy(maps[n][row : row + 64, col : col + 64].astype(np.int64)) for n, row, col in places]
            )
            loss = nn.functional.cross_entropy(self._network(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

    def agreement(self, pixels: Numbers, classes: Numbers) -> float:
        """The share of pixels of which the network says their class."""
        with torch.inference_mode():
            found = self._network(self._input(pixels))[0].argmax(dim=0).numpy()
        return float(np.mean(found == classes))

    def _input(self, pixels: Numbers) -> torch.Tensor:
        return torch.from_numpy(((pixels - self._mean) / self._std).astype(np.float32))[None]


def scene_with_map(folder: Path, seed: int) -> tuple[Path, Path]:
    """A made scene's first date, and the map of what covers the ground then."""
    scene = make_scene(folder, SCENE_PX, seed, "uint8")
    with rasterio.open(scene.before) as file:
        place = file.crs, file.transform
    write(folder / "map.tif", make_landscape(SCENE_PX, seed).before[None].astype(np.uint8), *place)
    return scene.before, folder / "map.tif"


def write(path: Path, pixels: Numbers, crs: object, transform: Affine) -> None:
    """A raster of bytes."""
    profile = {"count": len(pixels), "height": pixels.shape[1], "width": pixels.shape[2], "dtype": "uint8"}
    with rasterio.open(path, "w", driver="GTiff", crs=crs, transform=transform, **profile) as file:
        file.write(pixels)


def read(path: Path | str) -> Numbers:
    """All bands of a raster."""
    with rasterio.open(path) as file:
        return file.read()


def psnr(pixels: Numbers, true: Numbers) -> float:
    """Peak signal to noise ratio in dB, of counts of 0 to 255."""
    return float(10 * np.log10(255**2 / np.mean((pixels.astype(float) - true) ** 2)))


def off(pixels: Numbers, coarse: Numbers) -> float:
    """The mean difference of means over 2 x 2 pixels from a coarse raster."""
    means = pixels.astype(float).reshape(len(pixels), coarse.shape[1], 2, coarse.shape[2], 2).mean(axis=(2, 4))
    return float(np.abs(means - coarse).mean())


def commonest(classes: Numbers) -> float:
    """The share of the commonest class."""
    return float(np.unique(classes, return_counts=True)[1].max() / classes.size)


def paint(pixels: Numbers, like: Numbers | None = None) -> NDArray[np.uint8]:
    """Three bands as colours, stretched as those of another raster are."""
    low, high = np.percentile(pixels if like is None else like, (1, 99), axis=(1, 2))
    bands = (pixels - low[:, None, None]) / (high - low)[:, None, None]
    return (255 * np.clip(bands, 0, 1)).astype(np.uint8).transpose(1, 2, 0)


def coloured(classes: Numbers) -> NDArray[np.uint8]:
    """A map of classes in colours."""
    return np.array([*COLOURS, (40, 40, 40)], np.uint8)[classes]


if __name__ == "__main__":
    main()
