"""What drawing from SOURCE will take: its rasters read as a bank of pixels, and where the result lies."""

import os
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np
import torch

from ...errors import InputError, JobError
from ...events import Event, Note, Progress
from ...jobs import SampleTiles
from ..exemplar.bank import Bank, Part, bank_windows, build_bank
from ..exemplar.draw import described_comparisons, drawn_comparisons
from ..exemplar.tiles import TileGroup, tile_groups
from ..gdal.fills import fill_notes, watching
from ..outputs.transaction import provenance_tags
from ..planning import Cost, timed
from ..raster.findings.nothing_valid import why_nothing_valid
from ..raster.grid import Grid
from ..raster.imagery import raster_openers
from ..raster.source import RasterSource
from ..raster.types import Window
from .output import Product, has_gaps, nodata_for
from .placement import Home, Mosaic, place_area, place_mosaic
from .plan import FILE_TYPES, check_disk, refuse_tiles_outputs

# Pixels of the bank; of larger imagery windows of that side are taken at random.
BANK_PX, BANK_WINDOW_PX = 1_200_000, 512
# Below this side there is little to be put together anew.
LEAST_SOURCE_PX = 48
USUAL_TILE_PX = 256
# Fields that say how a network is called.
OF_MODELS = (
    *("sampler", "steps", "guidance", "overlap_px", "denoising_strip"),
    *("condition", "condition_field", "label", "guidance_scale", "conditions_folder"),
)
NAMED = 20
# Numbers that are known of each place, at all scales together.
KNOWN_NUMBERS = 64


@dataclass(frozen=True)
class SourcePlan:
    """Imagery in memory, and where new ground from it lies; area: of a seamless result, None for tiles."""

    job: SampleTiles
    product: Product
    bank: Bank
    names: tuple[str, ...]
    area: Window | None
    groups: tuple[TileGroup, ...]
    copy_limit: int

    @property
    def comparisons(self) -> int:
        """What all areas take, beside the bank's description."""
        areas = [self.area] if self.area is not None else [group.area for group in self.groups]
        return sum(drawn_comparisons(self.bank, area) for area in areas)

    def cost(self) -> Generator[Event, None, Cost]:
        """What the run will take, of some comparisons."""
        yield Progress(0, 1, "step", "measuring some comparisons")
        keys, queries = torch.zeros(32768, 48), torch.zeros(1024, 48)
        timed(lambda: (queries @ keys.T).argmax(dim=1))
        _, seconds = timed(lambda: (queries @ keys.T).argmax(dim=1))
        made = described_comparisons(self.bank) + self.comparisons
        pixels = self.product.mosaic.grid.width * self.product.mosaic.grid.height
        known = 4 * self.bank.valid.size * (KNOWN_NUMBERS + len(self.bank.pixels))
        return Cost(
            disk_bytes=_disk_bytes(self.product),
            seconds=made * seconds / len(keys) / len(queries),
            memory_bytes=known + 4 * pixels,
        )


def plan_source(job: SampleTiles, stack: ExitStack) -> Generator[Event, None, SourcePlan]:
    """The plan of a job with SOURCE; its rasters are read, and no file is left open.

    Raises JobError, InputError where SOURCE cannot serve, and OutputError where the disk is too small.
    """
    for name in OF_MODELS:
        if getattr(job, name) is not None:
            raise JobError(
                f"{name.upper()} belongs to MODEL: from SOURCE nothing goes through a network. Leave it empty."
            )
    sources = yield from _open(job, stack)
    first = sources[0]
    home = Home(first.grid, True, job.tile_px or _usual_tile(sources), "first raster of SOURCE")
    if job.layout == "seamless":
        refuse_tiles_outputs(job)
        mosaic = place_area(job, home)
    else:
        mosaic = place_mosaic(job, home)
    dtype = np.result_type(*(np.dtype(name) for source in sources for name in source.dtypes))
    dtype = dtype if dtype.name in FILE_TYPES else np.dtype("float32")
    nodata = nodata_for(first.nodata, dtype, has_gaps(mosaic, job.count))
    names = tuple(os.path.basename(source.path) for source in sources)
    tags = _tags(job, names, mosaic)
    product = Product(str(job.output), job.tiles_folder, mosaic, first.band_names, dtype.name, nodata, tags)
    check_disk(job, mosaic.grid, _disk_bytes(product))
    yield from _place_notes(mosaic.grid, first.grid)
    bank = yield from _read_bank(job, sources)
    corner = mosaic.grid.lattice_origin()
    area = (*corner, *mosaic.grid.shape) if job.layout == "seamless" else None
    groups = () if area else tuple(tile_groups(job.count, mosaic.tile_px, corner))
    yield Note(
        f"{mosaic.grid.width} x {mosaic.grid.height} px are drawn from {int(bank.valid.sum()):,} px of SOURCE, in "
        f"{bank.coarsest + 1} scales, on cpu."
    )
    return SourcePlan(job, product, bank, names, area, groups, job.copy_limit)


def _open(job: SampleTiles, stack: ExitStack) -> Generator[Event, None, list[RasterSource]]:
    openers = raster_openers(job.source, None, job.override)
    sources: list[RasterSource] = []
    for opener in openers:
        source = stack.enter_context(opener())
        if sources and source.count != sources[0].count:
            raise InputError(
                f"{source.path} has {source.count} bands and {sources[0].path} {sources[0].count}. Choose rasters of "
                "the same bands for SOURCE."
            )
        if min(source.grid.shape) < LEAST_SOURCE_PX:
            raise InputError(
                f"{source.path} of {source.grid.width} x {source.grid.height} px is too small to draw from. Choose "
                f"rasters of at least {LEAST_SOURCE_PX} px a side for SOURCE."
            )
        yield from (Note(text, "warning") for text in source.notes)
        sources.append(source)
    return sources


def _read_bank(job: SampleTiles, sources: list[RasterSource]) -> Generator[Event, None, Bank]:
    windows = bank_windows([source.grid.shape for source in sources], BANK_PX, BANK_WINDOW_PX, job.seed)
    taken = sum(window[2] * window[3] for _, window in windows)
    given = sum(source.grid.width * source.grid.height for source in sources)
    if taken < given:
        yield Note(f"{taken / given:.0%} of SOURCE are drawn from, in {len(windows)} windows at random.")
    parts = []
    with watching(sources) as watches:
        for done, (number, window) in enumerate(windows):
            pixels, valid = sources[number].read(*window)
            if valid.any():
                parts.append(Part(number, window[0], window[1], pixels, valid))
            yield Progress(done + 1, len(windows), "window", "reading SOURCE")
        fills = fill_notes(watches, [source.path for source in sources])
    yield from (Note(text, "warning") for text in fills)
    bank = build_bank(parts) if parts else None
    if bank is None:
        why = next(filter(None, map(why_nothing_valid, sources)), "valid pixels lie apart")
        raise InputError(f"SOURCE has nothing to draw from: {why.rstrip('.')}. Choose other rasters.")
    return bank


def _usual_tile(sources: list[RasterSource]) -> int:
    return min(USUAL_TILE_PX, min(min(source.grid.shape) for source in sources))


def _place_notes(grid: Grid, source: Grid) -> Iterator[Note]:
    if grid.crs is None:
        yield Note("The result has no CRS: neither has SOURCE, and none was given.", "warning")
    elif grid.crs == source.crs and not np.allclose(grid.pixel_size, source.pixel_size, rtol=0.01):
        yield Note(
            f"Pixels of {source.pixel_size[0]:.6g} are drawn as pixels of {grid.pixel_size[0]:.6g}: what they show is "
            "larger or smaller than in SOURCE.",
            "warning",
        )


def _tags(job: SampleTiles, names: tuple[str, ...], mosaic: Mosaic) -> dict[str, str]:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return provenance_tags(
        "sampletiles",
        job.seed,
        SYNTHETIC="YES",
        SOURCE=f"pieces of {', '.join(names[:NAMED])}{more}",
        LAYOUT=job.layout,
        COPY_LIMIT=job.copy_limit,
        TILE_PX=mosaic.tile_px if mosaic.columns else None,
    )


def _disk_bytes(product: Product) -> int:
    grid = product.mosaic.grid
    raster = grid.width * grid.height * len(product.names) * np.dtype(product.dtype).itemsize * 4 // 3
    return raster * (2 if product.folder else 1)
