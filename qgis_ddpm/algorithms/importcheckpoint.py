"""Import published checkpoint, as a Processing algorithm."""

from ..jobs import ImportCheckpoint
from .base import JobAlgorithm


class ImportCheckpointAlgorithm(JobAlgorithm):
    """`ddpm:importcheckpoint`."""

    JOB = ImportCheckpoint
    TITLE = "Import published checkpoint"
    GROUP = "models"
    TAGS = "diffusion,ddpm,ddpm-cd,sr3,pth,weights,pretrained,foundation model,pytorch,detector"
    HELP = """
    Makes a model file of a published checkpoint, so that 'Sample synthetic tiles' and 'Detect changes' can use a
    network that others have trained on many images. Networks of ddpm-cd and of SR3 are read; those for super-resolution
    take the coarser image as the condition of 'Sample synthetic tiles'. A change head of ddpm-cd becomes a detector for
    the imported model.

    Checkpoints are not part of this plugin: download them from their publisher, and mind their licence. Give the
    file of weights, which ends in _gen.pth, not the one of the optimizer, _opt.pth. The network is recognised by
    the names and shapes of its weights. The publisher's JSON tells the tile size and, for a change head, the noise
    levels; without it the publishers' usual ones are taken and said in the log.

    A checkpoint is a foreign file. It is read as weights alone: nothing in it is executed, and a file that wants more
    is refused. The imported network answers as the published one does, to the rounding of 32-bit numbers. Its pixels
    are 8-bit red, green and blue from 0 to 255.

    Sources: Bandara et al. 2022 (ddpm-cd); Saharia et al. 2021 (SR3).
    """
