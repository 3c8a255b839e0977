"""Train change detector, as a Processing algorithm."""

from typing import Any, Mapping

from qgis.core import QgsCoordinateTransformContext, QgsRasterLayer

from ..jobs import TrainDetector
from .base import JobAlgorithm
from .checks import card_of, count_bands, refuse_apart, refuse_one_raster, refuse_other_bands


class TrainDetectorAlgorithm(JobAlgorithm):
    """`ddpm:traindetector`."""

    JOB = TrainDetector
    TITLE = "Train change detector"
    GROUP = "changedetection"
    TAGS = "change detection,supervised,labels,training,diffusion,ddpm,siamese,levir-cd,whu-cd,dsifn,buildings"
    HELP = """
    Learns from your labels what change is: pairs of rasters of two dates, with a raster or polygons that mark where
    change is. A diffusion model, which stays as it is, sees both dates; only a small head that reads what it sees is
    trained, so that a few labelled pairs and minutes on a processor go a long way. The result is a detector for
    'Detect changes'. Where no model fits your imagery, leave Model empty and take the head siamese. With 'Tune the
    network' the model learns too.

    Before, After and Labels are lists in the same order: the first raster of each is one pair. How they were paired is
    told first. All that is not marked counts as unchanged, so mark all change of a pair. Instead, a folder with A/, B/
    and label/ is read as published data sets come.

    Each of several heads leaves other pairs out, or a part of the area where there are too few: the best weights, the
    threshold and the calibration of the probability come from what was left out, and so do the figures. Their mean
    decides. Cancel saves the best head so far; with an experiment folder, the same settings go on later.

    A model should have been trained on such imagery: its bands have to be those of the pairs. How well this works, with
    figures, stands in the page 'Change detection with labels' of the documentation.

    Sources: Gedara Chaminda Bandara et al. 2022 (ddpm-cd); Daudt et al. 2018 (differences in siamese networks); Platt
    1999 (calibration).
    """

    def refuse_early(self, job: TrainDetector, layers: Mapping[str, Any]) -> None:
        # Without a model any bands will do.
        card = card_of(job.model) if job.model else None
        for before, after in zip(layers["before"] or [], layers["after"] or []):
            if not isinstance(before, QgsRasterLayer) or not isinstance(after, QgsRasterLayer):
                continue
            refuse_one_raster(before, after)
            refuse_apart(before, after, QgsCoordinateTransformContext())
            for layer in (before, after):
                count = count_bands(layer, "BANDS", job.bands)
                # Without BANDS, the first bands that the model has are taken.
                if card is None:
                    continue
                if job.bands or count < len(card.bands):
                    refuse_other_bands(card, str(job.model), count, layer)
