"""Outputs of a run: locked, written beside their names, whole or not there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from qgis_ddpm.core.outputs.transaction import OutputTransaction
from qgis_ddpm.errors import OutputError

ROOT = Path(__file__).resolve().parents[3]


def put(transaction: OutputTransaction, path: Path, text: str = "new") -> None:
    transaction.write(str(path), text.encode())


def test_outputs_get_their_names_together_and_the_first_one_last(tmp_path, monkeypatch):
    order, replace = [], os.replace
    monkeypatch.setattr(os, "replace", lambda old, new: (order.append(os.path.basename(new)), replace(old, new)))
    with OutputTransaction() as transaction:
        put(transaction, tmp_path / "main.txt")
        put(transaction, tmp_path / "deep" / "other.txt")
        assert not (tmp_path / "main.txt").exists()
        transaction.publish()
    assert order == ["other.txt", "main.txt"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["deep", "main.txt", "other.txt"]


def test_without_an_end_everything_of_a_run_is_removed_and_the_old_file_stays(tmp_path):
    (tmp_path / "a.tif").write_text("old")
    with OutputTransaction() as transaction:
        put(transaction, tmp_path / "a.tif")
        Path(transaction.temp_path(str(tmp_path / "b.tif")) + ".aux.xml").write_text("GDAL")
        assert len(os.listdir(tmp_path)) == 4
    assert os.listdir(tmp_path) == ["a.tif"]
    assert (tmp_path / "a.tif").read_text() == "old"


def test_two_runs_of_one_output_exclude_each_other_by_whatever_name(tmp_path):
    (tmp_path / "real").mkdir()
    os.symlink(tmp_path / "real", tmp_path / "alias")
    with OutputTransaction() as first, OutputTransaction() as second:
        first.temp_path(str(tmp_path / "real" / "a.tif"))
        with pytest.raises(OutputError, match=r"a\.tif is being written by another run"):
            second.temp_path(str(tmp_path / "alias" / "a.tif"))
        second.temp_path(str(tmp_path / "real" / "b.tif"))
    with OutputTransaction() as third:
        third.temp_path(str(tmp_path / "real" / "a.tif"))


def test_a_folder_of_tiles_is_one_lock(tmp_path):
    with OutputTransaction() as first, OutputTransaction() as second:
        first.lock_folder(str(tmp_path / "tiles"))
        for number in range(3):
            put(first, tmp_path / "tiles" / f"{number}.tif")
        lock, made = sorted(os.listdir(tmp_path / "tiles"))
        assert lock == ".lock"
        assert {"0.tif", "1.tif", "2.tif"} <= set(os.listdir(tmp_path / "tiles" / made))
        with pytest.raises(OutputError, match="tiles is being written"):
            second.lock_folder(str(tmp_path / "tiles"))
        first.publish()
    assert sorted(os.listdir(tmp_path / "tiles")) == ["0.tif", "1.tif", "2.tif"]


KILLED = """
import os, signal, sys
from qgis_ddpm.core.outputs.transaction import OutputTransaction
transaction = OutputTransaction()
transaction.write(sys.argv[1], b"half")
open(transaction.temp_path(sys.argv[1] + "2") + ".aux.xml", "w").close()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_run_left_is_removed_by_its_mark(tmp_path):
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "a.txt")], cwd=ROOT, check=False)
    assert len(os.listdir(tmp_path)) == 3
    with OutputTransaction() as transaction:
        put(transaction, tmp_path / "a.txt")
        transaction.publish()
    # The second output of that run has its lock still, whose file says whose it is.
    assert sorted(os.listdir(tmp_path)) == [".a.txt2.lock", "a.txt"]
    with OutputTransaction() as transaction:
        transaction.reserve(str(tmp_path / "a.txt2"))
    assert os.listdir(tmp_path) == ["a.txt"]


@pytest.mark.parametrize(
    "name",
    ["a.part.tif", "a.tif.part", "a.tif.lock", "a.tif.part.aux.xml", ".qgis_ddpm_mine/file", "a.part.tif.part/file"],
)
def test_no_file_of_the_users_goes_because_its_name_fits(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("the user's")
    with OutputTransaction() as transaction:
        put(transaction, tmp_path / "a.tif")
        transaction.publish()
    assert path.read_text() == "the user's"
    assert (tmp_path / "a.tif").read_text() == "new"


def test_a_copy_of_a_folder_of_ours_is_the_users(tmp_path):
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "a.txt")], cwd=ROOT, check=False)
    (left,) = tmp_path.glob(".qgis_ddpm_*")
    shutil.copytree(left, tmp_path / ".qgis_ddpm_copy")
    with OutputTransaction() as transaction:
        put(transaction, tmp_path / "a.txt")
    assert not left.exists()
    assert (tmp_path / ".qgis_ddpm_copy" / "a.txt").read_text() == "half"


def test_a_foreign_file_in_the_place_of_a_lock_or_of_scores_is_left_and_named(tmp_path):
    (tmp_path / ".a.tif.lock").write_text("notes")
    (tmp_path / "b.tif.part").write_text("notes")
    with OutputTransaction() as transaction:
        with pytest.raises(OutputError, match=r"\.a\.tif\.lock.* is a file of somebody else"):
            transaction.reserve(str(tmp_path / "a.tif"))
        with pytest.raises(OutputError, match=r"b\.tif\.part, which is a file of somebody else"):
            transaction.resumable_path(str(tmp_path / "b.tif"))
    assert (tmp_path / ".a.tif.lock").read_text() == (tmp_path / "b.tif.part").read_text() == "notes"


def test_what_gdal_wrote_about_an_old_raster_goes_with_it_and_nothing_else(tmp_path):
    for name in ("old.tif", "old.tif.msk", "old.tif.aux.xml", "page.html", "page.html.ovr"):
        (tmp_path / name).write_text("old")
    (tmp_path / "new.tif.aux.xml").write_text("<PAMDataset></PAMDataset>")
    (tmp_path / "mask.tif.msk").write_text("the user's")
    with OutputTransaction() as transaction:
        for name in ("old.tif", "new.tif", "page.html"):
            put(transaction, tmp_path / name)
        with pytest.raises(OutputError, match=r"mask\.tif\.msk would be read as a part of it"):
            transaction.reserve(str(tmp_path / "mask.tif"))
        transaction.publish()
    assert sorted(os.listdir(tmp_path)) == ["mask.tif.msk", "new.tif", "old.tif", "page.html", "page.html.ovr"]


def test_two_names_of_one_file_are_no_two_outputs(tmp_path):
    (tmp_path / "a.tif").write_text("old")
    os.link(tmp_path / "a.tif", tmp_path / "b.tif")
    with OutputTransaction() as transaction:
        transaction.temp_path(str(tmp_path / "a.tif"))
        with pytest.raises(OutputError, match="are one file"):
            transaction.temp_path(str(tmp_path / "b.tif"))


def test_an_output_that_is_not_on_the_disk_is_not_published(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    with OutputTransaction() as transaction:
        Path(transaction.temp_path(str(tmp_path / "o.bin"))).write_text("late")
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OutputError, match=r"o\.bin could not be written whole \(No space left"):
            transaction.publish()
    assert os.listdir(tmp_path) == []


def test_reserving_says_early_what_would_fail_late_and_writes_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    with OutputTransaction() as transaction:
        transaction.reserve(str(tmp_path / "r.html"))
        with pytest.raises(OutputError, match="its folder cannot be made"):
            transaction.reserve(str(tmp_path / "file" / "r.html"))
        with pytest.raises(OutputError, match="a folder has this name"):
            transaction.reserve(str(tmp_path))
        transaction.publish()
    assert os.listdir(tmp_path) == ["file"]
