"""The report of a comparison: one row for each setting, and tiles that each has learnt to draw."""

from collections.abc import Sequence

from ...jobs import CompareSettings
from ..outputs.page import Cell, Report
from .outcome import Outcome


def comparison_report(
    job: CompareSettings, outcomes: Sequence[Outcome], pictures: Sequence[bytes | None], asked_for: int
) -> Report:
    """The page on the settings that are done, of so many that were asked for."""
    report = Report("Comparison of training settings", f"{len(outcomes)} settings, each trained for {job.length}.")
    if len(outcomes) < asked_for:
        report.warning(f"The run was stopped: {asked_for - len(outcomes)} of {asked_for} settings are missing.")
    for figure, label in (("validation_loss", "Lowest validation loss"), ("kid", "Lowest KID")):
        measured = [outcome for outcome in outcomes if getattr(outcome, figure) is not None]
        if measured:
            lowest = min(measured, key=lambda outcome: getattr(outcome, figure))
            report.text(f"{label}: {lowest.label} ({getattr(lowest, figure):.4g}).")
    report.heading("Settings")
    names = list(dict.fromkeys(name for outcome in outcomes for name in outcome.setting))
    header = (*names, "validation loss", "KID", "s per tile", "tiles seen", "M parameters")
    report.table(header, [_row(outcome, names) for outcome in outcomes])
    report.text(
        "Validation loss: of the averaged weights on tiles kept apart, on one scale for all settings. KID: sampled "
        f"tiles against real ones kept apart, {job.samples} samples of 20 network calls; 0 is best. Seconds "
        "for a tile are those of this device while other programs ran as they did."
    )
    floors = [outcome.kid_floor for outcome in outcomes if outcome.kid_floor is not None]
    if floors:
        report.text(
            f"Other real tiles have a KID of {max(floors):.3g} by the same measure: below that nothing differs."
        )
    if {"seed", "max_images", "tile_px"} & set(names):
        report.warning("Settings that differ in seed, max_images or tile_px are held against different tiles.")
    report.heading("Sampled tiles")
    for outcome, picture in zip(outcomes, pictures, strict=True):
        if picture is not None:
            report.pictures([(picture, outcome.label)])
    report.heading("What all have in common")
    own = ("grid", "minutes", "tiles", "samples")
    rows = [(name, str(value)) for name, value in job.provenance().items() if name not in own]
    report.table(("field", "value"), rows)
    return report


def _row(outcome: Outcome, names: Sequence[str]) -> list[Cell]:
    figures: list[Cell] = [
        "diverged" if outcome.diverged else outcome.validation_loss,
        outcome.kid,
        outcome.seconds_per_tile,
        outcome.tiles_seen,
        outcome.parameters / 1e6 if outcome.parameters else None,
    ]
    return [_cell(outcome.setting.get(name)) for name in names] + figures


def _cell(value: object) -> Cell:
    if isinstance(value, list):
        return ",".join(map(str, value))
    return value if isinstance(value, (int, float, bool)) or value is None else str(value)
