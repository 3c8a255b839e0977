"""What users get wrong, through the command line: one sentence, the right exit status, and no file left behind."""

import os
import subprocess
import sys

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin

from qgis_ddpm.cli import main

SIDE = 64


@pytest.fixture
def raster(tmp_path):
    """Write a raster of noise; values by name: bands, crs, left, nodata, fill."""

    def write(name, bands=3, crs="EPSG:32633", left=500000.0, nodata=None, fill=None, side=SIDE):
        path = tmp_path / name
        pixels = np.random.default_rng(len(name)).integers(1, 200, (bands, side, side)).astype("uint8")
        if fill is not None:
            pixels[:] = fill
        place = {"crs": crs, "transform": from_origin(left, 5000000.0, 10, 10)} if crs else {}
        with rasterio.open(
            path, "w", driver="GTiff", count=bands, height=side, width=side, dtype="uint8", nodata=nodata, **place
        ) as file:
            file.write(pixels)
        return str(path)

    return write


@pytest.fixture
def call(tmp_path, capsys):
    """Run the command line in this process; gives status, stderr and the names of files that are new."""

    def run(*arguments):
        before = set(os.listdir(tmp_path))
        status = main([str(argument) for argument in arguments])
        return status, capsys.readouterr().err, set(os.listdir(tmp_path)) - before

    return run


def detect(before, after, out, *more):
    return ["detectchanges", "--before", before, "--after", after, "--output", out, "--method", "irmad", *more]


def refused(result, *words):
    status, err, new = result
    sentence = [line for line in err.splitlines() if line.startswith("error: ")]
    assert status == 2, err
    assert len(sentence) == 1
    assert "Traceback" not in err
    for word in words:
        assert word in sentence[0]
    assert not new


def test_dates_of_two_places(raster, call, tmp_path):
    apart = raster("b.tif", left=900000.0)
    refused(call(*detect(raster("a.tif"), apart, tmp_path / "o.tif")), "do not overlap", "a.tif", "b.tif")


@pytest.mark.parametrize("method", ["irmad", "cva"])
def test_dates_without_a_valid_pixel(raster, call, tmp_path, method):
    empty = raster("b.tif", nodata=0, fill=0)
    arguments = detect(raster("a.tif"), empty, tmp_path / "o.tif", "--method", method)
    refused(call(*arguments), "valid")


def test_bands_that_are_not_there(raster, call, tmp_path):
    arguments = detect(raster("a.tif"), raster("b.tif"), tmp_path / "o.tif", "--bands_before", "1,7")
    refused(call(*arguments), "a.tif", "7")


def test_dates_of_different_bands(raster, call, tmp_path):
    refused(call(*detect(raster("a.tif"), raster("b.tif", bands=2), tmp_path / "o.tif")), "3", "2", "BANDS_")


def test_a_text_file_with_the_name_of_a_raster(raster, call, tmp_path):
    (tmp_path / "text.tif").write_text("no pixels here")
    for arguments in (
        detect(raster("a.tif"), tmp_path / "text.tif", tmp_path / "o.tif"),
        ["trainmodel", "--input", tmp_path / "text.tif", "--model", tmp_path / "m.safetensors"],
        ["assesschanges", "--predicted", tmp_path / "text.tif", "--reference", raster("a.tif")],
    ):
        refused(call(*arguments), "text.tif")


def test_a_file_that_is_no_model(raster, call, tmp_path):
    (tmp_path / "m.safetensors").write_bytes(b"\x93" * 100)
    refused(call("sampletiles", "--model", tmp_path / "m.safetensors", "--output", tmp_path / "o.tif"), "m.safetensors")
    arguments = detect(raster("a.tif"), raster("b.tif"), tmp_path / "o.tif", "--method", "features")
    refused(call(*arguments, "--model", tmp_path / "m.safetensors"), "m.safetensors")


def test_training_without_a_valid_pixel_or_room_for_a_tile(raster, call, tmp_path):
    model = ["--model", tmp_path / "m.safetensors", "--preset", "tiny"]
    refused(call("trainmodel", "--input", raster("e.tif", nodata=0, fill=0), *model), "e.tif", "valid")
    refused(call("trainmodel", "--input", raster("s.tif", side=16), *model), "64")


def test_a_raster_without_crs_works_with_a_note(raster, call, tmp_path):
    status, err, _ = call(*detect(raster("a.tif", crs=None), raster("b.tif", crs=None), tmp_path / "o.tif"))
    assert status == 0
    assert "no CRS" in err
    assert (tmp_path / "o.tif").exists()


def test_a_full_disk_is_told_and_nothing_has_a_final_name(tmp_path, raster):
    out = tmp_path / "out"
    out.mkdir()
    code = (
        "import resource, sys; from qgis_ddpm.cli import main\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (6000, resource.RLIM_INFINITY))\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    arguments = detect(raster("a.tif", side=256), raster("b.tif", side=256), out / "o.tif", "--threshold", "0.0001")
    arguments += ["--probability", out / "p.tif", "--polygons", out / "p.geojson"]
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert "error: " in done.stderr
    assert os.listdir(out) == []
