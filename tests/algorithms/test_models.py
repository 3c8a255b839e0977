"""Models by name: what a user sees of them before choosing one."""

import pytest

from qgis_ddpm.algorithms.model_list import describe, listed


@pytest.fixture
def models(make_model, monkeypatch, tmp_path):
    monkeypatch.setenv("QGIS_DDPM_MODELS", str(tmp_path))
    make_model("free.safetensors", 3, licence="CC BY 4.0", data="Sentinel-2 of one summer.")
    make_model("bound.safetensors", 1, licence="Research use only (AID)")
    (tmp_path / "damaged.safetensors").write_bytes(b"no model")
    return tmp_path


def test_models_are_listed_with_their_cards_and_damaged_ones_left_out(models):
    found = {file.name: describe(file.card) for file in listed("model") if file.path.startswith(str(models))}
    assert found == {
        "bound.safetensors": "1 bands (band 1), tiles of 64 px. Licence: Research use only (AID).",
        "free.safetensors": "3 bands (band 1, band 2, band 3), tiles of 64 px. Sentinel-2 of one summer. "
        "Licence: CC BY 4.0.",
    }
    assert [file for file in listed("detector") if file.path.startswith(str(models))] == []


def test_a_file_that_changed_is_read_again(models, make_model):
    listed("model")
    make_model("free.safetensors", 5)
    assert any("5 bands" in describe(file.card) for file in listed("model"))


def test_the_help_of_an_algorithm_that_wants_a_model_shows_the_cards(provider, models):
    for name, shown in (("sampletiles", True), ("detectchanges", True), ("assesschanges", False)):
        words = provider.algorithm(name).shortHelpString()
        assert ("<b>bound.safetensors</b><br>1 bands" in words) == shown
