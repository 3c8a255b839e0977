"""The models that come with the plugin: their steps get what they need from each other."""

import os
import re

from osgeo import gdal

import qgis_ddpm
from qgis_ddpm.events import Result
from qgis_ddpm.jobs import AssessChanges, DetectChanges, TrainDetector

FIGURES = {"F1": 0.9, "IOU": 0.8, "PRECISION": 0.9, "RECALL": 0.9, "OA": 0.95}


def work(job):
    """Each worker writes its main output and gives figures."""
    if isinstance(job, TrainDetector):
        with open(job.detector, "w", encoding="utf-8") as file:
            file.write("detector")
        return Result({"DETECTOR": job.detector, **FIGURES})
    if isinstance(job, DetectChanges):
        gdal.Translate(job.output, gdal.Open(job.before), bandList=[1])
        return Result({"OUTPUT": job.output, "METHOD_USED": "features"})
    return Result(FIGURES)


def test_train_detect_and_assess(provider, run, fake_run, make_model, two_dates, tmp_path):
    algorithm = provider.algorithm("train_detect_assess")
    assert algorithm.displayName() == "Train, detect and assess"
    assert algorithm.groupId() == "changedetection"
    assert algorithm.create().name() == "train_detect_assess"
    assert algorithm.validate() == (True, [])
    # In the order in which a user thinks of them, not that of the alphabet.
    shown = algorithm.create()
    first = [definition.name() for definition in shown.parameterDefinitions()][:3]
    assert first == ["MODEL", "TRAIN_BEFORE", "TRAIN_AFTER"]
    jobs = fake_run(work)
    before, after = two_dates
    model = make_model("m.safetensors", 3)
    outputs = {"train:Detector": str(tmp_path / "d.safetensors"), "detect:Change mask": str(tmp_path / "mask.tif")}
    given = {
        "MODEL": model, "TRAIN_BEFORE": before, "TRAIN_AFTER": after, "LABELS": before, "MINUTES": 2.5,
        "BEFORE": before, "AFTER": after, "REFERENCE": after,
    }  # fmt: skip
    names = {definition.name() for definition in algorithm.destinationParameterDefinitions()}
    assert set(outputs) <= names
    results = run("ddpm:train_detect_assess", {**given, **outputs})
    training, detection, assessment = jobs
    assert (training.model, training.before, training.after, training.labels) == (model, (before,), (after,), (before,))
    assert training.minutes == 2.5
    assert isinstance(detection, DetectChanges)
    assert (detection.before, detection.after, detection.detector) == (before, after, str(tmp_path / "d.safetensors"))
    assert isinstance(assessment, AssessChanges)
    assert assessment.predicted == str(tmp_path / "mask.tif")
    assert results["detect:Change mask"] == str(tmp_path / "mask.tif")


def test_they_name_no_place_of_the_machine_that_wrote_them():
    folder = os.path.join(os.path.dirname(qgis_ddpm.__file__), "workflows")
    names = [name for name in os.listdir(folder) if name.endswith(".model3")]
    assert names
    for name in names:
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            assert not re.findall(r'="(?:/|[A-Za-z]:[\\/])[^">]+"', file.read())
