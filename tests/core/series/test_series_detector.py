"""A series with a detector: each date against the one before as the detector has learnt, at its one threshold."""

import json
from pathlib import Path

import numpy as np
import pytest
import rasterio
import torch

from qgis_ddpm.card import BandScaling, DetectorCard
from qgis_ddpm.core import run
from qgis_ddpm.core.detector import save_detector
from qgis_ddpm.core.detector.detector import build_head
from qgis_ddpm.core.detector.own_model import card_of_dates, with_own_model
from qgis_ddpm.core.series import run as series_run
from qgis_ddpm.events import Result
from qgis_ddpm.jobs import DetectChanges, DetectSeries
from tests.core.makers.series import SIZE, Made, make_series


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Five dates, and a detector without a model that calls what became brighter or darker changed."""
    series = make_series(tmp_path_factory.mktemp("series"))
    head = {"kind": "siamese", "levels": [], "channels": [], "strides": [], "bands": 3, "width": 4}
    head |= {"own": [], "members": 0, "plain": 1, "window_px": 64}
    torch.manual_seed(0)
    state = build_head(head, 1).state_dict()
    # Fresh weights say little; these say it loudly.
    state["plain.0.classify.weight"] *= 40
    card = DetectorCard(head, (0.2,), 0.4, "", "standard")
    bands = [BandScaling(f"band {number}", "uint8", 0.0, 255.0) for number in (1, 2, 3)]
    save_detector(series.folder / "detector.safetensors", state, with_own_model(card, card_of_dates(bands, False)))
    return series


def job(made: Made, out: Path, **fields: object) -> DetectSeries:
    out.mkdir(exist_ok=True)
    values = {"input": made.paths, "detector": str(made.folder / "detector.safetensors"), "device": "cpu"}
    return DetectSeries(**{**values, "output": str(out / "o.tif"), "polygons": str(out / "p.geojson"), **fields})


def test_blocks_change_no_byte_and_strips_no_pixel(tmp_path: Path, made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    contents, maps = [], []
    for name, fields in (("usual", {}), ("blocks", {"block_px": 37}), ("strips", {})):
        if name == "strips":
            monkeypatch.setattr(series_run, "LEAST_ROWS", 16)
            monkeypatch.setattr(series_run, "MOST_ROWS", 32)
        *_, last = run(job(made, tmp_path / name, **fields))
        assert isinstance(last, Result), last
        assert last.outputs["THRESHOLD_USED"] == 0.4
        contents.append([(tmp_path / name / file).read_bytes() for file in ("o.tif", "p.geojson")])
        with rasterio.open(tmp_path / name / "o.tif") as file:
            maps.append(file.read())
    assert contents[0] == contents[1]
    # Other windows share a call there, which moves last digits.
    assert (maps[0] != maps[2]).mean() < 1e-3


def test_a_date_changed_where_the_detector_says_so_of_it_and_the_one_before(tmp_path: Path, made: Made) -> None:
    *_, last = run(job(made, tmp_path / "series"))
    assert isinstance(last, Result), last
    with rasterio.open(tmp_path / "series" / "o.tif") as file:
        count = file.read(4)
    changed = np.zeros((SIZE, SIZE), int)
    for before, after in zip(made.paths, made.paths[1:], strict=False):
        path = tmp_path / "pair.tif"
        detector = str(made.folder / "detector.safetensors")
        *_, end = run(DetectChanges(before=before, after=after, detector=detector, output=str(path), device="cpu"))
        assert isinstance(end, Result)
        with rasterio.open(path) as file:
            changed += file.read(1) == 1
    known = count >= 0
    assert 0.01 < (changed[known] > 0).mean() < 0.99
    # Pairs are compared over gaps in a series; without any here, both are equal.
    assert (count[known] == changed[known]).mean() > 0.99
    assert json.loads((tmp_path / "series" / "p.geojson").read_text())["features"]
