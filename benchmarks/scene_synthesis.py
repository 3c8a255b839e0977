"""New ground from given scenes, without training: how much it is like them, and how much of it is copied.

    OMP_NUM_THREADS=1 python -m benchmarks.scene_synthesis --data ../shared/data --side 512 --seeds 0 1 2 --pictures out

`sampletiles` with SOURCE draws one seamless area of each scene and seed. Then the deviations of its bands, as shares of
the scene's; FD, RECALL and SPECTRUM_DISTANCE of `assesstiles` against the scene, each beside its floor; the largest
piece; and twins: for every square of 64 px, 32 px apart, the root mean square difference from the most similar place of
the scene, in the scene's deviations, likewise of 128 px at a quarter of the resolution. Beside them stands the same of
squares of the real scene, from all places that do not overlap them: what is alike by nature.
"""

import argparse
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
import rasterio
import scipy.fft
from affine import Affine
from numpy.typing import NDArray

from benchmarks.job_results import result_of
from qgis_ddpm.core.outputs.pictures import choose_rgb, contact_sheet, paint_bands, to_png
from qgis_ddpm.jobs import AssessTiles, SampleTiles
from tools.scene import make_scene

SCENES = ("demo", "pucallpa", "naip", "sentinel2")
SQUARE_PX, LAYOUT_PX, LAYOUT_SCALE = 64, 32, 4
NEAR, LAYOUT_NEAR = 0.3, 0.4
Floats = NDArray[np.float64]


def main() -> None:
    """Print a row of figures for each scene and seed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--scenes", nargs="+", default=SCENES, choices=SCENES)
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2])
    parser.add_argument("--side", type=int, default=512, help="of the area, in px")
    parser.add_argument("--copy-limit", type=int, default=SampleTiles.option("copy_limit").default)
    parser.add_argument("--pictures", type=Path, help="folder for a picture of each result beside its scene")
    parser.add_argument("--no-figures", action="store_true", help="leave assesstiles out")
    given = parser.parse_args()
    print(
        "| scene, seed | s | deviation | FD / floor | RECALL / floor | spectrum / floor, dB | largest piece | twins |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for scene in given.scenes:
            sources = scene_files(scene, given.data, folder)
            control = by_nature(*read(sources[0]))
            for seed in given.seeds:
                print(row(scene, sources, seed, control, given, folder), flush=True)


def scene_files(name: str, data: Path, folder: Path) -> tuple[str, ...]:
    """The rasters of a scene; several are dates of one place."""
    if name == "demo":
        (folder / "demo").mkdir()
        return (str(make_scene(folder / "demo").before),)
    if name == "pucallpa":
        return (str(data / "geo/landsat_pucallpa/2000.tif"),)
    if name == "naip":
        return (str(data / "geo/naip/m_4709963_se_14_1_20150926.tif"),)
    scenes = np.load(data / "geo/s2_13band_eolearn/REFERENCE_SCENES.npy").transpose(0, 3, 1, 2).astype(np.float32)
    paths = []
    for number, pixels in enumerate(scenes):
        paths.append(str(folder / f"sentinel2_{number}.tif"))
        profile = {"count": len(pixels), "dtype": "float32", "height": pixels.shape[1], "width": pixels.shape[2]}
        place = Affine(10, 0, 500000, 0, -10, 5000000)
        with rasterio.open(paths[-1], "w", "GTiff", transform=place, crs="EPSG:32633", **profile) as file:
            file.write(pixels)
    return tuple(paths)


def read(path: str) -> tuple[Floats, NDArray[np.bool_]]:
    """Pixels [C, H, W] and where they are valid."""
    with rasterio.open(path) as file:
        return file.read().astype(np.float64), file.dataset_mask() > 0


def row(scene: str, sources: tuple[str, ...], seed: int, control: str, given: argparse.Namespace, folder: Path) -> str:
    """One line of the table."""
    side, output = given.side, folder / f"made_{scene}_{seed}.tif"
    with rasterio.open(sources[0]) as file:
        transform = file.transform
    (left, top), (right, bottom) = transform @ (0, 0), transform @ (side, side)
    job = SampleTiles(
        source=sources,
        layout="seamless",
        extent=f"{left!r},{right!r},{bottom!r},{top!r}",
        seed=seed,
        copy_limit=given.copy_limit,
        output=str(output),
        device="cpu",
    )
    started = perf_counter()
    drawn = result_of(job)
    seconds = perf_counter() - started
    real = [read(path) for path in sources]
    pixels, _ = read(str(output))
    flat = np.concatenate([values[:, valid] for values, valid in real], axis=1)
    mean, deviation = flat.mean(axis=1), flat.std(axis=1)
    ratios = pixels.std(axis=(1, 2)) / deviation
    figures = " | | |" if given.no_figures else assessed(str(output), sources, seed)
    standard = [((values - mean[:, None, None]) / deviation[:, None, None], valid) for values, valid in real]
    made = (pixels - mean[:, None, None]) / deviation[:, None, None]
    found = told(nearest(made, standard, SQUARE_PX, SQUARE_PX // 2), NEAR)
    if min(real[0][1].shape) >= LAYOUT_SCALE * LAYOUT_PX:
        coarse = [(shrunk(values), shrunk(valid[None].astype(float))[0] > 0.99) for values, valid in standard]
        found += ", " + told(nearest(shrunk(made), coarse, LAYOUT_PX, LAYOUT_PX // 4), LAYOUT_NEAR)
    if given.pictures:
        given.pictures.mkdir(exist_ok=True)
        # Of several dates the darkest has the fewest clouds.
        clear = min(range(len(real)), key=lambda number: real[number][0][:, real[number][1]].mean())
        picture(given.pictures / f"{scene}_{seed}.png", real[clear], pixels, sources[clear], side)
    return (
        f"| {scene}, {seed} | {seconds:.1f} | {ratios.min():.2f} to {ratios.max():.2f} | {figures} "
        f"{drawn['LARGEST_PIECE']} px | {found} (real: {control}) |"
    )


def assessed(tiles: str, sources: tuple[str, ...], seed: int) -> str:
    """Three cells of the table: figures beside their floors."""
    found = result_of(AssessTiles(tiles=tiles, reference=sources, seed=seed, tile_px=32, device="cpu"))
    names = ("FD", "RECALL", "SPECTRUM_DISTANCE")
    return " | ".join(f"{found[name]:.2f} / {found[f'{name}_FLOOR']:.2f}" for name in names) + " |"


def by_nature(pixels: Floats, valid: NDArray[np.bool_]) -> str:
    """How near squares of a real scene are to places that do not overlap them."""
    mean, deviation = pixels[:, valid].mean(axis=1), pixels[:, valid].std(axis=1)
    standard = (pixels - mean[:, None, None]) / deviation[:, None, None]
    if min(valid.shape) < 2 * SQUARE_PX:
        return "too small"
    found = told(nearest(standard, [(standard, valid)], SQUARE_PX, SQUARE_PX, apart=True), NEAR)
    coarse, whole = shrunk(standard), shrunk(valid[None].astype(float))[0] > 0.99
    return f"{found}, {told(nearest(coarse, [(coarse, whole)], LAYOUT_PX, LAYOUT_PX // 2, apart=True), LAYOUT_NEAR)}"


def told(distances: list[float], near: float) -> str:
    """The smallest distance, and how many are near."""
    return f"{min(distances):.2f} ({np.mean(np.array(distances) < near):.0%} < {near})"


def nearest(
    made: Floats, real: list[tuple[Floats, NDArray[np.bool_]]], side: int, step: int, apart: bool = False
) -> list[float]:
    """Of squares of a made area: the smallest root mean square difference from any place of real ones.

    apart: the area is the real one, and places that overlap a square do not count.
    """
    best: list[float] = []
    for scene, valid in real:
        scene = np.where(valid, scene, 0)
        shape = [scipy.fft.next_fast_len(size + side, real=True) for size in valid.shape]
        spectrum = scipy.fft.rfft2(scene, shape, axes=(1, 2))
        energy, whole = _sums((scene**2).sum(axis=0), side), _sums(valid.astype(float), side) > side**2 - 0.5
        found = []
        for top in range(0, made.shape[1] - side + 1, step):
            for left in range(0, made.shape[2] - side + 1, step):
                square = made[:, top : top + side, left : left + side]
                product = (spectrum * scipy.fft.rfft2(square, shape, axes=(1, 2)).conj()).sum(axis=0)
                cross = scipy.fft.irfft2(product, shape)[: energy.shape[0], : energy.shape[1]]
                squares = np.where(whole, energy - 2 * cross + (square**2).sum(), np.inf)
                if apart:
                    squares[max(top - side + 1, 0) : top + side, max(left - side + 1, 0) : left + side] = np.inf
                found.append(float(np.sqrt(max(squares.min(), 0) / square.size)))
        best = found if not best else [min(pair) for pair in zip(best, found, strict=True)]
    return best


def shrunk(values: Floats) -> Floats:
    """Means of squares of four pixels a side."""
    height, width = (size // LAYOUT_SCALE for size in values.shape[1:])
    cut = values[:, : height * LAYOUT_SCALE, : width * LAYOUT_SCALE]
    means: Floats = cut.reshape(len(values), height, LAYOUT_SCALE, width, LAYOUT_SCALE).mean(axis=(2, 4))
    return means


def picture(path: Path, real: tuple[Floats, NDArray[np.bool_]], made: Floats, source: str, side: int) -> None:
    """The scene's upper left part and the made area beside it, in the scene's colours."""
    with rasterio.open(source) as file:
        bands = choose_rgb([name or "" for name in file.descriptions])
    values, valid = real
    limits = np.percentile(values[:, valid], (1, 99), axis=1).T
    left = np.full((len(values), side, side), limits[:, :1, None])
    part = values[:, :side, :side]
    left[:, : part.shape[1], : part.shape[2]] = part
    shown = [
        paint_bands(each.astype(np.float32), np.ones(each.shape[1:], bool), bands, limits) for each in (left, made)
    ]
    path.write_bytes(to_png(contact_sheet(shown, columns=2)))


def _sums(values: Floats, side: int) -> Floats:
    summed = np.pad(values, ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    windows: Floats = summed[side:, side:] - summed[:-side, side:] - summed[side:, :-side] + summed[:-side, :-side]
    return windows


if __name__ == "__main__":
    main()
