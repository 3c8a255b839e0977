"""`make pictures`: the small picture in the help of each algorithm, from the files that `make tutorial` leaves.

Each is a row of panels: what goes in, an arrow, what comes out.
"""

import sys
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import rasterio
from PIL import Image, ImageDraw

from qgis_ddpm.core import run
from qgis_ddpm.core.progress import value_of
from qgis_ddpm.jobs import DetectSeries, FillGaps
from tools.scene.series import DAYS, make_series

ROOT = Path(__file__).resolve().parent.parent
SCENE = ROOT / "build" / "tutorial" / "scene"
TARGET = ROOT / "qgis_ddpm" / "pictures"
PANEL = 92
# The help beside a dialog is narrow, and shows a picture at half its size, which is crisp on fine screens.
SIZE, GAP, ARROW = 132, 6, 48
# Where the scene shows forest, river and new buildings at once.
CORNER, SIDE = (150, 60), 184
RED, GREEN, BLUE, GREY, DARK = (227, 26, 28), (0, 158, 115), (0, 114, 178), (200, 205, 208), (93, 102, 107)
VERMILION = (213, 94, 0)
COLOURS = 128
# Of a series, which is made here.
SERIES, SERIES_PX = ROOT / "build" / "series", 256
EARLY_TO_LATE = ((68, 1, 84), (49, 104, 142), (53, 183, 121), (253, 231, 37))


def natural(name: str, *, at: tuple[int, int] = CORNER, side: int = SIDE) -> Image.Image:
    """A square of a raster of the scene in natural colours, stretched by the scene's own range."""
    with rasterio.open(SCENE / f"{name}.tif") as source:
        pixels = source.read([3, 2, 1], window=((at[0], at[0] + side), (at[1], at[1] + side))).astype(np.float32)
    with rasterio.open(SCENE / "before.tif") as source:
        reference = source.read([3, 2, 1]).astype(np.float32)
    low, high = (np.percentile(reference, share, axis=(1, 2))[:, None, None] for share in (1, 99))
    unit = np.clip((pixels - low) / (high - low), 0, 1) ** 0.8
    return _panel(Image.fromarray((255 * unit).astype(np.uint8).transpose(1, 2, 0)))


def overlay(below: str, name: str, colours: dict[int, tuple[int, int, int]]) -> Image.Image:
    """Values of a class raster in colours over a picture of the scene in grey."""
    with rasterio.open(SCENE / f"{name}.tif") as source:
        values = source.read(1, window=((CORNER[0], CORNER[0] + SIDE), (CORNER[1], CORNER[1] + SIDE)))
    values = np.asarray(Image.fromarray(values).resize((PANEL, PANEL), Image.Resampling.NEAREST))
    picture = np.asarray(natural(below).convert("L").convert("RGB")).astype(np.float32) * 0.6 + 90
    for value, colour in colours.items():
        picture[values == value] = colour
    return Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))


def ramp(name: str) -> Image.Image:
    """Scores from 0 to 1, pale to red."""
    with rasterio.open(SCENE / f"{name}.tif") as source:
        scores = source.read(1, window=((CORNER[0], CORNER[0] + SIDE), (CORNER[1], CORNER[1] + SIDE)))
    scores = np.nan_to_num(scores)[..., None]
    picture = np.array([247, 247, 247]) * (1 - scores) + np.array([200, 10, 20]) * scores
    return _panel(Image.fromarray(picture.astype(np.uint8)))


def noisy(image: Image.Image, share: float) -> Image.Image:
    """A picture under noise, from 0 for none to 1 for nothing else."""
    noise = np.random.default_rng(0).normal(128, 60, (PANEL, PANEL, 3))
    mixed = (1 - share) * np.asarray(image).astype(np.float32) + share * noise
    return Image.fromarray(np.clip(mixed, 0, 255).astype(np.uint8))


def network() -> Image.Image:
    """A network, as in the icon."""
    image, draw = _blank()
    columns = [(16, (30, 62)), (46, (14, 46, 78)), (76, (46,))]
    for (x, ys), (x_next, ys_next) in pairwise(columns):
        for y in ys:
            for y_next in ys_next:
                draw.line((x, y, x_next, y_next), fill=DARK, width=2)
    for x, ys in columns:
        for y in ys:
            draw.ellipse((x - 9, y - 9, x + 9, y + 9), fill=(62, 126, 178))
    return image


def box(label: str, colour: tuple[int, int, int], lines: int = 3) -> Image.Image:
    """A window with a title and some lines."""
    image, draw = _blank()
    draw.rounded_rectangle((4, 14, PANEL - 5, PANEL - 15), 6, outline=colour, width=3, fill=(255, 255, 255))
    draw.rectangle((4, 18, PANEL - 5, 34), fill=colour)
    draw.text((10, 20), label, fill=(255, 255, 255))
    for row in range(lines):
        draw.line((14, 46 + 11 * row, PANEL - 20 - 12 * row, 46 + 11 * row), fill=GREY, width=4)
    return image


def ticks() -> Image.Image:
    """A list of things that are in order."""
    image, draw = _blank()
    for row in range(4):
        y = 18 + 19 * row
        draw.line((12, y, 18, y + 6, 28, y - 7), fill=GREEN, width=4)
        draw.line((38, y, PANEL - 12 - 8 * (row % 2), y), fill=GREY, width=5)
    return image


def curves() -> Image.Image:
    """Losses of several settings, one of them the best."""
    image, draw = _blank()
    draw.line((10, 6, 10, 82, 86, 82), fill=DARK, width=3)
    for end, colour in ((58, GREY), (48, GREY), (70, RED)):
        points = [(14 + x, 12 + (end - 6) * (1 - np.exp(-x / 18))) for x in range(0, 70, 2)]
        draw.line([(float(x), float(y)) for x, y in points], fill=colour, width=4)
    return image


def row(*parts: Image.Image | str) -> Image.Image:
    """Panels side by side; the text ">" is an arrow."""
    width = sum(ARROW if isinstance(part, str) else SIZE for part in parts) + GAP * (len(parts) - 1)
    image = Image.new("RGB", (width, SIZE), "white")
    x = 0
    for part in parts:
        if isinstance(part, str):
            middle = SIZE // 2
            draw = ImageDraw.Draw(image)
            draw.line((x + 4, middle, x + ARROW - 16, middle), fill=DARK, width=8)
            draw.polygon([(x + ARROW - 22, middle - 16), (x + ARROW - 2, middle), (x + ARROW - 22, middle + 16)], DARK)
            x += ARROW + GAP
        else:
            image.paste(part.resize((SIZE, SIZE), Image.Resampling.LANCZOS), (x, 0))
            x += SIZE + GAP
    return image


def series() -> tuple[Image.Image, ...]:
    """The first and last date of a series in natural colours, stretched by the range of the first."""
    found = make_series(SERIES, SERIES_PX)
    with rasterio.open(found.dates[0]) as source:
        reference = source.read([3, 2, 1]).astype(np.float32)
    low, high = (np.percentile(reference, share, axis=(1, 2))[:, None, None] for share in (1, 99))
    panels = []
    for path in (found.dates[0], found.dates[-1]):
        with rasterio.open(path) as source:
            unit = np.clip((source.read([3, 2, 1]) - low) / (high - low), 0, 1) ** 0.8
        panels.append(_panel(Image.fromarray((255 * unit).astype(np.uint8).transpose(1, 2, 0))))
    return tuple(panels)


def dated() -> Image.Image:
    """The date of the first change of the series as the algorithm finds it, over the last date in grey."""
    dates = tuple(sorted(str(path) for path in SERIES.glob("scene_*.tif")))
    *_, _ = run(DetectSeries(input=dates, method="irmad", min_area=1000.0, output=str(SERIES / "series.tif")))
    with rasterio.open(SERIES / "series.tif") as source:
        first = np.asarray(Image.fromarray(source.read(1)).resize((PANEL, PANEL), Image.Resampling.NEAREST))
    picture = np.asarray(series()[1].convert("L").convert("RGB")).astype(np.float32) * 0.5 + 110
    for day, colour in zip(DAYS[1:], EARLY_TO_LATE, strict=True):
        picture[first == day] = colour
    return Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))


def sheets() -> Image.Image:
    """Three bands of the scene, each a sheet of its own in grey."""
    image, draw = _blank()
    colours = natural("before").resize((60, 60))
    for number, band in enumerate(colours.split()):
        at = 4 + 13 * number
        draw.rectangle((at - 2, at - 2, at + 61, at + 61), fill=DARK)
        image.paste(band.convert("RGB"), (at, at))
    return image


def mosaic() -> Image.Image:
    """The synthetic tiles of the tutorial, which lie side by side."""
    with rasterio.open(SCENE / "tiles.tif") as source:
        side = int(source.width)
    return natural("tiles", at=(0, 0), side=side)


@lru_cache(maxsize=1)
def gaps() -> tuple[Image.Image, Image.Image]:
    """The scene with stripes that have no data, and with these filled from its other date."""
    with TemporaryDirectory() as folder:
        striped, filled = Path(folder) / "striped.tif", Path(folder) / "filled.tif"
        with rasterio.open(SCENE / "before.tif") as source:
            pixels, profile = source.read(), source.profile
        rows, columns = np.indices(pixels.shape[1:])
        pixels[:, (rows + columns // 6) % 40 < 10] = 0
        with rasterio.open(striped, "w", **{**profile, "nodata": 0}) as target:
            target.write(pixels)
        job = FillGaps(input=str(striped), other=(str(SCENE / "after.tif"),), output=str(filled))
        value_of(run(job))
        return natural(str(striped.with_suffix(""))), natural(str(filled.with_suffix("")))


ERRORS = {1: GREEN, 2: VERMILION, 3: BLUE}
PICTURES: dict[str, Callable[[], Image.Image]] = {
    "trainmodel": lambda: row(natural("before"), natural("after"), ">", network()),
    "importcheckpoint": lambda: row(box(".pth", DARK), ">", network()),
    "exportmodel": lambda: row(network(), ">", box(".onnx", DARK)),
    "getmodel": lambda: row(box("index", BLUE, 3), ticks(), ">", network()),
    "comparesettings": lambda: row(natural("before"), ">", network(), curves()),
    "stackscene": lambda: row(sheets(), ">", natural("before")),
    "sampletiles": lambda: row(noisy(mosaic(), 1.0), noisy(mosaic(), 0.5), ">", mosaic()),
    "assesstiles": lambda: row(mosaic(), natural("before", at=(0, 0), side=256), ">", ticks()),
    "traindetector": lambda: row(natural("before"), natural("after"), overlay("after", "truth", {1: (255, 210, 60)})),
    "detectchanges": lambda: row(natural("before"), natural("after"), ">", overlay("after", "change_irmad", {1: RED})),
    "detectseries": lambda: row(*series(), ">", dated()),
    "applythreshold": lambda: row(ramp("score_irmad"), ">", overlay("after", "change_irmad", {1: RED})),
    "assesschanges": lambda: row(
        overlay("after", "change_irmad", {1: RED}), overlay("after", "truth", {1: (255, 210, 60)}), ">",
        overlay("after", "errors", ERRORS),
    ),
    "fillgaps": lambda: row(gaps()[0], natural("after"), ">", gaps()[1]),
    "setupenvironment": lambda: row(box("QGIS", GREEN, 2), ">", box("Python", BLUE, 3)),
    "checkenvironment": lambda: row(box("Python", BLUE, 3), ">", ticks()),
}  # fmt: skip


def main() -> int:
    """Draw all pictures."""
    if not (SCENE / "errors.tif").exists():
        print("pictures: run `make tutorial` first, whose files they show", file=sys.stderr)
        return 1
    TARGET.mkdir(exist_ok=True)
    for name, draw in PICTURES.items():
        path = TARGET / f"{name}.png"
        draw().quantize(COLOURS).save(path, optimize=True)
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB")
    return 0


def _panel(image: Image.Image) -> Image.Image:
    return image.resize((PANEL, PANEL), Image.Resampling.LANCZOS)


def _blank() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (PANEL, PANEL), "white")
    return image, ImageDraw.Draw(image)


if __name__ == "__main__":
    sys.exit(main())
