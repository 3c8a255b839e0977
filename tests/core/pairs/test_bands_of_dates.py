"""Which bands of two dates are compared, and what is said where there is nothing to compare."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from qgis_ddpm.core import run
from qgis_ddpm.core.pairs.irmad import fit_irmad, rounding_variances
from qgis_ddpm.core.pairs.pair import Pair
from qgis_ddpm.errors import InputError
from qgis_ddpm.events import Note, Result
from qgis_ddpm.jobs import DetectChanges
from tests.core.makers.small_model import save_small_model

NAMES = ("B2", "B3", "B4", "B8")
SIZE = 96
UTM = {"crs": "EPSG:32633", "transform": Affine(10, 0, 500000, 0, -10, 5000000)}
CHANGED = np.s_[30:50, 40:60]
Image = NDArray[Any]


def scene() -> tuple[Image, Image]:
    """Two dates uint16 [4, SIZE, SIZE] of bands that are correlated, with a changed square."""
    random = np.random.default_rng(0)
    fields = np.stack([gaussian_filter(random.normal(size=(SIZE, SIZE)), 3) for _ in range(4)])
    fields /= fields.std(axis=(1, 2), keepdims=True)
    before = 1500 + 200 * (random.normal(size=(4, 4)) @ fields.reshape(4, -1)).reshape(fields.shape)
    after = 1.1 * before + 40
    after[(slice(None), *CHANGED)] = 1500 + 600 * random.normal(size=(4, 1, 1))
    noise = random.normal(0, 12, (2, *before.shape))
    dates = [np.clip(date + each, 1, 6000).astype(np.uint16) for date, each in zip((before, after), noise, strict=True)]
    return dates[0], dates[1]


def write(path: Path, pixels: Image, names: tuple[str, ...] | None = None, **more: Any) -> str:
    shape = {"count": len(pixels), "height": pixels.shape[1], "width": pixels.shape[2], "dtype": pixels.dtype.name}
    options = {"driver": "GTiff", "photometric": "minisblack", "alpha": "no", **shape, **UTM, **more}
    with rasterio.open(path, "w", **options) as file:
        file.write(pixels)
        if names:
            file.descriptions = names
    return str(path)


def detect(tmp_path: Path, before: str, after: str, **fields: Any) -> tuple[Image, list[Note], dict[str, Any]]:
    output = tmp_path / "out.tif"
    output.unlink(missing_ok=True)
    events = list(run(DetectChanges(before=before, after=after, output=str(output), **fields)))
    assert isinstance(events[-1], Result)
    with rasterio.open(output) as file:
        return file.read(1), [event for event in events if isinstance(event, Note)], events[-1].outputs


def f1(found: Image) -> float:
    truth = np.zeros(found.shape, bool)
    truth[CHANGED] = True
    changed = found == 1
    return float(2 * (changed & truth).sum() / (changed.sum() + truth.sum()))


@pytest.mark.parametrize("method", ["irmad", "cva"])
@pytest.mark.parametrize("order", [(3, 2, 1, 0), (1, 0, 3, 2)])
def test_bands_in_another_order_are_matched_to_the_byte(tmp_path: Path, method: str, order: tuple[int, ...]) -> None:
    before, after = scene()
    a, b = write(tmp_path / "a.tif", before, NAMES), write(tmp_path / "b.tif", after, NAMES)
    expected, _, _ = detect(tmp_path, a, b, method=method)
    other = write(tmp_path / "o.tif", after[list(order)], tuple(NAMES[i] for i in order))
    found, notes, _ = detect(tmp_path, a, other, method=method)
    assert (found == expected).all()
    assert any("matched by their names" in note.text and "o.tif" in note.text for note in notes)


def test_bands_that_one_date_lacks_are_left_out_of_the_other(tmp_path: Path) -> None:
    before, after = scene()
    a = write(tmp_path / "a.tif", before, NAMES)
    b = write(tmp_path / "b.tif", after[[3, 1]], ("b8", "b3"))
    with Pair.open(a, b) as pair:
        pair.take_bands()
        first, second, _ = pair.read(0, 0, SIZE, SIZE)
    assert (first == before[[1, 3]]).all()
    assert (second == after[[1, 3]]).all()


def test_bands_that_the_user_names_win_in_silence(tmp_path: Path) -> None:
    before, after = scene()
    a, b = write(tmp_path / "a.tif", before, NAMES), write(tmp_path / "b.tif", after, NAMES[::-1])
    for bands in (((1, 2, 3, 4), (1, 2, 3, 4)), ((1, 2), ()), ((), (2, 1))):
        with Pair.open(a, b, bands=bands) as pair:
            assert list(pair.opening_notes()) == []
            numbers = bands[0] or bands[1], bands[1] or bands[0]
            assert (pair.before.bands, pair.after.bands) == numbers


def test_other_names_are_a_warning_and_no_names_are_none(tmp_path: Path) -> None:
    before, after = scene()
    a = write(tmp_path / "a.tif", before, NAMES)
    b = write(tmp_path / "b.tif", after, ("B2", "B3", "B4", "B8A"))
    with Pair.open(a, b) as pair:
        (note,) = pair.opening_notes()
        assert (note.level, "B8 and B8A" in note.text) == ("warning", True)
    for names in (None, ("Band 1", "Band 2", "Band 3", "Band 4")):
        with Pair.open(a, write(tmp_path / "c.tif", after, names)) as pair:
            assert list(pair.opening_notes()) == []


def test_one_raster_for_both_dates_is_told_and_gives_exactly_nothing(tmp_path: Path) -> None:
    before, _ = scene()
    a = write(tmp_path / "a.tif", before)
    (tmp_path / "link.tif").symlink_to(a)
    for other in (a, str(tmp_path / "link.tif")):
        found, notes, outputs = detect(tmp_path, a, other, method="irmad")
        assert (found == 0).all()
        assert outputs["CHANGED_AREA"] == 0
        assert [note.level for note in notes if "one raster" in note.text] == ["warning"]
    # Two dates may lie in one file.
    with Pair.open(a, a, bands=((1, 2), (3, 4))) as pair:
        assert list(pair.opening_notes()) == []


@pytest.mark.parametrize("method", ["irmad", "cva"])
@pytest.mark.parametrize("dates", [(0,), (1,), (0, 1)])
@pytest.mark.parametrize("dtype", ["uint16", "float32"])
def test_a_dead_band_is_left_out_and_named(tmp_path: Path, method: str, dates: tuple[int, ...], dtype: str) -> None:
    both = [date.astype(dtype) for date in scene()]
    for date in dates:
        both[date][2] = 0.1 if dtype == "float32" else 7
    a, b = (write(tmp_path / f"{name}.tif", date, NAMES) for name, date in zip("ab", both, strict=True))
    found, notes, _ = detect(tmp_path, a, b, method=method, align=False)
    told = [note.text for note in notes if "band 3 (B4)" in note.text]
    assert len(told) == 1
    assert [f"{name}.tif" in told[0] for name in "ab"] == [0 in dates, 1 in dates]
    expected, notes, _ = detect(tmp_path, a, b, method=method, align=False, bands_before="1,2,4", bands_after="1,2,4")
    assert (found == expected).all()
    assert f1(found) > 0.9
    assert not any("Constant" in note.text for note in notes)


def test_features_with_a_dead_band(tmp_path: Path) -> None:
    both = [date[:3].astype(np.float32) for date in scene()]
    both[1][0] = 1500
    model = str(tmp_path / "m.safetensors")
    save_small_model(Path(model), 3, 500.0, 2500.0)
    a, b = (write(tmp_path / f"{name}.tif", date) for name, date in zip("ab", both, strict=True))
    found, notes, _ = detect(tmp_path, a, b, method="features", model=model)
    assert set(np.unique(found)) <= {0, 1}
    assert any("band 1 of" in note.text and "seen by the model" in note.text for note in notes)


@pytest.mark.parametrize("method", ["irmad", "cva"])
def test_dates_of_which_no_band_varies_are_told(tmp_path: Path, method: str) -> None:
    before, after = scene()
    a, b = write(tmp_path / "a.tif", 0 * before + 9), write(tmp_path / "b.tif", after)
    _, notes, _ = detect(tmp_path, a, b, method=method)
    assert any(note.level == "warning" and "No band varies" in note.text for note in notes)


def test_a_fit_without_its_dead_bands_is_that_of_the_others() -> None:
    before, after = (date.reshape(4, -1).T.astype(np.float32) for date in scene())
    dead = before.copy(), after.copy()
    dead[0][:, 1] = 3
    keep = [0, 2, 3]
    kinds = ["uint16"] * 4
    fit = fit_irmad(*dead, (rounding_variances(dead[0], kinds), rounding_variances(dead[1], kinds)))
    alone = fit_irmad(
        before[:, keep],
        after[:, keep],
        (rounding_variances(before[:, keep], kinds[:3]), rounding_variances(after[:, keep], kinds[:3])),
    )
    assert fit.used.tolist() == [True, False, True, True]
    assert (fit.distance(*dead) == alone.distance(before[:, keep], after[:, keep])).all()
    assert (fit.no_change(*dead) == alone.no_change(before[:, keep], after[:, keep])).all()


def nodata_at(date: Image, place: Any) -> Image:
    date = date.copy()
    date[place] = 0
    return date


def causes(tmp_path: Path) -> dict[str, tuple[dict[str, Any], tuple[str, ...]]]:
    before, after = scene()
    a, b = write(tmp_path / "a.tif", before), write(tmp_path / "b.tif", after)
    hidden = write(tmp_path / "hidden.tif", np.full((1, SIZE, SIZE), 3, np.uint8))
    band = write(tmp_path / "band.tif", nodata_at(after, 1), NAMES, nodata=0)
    upper = write(tmp_path / "upper.tif", nodata_at(before, np.s_[:, 40:]), nodata=0)
    lower = write(tmp_path / "lower.tif", nodata_at(after, np.s_[:, :40]), nodata=0)
    local = 'LOCAL_CS["here",UNIT["metre",1]]'
    box = "500100,500400,4999100,4999400"
    aside = {"transform": Affine(10, 0, 500003, 0, -10, 5000004)}
    east = {"transform": Affine(10, 0, 500000 + 10 * SIZE // 2, 0, -10, 5000000)}
    return {
        "mask of the first date": ({"mask_before": hidden}, ("MASK_BEFORE", "hidden.tif")),
        "mask of the second date": ({"mask_after": hidden}, ("MASK_AFTER", "hidden.tif", "b.tif")),
        "a band": ({"after": band}, ("band 2 (B3)", "band.tif")),
        "a band, resampled": (
            {"after": write(tmp_path / "aside.tif", nodata_at(after, 1), NAMES, nodata=0, **aside)},
            ("band 2 (B3)", "aside.tif"),
        ),
        "areas that do not meet": ({"before": upper, "after": lower}, ("do not meet", "upper.tif", "lower.tif")),
        "nodata in the extent": ({"before": upper, "extent": box}, ("EXTENT", "upper.tif")),
        "an extent outside the second date": (
            {"after": write(tmp_path / "east.tif", after, **east), "extent": "500010,500200,4999500,4999900"},
            ("EXTENT", "east.tif"),
        ),
        "a CRS": ({"after": write(tmp_path / "local.tif", after, crs=local)}, ("CRS", "local.tif")),
    } | {"": ({"before": a, "after": b}, ())}  # fmt: skip


CAUSES = (
    *("mask of the first date", "mask of the second date", "a band", "a band, resampled", "areas that do not meet"),
    *("nodata in the extent", "an extent outside the second date", "a CRS"),
)


@pytest.mark.parametrize("name", CAUSES)
@pytest.mark.parametrize("method", ["irmad", "cva"])
def test_what_leaves_no_pixel_is_named(tmp_path: Path, name: str, method: str) -> None:
    found = causes(tmp_path)
    fields, words = found[name]
    given = {**found[""][0], **fields, "output": str(tmp_path / "out.tif"), "method": method}
    with pytest.raises(InputError) as refusal:
        list(run(DetectChanges(**given)))
    assert all(word in str(refusal.value) for word in words), str(refusal.value)
    assert not list(tmp_path.glob("out*"))


def test_a_model_of_other_imagery_is_told_with_reasons(tmp_path: Path) -> None:
    before, after = (date.astype(np.uint8) for date in scene())
    model = tmp_path / "digits.safetensors"
    save_small_model(model, 1, 0.0, 255.0)
    a, b = write(tmp_path / "a.tif", before), write(tmp_path / "b.tif", after)
    _, notes, _ = detect(tmp_path, a, b, method="features", model=str(model))
    (told,) = [note for note in notes if "is far from" in note.text]
    assert (told.level, "digits.safetensors" in told.text) == ("warning", True)
    assert "1 band and the raster 4" in told.text


def test_a_model_of_another_range_is_told_for_the_dates_that_are_far(tmp_path: Path) -> None:
    both = [date[:3].astype(np.float32) for date in scene()]
    model = tmp_path / "m.safetensors"
    save_small_model(model, 3, 0.0, 1.0)
    a, b = (write(tmp_path / f"{name}.tif", date) for name, date in zip("ab", both, strict=True))
    _, notes, _ = detect(tmp_path, a, b, method="features", model=str(model), align=False)
    told = [note.text for note in notes if "beyond the range" in note.text]
    assert ["a.tif" in told[0], "b.tif" in told[1]] == [True, True]
    save_small_model(model, 3, 0.0, 4000.0)
    _, notes, _ = detect(tmp_path, a, b, method="features", model=str(model), align=False)
    assert [note.text for note in notes if "range of its training" in note.text] == []
