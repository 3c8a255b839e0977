"""Sampling of an area of any size without borders: windows denoised together, step by step over the whole area.

At each step of the solver the network estimates x0 in overlapping windows, the estimates are blended, and the solver
steps the blended field (MultiDiffusion, Bar-Tal et al. 2023, arXiv 2302.08113). Windows stand on the lattice of the
CRS origin and noise belongs to its place (InfiniteDiffusion, arXiv 2512.08309), so that areas sampled apart fit.
The field lies on disk; a band of rows as high as a window is in memory. Plain reads and writes are used: a file mapped
into memory counts as memory, and a full disk would end the process without a word.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from math import ceil

import numpy as np
import torch

from ..raster.disk_array import scratch_array
from ..raster.lattice import Lattice, StripBlender
from ..raster.random import position_noise
from ..raster.types import Pixels
from .latent_buffer import Area, FieldBand
from .samplers import Denoise, Step

Look = Callable[[int, Pixels], None]


@dataclass(frozen=True)
class Pass:
    """One step over an area: where windows start, and the area whose estimates are wanted from them."""

    rows: list[int]
    cols: list[int]
    wanted: Area

    @property
    def windows(self) -> int:
        """How many windows the network sees."""
        return len(self.rows) * len(self.cols)


@dataclass(frozen=True)
class AreaStrip:
    """Finished rows of the area: x0 float32 [C, n, width], the first at `row` from the CRS origin."""

    row: int
    x0: Pixels


def plan_passes(lattice: Lattice, area: Area, steps: int, reach: int) -> list[Pass]:
    """The passes of `steps` solver steps, first to last, so that the last gives the area.

    A pixel depends on all windows over it, these on their pixels of the step before, and so on. What lies around the
    area is therefore sampled too, `reach` windows far: with reach >= steps - 1 no pixel depends on the area asked for.
    """
    passes: list[Pass] = []
    wanted = area
    rows, cols = lattice.starts(area.row, area.bottom), lattice.starts(area.col, area.right)
    for step in range(steps):
        passes.append(Pass(rows, cols, wanted))
        wanted = _covered(rows, cols, lattice.tile_px)
        if step < reach:
            rows, cols = lattice.starts(wanted.row, wanted.bottom), lattice.starts(wanted.col, wanted.right)
    return passes[::-1]


def scratch_bytes(passes: Sequence[Pass], steps: Sequence[Step], channels: int, tile_px: int) -> int:
    """Disk that sampling needs while it runs."""
    if len(passes) == 1:
        return 0
    field = _covered(passes[0].rows, passes[0].cols, tile_px)
    return 4 * channels * field.height * field.width * (2 if _needs_estimates(steps) else 1)


@dataclass(frozen=True)
class SeamlessSampler:
    """Runs the steps over the passes; `run` yields after each call of the network.

    denoise(x, sigma [B], None) -> x0, as in the model; batch: windows in one call; folder: of the temporary files.
    told: planes [B, P, tile, tile] of what windows at (row, col) are asked for, which `denoise` then takes last.
    """

    denoise: Denoise
    steps: Sequence[Step]
    passes: Sequence[Pass]
    lattice: Lattice
    channels: int
    seed: int
    batch: int
    folder: str
    told: Callable[[Sequence[tuple[int, int]]], torch.Tensor] | None = None

    def run(self, look: Look | None = None) -> Iterator[int | AreaStrip]:
        """Numbers of windows as they are done, and the strips of the area from top to bottom.

        look: is shown, before each step, its index and the state float32 [C, tile, tile] of the area's middle window,
        and its estimate after the last step.
        """
        with ExitStack() as stack:
            state = self._band(stack)
            estimate = self._band(stack) if _needs_estimates(self.steps) else None
            for index in range(len(self.steps)):
                yield from self._pass(index, state, estimate, look)

    @property
    def _field(self) -> Area:
        return _covered(self.passes[0].rows, self.passes[0].cols, self.lattice.tile_px)

    @property
    def _middle(self) -> tuple[int, int]:
        last = self.passes[-1]
        return last.rows[len(last.rows) // 2], last.cols[len(last.cols) // 2]

    def _band(self, stack: ExitStack) -> FieldBand:
        scratch = None
        if len(self.passes) > 1:
            width = self.channels * self._field.width
            scratch = stack.enter_context(closing(scratch_array(self.folder, self._field.height, width)))
        return FieldBand(scratch, self.channels, self._field)

    def _pass(
        self, index: int, state: FieldBand, estimate: FieldBand | None, look: Look | None
    ) -> Iterator[int | AreaStrip]:
        now, tile_px = self.passes[index], self.lattice.tile_px
        wanted = now.wanted
        last = index == len(self.passes) - 1
        blender = StripBlender(self.lattice, self.channels, wanted.window)
        state.begin(now.rows[0], self._first_noise if index == 0 else None)
        if estimate is not None:
            estimate.begin(now.rows[0], self._zeros if index == 0 else None)
        # Rows of windows are taken together where one alone does not fill a batch.
        rows_at_once = max(1, self.batch // len(now.cols))
        for first in range(0, len(now.rows), rows_at_once):
            group = now.rows[first : first + rows_at_once]
            state.read_until(group[-1] + tile_px)
            windows = [(row, col) for row in group for col in now.cols]
            yield from self._see(index, windows, state, blender, look)
            end = group[-1] + (self.lattice.stride if first + len(group) < len(now.rows) else tile_px)
            row, x0, _ = blender.take(end)
            if x0.shape[1]:
                self._advance(index, Area(row, wanted.col, x0.shape[1], wanted.width), x0, state, estimate)
            if last and x0.shape[1]:
                yield AreaStrip(row, state.rows(row, x0.shape[1], wanted).copy())
            state.let_go(end, write=not last)
            if estimate is not None:
                estimate.let_go(end, write=not last)

    def _see(
        self, index: int, windows: list[tuple[int, int]], state: FieldBand, blender: StripBlender, look: Look | None
    ) -> Iterator[int]:
        """Blend the estimates of windows, call by call of the network."""
        # Calls of even size: one of two windows takes half as long as one of sixteen on a GPU.
        calls = ceil(len(windows) / self.batch)
        for call in range(calls):
            batch = windows[call * len(windows) // calls : (call + 1) * len(windows) // calls]
            x = np.stack([state.window(row, col, self.lattice.tile_px) for row, col in batch])
            sigma = torch.full((len(batch),), self.steps[index].sigma)
            asked = () if self.told is None else (self.told(batch),)
            estimates = self.denoise(torch.from_numpy(x), sigma, None, *asked).cpu().numpy()
            for (row, col), x0 in zip(batch, estimates, strict=True):
                blender.add(row, col, x0)
            if look is not None and self._middle in batch:
                look(index, x[batch.index(self._middle)])
                if index + 1 == len(self.steps):
                    look(index + 1, estimates[batch.index(self._middle)])
            yield len(batch) * self.steps[index].calls

    def _advance(self, index: int, strip: Area, x0: Pixels, state: FieldBand, estimate: FieldBand | None) -> None:
        """Step the rows of a strip in place; no window of this pass reads them any more."""
        step = self.steps[index]
        x = state.rows(strip.row, strip.height, strip)
        x *= step.keep
        x += step.x0 * x0
        if estimate is not None:
            estimate.read_until(strip.bottom)
            before = estimate.rows(strip.row, strip.height, strip)
            if step.x0_prev:
                x += step.x0_prev * before
            before[...] = x0
        if step.noise:
            x += step.noise * position_noise(self.seed, index + 1, self.channels, strip.window)

    def _first_noise(self, row: int, rows: int) -> Pixels:
        field = self._field
        return self.steps[0].sigma * position_noise(self.seed, 0, self.channels, (row, field.col, rows, field.width))

    def _zeros(self, row: int, rows: int) -> Pixels:
        return np.zeros((self.channels, rows, self._field.width), dtype=np.float32)


def _needs_estimates(steps: Sequence[Step]) -> bool:
    return any(step.x0_prev for step in steps)


def _covered(rows: Sequence[int], cols: Sequence[int], tile_px: int) -> Area:
    return Area(rows[0], cols[0], rows[-1] + tile_px - rows[0], cols[-1] + tile_px - cols[0])
