"""The report of a detector's training: figures of each head, curves, and tiles of the validation part."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from ...jobs import TrainDetector
from ..detector import Detector
from ..detector.detector import build_head, of_head
from ..model import DiffusionModel
from ..outputs.page import Report
from ..outputs.pictures import (
    CHANGED_COLOUR,
    ERROR_COLOURS,
    FALSE_NEGATIVE,
    FALSE_POSITIVE,
    LEFT_OUT,
    TRUE_NEGATIVE,
    TRUE_POSITIVE,
    choose_rgb,
    contact_sheet,
    fit,
    paint_bands,
    paint_errors,
    paint_mask,
    paint_scores,
    plot_curves,
    to_png,
)
from ..raster.types import Bytes
from .labelled_pairs import CHANGED, UNKNOWN
from .labelled_tiles import Tile
from .loop import DetectorLoop, SelectedHead
from .plan import DetectorTrainingPlan

# Tiles that are shown, and how large.
SHOWN_TILES = 8
SHOWN_PX = 128


def detector_report(
    job: TrainDetector, loop: DetectorLoop, selected: SelectedHead, plan: DetectorTrainingPlan
) -> Report:
    """The page for a training that is done."""
    agreement = selected.confusion
    count = len(loop.trainers)
    report = Report(
        "Training of a change detector",
        f"Head {job.head} on {job.model}, {loop.tiles_seen:,} tiles seen",
    )
    report.figures(
        [("F1", agreement.f1), ("IoU", agreement.iou), ("Precision", agreement.precision), ("Recall", agreement.recall)]
    )
    report.text(
        f"On the validation part, {plan.split.share():.0%} of the known pixels, which no head was trained on. Weights "
        "and threshold were chosen there too, so expect somewhat less on other scenes: compare a change map of another "
        "place with 'Assess change map'."
    )
    report.heading("Heads from different starts")
    confusions, noise_levels = loop.confusions(), [loop.sigmas_of(trainer) for trainer in loop.trainers]
    report.table(
        ("start", "noise levels", "F1", "IoU", "precision", "recall", "overall accuracy", "kept"),
        [
            (head.seed, _listed(levels), c.f1, c.iou, c.precision, c.recall, c.overall_accuracy, n == selected.number)
            for n, (head, levels, c) in enumerate(zip(loop.trainers, noise_levels, confusions, strict=True))
        ],
    )
    # Those of one kind differ by chance alone.
    if count > 1 and len(set(noise_levels)) == 1:
        f1, iou = ([getattr(c, name) for c in confusions] for name in ("f1", "iou"))
        report.text(
            f"F1 {np.mean(f1):.3f} +- {np.std(f1, ddof=1):.3f}, IoU {np.mean(iou):.3f} +- {np.std(iou, ddof=1):.3f}: "
            f"mean and standard deviation of {count} starts."
        )
    report.heading("On the way")
    curves = {f"start {head.seed}": loop.curve(f"f1_{number}") for number, head in enumerate(loop.trainers)}
    losses = {"training": loop.curve("training_loss")}
    report.pictures(
        [
            (plot_curves(curves, "tiles seen", "F1"), "F1 on the validation part, at the best threshold of the time"),
            (plot_curves(losses, "tiles seen", "loss"), "Training loss: cross entropy plus one minus Dice"),
        ]
    )
    report.heading("Tiles of the validation part")
    add_tiles(report, selected, plan.model, _with_change(plan))
    add_settings(report, job, selected)
    return report


def add_settings(report: Report, job: TrainDetector, selected: SelectedHead) -> None:
    """All fields of the job, and what was chosen."""
    report.heading("Settings")
    report.table(("field", "value"), [(name, str(value)) for name, value in job.provenance().items()])
    report.table(
        ("", "value"),
        [("noise levels", _listed(selected.card.noise_levels)), ("threshold", selected.card.threshold)],
    )


def _listed(sigmas: Sequence[float]) -> str:
    return ", ".join(f"{sigma:g}" for sigma in sigmas)


def add_tiles(report: Report, selected: SelectedHead, model: DiffusionModel, tiles: Sequence[Tile]) -> None:
    """Pictures of tiles: both dates, labels, probability and errors."""
    head = build_head(selected.card.head, len(selected.card.noise_levels))
    head.load_state_dict(of_head(selected.weights))
    detector = Detector(head, selected.card, model)
    pictures: list[list[Bytes]] = [[], [], [], [], []]
    rgb = choose_rgb([band.name for band in model.card.bands])
    for tile in tiles:
        dates = (torch.from_numpy(each)[None] for each in (tile.before, tile.after, tile.noise))
        probability = torch.softmax(detector(*dates), dim=1)[0, 1].cpu().numpy()
        known = tile.labels != UNKNOWN
        everywhere = np.ones_like(known)
        limits = np.tile([-1.0, 1.0], (len(tile.before), 1))
        painted = (
            paint_bands(tile.before, everywhere, rgb, limits),
            paint_bands(tile.after, everywhere, rgb, limits),
            paint_mask(tile.labels == CHANGED, known),
            paint_scores(probability, everywhere),
            paint_errors(_codes(probability >= selected.card.threshold, tile.labels)),
        )
        for column, picture in zip(pictures, painted, strict=True):
            column.append(fit(picture, SHOWN_PX))
    captions = ("Before", "After", "Labels", "Probability of change", "Errors")
    sheets = [(to_png(contact_sheet(column, 4)), name) for column, name in zip(pictures, captions, strict=True)]
    report.pictures(sheets)
    report.legend(
        [
            (CHANGED_COLOUR, "change"),
            (ERROR_COLOURS[TRUE_POSITIVE], "change found"),
            (ERROR_COLOURS[FALSE_POSITIVE], "false alarm"),
            (ERROR_COLOURS[FALSE_NEGATIVE], "change missed"),
        ]
    )


def _with_change(plan: DetectorTrainingPlan) -> list[Tile]:
    """The tiles with the most change of some, spread over the validation part."""
    first, step = len(plan.training), max(1, len(plan.validation) // (8 * SHOWN_TILES))
    return most_changed([plan.tile(number) for number in range(first, len(plan.tiles), step)])


def most_changed(tiles: list[Tile]) -> list[Tile]:
    """The few with the most change."""
    tiles.sort(key=lambda tile: -int((tile.labels == CHANGED).sum()))
    return tiles[:SHOWN_TILES]


def _codes(change: NDArray[np.bool_], labels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    codes = np.where(labels == CHANGED, np.where(change, TRUE_POSITIVE, FALSE_NEGATIVE), TRUE_NEGATIVE)
    codes = np.where((labels != CHANGED) & change, FALSE_POSITIVE, codes)
    return np.where(labels == UNKNOWN, LEFT_OUT, codes).astype(np.uint8)
