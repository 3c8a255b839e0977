"""Which build of torch fits this machine, and which index has it: torch's builds live on indexes of their own."""

import json
import os
import re

# The driver's own program is asked for its version.
import subprocess  # nosec B404
import sys
from dataclasses import dataclass
from typing import List, Optional, Tuple

from ..events import Note
from ..jobs.environment import SetupEnvironment
from ..words import tr
from .process import ask_program, find_program

PUBLISHER = "https://download.pytorch.org/whl/"
# Oldest CUDA that a driver has to support for an index of the publisher, the newest first. Builds for one CUDA run
# with every driver of the same major version (NVIDIA, CUDA compatibility).
CUDA_INDEXES = (((13, 0), "cu130"), ((12, 0), "cu126"), ((11, 0), "cu118"))
ASK_TIMEOUT_S = 10.0
# Few tries of pip's: where the publisher is barred, waiting for it helps nobody.
PATIENCE = ("--retries=1", "--timeout=20")
# Run by the new interpreter; its line is what `build_note` reads.
TRIAL = (
    "import json, torch, rasterio, safetensors, yaml, PIL, matplotlib, scipy;"
    "print(json.dumps([torch.__version__, torch.version.cuda, torch.cuda.is_available()]))"
)


@dataclass(frozen=True)
class Build:
    """cpu or cuda, the CUDA version that the driver supports where it is known, and the reason in words."""

    name: str
    cuda: Optional[Tuple[int, int]]
    reason: str


@dataclass(frozen=True)
class Source:
    """Where torch is looked for: arguments of pip, and how the log calls the place."""

    arguments: List[str]
    place: str


def choose_build(wanted: str) -> Build:
    """The build that is wanted, or for `auto` the one that fits this machine."""
    cuda = driver_cuda() if wanted != "cpu" else None
    version = f" (CUDA {cuda[0]}.{cuda[1]})" if cuda else ""
    if wanted != "auto":
        return Build(wanted, cuda, tr("as BUILD says") + version)
    if sys.platform == "darwin":
        return Build("cpu", None, tr("the one for macOS, which uses Apple's GPUs too"))
    if cuda or _has_driver():
        return Build("cuda", cuda, tr("a driver for NVIDIA cards is installed") + version)
    return Build("cpu", None, tr("no driver for NVIDIA cards is installed"))


def driver_cuda() -> Optional[Tuple[int, int]]:
    """The newest CUDA that the driver supports, by its own words; None where there is no driver or it says nothing."""
    program = find_program("nvidia-smi")
    if program is None:
        return None
    try:
        done = ask_program([program], ASK_TIMEOUT_S)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"CUDA Version:\s*(\d+)\.(\d+)", done.stdout)
    return (int(found.group(1)), int(found.group(2))) if found else None


def _has_driver() -> bool:
    places = ["/proc/driver/nvidia/version", os.path.expandvars(r"%SystemRoot%\System32\nvcuda.dll")]
    return any(os.path.exists(place) for place in places)


def sources(job: SetupEnvironment, build: Build, pip_index: Optional[str]) -> List[Source]:
    """Where to look for torch, one after the other: what the user says, then pip's configuration, then the publisher.

    pip_index: the index that pip is configured with, None where it is PyPI.
    """
    if job.wheels:
        return [Source(["--no-index", "--find-links", job.wheels], tr("the folder {}").format(job.wheels))]
    if job.torch_index_url:
        return [Source(["--index-url", job.torch_index_url], job.torch_index_url)]
    if job.index_url:
        return [Source(["--index-url", job.index_url], job.index_url)]
    if pip_index:
        return [Source([], tr("{}, as pip is configured").format(pip_index))]
    own = Source([], tr("{}, as pip is configured").format("PyPI"))
    index = publisher_index(build)
    if index is None:
        return [own]
    return [Source(["--index-url", index, *PATIENCE], index), own]


def publisher_index(build: Build) -> Optional[str]:
    """The publisher's index that holds the build; None where PyPI's own serves.

    PyPI has builds for processors on Windows and macOS, and on Linux those for the newest CUDA, which are five times
    as large.
    """
    if sys.platform == "darwin":
        return None
    if build.name == "cpu":
        return PUBLISHER + "cpu" if sys.platform.startswith("linux") else None
    if sys.platform.startswith("linux") and (build.cuda is None or build.cuda >= CUDA_INDEXES[0][0]):
        return None
    names = [name for oldest, name in CUDA_INDEXES if build.cuda is None or build.cuda >= oldest]
    return PUBLISHER + (names[0] if names else CUDA_INDEXES[-1][1])


def build_note(words: str, wanted: Build) -> Note:
    """Which build of torch is there, and whether it is the one that was meant."""
    try:
        version, cuda, works = json.loads(words)
    except ValueError:
        return Note(tr("torch answered with other words than were asked for: {}").format(words[:200]), "warning")
    if wanted.name == "cpu" and cuda:
        return Note(tr("torch {} is there, the larger build for CUDA {}.").format(version, cuda))
    if wanted.name == "cpu":
        return Note(tr("torch {} is there, for processors.").format(version))
    if cuda is None:
        return Note(
            tr(
                "torch {} is a build for processors, so NVIDIA cards stay unused. Name an index with a build for CUDA "
                "in TORCH_INDEX_URL, and run this again."
            ).format(version),
            "warning",
        )
    if not works:
        return Note(
            tr(
                "torch {} is built for CUDA {}, but finds no card that works. Update the driver, or name the index of "
                "an older CUDA in TORCH_INDEX_URL; until then jobs run on the processor."
            ).format(version, cuda),
            "warning",
        )
    return Note(tr("torch {} is there, and computes on NVIDIA cards (CUDA {}).").format(version, cuda))
