"""Where synthetic pixels lie: on the grid of a template, of an extent, or of the raster that a model was trained on."""

from math import ceil, isqrt

from affine import Affine

from ...card import ModelCard
from ...errors import JobError
from ...jobs import SampleTiles
from ...jobs.texts import extent_bounds
from ..raster.grid import Grid, parse_crs
from ..raster.source import RasterSource


def place_area(job: SampleTiles, card: ModelCard) -> Grid:
    """The grid of a seamless area. Raises JobError where nothing says how large it is."""
    grid, sized = _place(job, card)
    if not sized:
        raise JobError("LAYOUT seamless needs EXTENT or TEMPLATE: the model was trained on no raster with a size.")
    return grid


def place_mosaic(job: SampleTiles, card: ModelCard) -> tuple[Grid, int]:
    """The grid of COUNT tiles side by side, as square as they give, and how many stand in a row.

    Its upper left corner is that of the extent, the template or the training raster.
    """
    origin, _ = _place(job, card)
    columns = isqrt(job.count - 1) + 1
    rows = ceil(job.count / columns)
    return Grid(origin.transform, columns * card.tile_px, rows * card.tile_px, origin.crs), columns


def _place(job: SampleTiles, card: ModelCard) -> tuple[Grid, bool]:
    """The grid that the job means, and whether its size means anything."""
    base, sized = _base(job, card)
    crs = parse_crs(job.crs) if job.crs else base.crs
    moved = crs != base.crs
    if moved and base.crs is not None and job.pixel_size is None:
        raise JobError(
            f"CRS is {job.crs}, but the {'template' if job.template else 'training raster'} has another. Give "
            "PIXEL_SIZE in units of CRS too."
        )
    if moved or (job.pixel_size is not None and not _has_pixel(base, job.pixel_size)):
        # A lattice of its own, through the origin of the CRS.
        size = job.pixel_size or base.pixel_size[0]
        lattice = Grid(Affine(size, 0.0, 0.0, 0.0, -size, 0.0), 1, 1, crs)
    else:
        lattice = base
    if job.extent:
        return lattice.subgrid(*lattice.window_around(*extent_bounds("EXTENT", job.extent))), True
    if lattice is base:
        return base, sized
    base_crs = base.crs.to_wkt() if moved and base.crs is not None else None
    return lattice.subgrid(*lattice.window_around(base.bounds, base_crs)), sized


def _base(job: SampleTiles, card: ModelCard) -> tuple[Grid, bool]:
    if job.template:
        with RasterSource(job.template, override=job.override(job.template)) as source:
            return source.grid, True
    transform = Affine(*card.transform) if card.transform else Affine.identity()
    shape = card.training.get("raster_px")
    height, width = shape or (card.tile_px, card.tile_px)
    return Grid(transform, width, height, parse_crs(card.crs) if card.crs else None), bool(shape)


def _has_pixel(grid: Grid, size: float) -> bool:
    return all(abs(side - size) <= 1e-9 * size for side in grid.pixel_size)
