"""What each kind of file is given to: the package's own ways of reading it, to the end."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from qgis_ddpm.core.detector import load_detector
from qgis_ddpm.core.model import load_model
from qgis_ddpm.core.published.architecture import published_network
from qgis_ddpm.core.published.config import read_published_config
from qgis_ddpm.core.published.weights import read_foreign_weights
from qgis_ddpm.core.raster.images import open_folder
from qgis_ddpm.core.raster.source import RasterSource
from qgis_ddpm.core.raster.vectors_in import read_polygons
from qgis_ddpm.events import from_line
from qgis_ddpm.jobs import JOBS, DetectChanges, TrainModel, load_job
from qgis_ddpm.jobs.config import read_config
from tests.core.makers.experiments import experiment_of
from tests.faults.samples import Samples

Reader = Callable[[Path, Samples], object]
LARGEST_TILE_PX = 64


def read_raster(path: Path, samples: Samples) -> None:
    """Open it, and read windows at its corners and beyond them."""
    with RasterSource(str(path)) as source:
        look_at(source)


def read_palette(path: Path, samples: Samples) -> None:
    """As numbers, and as the colours of its palette."""
    read_raster(path, samples)
    with RasterSource(str(path), palette="colours") as source:
        look_at(source)


def look_at(source: RasterSource) -> None:
    """Read windows at the corners of a raster and beyond them."""
    height, width = source.grid.shape
    for row, col in ((0, 0), (height - 20, width - 20), (height // 2, -10)):
        pixels, valid = source.read(row, col, 32, 32)
        assert pixels.dtype == np.float32
        assert np.isfinite(pixels).all()
        assert not pixels[:, ~valid].any()


def read_mosaic(path: Path, samples: Samples) -> None:
    """A virtual raster, with what it names beside it."""
    for name in ("before.tif", "mosaic.vrt", "scene.mrf"):
        if name != path.name:
            shutil.copy(samples[name], path.parent)
    read_raster(path, samples)


def read_noted(path: Path, samples: Samples) -> None:
    """Notes beside a whole raster."""
    for name in ("before.tif", "mosaic.vrt"):
        shutil.copy(samples[name], path.parent)
    read_raster(path.with_name("before.tif"), samples)


def detect(path: Path, samples: Samples) -> None:
    """Map changes from a whole raster to it, with all outputs, each of which must be there in the end."""
    from qgis_ddpm.core import run

    out = path.parent / "out"
    out.mkdir()
    named = {"output": out / "o.tif", "probability": out / "p.tif", "polygons": out / "p.geojson"}
    fields = {name: str(value) for name, value in named.items()}
    try:
        for _ in run(DetectChanges(before=samples["before.tif"], after=str(path), method="cva", align=True, **fields)):
            pass
        assert sorted(os.listdir(out)) == ["o.tif", "p.geojson", "p.tif"]
    except Exception:
        assert os.listdir(out) == []
        raise


def read_images(path: Path, samples: Samples) -> None:
    """Take it as a folder of images, or as idx files, of which it is the only one."""
    images = open_folder(str(path) if "idx" in path.name else str(path.parent))
    for index in range(min(len(images), 9)):
        assert images.read(index).dtype == np.uint8
        images.shape(index)
    for raster in images.rasters:
        read_raster(Path(raster), samples)


def use_model(path: Path, samples: Samples) -> None:
    """Load it and ask it once, where its tiles are small."""
    model = load_model(str(path))
    tile_px, bands = model.card.tile_px, len(model.card.bands)
    if tile_px <= LARGEST_TILE_PX and bands <= LARGEST_TILE_PX:
        model.denoise(torch.zeros(1, bands, tile_px, tile_px), torch.ones(1))


def use_detector(path: Path, samples: Samples) -> None:
    """Load it for the model that it was made for, and ask it once."""
    model = load_model(samples["model.safetensors"])
    zeros = torch.zeros(1, 2, model.card.tile_px, model.card.tile_px)
    load_detector(str(path), model)(zeros, zeros, zeros)


def import_weights(path: Path, samples: Samples) -> None:
    """Read it as weights of another project, and look for a published network in it."""
    published_network(str(path), read_foreign_weights(str(path)), "auto", 32, 0.0)


def read_job(path: Path, samples: Samples) -> None:
    """A job file; then the job crosses to a worker and back."""
    job = load_job(str(path))
    values = json.loads(json.dumps({"job": job.ALGORITHM, **job.values()}))
    assert JOBS[values.pop("job")].from_values(values) == job


def read_settings(path: Path, samples: Samples) -> None:
    """A CONFIG of a training."""
    settings = read_config(str(path), TrainModel)
    TrainModel(input=("a.tif",), model="m.safetensors").resolved(settings.fields)


def read_publishers_settings(path: Path, samples: Samples) -> None:
    """The JSON beside a published checkpoint, and as a CONFIG."""
    config = read_published_config(str(path))
    config.whole("model.diffusion.image_size", 256, 8, 1 << 14)
    config.share("model.unet.dropout", 0.0)
    config.wholes("model_cd.feat_scales", 64)
    config.schedule("train")
    read_config(str(path), TrainModel)


def read_labels(path: Path, samples: Samples) -> None:
    """Polygons."""
    read_polygons("REFERENCE", str(path))


def go_on(path: Path, samples: Samples) -> None:
    """An experiment's folder with this file in it."""
    folder = path.parent / "experiment"
    folder.mkdir()
    job = TrainModel(input=(samples["before.tif"],), model="m.safetensors", tiles=8)
    name = "job.yaml" if path.suffix == ".yaml" else "metrics.csv"
    if name == "metrics.csv":
        experiment_of(str(folder), job).close()
    (folder / name).write_bytes(path.read_bytes())
    experiment = experiment_of(str(folder), job)
    try:
        experiment.resume(100)
    finally:
        experiment.close()


def read_event(path: Path, samples: Samples) -> None:
    """A line from a worker."""
    from_line(path.read_bytes().decode("utf-8", errors="replace"))


# Which sample is spoiled, how it knows to lie, who reads it, and how often as a share of all cases.
KINDS: tuple[tuple[str, str, Reader, int], ...] = (
    ("before.tif", "tif", read_raster, 12),
    ("after.tif", "tif", read_raster, 14),
    ("float.tif", "tif", read_raster, 8),
    ("packbits.tif", "tif", read_raster, 6),
    ("after.tif", "tif", detect, 1),
    ("palette.tif", "palette", read_palette, 3),
    ("tagged.tif", "tags", read_raster, 4),
    ("before.tif.aux.xml", "notes", read_noted, 4),
    ("mosaic.vrt", "vrt", read_mosaic, 6),
    ("outer.vrt", "vrt", read_mosaic, 4),
    ("scene.mrf", "mrf", read_mosaic, 3),
    ("grey.png", "png", read_images, 6),
    ("rgb.png", "png", read_images, 4),
    ("grey.jpg", "", read_images, 4),
    ("digits-idx3-ubyte", "idx", read_images, 5),
    ("digits-idx3-ubyte.gz", "", read_images, 3),
    ("model.safetensors", "safetensors", use_model, 10),
    ("detector.safetensors", "safetensors", use_detector, 5),
    ("model.safetensors", "safetensors", import_weights, 3),
    ("weights.pth", "", import_weights, 8),
    ("old.pth", "", import_weights, 4),
    ("job.yaml", "yaml", read_job, 8),
    ("job.json", "json", read_job, 6),
    ("settings.yaml", "yaml", read_settings, 5),
    ("published.json", "json", read_publishers_settings, 5),
    ("labels.geojson", "geojson", read_labels, 6),
    ("job.yaml", "yaml", go_on, 2),
    ("metrics.csv", "", go_on, 2),
    ("event.json", "json", read_event, 6),
)
