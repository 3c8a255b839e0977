"""Models by name: what a user sees of them before choosing one."""

import pytest

from qgis_ddpm.algorithms.model_list import describe, listed
from qgis_ddpm.events import Note, Result


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


def test_a_card_is_inert_wherever_it_is_shown(provider, models, make_model):
    from qgis_ddpm.algorithms.boxes import tool_tip

    evil = "<img src='http://x/y'><script>z</script> \x1b[2J\u202e https://bob:word@h/s"
    make_model("evil.safetensors", 1, licence=evil, data=evil)
    (file,) = [file for file in listed("model") if file.name == "evil.safetensors"]
    for shown in (tool_tip(file, []), provider.algorithm("sampletiles").shortHelpString()):
        assert "<script" not in shown
        assert "<img src='http" not in shown
        assert "&lt;script&gt;" in shown
        assert not set("\x1b\u202e") & set(shown)
        assert "bob:word" not in shown
        assert "***@h/s" in shown
    assert tool_tip(file, []).startswith("<p>")


def test_a_refusal_that_quotes_a_path_is_no_page(provider, context, two_dates, tmp_path):
    parameters = {
        "BEFORE": two_dates[0],
        "AFTER": two_dates[1],
        "METHOD": "features",
        "OUTPUT": str(tmp_path / "o.tif"),
    }
    parameters["MODEL"] = "<b>m</b>\x1b[2J.safetensors"
    good, words = provider.algorithm("detectchanges").checkParameterValues(parameters, context)
    assert not good
    assert "\u2039b>m" in words
    assert "<b" not in words
    assert "\x1b" not in words


def test_the_log_of_qgis_holds_no_password(provider, context, log, fake_run, tmp_path):
    fake_run(Note("from https://bob:word@h/s\x1b[2J"), Result({"PYTHON": "p", "ENVIRONMENT": "e\x1b[2J"}))
    parameters = {
        "INDEX_URL": "https://bob:word@h/s",
        "TORCH_INDEX_URL": "https://t:word@h/t",
        "ENVIRONMENT": str(tmp_path),
    }
    _, good = provider.algorithm("setupenvironment").run(parameters, context, log)
    assert good, log.errors
    everything = "\n".join([*log.infos, *log.warnings, *log.errors, *log.commands])
    assert "***@h/s" in everything
    assert "***@h/t" in everything
    assert "word" not in everything
    assert "\x1b" not in everything
