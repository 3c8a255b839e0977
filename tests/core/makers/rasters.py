"""Rasters as the package writes them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qgis_ddpm.core.outputs.transaction import OutputTransaction
from qgis_ddpm.core.raster.grid import Grid
from qgis_ddpm.core.raster.writer import RasterProfile, RasterWriter


@contextmanager
def written(path: Path | str, grid: Grid, count: int, dtype: str, **more: Any) -> Iterator[RasterWriter]:
    """The writer of one raster, which gets its name at the end of the `with` block."""
    with OutputTransaction() as transaction:
        with RasterWriter(transaction, str(path), RasterProfile(grid, count, dtype, **more)) as writer:
            yield writer
        transaction.publish()
