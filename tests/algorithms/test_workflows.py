"""The models that come with the plugin: their steps get what they need from each other."""

from osgeo import gdal

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
