"""The table of rules and the clusters, on pixels of which the kind is plain."""

from typing import Any

import numpy as np
import pytest

from qgis_ddpm.core.kinds.classes import MOST_CLASSES, cluster_kinds
from qgis_ddpm.core.kinds.clusters import MAX_VECTORS, ClusterKinds, VectorSample, cluster
from qgis_ddpm.core.kinds.direction import Direction, band_columns
from qgis_ddpm.core.kinds.indices import indices_of, normalized_difference
from qgis_ddpm.core.kinds.rules import BARE, DRIED, FLOODED, GAIN, LOSS, OTHER_CHANGE, RuleKinds, by_table
from qgis_ddpm.core.kinds.smoothing import smoothed
from qgis_ddpm.core.raster.random import place_keys

ROLES = ["green", "red", "nir", "swir1"]
FOREST, FIELD, SOIL, WATER = (
    (450, 280, 3300, 1500),
    (800, 650, 3900, 2100),
    (1300, 1900, 2600, 3400),
    (600, 450, 220, 60),
)
THINNED, BRIGHT_SOIL = (780, 850, 2300, 2000), (1500, 2100, 2900, 3600)
CASES = [
    (FOREST, THINNED, LOSS),
    (SOIL, FIELD, GAIN),
    (FIELD, SOIL, BARE),
    (FOREST, WATER, FLOODED),
    (WATER, SOIL, DRIED),
    (WATER, FOREST, DRIED),
    (SOIL, BRIGHT_SOIL, OTHER_CHANGE),
]


def rules_for(roles: list[str], first: Any, second: Any, scales: Any = None) -> RuleKinds:
    """Rules with a sample in which nothing changed."""
    own = np.tile([1.0, 0.0], (len(roles), 1))
    dates = [np.repeat(date, 50, axis=0) for date in (first, second)]
    return RuleKinds(roles, dates, np.ones(len(dates[0])), (own if scales is None else scales, own))


@pytest.mark.parametrize("bands", [[0, 1, 2, 3], [0, 1, 2], [1, 2], [2, 1, 3]])
@pytest.mark.parametrize("haze", [0.0, 1.0, 2.0])
def test_the_table(bands: list[int], haze: float) -> None:
    veil = np.array([250, 160, 70, 20], dtype=np.float32)[bands]
    before, after = (
        np.array([case[date] for case in CASES], dtype=np.float32)[:, bands] + np.float32(haze) * veil
        for date in (0, 1)
    )
    rules = rules_for([ROLES[band] for band in bands], before, before + veil)
    told = rules.classify(before, after + veil, after)
    assert told.tolist() == [kind for _, _, kind in CASES]


def test_scale_and_offset_are_applied_before_indices() -> None:
    before, after = (np.array([case[date] for case in CASES], dtype=np.float32) for date in (0, 1))
    stored = (before + 1000) * 2
    rules = rules_for(ROLES, stored, before, np.array([[0.5, -1000.0]] * 4))
    assert rules.classify(stored, after, after).tolist() == [kind for _, _, kind in CASES]


def test_a_scene_without_anything_dark_keeps_its_numbers() -> None:
    desert = np.array([SOIL, BRIGHT_SOIL] * 20, dtype=np.float32)
    other = desert[::-1].copy()
    assert (rules_for(ROLES, desert, desert).classify(desert, other, other) == OTHER_CHANGE).all()


def test_the_first_rule_that_holds_decides() -> None:
    wet, dry = np.array([True]), np.array([False])
    assert by_table(np.array([0.9]), np.array([0.0]), dry, wet)[0] == FLOODED
    assert by_table(np.array([0.0]), np.array([0.9]), wet, dry)[0] == DRIED
    assert by_table(np.array([0.0]), np.array([0.9]), wet, wet)[0] == GAIN
    assert by_table(np.array([np.nan]), np.array([0.5]), dry, dry)[0] == OTHER_CHANGE


def test_indices() -> None:
    assert indices_of(ROLES) == {"ndvi": (2, 1), "ndwi": (0, 2), "mndwi": (0, 3), "ndbi": (3, 2)}
    assert indices_of(("red", "green", "blue")) == {}
    found = normalized_difference(np.array([3.0, 0.0, -1.0]), np.array([1.0, 0.0, 0.5]))
    assert found[0] == 0.5
    assert np.isnan(found[1:]).all()


def test_columns_of_bands_differ() -> None:
    roles = ("nir", "other", "other", "other", "other", "red")
    names = ("NIR", "red", "Elevation (m)", None, "a name that is much too long for a column", "R")
    assert band_columns(names, roles) == ["nir", "band_2", "elevation_m", "band_4", "band_5", "red"]


def test_of_many_bands_those_with_a_role_have_columns() -> None:
    roles = ("other",) * 50 + ("red", "nir")
    about = Direction(band_columns([None] * 52, roles), roles, np.ones(52), np.zeros(52))
    assert list(about.columns()) == [
        f"{stem}_{when}" for stem in ("red", "nir", "ndvi") for when in ("before", "after", "change")
    ]
    sums = np.arange(104.0)
    assert len(list(about.values(sums, 2))) == 9


def test_a_sample_of_vectors_does_not_depend_on_its_parts() -> None:
    rng = np.random.default_rng(0)
    count = MAX_VECTORS + 5000
    keys = place_keys(3, np.arange(count) // 300 - 50, np.arange(count) % 300)
    assert len(np.unique(keys)) == count
    vectors = rng.normal(size=(count, 2)).astype(np.float32)
    found = []
    for size in (count, 999):
        sample = VectorSample(2)
        for start in range(0, count, size):
            part = slice(start, start + size)
            if sample.wanted(keys[part]):
                sample.add(keys[part], vectors[part])
        found.append(sample.vectors)
    assert len(found[0]) == MAX_VECTORS
    assert (found[0] == found[1]).all()


def test_clusters_find_what_is_there_the_most_frequent_first() -> None:
    rng = np.random.default_rng(1)
    centres = np.array([[9, 0, 0], [0, 9, 0], [0, 0, -9]])
    truth = rng.choice(3, 3000, p=[0.2, 0.5, 0.3])
    vectors = (centres[truth] * rng.uniform(0.7, 2, (3000, 1)) + rng.normal(0, 0.5, (3000, 3))).astype(np.float32)
    kinds = ClusterKinds(vectors, np.ones(3), 3, 0)
    found = kinds.classify(np.zeros_like(vectors), vectors, vectors)
    assert (found == np.array([3, 1, 2])[truth]).mean() > 0.99
    again = ClusterKinds(vectors, np.ones(3), 3, 0).classify(np.zeros_like(vectors), vectors, vectors)
    assert (found == again).all()


def test_no_more_clusters_than_ways() -> None:
    assert len(cluster(np.array([[1.0], [1.0], [2.0]]), 5, 0)) == 2
    assert len(cluster(np.ones((4, 2)), 3, 0)) == 1
    assert ClusterKinds(np.zeros((0, 3), dtype=np.float32), np.ones(3), 4, 0).kinds == ()


def test_all_clusters_have_colours_of_their_own() -> None:
    assert len({kind.colour for kind in cluster_kinds(MOST_CLASSES)}) == MOST_CLASSES


def test_slivers_take_the_kind_about_them_and_what_is_large_stays() -> None:
    kinds = np.zeros((40, 60), np.uint8)
    kinds[5:35, 5:25], kinds[5:35, 25:45] = 1, 2
    plain = kinds.copy()
    # A mixed edge one pixel wide, single pixels, and a patch of a kind of its own.
    kinds[5:35, 25], kinds[5, 5:25] = 3, 3
    kinds[12, 12], kinds[30, 40] = 2, 1
    kinds[15:23, 30:38] = plain[15:23, 30:38] = 4
    found = smoothed(kinds)
    assert found.dtype == np.uint8
    assert ((found == 0) == (kinds == 0)).all()
    assert set(np.unique(found)) == {0, 1, 2, 4}
    # Corners of a patch are rounded, no more.
    assert (found != plain).mean() < 0.02
    alone = np.zeros((9, 9), np.uint8)
    alone[4, 4] = 5
    np.testing.assert_array_equal(smoothed(alone), alone)
