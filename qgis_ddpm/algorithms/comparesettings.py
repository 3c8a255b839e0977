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
    Answers which noise schedule, prediction, learning rate, network or number of images makes most of your
    imagery: every setting is trained for equal work, several times with other seeds, and all are held against
    the same real tiles, on which none was trained.

    Tick what you want to compare, take a shipped study, or write a grid: a text file, such as one with the two
    lines

    prediction: [edm, wiener, noise]

    learning_rate: [0.001, 0.002]

    which asks for six settings. Every field of 'Train diffusion model' can stand in it, by its name in small
    letters, and sampler, steps and guidance, for which one training is sampled in several ways. What is not
    varied is set here for all.

    The page says in a few sentences what the figures tell, and what they do not: which settings differ by more
    than chance (Welch's test over the repeats, corrected for the number of pairs), which rank first by KID,
    whether tiles are copies. Below stand all figures with their intervals, beside those of other real tiles and
    of Gaussian noise, the curves of all in one plot, and tiles after a quarter, half and three quarters of each
    training, from the same noise.

    Choose by KID where you want tiles, by the validation loss where you want features for change detection. One
    repeat tells nothing of chance; three tell large differences, five tell more.

    Name an experiment folder for runs that take hours: after a cancel or a crash the same settings with the
    same folder go on where they stopped, and models of all settings stay in it. Cancel writes the report of
    what is done.

    Sources: Binkowski et al. 2018 (KID), Heusel et al. 2017 (FD), Naeem et al. 2020 (density, coverage), Holm
    1979.
    """
