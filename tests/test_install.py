"""Making the environment: with a base interpreter that only pretends, so that no package is moved."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qgis_ddpm import environment, remote
from qgis_ddpm.environment import base_python, install, torch_build
from qgis_ddpm.errors import DdpmError, EnvironmentMissingError, InputError, OutputError
from qgis_ddpm.events import Cancelled, Note, Progress, Result
from qgis_ddpm.jobs import SetupEnvironment
from tests.stand_in_wheels import write_wheels
from tools.tutorial import without_network

ROOT = Path(__file__).resolve().parent.parent

# Answers what a Python is asked, makes "environments" that hold a copy of itself, and notes what pip is told.
BASE = """#!/bin/sh
[ "$1" = -I ] && shift
case "$1 $2" in
  "-c import json, torch"*) echo '["2.9.0", CUDA, false]' ;;
  "-c "*ensurepip*) echo '{"version": [VERSION], "ssl": SSL, "venv": true, "ensurepip": PIP}' ;;
  "-c "*) echo '{"version": [3, 12, 1], "packages": {"torch": "2", "numpy": "2", "rasterio": "1", "safetensors": "1",
 "pyyaml": "6"}}' | tr -d '\\n' ;;
  "-m venv") mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; echo home > "$3/pyvenv.cfg" ;;
  "-m pip") case "$3" in
      --version) echo "pip 24.2 from somewhere" ;;
      config) echo "CONFIG" ;;
      *) echo "$@" >> CALLS; BODY ;;
    esac ;;
esac
"""


@pytest.fixture
def base(tmp_path, monkeypatch):
    """Make a base interpreter whose pip does what the body says."""
    monkeypatch.setattr(environment.interpreter, "_probes", {})
    monkeypatch.setattr(shutil, "which", lambda name, path=None: None)
    monkeypatch.setattr(install, "NEEDED_GB", {"cpu": 0.001, "cuda": 0.001})

    def make(
        body="echo fine", *, name="base_python", version="3, 12, 1", ssl="true", pip="true", config="", cuda="null"
    ):
        words = {
            "CALLS": tmp_path / "calls",
            "BODY": body,
            "VERSION": version,
            "SSL": ssl,
            "PIP": pip,
            "CONFIG": config,
        }
        text = BASE
        for word, value in {**words, "CUDA": cuda}.items():
            text = text.replace(word, str(value))
        path = tmp_path / name
        path.write_text(text)
        path.chmod(0o755)
        return str(path)

    return make


@pytest.fixture
def calls(tmp_path):
    """What pip was told to install, a line for each call."""
    return lambda: (tmp_path / "calls").read_text().splitlines()


def notes(events):
    return [event.text for event in events if isinstance(event, Note)]


def job(base_python, folder, **values):
    return SetupEnvironment(base_python=base_python, environment=str(folder), build="cpu", **values)


def test_an_environment_is_made_and_marked_whole(base, tmp_path):
    folder = tmp_path / "environment"
    *_, last = remote.run(job(base(), folder))
    python = str(folder / "bin" / "python")
    assert last == Result({"ENVIRONMENT": str(folder), "PYTHON": python})
    assert json.loads((folder / environment.WHOLE_MARK).read_text())["build"] == "cpu"
    assert environment.find_interpreter(python) == python
    torch_call, other_call = (tmp_path / "calls").read_text().splitlines()
    assert "torch>=2.4,<3" in torch_call
    assert "rasterio>=1.4,<2" in other_call
    assert "torch" not in other_call


def test_without_network_packages_come_from_the_folder_alone(base, tmp_path):
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    list(remote.run(job(base(), tmp_path / "environment", wheels=str(wheels))))
    for call in (tmp_path / "calls").read_text().splitlines():
        assert f"--no-index --find-links {wheels}" in call
        assert "--index-url" not in call


def test_a_mirror_serves_torch_too_unless_torch_has_its_own(base, tmp_path, calls):
    list(remote.run(job(base(), tmp_path / "a", index_url="https://mirror.example/simple")))
    list(remote.run(job(base(), tmp_path / "b", index_url="https://m.example", torch_index_url="https://t.example")))
    assert [call.split("--index-url ")[1].split()[0] for call in calls()] == [
        "https://mirror.example/simple",
        "https://mirror.example/simple",
        "https://t.example",
        "https://m.example",
    ]


def test_an_index_that_pip_is_configured_with_is_asked_for_everything(base, tmp_path, calls):
    events = list(remote.run(job(base(config="global.index-url='https://mirror.example/simple'"), tmp_path / "a")))
    assert "torch is taken from https://mirror.example/simple, as pip is configured." in notes(events)
    assert not any("--index-url" in call for call in calls())


def test_pypi_in_the_configuration_is_no_mirror(base, tmp_path, calls):
    list(remote.run(job(base(config="global.index-url='https://pypi.org/simple'"), tmp_path / "a")))
    assert torch_build.PUBLISHER + "cpu" in calls()[0]


def test_where_the_publisher_is_barred_pips_own_index_serves(base, tmp_path, calls):
    body = 'case "$*" in *download.pytorch.org*) echo "ERROR: Connection refused"; exit 1 ;; esac'
    events = list(remote.run(job(base(body), tmp_path / "a")))
    assert isinstance(events[-1], Result)
    assert ["pytorch.org" in call for call in calls()] == [True, False, False]
    assert any("does not answer" in text and "Connection refused" in text for text in notes(events))


@pytest.mark.parametrize(
    ("platform", "name", "cuda", "index"),
    [
        ("linux", "cpu", None, "cpu"),
        ("linux", "cuda", (13, 0), None),
        ("linux", "cuda", None, None),
        ("linux", "cuda", (12, 4), "cu126"),
        ("linux", "cuda", (11, 8), "cu118"),
        ("win32", "cpu", None, None),
        ("win32", "cuda", (13, 1), "cu130"),
        ("win32", "cuda", (12, 4), "cu126"),
        ("win32", "cuda", (10, 2), "cu118"),
        ("darwin", "cpu", None, None),
    ],
)
def test_the_publishers_index_fits_the_system_and_the_driver(monkeypatch, platform, name, cuda, index):
    monkeypatch.setattr(torch_build.sys, "platform", platform)
    found = torch_build.publisher_index(torch_build.Build(name, cuda, ""))
    assert found == (index and torch_build.PUBLISHER + index)


def test_the_build_is_chosen_by_the_driver_and_said(monkeypatch, tmp_path):
    program = tmp_path / "nvidia-smi"
    program.write_text("#!/bin/sh\necho '| NVIDIA-SMI 550.54  Driver Version: 550.54  CUDA Version: 12.4 |'\n")
    program.chmod(0o755)
    monkeypatch.setattr(torch_build, "find_program", lambda name: str(program))
    assert torch_build.choose_build("auto") == torch_build.Build(
        "cuda", (12, 4), "a driver for NVIDIA cards is installed (CUDA 12.4)"
    )
    assert torch_build.choose_build("cpu").name == "cpu"
    monkeypatch.setattr(torch_build, "find_program", lambda name: None)
    monkeypatch.setattr(torch_build, "_has_driver", lambda: False)
    assert torch_build.choose_build("auto").name == "cpu"
    assert torch_build.choose_build("cuda") == torch_build.Build("cuda", None, "as BUILD says")


@pytest.mark.parametrize(
    ("build", "cuda", "words"),
    [("cpu", "null", "for processors"), ("cuda", "null", "stay unused"), ("cuda", '"13.0"', "finds no card")],
)
def test_the_build_that_came_is_named(base, tmp_path, build, cuda, words):
    wanted = SetupEnvironment(base_python=base(cuda=cuda), environment=str(tmp_path / "e"), build=build)
    assert any(words in text and "2.9.0" in text for text in notes(remote.run(wanted)))


def test_pip_tells_how_far_a_download_is(base, tmp_path, calls):
    body = (
        'echo "Downloading (200 MB)"; echo "Progress 0 of 200000000"; sleep 0.1; echo "Progress 50000000 of 200000000"'
    )
    events = list(remote.run(job(base(body), tmp_path / "e")))
    assert all("--progress-bar raw" in call for call in calls())
    (text,) = {event.text for event in events if isinstance(event, Progress) and event.done == 1.25}
    assert re.fullmatch(r"installing torch: 50 of 200 MB, [\d.]+ MB/s, 0 s left", text)


def test_scratch_files_lie_on_the_disk_that_was_checked_and_go(base, tmp_path):
    seen = tmp_path / "seen"
    list(remote.run(job(base(f'echo "$TMPDIR" > {seen}'), tmp_path / "e")))
    assert os.path.dirname(seen.read_text().strip()) == str(tmp_path / "e")
    assert sorted(os.listdir(tmp_path / "e")) == ["bin", "pyvenv.cfg", environment.WHOLE_MARK]


def test_an_environment_whose_python_is_gone_is_made_anew(base, tmp_path):
    folder = tmp_path / "e"
    list(remote.run(job(base(), folder)))
    (folder / "bin" / "python").write_text("#!/bin/sh\nexit 1\n")
    (folder / "lib" / "leftover").mkdir(parents=True)
    (folder / "survey.gpkg").write_text("the user's")
    list(remote.run(job(base(), folder)))
    assert not (folder / "lib" / "leftover").exists()
    assert (folder / "survey.gpkg").read_text() == "the user's"
    assert environment.find_interpreter(str(folder / "bin" / "python"))


@pytest.mark.parametrize(
    "mark", ["pyvenv.cfg", "qgis_ddpm.json", "qgis_ddpm_begun.json", "setup.lock", "tmp/x", "bin/x"]
)
def test_a_folder_that_was_not_made_here_stays_as_it_is(base, tmp_path, mark):
    path = tmp_path / "project" / mark
    path.parent.mkdir(parents=True)
    path.write_text('{"home": "/usr/bin"}')
    with pytest.raises(OutputError, match="holds other files and was not made by 'Set up environment'"):
        list(remote.run(job(base(), tmp_path / "project")))
    assert [each for each in (tmp_path / "project").rglob("*") if each.is_file()] == [path]
    assert path.read_text() == '{"home": "/usr/bin"}'


def test_a_file_in_the_place_of_the_folder_is_named(base, tmp_path):
    (tmp_path / "e").write_text("the user's")
    with pytest.raises(OutputError, match="is a file"):
        list(remote.run(job(base(), tmp_path / "e")))
    assert (tmp_path / "e").read_text() == "the user's"


def test_two_set_ups_of_one_folder_exclude_each_other(base, tmp_path):
    events = remote.run(job(base(), tmp_path / "e"))
    for event in events:
        if isinstance(event, Progress):
            break
    with pytest.raises(OutputError, match="another run"):
        list(remote.run(job(base(), tmp_path / "e")))
    assert isinstance(list(events)[-1], Result)


def test_a_half_made_environment_is_not_taken_and_running_again_mends_it(base, tmp_path, monkeypatch):
    folder = tmp_path / "data" / "qgis_ddpm" / "environment"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("QGIS_DDPM_PYTHON", raising=False)
    with pytest.raises(InputError, match=r"Connection refused.*INDEX_URL"):
        list(remote.run(job(base("echo 'ERROR: Connection refused'; exit 1"), folder)))
    assert not (folder / environment.WHOLE_MARK).exists()
    monkeypatch.setattr(environment.interpreter, "own_python", lambda: None)
    with pytest.raises(EnvironmentMissingError, match="Set up environment"):
        environment.find_interpreter()
    (folder / "bin" / "python").unlink()
    list(remote.run(job(base(), folder)))
    assert environment.find_interpreter() == str(folder / "bin" / "python")


def test_cancel_ends_pip_at_once_and_leaves_no_process(base, tmp_path):
    pid_file = tmp_path / "pid"
    wish = []
    events = remote.run(job(base(f"echo $$ > {pid_file}; sleep 60"), tmp_path / "e"), stop=lambda: bool(wish))
    for event in events:
        if isinstance(event, Progress) and pid_file.exists() and pid_file.read_text().strip():
            break
    wish.append(1)
    start = time.monotonic()
    assert isinstance(list(events)[-1], Cancelled)
    assert time.monotonic() - start < 1.0
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid_file.read_text()), 0)


# A set-up in a process of its own, which can be killed.
SET_UP = """
import shutil, sys
from qgis_ddpm.environment import install
from qgis_ddpm.jobs import SetupEnvironment
install.NEEDED_GB = {"cpu": 0.001, "cuda": 0.001}
list(install.setup_environment(SetupEnvironment(base_python=sys.argv[1], environment=sys.argv[2], build="cpu")))
"""


def test_pip_ends_where_the_set_up_is_killed(base, tmp_path):
    pid_file = tmp_path / "pid"
    python = base(f"sleep 60 & echo $$ $! > {pid_file}; wait")
    process = subprocess.Popen([sys.executable, "-c", SET_UP, python, str(tmp_path / "e")], cwd=ROOT)
    deadline = time.monotonic() + 60
    while not (pid_file.exists() and pid_file.read_text().strip()) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.kill()
    process.wait()
    for pid in pid_file.read_text().split():
        stat = Path(f"/proc/{pid}/stat")
        while stat.exists() and ") Z" not in stat.read_text() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not stat.exists() or ") Z" in stat.read_text()


def test_a_password_in_an_index_is_told_to_pip_alone(base, tmp_path, calls):
    seen = tmp_path / "seen"
    # The variable that uv reads; the name of pip's is a word of the base that pretends.
    body = f'echo "$UV_INDEX_URL" >> {seen}; echo "Looking in: $UV_INDEX_URL"; echo "ERROR: no $UV_INDEX_URL"'
    address = "https://bob:S3cret@mirror.example/simple"
    words = []
    for end, config in (("", ""), ("; exit 1", ""), ("; exit 1", f"global.index-url='{address}'")):
        folder = tmp_path / f"e{len(words)}"
        given = {} if config else {"index_url": address}
        try:
            words += list(remote.run(job(base(body + end, config=config), folder, **given)))
        except DdpmError as error:
            words.append(error)
        shutil.rmtree(folder, ignore_errors=True)
    assert seen.read_text().splitlines()[:3] == [address] * 3
    said = " ".join([str(each) for each in words] + calls())
    assert "***@mirror.example" in said
    assert "S3cr" not in said


def test_what_cannot_serve_is_refused_before_anything_is_made(base, tmp_path, monkeypatch):
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("keep")
    with pytest.raises(OutputError, match="holds other files"):
        list(remote.run(job(base(), full)))
    with pytest.raises(InputError, match="is no folder"):
        list(remote.run(job(base(), tmp_path / "e", wheels=str(tmp_path / "none"))))
    assert os.listdir(full) == ["mine.txt"]
    with pytest.raises(EnvironmentMissingError, match="cannot be started"):
        list(remote.run(job(str(tmp_path / "none"), tmp_path / "e")))
    monkeypatch.setattr(install, "NEEDED_GB", {"cpu": 1e9})
    with pytest.raises(OutputError, match="GB free"):
        list(remote.run(job(base(), tmp_path / "e")))
    assert not (tmp_path / "e").exists()


def test_a_python_that_cannot_serve_says_where_to_get_one(base, tmp_path, monkeypatch):
    old = base(version="3, 9, 5", name="old")
    monkeypatch.setattr(base_python, "candidates", lambda: iter([old, base(ssl="false", name="bare")]))
    with pytest.raises(
        EnvironmentMissingError, match=r"old is Python 3\.9\.5.*bare cannot load.*python\.org.*BASE_PYTHON"
    ):
        list(remote.run(job(None, tmp_path / "e")))
    with pytest.raises(EnvironmentMissingError, match=r"BASE_PYTHON: .*old is Python"):
        list(remote.run(job(old, tmp_path / "e")))
    with pytest.raises(EnvironmentMissingError, match=r"apt install python3\.12-venv"):
        list(remote.run(job(base(pip="false"), tmp_path / "e")))


def test_the_first_python_that_serves_is_taken(base, tmp_path, monkeypatch):
    old, good = base(version="3, 9, 5", name="old"), base(name="good")
    monkeypatch.setattr(base_python, "candidates", lambda: iter([old, good]))
    assert f"The environment is made from Python 3.12.1 at {good}." in notes(remote.run(job(None, tmp_path / "e")))


def test_this_machine_has_a_python_to_begin_with():
    found = base_python.find_base(None, pip_needed=False)
    assert found.version >= environment.OLDEST_PYTHON
    assert base_python.ask(sys.executable).problem == ""


# uv that makes "environments" of the base without a pip, and installs by itself.
UV = """#!/bin/sh
echo "$@" >> CALLS
case "$1" in
  venv) for last; do :; done; mkdir -p "$last/bin"; cp PYTHON "$last/bin/python"; echo home > "$last/pyvenv.cfg" ;;
esac
"""


def test_uv_brings_a_python_where_there_is_none(base, tmp_path, monkeypatch, calls):
    python = base()
    uv = tmp_path / "uv"
    uv.write_text(UV.replace("CALLS", str(tmp_path / "calls")).replace("PYTHON", python))
    uv.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name, path=None: str(uv) if name == "uv" else None)
    monkeypatch.setattr(base_python, "candidates", lambda: iter(()))
    events = list(remote.run(job(None, tmp_path / "e")))
    assert isinstance(events[-1], Result)
    assert "venv --allow-existing --python >=3.10" in calls()[0]
    # What uv made has a pip here, which knows its configuration.
    assert all(call.startswith("-m pip install") for call in calls()[1:])


def test_uv_installs_where_there_is_no_pip(base, tmp_path, monkeypatch, calls):
    python = base(pip="false")
    text = (tmp_path / "base_python").read_text().replace('echo "pip 24.2 from somewhere"', "exit 1")
    (tmp_path / "base_python").write_text(text)
    uv = tmp_path / "uv"
    uv.write_text(UV.replace("CALLS", str(tmp_path / "calls")).replace("PYTHON", python))
    uv.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name, path=None: str(uv) if name == "uv" else None)
    events = list(remote.run(job(python, tmp_path / "e")))
    assert isinstance(events[-1], Result)
    assert [call.split()[0:2] for call in calls()] == [
        ["venv", "--allow-existing"],
        ["pip", "install"],
        ["pip", "install"],
    ]
    assert any("uv takes its place" in text for text in notes(events))


def test_a_users_environment_holds_what_a_checkouts_does():
    lines = (ROOT / "requirements" / "runtime.txt").read_text().splitlines()
    named = {re.match(r"[a-z]+", line).group() for line in lines if line and line[0] != "#"}
    # rasterio brings it; a checkout's must be newer than Debian's.
    assert named - {"attrs"} == set(environment.REQUIREMENTS)
    assert all(re.fullmatch(rf"{name}>=[\d.]+(,<\d+)?", bound) for name, bound in environment.REQUIREMENTS.items())


CUT_OFF = """
import sys
from qgis_ddpm.jobs import SetupEnvironment
from qgis_ddpm.remote import run
*_, last = run(SetupEnvironment(environment=sys.argv[1], wheels=sys.argv[2], build="cpu"))
print(last.outputs["PYTHON"])
"""


def test_with_the_network_cut_off_a_folder_of_wheels_is_enough(tmp_path):
    write_wheels(tmp_path / "wheels")
    done = subprocess.run(
        [*without_network(), sys.executable, "-c", CUT_OFF, str(tmp_path / "environment"), str(tmp_path / "wheels")],
        cwd=ROOT, env={**os.environ, "HOME": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    python = done.stdout.strip()
    assert environment.probe(python).able
    assert dict(environment.probe(python).packages)["torch"] == "2.99.0"
