"""One QGIS for all tests of this folder, with Processing and the provider; never torch or rasterio beside it."""

import json
import os
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, osr

ROOT = Path(__file__).resolve().parent.parent.parent
os.environ.setdefault("QGIS_DDPM_PYTHON", str(ROOT / ".venv" / "bin" / "python"))
# Settings that a test changes must not outlive it.
_PROFILE = tempfile.TemporaryDirectory(prefix="ddpm_profile_")
os.environ["QGIS_CUSTOM_CONFIG_PATH"] = _PROFILE.name

from qgis.core import (  # noqa: E402 - QGIS reads the environment when it is loaded
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsProjUtils,
)

from qgis_ddpm.card import BandScaling, ModelCard, card_json  # noqa: E402
from qgis_ddpm.errors import DdpmError  # noqa: E402
from qgis_ddpm.events import Result  # noqa: E402
from qgis_ddpm.jobs import JOBS  # noqa: E402

gdal.UseExceptions()
# QGIS hooks into `import`: what pytest imports after the last test would find it gone.
_kept = []
ORIGIN, PIXEL_SIZE_M, EPSG = (438_000.0, 5_342_000.0), 10.0, 32633


class Log(QgsProcessingFeedback):
    """A feedback that remembers what it was told."""

    def __init__(self):
        super().__init__(False)
        self.infos, self.warnings, self.errors, self.commands, self.console, self.texts = [], [], [], [], [], []
        self.percents = []
        self.progressChanged.connect(self.percents.append)

    def pushInfo(self, info):
        self.infos.append(info)

    def pushWarning(self, warning):
        self.warnings.append(warning)

    def pushCommandInfo(self, info):
        self.commands.append(info)

    def pushConsoleInfo(self, info):
        self.console.append(info)

    def setProgressText(self, text):
        self.texts.append(text)

    def reportError(self, error, fatalError=False):
        self.errors.append(error)


def state_of_qgis():
    """What a second GDAL or PROJ in the process would change: versions, search paths, environment, coordinates."""
    source, target = (QgsCoordinateReferenceSystem(code) for code in ("EPSG:4326", "EPSG:32633"))
    point = QgsCoordinateTransform(source, target, QgsCoordinateTransformContext()).transform(QgsPointXY(13.4, 52.5))
    wanted = osr.SpatialReference()
    wanted.ImportFromEPSG(3035)
    return {
        "gdal": gdal.VersionInfo(""),
        "proj": (QgsProjUtils.projVersionMajor(), QgsProjUtils.searchPaths(), osr.GetPROJSearchPaths()),
        "environment": {name: os.environ.get(name) for name in ("PROJ_LIB", "PROJ_DATA", "GDAL_DATA", "PROJ_NETWORK")},
        "point": (point.x(), point.y()),
        "wkt": wanted.ExportToWkt(),
        "cache": gdal.GetCacheMax(),
    }


@pytest.fixture(scope="session", autouse=True)
def provider(request):
    """The registered provider; QGIS runs from the first test to the last, and is at the end what it was."""
    application = QgsApplication([], False)
    _kept.append(application)
    application.initQgis()
    sys.path.append(os.path.join(QgsApplication.pkgDataPath(), "python", "plugins"))
    from processing.core.Processing import Processing

    from qgis_ddpm.algorithms import base
    from qgis_ddpm.plugin import DdpmPlugin
    from qgis_ddpm.remote import run as run_job

    Processing.initialize()
    before = state_of_qgis()
    ran = set()

    def counted(job, *arguments, **options):
        ran.add(job.ALGORITHM)
        return run_job(job, *arguments, **options)

    base.run = counted
    plugin = DdpmPlugin(None)
    plugin.initProcessing()
    yield QgsApplication.processingRegistry().providerById("ddpm")
    assert not {"torch", "rasterio"} & set(sys.modules)
    assert state_of_qgis() == before
    files = {path.name for path in Path(__file__).parent.glob("test_*.py")}
    if files == {item.path.name for item in request.session.items}:
        # All of the above holds after every algorithm, each with its real worker; setting up has none.
        assert ran | {"setupenvironment"} == set(JOBS)
    plugin.unload()
    # Layers that outlive QGIS crash the interpreter on its way out.
    QgsProject.instance().clear()


@pytest.fixture(scope="session")
def run(provider):
    """`processing.run`, whose module is importable once QGIS runs."""
    import processing

    return processing.run


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def context() -> QgsProcessingContext:
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    return context


@pytest.fixture
def fake_run(monkeypatch):
    """Replace the worker: `fake_run(event, ...)` or `fake_run(function of the job)`; gives the list of jobs seen."""
    jobs = []

    def install(*events):
        def run(job, python=None, **_):
            jobs.append(job)
            for event in events:
                if isinstance(event, DdpmError):
                    raise event
                yield event(job) if callable(event) else event

        monkeypatch.setattr("qgis_ddpm.algorithms.base.run", run)
        return jobs

    return install


@pytest.fixture(scope="session")
def scene(tmp_path_factory):
    """Paths of two dates with the truth; made in another process, because rasterio writes them."""
    folder = tmp_path_factory.mktemp("scene")
    script = "import sys, pathlib, tools.scene; tools.scene.make_scene(pathlib.Path(sys.argv[1]), size_px=192)"
    subprocess.run([sys.executable, "-c", script, str(folder)], cwd=ROOT, check=True)
    return {name: str(folder / f"{name}.tif") for name in ("before", "after", "truth")}


@pytest.fixture
def make_raster(tmp_path):
    """Write a GeoTIFF: `make_raster(name, pixels [C, H, W])`; the path as a text."""

    def write(name, pixels, *, epsg=EPSG, origin=ORIGIN, nodata=None, driver="GTiff"):
        pixels = np.asarray(pixels)
        path = str(tmp_path / name)
        kind = gdal.GetDataTypeByName({"uint8": "Byte", "uint16": "UInt16", "float32": "Float32"}[pixels.dtype.name])
        count, height, width = pixels.shape
        dataset = gdal.GetDriverByName(driver).Create(path, width, height, count, kind)
        dataset.SetGeoTransform((origin[0], PIXEL_SIZE_M, 0, origin[1], 0, -PIXEL_SIZE_M))
        if epsg:
            reference = osr.SpatialReference()
            reference.ImportFromEPSG(epsg)
            dataset.SetProjection(reference.ExportToWkt())
        for index, band in enumerate(pixels, start=1):
            dataset.GetRasterBand(index).WriteArray(band)
            if nodata is not None:
                dataset.GetRasterBand(index).SetNoDataValue(nodata)
        dataset.FlushCache()
        return path

    return write


def write_model(path, bands, **about):
    """Write a model file that has a card and no weights: enough for all that happens before a run."""
    schedule = {"name": "edm", "mean": -1.2, "std": 1.2, "rho": 7.0, "sigma_min": 0.002, "sigma_max": 80.0}
    card = ModelCard(
        network={}, prediction="edm", schedule=schedule, sigma_min=0.002, sigma_max=80.0, sigma_data=0.5, tile_px=64,
        bands=tuple(BandScaling(f"band {i}", "uint8", 0.0, 255.0) for i in range(1, bands + 1)),
        **about,
    )  # fmt: skip
    header = json.dumps({"__metadata__": {"card": card_json(card)}}).encode()
    path.write_bytes(struct.pack("<Q", len(header)) + header)
    return str(path)


@pytest.fixture
def make_model(tmp_path):
    return lambda name, bands, **about: write_model(tmp_path / name, bands, **about)


@pytest.fixture
def two_dates(make_raster):
    """Two small rasters of three bands; a square changes."""
    random = np.random.default_rng(0)
    before = random.integers(100, 140, (3, 64, 64)).astype(np.uint8)
    after = before + random.integers(0, 3, before.shape).astype(np.uint8)
    after[:, 20:36, 30:50] += np.array([90, 60, 40], np.uint8)[:, None, None]
    return make_raster("before.tif", before), make_raster("after.tif", after)


SQUARE = {
    "type": "Polygon",
    "coordinates": [[[438300, 5341800], [438500, 5341800], [438500, 5341640], [438300, 5341800]]],
}
FIELDS = {"id": 1, "area_m2": 16000.0, "mean_score": 0.75, "max_score": 0.9}


def detected_by(features):
    """A worker that detects: it writes what the job asks for, and gives the outputs of the interface."""

    def work(job):
        outputs = {"CHANGED_AREA": 16000.0, "CHANGED_SHARE": 0.1, "THRESHOLD_USED": 0.5, "METHOD_USED": "cva"}
        for name, kind in (("output", gdal.GDT_Byte), ("probability", gdal.GDT_Float32)):
            path = getattr(job, name)
            if path:
                gdal.Translate(path, gdal.Open(job.before), bandList=[1], outputType=kind)
                outputs[name.upper()] = path
        if job.polygons:
            crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32633"}}
            with open(job.polygons, "w", encoding="utf-8") as file:
                json.dump({"type": "FeatureCollection", "crs": crs, "features": features}, file)
            outputs["POLYGONS"] = job.polygons
        return Result(outputs)

    return work


FEATURE = {"type": "Feature", "properties": FIELDS, "geometry": SQUARE}


@pytest.fixture
def detect(run, fake_run, two_dates):
    def start(features=(FEATURE,), **parameters):
        fake_run(detected_by(list(features)))
        given = {"BEFORE": two_dates[0], "AFTER": two_dates[1], "OUTPUT": "TEMPORARY_OUTPUT", **parameters}
        return run("ddpm:detectchanges", given)

    return start


@pytest.fixture
def detected():
    """A worker that detects some features, for `fake_run`."""
    return detected_by
