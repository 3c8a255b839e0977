"""The command line as people and programs call it: streams, exit status, signals."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from qgis_ddpm import cli
from qgis_ddpm.cli import main
from qgis_ddpm.console import duration


def call(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "qgis_ddpm", *arguments], capture_output=True, text=True, check=False, **options
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["dance"], "dance"),
        ([], "COMMAND"),
        (["detectchanges", "--speed", "3"], "--speed"),
        (["detectchanges", "--seed", "x"], "SEED is 'x'"),
        (["detectchanges"], "BEFORE (Before) is missing"),
        (["run", "none.yaml"], "none.yaml"),
        (["detectchanges", "--bef", "a.tif"], "--bef"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_status_2(capsys, arguments, words):
    assert main([*arguments]) == 2
    streams = capsys.readouterr()
    assert streams.out == ""
    assert words in streams.err
    assert streams.err.count("\n") == 1


def test_json_carries_one_event_a_line_and_nothing_else(capsys):
    assert main(["detectchanges", "--before", "none.tif", "--after", "none.tif", "--output", "o.tif", "--json"]) == 2
    lines = capsys.readouterr().out.splitlines()
    events = [json.loads(line) for line in lines]
    assert events[-1]["event"] == "error"
    assert "none.tif" in events[-1]["text"]


def test_flags_may_have_hyphens_or_underscores(capsys):
    for flag in ("--min-area", "--min_area"):
        assert main(["detectchanges", flag, "x"]) == 2
        assert "MIN_AREA is 'x'" in capsys.readouterr().err


def test_the_template_goes_to_stdout(capsys):
    assert main(["template", "detectchanges"]) == 0
    assert "job: detectchanges" in capsys.readouterr().out


def test_interrupt_keeps_a_usable_model_and_gives_status_3(tmp_path, scene):
    model = tmp_path / "m.safetensors"
    arguments = ["trainmodel", "--input", str(scene.before), "--preset", "tiny", "--tile_px", "32", "--batch_size", "4"]
    process = subprocess.Popen(
        [sys.executable, "-m", "qgis_ddpm", *arguments, "--minutes", "5", "--model", str(model), "--json"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    for line in process.stdout:
        event = json.loads(line)
        if event["event"] == "progress" and event["unit"] == "tile" and event["done"]:
            break
    process.send_signal(signal.SIGINT)
    start = time.monotonic()
    rest = [json.loads(line) for line in process.stdout]
    assert process.wait(30) == 3
    assert time.monotonic() - start < 10
    assert rest[-1] == {"event": "cancelled", "kept": {"MODEL": str(model)}}
    assert model.exists()


@pytest.mark.parametrize(("seconds", "text"), [(40, "40 s"), (720, "12 min"), (12600, "3.5 h")])
def test_durations_read_as_people_say_them(seconds, text):
    assert duration(seconds) == text


def test_a_wish_to_stop_before_the_run_has_begun_is_heard(monkeypatch, capsys):
    class Impatient(cli.Reporter):
        def __init__(self, json_wanted):
            super().__init__(json_wanted)
            os.kill(os.getpid(), signal.SIGTERM)

    def events():
        pytest.fail("the run was begun")
        yield

    monkeypatch.setattr(cli, "Reporter", Impatient)
    assert cli._follow(events(), False, []) == 3
    assert capsys.readouterr().err == "cancelled; nothing was kept\n"
