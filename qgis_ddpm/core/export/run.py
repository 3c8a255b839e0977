"""A model or detector written for other programs: what is found in its files, and what becomes of it."""

import json
import os
import sys
from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import dataclass

import torch

from ...card import DetectorCard, ModelCard, licence_text, model_card_of, read_detector_card, read_model_card, window_px
from ...events import Event, Events, Note, Progress, Result
from ...jobs import ExportModel
from ...model_folder import find_model, model_of_detector
from ..detector import load_detector
from ..detector.own_model import load_model_of
from ..model import load_model
from ..outputs.transaction import OutputTransaction
from ..planning import Cost
from .graphs import DenoiserGraph, DetectorGraph
from .metadata import denoiser_metadata, detector_metadata
from .onnx_file import check_onnx, onnx_bytes
from .stac_item import detector_item, model_item

# What the graph of a network adds to its weights: names, constants and shapes.
_GRAPH_BYTES = 1 << 20


@dataclass(frozen=True)
class ExportPlan:
    """The files of a job, whose cards are read. detector: None where the denoiser itself is exported."""

    job: ExportModel
    model_path: str
    model: ModelCard
    detector_path: str = ""
    detector: DetectorCard | None = None

    def cost(self) -> Generator[Event, None, Cost]:
        """Disk of the file; tracing takes seconds."""
        yield from ()
        paths = [path for path in (self.model_path, self.detector_path) if path]
        size = 2 * sum(map(os.path.getsize, paths)) + _GRAPH_BYTES if self.job.format == "onnx" else 1 << 14
        return Cost(network_calls=int(self.job.format == "onnx"), disk_bytes=size)


def plan(job: ExportModel, stack: ExitStack) -> Generator[Event, None, ExportPlan]:
    """Find the files and read their cards. Raises ModelFileError, EnvironmentMissingError."""
    if job.format == "onnx":
        check_onnx(sys.executable)
    if not job.detector:
        path = find_model(str(job.model))
        plan = ExportPlan(job, path, read_model_card(path))
    else:
        detector = find_model(job.detector, "detector")
        path, note = model_of_detector(detector, job.model)
        yield note
        plan = ExportPlan(job, path, model_card_of(path), detector, read_detector_card(detector))
    if plan.model.licence:
        yield Note(licence_text(path, plan.model))
    return plan


def run(plan: ExportPlan) -> Events:
    """Write OUTPUT. Raises ModelFileError, OutputError."""
    job, path = plan.job, str(plan.job.output)
    with OutputTransaction() as transaction:
        transaction.reserve(path)
        yield Progress(0, 1, "file", "exporting")
        if job.format == "stac":
            content = (json.dumps(_item(plan), indent=2, ensure_ascii=False) + "\n").encode()
        elif plan.detector is None:
            content = yield from _denoiser(plan)
        else:
            content = yield from _detector(plan, plan.detector)
        transaction.write(path, content)
        transaction.publish()
        yield Progress(1, 1, "file", "exporting")
    yield Result({"OUTPUT": path})


def _item(plan: ExportPlan) -> dict[str, object]:
    if plan.detector is None:
        return model_item(plan.model_path, plan.model)
    return detector_item(plan.detector_path, plan.detector, plan.model_path, plan.model)


def _detector(plan: ExportPlan, card: DetectorCard) -> Generator[Event, None, bytes]:
    detector = load_detector(plan.detector_path, load_model_of(plan.detector_path, plan.model_path))
    graph = DetectorGraph(detector, plan.job.seed)
    side, channels = window_px(card, plan.model), 2 * len(plan.model.bands)
    yield Note(
        f"One input of {channels} bands: those of the first date, then those of the second, in their own numbers, "
        f"{side} px a side. One output: the probability of change."
    )
    if card.radiometry == "standard":
        yield Note(
            "This detector wants both dates brought to one brightness, which is measured on the whole pair: the "
            "exported network sees one window alone and does not do it. Bring both dates to one brightness first.",
            "warning",
        )
    texts = detector_metadata(card, plan.model, side)
    return onnx_bytes(graph, (torch.zeros(1, channels, side, side),), ["dates"], "change", texts)


def _denoiser(plan: ExportPlan) -> Generator[Event, None, bytes]:
    model = load_model(plan.model_path)
    side, channels = plan.model.tile_px, len(plan.model.bands)
    yield Note(f"Two inputs: x, {channels} bands of {side} px with noise, and sigma. One output: the estimate of x0.")
    if model.guide is not None:
        yield Note("The model's guide, its own early state, is left out.", "warning")
    example = torch.zeros(1, channels, side, side), torch.ones(1)
    return onnx_bytes(DenoiserGraph(model), example, ["x", "sigma"], "x0", denoiser_metadata(plan.model))
