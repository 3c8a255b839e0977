"""Assess synthetic tiles, as a Processing algorithm."""

from ..jobs import AssessTiles
from .base import JobAlgorithm


class AssessTilesAlgorithm(JobAlgorithm):
    """`ddpm:assesstiles`."""

    JOB = AssessTiles
    TITLE = "Assess synthetic tiles"
    GROUP = "synthesis"
    TAGS = "quality,realism,variety,kid,fid,frechet,precision,recall,coverage,memorisation,spectrum,synthetic"
    HELP = """
    Tells how well synthetic tiles match real ones: whether they look alike, whether they are as varied, and whether
    they are copies of the training imagery. It works for any bands and downloads nothing: a small network learns on
    the real tiles at hand, in about a minute, what sets tiles apart.

    No figure means much alone. Each comes with its floor: what real tiles get against other real tiles at the same
    count. A figure at its floor cannot be told from real; the report says which ones are.

    Choose real imagery that the model was not trained on, of the same kind, and at least 200 tiles of it. With the
    training imagery too, each tile is searched in it, at every place and in all eight turns, and the report shows the
    nearest places side by side.

    Sources: Binkowski et al. 2018 (KID); Heusel et al. 2017 (Frechet distance); Kynkaanniemi et al. 2019 (precision,
    recall); Naeem et al. 2020 (density, coverage); Yoon et al. 2023 (copies).
    """
