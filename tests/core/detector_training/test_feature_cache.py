"""Cached features: the same from memory and from disk."""

import pytest
import torch

from qgis_ddpm.core.detector_training.feature_cache import FeatureCache, room_for

SHAPES = [(3, 4, 4), (2, 8, 8)]
RECORD = 2 * (48 + 128)


@pytest.mark.parametrize("held", [0, 2, 10])
def test_what_is_put_is_taken(tmp_path, held):
    generator = torch.Generator().manual_seed(0)
    tiles = [[torch.randn(shape, generator=generator) for shape in SHAPES] for _ in range(5)]
    with FeatureCache(SHAPES, 5, held * RECORD, str(tmp_path)) as cache:
        for number in (3, 0, 4, 1, 2):
            cache.put(number, tiles[number])
        found = cache.take([4, 1, 4], torch.device("cpu"))
        # A file without a name: nothing is left where the process dies.
        assert not list(tmp_path.iterdir())
    for each, number in zip(zip(*found, strict=True), (4, 1, 4), strict=True):
        for got, put in zip(each, tiles[number], strict=True):
            assert got.dtype == torch.float32
            assert (got - put).abs().max() < 2e-3


def test_huge_values_stay_finite(tmp_path):
    with FeatureCache([(1, 1, 1)], 1, 100, str(tmp_path)) as cache:
        cache.put(0, [torch.full((1, 1, 1), 1e9)])
        assert torch.isfinite(cache.take([0], torch.device("cpu"))[0]).all()


def test_room_grows_with_memory(tmp_path):
    assert room_for(1000, 10_000_000, str(tmp_path)) - room_for(1000, 0, str(tmp_path)) == pytest.approx(
        10_000, abs=2000
    )
