"""Which network NETWORK auto takes: the machine's, but never against what is set."""

import pytest

from qgis_ddpm.core.training.setup import describe_network
from qgis_ddpm.jobs import TrainModel
from qgis_ddpm.jobs.presets import PRESETS, WIDE_SHAPES


def job(**fields):
    return TrainModel(folder="f", model="m.safetensors", **fields).resolved()


@pytest.mark.parametrize("preset", sorted(WIDE_SHAPES))
def test_a_quick_processor_takes_the_wide_shape_of_a_preset(preset):
    taken = job(preset=preset).shaped(True)
    assert taken.network == describe_network(taken)["kind"] == "wide"
    for name, value in WIDE_SHAPES[preset].items():
        assert getattr(taken, name) == value
    others = set(PRESETS[preset]) - set(WIDE_SHAPES[preset])
    assert all(getattr(taken, name) == PRESETS[preset][name] for name in others)


@pytest.mark.parametrize(
    "fields",
    [
        {"preset": "digits", "network": "unet"},
        {"preset": "digits", "base_channels": 8},
        {"preset": "digits", "attention_at_px": "14"},
        {"preset": "digits", "tile_px": 32},
        {"preset": "small"},
        {"preset": "base"},
    ],
)
def test_what_is_set_decides(fields):
    fields = {"preset": "digits", **fields}
    taken = job(**fields).shaped(True)
    assert taken.network == "unet"
    assert all(getattr(taken, name) == value for name, value in fields.items())
    preset = PRESETS[fields["preset"]]
    assert taken.channel_multipliers == preset["channel_multipliers"]


def test_a_learning_rate_that_is_set_stays():
    taken = job(preset="digits", learning_rate=3e-4).shaped(True)
    assert (taken.network, taken.learning_rate) == ("wide", 3e-4)


@pytest.mark.parametrize("preset", sorted(set(PRESETS) - {"sr3"} - set(WIDE_SHAPES)))
def test_a_preset_without_a_wide_shape_keeps_its_own_on_a_quick_processor(preset):
    taken = job(preset=preset).shaped(True)
    assert {name: getattr(taken, name) for name in PRESETS[preset]} == {**PRESETS[preset], "network": "unet"}


def test_a_machine_without_quick_bfloat16_trains_as_before():
    for preset in WIDE_SHAPES:
        taken = job(preset=preset).shaped(False)
        assert {name: getattr(taken, name) for name in PRESETS[preset]} == {**PRESETS[preset], "network": "unet"}
