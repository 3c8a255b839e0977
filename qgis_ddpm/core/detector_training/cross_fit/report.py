"""The report of a training by folds: every pair as heads found it that had never seen it."""

from collections.abc import Sequence

from ....jobs import TrainDetector
from ...outputs.page import Report
from ...outputs.pictures import plot_curves
from ..loop import SelectedHead
from ..report import SHOWN_TILES, add_settings, add_tiles, most_changed
from .controls import Control
from .fold_loop import FoldLoop
from .folds import PairFolds
from .setup import FoldPlan


def fold_report(
    job: TrainDetector, loop: FoldLoop, selected: SelectedHead, plan: FoldPlan, controls: Sequence[Control]
) -> Report:
    """The page for a training that is done. controls: what it was compared with."""
    pairs = loop.of_pairs()
    report = Report(
        "Training of a change detector",
        f"Head {job.head} of {len(loop.trainers)} members {_on(job)}, {loop.tiles_seen:,} tiles seen",
    )
    agreement = selected.confusion
    report.figures(
        [
            ("Mean F1 of pairs", loop.mean_f1),
            ("F1", agreement.f1),
            ("IoU", agreement.iou),
            ("Precision", agreement.precision),
            ("Recall", agreement.recall),
        ]
    )
    if isinstance(plan.folds, PairFolds):
        report.text(
            "Each pair was judged by heads that had never seen it, so this is about what another place of this kind "
            "will give. One threshold serves all pairs: it has the highest mean of their F1. The detector is the mean "
            "of all heads, which is mostly better than each of them."
        )
    else:
        report.text(
            "There are too few pairs with change to leave one out: figures are of blocks within them that no head was "
            "trained on. Expect less on other scenes."
        )
    report.heading("Every pair")
    report.table(
        ("pair", "left out by", "F1", "precision", "recall", "F1 at its own best threshold"),
        [
            (loop.names[each.pair], _left_out_by(plan, each.pair), each.f1, each.precision, each.recall, each.best_f1)
            for each in pairs
        ],
    )
    if controls:
        report.heading("What the model was worth")
        names = [loop.names[each.pair] for each in pairs]
        rows = [("this detector", loop.mean_f1, {loop.names[each.pair]: each.f1 for each in pairs}), *controls]
        report.table(
            ("trained alike on the same pairs", "mean F1 of pairs", *names),
            [[name, mean, *(of_pairs[pair] for pair in names)] for name, mean, of_pairs in rows],
        )
    report.heading("On the way")
    report.pictures(
        [
            (plot_curves({"mean of pairs": loop.curve("f1")}, "tiles seen", "F1"), "Mean F1 of pairs, left out"),
            (
                plot_curves({"training": loop.curve("training_loss")}, "tiles seen", "loss"),
                "Training loss: cross entropy plus one minus Dice",
            ),
        ]
    )
    report.heading("Windows with the most change")
    step = max(1, len(plan.windows) // (8 * SHOWN_TILES))
    tiles = most_changed([plan.tile(number) for number in range(0, len(plan.windows), step)])
    add_tiles(report, selected, plan.model, tiles)
    report.text("Here the whole detector is shown, of which two thirds have seen each of these places.")
    add_settings(report, job, selected)
    return report


def _left_out_by(plan: FoldPlan, pair: int) -> str:
    fold = plan.folds.of_pair[pair]
    return "all heads" if fold < 0 else f"head {fold + 1}"


def _on(job: TrainDetector) -> str:
    if job.tune:
        return f"with a network tuned from {job.model or 'random weights'}"
    return f"on {job.model}" if job.model else "without a model"
