"""A model or detector as a STAC item with the Machine Learning Model extension, all of it from the cards.

https://github.com/stac-extensions/mlm, version 1.6. A file has no place and no time, so an item covers the Earth and
all time; its assets lie beside it.
"""

import hashlib
import os
from collections.abc import Sequence
from math import prod
from typing import Any

from safetensors import safe_open

from ...card import BandScaling, DetectorCard, ModelCard, window_px
from ...metadata import version
from ...regular_file import open_regular
from .metadata import resolution_m, stacked_bands

EXTENSIONS = (
    "https://stac-extensions.github.io/mlm/v1.6.0/schema.json",
    "https://stac-extensions.github.io/file/v2.1.0/schema.json",
)
_EARTH = (-180.0, -90.0, 180.0, 90.0)
# Of a multihash: SHA-256, 32 bytes (https://github.com/multiformats/multihash).
_SHA256 = "1220"


def model_item(path: str, card: ModelCard) -> dict[str, Any]:
    """The item of a diffusion model."""
    names = [band.name for band in card.bands]
    estimate = {
        "name": "estimate",
        "tasks": ["generative"],
        "bands": names,
        "result": _structure(len(names), card.tile_px),
        "description": "The estimate of the tile without noise, in [-1, 1].",
    }
    given = _input("tiles with noise", names, card.bands, card.tile_px)
    properties = {
        "mlm:tasks": ["generative"],
        "mlm:architecture": f"diffusion model, {card.network.get('kind', 'unet')}",
        "mlm:input": [given],
        "mlm:output": [estimate],
        "mlm:hyperparameters": {
            "prediction": card.prediction,
            "sigma_min": card.sigma_min,
            "sigma_max": card.sigma_max,
            "sigma_data": card.sigma_data,
        },
    }
    return _item(path, names, card, properties, {"model": (path, "Weights and card")})


def detector_item(path: str, card: DetectorCard, model_path: str, model: ModelCard) -> dict[str, Any]:
    """The item of a change detector with the model whose features it reads."""
    names, side = stacked_bands(model.bands), window_px(card, model)
    probability = {
        "name": "change",
        "tasks": ["semantic-segmentation"],
        "bands": [],
        "result": _structure(1, side, "classes"),
        "classification:classes": [
            {"value": 0, "name": "unchanged", "description": "Nothing changed."},
            {"value": 1, "name": "changed", "description": f"The probability reaches {card.threshold:.6g}."},
        ],
        "description": "The probability of change, 0 to 1.",
    }
    properties = {
        "mlm:tasks": ["semantic-segmentation"],
        "mlm:architecture": f"change detector, head {card.head.get('kind')} on a diffusion model",
        "mlm:input": [_input("both dates", names, (*model.bands, *model.bands), side)],
        "mlm:output": [probability],
        "mlm:hyperparameters": {
            "noise_levels": list(card.noise_levels),
            "threshold": card.threshold,
            "radiometry": card.radiometry,
        },
    }
    files = {
        "model": (path, "Weights and card of the head"),
        "features": (model_path, "Weights and card of the diffusion model whose features the head reads"),
    }
    return _item(path, names, model, properties, files)


def _item(
    path: str,
    names: Sequence[str],
    card: ModelCard,
    properties: dict[str, Any],
    files: dict[str, tuple[str, str]],
) -> dict[str, Any]:
    """files: path and title by the name of the asset."""
    left, bottom, right, top = _EARTH
    ring = [[left, bottom], [right, bottom], [right, top], [left, top], [left, bottom]]
    name = os.path.splitext(os.path.basename(path))[0]
    common: dict[str, Any] = {
        "datetime": None,
        "start_datetime": "1900-01-01T00:00:00Z",
        "end_datetime": "9999-12-31T23:59:59Z",
        # Which one stands in the description: few licences of imagery are in SPDX's list.
        "license": "other",
        "description": " ".join(part for part in (card.data, card.licence and f"Licence: {card.licence}") if part),
        "bands": [{"name": each} for each in names],
        "mlm:name": name,
        "mlm:framework": "pytorch",
        "mlm:pretrained": True,
        "mlm:total_parameters": sum(_weights(each) for each, _ in files.values()),
        "qgis_ddpm:version": version(),
    }
    resolution = resolution_m(card)
    if resolution is not None:
        common["gsd"] = round(resolution, 3)
    if not common["description"]:
        del common["description"]
    return {
        "type": "Feature",
        "stac_version": "1.1.0",
        "stac_extensions": list(EXTENSIONS),
        "id": name,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "bbox": list(_EARTH),
        "properties": {**common, **properties},
        "links": [],
        "assets": {key: _asset(*file) for key, file in files.items()},
    }


def _input(name: str, names: Sequence[str], bands: Sequence[BandScaling], side: int) -> dict[str, Any]:
    """Tiles of pixels in their own numbers, which are brought to [-1, 1]."""
    scaling = [
        {"type": "z-score", "mean": (band.low + band.high) / 2, "stddev": (band.high - band.low) / 2} for band in bands
    ]
    return {
        "name": name,
        "bands": list(names),
        "input": _structure(len(names), side),
        "value_scaling": scaling,
    }


def _structure(channels: int, side: int, kind: str = "bands") -> dict[str, Any]:
    return {
        "shape": [-1, channels, side, side],
        "dim_order": ["batch", kind, "height", "width"],
        "data_type": "float32",
    }


def _asset(path: str, title: str) -> dict[str, Any]:
    """A file that lies beside the item."""
    digest = hashlib.sha256()
    with open_regular(path) as file:
        for chunk in iter(lambda: file.read(1 << 20), b""):
            digest.update(chunk)
    return {
        "href": f"./{os.path.basename(path)}",
        "title": title,
        "type": "application/octet-stream; application=safetensors",
        "roles": ["mlm:model", "mlm:weights"],
        "mlm:artifact_type": "safetensors",
        "file:size": os.path.getsize(path),
        "file:checksum": _SHA256 + digest.hexdigest(),
    }


def _weights(path: str) -> int:
    """How many numbers a file of weights holds."""
    with safe_open(path, "numpy") as file:
        return sum(prod(file.get_slice(name).get_shape()) for name in file.keys())  # noqa: SIM118
