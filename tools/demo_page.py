"""The page that the demo ends with: pictures, figures, and the commands that made them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.enums import Resampling

from qgis_ddpm.core.outputs import pictures
from qgis_ddpm.core.outputs.page import Cell, Report
from qgis_ddpm.core.raster.types import Bytes
from tools.qgis_process import Outcome

PICTURE_PX = 640
TITLES = {"features": "Features of the model", "irmad": "IR-MAD"}
SCORES = ("F1", "F1_LOW", "F1_HIGH", "IOU", "PRECISION", "RECALL", "OA", "KAPPA")


@dataclass(frozen=True)
class Story:
    """The inputs and the outcome of every step.

    shipped: tiles of the models that come with the checkout, by the model's name; detection and assessment by method,
    assessment empty without truth.
    """

    before: Path
    after: Path
    truth: Path | None
    folder: Path
    training: Outcome
    sampling: Outcome
    shipped: dict[str, Outcome]
    detection: dict[str, Outcome]
    assessment: dict[str, Outcome]


@dataclass(frozen=True)
class View:
    """A raster reduced to the size of a picture: pixels [C, H, W], valid [H, W], the bands' names."""

    pixels: NDArray[np.float64]
    valid: NDArray[np.bool_]
    names: tuple[str, ...]


def look(path: Path, resampling: Resampling = Resampling.average) -> View:
    """Read a raster of any size at the size of a picture."""
    with rasterio.open(path) as raster:
        step = max(1.0, max(raster.shape) / PICTURE_PX)
        shape = tuple(max(1, round(side / step)) for side in raster.shape)
        pixels = raster.read(out_shape=(raster.count, *shape), resampling=resampling).astype(np.float64)
        valid = raster.dataset_mask(out_shape=shape) > 0
        names = tuple(name or "" for name in raster.descriptions)
    return View(pixels, valid & np.isfinite(pixels).all(axis=0), names)


def _png(painted: Bytes) -> bytes:
    return pictures.to_png(pictures.fit(painted, PICTURE_PX))


def _paint(view: View, limits: NDArray[np.float64] | None = None) -> Bytes:
    return pictures.paint_bands(view.pixels, view.valid, pictures.choose_rgb(view.names), limits)


def _mask(path: Path) -> bytes:
    view = look(path, Resampling.nearest)
    return _png(pictures.paint_mask(view.pixels[0] > 0, view.valid))


def _scores(path: Path) -> bytes:
    view = look(path)
    return _png(pictures.paint_scores(view.pixels[0], view.valid))


def _errors(path: Path) -> bytes:
    view = look(path, Resampling.nearest)
    codes = np.where(view.valid, view.pixels[0], pictures.LEFT_OUT).astype(np.uint8)
    return _png(pictures.paint_errors(codes))


def _sheet(tiles: Iterable[Path], dates: Iterable[View]) -> bytes:
    """Paint the tiles in the colours of the dates, so that a tint of the model's own would show."""
    pixels = np.concatenate([view.pixels[:, view.valid] for view in dates], axis=1)
    limits = pictures.stretch_limits(pixels[:, None], np.ones((1, pixels.shape[1]), bool))
    return _png(pictures.contact_sheet([_paint(look(tile), limits) for tile in sorted(tiles)], gap_px=3))


def _shipped(report: Report, story: Story) -> None:
    if not story.shipped:
        return
    report.heading("Models in the box")
    report.text("Tiles of the models in the folder models/, whose cards say what they were trained on and its licence.")
    sheets = []
    for name in story.shipped:
        tiles = sorted((story.folder / name).glob("*.tif"))
        views = [look(tile) for tile in tiles]
        stretch = pictures.stretch_limits(
            np.concatenate([view.pixels for view in views], axis=1), np.concatenate([view.valid for view in views])
        )
        limits = stretch if views[0].pixels.shape[0] > 3 else np.array([[0.0, 255.0]] * len(views[0].pixels))
        sheets.append((_png(pictures.contact_sheet([_paint(view, limits) for view in views], gap_px=3)), name))
    report.pictures(sheets)


def _number(text: str | None) -> Cell:
    try:
        return float(text) if text is not None else None
    except ValueError:
        return text


def _figures(outcome: Outcome, names: Iterable[str]) -> list[tuple[str, Cell]]:
    return [
        (name.replace("_", " ").lower(), _number(outcome.outputs[name])) for name in names if name in outcome.outputs
    ]


def _changes(report: Report, story: Story) -> None:
    report.heading("Changes")
    for method, outcome in story.detection.items():
        folder = story.folder
        views = [
            (_scores(folder / f"probability_{method}.tif"), f"{TITLES[method]}: change probability, dark 0, yellow 1"),
            (_mask(folder / f"change_{method}.tif"), f"{TITLES[method]}: changed in red"),
        ]
        if story.truth is not None:
            views.append((_mask(story.truth), "Truth: changed in red"))
            views.append((_errors(folder / f"errors_{method}.tif"), f"{TITLES[method]}: map against truth"))
        report.pictures(views)
        if story.truth is not None:
            report.legend(
                [
                    (pictures.ERROR_COLOURS[pictures.TRUE_POSITIVE], "found"),
                    (pictures.ERROR_COLOURS[pictures.FALSE_POSITIVE], "false alarm"),
                    (pictures.ERROR_COLOURS[pictures.FALSE_NEGATIVE], "missed"),
                ]
            )
        report.figures(_figures(outcome, ("CHANGED_AREA", "CHANGED_SHARE", "THRESHOLD_USED")))
    if story.assessment:
        rows = [
            [TITLES[method], *(_number(outcome.outputs.get(name)) for name in SCORES)]
            for method, outcome in story.assessment.items()
        ]
        report.table(["", *(name.replace("_", " ") for name in SCORES)], rows, "Against the truth, without labels")


def build(story: Story) -> Report:
    """Put the page together from the files and outputs of a run."""
    report = Report("qgis_ddpm: a demonstration", "Two dates in; a model, synthetic tiles and a change map out.")
    if story.truth is not None:
        report.text(
            "The scene is made by a program. Felled forest, new buildings and the river that moves are changes; "
            "season, ploughing, sun, haze and a slight shift between the dates are not."
        )
    dates = [look(story.before), look(story.after)]
    report.heading("Two dates")
    report.pictures((_png(_paint(view)), name) for view, name in zip(dates, ("Before", "After"), strict=True))

    report.heading("Synthetic tiles")
    report.text(
        "Sampled from noise by the model trained above; no tile is a copy of a place. Same stretch as the dates."
    )
    report.pictures([(_sheet((story.folder / "tiles").glob("*.tif"), dates), "Synthetic tiles")])
    report.figures(
        _figures(story.training, ("TILES_SEEN", "TILES_PER_SECOND", "TRAINING_LOSS", "VALIDATION_LOSS"))
        + _figures(story.sampling, ("SECONDS_PER_TILE",))
    )
    _shipped(report, story)
    _changes(report, story)

    report.heading("Commands")
    steps = [
        story.training,
        story.sampling,
        *story.shipped.values(),
        *story.detection.values(),
        *story.assessment.values(),
    ]
    for step in steps:
        report.code(step.command)
    report.table(
        ["step", "seconds"],
        [[step.command.split()[2], round(step.seconds, 1)] for step in steps],
        "Wall time, start of QGIS and of the worker included",
    )
    report.table(
        ["file", "kB"],
        [[path.name, path.stat().st_size // 1000] for path in sorted(story.folder.iterdir()) if path.is_file()],
        "Files beside this page",
    )
    return report
