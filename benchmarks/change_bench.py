"""Change detection without labels: every method beside its controls, on every pair there is.

    python -m benchmarks.change_bench DATA --results bench.json
    python -m benchmarks.change_bench DATA --results bench.json --models aerial=models/ddpm-aerial-rgb.safetensors \
        landsat=models/ddpm-landsat-4.safetensors taizhou=TAIZHOU_MODEL

DATA: the folder of real imagery. Pairs stand in `benchmarks/change_pairs.py`, methods and controls in
`benchmarks/change_arms.py`. Average precision, F1, precision and recall at the method's own threshold, and the best F1
of any threshold, by group of pairs and over all; then what is called changed where nothing changed, at the own
threshold and where FALSE_ALARMS asks for a share. Arms with a model need one of as many bands of bytes: `aerial` serves
three bands, `landsat` four, `taizhou` Taizhou alone. Figures are kept in `--results`, so that a run goes on where it
stopped; `--table` prints what is there.

A limit is an arm's own threshold as a distance. For each pair F1 is also taken at multiples of it (MULTIPLES); the last
table says which multiple the other pairs would choose for the one that is left out, and what F1 that gives.
"""

import argparse
import json
import tempfile
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from rasterio.errors import NotGeoreferencedWarning

from benchmarks.change_arms import FREE, TRAINED, WITH_MODEL, Found, PairArms
from benchmarks.change_pairs import Flags, LabelledPair, labelled, to_look_at, unchanged
from qgis_ddpm.core.accuracy.confusion import confusion_of

MULTIPLES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5)
ASKED = (0.1, 0.01, 0.001)
# Arms that FALSE_ALARMS is measured on, and that are looked at.
DEFAULT, PLAIN = "irmad, context 4", "irmad, context 0"
NEAR = 0.03
# Groups whose pairs take a network minutes each.
TOO_LARGE = ("SZTAKI", "copies", "looked at")
Results = dict[str, dict[str, dict[str, Any]]]


def figures(found: Found, pair: LabelledPair) -> dict[str, Any]:
    """What is measured of one pair."""
    valid = ~np.isnan(found.scores)
    called = found.scores >= found.begins
    result: dict[str, Any] = {"share": float(called[valid].mean())}
    if pair.changed is None or pair.unchanged is None:
        return result
    changed, same = pair.changed & valid, pair.unchanged & valid
    confusion = _confusion(called, changed, same)
    labels = np.concatenate([np.ones(changed.sum()), np.zeros(same.sum())])
    labels = labels[np.argsort(-np.concatenate([found.scores[changed], found.scores[same]]), kind="stable")]
    hits, predicted = labels.cumsum(), np.arange(1, len(labels) + 1)
    odds = found.begins / (1 - found.begins)
    limits = [odds * multiple**2 / (1 + odds * multiple**2) for multiple in MULTIPLES]
    return {
        **result,
        "ap": float((hits / predicted)[labels == 1].mean()),
        "f1": confusion.f1,
        "best": float((2 * hits / (predicted + changed.sum())).max()),
        "precision": confusion.precision,
        "recall": confusion.recall,
        "false": float(called[same].mean()),
        "f1_at": [_confusion(found.scores >= limit, changed, same).f1 for limit in limits],
    }


def _confusion(called: Flags, changed: Flags, same: Flags) -> Any:
    return confusion_of(
        [(~called & same).sum(), (called & changed).sum(), (called & same).sum(), (~called & changed).sum()]
    )


def measure(
    pairs: Iterable[LabelledPair], arms: Iterable[str], models: dict[str, Path], results: Results, path: Path
) -> None:
    """Add the figures of pairs that are not yet there."""
    for pair in pairs:
        missing = [arm for arm in arms if pair.key not in results.setdefault(arm, {}) and _serves(arm, pair, models)]
        if not missing:
            continue
        with tempfile.TemporaryDirectory(prefix="qgis_ddpm_") as folder, ExitStack() as stack:
            opened = PairArms(pair, Path(folder), stack)
            for arm in missing:
                model = _model_for(pair, models) if arm in WITH_MODEL else None
                measured = figures(opened.find(arm, model), pair)
                if arm == DEFAULT and pair.changed is None and pair.group != "looked at":
                    found = (opened.find(arm, false_alarms=share) for share in ASKED)
                    measured["asked"] = [figures(each, pair)["share"] for each in found]
                results[arm][pair.key] = measured
                print(f"# {arm}, {pair.key}: {json.dumps(measured)[:150]}", flush=True)
        path.write_text(json.dumps(results))


def _serves(arm: str, pair: LabelledPair, models: dict[str, Path]) -> bool:
    """Whether an arm is measured on a pair."""
    if arm in WITH_MODEL:
        return pair.group not in TOO_LARGE and _model_for(pair, models) is not None
    return pair.changed is not None or arm in (DEFAULT, PLAIN, "cva")


def _model_for(pair: LabelledPair, models: dict[str, Path]) -> Path | None:
    with rasterio.open(pair.before) as dataset:
        bands, dtype = dataset.count, dataset.dtypes[0]
    if pair.group == "Taizhou":
        return models.get("taizhou")
    return models.get({3: "aerial", 4: "landsat"}.get(bands, "")) if dtype == "uint8" else None


def print_tables(results: Results) -> None:
    """All tables."""
    with_labels = {arm: {key: f for key, f in pairs.items() if "ap" in f} for arm, pairs in results.items()}
    _agreement("all pairs", {arm: with_labels[arm] for arm in FREE if with_labels.get(arm)})
    modelled = set(with_labels.get(TRAINED, {}))
    if modelled:
        arms = {arm: {key: f for key, f in pairs.items() if key in modelled} for arm, pairs in with_labels.items()}
        _agreement(
            "pairs that a model fits", {arm: pairs for arm, pairs in arms.items() if len(pairs) == len(modelled)}
        )
    _each(with_labels.get(DEFAULT, {}))
    _nothing_changed(results)
    _left_out(with_labels)


def _agreement(title: str, arms: dict[str, dict[str, dict[str, Any]]]) -> None:
    names = ("ap", "f1", "best", "precision", "recall")
    print(f"\n| {title} | pairs | average precision | F1 | best F1 | precision | recall | within {NEAR} of the best |")
    print("|---|---|---:|---:|---:|---:|---:|---:|")
    groups = list(dict.fromkeys(key.split(":")[0] for pairs in arms.values() for key in pairs))
    for group in [*groups, "all"]:
        for arm, pairs in arms.items():
            some = [f for key, f in pairs.items() if group in ("all", key.split(":")[0])]
            cells = " | ".join(f"{np.mean([f[name] for f in some]):.3f}" for name in names)
            near = sum(f["f1"] >= f["best"] - NEAR for f in some)
            print(f"| {arm} | {group} ({len(some)}) | {cells} | {near} |")


def _each(pairs: dict[str, dict[str, Any]]) -> None:
    print(
        f"\n| pair, {DEFAULT} | average precision | F1 | best F1 | precision | recall | false, % |\n|---|" + "---:|" * 6
    )
    for key, f in pairs.items():
        cells = " | ".join(f"{f[name]:.3f}" for name in ("ap", "f1", "best", "precision", "recall"))
        print(f"| {key} | {cells} | {100 * f['false']:.2f} |")


def _nothing_changed(results: Results) -> None:
    print(
        "\n| called changed where nothing changed, % | made: mean | most | copies: mean | most |\n|---|" + "---:|" * 4
    )
    for arm, pairs in results.items():
        shares = [
            [100 * f["share"] for key, f in pairs.items() if key.startswith(group)]
            for group in ("made, nothing", "copies")
        ]
        if all(shares):
            print(f"| {arm} | " + " | ".join(f"{np.mean(each):.2f} | {max(each):.2f}" for each in shares) + " |")
    print("\n| FALSE_ALARMS | pairs | least called | median | most | within a factor of two |\n|---|" + "---:|" * 5)
    for number, share in enumerate(ASKED):
        got = [f["asked"][number] for f in results.get(DEFAULT, {}).values() if "asked" in f]
        if got:
            near = sum(share / 2 <= each <= 2 * share for each in got)
            print(f"| {share:g} | {len(got)} | {min(got):.5f} | {np.median(got):.5f} | {max(got):.5f} | {near} |")


def _left_out(arms: dict[str, dict[str, dict[str, Any]]]) -> None:
    print(
        f"\n| chosen on the other pairs | multiple of the limit | F1 of the pair left out | within {NEAR} of the best |"
    )
    print("|---|---|---:|---:|")
    for arm, pairs in arms.items():
        if len(pairs) < 3:
            continue
        table = np.array([f["f1_at"] for f in pairs.values()])
        choices = [int(np.argmax(np.delete(table, i, axis=0).mean(axis=0))) for i in range(len(table))]
        own = [table[i, choice] for i, choice in enumerate(choices)]
        near = sum(one >= f["best"] - NEAR for one, f in zip(own, pairs.values(), strict=True))
        counts = ", ".join(f"{MULTIPLES[c]} ({n})" for c, n in Counter(choices).most_common())
        print(f"| {arm} | {counts} | {np.mean(own):.3f} | {near} of {len(own)} |")
    free = {arm: arms[arm] for arm in FREE if arm in arms and len(arms[arm]) == max(map(len, arms.values()))}
    votes: dict[str, list[str]] = defaultdict(list)
    keys = list(next(iter(free.values()), {}))
    for out in keys:
        for what in ("ap", "f1"):
            means = {arm: np.mean([f[what] for key, f in pairs.items() if key != out]) for arm, pairs in free.items()}
            votes[what].append(max(means, key=lambda arm: means[arm]))
    for what, arms_voted in votes.items():
        print(f"# highest mean {what} of the others, for each pair left out: {dict(Counter(arms_voted))}")


def main() -> None:
    """Measure what is missing, then print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--results", type=Path, required=True)
    parser.add_argument("--models", nargs="*", default=[], metavar="KIND=MODEL")
    parser.add_argument("--arms", nargs="+", default=[*FREE, *WITH_MODEL])
    parser.add_argument("--only", default="", help="a part of the names of the pairs to measure")
    parser.add_argument("--table", action="store_true", help="measure nothing")
    chosen = parser.parse_args()
    warnings.simplefilter("ignore", NotGeoreferencedWarning)
    results: Results = json.loads(chosen.results.read_text()) if chosen.results.exists() else {}
    models = {kind: Path(path) for kind, path in (each.split("=", 1) for each in chosen.models)}
    if not chosen.table:
        with tempfile.TemporaryDirectory(prefix="qgis_ddpm_") as folder:
            place = Path(folder)
            for pairs in (labelled(chosen.data, place), unchanged(chosen.data, place), to_look_at(chosen.data)):
                some = (pair for pair in pairs if chosen.only in pair.key)
                measure(some, chosen.arms, models, results, chosen.results)
    print_tables(results)


if __name__ == "__main__":
    main()
