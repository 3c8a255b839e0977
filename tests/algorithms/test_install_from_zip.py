"""A user's way in: the zip, an empty profile, and one algorithm from it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from qgis.core import QgsApplication

from tools import qgis_process
from tools.build_zip import build_zip


@pytest.fixture
def profile(provider, tmp_path):
    """A profile in which nothing but the zip was installed, by QGIS's own unpacking."""
    sys.path.append(str(Path(QgsApplication.pkgDataPath()) / "python"))
    from pyplugin_installer.unzip import unzip

    plugins = tmp_path / "profile" / "profiles" / "default" / "python" / "plugins"
    plugins.mkdir(parents=True)
    unzip(str(build_zip(tmp_path / "plugin.zip")), str(plugins))
    assert [path.name for path in plugins.iterdir()] == ["qgis_ddpm"]
    return tmp_path / "profile"


def test_the_zip_in_an_empty_profile_runs_an_algorithm(profile, scene, tmp_path):
    environ = qgis_process.environment(profile)
    del environ["QGIS_PLUGINPATH"]

    def ask(*words):
        done = subprocess.run(
            [qgis_process.executable(), *words], env=environ, capture_output=True, text=True, check=False, cwd=tmp_path
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    ask("plugins", "enable", "qgis_ddpm")
    files = [f"--BEFORE={scene['before']}", f"--AFTER={scene['after']}", f"--OUTPUT={tmp_path / 'change.tif'}"]
    answer = json.loads(ask("--json", "run", "ddpm:detectchanges", *files, "--METHOD=cva"))
    assert answer["results"]["METHOD_USED"] == "cva"
    assert answer["results"]["CHANGED_AREA"] > 0
    assert (tmp_path / "change.tif").exists()
    # The style beside it comes from the zip's own code.
    assert (tmp_path / "change.qml").exists()
