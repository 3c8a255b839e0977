"""Planes of what a network is told, and polygons that say it."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from affine import Affine

from qgis_ddpm.card import BandScaling, ConditionCard, ModelCard, card_json
from qgis_ddpm.condition_card import condition_of
from qgis_ddpm.core.conditions.drawn_map import DrawnMap
from qgis_ddpm.core.conditions.planes import ToldByLabel, ToldByPlace, planes_of, planes_of_label
from qgis_ddpm.core.model.preconditioning import Preconditioning, base_of
from qgis_ddpm.core.model.unet import build_network
from qgis_ddpm.core.raster.grid import Grid, parse_crs
from qgis_ddpm.core.raster.vectors_in import read_polygons
from qgis_ddpm.errors import InputError

CLASSES = ConditionCard("classes", (), ("1", "4", "7"), 1.0, 0.1)
VALUES = ConditionCard("values", (BandScaling("dem", "int16", 0.0, 200.0),))
LABELS = ConditionCard("labels", (), ("forest", "town"), dropout=0.1)


def test_each_class_is_a_plane_and_the_last_says_where_one_is_known():
    numbers = np.array([[[1, 4], [7, 9]]], dtype=np.float32)
    valid = np.array([[True, True], [False, True]])
    planes = planes_of(CLASSES, numbers, valid)
    assert planes.tolist() == [[[1, 0], [0, 0]], [[0, 1], [0, 0]], [[0, 0], [0, 0]], [[1, 1], [0, 0]]]


def test_values_are_scaled_as_bands_and_nothing_is_known_of_nodata():
    numbers, valid = np.array([[[0, 50, 200, 900]]], dtype=np.float32), np.array([[True, True, True, False]])
    assert planes_of(VALUES, numbers, valid).tolist() == [[[-1, -0.5, 1, 0]], [[1, 1, 1, 0]]]
    assert planes_of(replace(VALUES, marked=False), numbers, valid).shape == (1, 1, 4)


def test_a_label_holds_for_a_whole_tile_and_none_says_nothing():
    assert planes_of_label(LABELS, 1, 2).tolist() == [[[0, 0], [0, 0]], [[1, 1], [1, 1]], [[1, 1], [1, 1]]]
    assert not planes_of_label(LABELS, None, 2).any()
    told = ToldByLabel(LABELS, (1, 0))
    assert [told.label(number) for number in range(3)] == ["town", "forest", "town"]


def test_windows_beyond_the_border_see_it_mirrored_and_overlap_alike():
    whole = np.arange(30, dtype=np.float32).reshape(1, 5, 6)

    def read(row, col, height, width):
        assert min(row, col) >= 0
        assert row + height <= 5
        assert col + width <= 6
        window = whole[:, row : row + height, col : col + width]
        return window, np.ones(window.shape[1:], bool)

    told = ToldByPlace(VALUES, read, (5, 6), (1, 2))
    large = told.numbers(-10, -10, 24)[0][0]
    mirrored = np.pad(whole[0], 24, mode="symmetric")
    assert np.array_equal(large, mirrored[15:39, 16:40])
    assert np.array_equal(told.numbers(-4, -3, 8)[0][0], large[6:14, 7:15])


@pytest.mark.parametrize("kind", ["unet", "wide", "sr3"])
def test_a_network_sees_its_condition_and_without_one_zeros(kind):
    config = {"kind": kind, "base_channels": 32, "channel_multipliers": [1, 2], "condition_channels": 3}
    config |= {} if kind == "sr3" else {"tile_px": 16, "patch_px": 2}
    torch.manual_seed(0)
    network = build_network(config, 2)
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    x, sigma = torch.randn(2, 2, 15, 13), torch.tensor([0.5, 2.0])
    told = torch.from_numpy(np.stack([planes_of_label(LABELS, label, 16) for label in (0, 1)]))[..., :15, :13]
    conditioning = Preconditioning("edm", 0.5)
    estimates = [conditioning.estimate(network, x, sigma, None, each) for each in (None, torch.zeros_like(told), told)]
    assert torch.equal(estimates[0], estimates[1])
    assert (estimates[2] - estimates[0]).abs().max() > 1e-3
    if kind != "sr3":
        # What is told of all pixels reaches each block beside the planes: not the stem alone.
        with torch.no_grad():
            network.told.weight.zero_()
        assert (conditioning.estimate(network, x, sigma, None, told) - estimates[2]).abs().max() > 1e-3


def test_of_a_coarser_condition_a_network_that_answers_nothing_gives_that_itself():
    bands = (BandScaling("a", "uint8", 0.0, 100.0), BandScaling("b", "uint8", 50.0, 60.0))
    coarse = (BandScaling("a", "uint8", 10.0, 60.0), BandScaling("b", "float32", 40.0, 60.0))
    told = ConditionCard("values", coarse, ratio=2.0, dropout=0.1, coarser=True, residual=True)
    rule = Preconditioning("edm", 0.5, base=base_of(bands, told))
    numbers = np.stack([np.full((4, 4), 25.0), np.full((4, 4), 58.0)]).astype(np.float32)
    valid = np.ones((4, 4), bool)
    valid[0] = False
    planes = torch.from_numpy(planes_of(told, numbers, valid))[None]
    network = build_network(
        {"kind": "unet", "tile_px": 4, "base_channels": 8, "channel_multipliers": [1], "condition_channels": 3}, 2
    )
    x0 = torch.rand(1, 2, 4, 4, generator=torch.Generator().manual_seed(0)) - 0.5
    sigma, noise = torch.tensor([1e4]), torch.zeros(1, 2, 4, 4)
    found = rule.estimate(network, rule.base.of(planes), sigma, None, planes)[0]
    wanted = (torch.tensor([25.0, 58.0]) - torch.tensor([50.0, 55.0])) / torch.tensor([50.0, 5.0])
    assert (found[:, 1:] - wanted[:, None, None]).abs().max() < 1e-5
    assert found[:, 0].abs().max() < 1e-5
    output = rule.target(x0, noise, sigma, planes)
    again = rule.lacking(x0, planes) * rule.coefficients(sigma).c_skip + rule.c_out(sigma) * output
    assert (again + rule.base.of(planes) - x0).abs().max() < 1e-5
    assert torch.equal(rule.lacking(x0, None), x0)


def test_a_card_keeps_its_condition_and_one_without_is_as_before():
    schedule = {"name": "edm", "mean": -1.2, "std": 1.2, "rho": 7.0, "sigma_min": 0.002, "sigma_max": 80.0}
    card = ModelCard({}, "edm", schedule, 0.002, 80.0, 0.5, 16, VALUES.bands)
    assert "condition" not in json.loads(card_json(card))
    for condition in (CLASSES, VALUES, LABELS):
        kept = json.loads(card_json(replace(card, condition=condition)))["condition"]
        assert condition_of(kept) == condition


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "words"}, {"classes": []}, {"classes": [1, 2]}, {"ratio": 0}, {"dropout": 1.0}, {"more": 1},
        {"marked": 2}, {"bands": [{"name": "a", "dtype": "uint8", "low": 1.0, "high": 0.0}]},
    ],
)  # fmt: skip
def test_a_card_with_a_condition_that_cannot_be_is_refused(changes):
    values = {"kind": "classes", "classes": ["1", "2"], "ratio": 1.0, "dropout": 0.1, **changes}
    with pytest.raises((ValueError, TypeError)):
        condition_of(values)


def drawn(path, features, field=None, card=CLASSES):
    boxes = [
        {"type": "Feature", "properties": fields, "geometry": {"type": "Polygon", "coordinates": [
            [[left, 0], [left + 40, 0], [left + 40, 80], [left, 80], [left, 0]]]}}
        for left, fields in features
    ]  # fmt: skip
    crs = {"type": "name", "properties": {"name": "EPSG:32633"}}
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": boxes}))
    grid = Grid(Affine(10, 0, 0, 0, -10, 80), 12, 8, parse_crs("EPSG:32633"))
    return DrawnMap(str(path), read_polygons("CONDITION", str(path), whole=True), field, card, grid)


def test_polygons_say_the_class_of_the_pixels_in_them(tmp_path):
    found = drawn(tmp_path / "a.geojson", [(0, {"id": 5, "class": 4}), (80, {"id": 6, "class": 7.0})])
    numbers, valid = found.read(0, 0, 8, 12)
    assert valid[0].tolist() == [True] * 4 + [False] * 4 + [True] * 4
    assert numbers[0, 0].tolist() == [4] * 4 + [0] * 4 + [7] * 4
    assert np.array_equal(found.read(2, 3, 4, 6)[0][0], numbers[0, 2:6, 3:9])
    named = drawn(tmp_path / "b.geojson", [(0, {"use": "Town"}), (80, {"use": "forest"})], "use", LABELS)
    assert named.read(0, 0, 1, 12)[0][0, 0].tolist() == [1] * 4 + [0] * 8


@pytest.mark.parametrize(
    ("field", "words"),
    [(None, "no field whose values are all classes"), ("class", "has 5 in the field class"), ("use", "no field 'use'")],
)
def test_polygons_of_other_classes_are_refused_by_name(tmp_path, field, words):
    with pytest.raises(InputError, match=words):
        drawn(tmp_path / "a.geojson", [(0, {"class": 4}), (80, {"class": 5})], field)
