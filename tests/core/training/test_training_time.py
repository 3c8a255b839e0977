"""What is told before a training on a processor."""

import pytest

from qgis_ddpm.core.training.setup import estimated_training_time
from qgis_ddpm.jobs.presets import PRESETS, PROSPECTS


def test_every_preset_says_what_a_processor_gives():
    assert set(PROSPECTS) == set(PRESETS)
    assert "GPU" in PROSPECTS["base"]
    assert "GPU" in PROSPECTS["sr3"]


# Seconds are 3 x GFLOP x tiles / (20 x threads).
@pytest.mark.parametrize(
    ("gflop", "tiles", "threads", "says"),
    [
        (0.4, 10, 1, "a minute or two"),
        (0.4, 24000, 2, "12 minutes"),
        (0.4, 24000, 1, "24 minutes"),
        (20.0, 7200, 2, "3 hours"),
        (370.0, 2000000, 2, "642 days"),
    ],
)
def test_the_time_is_told_in_a_readable_unit(gflop, tiles, threads, says):
    text = estimated_training_time("small", gflop, tiles, threads)
    named = "1 thread of" if threads == 1 else f"{threads} threads of"
    assert f"On {named} a processor this takes roughly {says}." in text
    assert text.endswith(PROSPECTS["small"])


def test_a_length_in_minutes_needs_no_estimate():
    assert estimated_training_time("tiny", 0.4, None, 2) == PROSPECTS["tiny"]
