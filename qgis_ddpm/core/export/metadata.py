"""What an ONNX file tells of itself: the keys that Deepness reads, and our own.

Deepness (https://qgis-plugin-deepness.readthedocs.io) divides pixels by 255, subtracts a mean and divides by a
deviation. A mean of 0 and a deviation of 1/255 undo that: the network takes the bands' own numbers, as openEO gives
them.
"""

import json
from typing import Any

from affine import Affine

from ...card import BandScaling, DetectorCard, ModelCard, card_json
from ...metadata import version
from ..raster.grid import Grid, parse_crs
from ..raster.lattice import usual_lattice

_DATES = ("before", "after")


def stacked_bands(bands: tuple[BandScaling, ...]) -> list[str]:
    """Names of the bands of both dates, one date after the other."""
    return [f"{date} {band.name}" for date in _DATES for band in bands]


def resolution_m(card: ModelCard) -> float | None:
    """Side of a pixel of the training raster on the ground, in metres; None where it had no CRS."""
    if card.transform is None or not card.crs:
        return None
    areas = Grid(Affine(*card.transform), 1, 1, parse_crs(card.crs)).pixel_areas_m2()
    return None if areas is None else float(areas.ravel()[0] ** 0.5)


def detector_metadata(detector: DetectorCard, model: ModelCard, side: int) -> dict[str, str]:
    """The texts of a detector's file: values as JSON, which is what Deepness reads."""
    lattice = usual_lattice(side)
    channels = 2 * len(model.bands)
    resolution = resolution_m(model)
    values: dict[str, Any] = {
        "model_type": "Segmentor",
        "class_names": {"0": "change"},
        # Deepness's page names the one, its code reads the other.
        "tile_size": side,
        "tiles_size": side,
        "tiles_overlap": round(100 * lattice.overlap_px / side),
        "standardization_mean": [0.0] * channels,
        "standardization_std": [1 / 255] * channels,
        "seg_thresh": round(detector.threshold, 6),
        "seg_small_segment": 0,
        "bands": stacked_bands(model.bands),
        "radiometry": detector.radiometry,
    }
    if resolution is not None:
        # Centimetres a pixel.
        values["resolution"] = round(100 * resolution, 3)
    texts = {name: json.dumps(value) for name, value in values.items()}
    return {**texts, "detector_card": card_json(detector), **_common(model)}


def denoiser_metadata(model: ModelCard) -> dict[str, str]:
    """The texts of a denoiser's file."""
    ranges = {"sigma_min": model.sigma_min, "sigma_max": model.sigma_max}
    texts = {name: json.dumps(value) for name, value in ranges.items()}
    return {**texts, "bands": json.dumps([band.name for band in model.bands]), **_common(model)}


def _common(model: ModelCard) -> dict[str, str]:
    told = {"licence": model.licence, "description": model.data}
    return {**{name: text for name, text in told.items() if text}, "card": card_json(model), "qgis_ddpm": version()}
