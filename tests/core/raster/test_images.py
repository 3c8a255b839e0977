"""Folders of images: kinds, order, bands and damage."""

import gzip
import struct

import numpy as np
import pytest
from PIL import Image

from qgis_ddpm.core.raster.images import enlarged, kept_apart, open_folder, trained_on
from qgis_ddpm.errors import InputError


def picture(height, width, channels, seed=0):
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, channels), dtype=np.uint8)
    return pixels[..., 0] if channels == 1 else pixels


def save(path, pixels):
    path.parent.mkdir(exist_ok=True)
    Image.fromarray(pixels).save(path)


def idx_bytes(images):
    return b"\0\0\x08\x03" + struct.pack(">III", *images.shape) + images.tobytes()


def test_grey_and_colour_of_mixed_sizes(tmp_path):
    save(tmp_path / "b.png", picture(20, 30, 3, seed=1))
    save(tmp_path / "a" / "z.png", picture(10, 12, 1, seed=2))
    (tmp_path / "notes.txt").write_text("no image")
    (tmp_path / ".hidden.png").write_text("no image")
    folder = open_folder(str(tmp_path))
    assert [path.rsplit("/", 1)[-1] for path in folder.images] == ["z.png", "b.png"]
    assert folder.channels == 3
    assert np.array_equal(folder.read(1), picture(20, 30, 3, seed=1).transpose(2, 0, 1))
    # Grey among colours is grey in all three.
    assert np.array_equal(folder.read(0), np.stack([picture(10, 12, 1, seed=2)] * 3))


def test_only_grey_has_one_band_and_what_a_training_takes_is_known(tmp_path):
    for index in range(4):
        save(tmp_path / f"{index}.png", picture(8, 8, 1, seed=index))
    folder = open_folder(str(tmp_path))
    assert folder.channels == 1
    assert np.array_equal(folder.read(1)[0], picture(8, 8, 1, seed=1))
    kept = folder.images[int(kept_apart(4, 0.1, 0)[1][0])]
    two, three = (trained_on(folder, count, 0).images for count in (2, 3))
    assert set(two) < set(three) == set(folder.images) - {kept}


def test_pictures_of_16_bits_and_tifs_are_rasters(tmp_path):
    Image.fromarray(np.arange(64, dtype=np.uint16).reshape(8, 8) * 900).save(tmp_path / "deep.png")
    save(tmp_path / "map.tif", picture(8, 8, 3))
    save(tmp_path / "plain.png", picture(8, 8, 3))
    folder = open_folder(str(tmp_path))
    assert [path.rsplit("/", 1)[-1] for path in folder.rasters] == ["deep.png", "map.tif"]
    assert len(folder) == 1


@pytest.mark.parametrize("name", ["train-images-idx3-ubyte", "images.idx.gz"])
def test_idx_files(tmp_path, name):
    images = np.random.default_rng(0).integers(0, 256, (7, 5, 6), dtype=np.uint8)
    content = idx_bytes(images)
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    (tmp_path / "train-labels-idx1-ubyte").write_bytes(b"\0\0\x08\x01" + struct.pack(">I", 7) + bytes(7))
    folder = open_folder(str(tmp_path))
    assert np.array_equal(folder.read(3), images[3][None])
    assert len(trained_on(folder, 4, 0)) == 4
    assert np.array_equal(open_folder(str(tmp_path / name)).digits, images)


def test_small_images_are_enlarged_and_large_ones_left_alone():
    image = np.full((3, 10, 20), 77, np.uint8)
    assert enlarged(image, 10) is image
    grown = enlarged(image, 15)
    assert grown.shape == (3, 15, 30)
    assert (grown == 77).all()


def test_what_is_no_set_of_images_is_refused(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        open_folder(str(tmp_path / "absent"))
    with pytest.raises(InputError, match="holds no image"):
        open_folder(str(tmp_path))
    (tmp_path / "broken.png").write_bytes(b"no picture at all")
    with pytest.raises(InputError, match=r"broken\.png"):
        open_folder(str(tmp_path))
    (tmp_path / "broken.png").unlink()
    (tmp_path / "a-idx3-ubyte").write_bytes(idx_bytes(np.zeros((3, 4, 4), np.uint8))[:-5])
    with pytest.raises(InputError, match="cut off"):
        open_folder(str(tmp_path))
    (tmp_path / "a-idx3-ubyte").write_bytes(b"\0\0\x08\x03" + struct.pack(">III", 2**31, 2**31, 2**31))
    with pytest.raises(InputError, match="idx"):
        open_folder(str(tmp_path))
    save(tmp_path / "b.png", picture(4, 4, 3))
    with pytest.raises(InputError, match="one kind"):
        open_folder(str(tmp_path))


def test_an_image_cut_off_is_named(tmp_path):
    save(tmp_path / "a.png", picture(64, 64, 3))
    (tmp_path / "a.png").write_bytes((tmp_path / "a.png").read_bytes()[:3000])
    with pytest.raises(InputError, match=r"a\.png"):
        open_folder(str(tmp_path)).read(0)
