"""Make the worker's environment: a virtual environment of its own, and pip or uv inside it.

Nothing is ever installed into the Python that QGIS runs on. A half-made environment carries no mark of being whole,
so no job takes it, and running the same again mends it.
"""

import os
import re
import shutil
from contextlib import ExitStack
from typing import Generator, List, Mapping, Optional, Tuple

from ..child import Child
from ..errors import EnvironmentMissingError, InputError, OutputError
from ..events import Event, Events, Note, Progress, Result
from ..jobs.environment import SetupEnvironment
from ..locks import held
from ..model_folder import data_folder
from ..temporary import private_folder
from ..words import tr
from .base_python import find_base
from .folder import LOCK, begin, check_folder, empty, finish, remove_if_empty
from .installer_words import Download, hidden_index, lines_of, refusal
from .interpreter import environment_python, forget_probes, probe
from .process import clean_environment, find_program
from .requirements import OLDEST_PYTHON, REQUIREMENTS
from .torch_build import PATIENCE, TRIAL, Build, build_note, choose_build, sources

# Measured on Linux with Python 3.11: 1.3 GB for the build without CUDA, 6.9 GB with it, and the downloads beside them.
NEEDED_GB = {"cpu": 3.0, "cuda": 14.0}
STEPS = 4
PYPI = "https://pypi.org/"
# The first pip whose progress is written for programs to read.
RAW_PROGRESS_PIP = (24, 1)


def setup_environment(job: SetupEnvironment) -> Events:
    """Make, mend or update the environment and give its interpreter.

    Raises EnvironmentMissingError where no base interpreter serves, OutputError where the folder does not, and
    InputError where packages cannot be had.
    """
    folder, build = yield from announce(job)
    if job.wheels:
        # pip works in a folder of its own.
        job = job.replace(wheels=os.path.abspath(job.wheels))
    with ExitStack() as stack:
        os.makedirs(folder, exist_ok=True)
        stack.callback(remove_if_empty, folder)
        stack.enter_context(held(os.path.join(folder, LOCK), tr("The environment {}").format(folder)))
        # Again, since now nobody else begins one here.
        check_folder(folder)
        # Packages are unpacked on the disk whose space was checked: /tmp is often small and in memory.
        scratch = stack.enter_context(private_folder(folder))
        begin(folder, scratch)
        yield from _make(_Maker(folder, scratch, alone=bool(job.wheels)), job, build)


def announce(job: SetupEnvironment) -> Generator[Event, None, Tuple[str, Build]]:
    """Tell where the environment goes and which build of torch goes into it; both are returned, checked."""
    folder = os.path.abspath(job.environment or os.path.join(data_folder(), "environment"))
    build = choose_build(job.build)
    machine = tr("NVIDIA cards") if build.name == "cuda" else tr("processors")
    words = tr("The environment goes to {}; torch is the build for {}: {}.")
    yield Note(words.format(folder, machine, build.reason))
    check_folder(folder)
    _check_space(folder, build.name)
    if job.wheels and not os.path.isdir(job.wheels):
        words = tr("WHEELS: {} is no folder. Name the folder that holds the .whl files.")
        raise InputError(words.format(job.wheels))
    return folder, build


def _make(maker: "_Maker", job: SetupEnvironment, build: Build) -> Events:
    yield from maker.make_python(job.base_python)
    yield from maker.install_torch(job, build)
    others = [requirement for package, requirement in REQUIREMENTS.items() if package != "torch"]
    yield from maker.install(_index_arguments(job), others, 2, tr("installing the other packages"))
    yield from maker.follow([maker.python, "-I", "-c", TRIAL], 3, tr("trying it"))
    yield build_note(maker.last_line(), build)
    forget_probes()
    found = probe(maker.python)
    if found.problem:
        raise EnvironmentMissingError(tr("The environment was made, but cannot run jobs: {}").format(found.problem))
    finish(maker.folder, maker.scratch, {"build": build.name, "packages": dict(found.packages)})
    yield Progress(STEPS, STEPS, "step", tr("done"))
    yield Result({"ENVIRONMENT": maker.folder, "PYTHON": maker.python})


class _Maker:
    """The programs that make one environment, one after the other, and what the last of them said."""

    def __init__(self, folder: str, scratch: str, alone: bool) -> None:
        self.folder, self.scratch = folder, scratch
        self.python = environment_python(folder)
        self._pip = [self.python, "-I", "-m", "pip"]
        self._uv = find_program("uv")
        self._environ = clean_environment()
        # Packages are unpacked on the disk whose space was checked: /tmp is often small and in memory.
        self._environ.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), scratch))
        if alone:
            # Places and constraints that pip is configured with would let other packages in.
            self._environ = {name: value for name, value in self._environ.items() if not name.startswith("PIP_")}
            self._environ["PIP_CONFIG_FILE"] = os.devnull
        self._words: List[str] = []
        self._pip_options: List[str] = []
        self._has_pip = False

    def make_python(self, named: Optional[str]) -> Events:
        """The interpreter of the environment with its pip, made anew where what is there does not answer."""
        yield from self._look_at_pip()
        if not self._has_pip:
            command, words = self._making(named)
            yield Note(words)
            empty(self.folder)
            yield from self.follow(command, 0, tr("making the environment"))
            yield from self._look_at_pip()
        if not self._has_pip and self._uv is None:
            words = tr("The pip of the new environment does not answer: {}")
            raise EnvironmentMissingError(words.format(self.last_line() or "-"))
        if not self._has_pip and self._uv is not None:
            # uv's environments come without pip, which alone knows how the user has configured it.
            yield from self.follow([self.python, "-I", "-m", "ensurepip"], 0, tr("adding pip"), forgiving=True)
            yield from self._look_at_pip()
            if not self._has_pip:
                yield Note(
                    tr("There is no pip; uv takes its place, with its own configuration and not pip's."), "warning"
                )

    def install_torch(self, job: SetupEnvironment, build: Build) -> Events:
        """Install torch from the first place that answers, and say which that is."""
        places = sources(job, build, (yield from self._pip_index()))
        for place, following in zip(places, [*places[1:], None]):
            yield Note(tr("torch is taken from {}.").format(place.place))
            try:
                yield from self.install(place.arguments, [REQUIREMENTS["torch"]], 1, tr("installing torch"))
                return
            except InputError as error:
                if following is None:
                    raise
                words = tr("{} does not answer, so its build cannot be had. {}")
                yield Note(words.format(place.place, error), "warning")
                # What comes from elsewhere may be the large build.
                _check_space(self.folder, "cuda")

    def install(self, source: List[str], requirements: List[str], step: int, text: str) -> Events:
        """Install packages into the environment."""
        if self._has_pip:
            command = [*self._pip, "install", "--disable-pip-version-check", "--no-input", "--upgrade"]
            command += self._pip_options
        else:
            # make_python raises where neither is there.
            assert self._uv is not None  # nosec B101
            command = [self._uv, "pip", "install", "--python", self.python, "--upgrade"]
            source = [part for part in source if part not in PATIENCE]
        arguments, environ = hidden_index(source)
        yield from self.follow([*command, *arguments, *requirements], step, text, environ=environ)

    def follow(
        self,
        command: List[str],
        step: int,
        text: str,
        *,
        forgiving: bool = False,
        environ: Optional[Mapping[str, str]] = None,
    ) -> Events:
        """Run a program; its last line is the progress' text. Stopping ends it; its failure is raised in its words.

        It works in the scratch folder, so that it takes no module or settings from where the user stands, and ends with
        this process. forgiving: its failure is none. environ: variables beside those of the environment.
        """
        yield Progress(step, STEPS, "step", text)
        self._words = []
        try:
            child = Child(command, {**self._environ, **(environ or {})}, leashed=True, cwd=self.scratch)
        except OSError as error:
            raise EnvironmentMissingError(f"{command[0]} cannot be started: {error.strerror}.") from error
        download = Download()
        amount = ""
        try:
            for line in lines_of(child):
                amount = download.follow(line) or (amount if not line else "")
                if line and not amount:
                    self._words = [*self._words[-29:], line]
                detail = amount or (self._words[-1][:100] if self._words else "")
                yield Progress(step + download.share, STEPS, "step", f"{text}: {detail}" if detail else text)
            status = child.wait(10.0)
        finally:
            child.kill()
        if status != 0 and not forgiving:
            raise refusal(text, self._words)

    def last_line(self) -> str:
        """The last line of the last program."""
        return self._words[-1] if self._words else ""

    def _making(self, named: Optional[str]) -> Tuple[List[str], str]:
        wanted = ".".join(str(part) for part in OLDEST_PYTHON)
        uv = self._uv
        try:
            base = find_base(named, pip_needed=uv is None)
        except EnvironmentMissingError:
            if uv is None or named:
                raise
            words = tr("No Python {} or newer is installed; uv brings one.").format(wanted)
            return [uv, "venv", "--allow-existing", "--python", f">={wanted}", self.folder], words
        words = tr("The environment is made from Python {} at {}.").format(base.release, base.python)
        if base.has_pip or uv is None:
            return [base.python, "-I", "-m", "venv", self.folder], words
        return [uv, "venv", "--allow-existing", "--python", base.python, self.folder], words

    def _look_at_pip(self) -> Events:
        """Whether the environment's pip answers, and whether it can say how far it is."""
        self._has_pip = False
        if not os.path.exists(self.python):
            return
        yield from self.follow([*self._pip, "--version"], 0, tr("looking for pip"), forgiving=True)
        found = re.match(r"pip (\d+)\.(\d+)", self.last_line())
        self._has_pip = found is not None
        if found and (int(found.group(1)), int(found.group(2))) >= RAW_PROGRESS_PIP:
            self._pip_options = ["--progress-bar", "raw"]

    def _pip_index(self) -> Generator[Event, None, Optional[str]]:
        """The index that pip is configured with in its files or variables, None where it is PyPI."""
        if not self._has_pip:
            return None
        yield from self.follow([*self._pip, "config", "list"], 1, tr("reading pip's configuration"))
        found = [re.match(r"[\w:.-]*\.index-url='(.*)'$", line) for line in self._words]
        named = [match.group(1) for match in found if match]
        return named[-1] if named and not named[-1].startswith(PYPI) else None


def _check_space(folder: str, build: str) -> None:
    above = folder
    while not os.path.isdir(above):
        above = os.path.dirname(above)
    if not os.access(above, os.W_OK):
        words = tr("{} cannot be written to. Choose another folder for the environment.")
        raise OutputError(words.format(above))
    free_gb = shutil.disk_usage(above).free / 1e9
    if free_gb < NEEDED_GB[build]:
        words = tr("{} has {} GB free; {} GB are needed for the build {}. Free some space, or choose another folder.")
        raise OutputError(words.format(above, f"{free_gb:.1f}", f"{NEEDED_GB[build]:.0f}", build))


def _index_arguments(job: SetupEnvironment) -> List[str]:
    if job.wheels:
        return ["--no-index", "--find-links", job.wheels]
    return ["--index-url", job.index_url] if job.index_url else []
