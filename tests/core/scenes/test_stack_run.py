"""Scenes as they are delivered become one raster, right to the pixel, and a mask."""

import json
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.enums import Resampling
from rasterio.warp import reproject

from qgis_ddpm.core import run
from qgis_ddpm.core.progress import value_of
from qgis_ddpm.core.raster.source import RasterSource
from qgis_ddpm.core.scenes.run import plan as planned
from qgis_ddpm.errors import InputError
from qgis_ddpm.events import Note, Result
from qgis_ddpm.jobs import DetectChanges, StackScene
from tests.core.makers.scenes import EAST, NATIVE, NORTH, SIDE_M, land, make_landsat, make_safe, write, zipped

OUTPUTS = ("scene.vrt", "scene.tif")


def stack(folder: Path, name: str = "scene.vrt", **values):
    """Path of the stack, or of stack and mask, and the notes."""
    files = {"output": str(folder / name), **({"mask": str(folder / "mask.tif")} if values.pop("masked", 0) else {})}
    *events, last = run(StackScene(**{key: str(v) if key == "input" else v for key, v in values.items()}, **files))
    assert isinstance(last, Result)
    assert last.outputs == {key.upper(): path for key, path in files.items()}
    return files["output"], [event.text for event in events if isinstance(event, Note)]


def warped(path: Path, pixel: float, size: tuple[int, int], method: str) -> np.ndarray:
    """A band as GDAL's warper brings it onto the grid."""
    found = np.zeros(size, np.uint16)
    with rasterio.Env(GDAL_MEM_ENABLE_OPEN="YES"), rasterio.open(path) as source:
        reproject(
            source.read(1), found, src_transform=source.transform, src_crs=source.crs, dst_crs=source.crs,
            dst_transform=Affine(pixel, 0, EAST, 0, -pixel, NORTH), src_nodata=0, dst_nodata=0,
            resampling=Resampling[method],
        )  # fmt: skip
    return found


def band_file(safe: Path, band: str) -> Path:
    level = "L2A" if "L2A" in safe.name else "L1C"
    return next(safe.rglob(f"*_{band}_{NATIVE[band]}m.jp2" if level == "L2A" else f"*_{band}.jp2"))


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("level", ["L1C", "L2A"])
def test_a_safe_is_one_raster_right_to_the_pixel(tmp_path, level, output):
    safe = make_safe(tmp_path / "in", level)
    path, notes = stack(tmp_path, output, input=safe)
    bands = [band for band in sorted(NATIVE) if level == "L1C" or band != "B10"]
    bands.insert(bands.index("B08") + 1, bands.pop(bands.index("B8A")))
    with rasterio.open(path) as made:
        assert [text.split()[0] for text in made.descriptions] == bands
        assert made.descriptions[3] == "B04 red"
        assert made.res == (10, 10)
        assert made.transform == Affine(10, 0, EAST, 0, -10, NORTH)
        assert made.shape == (SIDE_M // 10, SIDE_M // 10)
        assert made.crs == "EPSG:32633"
        assert set(made.nodatavals) == {0}
        assert set(made.dtypes) == {"uint16"}
        assert made.scales == pytest.approx([1e-4] * len(bands))
        assert made.offsets == pytest.approx([-0.1] * len(bands))
        assert made.tags()["ACQUISITION_DATE"] == "2020-06-15"
        for number, band in enumerate(bands, start=1):
            wanted = warped(band_file(safe, band), 10, made.shape, "nearest")
            np.testing.assert_array_equal(made.read(number), wanted, band)
            assert (wanted == 0).any()
    assert any("by nearest: B01, B05" in note for note in notes)


@pytest.mark.parametrize("method", ["nearest", "bilinear", "cubic", "average"])
@pytest.mark.parametrize("pixel", [10, 20, 30, 60])
def test_each_resampling_is_that_of_gdals_warper(tmp_path, pixel, method):
    safe = make_safe(tmp_path / "in")
    path, _ = stack(tmp_path, "s.tif", input=safe, bands="B02,B8A,B01", pixel_size=pixel, resampling=method)
    with rasterio.open(path) as made:
        assert made.res == (pixel, pixel)
        for number, band in enumerate(("B02", "B8A", "B01"), start=1):
            wanted = warped(band_file(safe, band), pixel, made.shape, method).astype(int)
            off = np.abs(made.read(number) - wanted)
            # The warper's own places are approximate, and numbers between two are rounded either way.
            assert (off > (method in ("bilinear", "cubic"))).mean() <= (0.01 if method == "cubic" else 0), band


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_zip_stays_packed_and_gives_the_same(tmp_path, output):
    safe = make_safe(tmp_path / "in")
    archive = zipped(safe)
    plain, _ = stack(tmp_path, output, input=safe, masked=True)
    packed, _ = stack(tmp_path, "z" + output, input=archive, masked=True)
    with rasterio.open(plain) as one, rasterio.open(packed) as other:
        np.testing.assert_array_equal(one.read(), other.read())
        assert one.descriptions == other.descriptions
    with RasterSource(packed) as source:
        assert source.count == 12


def test_the_classes_become_a_mask(tmp_path):
    safe = make_safe(tmp_path / "in")
    stack(tmp_path, input=safe, masked=True)
    with rasterio.open(tmp_path / "mask.tif") as made:
        mask = made.read(1)
        assert made.transform == Affine(10, 0, EAST, 0, -10, NORTH)
        assert made.dtypes == ("uint8",)
    wanted = np.zeros_like(mask)
    wanted[20:40, 60:82] = wanted[100:102, 100:102] = 1
    np.testing.assert_array_equal(mask, wanted)
    stack(tmp_path, input=safe, masked=True, pixel_size=60.0, bands="B01")
    with rasterio.open(tmp_path / "mask.tif") as made:
        wide = made.read(1)
    # What holds any hidden pixel is hidden: 41 columns of 20 m end within the 14th of 60 m.
    np.testing.assert_array_equal(wide, wanted.reshape(40, 6, 40, 6).max(axis=(1, 3)))
    assert wide[4, 13] == 1


def test_level_1c_has_a_mask_too(tmp_path):
    stack(tmp_path, input=make_safe(tmp_path / "in", "L1C"), masked=True)
    with rasterio.open(tmp_path / "mask.tif") as made:
        mask = made.read(1)
    wanted = np.zeros_like(mask)
    wanted[18:54, 60:84] = wanted[120:126, 120:126] = 1
    np.testing.assert_array_equal(mask, wanted)


@pytest.mark.parametrize(("baseline", "offset"), [("02.14", 0.0), ("05.09", -0.1)])
def test_offsets_came_with_a_baseline(tmp_path, baseline, offset):
    path, _ = stack(tmp_path, input=make_safe(tmp_path / "in", "L1C", baseline=baseline))
    with rasterio.open(path) as made:
        assert made.offsets == pytest.approx([offset] * 13)


@pytest.mark.parametrize("named", ["folder", "metadata"])
def test_landsat_level_2(tmp_path, named):
    scene = make_landsat(tmp_path)
    path, _ = stack(scene, input=scene if named == "folder" else scene / f"{scene.name}_MTL.txt", masked=True)
    with rasterio.open(path) as made:
        assert made.descriptions[3:5] == ("SR_B4 red", "SR_B5 nir")
        assert made.descriptions[-1] == "ST_B10 lwir11"
        assert made.scales == pytest.approx([2.75e-5] * 7 + [0.00341802])
        assert made.offsets == pytest.approx([-0.2] * 7 + [149])
        assert made.units == ("reflectance",) * 7 + ("K",)
        for number, name in enumerate([*(f"SR_B{n}" for n in range(1, 8)), "ST_B10"], start=1):
            with rasterio.open(scene / f"{scene.name}_{name}.TIF") as source:
                np.testing.assert_array_equal(made.read(number), source.read(1))
    # What is beside its sources moves with them.
    assert str(tmp_path) not in Path(path).read_text()
    with rasterio.open(scene / "mask.tif") as made:
        mask = made.read(1)
    wanted = np.zeros_like(mask)
    wanted[:13, :10] = wanted[20:30, 40:50] = wanted[40, 40] = 1
    np.testing.assert_array_equal(mask, wanted)


@pytest.mark.parametrize("output", OUTPUTS)
def test_landsat_collection_1_with_its_finer_band(tmp_path, output):
    scene = make_landsat(tmp_path, "C1")
    path, _ = stack(tmp_path, output, input=scene, masked=True)
    with rasterio.open(path) as made:
        assert [text.split()[0] for text in made.descriptions] == [f"B{n}" for n in (*range(1, 8), 9, 10, 11)]
        assert made.res == (30, 30)
        assert made.nodata == 0
        assert made.units[-1] == "W/(m2 sr um)"
    with rasterio.open(tmp_path / "mask.tif") as made:
        assert made.read(1).sum() == 130 + 100 + 1
    fine, _ = stack(tmp_path, f"fine_{output}", input=scene, bands="pan,red")
    with rasterio.open(fine) as made, rasterio.open(scene / f"{scene.name}_B4.TIF") as red:
        assert made.res == (15, 15)
        # The finer grid begins half of its pixels earlier: what lies beyond the other has no data.
        wanted = np.zeros(made.shape, np.uint16)
        with rasterio.Env(GDAL_MEM_ENABLE_OPEN="YES"):
            reproject(
                red.read(1), wanted, src_transform=red.transform, src_crs=red.crs, dst_transform=made.transform,
                dst_crs=red.crs, src_nodata=0, dst_nodata=0, resampling=Resampling.nearest,
            )  # fmt: skip
        np.testing.assert_array_equal(made.read(2), wanted)


def test_metadata_as_json_say_the_same(tmp_path):
    scene = make_landsat(tmp_path)
    text = scene / f"{scene.name}_MTL.txt"
    with ExitStack() as open_:
        before = value_of(planned(StackScene(input=str(scene), output=str(tmp_path / "a.vrt")), open_)).virtual(None)
    groups, name = {}, ""
    for line in text.read_text().splitlines():
        key, _, value = (part.strip().strip('"') for part in line.partition("="))
        if key == "GROUP":
            name = value
        elif value and key != "END_GROUP":
            groups.setdefault(name, {})[key] = value
    text.unlink()
    text.with_suffix(".json").write_text(json.dumps({"LANDSAT_METADATA_FILE": groups}))
    with ExitStack() as open_:
        after = value_of(planned(StackScene(input=str(scene), output=str(tmp_path / "a.vrt")), open_)).virtual(None)
    assert before == after


def test_a_folder_without_metadata_is_known_by_its_names(tmp_path):
    scene = make_landsat(tmp_path)
    next(scene.glob("*_MTL.txt")).unlink()
    path, notes = stack(tmp_path, input=scene, masked=True)
    with rasterio.open(path) as made:
        assert made.descriptions == (*(f"SR_B{n}" for n in range(1, 8)), "ST_B10")
        assert made.nodata == 0
    assert any("no MTL or MTD" in note for note in notes)


def test_bands_that_were_not_downloaded_are_told(tmp_path):
    scene = make_landsat(tmp_path)
    (scene / f"{scene.name}_SR_B1.TIF").unlink()
    _, notes = stack(tmp_path, input=scene)
    assert any("not there: SR_B1" in note for note in notes)
    _, notes = stack(tmp_path, input=scene, bands="B4,nir,swir22")
    assert not any("not there" in note for note in notes)
    with pytest.raises(InputError, match=r"'B1', whose file is not there"):
        stack(tmp_path, input=scene, bands="B1")


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_list_of_files(tmp_path, output):
    first = write(tmp_path / "x_B03.tif", land(10, 1)[:60, :60], 10, nodata=0)
    pixels = land(20, 2)[:30, :30]
    pixels[3, 3] = 7
    second = write(tmp_path / "x_B11.tif", pixels, 20, nodata=7)
    path, _ = stack(tmp_path, output, files=(str(first), str(second)))
    with rasterio.open(path) as made:
        assert made.descriptions == ("B03", "B11")
        assert made.nodata == 0
        # Each file's own no data is that of the stack.
        assert (made.read(2)[6:8, 6:8] == 0).all()
        valid = made.read(2) != 0
        np.testing.assert_array_equal(made.read(2)[valid], np.kron(pixels, np.ones((2, 2), np.uint16))[valid])


def test_files_that_do_not_cover_each_other_need_a_nodata_value(tmp_path):
    first = write(tmp_path / "a.tif", np.ones((20, 20), np.uint8), 10)
    second = write(tmp_path / "b.tif", np.ones((20, 10), np.uint8), 10)
    with pytest.raises(InputError, match=r"b\.tif covers less"):
        stack(tmp_path, files=(str(first), str(second)))
    write(tmp_path / "b.tif", np.ones((20, 10), np.uint8), 10, nodata=255)
    path, _ = stack(tmp_path, files=(str(first), str(second)))
    with rasterio.open(path) as made:
        assert (made.read(2)[:, 10:] == 255).all()


@pytest.mark.parametrize("output", OUTPUTS)
def test_two_scenes_are_compared_without_another_step(tmp_path, output):
    dates = []
    for number, folder in enumerate(("a", "b")):
        (tmp_path / folder).mkdir()
        safe = make_safe(tmp_path / folder, changed=number == 1)
        dates.append(stack(tmp_path / folder, output, input=safe, masked=True)[0])
    job = DetectChanges(
        before=dates[0], after=dates[1], mask_before=str(tmp_path / "a" / "mask.tif"),
        mask_after=str(tmp_path / "b" / "mask.tif"), method="cva", output=str(tmp_path / "change.tif"),
    )  # fmt: skip
    *_, last = run(job)
    assert isinstance(last, Result)
    with rasterio.open(tmp_path / "change.tif") as made:
        change = made.read(1)
        hidden = change == made.nodata
    side = len(change)
    truth = np.zeros((side, side), bool)
    truth[side // 2 : side * 3 // 4, side // 2 : side * 3 // 4] = True
    assert hidden[:40, :30].all()
    assert hidden[25:35, 65:80].all()
    assert (change == 1)[truth].mean() > 0.95
    assert (change == 1)[~truth & ~hidden].mean() < 0.01


def test_the_shared_scene_of_landsat_5(data_dir, tmp_path):
    folder = data_dir / "geo" / "landsat5_rstoolbox"
    names = [f"LT52240631988227CUB02_B{number}.TIF" for number in range(1, 8)]
    for output in OUTPUTS:
        path, _ = stack(tmp_path, output, input=folder)
        with rasterio.open(path) as made:
            assert made.descriptions == (
                "B1 blue", "B2 green", "B3 red", "B4 nir", "B5 swir16", "B6 lwir", "B7 swir22",
            )  # fmt: skip
            assert made.nodata == 0
            assert made.scales[:2] == (0.671, 1.322)
            assert made.tags()["ACQUISITION_DATE"] == "1988-08-14"
            for number, name in enumerate(names, start=1):
                with rasterio.open(folder / name) as source:
                    assert source.transform == made.transform
                    np.testing.assert_array_equal(made.read(number), source.read(1))
    with pytest.raises(InputError, match="no quality band"):
        stack(tmp_path, input=folder, masked=True)
