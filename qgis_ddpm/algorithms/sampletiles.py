"""Sample synthetic tiles, as a Processing algorithm."""

from functools import partial
from typing import Any, Dict, Mapping

from qgis.core import QgsProcessingContext, QgsProcessingFeedback

from ..errors import JobError
from ..jobs import SampleTiles
from . import styles
from .base import JobAlgorithm, Parameters
from .checks import card_of
from .translation import tr


class SampleTilesAlgorithm(JobAlgorithm):
    """`ddpm:sampletiles`."""

    JOB = SampleTiles
    TITLE = "Sample synthetic tiles"
    GROUP = "synthesis"
    TAGS = (
        "diffusion,ddpm,synthetic,generative,generate,texture,imagery,seamless,conditional,label,land cover,"
        "super-resolution,downscaling,training data"
    )
    STYLES = {"FOOTPRINTS": styles.outlines, "OUTPUT": styles.synthetic}
    WITH_FIELDS = ("condition",)
    SINK_FIELDS = {
        "FOOTPRINTS": "field=id:integer&field=seed:integer&field=row:integer&field=col:integer&field=label:string"
    }
    HELP = """
    Makes new pixels that look like the imagery a model was trained on, as a georeferenced raster in the data type
    and value range of the training raster. Nothing in it was ever seen from above: the files carry the tag
    SYNTHETIC=YES and the layer's name says so.

    With source rasters in the place of a model, new ground is put together from their small pieces, from coarse to
    fine, without any training: rivers, fields and streets as they have them, in seconds. The tag SOURCE says what it is
    made of, the tag LARGEST_PIECE what was taken whole in one place. It is no anonymization: pieces are real. The same
    job gives the same pixels; another extent is other ground.

    A model that was trained with conditions draws what it is asked for: by a raster or by polygons with a field of
    classes, whose extent is then the result's, or by a label. So a drawn map becomes imagery, a coarser raster a finer
    one, one date or sensor another. The folders of tiles and of conditions hold pairs of one name: labelled training
    data. The guidance scale leads closer to what is asked for. Details are drawn, not measured.

    The layout tiles puts separate tiles side by side. The layout seamless fills an area of any size without borders
    between tiles; it needs free disk rather than memory.

    Where the result lies comes from the template raster, from extent, CRS and pixel size, or, where nothing is
    given, from the training raster or the first source raster. The same seed at the same place gives the same pixels.

    Sources: Ho et al. 2020 (ddpm); Song et al. 2021 (ddim); Karras et al. 2022 (heun); Lu et al. 2022 (dpmpp_2m);
    Song et al. 2023 (consistency); Ho and Salimans 2022 (guidance scale); Kamb and Ganguli 2024, Lefebvre and Hoppe
    2006 (source rasters).
    """

    def refuse_early(self, job: SampleTiles, layers: Mapping[str, Any]) -> None:
        if job.model and job.source:
            raise JobError(tr("MODEL and SOURCE are both given. Leave one of them empty."))
        if job.model:
            card_of(job.model)

    def prepareAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        self._like = styles.colours_of(self.parameterAsRasterLayer(parameters, "TEMPLATE", context))
        return super().prepareAlgorithm(parameters, context, feedback)

    def _styles(self) -> Mapping[str, styles.Style]:
        return {**self.STYLES, "OUTPUT": partial(styles.synthetic, like=self._like)}

    def postProcessAlgorithm(self, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Dict[str, Any]:
        styles.mark_synthetic(str(self._results.get("OUTPUT")), context)
        return super().postProcessAlgorithm(context, feedback)
