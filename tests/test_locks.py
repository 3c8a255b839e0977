"""Locks between processes: one holder, none after a death, no file left, and no link followed."""

import os
import signal
import subprocess
import sys

import pytest

from qgis_ddpm import locks
from qgis_ddpm.errors import OutputError
from qgis_ddpm.locks import Lock, held

HOLDER = """
import sys, time
from qgis_ddpm.locks import Lock
lock = Lock(sys.argv[1])
print(lock.acquire(), flush=True)
time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the lock `a.lock`."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "a.lock")], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "True\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_lock_is_refused_in_a_sentence_and_free_after_its_holder_was_killed(holder, tmp_path):
    path = str(tmp_path / "a.lock")
    words = rf"a\.tif is being written by another run \(process {holder.pid}\)"
    with pytest.raises(OutputError, match=words), held(path, "a.tif"):
        pass
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert os.path.exists(path)
    with held(path, "a.tif"):
        assert not Lock(path).acquire()
    assert os.listdir(tmp_path) == []


def test_a_lock_that_was_removed_while_it_was_waited_for_is_taken_anew(tmp_path, monkeypatch):
    """The last holder removes the file after we opened it: what we locked is then nobody's name."""
    path = str(tmp_path / "a.lock")
    real, calls = locks._lock, []

    def remove_first(descriptor):
        if not calls:
            os.remove(path)
        calls.append(descriptor)
        return real(descriptor)

    monkeypatch.setattr(locks, "_lock", remove_first)
    lock, other = Lock(path), Lock(path)
    assert lock.acquire()
    assert len(calls) == 2
    assert not other.acquire()
    lock.release()


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "precious").write_text("contents")
    os.symlink(tmp_path / "precious", tmp_path / "a.lock")
    with pytest.raises(OutputError, match=r"o\.tif cannot be written"), held(str(tmp_path / "a.lock"), "o.tif"):
        pass
    assert (tmp_path / "precious").read_text() == "contents"


def test_a_missing_folder_is_a_sentence(tmp_path):
    with pytest.raises(OutputError, match=r"o\.tif cannot be written"), held(str(tmp_path / "no" / "a.lock"), "o.tif"):
        pass
