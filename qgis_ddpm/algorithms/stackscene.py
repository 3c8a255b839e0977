"""Stack scene, as a Processing algorithm."""

from ..jobs import StackScene
from . import styles
from .base import JobAlgorithm


class StackSceneAlgorithm(JobAlgorithm):
    """`ddpm:stackscene`."""

    JOB = StackScene
    TITLE = "Stack scene"
    GROUP = "restoration"
    TAGS = "Landsat,Sentinel-2,SAFE,MTL,bands,layer stack,virtual raster,cloud mask,QA_PIXEL,SCL,import"
    STYLES = {"MASK": styles.cloud_mask}
    HELP = """
    Landsat and Sentinel-2 are delivered as one file a band. This makes one raster of them, with names of the bands, no
    data where the sensor has none, scale and offset to physical values, and one pixel size; and a mask of clouds, their
    shadows and cirrus from the scene's own quality band. 'Detect changes' and 'Train diffusion model' take both as they
    are.

    A scene is the folder as it was unpacked, its MTL file (Landsat Collection 1 and 2, levels 1 and 2, and older ones),
    its MTD file or .SAFE folder (Sentinel-2, levels 1C and 2A, since December 2016), or a zip of it, which stays
    packed. Type or paste a folder's path, or choose the MTL or MTD file in it. Any other bands are listed one by one.

    A name that ends in .vrt writes a virtual raster of a few kilobytes; the files of the scene have to stay where they
    are. One that ends in .tif copies the pixels. Pixels stay the stored numbers; scale and offset are told beside them.

    Bands are named after the product and what they see, such as 'B4 red', so that B4 of Landsat 5, which is near
    infrared, is not taken for B4 of Landsat 8. To compare sensors, list the same bands of both, such as
    blue,green,red,nir,swir16,swir22.

    The mask is 1 for fill, dilated cloud, cirrus, cloud and cloud shadow of QA_PIXEL; for cloud, and cloud shadow and
    cirrus of high confidence, of BQA; for classes 0, 1, 3, 8, 9 and 10 of SCL; and for opaque cloud and cirrus of the
    mask of level 1C (since baseline 04.00). Where pixels get larger, one that holds any such pixel is hidden.
    """
