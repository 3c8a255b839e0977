"""One detection opens each file once, reads the sample of its pixels once, and fits IR-MAD once."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from scipy.ndimage import gaussian_filter

from qgis_ddpm.core import run
from qgis_ddpm.core.pairs import irmad, pair, standardize
from qgis_ddpm.core.pairs.matching import match_brightness, match_psf
from qgis_ddpm.core.pairs.pair import Pair
from qgis_ddpm.core.progress import value_of
from qgis_ddpm.core.raster import source
from qgis_ddpm.events import Note, Result
from qgis_ddpm.jobs import DetectChanges, TrainDetector
from tests.core.makers.labelled import make_pair, write, write_model

SIZE = 256


@dataclass
class Counts:
    """How often files were opened, and samples read and fitted; windows by how often a file was asked for them."""

    opens: Counter[str] = field(default_factory=Counter)
    samples: int = 0
    fits: int = 0
    windows: Counter[tuple[str, tuple[int, ...]]] = field(default_factory=Counter)


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counts:
    """Counts of what is done from now on."""
    found = Counts()

    def before(module: Any, name: str, note: Callable[..., None]) -> None:
        function = getattr(module, name)

        def noted(*args: Any, **kwargs: Any) -> Any:
            note(*args)
            return function(*args, **kwargs)

        monkeypatch.setattr(module, name, noted)

    def count_fit(*_: Any) -> None:
        found.fits += 1

    def count_sample(*_: Any) -> None:
        found.samples += 1

    def count_window(raster: Any, *window: int) -> None:
        found.windows[raster.path, window] += 1

    before(source, "open_dataset", lambda path: found.opens.update([Path(path).name]))
    for module in (irmad, pair, standardize):
        before(module, "fitting_irmad", count_fit)
    before(source.RasterSource, "read", count_window)
    before(pair, "read_sample", count_sample)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two dates, the second also blurred and on another grid, masks, a model and a detector."""
    folder = tmp_path_factory.mktemp("once")
    before, after, label = make_pair(0, SIZE)
    before = np.random.default_rng(0).normal(before.astype(float), 20).clip(1, 255).astype(np.uint8)
    after = np.where(label, after, before)
    write(folder / "a.tif", before)
    write(folder / "b.tif", after)
    write(folder / "label.tif", label)
    write(folder / "blurred.tif", np.stack([gaussian_filter(band.astype(float), 0.6) for band in after]).round())
    write(folder / "aside.tif", after, transform=Affine(10, 0, 500003, 0, -10, 4999996))
    for name in ("m", "n"):
        write(folder / f"{name}.tif", (label * 0).astype(np.uint8))
    model = write_model(folder / "model.safetensors")
    job = TrainDetector(
        before=(str(folder / "a.tif"),),
        after=(str(folder / "b.tif"),),
        labels=(str(folder / "label.tif"),),
        model=model,
        detector=str(folder / "detector.safetensors"),
        head="linear",
        tiles=16,
        cached_tiles=16,
    )
    assert isinstance([*run(job)][-1], Result)
    return folder


def detect(folder: Path, out: Path, after: str, **fields: Any) -> list[str]:
    """Notes of a detection with masks."""
    for name in ("model", "detector"):
        if name in fields:
            fields[name] = str(folder / fields[name])
    paths = {name: str(folder / f"{file}.tif") for name, file in (("mask_before", "m"), ("mask_after", "n"))}
    job = DetectChanges(
        before=str(folder / "a.tif"), after=str(folder / after), output=str(out / "o.tif"), **paths, **fields
    )
    events = list(run(job))
    assert isinstance(events[-1], Result)
    return [event.text for event in events if isinstance(event, Note)]


MODEL, DETECTOR = (
    {"method": "features", "model": "model.safetensors"},
    {"detector": "detector.safetensors", "model": "model.safetensors"},
)


@pytest.mark.parametrize(
    ("after", "fields", "samples", "fits"),
    [
        ("b.tif", {"method": "irmad"}, 1, 1),
        ("b.tif", {"method": "irmad", "align": False}, 1, 1),
        ("b.tif", {"method": "cva", "align": False}, 1, 0),
        ("aside.tif", {"method": "irmad"}, 2, 2),
        ("b.tif", {"method": "irmad", "radiometry": "match"}, 1, 2),
        ("blurred.tif", {"method": "irmad"}, 2, 2),
        ("blurred.tif", {"method": "irmad", "radiometry": "match"}, 2, 3),
        # Of features IR-MAD is fitted once for each of their two maps.
        ("b.tif", MODEL, 1, 1 + 2),
        ("blurred.tif", MODEL, 2, 2 + 2),
        ("b.tif", DETECTOR, 1, 1),
        ("b.tif", {**DETECTOR, "radiometry": "match"}, 1, 2),
    ],
)
def test_all_is_done_once_but_what_changes_the_pixels(
    tmp_path: Path, folder: Path, counts: Counts, after: str, fields: dict[str, Any], samples: int, fits: int
) -> None:
    notes = detect(folder, tmp_path, after, **fields)
    inputs = {"a.tif", after, "m.tif", "n.tif"}
    assert {name: times for name, times in counts.opens.items() if name in inputs} == dict.fromkeys(inputs, 1)
    assert (counts.samples, counts.fits) == (samples, fits)
    assert any(note.startswith("ALIGN: a filter") for note in notes) == (samples == 2)
    # What the filter is fitted to, and the sample that is made again after it, are the windows of the first sample.
    # (Windows of a network may happen to be those of the sample.)
    assert counts.windows
    assert "model" in fields or max(counts.windows.values()) == 1


def test_a_sample_that_was_kept_is_that_of_the_files(folder: Path) -> None:
    with Pair.open(str(folder / "a.tif"), str(folder / "blurred.tif")) as dates:
        value_of(match_psf(dates))
        value_of(match_brightness(dates))
        kept = value_of(dates.sample())
        dates.forget_sample()
        read = value_of(dates.sample())
    assert (kept.before == read.before).all()
    assert (kept.after == read.after).all()


def test_windows_beyond_the_memory_are_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    samples = []
    for most in (pair.MAX_KEPT_NUMBERS, 1 << 14):
        monkeypatch.setattr(pair, "MAX_KEPT_NUMBERS", most)
        with Pair.open(str(folder / "a.tif"), str(folder / "blurred.tif")) as dates:
            value_of(match_psf(dates))
            samples.append(value_of(dates.sample()))
            assert dates._kept_numbers <= most
    assert (samples[0].before == samples[1].before).all()
    assert (samples[0].after == samples[1].after).all()


def test_nothing_is_held_while_scores_are_made(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = []
    read = Pair.read_dates

    def spied(self: Pair, *window: int) -> Any:
        held.append(self._sample is not None or bool(self._kept))
        return read(self, *window)

    monkeypatch.setattr(Pair, "read_dates", spied)
    detect(folder, tmp_path, "blurred.tif", method="irmad", block_px=32)
    assert not any(held[-4:])
    with rasterio.open(tmp_path / "o.tif") as file:
        assert file.shape == (SIZE, SIZE)
