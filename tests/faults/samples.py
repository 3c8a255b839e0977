"""Small whole files of every format that the package reads; what fuzzing and faults begin with."""

import gzip
import json
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
import torch
import yaml
from PIL import Image
from rasterio.transform import from_origin

from qgis_ddpm.card import BandScaling, DetectorCard, ModelCard, fingerprint
from qgis_ddpm.core.detector import save_detector
from qgis_ddpm.core.detector.detector import build_head
from qgis_ddpm.core.model import save_model
from qgis_ddpm.core.model.schedules import Schedule, describe_schedule
from qgis_ddpm.core.model.unet import build_network

SIDE_PX = 48
ROOM = 300 * "x"
TILE_PX = 16
NETWORK = {"kind": "unet", "tile_px": 16, "base_channels": 8, "channel_multipliers": [1, 2], "attention_at_px": [8]}
BANDS = (BandScaling("red", "uint8", 0, 255), BandScaling("nir", "uint8", 0, 255))
# What trains, samples and detects in a blink.
SMALL_TRAINING = {
    "tile_px": TILE_PX,
    "batch_size": 4,
    "base_channels": 8,
    "channel_multipliers": "1,2",
    "attention_at_px": "0",
    "warmup_tiles": 8,
}


@dataclass(frozen=True)
class Samples:
    """Paths of whole files, all in one folder."""

    folder: Path

    def __getitem__(self, name: str) -> str:
        return str(self.folder / name)


def make_samples(folder: Path) -> Samples:
    """Write one file of each format."""
    folder.mkdir(parents=True, exist_ok=True)
    samples = Samples(folder)
    _rasters(samples)
    _images(folder)
    _models(samples)
    _texts(folder)
    return samples


def _rasters(samples: Samples) -> None:
    random = np.random.default_rng(0)
    before = random.integers(50, 90, (2, SIDE_PX, SIDE_PX)).astype("uint8")
    after = before + random.integers(0, 4, before.shape).astype("uint8")
    after[:, 10:26, 20:40] += 90
    place = {"crs": "EPSG:32633", "transform": from_origin(500000, 5000000, 10, 10)}
    layouts = {
        "before.tif": {},
        "after.tif": {"tiled": True, "blockxsize": 16, "blockysize": 16, "compress": "deflate", "predictor": 2},
        "float.tif": {"dtype": "float32", "compress": "lzw", "nodata": -1.0},
        "packbits.tif": {"compress": "packbits", "interleave": "pixel"},
        "tagged.tif": {"nodata": 0},
    }
    for name, options in layouts.items():
        pixels = after if name == "after.tif" else before
        profile = {"height": SIDE_PX, "width": SIDE_PX, "count": 2, "dtype": "uint8", **place, **options}
        with rasterio.open(samples[name], "w", driver="GTiff", **profile) as file:
            file.write(pixels.astype(profile["dtype"]))
            if name == "tagged.tif":
                # Room for lies of many lengths.
                file.update_tags(ABOUT=ROOM)
                file.descriptions = ("red", "nir")
    with rasterio.open(samples["palette.tif"], "w", "GTiff", SIDE_PX, SIDE_PX, 1, dtype="uint8", **place) as file:
        file.write(before[:1])
        file.write_colormap(1, {value: (value, 255 - value, 0, 255) for value in range(256)})
    labels = np.zeros((1, SIDE_PX, SIDE_PX), "uint8")
    # In many places, so that the part for validation has some of it.
    labels[:, np.add.outer(np.arange(SIDE_PX) % 12 < 5, np.arange(SIDE_PX) % 12 < 5)] = 1
    with rasterio.open(samples["labels.tif"], "w", "GTiff", SIDE_PX, SIDE_PX, 1, dtype="uint8", **place) as file:
        file.write(labels)
    source = "<SimpleSource><SourceFilename relativeToVRT='1'>before.tif</SourceFilename><SourceBand>1</SourceBand>"
    text = (
        f"<VRTDataset rasterXSize='{SIDE_PX}' rasterYSize='{SIDE_PX}'><GeoTransform>500000,10,0,5000000,0,-10"
        f"</GeoTransform><VRTRasterBand dataType='Byte' band='1'>{source}</SimpleSource></VRTRasterBand></VRTDataset>"
    )
    (samples.folder / "mosaic.vrt").write_text(text)
    (samples.folder / "outer.vrt").write_text(text.replace("before.tif", "mosaic.vrt"))
    (samples.folder / "scene.mrf").write_text(
        f"<MRF_META><CachedSource><Source>before.tif</Source></CachedSource><Raster><Size x='{SIDE_PX}' y='{SIDE_PX}' "
        f"c='1'/><PageSize x='{SIDE_PX}' y='{SIDE_PX}' c='1'/><Compression>NONE</Compression><DataType>Byte</DataType>"
        "<DataFile>/tmp/owned</DataFile><IndexFile>scene.idx</IndexFile></Raster></MRF_META>"
    )
    (samples.folder / "before.tif.aux.xml").write_text(
        "<PAMDataset><Metadata><MDI key='about'>before.tif</MDI></Metadata><PAMRasterBand band='1'><NoDataValue>48"
        "</NoDataValue></PAMRasterBand></PAMDataset>"
    )


def _images(folder: Path) -> None:
    random = np.random.default_rng(1)
    grey = random.integers(0, 255, (20, 24)).astype("uint8")
    Image.fromarray(grey).save(folder / "grey.png")
    Image.fromarray(random.integers(0, 255, (20, 24, 3)).astype("uint8")).save(folder / "rgb.png")
    Image.fromarray(grey).save(folder / "grey.jpg")
    digits = random.integers(0, 255, (6, 12, 12)).astype("uint8")
    idx = b"\0\0\x08\x03" + struct.pack(">III", *digits.shape) + digits.tobytes()
    (folder / "digits-idx3-ubyte").write_bytes(idx)
    (folder / "digits-idx3-ubyte.gz").write_bytes(gzip.compress(idx, mtime=0))


def _models(samples: Samples) -> None:
    torch.manual_seed(0)
    network = build_network(NETWORK, len(BANDS))
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    schedule = describe_schedule(Schedule("edm"), tile_px=TILE_PX)
    card = ModelCard(NETWORK, "edm", schedule, schedule["sigma_min"], schedule["sigma_max"], 0.5, TILE_PX, BANDS)
    save_model(samples["model.safetensors"], network.state_dict(), card)
    channels = dict(enumerate(network.feature_channels))
    config = {"kind": "published", "levels": [1], "channels": [channels[1], channels[0]]}
    save_detector(
        samples["detector.safetensors"],
        build_head(config, 1).state_dict(),
        DetectorCard(config, (0.7,), 0.5, fingerprint(samples["model.safetensors"])),
    )
    torch.save({"a.weight": torch.ones(3, 4), "b": torch.zeros(5)}, samples["weights.pth"])
    torch.save({"a": torch.ones(3)}, samples["old.pth"], _use_new_zipfile_serialization=False)


def _texts(folder: Path) -> None:
    job = {"job": "trainmodel", "input": ["before.tif"], "model": "m.safetensors", "tiles": 8, "learning_rate": 1e-3}
    (folder / "job.yaml").write_text(yaml.safe_dump(job))
    (folder / "job.json").write_text(json.dumps(job))
    (folder / "settings.yaml").write_text(yaml.safe_dump(SMALL_TRAINING))
    published = {
        "model": {
            "which_model_G": "sr3",
            "unet": {"in_channel": 3, "inner_channel": 32, "channel_multiplier": [1, 2], "res_blocks": 2, "dropout": 0},
            "beta_schedule": {"train": {"schedule": "linear", "n_timestep": 100, "linear_start": 1e-4}},
            "diffusion": {"image_size": 64, "channels": 3},
        }
    }
    (folder / "published.json").write_text(json.dumps(published, indent=1))
    ring = [[500000, 4999900], [500100, 4999900], [500100, 5000000], [500000, 4999900]]
    square = {"type": "Polygon", "coordinates": [ring]}
    name = {"type": "name", "properties": {"name": "EPSG:32633"}}
    features = [{"type": "Feature", "properties": {}, "geometry": square}]
    (folder / "labels.geojson").write_text(json.dumps({"type": "FeatureCollection", "crs": name, "features": features}))
    (folder / "metrics.csv").write_text("tiles,seconds,training_loss,validation_loss,tiles_per_second\n4,1,2,,3\n")
    (folder / "event.json").write_text(json.dumps({"event": "progress", "done": 1.0, "total": 4, "unit": "tile"}))
