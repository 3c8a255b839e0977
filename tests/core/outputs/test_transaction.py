"""Outputs of a run: locked, written beside their names, whole or not there."""

import os
from pathlib import Path

import pytest

from qgis_ddpm.core.outputs.transaction import OutputTransaction
from qgis_ddpm.errors import OutputError


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
        (tmp_path / "a.part.tif.aux.xml").write_text("GDAL")
        (tmp_path / "a.part.tif.part").write_text("safetensors")
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
        assert sorted(os.listdir(tmp_path / "tiles")) == [".lock", "0.part.tif", "1.part.tif", "2.part.tif"]
        with pytest.raises(OutputError, match="tiles is being written"):
            second.lock_folder(str(tmp_path / "tiles"))
        first.publish()
    assert sorted(os.listdir(tmp_path / "tiles")) == ["0.tif", "1.tif", "2.tif"]


def test_what_a_killed_run_left_is_removed_and_no_link_is_written_through(tmp_path):
    (tmp_path / "precious").write_text("contents")
    os.symlink(tmp_path / "precious", tmp_path / "a.part.txt")
    (tmp_path / "a.txt.lock").write_text("1")
    with OutputTransaction() as transaction:
        put(transaction, tmp_path / "a.txt")
        transaction.publish()
    assert (tmp_path / "precious").read_text() == "contents"
    assert (tmp_path / "a.txt").read_text() == "new"
    assert sorted(os.listdir(tmp_path)) == ["a.txt", "precious"]


def test_an_output_that_is_not_on_the_disk_is_not_published(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    with OutputTransaction() as transaction:
        Path(transaction.temp_path(str(tmp_path / "o.bin"))).write_text("late")
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OutputError, match=r"o\.part\.bin could not be written whole \(No space left"):
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
