"""Opening rasters and folders as training tiles, and the tiles that come out."""

import struct

import numpy as np
import pytest
import rasterio
from PIL import Image
from rasterio.transform import from_origin

from qgis_ddpm.core.raster.lattice import dihedral
from qgis_ddpm.core.raster.random import tile_random
from qgis_ddpm.core.training.inputs import open_training_tiles
from qgis_ddpm.core.training.tiles import VALIDATION_START
from qgis_ddpm.errors import InputError, JobError
from qgis_ddpm.events import Note
from qgis_ddpm.jobs import TrainModel

TILE = 16


def write_raster(path, pixels, crs="EPSG:32633", nodata=None):
    count, height, width = pixels.shape
    transform = from_origin(500000.0, 5200000.0, 10.0, 10.0)
    profile = {"crs": crs, "transform": transform, "dtype": pixels.dtype, "nodata": nodata}
    with rasterio.open(path, "w", "GTiff", width, height, count, **profile) as file:
        file.write(pixels)
    return str(path)


def ramp(bands=2, height=70, width=90, dtype=np.uint16):
    """Pixels that tell where they are."""
    rows, cols = np.mgrid[:height, :width]
    return np.stack([1000 * (band + 1) + 100 * rows + cols for band in range(bands)]).astype(dtype)


def opened(notes=None, **fields):
    events = open_training_tiles(TrainModel(model="m.safetensors", tile_px=TILE, **fields).resolved())
    while True:
        try:
            event = next(events)
        except StopIteration as done:
            return done.value
        if isinstance(event, Note) and notes is not None:
            notes.append(event.text)


def test_tiles_are_parts_of_the_raster_and_functions_of_their_number(tmp_path):
    pixels = ramp()
    tiles = opened(input=(write_raster(tmp_path / "a.tif", pixels),), augment="none")
    batch = tiles.batch(5, 12).pixels
    assert batch.shape == (12, 2, TILE, TILE)
    assert batch.dtype == np.float32
    scalings = tiles.scalings
    assert [band.dtype for band in scalings] == ["uint16", "uint16"]
    low, high = (np.array([getattr(band, side) for band in scalings])[:, None, None] for side in ("low", "high"))
    unit = np.clip((pixels - (low + high) / 2) / ((high - low) / 2), -2, 2)
    windows = {
        unit[:, r : r + TILE, c : c + TILE].astype(np.float32).round(4).tobytes()
        for r in range(70 - TILE + 1)
        for c in range(90 - TILE + 1)
    }
    assert all(tile.round(4).tobytes() in windows for tile in batch)
    # Any batch gives the same tiles.
    assert np.array_equal(tiles.batch(9, 3).pixels, batch[4:7])
    assert np.array_equal(opened(input=(str(tmp_path / "a.tif"),), augment="none").batch(5, 12).pixels, batch)
    assert not np.array_equal(
        opened(input=(str(tmp_path / "a.tif"),), seed=1, augment="none").batch(5, 12).pixels, batch
    )
    assert tiles.transform == (10.0, 0.0, 500000.0, 0.0, -10.0, 5200000.0)
    assert "32633" in tiles.crs


def test_large_rasters_are_read_by_window_with_the_same_tiles(tmp_path, monkeypatch):
    path = write_raster(tmp_path / "a.tif", ramp(), nodata=1505)
    held = opened(input=(path,))
    monkeypatch.setattr("qgis_ddpm.core.training.inputs.HELD_BYTES", 100)
    read = opened(input=(path,))
    assert read.rasters[0].held is None
    assert held.rasters[0].held is not None
    assert np.array_equal(held.batch(0, 30).pixels, read.batch(0, 30).pixels)
    assert np.array_equal(held.validation_batch(0, 30).pixels, read.validation_batch(0, 30).pixels)
    read.close()


def test_several_rasters_of_differing_size_type_and_crs(tmp_path):
    paths = (
        write_raster(tmp_path / "a.tif", ramp(height=40)),
        write_raster(tmp_path / "b.tif", ramp(width=33).astype(np.float32), crs="EPSG:3857"),
        write_raster(tmp_path / "c.tif", ramp(height=8)),
    )
    notes = []
    tiles = opened(notes, input=paths, validation_share=0.0)
    assert len(tiles.rasters) == 2
    assert any("c.tif" in note for note in notes)
    assert [band.dtype for band in tiles.scalings] == ["float32", "float32"]
    counts = [len(part.training) for part in tiles.rasters]
    assert counts == [(40 - TILE + 1) * (90 - TILE + 1), (70 - TILE + 1) * (33 - TILE + 1)]


def test_invalid_pixels_are_avoided_or_left_out_of_the_loss(tmp_path):
    pixels = ramp(1)
    pixels[:, 30:40] = 0
    tiles = opened(input=(write_raster(tmp_path / "a.tif", pixels, nodata=0),))
    assert tiles.batch(0, 40).valid is None
    pixels[:, ::3] = 0
    notes = []
    tiles = opened(notes, input=(write_raster(tmp_path / "b.tif", pixels, nodata=0),))
    batch = tiles.batch(0, 10)
    assert batch.valid.shape == (10, 1, TILE, TILE)
    assert 0.5 <= batch.valid.mean() < 0.7
    assert any("wholly valid" in note for note in notes)
    filled = batch.pixels[0][~batch.valid[0]]
    assert filled.std() < 1e-6
    assert abs(filled[0] - batch.pixels[0][batch.valid[0]].mean()) < 1e-3


def test_validation_tiles_lie_apart_from_training_tiles(tmp_path):
    path = write_raster(tmp_path / "a.tif", np.arange(40000, dtype=np.uint16).reshape(1, 200, 200))
    tiles = opened(input=(path,), validation_share=0.2, augment="none")
    training = set(tiles.batch(0, 400).pixels.ravel().tolist())
    validation = set(tiles.validation_batch(0, 100).pixels.ravel().tolist())
    assert len(validation) > 1000
    assert not training & validation


@pytest.fixture
def formats(tmp_path):
    """The same twenty digits of TILE px as idx, PNG and GeoTIFF: folders by format, and the digits."""
    digits = np.random.default_rng(0).integers(3, 200, (20, TILE, TILE), dtype=np.uint8)
    for name in ("idx", "png", "tif"):
        (tmp_path / name).mkdir()
    head = b"\0\0\x08\x03" + struct.pack(">III", *digits.shape)
    (tmp_path / "idx" / "d-idx3-ubyte").write_bytes(head + digits.tobytes())
    for number, digit in enumerate(digits):
        Image.fromarray(digit).save(tmp_path / "png" / f"{number:02d}.png")
        with rasterio.open(tmp_path / "tif" / f"{number:02d}.tif", "w", "GTiff", TILE, TILE, 1, dtype="uint8") as file:
            file.write(digit, 1)
    return {name: str(tmp_path / name) for name in ("idx", "png", "tif")}, digits


@pytest.mark.parametrize("changes", [{}, {"max_images": 7}, {"validation_share": 0.3, "seed": 5}])
def test_digits_give_the_same_tiles_from_every_format_and_none_is_turned(formats, changes):
    folders, digits = formats
    opened_ones = {name: opened(folder=path, preset="digits", **changes) for name, path in folders.items()}
    first = opened_ones["idx"]
    whole = {digit.tobytes() for digit in digits}
    for tiles in opened_ones.values():
        assert tiles.augment == "none"
        assert tiles.scalings == first.scalings
        assert np.array_equal(tiles.batch(0, 60).pixels, first.batch(0, 60).pixels)
        assert np.array_equal(tiles.validation_batch(0, 20).pixels, first.validation_batch(0, 20).pixels)
        seen = (tiles.batch(0, 60).pixels * 127.5 + 127.5).round().astype(np.uint8)
        assert all(tile[0].tobytes() in whole for tile in seen)
        assert "never flipped or turned; grey 0 to 255 become -1 to 1" in tiles.treatment
        tiles.close()


@pytest.mark.parametrize("name", ["idx", "png", "tif"])
def test_augmentation_is_the_presets_whatever_the_files_are(formats, name):
    folders, _ = formats
    assert opened(folder=folders[name], preset="digits").augment == "none"
    assert opened(folder=folders[name], preset="tiny").augment == "dihedral"
    assert opened(folder=folders[name], preset="digits", augment="flips").augment == "flips"


def test_a_training_says_first_what_it_does_to_its_tiles(formats):
    folders, _ = formats
    tiles = opened(folder=folders["png"], preset="small", max_images=5)
    assert "5 images (2 more are kept for validation), flipped and turned by right angles" in tiles.treatment


def numbers_of(tiles):
    """The numbers of the images for training and for validation."""
    return [set(getattr(tiles.images, side).tolist()) for side in ("training", "validation")]


def test_fewer_images_are_among_more_come_from_all_folders_and_leave_the_split_alone(tmp_path):
    for folder, count in (("a", 60), ("b", 6), ("c", 30)):
        (tmp_path / folder).mkdir()
        for number in range(count):
            Image.fromarray(np.full((TILE, TILE), number, np.uint8)).save(tmp_path / folder / f"{number:02d}.png")
    whole = opened(folder=str(tmp_path))
    everything, kept = numbers_of(whole)
    before: set[int] = set()
    for count in (1, 9, 12, 40, 80, 500):
        few, same = numbers_of(opened(folder=str(tmp_path), max_images=count))
        assert same == kept
        assert not few & kept
        assert before <= few
        assert len(few) == min(count, len(everything))
        before = few
        if count == 12:
            folders = [whole.images.folder.images[number].split("/")[-2] for number in few]
            assert sorted(folders.count(name) for name in "abc") == [4, 4, 4]
    # Other seeds take others, from the same split where SPLIT_SEED says so.
    other, same = numbers_of(opened(folder=str(tmp_path), max_images=12, seed=3, split_seed=0))
    assert same == kept
    assert other != numbers_of(opened(folder=str(tmp_path), max_images=12))[0]


def test_the_split_is_one_for_seeds_and_tile_sizes_where_the_job_says_so(tmp_path):
    path = write_raster(tmp_path / "a.tif", np.arange(60000, dtype=np.uint16).reshape(1, 200, 300))
    common = {"input": (path,), "validation_share": 0.2, "augment": "none", "split_seed": 4, "split_px": 32}
    pixels = {}
    for tile_px in (8, 16):
        for seed in (0, 1):
            job = TrainModel(model="m.safetensors", tile_px=tile_px, seed=seed, **common).resolved()
            events = open_training_tiles(job)
            try:
                while True:
                    next(events)
            except StopIteration as done:
                tiles = done.value
            sides = (tiles.batch(0, 600), tiles.validation_batch(0, 300))
            low, high = tiles.scalings[0].low, tiles.scalings[0].high
            values = [
                set(np.rint(side.pixels.ravel() * (high - low) / 2 + (high + low) / 2).tolist()) for side in sides
            ]
            pixels[tile_px, seed] = values
    kept = set.union(*(values[1] for values in pixels.values()))
    assert not any(values[0] & kept for values in pixels.values())
    # Under one split, tiles for validation and their noise are the same, whatever the seed.
    assert pixels[16, 0][1] == pixels[16, 1][1]


def test_blocks_of_the_split_hold_a_tile():
    with pytest.raises(JobError, match="SPLIT_PX is 16, but a tile of TILE_PX 32"):
        TrainModel(folder="f", model="m.safetensors", tile_px=32, split_px=16)


@pytest.mark.parametrize(("augment", "count"), [("none", 1), ("flips", 4), ("dihedral", 8)])
def test_symmetries(augment, count):
    image = np.arange(9).reshape(1, 3, 3)
    assert len({dihedral(image, augment, number).tobytes() for number in range(8)}) == count


def test_images_are_split_by_number_and_cropped(tmp_path):
    for index in range(20):
        Image.fromarray(np.full((TILE + index, 40, 3), 10 * index, np.uint8)).save(tmp_path / f"{index:02d}.png")
    tiles = opened(folder=str(tmp_path), max_images=10, validation_share=0.3)
    assert [band.name for band in tiles.scalings] == ["red", "green", "blue"]
    seen, kept = (
        {round(value) for value in (batch.pixels * 127.5 + 127.5).ravel().tolist()}
        for batch in (tiles.batch(0, 200), tiles.validation_batch(0, 100))
    )
    assert len(kept) == 6
    assert len(seen) == 10
    assert seen | kept < set(range(0, 200, 10))
    assert not seen & kept


def test_rasters_of_a_folder_and_named_ones_go_together(tmp_path):
    (tmp_path / "tiles").mkdir()
    for index in range(3):
        write_raster(tmp_path / "tiles" / f"{index}.tif", ramp(height=20, width=20), crs=None)
    tiles = opened(folder=str(tmp_path / "tiles"), input=(write_raster(tmp_path / "a.tif", ramp()),))
    assert len(tiles.rasters) == 4
    # A picture without CRS is on one side as a whole.
    for part in tiles.rasters[1:]:
        assert 0 in (len(part.training), len(part.validation))


def test_inputs_that_do_not_go_together_are_refused(tmp_path):
    two, three = write_raster(tmp_path / "two.tif", ramp(2)), write_raster(tmp_path / "three.tif", ramp(3))
    with pytest.raises(InputError, match="bands"):
        opened(input=(two, three))
    assert opened(input=(two, three), bands="2,1").channels == 2
    with pytest.raises(InputError, match="TILE_PX"):
        opened(input=(write_raster(tmp_path / "small.tif", ramp(height=10)),))
    with pytest.raises(InputError, match="no valid pixel"):
        opened(input=(write_raster(tmp_path / "empty.tif", np.zeros((1, 40, 40), np.uint8), nodata=0),))
    Image.fromarray(np.zeros((40, 40), np.uint8)).save(tmp_path / "grey.png")
    with pytest.raises(InputError, match="bands"):
        opened(input=(two,), folder=str(tmp_path))
    with pytest.raises(InputError, match="BANDS"):
        opened(folder=str(tmp_path), bands="1")


def test_streams_of_tiles_and_draws_differ():
    drawn = {
        tile_random(seed, number, draw).random()
        for seed in (0, 1)
        for number in (0, 1, VALIDATION_START)
        for draw in (0, 1)
    }
    assert len(drawn) == 12
    assert tile_random(0, 5, 1).random() == tile_random(0, 5, 1).random()


def test_the_image_of_a_folder_that_differs_is_named(tmp_path):
    for number in range(3):
        Image.fromarray(np.zeros((32, 32, 3), np.uint8)).save(tmp_path / f"{number}.png")
    Image.fromarray(np.zeros((32, 32), np.uint16)).save(tmp_path / "sixteen.png")
    with pytest.raises(InputError, match=r"sixteen\.png has 1 band,.*0\.png and 2 images more have 3"):
        opened(folder=str(tmp_path))


def test_bands_of_several_rasters_are_matched_by_their_names(tmp_path):
    pixels = ramp(3)
    orders = {"a": (0, 1, 2), "b": (2, 0, 1)}
    paths = [write_raster(tmp_path / f"{name}.tif", pixels[list(order)]) for name, order in orders.items()]
    for path, order in zip(paths, orders.values(), strict=True):
        with rasterio.open(path, "r+") as file:
            file.descriptions = tuple(("blue", "green", "red")[band] for band in order)
    notes = []
    tiles = opened(notes, input=tuple(paths), augment="none")
    assert [band.name for band in tiles.scalings] == ["blue", "green", "red"]
    assert any("b.tif are matched" in note for note in notes)
    alone = opened(input=(paths[0],), augment="none")
    lows, highs = ([getattr(band, side) for band in tiles.scalings] for side in ("low", "high"))
    assert lows == pytest.approx([band.low for band in alone.scalings], rel=0.05)
    assert highs == pytest.approx([band.high for band in alone.scalings], rel=0.05)
    # The user's choice of bands is taken as it is.
    notes = []
    opened(notes, input=tuple(paths), bands="1,2,3", augment="none")
    assert not any("matched" in note for note in notes)


def test_clouds_of_masks_are_in_no_tile(tmp_path):
    pixels = ramp(1)
    paths = [write_raster(tmp_path / name, pixels) for name in ("a.tif", "b.tif")]
    quality = np.full((1, 70, 90), 4, np.uint8)
    quality[0, :, 30:60] = 9
    masks = [write_raster(tmp_path / name, quality) for name in ("qa.tif", "qb.tif")]
    tiles = opened(input=tuple(paths), masks=tuple(masks), mask_values="sentinel2-scl", augment="none")
    for part in tiles.rasters:
        assert part.held is not None
        assert (part.held[1] == (quality[0] != 9)).all()
    # Where the codes are not named, all of it is hidden.
    with pytest.raises(InputError, match="valid pixel"):
        opened(input=tuple(paths), masks=tuple(masks))


def test_there_is_a_mask_for_each_raster():
    with pytest.raises(JobError, match="MASKS names 1 and INPUT 2"):
        TrainModel(model="m.safetensors", input=("a.tif", "b.tif"), masks=("q.tif",))
    with pytest.raises(JobError, match="there is no MASKS"):
        TrainModel(model="m.safetensors", input=("a.tif",), mask_values="3")
