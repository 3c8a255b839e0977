"""Streams that fail and terminals that are closed: the run keeps what is worth keeping, and no traceback is seen."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qgis_ddpm.cli import main

ROOT = Path(__file__).resolve().parent.parent
TRAINING = ["--preset", "tiny", "--tile_px", "32", "--batch_size", "4", "--minutes", "5"]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals and files")


@pytest.fixture
def training(scene, tmp_path):
    """Start a training that would go on for minutes; its stderr goes to a file, unless it is given."""

    def start(*more, shell="", **options):
        words = [sys.executable, "-m", "qgis_ddpm", "trainmodel", "--input", str(scene.before), *TRAINING, *more]
        words += ["--model", str(tmp_path / "m.safetensors")]
        if shell:
            words = ["sh", "-c", shell, "sh", *words]
        options.setdefault("stdout", subprocess.DEVNULL)
        options.setdefault("stderr", open(tmp_path / "err", "wb"))  # noqa: SIM115
        environ = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(words, cwd=tmp_path, env=environ, start_new_session=True, **options)

    return start


def wait_for(path, word, times=2):
    deadline = time.monotonic() + 100
    while path.read_text().count(word) < times and time.monotonic() < deadline:
        time.sleep(0.1)
    assert path.read_text().count(word) >= times, path.read_text()


def assert_kept(process, tmp_path, status):
    assert process.wait(60) == status, (tmp_path / "err").read_text()
    assert (tmp_path / "m.safetensors").exists()
    assert sorted(path.name for path in tmp_path.iterdir() if "part" in path.name or "lock" in path.name) == []
    if (tmp_path / "err").exists():
        assert "Traceback" not in (tmp_path / "err").read_text()
        assert "Error" not in (tmp_path / "err").read_text()


def test_a_closed_terminal_ends_a_training_with_a_model(training, tmp_path):
    process = training(preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL))
    wait_for(tmp_path / "err", "loss")
    process.send_signal(signal.SIGHUP)
    assert_kept(process, tmp_path, 3)


def test_nohup_is_respected(training, tmp_path):
    process = training(shell='trap "" HUP; exec "$@"')
    wait_for(tmp_path / "err", "loss")
    process.send_signal(signal.SIGHUP)
    seen = (tmp_path / "err").read_text().count("loss")
    wait_for(tmp_path / "err", "loss", seen + 2)
    assert process.poll() is None
    process.terminate()
    assert_kept(process, tmp_path, 3)


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_reader_that_leaves_ends_a_training_with_a_model(training, tmp_path, stream):
    process = training("--json", **{stream: subprocess.PIPE})
    pipe = getattr(process, stream)
    while b"loss" not in pipe.readline():
        continue
    pipe.close()
    assert_kept(process, tmp_path, 3)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no disk that is always full")
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_full_disk_under_what_is_said_ends_a_training_with_a_model(training, tmp_path, stream):
    with open("/dev/full", "wb") as full:
        process = training("--json", **{stream: full})
        assert process.wait(100) == 1
    # It was full from the first event on, before anything was learnt.
    assert not [path.name for path in tmp_path.iterdir() if "part" in path.name]
    if stream == "stdout":
        words = (tmp_path / "err").read_text()
        assert "cannot be written: No space left" in words
        assert "Traceback" not in words


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no disk that is always full")
def test_a_result_that_cannot_be_written_is_status_1_and_a_sentence():
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "qgis_ddpm", "template", "detectchanges"],
            stdout=full, stderr=subprocess.PIPE, cwd=ROOT, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_standard_files_let_no_message_into_the_output(scene, tmp_path, closed):
    arguments = ["detectchanges", "--before", str(scene.before), "--after", str(scene.after), "--method", "cva"]
    for name, end in (("a.tif", ""), ("b.tif", closed)):
        words = [sys.executable, "-m", "qgis_ddpm", *arguments, "--output", str(tmp_path / name)]
        done = subprocess.run(["sh", "-c", f'exec "$@" {end}', "sh", *words], cwd=ROOT, check=False)
        assert done.returncode == 0
    assert (tmp_path / "a.tif").read_bytes() == (tmp_path / "b.tif").read_bytes()


def test_nothing_that_steers_reaches_the_terminal(capsys, tmp_path):
    name = "a\x1b]0;owned\x07\x9b2J\u202e.tif"
    for more in ((), ("--json",)):
        assert main(["detectchanges", "--before", name, "--after", name, "--output", "o.tif", *more]) == 2
        streams = capsys.readouterr()
        assert not set("\x1b\x07\x9b\u202e") & set(streams.out + streams.err)
        assert "\\x1b]0;owned" in streams.err
    assert "owned" in json.loads(streams.out)["text"]
    # What argparse quotes as well.
    assert main(["detectchanges", "--be\x1bfore", "x"]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_paths_of_results_are_written_out(capsys):
    from qgis_ddpm.console import Reporter
    from qgis_ddpm.events import Cancelled, Preview, Result

    for event in (Result({"OUTPUT": "a\x1b[2J"}), Cancelled({"MODEL": "a\x1b[2J"}), Preview("a\x1b[2J")):
        Reporter(False).show(event)
    streams = capsys.readouterr()
    assert (streams.out + streams.err).count("a\\x1b[2J") == 3
    assert "\x1b" not in streams.out + streams.err
