"""Apply threshold, as a Processing algorithm."""

from ..jobs import ApplyThreshold
from . import styles
from .base import JobAlgorithm
from .detectchanges import DetectChangesAlgorithm


class ApplyThresholdAlgorithm(JobAlgorithm):
    """`ddpm:applythreshold`."""

    JOB = ApplyThreshold
    TITLE = "Apply threshold"
    GROUP = "changedetection"
    TAGS = "threshold,change detection,probability,score,mask,polygons,sieve,minimum mapping unit"
    STYLES = {"POLYGONS": styles.outlines, "OUTPUT": styles.change_mask}
    SINK_FIELDS = DetectChangesAlgorithm.SINK_FIELDS
    HELP = """
    Makes the change mask and the polygons anew from the change probability that 'Detect changes' wrote, with another
    threshold or another smallest change. Nothing is detected again, so it takes seconds. The mask is the one that
    'Detect changes' would have written with that threshold; the polygons are its whole patches, without what only the
    bands of both dates tell (kinds of change, values before and after).

    To find the threshold, switch the layer of the change probability to its style 'Change from a threshold' (right
    click > Styles) and change the first value in the Layer Styling panel: the map follows at once.

    Any raster of scores from 0 to 1 will do, if a threshold is given.
    """
