"""Import of a published checkpoint through Processing, with the real worker."""

import os
import subprocess
from pathlib import Path

import pytest
from qgis.core import QgsProcessingException

from qgis_ddpm.card import fingerprint, read_detector_card

ROOT = Path(__file__).resolve().parents[2]
# Another process: torch must not be loaded beside QGIS.
WRITE = """
import sys, torch
from tests.core.makers.published import WRAPPER, head_shapes, network_shapes, random_state
network = random_state(network_shapes(3, 32, (1, 2), 2, ()))
torch.save({WRAPPER + name: tensor for name, tensor in network.items()}, sys.argv[1])
torch.save(random_state(head_shapes([64, 32], 3)), sys.argv[2])
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("published")
    given = {"INPUT": str(folder / "a_gen.pth"), "HEAD": str(folder / "h_gen.pth")}
    python = os.environ["QGIS_DDPM_PYTHON"]
    subprocess.run([python, "-c", WRITE, *given.values()], cwd=ROOT, check=True)
    return given


def test_a_network_and_its_head_become_a_model_and_a_detector(run, files, tmp_path):
    wanted = {"MODEL": str(tmp_path / "m.safetensors"), "DETECTOR": str(tmp_path / "d.safetensors")}
    results = run("ddpm:importcheckpoint", {**files, **wanted})
    assert {name: results[name] for name in wanted} == wanted
    assert read_detector_card(wanted["DETECTOR"]).model_fingerprint == fingerprint(wanted["MODEL"])


def test_a_head_in_the_place_of_the_network_is_one_sentence(run, files, tmp_path):
    with pytest.raises(QgsProcessingException, match="is a change head"):
        run("ddpm:importcheckpoint", {"INPUT": files["HEAD"], "MODEL": str(tmp_path / "m.safetensors")})
    assert list(tmp_path.iterdir()) == []
