"""`make workflows`: the models of the model designer that come with the plugin, written by QGIS itself."""

import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "qgis_ddpm" / "workflows"
WIDTH, HEIGHT = 320.0, 130.0


def train_detect_assess() -> Any:
    """Train a detector on a labelled pair, map another pair with it, and compare the map with reference data."""
    from qgis.core import (
        QgsProcessing,
        QgsProcessingModelAlgorithm,
        QgsProcessingParameterFile,
        QgsProcessingParameterMapLayer,
        QgsProcessingParameterNumber,
        QgsProcessingParameterRasterLayer,
    )

    model = QgsProcessingModelAlgorithm("Train, detect and assess", "Change detection")
    layers = [QgsProcessing.SourceType.TypeRaster, QgsProcessing.SourceType.TypeVectorPolygon]
    minutes = QgsProcessingParameterNumber(
        "MINUTES", "Length of the training in minutes", QgsProcessingParameterNumber.Type.Double, 10.0
    )
    minutes.setMinimum(0.001)
    inputs = [
        QgsProcessingParameterFile("MODEL", "Diffusion model", fileFilter="Models (*.safetensors)"),
        QgsProcessingParameterRasterLayer("TRAIN_BEFORE", "Training pair: before"),
        QgsProcessingParameterRasterLayer("TRAIN_AFTER", "Training pair: after"),
        QgsProcessingParameterMapLayer("LABELS", "Training pair: labels of change", types=layers),
        minutes,
        QgsProcessingParameterRasterLayer("BEFORE", "Before"),
        QgsProcessingParameterRasterLayer("AFTER", "After"),
        QgsProcessingParameterMapLayer("REFERENCE", "Reference: true change", types=layers),
    ]
    for row, parameter in enumerate(inputs):
        model.addModelParameter(parameter, _input_at(parameter.name(), row))
    _step(
        model, "traindetector", "train", 0,
        {"MODEL": "MODEL", "BEFORE": "TRAIN_BEFORE", "AFTER": "TRAIN_AFTER", "LABELS": "LABELS", "MINUTES": "MINUTES"},
        {}, {"DETECTOR": "Detector", "REPORT": "Training report"},
    )  # fmt: skip
    _step(
        model, "detectchanges", "detect", 1,
        {"BEFORE": "BEFORE", "AFTER": "AFTER", "MODEL": "MODEL"},
        {"DETECTOR": ("train", "DETECTOR")},
        {"OUTPUT": "Change mask", "PROBABILITY": "Change probability", "POLYGONS": "Changed areas"},
    )  # fmt: skip
    _step(
        model, "assesschanges", "assess", 2,
        {"REFERENCE": "REFERENCE"}, {"PREDICTED": ("detect", "OUTPUT")},
        {"REPORT": "Accuracy report", "ERROR_MAP": "Map of errors"},
    )  # fmt: skip
    model.setParameterOrder([parameter.name() for parameter in inputs])
    model.updateDestinationParameters()
    for definition in model.destinationParameterDefinitions():
        # What this machine offers as a place is none on another.
        definition.setGuiDefaultValueOverride(None)
    model.setHelpContent(
        {
            "ALG_DESC": "Trains a change detector on a labelled pair of rasters, maps the changes of another pair with "
            "it, and compares the map with reference data. The diffusion model has to have the bands of the rasters: a "
            "shipped one, or one of 'Train diffusion model'. To change it, open the file train_detect_assess.model3 "
            "of the plugin's folder 'workflows' in the model designer.",
            "ALG_CREATOR": "The qgis_ddpm authors",
        }
    )
    return model


WORKFLOWS = {"train_detect_assess": train_detect_assess}


def _input_at(name: str, row: int) -> Any:
    from qgis.core import QgsProcessingModelParameter
    from qgis.PyQt.QtCore import QPointF

    component = QgsProcessingModelParameter(name)
    component.setPosition(QPointF(120.0, 60.0 + 90.0 * row))
    return component


def _step(
    model: Any, algorithm: str, name: str, column: int,
    inputs: dict[str, str], results: dict[str, tuple[str, str]], outputs: dict[str, str],
) -> None:  # fmt: skip
    """Add an algorithm: parameters from inputs of the model or results of earlier steps, and outputs by label."""
    from qgis.core import (
        QgsProcessingModelChildAlgorithm,
        QgsProcessingModelChildParameterSource,
        QgsProcessingModelOutput,
        QgsProcessingParameterDefinition,
    )
    from qgis.PyQt.QtCore import QPointF

    source = QgsProcessingModelChildParameterSource
    child = QgsProcessingModelChildAlgorithm(f"ddpm:{algorithm}")
    child.setChildId(name)
    child.setDescription(child.algorithm().displayName())
    child.setPosition(QPointF(460.0 + WIDTH * column, 120.0 + 1.4 * HEIGHT * column))
    for definition in child.algorithm().parameterDefinitions():
        # The designer shows a step in red where a value with a default is left out.
        optional = definition.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional
        if not optional and not definition.isDestination() and definition.defaultValue() is not None:
            child.addParameterSources(definition.name(), [source.fromStaticValue(definition.defaultValue())])
    for parameter, given in inputs.items():
        child.addParameterSources(parameter, [source.fromModelParameter(given)])
    for parameter, (step, output) in results.items():
        child.addParameterSources(parameter, [source.fromChildOutput(step, output)])
    finals = {}
    for row, (output, label) in enumerate(outputs.items()):
        final = QgsProcessingModelOutput(label, label)
        final.setChildOutputName(output)
        final.setChildId(name)
        final.setMandatory(output in ("DETECTOR", "OUTPUT"))
        final.setPosition(QPointF(700.0 + WIDTH * column, 60.0 + 1.4 * HEIGHT * column + 70.0 * row))
        finals[label] = final
    child.setModelOutputs(finals)
    model.addChildAlgorithm(child)


def main() -> int:
    """Write all of them."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tools.desk_times import start

    kept = start()
    FOLDER.mkdir(exist_ok=True)
    for name, make in WORKFLOWS.items():
        path = FOLDER / f"{name}.model3"
        if not make().toFile(str(path)):
            print(f"workflows: {path} cannot be written", file=sys.stderr)
            return 1
        print(path.relative_to(ROOT), flush=True)
    assert kept
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
