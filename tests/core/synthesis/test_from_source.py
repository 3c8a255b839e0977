"""Drawing from SOURCE: new ground of real pixels, without nodata, the same each time, and honest about copies."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray

from qgis_ddpm.core import run
from qgis_ddpm.core.dry_run import estimate
from qgis_ddpm.core.raster.grid import parse_crs
from qgis_ddpm.errors import InputError, JobError
from qgis_ddpm.events import Cancelled, Event, Note, Progress, Result
from qgis_ddpm.jobs import SampleTiles

PLACE = Affine(10, 0, 500000, 0, -10, 5000000)
SIDE = 112
GAP = 9999


def scene(seed: int, bands: int = 3) -> NDArray[np.uint16]:
    """Two kinds of ground with a wavy border, each with its own brightness and grain."""
    random = np.random.default_rng(seed)
    rows, cols = np.indices((SIDE, SIDE))
    wet = rows + 9 * np.sin(cols / 9.0 + seed) > SIDE / 2
    base = np.where(wet, 400, 1200) + np.arange(bands)[:, None, None] * 100
    return (base + random.normal(0, 40, (bands, SIDE, SIDE))).astype(np.uint16)


def write(path: Path, pixels: NDArray[Any], nodata: float | None = None) -> str:
    profile = {"count": len(pixels), "height": pixels.shape[1], "width": pixels.shape[2], "dtype": pixels.dtype.name}
    with rasterio.open(path, "w", "GTiff", transform=PLACE, crs="EPSG:32633", nodata=nodata, **profile) as dataset:
        dataset.write(pixels)
    return str(path)


@pytest.fixture
def source(tmp_path: Path) -> str:
    pixels = scene(0)
    pixels[:, 20:26, 30:60] = GAP
    return write(tmp_path / "scene.tif", pixels, GAP)


def sample(output: Path, **fields: Any) -> list[Event]:
    return list(run(SampleTiles(output=str(output), **fields)))


def read(path: Path) -> tuple[NDArray[Any], Any, dict[str, str]]:
    with rasterio.open(path) as dataset:
        return dataset.read(), dataset.profile, dataset.tags()


def test_an_area_is_made_of_valid_pixels_of_the_scene_and_says_so(source: str, tmp_path: Path) -> None:
    events = sample(tmp_path / "o.tif", source=(source,), layout="seamless", extent="500100,500901,4998900,5000000")
    pixels, profile, tags = read(tmp_path / "o.tif")
    assert pixels.shape == (3, 110, 81)
    assert profile["transform"] == PLACE @ Affine.translation(10, 0)
    assert (profile["crs"], profile["dtype"], profile["nodata"]) == (parse_crs("EPSG:32633"), "uint16", GAP)
    own = {tuple(values) for values in read(Path(source))[0].reshape(3, -1).T if values[0] != GAP}
    assert {tuple(values) for values in pixels.reshape(3, -1).T} <= own
    assert (tags["SYNTHETIC"], tags["SOURCE"], tags["COPY_LIMIT"]) == ("YES", "pieces of scene.tif", "64")
    assert "scene.tif" in tags["LARGEST_PIECE"]
    last = events[-1]
    assert isinstance(last, Result)
    assert 1 < last.outputs["LARGEST_PIECE"] <= 110
    # Both kinds of ground are there, in about the shares that they have.
    assert 0.2 < (pixels[0] < 800).mean() < 0.8
    shares = [event.done for event in events if isinstance(event, Progress) and event.unit == "percent"]
    assert shares == sorted(shares)
    assert shares[-1] == 100


def test_the_same_job_gives_the_same_bytes_and_another_seed_other_ground(source: str, tmp_path: Path) -> None:
    for name, seed in (("a", 0), ("b", 0), ("c", 1)):
        sample(tmp_path / f"{name}.tif", source=(source,), layout="seamless", seed=seed)
    assert (tmp_path / "a.tif").read_bytes() == (tmp_path / "b.tif").read_bytes()
    first, other = (read(tmp_path / f"{name}.tif")[0].astype(int) for name in "ac")
    assert (first != other).mean() > 0.5
    assert (first != read(Path(source))[0]).mean() > 0.5


def test_tiles_of_several_scenes_with_their_files_and_footprints(source: str, tmp_path: Path) -> None:
    other = write(tmp_path / "other.tif", scene(1).astype(np.float32))
    places = {"tiles_folder": str(tmp_path / "tiles"), "footprints": str(tmp_path / "f.geojson")}
    sample(tmp_path / "o.tif", source=(source, other), count=3, tile_px=32, **places)
    pixels, profile, tags = read(tmp_path / "o.tif")
    assert pixels.shape == (3, 64, 64)
    assert (profile["dtype"], tags["TILE_PX"]) == ("float32", "32")
    assert tags["SOURCE"] == "pieces of scene.tif, other.tif"
    assert (pixels[:, 32:, 32:] == GAP).all()
    for number, (row, col) in enumerate([(0, 0), (0, 32), (32, 0)], start=1):
        tile = read(tmp_path / "tiles" / f"tile_{number:05d}.tif")[0]
        assert np.array_equal(tile, pixels[:, row : row + 32, col : col + 32])
        assert not (tile == GAP).any()
    assert len(list((tmp_path / "tiles").iterdir())) == 3


def test_a_smaller_limit_gives_smaller_pieces(source: str, tmp_path: Path) -> None:
    sides = []
    for limit in (0, 16):
        place = {"layout": "seamless", "copy_limit": limit}
        sides.append(sample(tmp_path / f"{limit}.tif", source=(source,), **place)[-1].outputs["LARGEST_PIECE"])
    assert sides[1] < sides[0]


def test_what_cannot_be_drawn_is_refused_in_a_sentence(source: str, tmp_path: Path) -> None:
    out = tmp_path / "o.tif"
    with pytest.raises(JobError, match="MODEL and SOURCE are both missing"):
        sample(out)
    with pytest.raises(JobError, match="MODEL and SOURCE are both given"):
        sample(out, model="m.safetensors", source=(source,))
    for field, value in (("steps", 4), ("sampler", "ddim"), ("guidance", 2.0), ("overlap_px", 8)):
        with pytest.raises(JobError, match=f"{field.upper()} belongs to MODEL"):
            sample(out, source=(source,), **{field: value})
    with pytest.raises(JobError, match="TILES_FOLDER belongs to LAYOUT tiles"):
        sample(out, source=(source,), layout="seamless", tiles_folder=str(tmp_path / "t"))
    small = write(tmp_path / "small.tif", scene(0)[:, :40, :40])
    with pytest.raises(InputError, match=r"small\.tif of 40 x 40 px is too small"):
        sample(out, source=(small,))
    with pytest.raises(InputError, match=r"two\.tif has 2 bands and .*scene\.tif 3"):
        sample(out, source=(source, write(tmp_path / "two.tif", scene(0, 2))))
    with pytest.raises(InputError, match="SOURCE has nothing to draw from"):
        sample(out, source=(write(tmp_path / "empty.tif", np.full((1, 64, 64), 7, np.uint8), 7),))
    assert not out.exists()


def test_pixels_of_another_size_and_places_without_crs_are_told(source: str, tmp_path: Path) -> None:
    place = {"layout": "seamless", "extent": "500000,501000,4999000,5000000", "pixel_size": 20.0}
    told = [event.text for event in sample(tmp_path / "o.tif", source=(source,), **place) if isinstance(event, Note)]
    assert any("Pixels of 10 are drawn as pixels of 20" in text for text in told)
    assert any(text.startswith("The largest piece that was taken whole") for text in told)


def test_a_dry_run_tells_time_and_disk_and_a_stopped_run_leaves_nothing(source: str, tmp_path: Path) -> None:
    job = SampleTiles(output=str(tmp_path / "o.tif"), source=(source,), layout="seamless")
    last = list(estimate(job))[-1]
    assert isinstance(last, Result)
    assert last.outputs["SECONDS"] > 0
    assert last.outputs["DISK_MB"] > 0
    before = sorted(tmp_path.iterdir())
    events = run(job)
    while not (isinstance(event := next(events), Progress) and event.text == "drawing"):
        pass
    assert isinstance(events.throw(Cancelled()), Cancelled)
    assert sorted(tmp_path.iterdir()) == before
