"""Export model, as a Processing algorithm."""

from ..jobs import ExportModel
from .base import JobAlgorithm


class ExportModelAlgorithm(JobAlgorithm):
    """`ddpm:exportmodel`."""

    JOB = ExportModel
    TITLE = "Export model"
    GROUP = "models"
    TAGS = "onnx,deepness,openeo,stac,mlm,export,share,deploy,onnxruntime,detector,diffusion"
    HELP = """
    Writes a change detector or a diffusion model as a file for other programs, which need neither this plugin nor
    PyTorch.

    onnx: a detector becomes one network with its model inside. It takes one raster that holds the bands of the first
    date and then those of the second, in their own numbers, and answers with the probability of change; where a band
    has no data the answer is 0. Windows, overlap, pixel size, threshold and the name of the class stand in the file
    under the names that the plugin Deepness reads, as model type Segmentor. ONNX Runtime runs it anywhere, and so do
    the user-defined functions of openEO. Noise, where a detector uses some, is fixed by the seed.

    Without a detector the denoiser is written: x, in [-1, 1] before the noise, and sigma in; the estimate of x out.

    stac: a STAC item with the Machine Learning Model extension tells of a file that you share: its bands, its scaling,
    its licence and a checksum. Put it beside the file.

    A detector that wants both dates brought to one brightness has measured that on the whole pair; an exported one sees
    one window alone, and the log says that you have to do it before.

    The format onnx needs the Python package onnx in the worker's environment; the log says how to install it.
    """
