"""Locks between processes: one holder, none after a death, no file left, and no link followed."""

import os
import pwd
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


def test_a_lock_of_another_user_names_itself_its_user_and_what_to_do(tmp_path, monkeypatch):
    path = str(tmp_path / "o.tif.lock")
    (tmp_path / "o.tif.lock").write_text(f"{locks.MARK}\n12345\nhost\n\n")
    monkeypatch.setattr(locks.os, "getuid", lambda: os.stat(path).st_uid + 1)
    monkeypatch.setattr(Lock, "acquire", lambda self: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    me = pwd.getpwuid(os.stat(path).st_uid).pw_name
    words = rf"o\.tif has the lock .*o\.tif\.lock of the user {me}.*have them remove the file, or choose another name"
    with pytest.raises(OutputError, match=words), held(path, "o.tif"):
        pass
    # One that is held, and readable.
    monkeypatch.setattr(Lock, "acquire", lambda self: False)
    with pytest.raises(OutputError, match=rf"another run \(process 12345, of the user {me}\)"), held(path, "o.tif"):
        pass
    # An account that was removed.
    monkeypatch.setattr(locks.pwd, "getpwuid", lambda number: {}[number])
    with pytest.raises(OutputError, match=r"of the user number \d+"), held(path, "o.tif"):
        pass


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root can be two users")
def test_a_stale_lock_of_another_user_as_that_user_meets_it(tmp_path):
    (tmp_path / "o.tif.lock").write_text(f"{locks.MARK}\n12345\nhost\n\n")
    (tmp_path / "o.tif.lock").chmod(0o600)
    folder = tmp_path
    while folder != folder.parent:
        folder.chmod(folder.stat().st_mode | 0o055)
        folder = folder.parent
        if str(folder) in ("/tmp", "/"):
            break
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.setuid(65534)
        try:
            with held(str(tmp_path / "o.tif.lock"), "o.tif"):
                os.write(write, b"taken")
        except BaseException as error:
            os.write(write, str(error).encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(write)
    words = os.read(read, 2000).decode()
    os.close(read)
    assert "o.tif.lock of the user root, which you may not open" in words


@pytest.mark.parametrize("content", ["notes", "12345", ""])
def test_a_file_of_somebody_else_is_neither_written_nor_removed(tmp_path, content):
    path = tmp_path / "a.lock"
    path.write_text(content)
    if content:
        with pytest.raises(OutputError, match="is a file of somebody else"), held(str(path), "o.tif"):
            pass
    else:
        # An empty one may be what a run left that was killed as it began.
        with held(str(path), "o.tif"):
            assert not Lock(str(path)).acquire()
    assert path.read_text() == content


def test_a_pipe_in_the_place_of_a_lock_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.lock")
    with pytest.raises(OutputError, match=r"o\.tif cannot be written"), held(str(tmp_path / "a.lock"), "o.tif"):
        pass


def test_a_missing_folder_is_a_sentence(tmp_path):
    with pytest.raises(OutputError, match=r"o\.tif cannot be written"), held(str(tmp_path / "no" / "a.lock"), "o.tif"):
        pass
