"""Runs the job that samples synthetic tiles, side by side or as one seamless area."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from time import monotonic
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ...card import licence_text, read_model_card
from ...environment import find_model
from ...errors import OutputError
from ...events import Event, Events, Note, Progress, Result
from ...jobs import SampleTiles
from ..model import DiffusionModel, load_model
from ..model.batch import Halving, batch_for
from ..model.device import describe
from ..outputs.transaction import Publication, provenance_tags
from ..raster.random import position_noise
from ..raster.scaling import UNIT_LIMIT, unit_limits
from ..raster.vectors_out import check_vector, vector_part
from ..sampling.guidance import Guidance
from ..sampling.samplers import sample
from ..sampling.seamless import Denoise, SeamlessSampler, Strip
from .denoising_strip import DenoisingStrip
from .output import SampleOutput, write_footprints
from .placement import tile_grid
from .plan import SamplingPlan, plan_sampling


def sample_tiles(job: SampleTiles) -> Events:
    """The events of a job; what is not finished when it is stopped is removed."""
    check_vector("FOOTPRINTS", job.footprints)
    path = find_model(str(job.model))
    todo = plan_sampling(job, read_model_card(path))
    _check_disk(job, todo)
    if todo.card.licence:
        yield Note(licence_text(path, todo.card))
    model = load_model(path, job.device, job.precision)
    yield from model.notes()
    batch = batch_for(model, job.batch_size)
    halving = Halving(batch, model.device)
    yield Note(
        f"{todo.grid.width} x {todo.grid.height} px: {todo.windows} windows of {todo.card.tile_px} px go through the "
        f"network, {batch} at a time, on {describe(model.device)} in {model.precision}."
    )
    if todo.grid.crs is None:
        yield Note("The result has no CRS: neither has the training raster, and none was given.", "warning")
    strip = DenoisingStrip([band.name for band in todo.card.bands], todo.steps) if job.denoising_strip else None
    started = monotonic()
    with Publication() as publication:
        with ExitStack() as stack:
            output = _open_output(job, todo, model, publication, stack)
            draw = _draw_area if todo.passes else _draw_tiles
            calls = draw(job, todo, limited(model, halving, todo.guidance), model.device, batch, output, strip)
            for event in _progress(calls, todo.windows):
                yield from halving.notes()
                yield event
            yield Progress(todo.windows, todo.windows, "window", "reading the files once more")
        seconds = monotonic() - started
        outputs = _write_others(job, todo, publication, strip)
        publication.publish()
    tiles = todo.grid.width * todo.grid.height / todo.card.tile_px**2 if todo.passes else job.count
    yield Result({"OUTPUT": job.output, **outputs, "SECONDS_PER_TILE": seconds / tiles})


def _draw_tiles(
    job: SampleTiles,
    todo: SamplingPlan,
    denoise: Denoise,
    device: torch.device,
    batch: int,
    output: SampleOutput,
    strip: DenoisingStrip | None,
) -> Iterator[int]:
    """Sample tiles batch by batch in memory; yields the number of windows after each call of the network."""
    for first in range(0, job.count, batch):
        numbers = range(first, min(first + batch, job.count))
        noise = _tile_noise(job, todo, numbers, device)
        x = todo.steps[0].sigma * noise(-1)
        for index, _, x_next in sample(denoise, x, todo.steps, noise):
            _look(strip, index, x, first)
            x = x_next
            yield len(numbers) * todo.steps[index].calls
        _look(strip, len(todo.steps), x, first)
        for number, x0 in zip(numbers, x.cpu().numpy(), strict=True):
            row, col = _tile_place(todo, number)
            grid = tile_grid(todo.grid, todo.columns, todo.card.tile_px, number)
            output.write_tile(number + 1, grid, row, col, x0)


def _draw_area(
    job: SampleTiles,
    todo: SamplingPlan,
    denoise: Denoise,
    device: torch.device,
    batch: int,
    output: SampleOutput,
    strip: DenoisingStrip | None,
) -> Iterator[int]:
    """Sample one area; yields the number of windows after each call of the network."""
    row, _ = todo.grid.lattice_origin()
    folder = os.path.dirname(os.path.abspath(str(job.output)))
    sampler = SeamlessSampler(denoise, todo.steps, todo.passes, todo.lattice, todo.channels, job.seed, batch, folder)
    for done in sampler.run(strip.look if strip is not None else None):
        if isinstance(done, Strip):
            output.write(done.row - row, 0, done.x0)
        else:
            yield done


def limited(model: DiffusionModel, halving: Halving, guidance: Guidance | None = None) -> Denoise:
    """The model's estimates, cut to what pixels can be: at high noise an error of the network is amplified.

    halving: how many windows the network sees at once. guidance: how far it is led away from its early state.
    """
    estimate = model.denoise if guidance is None else partial(guidance.estimate, model)
    low, high = (torch.from_numpy(limit).to(model.device) for limit in unit_limits(model.card.bands, UNIT_LIMIT))

    def denoise(x: Tensor, sigma: Tensor, x0_prev: Tensor | None) -> Tensor:
        def part(rows: slice) -> Tensor:
            before = None if x0_prev is None else x0_prev[rows]
            return estimate(x[rows], sigma[rows], before).clamp_(low, high)

        return torch.cat(halving.parts(part, len(x)))

    return denoise


def _tile_noise(job: SampleTiles, todo: SamplingPlan, numbers: range, device: torch.device) -> Callable[[int], Tensor]:
    """The noise of tiles at their places: -1 is where sampling starts, others are the steps'."""
    top, left = todo.grid.lattice_origin()
    tile_px = todo.card.tile_px
    places = [_tile_place(todo, number) for number in numbers]

    def noise(index: int) -> Tensor:
        fields = [
            position_noise(job.seed, index + 1, todo.channels, top + row, left + col, tile_px, tile_px)
            for row, col in places
        ]
        return torch.from_numpy(np.stack(fields)).to(device)

    return noise


def _tile_place(todo: SamplingPlan, number: int) -> tuple[int, int]:
    """(row, col) in the mosaic of a tile counted from 0."""
    return number // todo.columns * todo.card.tile_px, number % todo.columns * todo.card.tile_px


def _look(strip: DenoisingStrip | None, index: int, x: Tensor, first: int) -> None:
    if strip is not None and strip.wants(index, first):
        for tile, state in enumerate(x.cpu().numpy(), start=first):
            strip.look(index, state, tile)


def _open_output(
    job: SampleTiles, todo: SamplingPlan, model: DiffusionModel, publication: Publication, stack: ExitStack
) -> SampleOutput:
    tags = provenance_tags(
        "sampletiles",
        job.seed,
        SYNTHETIC="YES",
        MODEL_FINGERPRINT=model.fingerprint,
        PRECISION=model.precision,
        LAYOUT=job.layout,
        SAMPLER=todo.sampler,
        STEPS=todo.calls,
        GUIDANCE=todo.guidance.strength if todo.guidance else 1,
        TILE_PX=todo.card.tile_px,
        OVERLAP_PX=todo.lattice.overlap_px,
    )
    gaps = bool(todo.columns) and job.count % todo.columns > 0
    return SampleOutput(str(job.output), todo.grid, todo.card.bands, tags, gaps, job.tiles_folder, publication, stack)


def _write_others(
    job: SampleTiles, todo: SamplingPlan, publication: Publication, strip: DenoisingStrip | None
) -> dict[str, Any]:
    outputs: dict[str, Any] = {}
    if job.tiles_folder:
        outputs["TILES_FOLDER"] = job.tiles_folder
    if job.footprints:
        tiles = (tile_grid(todo.grid, todo.columns, todo.card.tile_px, number) for number in range(job.count))
        with vector_part(job.footprints, publication.part(job.footprints)) as geojson:
            write_footprints(geojson, tiles, job.seed)
        outputs["FOOTPRINTS"] = job.footprints
    if job.denoising_strip and strip is not None:
        publication.write(job.denoising_strip, strip.png())
        outputs["DENOISING_STRIP"] = job.denoising_strip
    return outputs


def _progress(calls: Iterator[int], total: int) -> Iterator[Event]:
    started, done = monotonic(), 0
    for windows in calls:
        done += windows
        yield Progress(done, total, "window", eta_s=(monotonic() - started) / done * (total - done))


def _check_disk(job: SampleTiles, todo: SamplingPlan) -> None:
    folder = os.path.dirname(os.path.abspath(str(job.output)))
    while not os.path.isdir(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    needed = todo.scratch_bytes + todo.output_bytes * (2 if job.tiles_folder else 1)
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise OutputError(
            f"{job.output} of {todo.grid.width} x {todo.grid.height} px needs up to {needed / 2**20:.0f} MB on its "
            f"disk, with temporary files, but {free / 2**20:.0f} MB are free. Free space, or sample a smaller area."
        )
