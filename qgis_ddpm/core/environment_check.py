"""Checking the environment: every part is tried for real, and one that fails says so in its own words."""

import os
import platform
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from ..card import is_detector, read_detector_card, read_model_card
from ..environment.requirements import NEEDED
from ..errors import JobError, ModelFileError
from ..events import Event, Events, Note, Progress, Result
from ..jobs import CheckEnvironment
from ..model_folder import list_models, models_folder
from ..temporary import private_folder
from .outputs.page import Report
from .planning import Cost

# Packages that some outputs use and that jobs can do without.
USEFUL = {"PIL": "pillow", **{name: name for name in ("scipy", "matplotlib", "pyogrio", "tensorboard")}}
MB = 1 << 20


@dataclass
class _Findings:
    """What the parts found: outputs by name, rows (what, finding) of the report, and what is wrong."""

    outputs: dict[str, Any]
    rows: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class CheckPlan:
    """A check takes a moment, and nothing is known before it is made."""

    job: CheckEnvironment

    def cost(self) -> Generator[Event, None, Cost]:
        """Nothing worth telling."""
        yield from ()
        return Cost()


def plan(job: CheckEnvironment, stack: ExitStack) -> Generator[Event, None, CheckPlan]:
    """The check of a job."""
    yield from ()
    return CheckPlan(job)


def run(plan: CheckPlan) -> Events:
    """Try all that jobs need; ABLE is false where something they cannot do without fails.

    Raises JobError where PYTHON is another interpreter than this one, OutputError for the report.
    """
    job = plan.job
    if job.python and os.path.abspath(job.python) != os.path.abspath(sys.executable):
        raise JobError(
            f"PYTHON is {job.python}, but {sys.executable} runs this check. Run the job with qgis_ddpm.remote, on the "
            "command line or in QGIS: there the interpreter checks itself."
        )
    findings = _Findings({"ABLE": False, "PYTHON": sys.executable, "TORCH_VERSION": "", "DEVICES": ""})
    findings.outputs |= {"FREE_MEMORY_MB": 0, "MODELS_FOLDER": models_folder()}
    parts = _parts(job)
    for done, (name, part) in enumerate(parts.items()):
        yield Progress(done, len(parts), "part", name)
        try:
            part(findings)
        # Any failure whatever is the finding: broken libraries raise all kinds.
        except Exception as error:
            findings.problems.append(f"{name}: {_first_line(error)}")
            findings.rows.append((name, f"failed: {_first_line(error)}"))
    yield from _conclusion(job, findings)


def _parts(job: CheckEnvironment) -> dict[str, Callable[[_Findings], None]]:
    return {
        "Python": _python,
        "Packages": _packages,
        "Rasters": _rasters,
        "Devices": lambda findings: _devices(findings, job.device),
        "Memory": _memory,
        "Models": _models,
    }


def _conclusion(job: CheckEnvironment, findings: _Findings) -> Iterator[Event]:
    findings.outputs["ABLE"] = not findings.problems
    for text in findings.problems + findings.warnings:
        yield Note(text, "warning")
    yield Note("Jobs can run here." if findings.outputs["ABLE"] else "Jobs cannot run here until this is mended.")
    if job.report:
        _report(findings).write(job.report)
        findings.outputs["REPORT"] = job.report
    yield Result(findings.outputs)


def _python(findings: _Findings) -> None:
    findings.rows.append(("Python", f"{platform.python_version()} at {sys.executable}"))
    findings.rows.append(("System", f"{platform.system()} {platform.release()}, {platform.machine()}"))


def _packages(findings: _Findings) -> None:
    """Import each package: one that is installed and cannot be loaded is of no use."""
    for module, package in {**NEEDED, **USEFUL}.items():
        try:
            version = str(getattr(import_module(module), "__version__", "unknown version"))
        except Exception as error:
            if module in NEEDED:
                findings.problems.append(f"{package} cannot be loaded: {_first_line(error)}")
            elif not isinstance(error, ModuleNotFoundError):
                findings.warnings.append(f"{package} cannot be loaded: {_first_line(error)}")
            version = "not installed" if isinstance(error, ModuleNotFoundError) else f"broken: {_first_line(error)}"
        else:
            if module == "torch":
                findings.outputs["TORCH_VERSION"] = version
        findings.rows.append((package, version))


def _rasters(findings: _Findings) -> None:
    """Write a GeoTIFF and read it back, and bring a point from degrees to metres: GDAL and PROJ work."""
    import numpy as np
    import rasterio
    from affine import Affine
    from rasterio.crs import CRS
    from rasterio.warp import transform

    from .outputs.transaction import OutputTransaction
    from .raster.grid import Grid
    from .raster.source import RasterSource
    from .raster.writer import RasterProfile, RasterWriter

    findings.rows.append(("GDAL, PROJ", f"{rasterio.__gdal_version__}, {rasterio.__proj_version__}"))
    grid = Grid(Affine(30, 0, 500_000, 0, -30, 5_000_000), 40, 30, CRS.from_epsg(32633))
    pixels = np.arange(2 * 30 * 40, dtype=np.uint16).reshape(2, 30, 40)
    with private_folder() as folder:
        path = os.path.join(folder, "check.tif")
        with OutputTransaction() as transaction:
            with RasterWriter(transaction, path, RasterProfile(grid, 2, "uint16")) as writer:
                writer.write(0, 0, pixels)
            transaction.publish()
        with RasterSource(path) as source:
            if not np.array_equal(source.read(0, 0, 30, 40)[0], pixels) or not source.grid.is_same(grid):
                raise RuntimeError("a GeoTIFF that was written reads back differently")
    # On the central meridian of a UTM zone easting is 500 km; northing is 0.9996 of the meridian's arc.
    (easting,), (northing,) = transform(CRS.from_epsg(4326), CRS.from_epsg(32633), [15.0], [45.0])
    if abs(easting - 500_000) > 0.001 or abs(northing - 4_982_950.400) > 0.001:
        raise RuntimeError(f"15 E, 45 N becomes {easting}, {northing} in EPSG:32633; reinstall rasterio")
    findings.rows.append(("Rasters", "a GeoTIFF was written and read back, coordinates were transformed"))


def _devices(findings: _Findings, asked: str) -> None:
    """Compute on every device; one that fails is a problem where jobs would use it, else a warning."""
    import torch

    from .model.device import describe, free_memory_bytes, resolve_device
    from .model.precision import describe_rates

    chosen = resolve_device(asked)
    if str(chosen) == "cuda":
        chosen = torch.device("cuda", torch.cuda.current_device())
    devices = [torch.device("cpu")]
    devices += [torch.device("cuda", index) for index in range(torch.cuda.device_count())]
    devices += [torch.device("mps")] if torch.backends.mps.is_available() else []
    working = []
    for device in devices:
        try:
            _compute(device)
            name = describe(device)
            working.append(name)
            findings.rows.append((name, f"computes rightly, {free_memory_bytes(device) // MB:,} MB free"))
        except Exception as error:
            text = f"{device} fails: {_first_line(error)}"
            (findings.problems if device == chosen else findings.warnings).append(text)
            findings.rows.append((str(device), text))
    findings.rows.append(("Products", describe_rates()))
    findings.outputs["DEVICES"] = "; ".join(working)
    findings.rows.append(("Device of jobs", describe(chosen)))


def _compute(device: Any) -> None:
    """A matrix product and a convolution with known answers. Raises RuntimeError where they come out otherwise."""
    import torch

    up = torch.arange(64, dtype=torch.float32, device=device)
    # Each element is 0^2 + 1^2 + ... + 63^2: small whole numbers, exact in any order of the sum.
    product = up.expand(32, 64) @ up[:, None].expand(64, 32)
    ones = torch.ones((1, 4, 16, 16), device=device)
    sums = torch.nn.functional.conv2d(ones, ones[:, :, :3, :3], padding=1)
    inner = sums[0, 0, 1:-1, 1:-1]
    corner = sums[0, 0, 0, 0]
    if not bool((product == 63 * 64 * 127 // 6).all() and (inner == 36).all() and corner == 16):
        raise RuntimeError("a matrix product or a convolution gives a wrong answer; update the driver and torch")


def _memory(findings: _Findings) -> None:
    import torch

    from .model.device import free_memory_bytes

    findings.outputs["FREE_MEMORY_MB"] = free_memory_bytes(torch.device("cpu")) // MB


def _models(findings: _Findings) -> None:
    findings.rows.append(("Models folder", models_folder()))
    for path in list_models():
        try:
            text = _detector(path) if is_detector(path) else _model(path)
        except ModelFileError as error:
            findings.warnings.append(str(error))
            text = "cannot be used"
        findings.rows.append((os.path.basename(path), text))


def _model(path: str) -> str:
    card = read_model_card(path)
    bands = ", ".join(band.name for band in card.bands)
    licence = f". {card.licence}" if card.licence else ""
    return f"{card.tile_px} px tiles of {len(card.bands)} bands ({bands}){licence}"


def _detector(path: str) -> str:
    card = read_detector_card(path)
    if card.own_model is not None:
        return "a detector that needs no model beside it"
    return f"a detector for the model of fingerprint {card.model_fingerprint[:12]}"


def _report(findings: _Findings) -> Report:
    outputs = findings.outputs
    report = Report("Environment", "What jobs of qgis_ddpm run on.")
    report.figures(
        [
            ("Jobs can run", outputs["ABLE"]),
            ("torch", outputs["TORCH_VERSION"] or None),
            ("Free memory in MB", outputs["FREE_MEMORY_MB"] or None),
        ]
    )
    for text in findings.problems + findings.warnings:
        report.warning(text)
    report.table(("Part", "Found"), findings.rows)
    return report


def _first_line(error: BaseException) -> str:
    """The first line of what an error says, or its name."""
    return (str(error).strip() or type(error).__name__).splitlines()[0][:300]
