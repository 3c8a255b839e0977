"""Training rasters with nodata as GDAL takes it, and fills without a tag: told, and named by NODATA."""

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin

from qgis_ddpm.core import run
from qgis_ddpm.core.training.inputs import open_training_tiles
from qgis_ddpm.errors import JobError
from qgis_ddpm.events import Note
from qgis_ddpm.jobs import CompareSettings, TrainModel

LOWEST = float(np.finfo(np.float32).min)


def write_raster(path, dtype, fill, tag=None):
    """Two bands of 90 x 90 px, about 100 to 200, with a fill over the first 20 columns."""
    pixels = np.random.default_rng(0).integers(100, 200, (2, 90, 90)).astype(dtype)
    pixels[:, :, :20] = fill
    place = {"crs": "EPSG:32633", "transform": from_origin(500000.0, 5200000.0, 10.0, 10.0)}
    with rasterio.open(path, "w", "GTiff", 90, 90, 2, dtype=dtype, nodata=tag, **place) as file:
        file.write(pixels)
    return str(path)


def opened(place, paths, **fields):
    """The tiles of a training and the texts of its warnings."""
    job = TrainModel(input=tuple(paths), model=str(place / "m.safetensors"), tile_px=16, **fields).resolved()
    notes = []
    events = open_training_tiles(job)
    while True:
        try:
            event = next(events)
        except StopIteration as end:
            return end.value, [text for text in notes if "nodata" in text]
        if isinstance(event, Note):
            notes.append(event.text)


CASES = [("uint8", 0), ("uint16", 65535), ("int16", -32768), ("float32", -9999.0), ("float64", 0.0)]


@pytest.mark.parametrize(("dtype", "fill"), CASES)
def test_a_fill_without_tag_is_told_and_can_be_named(tmp_path, dtype, fill):
    path = write_raster(tmp_path / "a.tif", dtype, fill)
    tiles, (note,) = opened(tmp_path, [path])
    assert all(part in note for part in (path, f": {fill:g} in ", "NODATA"))
    share = float(note.split(" in ")[1].split("%")[0])
    assert share == pytest.approx(100 * 20 / 90, abs=2)
    assert min(abs(tiles.scalings[0].low - fill), abs(tiles.scalings[0].high - fill)) < 1
    tiles, notes = opened(tmp_path, [path], nodata=f"{fill:g}")
    assert notes == []
    assert tiles.scalings[0].low >= 100
    assert tiles.scalings[0].high < 200
    assert tiles.scalings[0].nodata == fill


@pytest.mark.parametrize(("tag", "told"), [(-3.4e38, 0), (LOWEST, 0), (None, 1), (float("nan"), 1)])
def test_the_lowest_number_is_never_data(tmp_path, tag, told):
    tiles, notes = opened(tmp_path, [write_raster(tmp_path / "a.tif", "float32", LOWEST, tag)])
    assert tiles.scalings[0].low >= 100
    assert len(notes) == told
    assert all("-3.4028235e+38" in note and "left out" in note for note in notes)


def test_each_raster_is_named(tmp_path):
    plain = np.random.default_rng(1)
    paths = [write_raster(tmp_path / f"{number}.tif", "uint8", plain.integers(100, 200) * 0) for number in range(6)]
    _, notes = opened(tmp_path, paths)
    assert [path in note for path, note in zip(paths, notes, strict=False)] == [True, True, True, False]
    assert "3 more rasters" in notes[-1]


def test_rasters_of_a_folder_are_told_of_too(tmp_path):
    (tmp_path / "tiles").mkdir()
    path = write_raster(tmp_path / "tiles" / "a.tif", "uint16", 0)
    _, (note,) = opened(tmp_path, [], folder=str(tmp_path / "tiles"))
    assert path in note
    assert opened(tmp_path, [], folder=str(tmp_path / "tiles"), nodata="0")[1] == []


def test_the_whole_training_takes_named_values(tmp_path):
    path = write_raster(tmp_path / "a.tif", "uint8", 0)
    small = {"preset": "tiny", "tile_px": 16, "batch_size": 4, "base_channels": 8, "channel_multipliers": "1"}
    job = TrainModel(input=(path,), model=str(tmp_path / "m.safetensors"), tiles=8, attention_at_px="0", **small)
    assert any("nodata" in event.text for event in run(job) if isinstance(event, Note))
    job = job.replace(nodata="0", model=str(tmp_path / "n.safetensors"))
    assert not any("nodata" in event.text for event in run(job) if isinstance(event, Note))


def test_settings_are_compared_on_the_same_data(tmp_path):
    grid = tmp_path / "grid.yaml"
    grid.write_text("nodata: ['0', '1']\n", encoding="utf-8")
    job = CompareSettings(
        input=(write_raster(tmp_path / "a.tif", "uint8", 0),),
        grid=str(grid),
        report=str(tmp_path / "r.html"),
        nodata="0",
    )
    assert job.override(job.input[0]) == {"fills": (0.0,)}
    with pytest.raises(JobError, match="only runs on the same data compare"):
        list(run(job))
