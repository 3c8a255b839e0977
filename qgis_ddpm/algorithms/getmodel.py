"""Get model, as a Processing algorithm."""

from ..jobs import GetModel
from .base import JobAlgorithm


class GetModelAlgorithm(JobAlgorithm):
    """`ddpm:getmodel`."""

    JOB = GetModel
    TITLE = "Get model"
    GROUP = "models"
    TAGS = "download,model,detector,index,zoo,share,pretrained,licence,checksum,offline"
    HELP = """
    Gets a model or a detector that somebody offers in an index of models. The licence is told first; the file gets its
    name only when its size and its SHA-256 are those of the index, and when it is a model. Without a file name it goes
    to the models folder, where dialogs list it.

    An index is a file index.json with the names of models, their checksums, bands and licences, beside or above the
    files themselves. It may lie in a folder, on a share or a stick, or behind an https address; a model is taken from
    where its index lies and from nowhere else. A name that the index does not hold is answered with those that it does.

    This is the only algorithm that downloads models, and only when you run it with an address. Nothing in a model file
    is ever executed.
    """
