"""What a worker is sent: the job with whole paths, what was found of the pair, the files as the client sees them."""

import json
import os
from dataclasses import dataclass, replace

from ....input_files import State, files_of, states
from ....jobs import DetectChanges
from ....jobs.texts import local_processes
from ...pairs.psf_matching import Adaptation
from ..choose import Choice
from ..plan import ChangePlan
from ..scores import ChangeMethod, ScoringSettings


@dataclass(frozen=True)
class StripOrder:
    """All that a worker needs beside a strip. files: those that are read, as the client sees them."""

    job: DetectChanges
    choice: Choice
    settings: ScoringSettings
    adaptation: Adaptation
    fitted: object
    precision: str | None
    files: dict[str, State]


def order_of(plan: ChangePlan, method: ChangeMethod) -> StripOrder:
    """What workers need of a prepared method. Paths are made whole, since each process has a folder of its own."""
    job, choice, settings = plan.job, plan.choice, plan.settings
    given = {item.name: str(getattr(job, item.name)) for item in job.options() if item.role == "raster"}
    # A virtual raster may be given as a text.
    whole = {name: os.path.abspath(path) for name, path in given.items() if os.path.exists(path)}
    chosen = replace(choice, notes=(), model=_whole(choice.model), detector=_whole(choice.detector))
    read = [*whole.values(), *(path for path in (chosen.model, chosen.detector) if path)]
    files = states(os.path.abspath(path) for name in read for path in files_of(name))
    if method.precision in ("float32", "bfloat16"):
        # Chosen here, and not by each processor for itself.
        settings = replace(settings, precision=method.precision)
    said = {path: job.override(given[name]) for name, path in whole.items()}
    layers = {path: {key: value for key, value in each.items() if key != "fills"} for path, each in said.items()}
    overrides = json.dumps(layers) if job.raster_overrides else ""
    sent = job.replace(**whole, raster_overrides=overrides, scheduler=None)
    return StripOrder(sent, chosen, settings, plan.pair.adaptation, method.fitted(), None, files)


def processes_of(plan: ChangePlan) -> int:
    """How many processes of this machine the job asks for; 0 where its scheduler runs already."""
    return local_processes("SCHEDULER", plan.job.scheduler)


def _whole(path: str | None) -> str | None:
    return path and os.path.abspath(path)
