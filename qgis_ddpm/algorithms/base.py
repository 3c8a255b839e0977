"""The base of all algorithms: a job from QGIS's parameters, its events into QGIS's feedback, its files back."""

import json
import os
from typing import Any, ClassVar, Dict, List, Mapping, Optional, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsVectorLayer,
)

from ..environment.interpreter import find_interpreter, known_problem
from ..errors import DdpmError
from ..job_files import Read
from ..jobs import Job
from ..jobs.job import check_ending
from ..jobs.option import Option
from ..own_inputs import refuse_outputs_that_are_inputs
from ..remote import run
from ..said import no_page, said
from . import defaults, settings, styles, whereabouts
from .command import command_line
from .definition import PresentedJob
from .feedback import Listener
from .layers import LayerFiles, refuse_harmful_files
from .parameters import LAYER_ROLES, as_labelled
from .sink_targets import refuse_losing_layers
from .sinks import Features, crs_of, fill_copy, fill_sink, named_file, target_path
from .sources import sources_of
from .translation import say, tr
from .values import check_layer, is_given, read_values, wrong_value

Parameters = Dict[str, Any]


class JobAlgorithm(PresentedJob):
    """One job as a Processing algorithm; a subclass says which, and what only QGIS wants to know of it."""

    # By destination, the topmost layer first.
    STYLES: ClassVar[Dict[str, styles.Style]] = {}
    # Fields of the features that a vector destination is filled with, as in the address of a memory layer; the
    # features lie in the CRS of OUTPUT.
    SINK_FIELDS: ClassVar[Dict[str, str]] = {}
    # Names of fields whose polygons the job reads with their attributes; points come with them anyway.
    WITH_FIELDS: ClassVar[Tuple[str, ...]] = ()
    # Vector destinations that are copies of a layer of polygons with more columns: the parameter of that layer.
    COPIES: ClassVar[Dict[str, str]] = {}

    def __init__(self) -> None:
        super().__init__()
        self._files = LayerFiles()
        # By parameter.
        self._vectors: Dict[str, QgsProcessingFeatureSource] = {}
        self._job: Any = None
        # The files behind the layers, of which the job knows copies alone.
        self._sources: List[Read] = []
        self._results: Dict[str, Any] = {}
        # Name and source of each single layer, by field.
        self._named: Dict[str, Tuple[str, str]] = {}
        # Destinations that a command line writes elsewhere than the worker does.
        self._shown: Dict[str, Optional[str]] = {}

    def canExecute(self) -> Tuple[bool, str]:
        problem = known_problem(settings.interpreter() or None)
        return not problem, no_page(say(problem))

    def checkParameterValues(self, parameters: Parameters, context: QgsProcessingContext) -> Tuple[bool, str]:
        try:
            # QGIS opens the files in what follows.
            refuse_harmful_files(self.JOB.options(), parameters)
        except DdpmError as error:
            return False, self._told(error)
        good, message = super().checkParameterValues(parameters, context)
        if not good:
            # QGIS says only which parameter is not right.
            why = wrong_value(self, self.JOB.options(), parameters, context)
            words = why or self._unreadable_layer(parameters, context) or message
            return False, no_page(as_labelled(say(words), self.JOB.options()))
        # The dialog asks for these two; processing.run, batch and models do not.
        able, problem = self.canExecute()
        if not able:
            return False, problem
        for definition in self.destinationParameterDefinitions():
            good, message = definition.isSupportedOutputValue(parameters.get(definition.name()), context)
            if not good:
                return False, message
        files = LayerFiles()
        try:
            layers = self._layers(parameters, context)
            job = self._build(parameters, context, layers, files)
            named = {option.name: named_file(parameters[option.parameter]) for option in self._wanted(parameters)}
            refuse_outputs_that_are_inputs(job, sources_of(layers, self.JOB), named)
            for option in self._wanted(parameters):
                check_ending(option, named[option.name])
            self.refuse_early(job, layers)
        except DdpmError as error:
            return False, no_page(self._told(error))
        finally:
            files.remove()
        return True, ""

    def _told(self, error: DdpmError) -> str:
        """An error as the dialog says it."""
        return as_labelled(say(str(error), error.parts), self.JOB.options())

    def refuse_early(self, job: Any, layers: Mapping[str, Any]) -> None:
        """Raise a DdpmError for what can be seen to be wrong before anything runs.

        layers: by field name, a layer, a list of layers, or None.
        """

    def warn_early(self, job: Any, layers: Mapping[str, Any]) -> List[str]:
        """What looks like a slip and may be meant: sentences for the log."""
        return []

    def prepareAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        try:
            layers = self._layers(parameters, context)
            self._job = self._build(parameters, context, layers, self._files)
            self._sources = sources_of(layers, self.JOB)
            single = {name: layer for name, layer in layers.items() if isinstance(layer, QgsMapLayer)}
            self._named = {name: (layer.name(), layer.source()) for name, layer in single.items()}
            for words in self.warn_early(self._job, layers):
                feedback.pushWarning(said(words))
        except DdpmError as error:
            raise QgsProcessingException(self._told(error)) from error
        return True

    def processAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Dict[str, Any]:
        # Not when preparing: QGIS forgets layers to load that were announced before the background thread began.
        job = self._job.replace(**self._destinations(parameters, context))
        try:
            # A model or a batch may name destinations that were not known before.
            refuse_outputs_that_are_inputs(job, self._sources, self._shown)
            python = self._interpreter(job)
            self._files.export(feedback, context.transformContext())
            if feedback.isCanceled():
                return {}
            feedback.pushCommandInfo(command_line(python, job, self._shown))
            events = run(
                job,
                python,
                models_folder=settings.models_folder() or None,
                stop=feedback.isCanceled,
                console=feedback.pushConsoleInfo,
            )
            outputs = Listener(feedback, job.ALGORITHM).follow(events)
            self._results = self._collect(outputs, parameters, context, feedback)
            whereabouts.tell(self.JOB.options(), self._results, feedback)
        except DdpmError as error:
            raise QgsProcessingException(self._told(error)) from error
        finally:
            self._files.remove()
        return self._results

    def postProcessAlgorithm(self, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Dict[str, Any]:
        names = {option.parameter: tr(option.label) for option in self.JOB.options() if option.is_destination}
        look = styles.Look(self._styles(), names, self.displayName(), self.layer_ending())
        for words in styles.dress(self._results, look, context):
            feedback.pushInfo(words)
        return {}

    def layer_ending(self) -> str:
        """What the names of loaded layers tell of a run, such as its dates and method; "" keeps QGIS's names."""
        return ""

    def _styles(self) -> Mapping[str, styles.Style]:
        return self.STYLES

    def _interpreter(self, job: Any) -> str:
        return find_interpreter(settings.interpreter() or None)

    def _layers(self, parameters: Parameters, context: QgsProcessingContext) -> Dict[str, Any]:
        """The layers by field name. Raises JobError where a value that is given is none."""
        readers = {
            "raster": self.parameterAsRasterLayer,
            "rasters": self.parameterAsLayerList,
            "raster_or_vector": self.parameterAsLayer,
            "points": self.parameterAsLayer,
            "rasters_or_vectors": self.parameterAsLayerList,
            "polygons": self._polygon_layer,
        }
        found = {}
        for option in self.JOB.options():
            if option.role in LAYER_ROLES:
                found[option.name] = readers[option.role](parameters, option.parameter, context)
                check_layer(option, parameters.get(option.parameter), found[option.name], context)
        return found

    def _polygon_layer(self, parameters: Parameters, name: str, context: QgsProcessingContext) -> Any:
        value = parameters.get(name)
        if isinstance(value, QgsProcessingFeatureSourceDefinition):
            # It also says whether the selected features are meant alone.
            value = value.source
        return self.parameterAsVectorLayer({**parameters, name: value}, name, context)

    def _build(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        layers: Mapping[str, Any],
        files: LayerFiles,
    ) -> Job:
        """The job that the parameters describe, with names in place of destinations. Raises JobError or InputError."""
        values = read_values(self, self.JOB.options(), parameters, context)
        for name, layer in layers.items():
            if isinstance(layer, QgsVectorLayer):
                with_fields = self.JOB.option(name).role == "points" or name in self.WITH_FIELDS
                source = self._vectors[name.upper()] = self.parameterAsSource(parameters, name.upper(), context)
                values[name] = files.vector(source, with_fields)
            elif isinstance(layer, list):
                values[name] = [_file_of(each, files, context) for each in layer]
            elif layer is not None:
                values[name] = files.raster(layer)
        wanted = {option.name: option.name for option in self._wanted(parameters)}
        for option in self._wanted(parameters):
            if option.is_vector_destination:
                refuse_losing_layers(option.parameter, parameters[option.parameter], context)
        job = self.JOB.from_values({**values, **wanted})
        if files.overrides:
            given = json.loads(values["raster_overrides"] or "{}")
            job = job.replace(raster_overrides=json.dumps({**files.overrides, **given}, sort_keys=True))
        return job

    def _wanted(self, parameters: Parameters) -> List[Option]:
        """The destinations that are asked for."""
        options = [option for option in self.JOB.options() if option.is_destination]
        return [option for option in options if is_given(parameters.get(option.parameter))]

    def _destinations(self, parameters: Parameters, context: QgsProcessingContext) -> Dict[str, str]:
        """Where the worker writes: a sink is filled from a file in the temporary folder."""
        found = {}
        for option in self._wanted(parameters):
            if option.is_vector_destination:
                self._shown[option.name] = target_path(parameters[option.parameter])
                found[option.name] = self._files.temporary(f"{option.name}{option.suffix}")
            elif option.role == "raster_out":
                found[option.name] = self.parameterAsOutputLayer(parameters, option.parameter, context)
            else:
                path = self.parameterAsFileOutput(parameters, option.parameter, context)
                if defaults.is_offered(path):
                    os.makedirs(os.path.dirname(path), exist_ok=True)
                    path = defaults.free(path)
                found[option.name] = path
        return found

    def _collect(
        self,
        outputs: Mapping[str, Any],
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        results = {name: outputs.get(name) for name in self.JOB.OUTPUTS}
        for option in self.JOB.options():
            path = outputs.get(option.parameter)
            if not option.is_destination or path is None:
                continue
            if option.parameter in self.COPIES:
                source = self._vectors[self.COPIES[option.parameter]]
                path = fill_copy(self, option.parameter, path, source, parameters, context, feedback)
            elif option.is_vector_destination:
                shape = "Point" if option.role == "points_out" else "MultiPolygon"
                features = Features(path, shape, self.SINK_FIELDS[option.parameter], self._crs_of_features(outputs))
                path = fill_sink(self, option.parameter, features, parameters, context, feedback)
            results[option.parameter] = path
        if feedback.isCanceled():
            _forget_layers_without_file(context)
        return results

    def _crs_of_features(self, outputs: Mapping[str, Any]) -> QgsCoordinateReferenceSystem:
        """In which the worker's features lie."""
        return crs_of(str(outputs["OUTPUT"]))

    def _unreadable_layer(self, parameters: Parameters, context: QgsProcessingContext) -> str:
        """Which file is no layer: QGIS only says which parameter is not right."""
        for option in self.JOB.options():
            value = parameters.get(option.parameter)
            is_file = option.role in LAYER_ROLES and isinstance(value, str) and os.path.isfile(value)
            if is_file and self.parameterAsLayer(parameters, option.parameter, context) is None:
                return tr("{}: {} cannot be read as a layer. Choose another file.").format(option.parameter, value)
        return ""


def _file_of(layer: QgsMapLayer, files: LayerFiles, context: QgsProcessingContext) -> str:
    """The path for one layer of a list."""
    if isinstance(layer, QgsVectorLayer):
        return files.vector(QgsProcessingFeatureSource(layer, context))
    return files.raster(layer)


def _forget_layers_without_file(context: QgsProcessingContext) -> None:
    """After a cancel, QGIS is not to complain about layers that were never written."""
    layers = context.layersToLoadOnCompletion()
    context.setLayersToLoadOnCompletion({path: layers[path] for path in layers if os.path.exists(path)})
