"""The check of the environment: what it finds here, and that whatever is broken becomes a finding."""

import builtins
import sys

import pytest
import torch
from safetensors.torch import save_file

from qgis_ddpm.card import BandScaling, DetectorCard, ModelCard, card_json
from qgis_ddpm.core import environment_check as check
from qgis_ddpm.core import run
from qgis_ddpm.core.dry_run import estimate
from qgis_ddpm.errors import JobError
from qgis_ddpm.events import Note, Result
from qgis_ddpm.jobs import CheckEnvironment


def checked(**fields):
    """The outputs and the warnings of a run."""
    events = list(run(CheckEnvironment(**fields)))
    assert isinstance(events[-1], Result)
    return events[-1].outputs, [event.text for event in events if isinstance(event, Note) and event.level == "warning"]


def break_import(monkeypatch, name, words):
    """Let the import of one module fail, also where it is loaded already."""
    plain = builtins.__import__

    def broken(module, *rest, **named):
        if module.split(".")[0] == name:
            raise ImportError(words)
        return plain(module, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", broken)
    monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(check, "import_module", lambda module: __import__(module))


def test_the_environment_of_the_tests_is_able(tmp_path, monkeypatch):
    monkeypatch.setenv("QGIS_DDPM_MODELS", str(tmp_path))
    (tmp_path / "broken.safetensors").write_bytes(b"no model")
    outputs, warnings = checked(report=str(tmp_path / "a.html"), device="cpu")
    assert outputs["ABLE"] is True
    assert outputs["PYTHON"] == sys.executable
    assert outputs["TORCH_VERSION"] == torch.__version__
    assert outputs["DEVICES"].startswith("cpu (")
    assert 0 < outputs["FREE_MEMORY_MB"] < 1 << 30
    assert outputs["MODELS_FOLDER"] == str(tmp_path)
    assert len(warnings) == 1
    assert "broken.safetensors is no safetensors file" in warnings[0]
    html = (tmp_path / "a.html").read_text(encoding="utf-8")
    for text in (torch.__version__, "computes rightly", "a GeoTIFF was written and read back", warnings[0]):
        assert text in html
    assert len(outputs) == len(CheckEnvironment.OUTPUTS) + 1


def test_models_and_detectors_are_listed_with_what_they_are_for(tmp_path, monkeypatch):
    monkeypatch.setenv("QGIS_DDPM_MODELS", str(tmp_path))
    schedule = {"name": "edm", "mean": -1.2, "std": 1.2, "rho": 7.0, "sigma_min": 0.002, "sigma_max": 80.0}
    bands = (BandScaling("red", "uint8", 0, 255),)
    model = ModelCard({}, "edm", schedule, 0.002, 80.0, 0.5, 32, bands, licence="Research use.")
    detector = DetectorCard({}, (0.1,), 0.5, "0123456789abcdef")
    for name, card in (("m.safetensors", model), ("d.safetensors", detector)):
        save_file({"weight": torch.zeros(1)}, tmp_path / name, {"card": card_json(card)})
    _, warnings = checked(report=str(tmp_path / "a.html"), device="cpu")
    assert warnings == []
    html = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "32 px tiles of 1 bands (red). Research use." in html
    assert "a detector for the model of fingerprint 0123456789ab" in html


@pytest.mark.parametrize("name", ["torch", "rasterio"])
def test_a_package_that_cannot_be_loaded_is_named_in_its_own_words(monkeypatch, tmp_path, name):
    break_import(monkeypatch, name, "libfoo.so.1: cannot open shared object file")
    outputs, warnings = checked(report=str(tmp_path / "a.html"))
    assert outputs["ABLE"] is False
    assert f"{name} cannot be loaded: libfoo.so.1: cannot open shared object file" in warnings
    assert outputs["TORCH_VERSION"] == ("" if name == "torch" else torch.__version__)
    assert "libfoo.so.1" in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_a_device_that_fails_is_a_finding(monkeypatch):
    def fail(device):
        raise RuntimeError("no kernel image is available for execution\non the device")

    monkeypatch.setattr(check, "_compute", fail)
    outputs, warnings = checked(device="cpu")
    assert outputs["ABLE"] is False
    assert outputs["DEVICES"] == ""
    assert warnings == ["cpu fails: no kernel image is available for execution"]


def test_a_device_that_computes_wrongly_is_noticed(monkeypatch):
    monkeypatch.setattr(torch.nn.functional, "conv2d", lambda *_, **__: torch.zeros(1, 1, 16, 16))
    outputs, warnings = checked(device="cpu")
    assert outputs["ABLE"] is False
    assert "gives a wrong answer" in warnings[0]


def test_a_device_that_is_absent_is_a_finding_and_no_error():
    outputs, warnings = checked(device="cuda:77")
    assert outputs["ABLE"] is False
    assert len(warnings) == 1
    assert "cuda:77" in warnings[0]


def test_a_file_that_reads_back_differently_is_noticed(monkeypatch):
    from qgis_ddpm.core.raster import source as raster_source

    plain = raster_source.RasterSource.read
    monkeypatch.setattr(raster_source.RasterSource, "read", lambda *place: (plain(*place)[0] + 1, plain(*place)[1]))
    outputs, warnings = checked(device="cpu")
    assert outputs["ABLE"] is False
    assert warnings == ["Rasters: a GeoTIFF that was written reads back differently"]


def test_another_interpreter_is_refused_here(tmp_path):
    with pytest.raises(JobError, match=r"PYTHON is /no/python, but .* runs this check"):
        checked(python="/no/python", report=str(tmp_path / "a.html"))
    assert list(tmp_path.iterdir()) == []


def test_this_interpreter_by_its_name_is_checked_here():
    outputs, _ = checked(python=sys.executable, device="cpu")
    assert outputs["ABLE"] is True


def test_a_dry_run_checks_nothing(monkeypatch):
    monkeypatch.setattr(check, "_parts", lambda job: pytest.fail("a part was tried"))
    *_, last = estimate(CheckEnvironment(python="/no/python"))
    assert last.outputs == {"NETWORK_CALLS": 0, "DISK_MB": 0.0}


@pytest.mark.gpu
def test_every_gpu_computes():
    if not torch.cuda.is_available():
        pytest.skip("there is no CUDA device")
    outputs, _ = checked()
    assert outputs["ABLE"] is True
    assert outputs["DEVICES"].count("cuda:") == torch.cuda.device_count()
