"""Runs the job that samples synthetic tiles, side by side or as one seamless area, from a model or from imagery."""

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from time import monotonic
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ...errors import JobError
from ...events import Event, Events, Progress, Result
from ...jobs import SampleTiles
from ..conditions.planes import Told, ToldByLabel
from ..outputs.transaction import OutputTransaction
from ..progress import TimeLeft
from ..raster.random import position_noise
from ..raster.types import Pixels
from ..raster.vectors_out import check_vector, vector_part
from ..sampling.samplers import sample
from ..sampling.seamless import AreaStrip, SeamlessSampler
from .asked_for import mean_difference
from .denoising_strip import DenoisingStrip
from .from_source import SourceDrawing
from .output import Product, SampleOutput, product_of, to_pixels, write_footprints
from .plan import SamplingPlan, plan_model
from .setup import SourcePlan, plan_source

__all__ = ["plan", "run"]

CHECKING = "reading the files once more"

ToPixels = Callable[[Pixels], NDArray[np.generic]]


def plan(job: SampleTiles, stack: ExitStack) -> Generator[Event, None, SamplingPlan | SourcePlan]:
    """The plan of a job: its model loaded, or SOURCE read. Raises JobError, InputError, ModelFileError, OutputError."""
    check_vector("FOOTPRINTS", job.footprints)
    if job.source and job.model:
        raise JobError("MODEL and SOURCE are both given. Leave one of them empty.")
    if job.source:
        return (yield from plan_source(job, stack))
    return (yield from plan_model(job, stack))


def run(plan: SamplingPlan | SourcePlan) -> Events:
    """The events of a sampling; what is not finished when it is stopped is removed."""
    job = plan.job
    product = plan.product if isinstance(plan, SourcePlan) else product_of(plan)
    started = monotonic()
    with OutputTransaction() as transaction:
        for path in (job.output, job.footprints, job.denoising_strip):
            if path:
                transaction.reserve(path)
        with ExitStack() as stack:
            output = SampleOutput(product, transaction, stack)
            drawn = _run_source(plan, output) if isinstance(plan, SourcePlan) else _run_model(plan, product, output)
            outputs, picture = yield from drawn
        seconds = monotonic() - started
        told = None if isinstance(plan, SourcePlan) else plan.told
        if told is not None and job.condition and told.card.coarser:
            found = mean_difference(transaction.part_of(str(job.output)), job.condition, job.override(job.condition))
            outputs["CONDITION_DIFFERENCE"] = yield from found
        outputs |= _write_others(job, product, transaction, picture, told)
        transaction.publish()
    mosaic = product.mosaic
    tiles = job.count if mosaic.columns else mosaic.grid.width * mosaic.grid.height / mosaic.tile_px**2
    yield Result({"OUTPUT": job.output, **outputs, "SECONDS_PER_TILE": seconds / tiles})


def _run_source(plan: SourcePlan, output: SampleOutput) -> Generator[Event, None, tuple[dict[str, Any], None]]:
    drawing = SourceDrawing(plan.bank, plan.job.seed, plan.copy_limit, plan.product.dtype, plan.comparisons)
    if plan.area is not None:
        yield from drawing.area(plan.area, output)
    else:
        yield from drawing.tiles(plan.groups, output, plan.product.mosaic.columns)
    note, text = drawing.told(plan.names)
    yield note
    output.tag(LARGEST_PIECE=text)
    yield Progress(100, 100, "percent", CHECKING)
    return {"LARGEST_PIECE": drawing.copied.side}, None


def _run_model(
    plan: SamplingPlan, product: Product, output: SampleOutput
) -> Generator[Event, None, tuple[dict[str, Any], bytes | None]]:
    job, layout = plan.job, plan.layout
    strip = DenoisingStrip([band.name for band in layout.card.bands], layout.steps) if job.denoising_strip else None
    pixels = partial(to_pixels, product=product, bands=layout.card.bands)
    draw = _draw_area if layout.passes else _draw_tiles
    for event in _progress(draw(plan, output, pixels, strip), layout.windows):
        yield from plan.batch.notes()
        yield event
    output.tag(PRECISION=plan.model.precision_used)
    yield Progress(layout.windows, layout.windows, "window", CHECKING)
    return {}, strip.png() if strip is not None else None


def _draw_tiles(
    plan: SamplingPlan, output: SampleOutput, pixels: ToPixels, strip: DenoisingStrip | None
) -> Iterator[int]:
    """Sample tiles batch by batch in memory; yields the number of windows after each call of the network."""
    layout, count = plan.layout, plan.job.count
    batch = plan.batch.size
    for first in range(0, count, batch):
        numbers = range(first, min(first + batch, count))
        noise = _tile_noise(plan, numbers)
        x = layout.steps[0].sigma * noise(-1)
        denoise = plan.denoise
        if plan.told is not None:
            places = [(number, *layout.mosaic.corner(number)) for number in numbers]
            denoise = partial(denoise, condition=_planes(plan, places))
        for index, _, x_next in sample(denoise, x, layout.steps, noise):
            _look(strip, index, x, first)
            x = x_next
            yield len(numbers) * layout.steps[index].calls
        _look(strip, len(layout.steps), x, first)
        output.tag(PRECISION=plan.model.precision_used)
        for number, x0 in zip(numbers, x.cpu().numpy(), strict=True):
            output.write_tile(number, pixels(x0), plan.told)


def _draw_area(
    plan: SamplingPlan, output: SampleOutput, pixels: ToPixels, strip: DenoisingStrip | None
) -> Iterator[int]:
    """Sample one area; yields the number of windows after each call of the network."""
    layout = plan.layout
    top, _ = layout.grid.lattice_origin()
    folder = os.path.dirname(os.path.abspath(str(plan.job.output)))
    area = (layout.steps, layout.passes, layout.lattice, layout.channels)
    left = layout.grid.lattice_origin()[1]

    def told(windows: Sequence[tuple[int, int]]) -> Tensor:
        return _planes(plan, [(0, row - top, col - left) for row, col in windows])

    asked = told if plan.told is not None else None
    sampler = SeamlessSampler(plan.denoise, *area, plan.job.seed, plan.batch.size, folder, asked)
    for done in sampler.run(strip.look if strip is not None else None):
        if isinstance(done, AreaStrip):
            output.write(done.row - top, 0, pixels(done.x0))
        else:
            yield done


def _tile_noise(plan: SamplingPlan, numbers: range) -> Callable[[int], Tensor]:
    """The noise of tiles at their places: -1 is where sampling starts, others are the steps'."""
    layout = plan.layout
    top, left = layout.grid.lattice_origin()
    tile_px = layout.card.tile_px
    corners = [layout.mosaic.corner(number) for number in numbers]

    def noise(index: int) -> Tensor:
        drawn = partial(position_noise, plan.job.seed, index + 1, layout.channels)
        fields = [drawn((top + row, left + col, tile_px, tile_px)) for row, col in corners]
        return torch.from_numpy(np.stack(fields)).to(plan.model.device)

    return noise


def _planes(plan: SamplingPlan, places: Sequence[tuple[int, int, int]]) -> Tensor:
    """What windows at places (number, row, col) of the result are asked for: float32 [B, P, tile, tile]."""
    assert plan.told is not None  # nosec B101
    planes = [plan.told.planes(*place, plan.layout.card.tile_px) for place in places]
    return torch.from_numpy(np.stack(planes)).to(plan.model.device)


def _look(strip: DenoisingStrip | None, index: int, x: Tensor, first: int) -> None:
    if strip is not None and strip.wants(index, first):
        for tile, state in enumerate(x.cpu().numpy(), start=first):
            strip.look(index, state, tile)


def _write_others(
    job: SampleTiles,
    product: Product,
    transaction: OutputTransaction,
    picture: bytes | None,
    told: Told | None,
) -> dict[str, Any]:
    outputs: dict[str, Any] = {}
    if job.tiles_folder:
        outputs["TILES_FOLDER"] = job.tiles_folder
    if job.conditions_folder:
        outputs["CONDITIONS_FOLDER"] = job.conditions_folder
    if job.footprints:
        with vector_part(job.footprints, transaction.temp_path(job.footprints), transaction) as geojson:
            labels = [told.label(number) for number in range(job.count)] if isinstance(told, ToldByLabel) else []
            write_footprints(geojson, map(product.mosaic.tile_grid, range(job.count)), job.seed, labels)
        outputs["FOOTPRINTS"] = job.footprints
    if job.denoising_strip and picture is not None:
        transaction.write(job.denoising_strip, picture)
        outputs["DENOISING_STRIP"] = job.denoising_strip
    return outputs


def _progress(calls: Iterator[int], total: int) -> Iterator[Event]:
    left, done = TimeLeft(), 0
    for windows in calls:
        done += windows
        yield Progress(done, total, "window", eta_s=left.after(done, total))
