"""Thresholds and probabilities from logits, against closed forms."""

import numpy as np
import pytest
import torch

from qgis_ddpm.core.detector_training.calibration import LogitCounts


def counted(differences: np.ndarray, labels: np.ndarray) -> LogitCounts:
    half = torch.from_numpy(differences.astype(np.float32) / 2)[None, None]
    counts = LogitCounts()
    counts.add(torch.stack([-half, half], dim=1), torch.from_numpy(labels)[None, None])
    return counts


def test_the_best_threshold_is_that_of_all_thresholds() -> None:
    rng = np.random.default_rng(0)
    labels = (rng.random(5000) < 0.1).astype(np.uint8)
    differences = rng.normal(2.0 * labels - 1, 1)
    labels[:100] = 255
    counts = counted(differences, labels)
    f1, threshold = counts.best()
    known, truth = labels != 255, labels == 1
    every = []
    for limit in np.linspace(-5, 5, 201):
        found = differences >= limit
        every.append(2 * (found & truth).sum() / (found[known].sum() + truth.sum()))
    assert f1 == pytest.approx(max(every), abs=2e-3)
    agreement = counts.confusion(threshold)
    assert agreement.total == known.sum()
    assert agreement.f1 == pytest.approx(f1)


def test_the_fit_recovers_gain_and_offset() -> None:
    rng = np.random.default_rng(1)
    differences = rng.normal(0, 2, 200_000)
    labels = (rng.random(differences.size) < 1 / (1 + np.exp(-(0.7 * differences - 1.5)))).astype(np.uint8)
    gain, offset = counted(differences, labels).fit()
    assert gain == pytest.approx(0.7, abs=0.02)
    assert offset == pytest.approx(-1.5, abs=0.03)


@pytest.mark.parametrize(
    "labels", [np.zeros(100, np.uint8), np.ones(100, np.uint8), (np.arange(100) < 50).astype(np.uint8)]
)
def test_the_fit_is_finite_where_classes_part_or_lack(labels: np.ndarray) -> None:
    gain, offset = counted(np.where(labels == 1, 3.0, -3.0) + np.linspace(0, 0.5, 100), labels).fit()
    assert 0 < gain < 100
    assert abs(offset) < 100


def test_a_head_that_is_wrong_way_round_is_left_as_it_is() -> None:
    labels = (np.arange(1000) < 300).astype(np.uint8)
    assert counted(np.where(labels == 1, -2.0, 2.0) + np.linspace(-1, 1, 1000), labels).fit() == (1.0, 0.0)
