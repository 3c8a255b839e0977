"""Methods of change detection without labels, and the controls that stand beside them."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from torch import Tensor

from benchmarks.change_pairs import LabelledPair
from benchmarks.foundation_curve import with_random_weights, without_answers
from qgis_ddpm.core.change.features import FeatureChange
from qgis_ddpm.core.change.pixels import PixelChange
from qgis_ddpm.core.change.plan import plan_detection
from qgis_ddpm.core.change.scores import ChangeMethod, Scores
from qgis_ddpm.core.pairs.pair import Pair
from qgis_ddpm.core.pairs.windows import PairTile, normalized_dates, place_noise
from qgis_ddpm.core.progress import value_of
from qgis_ddpm.jobs import DetectChanges

Plane = NDArray[np.float32]
BLURRED = "irmad's distance blurred by 1 px"
FREE = (
    "cva",
    "irmad, context 0",
    "irmad, context 2",
    "irmad, context 4",
    BLURRED,
)
TRAINED, RANDOM, SPECTRUM = "features", "features, random weights", "features, spectrum alone"
WITH_MODEL = (TRAINED, RANDOM, SPECTRUM)


@dataclass(frozen=True)
class Found:
    """Scores of a pair, float32 [h, w], NaN without data; the score at which change begins."""

    scores: Plane
    begins: float


class SpectrumChange(FeatureChange):
    """METHOD features on what the spectrum of the training tiles alone makes of a date, in the place of maps."""

    def _maps(self, pair: Pair, tiles: Sequence[PairTile], draw: int) -> Iterator[tuple[Tensor, Tensor]]:
        noise = place_noise(pair, tiles, self.settings.seed, draw)
        dates = normalized_dates(tiles, self.model.card.bands)
        first, second = (self.model.estimates(date, self.sigmas, noise) for date in dates)
        yield from zip(first, second, strict=True)


class PairArms:
    """All arms on one pair, which is opened, matched and fitted once."""

    def __init__(self, pair: LabelledPair, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        paths = {"before": str(pair.before), "after": str(pair.after), "output": str(folder / "unused.tif")}
        self._plan = value_of(plan_detection(DetectChanges(**paths, method="irmad", device="cpu"), stack))
        value_of(self._plan.adapt())
        # A method frees the sample and its fit when it has its own; here the next one takes them too.
        self._plan.pair.forget_sample = lambda: None  # type: ignore[method-assign]

    def find(self, arm: str, model: Path | None = None, false_alarms: float | None = None) -> Found:
        """Scores of an arm, as `detectchanges` takes them."""
        method = self._method(arm, model, false_alarms)
        pair, (top, left, height, width) = self._plan.pair, self._plan.window
        begins = value_of(method.prepare(pair))
        scores = np.full((height, width), np.nan, dtype=np.float32)
        for item in method.scores(pair, self._plan.window):
            if isinstance(item, Scores):
                rows, columns = item.score.shape
                scores[item.row - top : item.row - top + rows, item.col - left : item.col - left + columns] = item.score
        return Found(_blurred(scores) if arm == BLURRED else scores, begins)

    def _method(self, arm: str, model: Path | None, false_alarms: float | None) -> ChangeMethod:
        settings = replace(self._plan.settings, asked_alarms=false_alarms)
        if arm in WITH_MODEL:
            assert model is not None
            kind = SpectrumChange if arm == SPECTRUM else FeatureChange
            return kind(settings, str(_control(arm, model, self._folder)))
        if arm == "cva":
            return PixelChange(arm, settings)
        return PixelChange("irmad", replace(settings, context_px=0.0 if arm == BLURRED else float(arm.split()[-1])))


def _control(arm: str, model: Path, folder: Path) -> Path:
    """A trained model, or what takes its place."""
    if arm == TRAINED:
        return model
    target = folder / f"{model.stem}_{arm.split()[-2]}.safetensors"
    if not target.exists():
        torch.manual_seed(0)
        (with_random_weights if arm == RANDOM else without_answers)(model, target)
    return target


def _blurred(scores: Plane) -> Plane:
    """Scores of distances that are a mean over a neighbourhood."""
    valid = ~np.isnan(scores)
    distance = np.where(valid, np.sqrt(scores / np.maximum(1 - scores, 1e-12)), 0.0)
    weights = np.maximum(gaussian_filter(valid.astype(float), 1.0, truncate=3.0), 1e-12)
    squared = np.square(gaussian_filter(distance, 1.0, truncate=3.0) / weights)
    return np.where(valid, squared / (1 + squared), np.nan).astype(np.float32)
