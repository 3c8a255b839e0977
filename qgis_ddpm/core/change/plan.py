"""What a detection of changes is to do: both dates open, its method chosen, its area and noise known."""

import tracemalloc
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from time import monotonic

from ...card import licence_text
from ...errors import JobError
from ...events import Event, Note
from ...jobs import DetectChanges
from ...jobs.texts import extent_bounds, numbers, whole_numbers
from ...mask_values import mask_values
from ..kinds.band_roles import OTHER, Roles, named_roles, roles_of_names
from ..kinds.zones import Zones
from ..pairs.dead_bands import dead_band_notes, varying
from ..pairs.matching import match_brightness, match_psf
from ..pairs.model_distance import pair_range_notes
from ..pairs.pair import Pair
from ..planning import Cost
from ..raster.findings.band_names import listed
from ..raster.grid import Grid
from ..raster.types import Window
from .choose import Choice, choose_method, model_notes
from .ground import ChangedGround
from .patches import STRIP_PIXELS
from .scores import ScoringSettings

# Draws for UNCERTAINTY where the job asks for one.
SPREAD_DRAWS = 4
# Of a strip of the map, for labels and outlines: by tracemalloc on smoothed noise of which a third changed.
MAP_BYTES_PER_PIXEL = 80


@dataclass(frozen=True)
class ChangePlan:
    """A detection whose inputs are open. window: what is mapped, in pixels of the first date's grid."""

    job: DetectChanges
    pair: Pair
    choice: Choice
    window: Window
    settings: ScoringSettings
    ground: ChangedGround | None = None

    @property
    def grid(self) -> Grid:
        """The grid of the outputs."""
        return self.pair.grid.subgrid(*self.window)

    def adapt(self) -> Generator[Event, None, None]:
        """Fit the dates to each other, as the job asks for."""
        if self.job.align and not self.choice.detector:
            # A detector was trained on dates as they are.
            yield from match_psf(self.pair)
        if self.job.radiometry == "match":
            yield from match_brightness(self.pair)
        yield from self.pair.sampled_notes()
        if self.ground is not None:
            yield from self.ground.prepare()
        yield from self._compare_with_model()

    def _compare_with_model(self) -> Generator[Event, None, None]:
        """Warn where the dates' numbers are far from those that the model was trained on."""
        choice, pair = self.choice, self.pair
        if choice.model is None or choice.card is None:
            return
        sample = yield from pair.sample()
        if choice.detector:
            yield from dead_band_notes(pair, sample, varying(sample), "tell the detector nothing")
        if choice.ranges_matter:
            yield from pair_range_notes(pair, sample, choice.model, choice.card)
        if choice.detector and choice.ranges_matter:
            # The other kind takes statistics of the same sample.
            pair.forget_sample()

    def cost(self) -> Generator[Event, None, Cost]:
        """Windows for the network, disk, and time and memory measured on the pair's sample and a small part of it."""
        pair, (_, _, height, width) = self.pair, self.window
        yield Note(f"{self.choice.method} over {width} x {height} px of {pair.count} bands.")
        method = self.choice.open(self.settings)
        tracemalloc.start()
        try:
            started = monotonic()
            yield from self.adapt()
            adapting_s = monotonic() - started
            seconds, call_bytes = yield from method.measure(pair, self.window)
            seconds += 0.0 if self.ground is None else self.ground.measure()
            memory_bytes = tracemalloc.get_traced_memory()[1] + call_bytes
        finally:
            tracemalloc.stop()
        rasters = sum(4 for path in (self.job.probability, self.job.uncertainty) if path) + 1 + bool(self.job.kinds)
        scores = 4 * (2 if self.settings.spread else 1)
        return Cost(
            method.count_windows(pair, self.window),
            height * width * (rasters + scores),
            adapting_s + seconds,
            max(memory_bytes, MAP_BYTES_PER_PIXEL * min(STRIP_PIXELS, height * width)),
        )


def plan_detection(job: DetectChanges, stack: ExitStack) -> Generator[Event, None, ChangePlan]:
    """Open both dates on a stack and choose the method; yields what to say of them.

    Raises JobError, InputError and ModelFileError for what does not fit.
    """
    pair = stack.enter_context(open_pair(job))
    choice = choose_method(job, pair)
    yield from choice_notes(choice)
    plan = yield from plan_pair(job, pair, choice)
    ground = yield from _plan_ground(job, plan)
    return replace(plan, ground=ground)


def open_pair(job: DetectChanges) -> Pair:
    """Both dates of a job, open. Raises JobError, InputError."""
    before, after = str(job.before), str(job.after)
    return Pair.open(
        before,
        after,
        bands=(
            whole_numbers("BANDS_BEFORE", job.bands_before),
            whole_numbers("BANDS_AFTER", job.bands_after),
        ),
        masks=(job.mask_before, job.mask_after),
        mask_values=mask_values("MASK_VALUES", job.mask_values),
        overrides=(job.override(before), job.override(after)),
        align=job.align,
    )


def _plan_ground(job: DetectChanges, plan: ChangePlan) -> Generator[Event, None, ChangedGround | None]:
    """What is to be told of changed pixels; None where no output shows it. Raises JobError, InputError."""
    if not (job.polygons or job.kinds or job.zones):
        return None
    pair = plan.pair
    roles = _roles(job, pair)
    zones = Zones("STATISTICS", job.statistics, plan.grid) if job.statistics else None
    ground = ChangedGround(pair, plan.window, roles, job.classes, job.seed, zones, job.split)
    yield from map(Note, () if zones is None else zones.notes)
    if not ground.tells_kinds:
        message = (
            f"Kinds of change need a red and a near infrared band, and no names of bands of {pair.before.path} tell "
            f"them ({listed(pair.before.band_names)}). Name the role of each band with BAND_ROLES, such as "
            "red,green,nir, or set CLASSES to group changes without rules."
        )
        if job.kinds:
            raise JobError(f"KINDS is {job.kinds}. {message}")
        yield Note(message)
    elif not ground.learns and not job.band_roles:
        yield Note(
            f"Kinds of change by rules on the bands {', '.join(role for role in roles if role != OTHER)} of "
            f"{listed(pair.before.band_names)}: name others with BAND_ROLES."
        )
    return ground


def _roles(job: DetectChanges, pair: Pair) -> Roles:
    if not job.band_roles:
        roles = roles_of_names(pair.before.descriptions)
        return roles if set(roles) != {OTHER} else roles_of_names(pair.after.descriptions)
    roles = named_roles("BAND_ROLES", job.band_roles)
    if len(roles) != pair.count:
        raise JobError(
            f"BAND_ROLES is {job.band_roles!r} and names {len(roles)} roles, but {pair.count} bands of "
            f"{pair.before.path} are compared ({listed(pair.before.band_names)}). Name one role for each."
        )
    return roles


def choice_notes(choice: Choice) -> Iterator[Note]:
    """What to say of a method and its model."""
    yield from choice.notes
    if choice.model and choice.card and choice.card.licence:
        yield Note(licence_text(choice.model, choice.card))


def plan_pair(job: DetectChanges, pair: Pair, choice: Choice) -> Generator[Event, None, ChangePlan]:
    """A detection between two open dates by a method that is chosen. Raises InputError."""
    offered = pair.count
    pair.take_bands(choice.bands)
    yield from model_notes(choice, pair, offered)
    yield from pair.opening_notes()
    window = pair.grid.window_of(*extent_bounds("EXTENT", job.extent)) if job.extent else pair.window
    draws = job.draws
    if job.uncertainty and draws == 1 and choice.adds_noise:
        draws = SPREAD_DRAWS
        yield Note(f"UNCERTAINTY needs several draws of noise; {draws} are taken.")
    return ChangePlan(job, pair, choice, window, scoring_settings(job, draws))


def scoring_settings(job: DetectChanges, draws: int) -> ScoringSettings:
    """What a job says of how any method works. Raises JobError."""
    return ScoringSettings(
        block_px=job.block_px,
        draws=draws,
        spread=bool(job.uncertainty),
        seed=job.seed,
        device=job.device,
        batch_size=job.batch_size,
        overlap_px=job.overlap_px,
        noise_levels=numbers("NOISE_LEVELS", job.noise_levels),
        precision=job.precision,
        asked_alarms=job.false_alarms,
        context_px=job.context_px,
    )
