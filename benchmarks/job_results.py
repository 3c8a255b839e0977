"""What the jobs that a benchmark runs give: their outputs, and the tiles in their rasters."""

from typing import Any

import rasterio
from numpy.typing import NDArray

from qgis_ddpm.core import run
from qgis_ddpm.events import Result
from qgis_ddpm.jobs import Job


def result_of(job: Job) -> dict[str, Any]:
    """The outputs of a job that is run here."""
    *_, last = run(job)
    assert isinstance(last, Result)
    return last.outputs


def read_tiles(mosaic: str, tile_px: int, count: int) -> NDArray[Any]:
    """The tiles [count, C, tile_px, tile_px] of a raster of tiles side by side, in its own numbers and type."""
    with rasterio.open(mosaic) as file:
        pixels: NDArray[Any] = file.read()
    bands, height, width = pixels.shape
    cut = pixels.reshape(bands, height // tile_px, tile_px, width // tile_px, tile_px).transpose(1, 3, 0, 2, 4)
    return cut.reshape(-1, bands, tile_px, tile_px)[:count]
