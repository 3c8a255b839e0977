"""A model fetched from a folder with an index inside QGIS, by a real worker."""

from pathlib import Path

MODELS = Path(__file__).resolve().parents[2] / "models"


def test_a_model_of_an_index(run, log, tmp_path):
    wanted = {"NAME": "ddpm-digits-28", "INDEX": str(MODELS), "MODEL": str(tmp_path / "digits.safetensors")}
    found = run("ddpm:getmodel", wanted, feedback=log)
    assert Path(found["MODEL"]).read_bytes() == (MODELS / "ddpm-digits-28.safetensors").read_bytes()
    assert list(tmp_path.iterdir()) == [tmp_path / "digits.safetensors"]
