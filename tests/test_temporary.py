"""Temporary folders: private, gone after use, and gone at the next run where their run was killed."""

import os
import signal
import stat
import subprocess
import sys
import tempfile

import pytest

from qgis_ddpm.temporary import private_folder, sweep

HOLDER = """
import time
from qgis_ddpm.temporary import private_folder
with private_folder() as folder:
    print(folder, flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def _own_temporary_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_a_folder_is_private_and_goes_with_its_block(tmp_path):
    with private_folder() as folder:
        assert os.path.dirname(folder) == str(tmp_path)
        assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700
        (tmp_path / folder / "deep").mkdir()
    assert os.listdir(tmp_path) == []


def test_the_next_run_removes_what_a_killed_run_left_and_nothing_else(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": os.getcwd()},
    )
    folder = process.stdout.readline().strip()
    (tmp_path / "qgis_ddpm_of_nobody").mkdir()
    (tmp_path / "others").mkdir()
    os.symlink(tmp_path / "others", tmp_path / "qgis_ddpm_link")
    sweep()
    assert os.path.isdir(folder)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    sweep()
    assert sorted(os.listdir(tmp_path)) == ["others", "qgis_ddpm_link", "qgis_ddpm_of_nobody"]
    os.utime(tmp_path / "qgis_ddpm_of_nobody", (0, 0))
    sweep()
    assert sorted(os.listdir(tmp_path)) == ["others", "qgis_ddpm_link"]
