"""What a sampling job will do, worked out from the model's card before the network is loaded."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...card import ModelCard
from ...errors import JobError
from ...jobs import SampleTiles
from ..raster.grid import Grid
from ..raster.lattice import Lattice
from ..sampling.guidance import Guidance, guidance_of, plan_guided
from ..sampling.latent_buffer import Area
from ..sampling.samplers import Step, usual_sampling
from ..sampling.seamless import Pass, plan_passes, scratch_bytes
from .output import output_type
from .placement import place_area, place_mosaic

# Around an area so many windows further out are sampled too (`seamless.plan_passes`). What lies beyond changes a pixel
# by less than 1e-5 of its range (benchmarks/README.md), so that areas sampled apart fit.
REACH = 4


@dataclass(frozen=True)
class SamplingPlan:
    """What a job will do: `columns` of tiles, or `passes` over a seamless area; `windows` for the network to see."""

    card: ModelCard
    grid: Grid
    steps: Sequence[Step]
    lattice: Lattice
    columns: int
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


def plan_sampling(job: SampleTiles, card: ModelCard) -> SamplingPlan:
    """The plan of a job. Raises JobError for fields that do not go together, InputError for the template."""
    sampler, calls = usual_sampling(card)
    sampler, calls = job.sampler or sampler, job.steps or calls
    if (sampler == "consistency") != card.few_calls:
        raise JobError(
            f"SAMPLER is {sampler}, but {job.model} was {'' if card.few_calls else 'not '}tuned for few calls. Leave "
            "SAMPLER empty."
        )
    guidance = guidance_of(card, job.guidance, calls)
    steps = plan_guided(sampler, card.schedule, calls, guidance)
    tile_px = card.tile_px
    if job.layout == "tiles":
        grid, columns = place_mosaic(job, card)
        windows = job.count * sum(step.calls for step in steps)
        return SamplingPlan(card, grid, steps, Lattice(tile_px, 0), columns, (), windows, guidance, sampler, calls)
    for name in ("tiles_folder", "footprints"):
        if getattr(job, name):
            raise JobError(f"{name.upper()} belongs to LAYOUT tiles: a seamless area has none. Leave it empty.")
    overlap_px = tile_px // 4 if job.overlap_px is None else job.overlap_px
    if overlap_px >= tile_px:
        raise JobError(
            f"OVERLAP_PX is {overlap_px}, but the model's tile has {tile_px} px. Give less, such as a quarter."
        )
    grid, lattice = place_area(job, card), Lattice(tile_px, overlap_px)
    passes = plan_passes(lattice, Area(*grid.lattice_origin(), *grid.shape), len(steps), REACH)
    windows = sum(one.windows * step.calls for one, step in zip(passes, steps, strict=True))
    return SamplingPlan(card, grid, steps, lattice, 0, passes, windows, guidance, sampler, calls)
