"""Fills without a tag, holes and few pixels: mapped rightly, told of, or refused in one sentence."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from qgis_ddpm.core import run
from qgis_ddpm.errors import InputError, JobError
from qgis_ddpm.events import Note, Result
from qgis_ddpm.jobs import DetectChanges
from tests.core.change.test_run import scene, write
from tests.core.makers.small_model import save_small_model

SIZE = 96
CHANGED = np.s_[30:50, 40:70]
LOWEST = float(np.finfo(np.float32).min)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("model") / "model.safetensors"
    save_small_model(path, 3, 40.0, 220.0)
    return str(path)


def dates(dtype: str = "float32", size: int = SIZE) -> list[NDArray[Any]]:
    """Two dates of three bands, of which a square changed."""
    rng = np.random.default_rng(3)
    before = scene(0, size) + rng.normal(0, 2, (3, size, size))
    after = 1.1 * before + 5 + rng.normal(0, 2, before.shape)
    after[(slice(None), *CHANGED)] = 260 - after[(slice(None), *CHANGED)]
    return [np.clip(date, 20, 240).astype(dtype) for date in (before, after)]


def mapped(
    folder: Path, pair: list[NDArray[Any]], tag: float | None = None, named: str | None = None, **fields: Any
) -> tuple[NDArray[Any], list[str]]:
    """The map, and the texts of warnings. tag: nodata of the files; named: NODATA of the job."""
    paths = [write(folder / f"{name}.tif", date, nodata=tag) for name, date in zip("ab", pair, strict=True)]
    job = DetectChanges(
        before=paths[0], after=paths[1], output=str(folder / "out.tif"), nodata=named, **{"method": "irmad", **fields}
    )
    events = list(run(job))
    assert isinstance(events[-1], Result)
    with rasterio.open(folder / "out.tif") as file:
        return file.read(1), [each.text for each in events if isinstance(each, Note) and each.level == "warning"]


def map_or_refusal(*arguments: Any, **fields: Any) -> tuple[NDArray[Any], list[str]] | str:
    """As `mapped`, or the sentence by which the dates are refused."""
    try:
        return mapped(*arguments, **fields)
    except InputError as error:
        return str(error)


def f1(found: NDArray[Any], valid: NDArray[np.bool_]) -> float:
    truth = np.zeros(found.shape, bool)
    truth[CHANGED] = True
    assert np.array_equal(found != 255, valid)
    changed = found == 1
    return float(2 * (changed & truth).sum() / (changed.sum() + (truth & valid).sum()))


def fill_of(size: int = SIZE) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Where either date has nothing: the corners of a turned scene."""
    row, col = np.mgrid[:size, :size]
    return row + col < 40, row + 2 * col > 230


@pytest.mark.parametrize(
    ("dtype", "value", "tag"),
    [("float32", LOWEST, -3.4e38), ("float32", LOWEST, None), ("float32", -9999.0, -9999.0),
     ("float64", -3.4e38, -3.4e38), ("uint16", 65535, 65535), ("float32", 1e30, None), ("float32", np.nan, -3.4e38)],
)  # fmt: skip
@pytest.mark.parametrize("method", ["irmad", "cva"])
def test_a_fill_is_no_data(tmp_path: Path, dtype: str, value: float, tag: float | None, method: str) -> None:
    pair, holes = dates(dtype), fill_of()
    for date, hole in zip(pair, holes, strict=True):
        date[:, hole] = value
    found, warnings = mapped(tmp_path, pair, tag, method=method)
    assert f1(found, ~(holes[0] | holes[1])) > 0.9
    assert len([text for text in warnings if "nodata" in text]) == (2 if tag is None else 0)


@pytest.mark.parametrize(("dtype", "value"), [("uint16", 0), ("uint16", 65535), ("float32", -9999), ("uint8", 255)])
@pytest.mark.parametrize("method", ["irmad", "cva", "features"])
def test_a_fill_without_tag_is_told_and_can_be_named(
    tmp_path: Path, dtype: str, value: float, method: str, model: str
) -> None:
    pair, holes = dates(dtype), fill_of()
    for date, hole in zip(pair, holes, strict=True):
        date[:, hole] = value
    fields = {"method": method, "model": model if method == "features" else None}
    _, warnings = mapped(tmp_path, pair, **fields)
    told = [text for text in warnings if "nodata" in text]
    assert len(told) == 2
    for text, which, path, hole in zip(told, ("first", "second"), "ab", holes, strict=True):
        assert f"The {which} date, {tmp_path / path}.tif" in text
        assert f": {value} in " in text
        share = float(text.split(" in ")[1].split("%")[0]) / 100
        assert share == pytest.approx(hole.mean(), abs=0.02)
    found, warnings = mapped(tmp_path, pair, named=f"1,{value}", **fields)
    assert not [text for text in warnings if "nodata" in text]
    # The network is not trained.
    assert f1(found, ~(holes[0] | holes[1])) > (0.3 if method == "features" else 0.9)


def test_the_second_date_on_another_grid_is_told_of_too(tmp_path: Path) -> None:
    pair, holes = dates("float32"), fill_of()
    pair[1][:, holes[1]] = -9999
    paths = [write(tmp_path / "a.tif", pair[0])]
    moved = rasterio.Affine(30, 0, 600007, 0, -30, 4500011)
    paths.append(write(tmp_path / "b.tif", pair[1], transform=moved))
    job = DetectChanges(before=paths[0], after=paths[1], method="irmad", output=str(tmp_path / "o.tif"))
    (text,) = [each.text for each in run(job) if isinstance(each, Note) and "nodata" in each.text]
    assert "second date" in text
    assert ": -9999 in " in text
    job = job.replace(nodata="-9999")
    assert not [each for each in run(job) if isinstance(each, Note) and "nodata" in each.text]


def test_no_fill_is_told_where_there_is_none(tmp_path: Path) -> None:
    assert mapped(tmp_path, dates("uint16"))[1] == []


def test_named_values_are_read_as_numbers() -> None:
    fields = {"before": "a.tif", "after": "b.tif", "output": "o.tif"}
    assert DetectChanges(**fields, nodata="0, -9999;1e30,nan").override("a.tif")["fills"][:3] == (0, -9999, 1e30)
    for text in ("abc", ",", "0,x", "1_0"):
        with pytest.raises(JobError, match="NODATA"):
            DetectChanges(**fields, nodata=text)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("holes", ["single pixels", "strip", "lattice", "all but a corner", "all but single pixels"])
def test_features_map_or_refuse_whatever_the_holes(tmp_path: Path, model: str, holes: str, seed: int) -> None:
    pair = dates("uint8")
    row, col = np.mgrid[:SIZE, :SIZE]
    random = np.random.default_rng(seed).random((SIZE, SIZE))
    hole = {
        "single pixels": random < (0.02, 0.1, 0.5)[seed],
        "strip": (row >= 40) & (row < 52 + 8 * seed),
        "lattice": (row % (3 + seed) == 0) | (col % (3 + seed) == 0),
        "all but a corner": (row > 8 << seed) | (col > 8 << seed),
        "all but single pixels": random > (0.02, 0.1, 0.3)[seed],
    }[holes]
    pair[0][:, hole] = 0
    found = map_or_refusal(tmp_path, pair, 0, method="features", model=model)
    if isinstance(found, str):
        assert found.startswith("METHOD features")
        assert not (tmp_path / "out.tif").exists()
    else:
        assert np.array_equal(found[0] == 255, hole)


@pytest.mark.parametrize("side", [1, 2, 3, 5, 8, 17])
@pytest.mark.parametrize("method", ["irmad", "cva", "features"])
@pytest.mark.parametrize("radiometry", ["none", "match"])
def test_small_rasters_map_with_a_word_or_are_refused(
    tmp_path: Path, model: str, side: int, method: str, radiometry: str
) -> None:
    pair = [date[:, 25 : 25 + side, 35 : 35 + side] for date in dates("uint8")]
    fields = {"method": method, "radiometry": radiometry, "model": model if method == "features" else None}
    found = map_or_refusal(tmp_path, pair, **fields)
    if side < 3:
        assert isinstance(found, str)
        assert f"only {side**2} px" in found
    elif isinstance(found, str):
        assert method == "features"
        assert side <= 8
        assert found.startswith("METHOD features")
    else:
        assert (found[0] != 255).all()
        assert side > 5 or any("uncertain" in text for text in found[1])


def test_dates_without_variation_are_told_of(tmp_path: Path) -> None:
    pair = dates("uint8")
    pair[1][:] = 77
    _, warnings = mapped(tmp_path, pair)
    assert any(text.startswith("No band varies in both dates") and "b.tif" in text for text in warnings), warnings


def test_smooth_dates_of_many_bands_need_more_pixels(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    pair = [gaussian_filter(rng.normal(100, 20, (40, 6, 6)), (0, 1, 1)).astype(np.float32) for _ in range(2)]
    with pytest.raises(InputError, match=r"only 36 px .* 40 bands, which need 82"):
        mapped(tmp_path, pair)
