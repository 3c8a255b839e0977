"""Two dates on one grid, and the sample of their pixels."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray

from qgis_ddpm.core.pairs import sample as pair_sample
from qgis_ddpm.core.pairs.pair import Pair
from qgis_ddpm.core.pairs.sample import PairSample
from qgis_ddpm.core.progress import value_of
from qgis_ddpm.errors import InputError, JobError

UTM = "EPSG:32618"


def at(left: float = 600000, top: float = 4500000, size: float = 30) -> Affine:
    return Affine(size, 0, left, 0, -size, top)


def write(path: Path, pixels: NDArray[Any], transform: Affine | None = None, **more: Any) -> str:
    place = {"crs": UTM, "transform": transform or at(), "photometric": "minisblack", "alpha": "no"}
    options = {"driver": "GTiff", "count": len(pixels), "dtype": pixels.dtype.name, **place, **more}
    height, width = pixels.shape[1:]
    with rasterio.open(path, "w", height=height, width=width, **options) as dataset:
        dataset.write(pixels)
    return str(path)


def write_bare(path: Path, pixels: NDArray[Any]) -> str:
    height, width = pixels.shape[1:]
    with rasterio.open(path, "w", "GTiff", width, height, len(pixels), dtype=pixels.dtype.name) as dataset:
        dataset.write(pixels)
    return str(path)


def pixels(count: int = 2, height: int = 30, width: int = 40, seed: int = 0) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(1, 200, (count, height, width)).astype(np.uint8)


def open_pair(before: str, after: str, limit: int | None = None, **options: Any) -> Pair:
    dates = Pair.open(before, after, **options)
    dates.take_bands(limit)
    return dates


def test_dates_that_are_shifted_by_whole_pixels_are_not_resampled(tmp_path: Path) -> None:
    before, after = pixels(), pixels(seed=1)
    paths = write(tmp_path / "a.tif", before), write(tmp_path / "b.tif", after, at(600000 + 5 * 30, 4500000 - 3 * 30))
    with open_pair(*paths, align=False) as dates:
        assert dates.window == (3, 5, 27, 35)
        first, second, valid = dates.read(0, 0, 30, 40)
    assert valid[3:, 5:].all()
    assert valid.sum() == 27 * 35
    assert (first[:, 3:, 5:] == before[:, 3:, 5:]).all()
    assert (second[:, 3:, 5:] == after[:, :27, :35]).all()


def test_masks_and_nodata_of_either_date_count(tmp_path: Path) -> None:
    before, after = pixels(), pixels(seed=1)
    before[0, 2, 2], after[1, 4, 4] = 0, 0
    mask = np.zeros((1, 30, 40), dtype=np.uint8)
    mask[0, 6, 6] = 3
    other = np.zeros((1, 30, 40), dtype=np.uint8)
    other[0, 8, 8] = 1
    paths = write(tmp_path / "a.tif", before, nodata=0), write(tmp_path / "b.tif", after, nodata=0)
    masks = write(tmp_path / "m.tif", mask), write(tmp_path / "n.tif", other)
    with open_pair(*paths, masks=masks) as dates:
        first, second, valid = dates.read(0, 0, 30, 40)
    expected = np.ones((30, 40), dtype=bool)
    expected[[2, 4, 6, 8], [2, 4, 6, 8]] = False
    assert (valid == expected).all()
    assert (first[:, ~expected] == 0).all()
    assert (second[:, ~expected] == 0).all()


def test_bands_of_either_date(tmp_path: Path) -> None:
    before, after = pixels(4), pixels(3, seed=1)
    paths = write(tmp_path / "a.tif", before), write(tmp_path / "b.tif", after)
    with open_pair(*paths, bands=((4, 1), (3, 2))) as dates:
        first, second, _ = dates.read(0, 0, 5, 5)
    assert (first == before[[3, 0], :5, :5]).all()
    assert (second == after[[2, 1], :5, :5]).all()
    with open_pair(*paths, limit=2) as dates:
        assert dates.count == 2
        assert any("first 2" in note for note in dates.notes)
    with pytest.raises(InputError, match="BANDS_BEFORE"):
        open_pair(*paths)


def test_another_grid_needs_align(tmp_path: Path) -> None:
    paths = write(tmp_path / "a.tif", pixels()), write(tmp_path / "b.tif", pixels(), at(600010))
    with pytest.raises(JobError, match="ALIGN"):
        open_pair(*paths, align=False)
    with open_pair(*paths) as dates:
        _, _, valid = dates.read(0, 0, 30, 40)
    assert valid[:, 1:].all()


def test_dates_elsewhere_are_refused(tmp_path: Path) -> None:
    paths = write(tmp_path / "a.tif", pixels()), write(tmp_path / "b.tif", pixels(), at(900000))
    with pytest.raises(InputError, match="do not overlap"):
        open_pair(*paths)


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_a_date_without_crs_lies_on_the_other_where_sizes_agree(tmp_path: Path) -> None:
    bare = write_bare(tmp_path / "b.tif", pixels(seed=1))
    small = write_bare(tmp_path / "c.tif", pixels(height=20))
    before = write(tmp_path / "a.tif", pixels())
    for first, second in ((before, bare), (bare, before)):
        with open_pair(first, second) as dates:
            assert dates.read(0, 0, 30, 40)[2].all()
            assert any("no CRS" in note for note in dates.notes)
    with pytest.raises(InputError, match="Set its CRS"):
        open_pair(before, small)


def drained(dates: Pair) -> PairSample:
    return value_of(dates.sample())


def test_sample_of_a_small_pair_is_all_of_it(tmp_path: Path) -> None:
    before, after = pixels(height=100, width=70), pixels(height=100, width=70, seed=1)
    after[0, 5, 5] = 0
    with open_pair(write(tmp_path / "a.tif", before), write(tmp_path / "b.tif", after, nodata=0)) as dates:
        sample = drained(dates)
    assert sample.before.shape == (100 * 70 - 1, 2)
    valid = (after != 0).all(axis=0)
    assert (np.sort(sample.after, axis=0) == np.sort(after[:, valid].T, axis=0)).all()


def test_sample_of_a_large_pair_is_bounded_and_spread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pair_sample, "MAX_PIXELS", 1 << 14)
    index = np.indices((600, 700)).astype(np.uint16)
    path = write(tmp_path / "a.tif", index)
    with open_pair(path, path) as dates:
        sample = drained(dates)
    assert 1 << 13 < len(sample.before) <= 1 << 15
    assert np.abs(sample.before.mean(axis=0) - [300, 350]).max() < 30
    assert sample.before.std(axis=0) == pytest.approx(np.array([600, 700]) / np.sqrt(12), rel=0.1)


def test_sample_finds_what_little_is_valid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pair_sample, "MAX_PIXELS", 1 << 12)
    few = np.zeros((2, 500, 500), dtype=np.uint8)
    few[:, 311:315, 77:81] = 9
    path = write(tmp_path / "a.tif", few, nodata=0)
    with open_pair(path, path) as dates:
        assert len(drained(dates).before) == 16
    nothing = write(tmp_path / "b.tif", np.zeros_like(few), nodata=0)
    with open_pair(path, nothing) as dates, pytest.raises(InputError, match=r"b\.tif has nothing but nodata"):
        drained(dates)
