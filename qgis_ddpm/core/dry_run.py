"""What a job would cost: the plan of its run, and nothing of the run."""

from contextlib import ExitStack

from ..console import duration
from ..events import Events, Note, Result
from ..jobs import Job, SetupEnvironment
from ..own_inputs import checked
from .runners import room_of

MB = 1 << 20


def estimate(job: Job, job_file: str | None = None) -> Events:
    """Check a job as its run would, and tell what it needs; raises what the run would raise before its work begins.

    The outputs of the result are NETWORK_CALLS, counted in tiles or windows, DISK_MB, of temporary and of final files
    before compression, and where they can be measured SECONDS and MEMORY_MB.
    """
    job, notes = checked(job, job_file)
    yield from (Note(text) for text in notes)
    if isinstance(job, SetupEnvironment):
        from ..environment.install import NEEDED_GB, announce

        _, build = yield from announce(job)
        yield Result({"NETWORK_CALLS": 0, "DISK_MB": 1000 * NEEDED_GB[build.name]})
        return
    with ExitStack() as stack:
        plan = yield from room_of(job).plan(job, stack)
        cost = yield from plan.cost()
    outputs: dict[str, object] = {"NETWORK_CALLS": cost.network_calls, "DISK_MB": round(cost.disk_bytes / MB, 1)}
    sentence = "This job" if cost.seconds is None else f"This job takes about {duration(cost.seconds)} here and"
    sentence += f" needs up to {outputs['DISK_MB']:,} MB of disk"
    if cost.seconds is not None:
        outputs["SECONDS"] = round(cost.seconds, 1)
    if cost.memory_bytes is not None:
        outputs["MEMORY_MB"] = round(cost.memory_bytes / MB, 1)
        sentence += f" and {outputs['MEMORY_MB']:,} MB of memory beside what programs take"
    yield Note(f"{sentence}. Nothing was run or written.")
    yield Result(outputs)
