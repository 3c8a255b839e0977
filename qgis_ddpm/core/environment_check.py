"""Checking the environment: every part is tried for real, and one that fails says so in its own words."""

import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from ..card import is_detector, read_detector_card, read_model_card
from ..environment import NEEDED, list_models, models_folder
from ..errors import DdpmError, ModelFileError
from ..events import Event, Events, Note, Progress, Result
from ..jobs import CheckEnvironment
from ..remote import run as run_remotely
from ..temporary import private_folder
from .outputs.page import Report

# Packages that some outputs use and that jobs can do without.
USEFUL = {
    "PIL": "pillow",
    "scipy": "scipy",
    "matplotlib": "matplotlib",
    "pyogrio": "pyogrio",
    "tensorboard": "tensorboard",
}
MB = 1 << 20


@dataclass
class _Found:
    """What the parts found: outputs by name, rows (what, finding) of the report, and what is wrong."""

    outputs: dict[str, Any]
    rows: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def check_environment(job: CheckEnvironment) -> Events:
    """Try all that jobs need; ABLE is false where something they cannot do without fails. Raises OutputError alone."""
    if job.python and os.path.abspath(job.python) != os.path.abspath(sys.executable):
        yield from _check_another(job, job.python)
        return
    found = _Found(_nothing_found(sys.executable))
    parts = _parts(job)
    for done, (name, part) in enumerate(parts.items()):
        yield Progress(done, len(parts), "part", name)
        try:
            part(found)
        # Any failure whatever is the finding: broken libraries raise all kinds.
        except Exception as error:
            found.problems.append(f"{name}: {_words(error)}")
            found.rows.append((name, f"failed: {_words(error)}"))
    yield from _conclusion(job, found)


def _parts(job: CheckEnvironment) -> dict[str, Callable[[_Found], None]]:
    return {
        "Python": _python,
        "Packages": _packages,
        "Rasters": _rasters,
        "Devices": lambda found: _devices(found, job.device),
        "Memory": _memory,
        "Models": _models,
    }


def _nothing_found(python: str) -> dict[str, Any]:
    return {
        "ABLE": False,
        "PYTHON": python,
        "TORCH_VERSION": "",
        "DEVICES": "",
        "FREE_MEMORY_MB": 0,
        "MODELS_FOLDER": models_folder(),
    }


def _check_another(job: CheckEnvironment, python: str) -> Iterator[Event]:
    """Let the interpreter that is asked about check itself; one that cannot even begin is a finding."""
    try:
        yield from run_remotely(job.replace(python=None), python)
    except DdpmError as error:
        yield from _conclusion(job, _Found(_nothing_found(python), problems=[str(error)]))


def _conclusion(job: CheckEnvironment, found: _Found) -> Iterator[Event]:
    found.outputs["ABLE"] = not found.problems
    for text in found.problems + found.warnings:
        yield Note(text, "warning")
    yield Note("Jobs can run here." if found.outputs["ABLE"] else "Jobs cannot run here until this is mended.")
    if job.report:
        _report(found).write(job.report)
        found.outputs["REPORT"] = job.report
    yield Result(found.outputs)


def _python(found: _Found) -> None:
    found.rows.append(("Python", f"{platform.python_version()} at {sys.executable}"))
    found.rows.append(("System", f"{platform.system()} {platform.release()}, {platform.machine()}"))


def _packages(found: _Found) -> None:
    """Import each package: one that is installed and cannot be loaded is of no use."""
    for module, package in {**NEEDED, **USEFUL}.items():
        try:
            version = str(getattr(import_module(module), "__version__", "unknown version"))
        except Exception as error:
            if module in NEEDED:
                found.problems.append(f"{package} cannot be loaded: {_words(error)}")
            elif not isinstance(error, ModuleNotFoundError):
                found.warnings.append(f"{package} cannot be loaded: {_words(error)}")
            version = "not installed" if isinstance(error, ModuleNotFoundError) else f"broken: {_words(error)}"
        else:
            if module == "torch":
                found.outputs["TORCH_VERSION"] = version
        found.rows.append((package, version))


def _rasters(found: _Found) -> None:
    """Write a GeoTIFF and read it back, and bring a point from degrees to metres: GDAL and PROJ work."""
    import numpy as np
    import rasterio
    from affine import Affine
    from rasterio.crs import CRS
    from rasterio.warp import transform

    from .raster.grid import Grid
    from .raster.source import RasterSource
    from .raster.writer import RasterWriter

    found.rows.append(("GDAL, PROJ", f"{rasterio.__gdal_version__}, {rasterio.__proj_version__}"))
    grid = Grid(Affine(30, 0, 500_000, 0, -30, 5_000_000), 40, 30, CRS.from_epsg(32633))
    pixels = np.arange(2 * 30 * 40, dtype=np.uint16).reshape(2, 30, 40)
    with private_folder() as folder:
        path = os.path.join(folder, "check.tif")
        with RasterWriter(path, grid, 2, "uint16") as writer:
            writer.write(0, 0, pixels)
        with RasterSource(path) as source:
            if not np.array_equal(source.read(0, 0, 30, 40)[0], pixels) or not source.grid.is_same(grid):
                raise RuntimeError("a GeoTIFF that was written reads back differently")
    # On the central meridian of a UTM zone easting is 500 km; northing is 0.9996 of the meridian's arc.
    (easting,), (northing,) = transform(CRS.from_epsg(4326), CRS.from_epsg(32633), [15.0], [45.0])
    if abs(easting - 500_000) > 0.001 or abs(northing - 4_982_950.400) > 0.001:
        raise RuntimeError(f"15 E, 45 N becomes {easting}, {northing} in EPSG:32633; reinstall rasterio")
    found.rows.append(("Rasters", "a GeoTIFF was written and read back, coordinates were transformed"))


def _devices(found: _Found, wanted: str) -> None:
    """Compute on every device; one that fails is a problem where jobs would use it, else a warning."""
    import torch

    from .model.device import describe, free_memory_bytes, resolve_device
    from .model.precision import describe_rates

    chosen = resolve_device(wanted)
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
            found.rows.append((name, f"computes rightly, {free_memory_bytes(device) // MB:,} MB free"))
        except Exception as error:
            text = f"{device} fails: {_words(error)}"
            (found.problems if device == chosen else found.warnings).append(text)
            found.rows.append((str(device), text))
    found.rows.append(("Products", describe_rates()))
    found.outputs["DEVICES"] = "; ".join(working)
    found.rows.append(("Device of jobs", describe(chosen)))


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


def _memory(found: _Found) -> None:
    import torch

    from .model.device import free_memory_bytes

    found.outputs["FREE_MEMORY_MB"] = free_memory_bytes(torch.device("cpu")) // MB


def _models(found: _Found) -> None:
    found.rows.append(("Models folder", models_folder()))
    for path in list_models():
        try:
            text = _detector(path) if is_detector(path) else _model(path)
        except ModelFileError as error:
            found.warnings.append(str(error))
            text = "cannot be used"
        found.rows.append((os.path.basename(path), text))


def _model(path: str) -> str:
    card = read_model_card(path)
    bands = ", ".join(band.name for band in card.bands)
    licence = f". {card.licence}" if card.licence else ""
    return f"{card.tile_px} px tiles of {len(card.bands)} bands ({bands}){licence}"


def _detector(path: str) -> str:
    card = read_detector_card(path)
    return f"a detector for the model of fingerprint {card.model_fingerprint[:12]}"


def _report(found: _Found) -> Report:
    outputs = found.outputs
    report = Report("Environment", "What jobs of qgis_ddpm run on.")
    report.figures(
        [
            ("Jobs can run", outputs["ABLE"]),
            ("torch", outputs["TORCH_VERSION"] or None),
            ("Free memory in MB", outputs["FREE_MEMORY_MB"] or None),
        ]
    )
    for text in found.problems + found.warnings:
        report.warning(text)
    report.table(("Part", "Found"), found.rows or [("Python", outputs["PYTHON"])])
    return report


def _words(error: BaseException) -> str:
    """The first line of what an error says, or its name."""
    return (str(error).strip() or type(error).__name__).splitlines()[0][:300]
