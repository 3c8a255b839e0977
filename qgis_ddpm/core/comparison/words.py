"""What the figures of a comparison say, in a few sentences; where they tell nothing, that."""

from collections.abc import Iterator, Sequence

from ..quality.memorisation import CHANCE
from .chance import SettingPair, compared, mean_and_half
from .outcome import Outcome, SettingRecord

# What settings are ranked by.
RANKED_BY = "kid"
# Work that differs by more is no equal work.
UNEQUAL_WORK = 0.2
# Settings whose cost differs by more are told apart by it.
TOLD_COST = 1.2
NAMED = 4


def ranked(records: Sequence[SettingRecord]) -> list[SettingRecord]:
    """Settings by their mean KID, the lowest first; those without one last, in their order."""

    def key(record: SettingRecord) -> float:
        mean, _ = mean_and_half(record.values(RANKED_BY))
        return float("inf") if mean is None or record.diverged else mean

    return sorted(records, key=key)


def conclusions(records: Sequence[SettingRecord], pairs: Sequence[SettingPair], length: str) -> Iterator[str]:
    """Sentences on settings in the order of their rank; pairs: of KID, by place in that order."""
    repeats = max(len(record.outcomes) for record in records)
    times = "once" if repeats == 1 else f"{repeats} times, each with another seed"
    count = f"{len(records)} settings were" if len(records) > 1 else "One setting was"
    yield f"{count} trained {times}, {length} each."
    best = records[0]
    kid, half = mean_and_half(best.values(RANKED_BY))
    if kid is None:
        yield "None of them has a KID: all diverged."
        return
    floors = best.outcomes[0]
    yield (
        f"The lowest KID has {best.label}: {shown(kid, half)}. By the same measure other real tiles get "
        f"{floors.floors.get(RANKED_BY, float('nan')):.3g} and Gaussian noise "
        f"{floors.noise.get(RANKED_BY, float('nan')):.3g}."
    )
    yield from _differences(records, pairs, repeats)
    yield from _of_validation(records)
    yield from _of_copies(records)
    yield from _of_cost(records)


def unequal_work(records: Sequence[SettingRecord]) -> str | None:
    """A warning where trainings of one network saw tiles in numbers that differ by more than a fifth."""
    seen: dict[float, list[Outcome]] = {}
    for record in records:
        for outcome in record.outcomes:
            if outcome.tiles_seen:
                seen.setdefault(round(outcome.gflop, 6), []).append(outcome)
    for outcomes in seen.values():
        least, most = (end(outcomes, key=lambda outcome: outcome.tiles_seen) for end in (min, max))
        if most.tiles_seen > (1 + UNEQUAL_WORK) * least.tiles_seen:
            return (
                f"Work was not equal: trainings of one network saw {least.tiles_seen:,} to {most.tiles_seen:,} tiles. "
                "What differs may be that alone. Choose BUDGET tiles or gflop."
            )
    return None


def shown(mean: float | None, half: float | None) -> str:
    """A mean with half its interval, such as "0.12 ± 0.03"; a dash for what is not known."""
    if mean is None:
        return "-"
    return f"{mean:.3g}" if not half else f"{mean:.3g} ± {half:.2g}"


def _differences(records: Sequence[SettingRecord], pairs: Sequence[SettingPair], repeats: int) -> Iterator[str]:
    if len(records) < 2:
        return
    if repeats < 2:
        yield "With one repeat nothing tells a difference from chance: set REPEATS to 3 or more before you choose."
        return
    of_best = [pair for pair in pairs if pair.first == 0]
    worse = [records[pair.second].label for pair in of_best if pair.differs]
    alike = [records[pair.second].label for pair in of_best if not pair.differs and pair.p is not None]
    if not any(pair.differs for pair in pairs):
        yield (
            "No two settings differ in KID by more than chance (Welch's test, Holm's correction): of these, take the "
            "cheapest. More REPEATS, or more TILES, may tell more."
        )
        return
    if worse:
        yield f"It is better by more than chance than {_listed(worse)}."
    if alike:
        yield f"It cannot be told from {_listed(alike)}: more REPEATS would."


def _of_validation(records: Sequence[SettingRecord]) -> Iterator[str]:
    means = {
        record.label: mean
        for record in records
        if (mean := mean_and_half(record.values("validation_loss"))[0]) is not None
    }
    if len(means) < 2:
        return
    lowest = min(means, key=lambda label: means[label])
    if lowest == records[0].label:
        yield f"The validation loss is lowest there too ({means[lowest]:.4g})."
        return
    found = next(record for record in records if record.label == lowest)
    pair = compared([records[0].values("validation_loss"), found.values("validation_loss")])[0]
    if pair.p is not None and not pair.differs:
        yield f"The validation loss is lowest with {lowest}, but not by more than chance."
    else:
        yield (
            f"The validation loss says otherwise: it is lowest with {lowest} ({means[lowest]:.4g}, against "
            f"{means.get(records[0].label, float('nan')):.4g}). Choose by it for features, by KID for tiles."
        )


def _of_copies(records: Sequence[SettingRecord]) -> Iterator[str]:
    shares = {record.label: mean for record in records if (mean := mean_and_half(record.values("copies"))[0])}
    near = {
        record.label: mean
        for record in records
        if (mean := mean_and_half(record.values("memorisation"))[0]) is not None
    }
    if shares:
        most = max(shares, key=lambda label: shares[label])
        yield f"{shares[most]:.0%} of the tiles of {most} are copies of training tiles, the largest share."
    elif near:
        most = max(near, key=lambda label: near[label])
        words = "as far as that is by chance" if near[most] <= 2 * CHANCE else f"against {CHANCE:.0%} by chance"
        yield (
            f"No sampled tile that was searched is a copy of a training tile; the share that lies nearer to one than "
            f"unseen real tiles do is at most {near[most]:.0%} ({most}), {words}."
        )


def _of_cost(records: Sequence[SettingRecord]) -> Iterator[str]:
    seconds = {
        record.label: mean for record in records if (mean := mean_and_half(record.values("seconds_per_tile"))[0])
    }
    if len(seconds) < 2:
        return
    least, most = (end(seconds, key=lambda label: seconds[label]) for end in (min, max))
    if seconds[most] > TOLD_COST * seconds[least]:
        yield (
            f"A sampled tile takes {seconds[least]:.3g} s with {least} and {seconds[most]:.3g} s with {most}, while "
            "other programs ran as they did."
        )


def _listed(labels: Sequence[str]) -> str:
    more = f"; and {len(labels) - NAMED} more" if len(labels) > NAMED else ""
    return "; ".join(labels[:NAMED]) + more
