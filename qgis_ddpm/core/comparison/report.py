"""The page of a comparison: curves, tiles on the way, figures with their intervals, and what they say."""

from collections.abc import Callable, Mapping, Sequence

from ...jobs import CompareSettings, TrainModel
from ..outputs.page import Cell, Report
from ..outputs.pictures import plot_curves, stacked
from .chance import SettingPair, compared, mean_and_half
from .outcome import FIGURES, Outcome, SettingRecord
from .words import RANKED_BY, conclusions, ranked, shown, unequal_work

HOW_REAL = (
    "kid",
    "fd",
    "precision",
    "recall",
    "density",
    "coverage",
    "structure",
    "spectrum_distance",
    "memorisation",
    "copies",
)
LOSS_AND_COST = ("validation_loss", "training_loss", "seconds_per_tile", "tiles_per_second", "memory_mb")
# Of more settings only the pairs with the best are shown, and fewer curves.
MANY = 10
# Pictures of a training by the share of its length; "nearest": the training tiles nearest to its last samples.
Pictures = Callable[[SettingRecord], Mapping[str, bytes]]


def records_of(outcomes: Sequence[Outcome]) -> list[SettingRecord]:
    """Repeats put together, by setting in the order of the first."""
    found: list[tuple[dict[str, object], list[Outcome]]] = []
    for outcome in outcomes:
        known = next((members for setting, members in found if setting == outcome.setting), None)
        if known is None:
            found.append((outcome.setting, [outcome]))
        else:
            known.append(outcome)
    return [SettingRecord(setting, members) for setting, members in found]


def comparison_report(
    job: CompareSettings,
    outcomes: Sequence[Outcome],
    asked_for: int,
    length: str,
    pictures: Pictures,
    real: bytes | None,
) -> Report:
    """The page on the trainings that are done, of so many that were asked for."""
    records = ranked(records_of(outcomes))
    pairs = compared([record.values(RANKED_BY) for record in records])
    report = Report("Comparison of training settings", f"{len(records)} settings, {length} for each training.")
    if len(outcomes) < asked_for:
        report.warning(f"The run was stopped: {asked_for - len(outcomes)} of {asked_for} trainings are missing.")
    report.heading("What it says")
    for sentence in conclusions(records, pairs, length):
        report.text(sentence)
    for record in records:
        if record.diverged:
            report.warning(f"{record.label}: the training diverged. It is ranked last.")
    if unequal := unequal_work(records):
        report.warning(unequal)
    report.text(
        "Rank: by the mean KID over all repeats, the lowest first. Figures are means with half of their 95 % interval "
        "(Student's t over repeats)."
    )
    _tables(report, job, records)
    _pairs(report, records, pairs)
    _curves(report, records)
    _tiles(report, records, pictures, real)
    _common(report, job, records)
    return report


def _tables(report: Report, job: CompareSettings, records: Sequence[SettingRecord]) -> None:
    report.heading("Figures")
    floors = next((record.outcomes[0] for record in records if record.outcomes[0].floors), None)
    names = [name for name in HOW_REAL if any(record.values(name) for record in records)]
    rows: list[list[Cell]] = [_row(place, record, names) for place, record in enumerate(records, 1)]
    if floors is not None:
        for label, known in (("other real tiles", floors.floors), ("Gaussian noise", floors.noise)):
            rows.append(["", label, *(shown(known.get(name), None) for name in names)])
    header = ("rank", "setting", *(FIGURES[name].label for name in names))
    report.table(header, rows, f"How real the tiles are: {job.samples} samples of each training")
    names = [name for name in LOSS_AND_COST if any(record.values(name) for record in records)]
    more = ("tiles seen", "M parameters", "GFLOP a tile")
    rows = [
        [
            *_row(place, record, names),
            round(sum(outcome.tiles_seen for outcome in record.outcomes) / len(record.outcomes)),
            record.outcomes[0].parameters / 1e6,
            record.outcomes[0].gflop,
        ]
        for place, record in enumerate(records, 1)
    ]
    header = ("rank", "setting", *(FIGURES[name].label for name in names), *more)
    report.table(header, rows, "What was learnt, and what it costs")
    report.text(
        " ".join(f"{FIGURES[name].label}: {FIGURES[name].meaning}." for name in (*HOW_REAL, *LOSS_AND_COST))
        + " All are held against the same real tiles, which no setting was trained on, whatever its seed, number of "
        "images or tile size."
    )


def _row(place: int, record: SettingRecord, names: Sequence[str]) -> list[Cell]:
    label = f"{record.label} (diverged)" if record.diverged else record.label
    return [place, label, *(shown(*mean_and_half(record.values(name))) for name in names)]


def _pairs(report: Report, records: Sequence[SettingRecord], pairs: Sequence[SettingPair]) -> None:
    if len(records) < 2:
        return
    report.heading("Which differ")
    losses = compared([record.values("validation_loss") for record in records])
    rows: list[list[Cell]] = []
    for by_kid, by_loss in zip(pairs, losses, strict=True):
        if by_kid.first and len(records) > MANY:
            continue
        both = [records[by_kid.first].label, records[by_kid.second].label]
        rows.append([*both, by_kid.difference, *_said(by_kid), by_loss.difference, *_said(by_loss)])
    header = ("setting", "and", "KID higher by", "p", "KID", "loss higher by", "p", "validation loss")
    report.table(header, rows)
    report.text(
        "p: of Welch's test over repeats, corrected for the number of pairs (Holm 1979). Below 0.05 a pair differs by "
        "more than chance; above it, it may still differ, and these repeats do not tell."
    )


def _said(pair: SettingPair) -> tuple[Cell, Cell]:
    if pair.p is None:
        return None, "one repeat" if pair.difference is not None else "-"
    return pair.p, "differs" if pair.differs else "does not differ"


def _curves(report: Report, records: Sequence[SettingRecord]) -> None:
    drawn = [record for record in records if record.outcomes[0].losses][:MANY]
    if not drawn:
        return
    report.heading("Curves")
    kept, trained = {}, {}
    for record in drawn:
        tiles, training, validation = (list(column) for column in zip(*record.outcomes[0].losses, strict=True))
        kept[record.label], trained[record.label] = (tiles, validation), (tiles, training)
    plot = plot_curves(kept, "tiles seen", "loss", log_y=True, dashed=trained)
    caption = (
        "Loss of the averaged weights in edm's units, the same tiles and noise for all settings: on tiles kept apart "
        "(lines) and on training tiles (dashed). Where the dashed line falls away from the line, the training learns "
        "its tiles by heart."
    )
    report.pictures([(plot, caption)])


def _tiles(report: Report, records: Sequence[SettingRecord], pictures: Pictures, real: bytes | None) -> None:
    report.heading("Tiles")
    if real is not None:
        report.pictures([(real, "Real tiles that no setting was trained on")])
    report.text("All settings and rows start from the same noise, so columns compare.")
    for record in records:
        rows = dict(pictures(record))
        if not rows:
            continue
        last = "; last row: the training tile nearest to each of the last samples" if "nearest" in rows else ""
        after = ", ".join(share for share in rows if share != "nearest")
        report.pictures([(stacked(list(rows.values())), f"{record.label}: after {after} of the training{last}")])


def _common(report: Report, job: CompareSettings, records: Sequence[SettingRecord]) -> None:
    report.heading("What all have in common")
    varied = {name for record in records for name in record.setting}
    training = job.training(records[0].setting)
    rows: list[list[Cell]] = []
    for item in TrainModel.options():
        if item.is_destination or item.name in varied | {"config", "minutes", "tiles", "seed", "device"}:
            continue
        value = getattr(training, item.name)
        is_empty = value in (None, (), "")
        rows.append([item.name, f"empty: {item.empty}" if is_empty and item.empty else _text(value)])
    rows += [[name, _text(getattr(job, name))] for name in ("seed", "repeats", "samples")]
    report.table(("field", "value"), rows)


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
