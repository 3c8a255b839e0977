"""Where synthetic areas lie over 180 degrees: extents in other coordinates, and templates in another turn."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine

from qgis_ddpm.card import BandScaling, ModelCard
from qgis_ddpm.core.synthesis.placement import home_of, place_area
from qgis_ddpm.jobs import SampleTiles


def card() -> ModelCard:
    return ModelCard({}, "edm", {}, 0.01, 10.0, 0.5, 16, (BandScaling("b1", "uint8", 0.0, 1.0),))


def template(path: Path, left: float) -> str:
    profile = {"count": 1, "dtype": "uint8", "height": 40, "width": 80, "crs": "EPSG:4326"}
    with rasterio.open(path, "w", "GTiff", transform=Affine(0.25, 0, left, 0, -0.25, 70), **profile) as file:
        file.write(np.ones((1, 40, 80), np.uint8))
    return str(path)


def placed(**fields: object):
    job = SampleTiles(model="m.safetensors", output="o.tif", layout="seamless", **fields)  # type: ignore[arg-type]
    return place_area(job, home_of(card())).grid


@pytest.mark.parametrize("left", [170.0, -190.0])
def test_an_extent_is_placed_in_the_turn_of_its_template(tmp_path: Path, left: float) -> None:
    path = template(tmp_path / "t.tif", left)
    for extent in ("179,181,65,67 [EPSG:4326]", "-181,-179,65,67 [EPSG:4326]", "-181,-179,65,67"):
        grid = placed(template=path, extent=extent)
        assert grid.bounds == pytest.approx((left + 9, 65, left + 11, 67))
    # Two degrees of a zone that begins at 180.
    grid = placed(template=path, extent="318000,405000,7350000,7400000 [EPSG:32601]")
    assert left + 8 < grid.bounds[0] < left + 10
    assert left + 10 < grid.bounds[2] < left + 12


def test_a_template_over_180_keeps_its_size_in_another_crs(tmp_path: Path) -> None:
    grid = placed(template=template(tmp_path / "t.tif", 170.0), crs="EPSG:3857", pixel_size=10000.0)
    left, _, right, _ = grid.bounds
    assert left == pytest.approx(170 * 111319.49, abs=10001)
    assert right == pytest.approx(190 * 111319.49, abs=10001)
