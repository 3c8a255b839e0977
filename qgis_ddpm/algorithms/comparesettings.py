"""Compare training settings, as a Processing algorithm."""

from ..jobs import CompareSettings
from .trainmodel import TrainModelAlgorithm


class CompareSettingsAlgorithm(TrainModelAlgorithm):
    """`ddpm:comparesettings`."""

    JOB = CompareSettings
    TITLE = "Compare training settings"
    GROUP = "models"
    TAGS = "diffusion,ddpm,training,hyperparameter,grid search,noise schedule,architecture,comparison,kid"
    HELP = """
    Trains one model for each combination of the settings in a grid, each for the same minutes, and compares them:
    which noise schedule, prediction, learning rate or network makes most of your imagery in the time you have.

    The grid is a text file, such as one with the two lines

    prediction: [edm, wiener, noise]

    learning_rate: [0.001, 0.002]

    which asks for six settings. Every advanced field of 'Train diffusion model' can stand in it, by its name in small
    letters; what the grid does not name is set here for all. The data are the same for all.

    The report has a row for each setting: the validation loss, KID between sampled tiles and real ones that were kept
    apart (0 is best, and the page says what other real tiles get), seconds for a sampled tile, and tiles drawn by it.
    Choose by KID where you want tiles, by the validation loss where you want features for change detection. Differences
    of one run are small print: let `seed: [0, 1, 2]` stand in the grid to see how much chance alone does.

    Name an experiment folder for runs that take hours: after a cancel or a crash the same settings with the same folder
    go on where they stopped, and models of all settings stay in it. Cancel writes the report of what is done.

    Sources: Binkowski et al. 2018 (KID).
    """
