"""Child processes: nobody waits for a pipe that somebody else holds, and what is on a leash ends with us."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from qgis_ddpm.child import Child

ROOT = Path(__file__).resolve().parent.parent
# Leaves a grandchild that keeps stdout and stderr open, and ends.
LEAVES = """
import subprocess, sys
subprocess.Popen([sys.executable, "-c", sys.argv[1]])
print("said before the end", flush=True)
"""
SILENT = "import time; time.sleep(60)"
BABBLING = "while True: print('x' * 1000, flush=True)"
# A parent that starts a program on a leash; the program and what that started say who they are.
PARENT = """
import os, sys, time
from qgis_ddpm.child import Child
child = Child([sys.executable, "-c", sys.argv[1]], os.environ, leashed=True)
while True:
    print((child.next_line() or b"").decode().strip(), flush=True)
"""
TWO = """
import os, subprocess, sys, time
other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(os.getpid(), other.pid, flush=True)
time.sleep(60)
"""
pytestmark = pytest.mark.skipif(os.name == "nt", reason="written for sessions and signals")


def child(code, *arguments, **options):
    return Child([sys.executable, "-c", code, *arguments], os.environ, **options)


def lines_of(process):
    found = []
    try:
        while True:
            line = process.next_line()
            if line is not None:
                found.append(line)
    except EOFError:
        return found


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def members(session):
    """The processes of a session."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(path.read_text().rsplit(")", 1)[1].split()[3]) == session:
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def wait_until_gone(*pids):
    deadline = time.monotonic() + 10
    while any(map(is_alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_alive, pids))


@pytest.mark.parametrize("leashed", [False, True])
@pytest.mark.parametrize("grandchild", [SILENT, BABBLING])
def test_a_grandchild_that_keeps_the_pipe_holds_nobody(grandchild, leashed):
    threads = threading.active_count()
    start = time.monotonic()
    process = child(LEAVES, grandchild, leashed=leashed)
    assert b"said before the end\n" in lines_of(process)
    assert time.monotonic() - start < 8
    assert process.wait(1) == 0
    process.kill()
    deadline = time.monotonic() + 2
    while threading.active_count() > threads and time.monotonic() < deadline:
        time.sleep(0.05)
    assert threading.active_count() <= threads
    wait_until_gone(*members(process._process.pid))


def test_nothing_that_was_said_before_the_end_is_lost():
    process = child("import sys; sys.stdout.write(''.join(f'{n}\\n' for n in range(20000)) + 'last')")
    time.sleep(1.0)
    assert lines_of(process) == [*(f"{n}\n".encode() for n in range(20000)), b"last"]


def test_long_lines_come_in_pieces_of_one_byte_more_than_the_bound():
    process = child("print('a' * 25); print('b' * 10)", max_line_bytes=10)
    assert lines_of(process) == [b"a" * 11, b"a" * 11, b"aaa\n", b"b" * 10 + b"\n"]


def test_a_leash_passes_words_status_and_arguments_on():
    process = child(
        "import sys; print(sys.argv[1:]); print('e', file=sys.stderr); sys.exit(7)", "$HOME; ls", "", leashed=True
    )
    assert sorted(lines_of(process)) == [b"['$HOME; ls', '']\n", b"e\n"]
    assert process.wait(5) == 7


def test_what_is_on_a_leash_ends_where_the_parent_is_killed():
    parent = subprocess.Popen([sys.executable, "-c", PARENT, TWO], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    line = ""
    while not line.strip():
        line = parent.stdout.readline()
    pids = [int(word) for word in line.split()]
    assert all(map(is_alive, pids))
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    wait_until_gone(*pids)


def test_kill_ends_all_on_a_leash():
    process = child(TWO, leashed=True)
    line = None
    while line is None:
        line = process.next_line()
    process.kill()
    wait_until_gone(*(int(word) for word in line.split()))
