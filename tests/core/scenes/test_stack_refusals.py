"""What is no scene, or leads elsewhere, is refused in one sentence, and nothing is left."""

import os
import re
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest

from qgis_ddpm.core import run
from qgis_ddpm.core.raster.source import RasterSource
from qgis_ddpm.errors import DdpmError, InputError, JobError
from qgis_ddpm.jobs import StackScene
from qgis_ddpm.raster_check import check_raster
from qgis_ddpm.scene_files import scene_files
from tests.core.makers.scenes import land, make_landsat, make_safe, write, zip_with, zipped


def refused(words: str, output: Path, kind: type[DdpmError] = InputError, **values):
    before = sorted(output.parent.rglob("*"))
    with pytest.raises(kind) as found:
        list(run(StackScene(**{**values, "output": str(output)})))
    assert re.search(words, str(found.value)), found.value
    assert "\n" not in str(found.value)
    assert sorted(output.parent.rglob("*")) == before


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.fixture
def out(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "scene.vrt"


@pytest.mark.parametrize(
    "name", ["../outside.jp2", "/etc/passwd", "a/../../b", "C:/windows/x", "a\\..\\b"], ids=lambda name: name[:4]
)
def test_an_archive_whose_names_lead_out_of_it(tmp_path, out, name):
    archive = zip_with(tmp_path / "a.zip", "x.SAFE/MTD_MSIL2A.xml", name)
    refused("may lie outside of the scene. Nothing was read", out, input=str(archive))


def test_an_archive_that_is_locked_or_damaged_or_none(tmp_path, out):
    archive = zip_with(tmp_path / "a.zip", "x.SAFE/MTD_MSIL2A.xml")
    content = bytearray(archive.read_bytes())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    archive.write_bytes(content)
    refused("password", out, input=str(archive))
    archive.write_bytes(zip_with(tmp_path / "b.zip", "x.SAFE/MTD_MSIL2A.xml").read_bytes()[:-30])
    refused("is no scene", out, input=str(archive))
    refused("holds neither an MTL", out, input=str(zip_with(tmp_path / "c.zip", "readme.txt")))
    refused("does not exist", out, input=str(tmp_path / "gone.zip"))
    bomb = tmp_path / "d.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("x.SAFE/MTD_MSIL2A.xml", b" " * (17 << 20))
    refused("Nothing was read", out, input=str(bomb))


@pytest.mark.parametrize("name", ["../../secret", "/etc/shadow"])
def test_metadata_that_name_files_elsewhere(tmp_path, out, name):
    safe = make_safe(tmp_path, "L1C")
    metadata = safe / "MTD_MSIL1C.xml"
    changed(metadata, "<IMAGE_FILE>GRANULE", f"<IMAGE_FILE>{name}</IMAGE_FILE><IMAGE_FILE>GRANULE")
    refused("may lie outside of the scene", out, input=str(safe))
    scene = make_landsat(tmp_path)
    changed(scene / f"{scene.name}_MTL.txt", f'"{scene.name}_SR_B4.TIF"', f'"{name}"')
    refused("may lie outside of the scene", out, input=str(scene))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("<n1:Level", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><n1:Level', "document type"),
        ("</n1:General_Info>", "", "no whole XML"),
        (">10000<", ">many<", "'many' for QUANTIFICATION_VALUE"),
        (">10000<", ">0<", "not above 0"),
        (">10000<", ">nan<", "no number"),
        (">-1000<", ">inf<", "'inf' for RADIO_ADD_OFFSET"),
        ("IMAGE_FILE", "IMAGE_ID", "before December 2016"),
        ("GRANULE/L1C", "GRANULE/L9C", "None of the images"),
    ],
)
def test_metadata_that_are_none(tmp_path, out, old, new, words):
    safe = make_safe(tmp_path, "L1C")
    changed(safe / "MTD_MSIL1C.xml", old, new)
    refused(words, out, input=str(safe))


def test_numbers_of_an_mtl_that_are_none(tmp_path, out):
    scene = make_landsat(tmp_path)
    changed(scene / f"{scene.name}_MTL.txt", "REFLECTANCE_ADD_BAND_1 = -0.2", "REFLECTANCE_ADD_BAND_1 = low")
    refused("'low' for REFLECTANCE_ADD_BAND_1", out, input=str(scene))
    (scene / f"{scene.name}_MTL.txt").write_text("GROUP = A\nEND_GROUP = A\n")
    refused("names no bands", out, input=str(scene))


def test_several_scenes_and_none(tmp_path, out):
    for number in (1, 2):
        (tmp_path / "two" / str(number)).mkdir(parents=True)
        (tmp_path / "two" / str(number) / "a_MTL.txt").write_text("")
    refused("holds 2 scenes", out, input=str(tmp_path / "two"))
    for name in ("a_B4.tif", "b_B4.tif"):
        write(tmp_path / "twice" / name, np.ones((4, 4), np.uint8), 30)
    refused("several files of band B4", out, input=str(tmp_path / "twice"))
    refused("holds neither", out, input=str(tmp_path / "out"))
    refused("is no scene", out, input=str(write(tmp_path / "single.tif", np.ones((4, 4), np.uint8), 30)))


def test_bands_and_sizes_that_are_not_there(tmp_path, out):
    safe = make_safe(tmp_path)
    refused("'B10', but the bands are: B01 coastal", out, input=str(safe), bands="B10")
    refused("up to 1048576 a side", out, input=str(safe), pixel_size=1e-4)
    refused(r"RESAMPLING is bilinear, and B05", out, input=str(safe), bands="B04,B05", resampling="bilinear")
    scene = make_landsat(tmp_path, "C1")
    refused("no quality band", out, input=str(_without(scene, "BQA")), mask=str(out.with_name("m.tif")))


def _without(scene: Path, part: str) -> Path:
    next(scene.glob(f"*{part}*")).unlink()
    return scene


def test_files_that_are_no_bands_of_one_scene(tmp_path, out):
    one = str(write(tmp_path / "a.tif", land(10, 1), 10))
    other = str(write(tmp_path / "b.tif", land(10, 1), 10, crs="EPSG:32634"))
    many = str(write(tmp_path / "c.tif", np.ones((3, 8, 8), np.uint8), 10))
    refused("different CRS", out, files=(one, other))
    refused("has 3 bands", out, files=(one, many))
    refused("FILES have no quality band", out, files=(one,), mask=str(out.with_name("m.tif")))
    for values in ({}, {"input": "a.SAFE", "files": (one,)}):
        with pytest.raises(JobError):
            StackScene(**values, output=str(out))


def test_a_virtual_raster_among_the_files_is_looked_at(tmp_path, out):
    bad = tmp_path / "x_B04.tif"
    bad.write_text(
        '<VRTDataset rasterXSize="4" rasterYSize="4"><VRTRasterBand dataType="Byte" band="1"><SimpleSource>'
        '<SourceFilename relativeToVRT="0">/vsicurl/http://127.0.0.1/a.tif</SourceFilename></SimpleSource>'
        "</VRTRasterBand></VRTDataset>"
    )
    refused("Nothing was fetched", out, files=(str(bad),))


def test_a_scene_in_a_folder_of_odd_names(tmp_path):
    folder = tmp_path / "a & b 'c' ü"
    folder.mkdir()
    scene = make_landsat(folder)
    *_, _ = run(StackScene(input=str(scene), output=str(scene / "s.vrt")))
    *_, _ = run(StackScene(input=str(scene), output=str(tmp_path / "s.vrt")))
    for path in (scene / "s.vrt", tmp_path / "s.vrt"):
        check_raster(str(path))
        with RasterSource(str(path)) as source:
            assert source.read(0, 0, 80, 80)[1].any()
    moved = tmp_path / "moved"
    shutil.move(folder, moved)
    with RasterSource(str(moved / scene.name / "s.vrt")) as source:
        assert source.read(0, 0, 80, 80)[1].any()


def test_no_band_of_the_scene_is_written_over_but_a_stack_beside_them_is(tmp_path):
    scene = make_landsat(tmp_path)
    band = scene / f"{scene.name}_SR_B4.TIF"
    content = band.read_bytes()
    for _ in range(2):
        list(run(StackScene(input=str(scene), output=str(scene / "stack.vrt"))))
    with pytest.raises(JobError, match="read by the job as INPUT"):
        list(run(StackScene(input=str(scene), output=str(band))))
    archive = zipped(make_safe(tmp_path))
    shutil.copy(archive, tmp_path / "z.tif")
    with pytest.raises(JobError, match="read by the job as INPUT"):
        list(run(StackScene(input=str(tmp_path / "z.tif"), output=str(tmp_path / "z.tif"))))
    assert band.read_bytes() == content


def test_what_a_scene_reads_is_its_own_files(tmp_path):
    safe = make_safe(tmp_path)
    found = {os.path.relpath(path, safe) for path in scene_files(str(safe))}
    assert found == {os.path.relpath(path, safe) for path in safe.rglob("*") if path.is_file()}
    scene = make_landsat(tmp_path)
    (scene / "stack.vrt").write_text("")
    (scene / "notes.txt").write_text("")
    names = {os.path.basename(path) for path in scene_files(str(scene / f"{scene.name}_MTL.txt"))}
    assert names == {path.name for path in scene.iterdir()} - {"stack.vrt", "notes.txt"}


def test_a_run_that_is_stopped_leaves_nothing(tmp_path, out):
    safe = make_safe(tmp_path)
    work = run(StackScene(input=str(safe), output=str(out.with_suffix(".tif")), mask=str(out.with_name("m.tif"))))
    for event in work:
        if type(event).__name__ == "Progress":
            break
    work.close()
    assert list(out.parent.iterdir()) == []


def test_a_scene_that_is_given_as_a_raster_is_pointed_to_where_it_becomes_one(tmp_path):
    safe = make_safe(tmp_path)
    for path in (safe, safe / "MTD_MSIL2A.xml", safe / "manifest.safe"):
        with pytest.raises(InputError, match=r"with stackscene \(Stack scene\)"):
            RasterSource(str(path))
