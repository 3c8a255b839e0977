"""Where synthetic pixels lie: on the grid of a template, of an extent, or of the raster that they look like."""

from dataclasses import dataclass
from math import ceil, isqrt

from affine import Affine

from ...card import ModelCard
from ...errors import JobError
from ...jobs import SampleTiles
from ...jobs.texts import extent_bounds
from ..raster.grid import Grid, parse_crs, shifted
from ..raster.source import RasterSource


@dataclass(frozen=True)
class Home:
    """Where a result lies of which nothing is said, and the side of a tile.

    sized: whether the size of the grid means anything. name: what the raster of that grid is called.
    """

    grid: Grid
    sized: bool
    tile_px: int
    name: str


@dataclass(frozen=True)
class Mosaic:
    """Tiles side by side on a grid, so many in a row; 0 columns: one area."""

    grid: Grid
    columns: int
    tile_px: int

    @property
    def places(self) -> int:
        """How many tiles have a place."""
        return self.columns * self.grid.height // self.tile_px

    def corner(self, number: int) -> tuple[int, int]:
        """(row, col) of a tile counted from 0."""
        return number // self.columns * self.tile_px, number % self.columns * self.tile_px

    def tile_grid(self, number: int) -> Grid:
        """The grid of such a tile."""
        return Grid(shifted(self.grid.transform, *self.corner(number)), self.tile_px, self.tile_px, self.grid.crs)


def home_of(card: ModelCard) -> Home:
    """The training raster's grid, as a model's card has it."""
    transform = Affine(*card.transform) if card.transform else Affine.identity()
    shape = card.training.get("raster_px")
    height, width = shape or (card.tile_px, card.tile_px)
    crs = parse_crs(card.crs) if card.crs else None
    return Home(Grid(transform, width, height, crs), bool(shape), card.tile_px, "training raster")


def place_area(job: SampleTiles, home: Home) -> Mosaic:
    """The grid of a seamless area. Raises JobError where nothing says how large it is."""
    grid, sized = _place(job, home)
    if not sized:
        raise JobError("LAYOUT seamless needs EXTENT or TEMPLATE: the model was trained on no raster with a size.")
    return Mosaic(grid, 0, home.tile_px)


def place_mosaic(job: SampleTiles, home: Home) -> Mosaic:
    """The grid of COUNT tiles side by side, as square as they give.

    Its upper left corner is that of the extent, the template or the home.
    """
    origin, _ = _place(job, home)
    columns = isqrt(job.count - 1) + 1
    rows = ceil(job.count / columns)
    return Mosaic(
        Grid(origin.transform, columns * home.tile_px, rows * home.tile_px, origin.crs), columns, home.tile_px
    )


def place_tiles_over(job: SampleTiles, home: Home) -> Mosaic:
    """The grid of tiles side by side over the whole area, as many as fit, COUNT at most. Raises JobError for none."""
    area, _ = _place(job, home)
    columns, rows = area.width // home.tile_px, area.height // home.tile_px
    if not columns or not rows:
        raise JobError(
            f"CONDITION gives {area.width} x {area.height} px, but a tile of this model has {home.tile_px} px. Choose "
            "LAYOUT seamless, or a larger CONDITION."
        )
    rows = min(rows, ceil(job.count / columns))
    return Mosaic(Grid(area.transform, columns * home.tile_px, rows * home.tile_px, area.crs), columns, home.tile_px)


def _place(job: SampleTiles, home: Home) -> tuple[Grid, bool]:
    """The grid that the job means, and whether its size means anything."""
    base, sized = _base(job, home)
    crs = parse_crs(job.crs) if job.crs else base.crs
    moved = crs != base.crs
    if moved and base.crs is not None and job.pixel_size is None:
        raise JobError(
            f"CRS is {job.crs}, but the {'template' if job.template else home.name} has another. Give "
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


def _base(job: SampleTiles, home: Home) -> tuple[Grid, bool]:
    if job.template:
        with RasterSource(job.template, override=job.override(job.template)) as source:
            return source.grid, True
    return home.grid, home.sized


def _has_pixel(grid: Grid, size: float) -> bool:
    return all(abs(side - size) <= 1e-9 * size for side in grid.pixel_size)
