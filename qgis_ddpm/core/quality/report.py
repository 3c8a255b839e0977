"""The report on synthetic tiles: figures beside their floors, what they mean, and pictures of what they measure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...events import Note
from ...jobs import AssessTiles
from ..outputs.page import Report
from ..outputs.pictures import TilePainter, plot_curves
from .copies import Copies
from .memorisation import COPY_RATIO
from .metrics import band_correlations, decibels, distances
from .scores import DRAWS, Score, TileStatistics
from .tile_sets import TileSet

SHEET_TILES = 64
ROW_TILES = 12
SHEET_PX = 540
PLOTTED_BANDS = 4
LISTED_BANDS = 8

_MEANING = {
    "KID": "Distance of the features of synthetic and real tiles. 0 is expected for real ones, at any count.",
    "FD": "Distance of mean and covariance of the features. It depends on the count: see its floor.",
    "PRECISION": "Share of synthetic tiles that lie among real ones: low where tiles are blurred, noisy or odd.",
    "RECALL": "Share of real tiles that lie among synthetic ones: low where some kinds of tile are never made.",
    "DENSITY": "How deep synthetic tiles lie among real ones, 1 as real ones do. Above 1: they keep to the usual.",
    "COVERAGE": "Share of real tiles with a synthetic one nearby: low where variety is missing.",
    "STRUCTURE": "Missing edges, lines and patches: 0 as in real tiles, 1 as in noise of the same spectrum.",
    "SPECTRUM_DISTANCE": "Difference of the power spectra in dB: texture that is too smooth, too rough or has a grid.",
    "BAND_CORRELATION": "Difference of the correlations between bands: colours that do not occur.",
    "MEMORISATION": "Share nearer to training imagery than 95 % of unseen real tiles: 0.05 is chance, 1 copies.",
}


@dataclass(frozen=True)
class Findings:
    """All that one comparison found."""

    job: AssessTiles
    bands: tuple[str, ...]
    real: TileSet
    fake: TileSet
    real_statistics: TileStatistics
    fake_statistics: TileStatistics
    scores: tuple[Score, ...]
    copies: Copies | None
    notes: tuple[Note, ...]


def tiles_report(findings: Findings) -> Report:
    """The page of one comparison."""
    job = findings.job
    report = Report(
        "Synthetic tiles compared with real ones",
        f"{len(findings.fake)} synthetic and {len(findings.real)} real tiles of {findings.real.pixels.shape[-1]} px",
    )
    report.figures(
        [
            (each.name.replace("_", " ").lower(), f"{each.value:.3g} (real: {each.floor:.3g})")
            for each in findings.scores
            if each.name in ("KID", "FD", "PRECISION", "RECALL", "STRUCTURE", "MEMORISATION")
        ]
    )
    report.text(_verdict(findings.scores))
    for note in findings.notes:
        (report.warning if note.level == "warning" else report.text)(note.text)
    painter = TilePainter(findings.bands, findings.real.pixels[:SHEET_TILES], SHEET_PX)
    report.heading("Synthetic and real")
    report.pictures(
        [
            (painter.sheet(findings.fake.pixels[:SHEET_TILES]), "Synthetic tiles"),
            (painter.sheet(findings.real.pixels[:SHEET_TILES]), "Real tiles, in the same colours"),
        ]
    )
    report.heading("Figures")
    _add_scores(report, findings.scores)
    report.heading("Where they differ")
    _add_extremes(report, findings, painter)
    report.heading("Power spectra")
    _add_spectra(report, findings)
    if len(findings.bands) > 1:
        report.heading("Correlations between bands")
        _add_correlations(report, findings)
    if findings.copies is not None:
        report.heading("Copies")
        _add_copies(report, findings.fake.pixels, findings.copies, painter)
    report.heading("Settings")
    report.table(("field", "value"), [(name, str(value)) for name, value in job.provenance().items()])
    return report


def _verdict(scores: Sequence[Score]) -> str:
    apart = [each.name for each in scores if not each.is_at_floor]
    if not apart:
        return "In none of the figures can the synthetic tiles be told from as many real ones."
    at_floor = " In the other figures they fare as real ones do." if len(apart) < len(scores) else ""
    return f"The synthetic tiles can be told from real ones by {', '.join(apart)}.{at_floor}"


def _add_scores(report: Report, scores: Sequence[Score]) -> None:
    report.table(
        ("Figure", "Synthetic", "±", "Real (floor)", "±", "As real", "What it says"),
        [
            (each.name, each.value, each.spread, each.floor, each.floor_spread, each.is_at_floor, _MEANING[each.name])
            for each in scores
        ],
        caption=f"Means and standard deviations over {DRAWS} random halves of the real tiles",
    )
    report.text(
        "The floor is what real tiles get: one half of them against the other, at the count that the synthetic ones "
        "are compared at. A figure within two standard deviations of its floor cannot be told from real. The features "
        "were learnt on these real tiles, so figures of different real tiles do not compare; those of two models with "
        "the same real tiles, settings and counts do."
    )


def _add_extremes(report: Report, findings: Findings, painter: TilePainter) -> None:
    across = distances(findings.real_statistics.features, findings.fake_statistics.features)
    furthest = np.argsort(-across.min(axis=0))[:ROW_TILES]
    missed = np.argsort(-across.min(axis=1))[:ROW_TILES]
    report.pictures(
        [
            (painter.row(findings.fake.pixels[furthest]), "Synthetic tiles that are furthest from any real one"),
            (painter.row(findings.real.pixels[missed]), "Real tiles that are furthest from any synthetic one"),
        ]
    )


def _add_spectra(report: Report, findings: Findings) -> None:
    real, fake = decibels(findings.real_statistics.power), decibels(findings.fake_statistics.power)
    cycles = list(range(1, real.shape[1] + 1))
    means = {"real": (cycles, real.mean(axis=0).tolist()), "synthetic": (cycles, fake.mean(axis=0).tolist())}
    gaps = {name: (cycles, (fake - real)[band].tolist()) for band, name in enumerate(findings.bands[:PLOTTED_BANDS])}
    axis = "cycles across a tile"
    report.pictures(
        [
            (plot_curves(means, axis, "power in dB"), "Mean power by frequency: left large shapes, right fine texture"),
            (
                plot_curves(gaps, axis, "synthetic minus real in dB"),
                "By band: below 0 on the right is too smooth, above 0 too rough; a peak is a grid",
            ),
        ]
    )


def _add_correlations(report: Report, findings: Findings) -> None:
    real = band_correlations(findings.real_statistics.moments)
    fake = band_correlations(findings.fake_statistics.moments)
    names = findings.bands
    pairs = [(i, j) for i in range(len(names)) for j in range(i + 1, len(names))]
    pairs.sort(key=lambda pair: -abs(real[pair] - fake[pair]))
    shown = pairs[: LISTED_BANDS * (LISTED_BANDS - 1) // 2]
    report.table(
        ("Bands", "Real", "Synthetic"),
        [(f"{names[i]}, {names[j]}", float(real[i, j]), float(fake[i, j])) for i, j in shown],
        caption="Correlation over all pixels, the largest differences first",
    )


def _add_copies(report: Report, fake: NDArray[np.float32], copies: Copies, painter: TilePainter) -> None:
    report.text(
        "Each tile is held against every place in the training imagery, in all eight turns. Its ratio is the distance "
        f"to the nearest place over that to the next others: 0 is a copy, below {COPY_RATIO:.2f} it is called one, "
        "near 1 it is like many places and a copy of none."
    )
    quantiles = (0.05, 0.25, 0.5, 0.75)
    rows: list[tuple[str | float, ...]] = [("synthetic", *map(float, np.quantile(copies.fake.ratios, quantiles)))]
    if len(copies.unseen.ratios):
        rows.append(("real, unseen", *map(float, np.quantile(copies.unseen.ratios, quantiles))))
    report.table(("Ratio", *(f"{share:.0%} lie below" for share in quantiles)), rows)
    report.text(f"{copies.share_copied:.1%} of the synthetic tiles are copies by themselves.")
    order = np.argsort(copies.fake.ratios)[:ROW_TILES]
    report.pictures(
        [
            (painter.row(fake[order]), "The synthetic tiles that are nearest to training imagery"),
            (painter.row(copies.fake.nearest[order]), "The training imagery that each of them is nearest to"),
        ]
    )
