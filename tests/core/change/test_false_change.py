"""Copies of a scene in which nothing changed: hardly a pixel may be called changed."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray

from qgis_ddpm.core import run
from qgis_ddpm.events import Result
from qgis_ddpm.jobs import DetectChanges
from tests.core.makers.small_model import save_small_model
from tools.disturbances import Copy, copies

SIDE = 128
PIXEL_M = 10.0
MOST = 0.01
# What needs the model's features as well is sampled: they cost more.
SAMPLED = ("bilinear", "noise 2%", "three bands")


def housing(seed: int = 0) -> NDArray[np.float64]:
    """Roofs, roads and cars, most of them as small as blur: bytes as float64 [3, SIDE, SIDE]."""
    rng = np.random.default_rng(seed)
    pixels = rng.normal(80, 6, (3, SIDE, SIDE))
    for _ in range(500):
        row, col = rng.integers(0, SIDE, 2)
        height, width = rng.integers(2, 10, 2)
        pixels[:, row : row + height, col : col + width] = rng.uniform(40, 220) + rng.normal(0, 12, (3, 1, 1))
    return np.clip(np.rint(pixels), 0, 255)


def write(path: Path, pixels: NDArray[np.generic], shift_px: float = 0.0) -> None:
    place = {"crs": "EPSG:32651", "photometric": "minisblack", "alpha": "no"}
    transform = Affine(PIXEL_M, 0, 200000 + shift_px * PIXEL_M, 0, -PIXEL_M, 3600000 - shift_px * PIXEL_M)
    count, height, width = pixels.shape
    with rasterio.open(
        path, "w", "GTiff", width, height, count, dtype=pixels.dtype.name, transform=transform, **place
    ) as file:
        file.write(pixels)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("model") / "model.safetensors"
    save_small_model(path, 3)
    return str(path)


def share(folder: Path, copy: Copy, method: str, model: str, **fields: bool) -> float:
    write(folder / "a.tif", housing().astype(np.uint8))
    write(folder / "b.tif", copy.stored(), copy.shift_px)
    paths = {name: str(folder / f"{file}.tif") for name, file in (("before", "a"), ("after", "b"), ("output", "o"))}
    *_, last = run(DetectChanges(**paths, method=method, model=model if method == "features" else None, **fields))
    assert isinstance(last, Result)
    return float(last.outputs["CHANGED_SHARE"])


@pytest.mark.parametrize("copy", list(copies(housing())), ids=lambda copy: copy.name)
def test_no_pixel_method_calls_a_copy_changed(tmp_path: Path, copy: Copy) -> None:
    assert share(tmp_path, copy, "cva", "") < MOST
    assert share(tmp_path, copy, "irmad", "") < MOST


@pytest.mark.parametrize(
    "copy",
    [copy for copy in copies(housing()) if any(name in copy.name for name in SAMPLED)],
    ids=lambda copy: copy.name,
)
def test_features_call_no_copy_changed(tmp_path: Path, copy: Copy, model: str) -> None:
    assert share(tmp_path, copy, "features", model) < MOST


def test_it_is_the_matched_detail_that_keeps_blur_from_being_change(tmp_path: Path) -> None:
    copy = next(iter(copies(housing())))
    assert share(tmp_path, copy, "cva", "", align=False) > 2 * MOST
