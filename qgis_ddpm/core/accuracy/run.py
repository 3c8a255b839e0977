"""Assessing a change map: each pixel against reference data, or by a sample that is drawn and comes back labelled."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack, nullcontext

from ...errors import InputError
from ...events import Event, Events, Note, Progress, Result
from ...jobs import AssessChanges
from ..outputs.pictures import ERROR_COLOURS, LEFT_OUT
from ..outputs.transaction import OutputTransaction, provenance_tags
from ..raster.vectors_out import check_vector
from ..raster.writer import RasterProfile, RasterWriter
from .by_sample import draw_sample, estimate
from .confusion import FIGURES, RESAMPLES, BlockCounts, Confusion, intervals, resampled
from .plan import AssessmentPlan, Seen
from .report import Overview, accuracy_report, sample_report
from .strata import windows

# An interval from fewer blocks says little.
FEW_BLOCKS = 20


def plan(job: AssessChanges, stack: ExitStack) -> Generator[Event, None, AssessmentPlan]:
    """Open all inputs. Raises InputError where they do not go together."""
    job.check_task()
    check_vector("SAMPLE", job.sample)
    opened = AssessmentPlan(job, stack)
    yield from opened.notes
    return opened


def run(plan: AssessmentPlan) -> Events:
    """Assess a change map, or draw a sample of it. Raises InputError where nothing can be assessed."""
    if plan.job.sample:
        yield from _sample(plan, plan.job.sample)
    elif plan.points is not None:
        yield from _estimate(plan)
    else:
        yield from _compare(plan)


def _sample(plan: AssessmentPlan, path: str) -> Events:
    with OutputTransaction() as transaction:
        transaction.reserve(path)
        yield from draw_sample(plan, path, transaction)
        yield from plan.value_notes()
        transaction.publish()
    yield Result({"SAMPLE": path})


def _estimate(plan: AssessmentPlan) -> Events:
    job = plan.job
    with OutputTransaction() as transaction:
        if job.report:
            transaction.reserve(job.report)
        found = yield from estimate(plan)
        remarks = [*found.notes, *plan.value_notes()]
        yield from remarks
        if job.report:
            sample_report(job, found, plan.notes + remarks).write(job.report, transaction)
        transaction.publish()
    yield Result({**found.outputs(), **({"REPORT": job.report} if job.report else {})})


def _compare(plan: AssessmentPlan) -> Events:
    job, shape = plan.job, plan.grid.shape
    with OutputTransaction() as transaction:
        if job.report:
            transaction.reserve(job.report)
        blocks, overview = BlockCounts(*shape, job.block_px), Overview(*shape)
        with _writer(plan, transaction) or nullcontext() as writer:
            parts = list(windows(*shape))
            for done, window in enumerate(parts, start=1):
                codes = plan.codes(*window)
                blocks.add(window[0], window[1], codes, plan.counting.areas(window))
                overview.add(window[0], window[1], codes)
                if writer is not None:
                    writer.write(window[0], window[1], codes[None])
                yield Progress(done, len(parts), "window")
            confusion = blocks.confusion()
            if confusion.total == 0:
                raise _nothing_to_assess(job, plan.seen) if plan.seen.valid else plan.without_pixels()
        drawn: list[Confusion] = []
        for sums in resampled(blocks.blocks(), job.seed):
            drawn.append(sums)
            if len(drawn) % 50 == 0:
                yield Progress(len(drawn), RESAMPLES, "resample")
        ranges = intervals(drawn)
        remarks = [*plan.coding_notes(), *plan.value_notes(), *_remarks(job, plan.seen, confusion, blocks)]
        yield from remarks
        outputs = {name: figure(confusion) for name, figure in FIGURES.items()}
        outputs["F1_LOW"], outputs["F1_HIGH"] = ranges["F1"]
        if job.report:
            page = accuracy_report(job, confusion, ranges, blocks, overview, plan.notes + remarks, plan.counting.unit)
            page.write(job.report, transaction)
        transaction.publish()
    files = {"REPORT": job.report, "ERROR_MAP": job.error_map}
    yield Result({**outputs, **{name: path for name, path in files.items() if path}})


def _writer(plan: AssessmentPlan, transaction: OutputTransaction) -> RasterWriter | None:
    job = plan.job
    if not job.error_map:
        return None
    profile = RasterProfile(
        plan.grid,
        1,
        "uint8",
        nodata=LEFT_OUT,
        descriptions=("errors: 0 true negative, 1 true positive, 2 false positive, 3 false negative",),
        tags=provenance_tags(job.ALGORITHM, job.seed),
        colormap=ERROR_COLOURS,
    )
    return RasterWriter(transaction, job.error_map, profile)


def _nothing_to_assess(job: AssessChanges, seen: Seen) -> InputError:
    if seen.labelled == 0:
        both = " and REFERENCE_UNCHANGED mark" if job.reference_unchanged else " labels"
        return InputError(
            f"REFERENCE {job.reference}{both} none of the {seen.valid} valid pixels of PREDICTED. Check that both show "
            "the same place, and the reference's nodata."
        )
    return InputError(f"MASK {job.mask} hides all {seen.labelled} labelled pixels. Check that nonzero means leave out.")


def _remarks(job: AssessChanges, seen: Seen, confusion: Confusion, blocks: BlockCounts) -> Iterator[Note]:
    if seen.contradictory:
        yield Note(
            f"{seen.contradictory} pixels are marked both changed and unchanged in the reference; they are left out.",
            "warning",
        )
    if confusion.undefined:
        yield Note(
            f"{_why_undefined(confusion)}, so {', '.join(confusion.undefined)} cannot be computed and "
            f"{'is' if len(confusion.undefined) == 1 else 'are'} reported as 0.",
            "warning",
        )
    number = len(blocks.blocks())
    if number < FEW_BLOCKS:
        yield Note(
            f"The interval of F1 comes from {number} blocks of {blocks.block_px} px only and is too narrow. "
            "Lower BLOCK_PX or label more places.",
            "warning",
        )
    if blocks.block_px != job.block_px:
        yield Note(f"The raster is large: the interval of F1 uses blocks of {blocks.block_px} px.")


def _why_undefined(confusion: Confusion) -> str:
    if confusion.reference_changed == 0 and confusion.predicted_changed == 0:
        return "Neither the reference nor the map has a changed pixel"
    if confusion.reference_changed == 0:
        return "The reference has no changed pixel"
    if confusion.predicted_changed == 0:
        return "The map has no changed pixel among those labelled"
    return "All labelled pixels are changed in the reference and in the map"
