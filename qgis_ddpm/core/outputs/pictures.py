"""Pictures for people: bands, masks, scores and errors as colours, contact sheets and curves, all as PNG bytes.

A painted picture is uint8 [H, W, 4] (red, green, blue, alpha); what is not valid is transparent.
"""

import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...messages import local

# Codes of an error map and their colours; green and purple stay apart for the colour-blind.
TRUE_NEGATIVE, TRUE_POSITIVE, FALSE_POSITIVE, FALSE_NEGATIVE, LEFT_OUT = 0, 1, 2, 3, 255
ERROR_COLOURS: dict[int, tuple[int, int, int, int]] = {
    TRUE_NEGATIVE: (222, 224, 226, 255),
    TRUE_POSITIVE: (38, 128, 76, 255),
    FALSE_POSITIVE: (240, 142, 32, 255),
    FALSE_NEGATIVE: (138, 60, 186, 255),
    LEFT_OUT: (0, 0, 0, 0),
}
CHANGED_COLOUR = (214, 60, 40, 255)
UNCHANGED_COLOUR = (222, 224, 226, 255)

_SAMPLE_PX = 1 << 20
SHEET_PX = 768
CURVE_COLOURS = ("#2f7fc1", "#e07b28", "#3a9d62", "#a25fc4", "#c9434f", "#8a6d3b", "#3fa7b5", "#8f9329")


def choose_rgb(names: Sequence[str]) -> tuple[int, int, int]:
    """The bands (from 0) to show as red, green, blue, by their names, else by their number.

    Without telling names up to four bands are taken as red, green, blue, ... and more as blue, green, red, ... the
    order of Landsat and Sentinel-2.
    """
    parts = [set(re.split(r"[^a-z]+", name.lower())) for name in names]

    def find(*colours: str) -> int | None:
        return next((i for i, words in enumerate(parts) if words & set(colours) and "edge" not in words), None)

    red, green, blue, infrared = find("red", "r"), find("green", "g"), find("blue", "b"), find("nir", "infrared")
    if red is not None and green is not None and blue is not None:
        return red, green, blue
    if infrared is not None and red is not None and green is not None:
        return infrared, red, green
    count = len(names)
    if count < 3:
        return 0, 0, 0
    return (0, 1, 2) if count <= 4 else (2, 1, 0)


def stretch_limits(
    pixels: NDArray[np.floating[Any]], valid: NDArray[np.bool_], low: float = 2.0, high: float = 98.0
) -> NDArray[np.float64]:
    """Percentiles of each band over its valid pixels, for `paint_bands`.

    pixels: [C, H, W]; valid: [H, W]. Returns float64 [C, 2]; (0, 1) where no pixel is valid.
    """
    limits = np.tile([0.0, 1.0], (len(pixels), 1))
    step = max(1, int(np.count_nonzero(valid)) // _SAMPLE_PX)
    if valid.any():
        for band, values in enumerate(pixels):
            limits[band] = np.percentile(values[valid][::step], [low, high])
    return limits


def paint_bands(
    pixels: NDArray[np.floating[Any]],
    valid: NDArray[np.bool_],
    bands: tuple[int, int, int] | None = None,
    limits: NDArray[np.float64] | None = None,
) -> NDArray[np.uint8]:
    """Three bands as red, green, blue, stretched between limits.

    pixels: [C, H, W]; valid: [H, W]; bands: numbers from 0, None = by the count of bands; limits: [C, 2] in units of
    the pixels, None = percentiles 2 and 98 of this picture. Give the same limits to pictures that are to be compared.
    """
    chosen = choose_rgb([""] * len(pixels)) if bands is None else bands
    if limits is None:
        limits = stretch_limits(pixels, valid)
    painted = np.zeros((*valid.shape, 4), np.uint8)
    for channel, band in enumerate(chosen):
        low, high = limits[band]
        scaled = (pixels[band] - low) / (high - low) if high > low else np.full(valid.shape, 0.5)
        painted[..., channel] = np.where(valid, np.clip(scaled, 0, 1) * 255 + 0.5, 0)
    painted[..., 3] = np.where(valid, 255, 0)
    return painted


def paint_mask(changed: NDArray[np.bool_], valid: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """A change mask [H, W]: red where changed, light grey elsewhere."""
    painted = np.where(changed[..., None], np.array(CHANGED_COLOUR, np.uint8), np.array(UNCHANGED_COLOUR, np.uint8))
    painted[~valid] = 0
    return painted


def paint_scores(
    scores: NDArray[np.floating[Any]], valid: NDArray[np.bool_], low: float = 0.0, high: float = 1.0
) -> NDArray[np.uint8]:
    """Scores [H, W] from `low` to `high` in viridis, whose lightness grows evenly, also for the colour-blind."""
    from matplotlib import colormaps

    scaled = np.where(valid, (scores - low) / (high - low), 0.0)
    painted: NDArray[np.uint8] = colormaps["viridis"]((np.clip(scaled, 0, 1) * 255 + 0.5).astype(int), bytes=True)
    painted[~valid] = 0
    return painted


def paint_errors(codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """An error map [H, W] of the codes above."""
    colours = np.zeros((256, 4), np.uint8)
    for code, colour in ERROR_COLOURS.items():
        colours[code] = colour
    return colours[codes]


def contact_sheet(
    pictures: Sequence[NDArray[np.uint8]], columns: int | None = None, gap_px: int = 2
) -> NDArray[np.uint8]:
    """Pictures of one size in rows, in reading order, as square a sheet as they give; gaps are transparent."""
    height, width = pictures[0].shape[:2]
    columns = columns or math.ceil(math.sqrt(len(pictures)))
    rows = math.ceil(len(pictures) / columns)
    sheet = np.zeros((rows * (height + gap_px) - gap_px, columns * (width + gap_px) - gap_px, 4), np.uint8)
    for number, picture in enumerate(pictures):
        top, left = (number // columns) * (height + gap_px), (number % columns) * (width + gap_px)
        sheet[top : top + height, left : left + width] = picture
    return sheet


def fit(picture: NDArray[np.uint8], side_px: int) -> NDArray[np.uint8]:
    """The picture with its longer side near `side_px`: whole pixels are repeated or left out, never mixed."""
    longer = max(picture.shape[:2])
    if longer > side_px:
        step = math.ceil(longer / side_px)
        return picture[::step, ::step]
    times = max(1, side_px // longer)
    return picture.repeat(times, axis=0).repeat(times, axis=1)


def to_png(picture: NDArray[np.uint8]) -> bytes:
    """A painted picture as PNG; the same picture gives the same bytes."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(picture), "RGBA").save(buffer, "PNG")
    return buffer.getvalue()


def stacked(pngs: Sequence[bytes], gap_px: int = 6) -> bytes:
    """Pictures of one width, one below the other, as PNG; gaps are transparent."""
    from PIL import Image

    rows = [np.asarray(Image.open(io.BytesIO(png)).convert("RGBA")) for png in pngs]
    return to_png(contact_sheet(rows, columns=1, gap_px=gap_px))


def plot_curves(
    curves: Mapping[str, tuple[Sequence[float], Sequence[float]]],
    x_label: str,
    y_label: str,
    log_y: bool = False,
    dashed: Mapping[str, tuple[Sequence[float], Sequence[float]]] | None = None,
) -> bytes:
    """Curves by name, each (x, y), as PNG on a transparent ground that suits light and dark pages.

    dashed: companions of some of the curves, by the same names, in their colours.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    grey = "#82888f"
    figure = Figure(figsize=(7.2, 3.6), dpi=100, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    for number, (name, (x, y)) in enumerate(curves.items()):
        colour = CURVE_COLOURS[number % len(CURVE_COLOURS)]
        # A line through one point would not be seen.
        axes.plot(x, y, label=local(name), color=colour, linewidth=1.6, marker="o" if len(x) == 1 else "")
        if dashed and name in dashed:
            axes.plot(*dashed[name], color=colour, linewidth=1.2, linestyle="--")
    axes.set_xlabel(local(x_label), color=grey)
    axes.set_ylabel(local(y_label), color=grey)
    if log_y:
        axes.set_yscale("log")
    axes.tick_params(which="both", colors=grey)
    axes.grid(color=grey, alpha=0.3, linewidth=0.6)
    axes.set_facecolor("none")
    for side, spine in axes.spines.items():
        spine.set(edgecolor=grey, visible=side in ("left", "bottom"))
    if len(curves) > 1:
        axes.legend(frameon=False, labelcolor=grey)
    buffer = io.BytesIO()
    # Without metadata the bytes do not name the library's version.
    figure.savefig(buffer, format="png", transparent=True, metadata={"Software": None})
    return buffer.getvalue()


class TilePainter:
    """Paints tiles float32 [n, C, t, t] as PNG, in colours that suit some real tiles of the same numbers."""

    def __init__(self, bands: Sequence[str], real: NDArray[np.float32], sheet_px: int = SHEET_PX) -> None:
        self._rgb = choose_rgb(bands)
        self._sheet_px = sheet_px
        stacked = real.transpose(1, 0, 2, 3).reshape(real.shape[1], -1, real.shape[-1])
        self._limits = stretch_limits(stacked, np.ones(stacked.shape[1:], dtype=bool))

    def sheet(self, tiles: NDArray[np.float32]) -> bytes:
        """The tiles as a square."""
        return to_png(fit(contact_sheet(list(self._painted(tiles))), self._sheet_px))

    def row(self, tiles: NDArray[np.float32]) -> bytes:
        """The tiles side by side."""
        return to_png(fit(contact_sheet(list(self._painted(tiles)), columns=len(tiles)), 2 * self._sheet_px))

    def _painted(self, tiles: NDArray[np.float32]) -> Iterator[NDArray[np.uint8]]:
        valid = np.ones(tiles.shape[2:], dtype=bool)
        for tile in tiles:
            yield paint_bands(tile, valid, self._rgb, self._limits)
