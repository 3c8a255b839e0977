"""What a sampling job will do: its windows, worked out from the model's card, and the model that will see them."""

import os
import shutil
from collections.abc import Generator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from ...card import BandScaling, ModelCard, licence_text, read_model_card
from ...errors import JobError, OutputError
from ...events import Event, Note, Progress
from ...jobs import SampleTiles
from ...model_folder import find_model
from ..conditions.planes import Told
from ..model import DiffusionModel, load_model
from ..model.batch import MAX_BATCH, AdaptiveBatch, batch_for
from ..model.cost import measure_call
from ..model.device import describe
from ..planning import Cost
from ..raster.findings.model_fit import far_text, pixel_reasons
from ..raster.grid import Grid
from ..raster.lattice import Lattice, usual_lattice
from ..sampling.draw import clamped_denoiser
from ..sampling.guidance import Guidance, guidance_of, plan_guided
from ..sampling.latent_buffer import Area
from ..sampling.samplers import Denoise, Step, usual_sampling
from ..sampling.seamless import Pass, plan_passes, scratch_bytes
from .asked_for import ConditionFile, check_told, open_condition_file, told_by_label, told_by_place
from .placement import Mosaic, home_of, place_area, place_mosaic, place_tiles_over

# Around an area so many windows further out are sampled too (`seamless.plan_passes`). What lies beyond changes a pixel
# by less than 1e-5 of its range (benchmarks/README.md), so that areas sampled apart fit.
REACH = 4
# Types that a GeoTIFF holds; numbers of others become float32.
FILE_TYPES = ("uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64")


@dataclass(frozen=True)
class Layout:
    """Where the windows lie and in which steps: tiles of a mosaic, or `passes` over a seamless area.

    windows: how many the network sees in all steps.
    """

    card: ModelCard
    mosaic: Mosaic
    steps: Sequence[Step]
    lattice: Lattice
    passes: Sequence[Pass]
    windows: int
    guidance: Guidance | None
    sampler: str
    calls: int

    @property
    def channels(self) -> int:
        """Bands of a tile."""
        return len(self.card.bands)

    @property
    def scratch_bytes(self) -> int:
        """Disk for the state of a seamless area."""
        return scratch_bytes(self.passes, self.steps, self.channels, self.card.tile_px) if self.passes else 0

    @property
    def output_bytes(self) -> int:
        """Disk for the result with overviews, were it not compressed."""
        pixels = self.grid.height * self.grid.width * self.channels
        return pixels * output_type(self.card.bands).itemsize * 4 // 3

    @property
    def grid(self) -> Grid:
        """The grid of the result."""
        return self.mosaic.grid


@dataclass(frozen=True)
class SamplingPlan:
    """A sampling whose model is loaded; batch: windows the network sees at once; told: what it is asked for."""

    job: SampleTiles
    layout: Layout
    model: DiffusionModel
    batch: AdaptiveBatch
    told: Told | None = None

    @property
    def denoise(self) -> Denoise:
        """The estimates that are sampled with."""
        return clamped_denoiser(self.model, self.batch, self.layout.guidance)

    def cost(self) -> Generator[Event, None, Cost]:
        """What the run will take, of one call of the network."""
        yield Progress(0, 1, "call", "measuring one call of the network")
        layout, device = self.layout, self.model.device
        count = min(self.batch.size, MAX_BATCH[device.type])
        x = torch.zeros(count, layout.channels, layout.card.tile_px, layout.card.tile_px, device=device)
        sigma = torch.full((count,), layout.steps[0].sigma, device=device)
        told = self.model.network.condition_channels
        planes = torch.zeros(count, told, *x.shape[2:], device=device) if told else None
        seconds, peak = measure_call(device, lambda: self.model.denoise(x, sigma, None, planes))
        # By several threads at once it takes less.
        shared, _ = measure_call(device, lambda: clamped_denoiser(self.model, self.batch)(x, sigma, None, planes))
        weights = 4 * sum(parameter.numel() for parameter in self.model.network.parameters())
        return Cost(
            network_calls=layout.windows,
            disk_bytes=disk_bytes(self.job, layout),
            seconds=min(seconds, shared) / count * layout.windows,
            memory_bytes=weights + peak * self.batch.size // count,
        )


def plan_model(job: SampleTiles, stack: ExitStack) -> Generator[Event, None, SamplingPlan]:
    """The plan of a job, its model loaded; no file but a CONDITION is left open.

    Raises JobError, InputError for the template, ModelFileError, and OutputError where the disk is too small.
    """
    if job.tile_px is not None:
        raise JobError("TILE_PX belongs to SOURCE: a model has its own. Leave it empty.")
    path = find_model(str(job.model))
    card = read_model_card(path)
    override = job.override(job.condition) if job.condition else {}
    found = open_condition_file(job.condition, override, card) if job.condition else None
    layout = plan_layout(job, card, found)
    told: Told | None = told_by_label(job.label, card, job.layout) if job.label else None
    if found is not None and card.condition is not None:
        told = yield from told_by_place(found, card.condition, layout.grid, override, job.condition_field, stack)
        if layout.mosaic.places < job.count and job.layout == "tiles":
            yield Note(f"CONDITION has room for {layout.mosaic.places} tiles of the {job.count} asked for.")
            job = job.replace(count=layout.mosaic.places)
    check_told(told, card)
    check_disk(job, layout.grid, disk_bytes(job, layout))
    if layout.card.licence:
        yield Note(licence_text(path, layout.card))
    model = load_model(path, job.device, job.precision)
    yield from model.notes()
    batch = batch_for(model, job.batch_size)
    yield Note(
        f"{layout.grid.width} x {layout.grid.height} px: {layout.windows} windows of {layout.card.tile_px} px go "
        f"through the network, {batch} at a time, on {describe(model.device)}."
    )
    reasons = pixel_reasons(layout.card, layout.grid)
    if reasons:
        where = job.template or "what PIXEL_SIZE and CRS ask for"
        yield Note(far_text(os.path.basename(path), where, reasons), "warning")
    if layout.grid.crs is None:
        yield Note("The result has no CRS: neither has the training raster, and none was given.", "warning")
    return SamplingPlan(job, layout, model, AdaptiveBatch(batch, model.device, model=model, images=1), told)


def plan_layout(job: SampleTiles, card: ModelCard, found: ConditionFile | None = None) -> Layout:
    """The windows of a job, over its condition where there is one.

    Raises JobError for fields that do not go together, InputError for the template.
    """
    sampler, calls = usual_sampling(card)
    sampler, calls = job.sampler or sampler, job.steps or calls
    if (sampler == "consistency") != card.few_calls:
        raise JobError(
            f"SAMPLER is {sampler}, but {job.model} was {'' if card.few_calls else 'not '}tuned for few calls. Leave "
            "SAMPLER empty."
        )
    guidance = guidance_of(card, job.guidance, calls, job.guidance_scale)
    steps = plan_guided(sampler, card.schedule, calls, guidance)
    tile_px, home = card.tile_px, home_of(card)
    if found is not None and card.condition is not None:
        home = found.home(home, card.condition)
    if job.layout == "tiles":
        mosaic = place_mosaic(job, home) if found is None else place_tiles_over(job, home)
        windows = min(job.count, mosaic.places) * sum(step.calls for step in steps)
        return Layout(card, mosaic, steps, Lattice(tile_px, 0), (), windows, guidance, sampler, calls)
    refuse_tiles_outputs(job)
    mosaic, lattice = place_area(job, home), usual_lattice(tile_px, job.overlap_px)
    passes = plan_passes(lattice, Area(*mosaic.grid.lattice_origin(), *mosaic.grid.shape), len(steps), REACH)
    windows = sum(area.windows * step.calls for area, step in zip(passes, steps, strict=True))
    return Layout(card, mosaic, steps, lattice, passes, windows, guidance, sampler, calls)


def refuse_tiles_outputs(job: SampleTiles) -> None:
    """Raise JobError where outputs of single tiles are asked for of a seamless area."""
    for name in ("tiles_folder", "conditions_folder", "footprints"):
        if getattr(job, name):
            raise JobError(f"{name.upper()} belongs to LAYOUT tiles: a seamless area has none. Leave it empty.")


def disk_bytes(job: SampleTiles, layout: Layout) -> int:
    """Disk that a job needs at most, with temporary files."""
    return layout.scratch_bytes + layout.output_bytes * (2 if job.tiles_folder else 1)


def output_type(bands: Sequence[BandScaling]) -> np.dtype[Any]:
    """The type of the file: that of the bands, widened where they differ."""
    widened = np.result_type(*(np.dtype(band.dtype) for band in bands))
    return widened if widened.name in FILE_TYPES else np.dtype("float32")


def check_disk(job: SampleTiles, grid: Grid, needed: int) -> None:
    """Raise OutputError where the disk of OUTPUT is too small."""
    folder = os.path.dirname(os.path.abspath(str(job.output)))
    while not os.path.isdir(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise OutputError(
            f"{job.output} of {grid.width} x {grid.height} px needs up to {needed / 2**20:.0f} MB on its disk, with "
            f"temporary files, but {free / 2**20:.0f} MB are free. Free space, or sample a smaller area."
        )
