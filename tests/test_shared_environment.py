"""An environment and a models folder that many share, and that nobody but their administrator can write to."""

import os
import sys
from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin

from qgis_ddpm import remote
from qgis_ddpm.events import Result
from qgis_ddpm.jobs import DetectChanges


def folders_below(root):
    """When each folder last got or lost an entry: permissions stop no test that runs as root."""
    return {folder: os.stat(folder).st_mtime_ns for folder, _, _ in os.walk(root)}


def test_a_job_writes_nothing_into_its_environment_or_the_models_folder(tmp_path):
    pixels = np.random.default_rng(0).integers(0, 200, (3, 64, 64)).astype(np.uint8)
    for name in ("before", "after"):
        with rasterio.open(
            tmp_path / f"{name}.tif", "w", driver="GTiff", width=64, height=64, count=3, dtype="uint8",
            crs="EPSG:32633", transform=from_origin(5e5, 5e6, 10, 10),
        ) as target:  # fmt: skip
            target.write(pixels)
        pixels = 255 - pixels
    models = tmp_path / "models"
    models.mkdir()
    shared = [Path(sys.prefix), Path(remote.WORKER_SCRIPT).parent / "core", models]
    before = [folders_below(root) for root in shared]
    job = DetectChanges(
        before=str(tmp_path / "before.tif"), after=str(tmp_path / "after.tif"), output=str(tmp_path / "change.tif")
    )
    *_, last = remote.run(job, sys.executable, models_folder=str(models))
    assert isinstance(last, Result)
    assert [folders_below(root) for root in shared] == before
