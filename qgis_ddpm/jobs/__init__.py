"""Jobs: each piece of work as one typed, flat, frozen dataclass, the only place where a field is described."""

from typing import Dict, Type

from .apply_threshold import ApplyThreshold
from .assess import AssessChanges
from .assess_tiles import AssessTiles
from .compare import CompareSettings
from .detect import DetectChanges
from .detect_series import DetectSeries
from .environment import CheckEnvironment, SetupEnvironment
from .export_model import ExportModel
from .file import load_job, read_job_file
from .fill_gaps import FillGaps
from .get_model import GetModel
from .import_checkpoint import ImportCheckpoint
from .job import Job
from .option import Option
from .sample import SampleTiles
from .stack_scene import StackScene
from .train import TrainModel
from .train_detector import TrainDetector

JOBS: Dict[str, Type[Job]] = {
    kind.ALGORITHM: kind
    for kind in (
        TrainModel,
        ImportCheckpoint,
        ExportModel,
        GetModel,
        CompareSettings,
        StackScene,
        SampleTiles,
        AssessTiles,
        TrainDetector,
        DetectChanges,
        DetectSeries,
        ApplyThreshold,
        AssessChanges,
        FillGaps,
        SetupEnvironment,
        CheckEnvironment,
    )
}

__all__ = [
    "JOBS",
    "ApplyThreshold",
    "AssessChanges",
    "AssessTiles",
    "CheckEnvironment",
    "CompareSettings",
    "DetectChanges",
    "DetectSeries",
    "ExportModel",
    "FillGaps",
    "GetModel",
    "ImportCheckpoint",
    "Job",
    "Option",
    "SampleTiles",
    "SetupEnvironment",
    "StackScene",
    "TrainDetector",
    "TrainModel",
    "load_job",
    "read_job_file",
]
