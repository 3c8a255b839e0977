"""Temporary folders: private, gone after use, and gone at the next run where their run was killed."""

import os
import signal
import stat
import subprocess
import sys
import tempfile

import pytest

from qgis_ddpm.locks import MARK
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


@pytest.mark.parametrize("mark", [None, "", "12345", "qgis_ddpm lock 1\n1\nhere\nfolder 1\n", "of another machine"])
def test_a_folder_without_our_mark_stays_however_old(tmp_path, mark):
    folder = tmp_path / "qgis_ddpm_results"
    folder.mkdir()
    (folder / "map.tif").write_text("the user's")
    if mark == "of another machine":
        mark = f"{MARK}\n1\nelsewhere\nfolder {os.stat(folder).st_ino}\n"
    if mark is not None:
        (folder / "owner.lock").write_text(mark)
    os.utime(folder, (0, 0))
    sweep()
    assert (folder / "map.tif").read_text() == "the user's"
    assert mark is None or (folder / "owner.lock").read_text() == mark


def test_a_killed_runs_folder_beside_its_outputs_goes_with_the_next_there(tmp_path):
    code = HOLDER.replace("private_folder()", f"private_folder({str(tmp_path)!r})")
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    folder = process.stdout.readline().strip()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    sweep()
    assert os.path.isdir(folder)
    with private_folder(str(tmp_path)):
        assert not os.path.exists(folder)
    assert os.listdir(tmp_path) == []
