"""Writing: what went in comes out, the same bytes each time, and nothing that is not whole gets a final name."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine

from qgis_ddpm.core.outputs.transaction import OutputTransaction
from qgis_ddpm.core.raster.grid import Grid, parse_crs
from qgis_ddpm.core.raster.source import RasterSource
from qgis_ddpm.core.raster.writer import RasterProfile, RasterWriter
from qgis_ddpm.errors import OutputError
from tests.core.makers.rasters import written

ROOT = Path(__file__).resolve().parents[3]
UTM = parse_crs("EPSG:32618")


def grid(width: int, height: int) -> Grid:
    return Grid(Affine(30, 0, 600000, 0, -30, 4500000), width, height, UTM)


@pytest.mark.parametrize("dtype", ["uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64"])
@pytest.mark.parametrize("strip_px", [1, 100, 10000])
def test_strips_of_any_height_come_back(tmp_path: Path, dtype: str, strip_px: int) -> None:
    pixels = np.random.default_rng(0).integers(1, 120, (2, 301, 270)).astype(dtype)
    path = str(tmp_path / "a.tif")
    options = {"nodata": 0, "descriptions": ("red", "near infrared"), "tags": {"SYNTHETIC": "YES"}}
    with written(path, grid(270, 301), 2, dtype, **options) as writer:
        for row in range(0, 301, strip_px):
            writer.write(row, 0, pixels[:, row : row + strip_px])
        assert not os.path.exists(path)
    with RasterSource(path) as source:
        found, valid = source.read(0, 0, 301, 270)
        assert np.array_equal(found, pixels)
        assert valid.all()
        assert source.grid.is_same(grid(270, 301))
        assert source.band_names == ("red", "near infrared")
        assert source.dtypes == (dtype, dtype)
        assert source.nodata == 0
        assert source.block_shape == (256, 256)
    with rasterio.open(path) as dataset:
        assert dataset.tags()["SYNTHETIC"] == "YES"
        assert dataset.compression.name == "deflate"
    assert os.listdir(tmp_path) == ["a.tif"]


def test_four_bands_of_bytes_have_no_alpha(tmp_path: Path) -> None:
    with written(str(tmp_path / "a.tif"), grid(9, 9), 4, "uint8") as writer:
        writer.write(0, 0, np.ones((4, 9, 9), dtype=np.uint8))
    with RasterSource(str(tmp_path / "a.tif")) as source:
        assert source.count == 4


def test_windows_side_by_side_and_pixels_never_written(tmp_path: Path) -> None:
    path = str(tmp_path / "a.tif")
    with written(path, grid(600, 700), 1, "int16", nodata=-5) as writer:
        writer.write(10, 20, np.full((1, 300, 40), 7, dtype=np.int16))
        writer.write(10, 500, np.full((1, 100, 40), 8, dtype=np.int16))
        writer.write(600, 0, np.full((1, 100, 600), 9, dtype=np.int16))
        with pytest.raises(ValueError, match="final"):
            writer.write(100, 0, np.ones((1, 1, 600), dtype=np.int16))
        with pytest.raises(ValueError, match="outside"):
            writer.write(650, 0, np.ones((1, 100, 600), dtype=np.int16))
    expected = np.full((700, 600), -5)
    expected[10:310, 20:60], expected[10:110, 500:540], expected[600:] = 7, 8, 9
    with rasterio.open(path) as dataset:
        assert np.array_equal(dataset.read(1), expected)


def test_the_same_calls_give_the_same_bytes_and_overviews_are_added(tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).normal(size=(1, 130, 2300)).astype(np.float32)
    for name, strip_px in (("a.tif", 130), ("b.tif", 17)):
        with written(str(tmp_path / name), grid(2300, 130), 1, "float32", nodata=-1.0) as writer:
            for row in range(0, 130, strip_px):
                writer.write(row, 0, pixels[:, row : row + strip_px])
    assert (tmp_path / "a.tif").read_bytes() == (tmp_path / "b.tif").read_bytes()
    with rasterio.open(tmp_path / "a.tif") as dataset:
        assert dataset.overviews(1) == [2, 4, 8, 16]
    with rasterio.open(tmp_path / "a.tif", overview_level=0) as overview:
        means = pixels[0].reshape(65, 2, 1150, 2).mean(axis=(1, 3))
        assert np.abs(overview.read(1) - means).max() < 1e-6


def test_classes_have_colours_and_overviews_of_classes(tmp_path: Path) -> None:
    path, classes = str(tmp_path / "a.tif"), np.zeros((1, 64, 2100), dtype=np.uint8)
    classes[:, ::2, 1::3] = 1
    with written(path, grid(2100, 64), 1, "uint8", nodata=255, colormap={1: (214, 60, 40, 255)}) as writer:
        writer.write(0, 0, classes)
    with rasterio.open(path) as dataset:
        assert dataset.colormap(1)[1] == (214, 60, 40, 255)
        assert dataset.nodata == 255
    with rasterio.open(path, overview_level=1) as overview:
        assert set(np.unique(overview.read(1))) <= {0, 1}


def write_and_stop(path: str) -> None:
    with written(path, grid(300, 300), 1, "uint8") as writer:
        writer.write(0, 0, np.ones((1, 300, 300), dtype=np.uint8))
        raise KeyError("stop")


def test_nothing_stays_of_a_raster_that_was_not_finished(tmp_path: Path) -> None:
    (tmp_path / "a.tif").write_text("the result of last time")
    with pytest.raises(KeyError, match="stop"):
        write_and_stop(str(tmp_path / "a.tif"))
    assert os.listdir(tmp_path) == ["a.tif"]
    assert (tmp_path / "a.tif").read_text() == "the result of last time"


def test_several_outputs_are_published_together_and_the_main_one_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, replace = [], os.replace
    monkeypatch.setattr(os, "replace", lambda part, path: (order.append(Path(path).name), replace(part, path)))
    (tmp_path / "main.tif").write_text("the result of last time")
    (tmp_path / "main.tif.aux.xml").write_text("statistics of last time")
    with OutputTransaction() as transaction:
        for name in ("main.tif", "other.tif"):
            with RasterWriter(transaction, str(tmp_path / name), RasterProfile(grid(9, 9), 1, "uint8")) as writer:
                writer.write(0, 0, np.ones((1, 9, 9), dtype=np.uint8))
        assert not (tmp_path / "other.tif").exists()
        assert (tmp_path / "main.tif").read_text() == "the result of last time"
        transaction.publish()
    assert order == ["other.tif", "main.tif"]
    assert sorted(os.listdir(tmp_path)) == ["main.tif", "other.tif"]


def test_an_output_that_is_held_open_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = os.replace

    def held(part: str, path: str) -> None:
        if path == str(tmp_path / "held.tif"):
            raise PermissionError(13, "The process cannot access the file")
        replace(part, path)

    monkeypatch.setattr(os, "replace", held)
    with OutputTransaction() as transaction:
        for name in ("other.tif", "held.tif"):
            with RasterWriter(transaction, str(tmp_path / name), RasterProfile(grid(9, 9), 1, "uint8")) as writer:
                writer.write(0, 0, np.ones((1, 9, 9), dtype=np.uint8))
        with pytest.raises(
            OutputError, match=r"held.tif is held by another .* the finished file is .*held.finished1.tif"
        ):
            transaction.publish()
    assert sorted(os.listdir(tmp_path)) == [".held.tif.lock", "held.finished1.tif", "other.tif"]
    with RasterSource(str(tmp_path / "held.finished1.tif")) as source:
        assert source.read(0, 0, 9, 9)[1].all()
    # The next run takes its place, and knows it by what was left with the lock.
    monkeypatch.setattr(os, "replace", replace)
    (tmp_path / "held.finished2.tif").write_text("the user's")
    with OutputTransaction() as transaction:
        with RasterWriter(transaction, str(tmp_path / "held.tif"), RasterProfile(grid(9, 9), 1, "uint8")) as writer:
            writer.write(0, 0, np.ones((1, 9, 9), dtype=np.uint8))
        transaction.publish()
    assert sorted(os.listdir(tmp_path)) == ["held.finished2.tif", "held.tif", "other.tif"]


def test_places_that_cannot_be_written_give_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    transaction, profile = OutputTransaction(), RasterProfile(grid(9, 9), 1, "uint8")
    with pytest.raises(OutputError, match="its folder cannot be made"):
        RasterWriter(transaction, str(tmp_path / "file" / "a.tif"), profile)
    with pytest.raises(OutputError, match="a folder has this name"):
        RasterWriter(transaction, str(tmp_path), profile)
    transaction.temp_path(str(tmp_path / "a.tif"))
    with pytest.raises(OutputError, match="named for two outputs"):
        transaction.temp_path(str(tmp_path / "a.tif"))


WRITE = """
import sys
import numpy as np
from affine import Affine
from qgis_ddpm.core.raster.grid import Grid
from qgis_ddpm.errors import OutputError
from tests.core.makers.rasters import written
pixels = np.random.default_rng(0).integers(1, 200, (1, 300, 2400)).astype(np.uint8)
try:
    with written(sys.argv[1], Grid(Affine.identity(), 2400, 300, None), 1, "uint8", nodata=0) as writer:
        for row in range(0, 300, 50):
            writer.write(row, 0, pixels[:, row:row + 50])
except OutputError as error:
    sys.exit(f"refused: {error}")
"""


def write_elsewhere(path: Path, limit_bytes: int | None) -> subprocess.CompletedProcess[str]:
    def limit() -> None:
        if limit_bytes is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))

    return subprocess.run(
        [sys.executable, "-c", WRITE, str(path)], preexec_fn=limit, capture_output=True, text=True, cwd=ROOT
    )


@pytest.mark.parametrize("threads", ["1", "3"])
def test_a_write_that_is_lost_is_found_by_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: str
) -> None:
    """GDAL says nothing when it cannot write, neither for pixels nor for overviews nor for the directory."""
    monkeypatch.setenv("OMP_NUM_THREADS", threads)
    assert write_elsewhere(tmp_path / "whole.tif", None).returncode == 0
    size = (tmp_path / "whole.tif").stat().st_size
    for share in (0.0, 0.3, 0.75, 0.81, 0.9, 0.97, 1.0):
        done = write_elsewhere(tmp_path / "full.tif", max(int(size * share) - 1, 200))
        assert "could not be written whole" in done.stderr, (share, done.stderr)
        assert os.listdir(tmp_path) == ["whole.tif"]


@pytest.mark.skipif(not sys.platform.startswith("linux") or os.geteuid() != 0, reason="mounting needs root on Linux")
def test_a_full_disk_is_found(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(disk)]).returncode:
        pytest.skip("no tmpfs can be mounted here")
    try:
        done = write_elsewhere(disk / "a.tif", None)
        assert "could not be written whole" in done.stderr
        assert "Free space on the disk" in done.stderr
        assert os.listdir(disk) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)
