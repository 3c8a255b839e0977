"""A graph of torch as an ONNX file with texts about it."""

import io
import warnings
from collections.abc import Mapping, Sequence
from importlib.util import find_spec

import torch
from torch import Tensor, nn

from ...errors import EnvironmentMissingError

# The first with layer normalization; ONNX Runtime 1.12 of 2022 and newer read it.
OPSET = 17


def check_onnx(python: str) -> None:
    """Raise EnvironmentMissingError where the package that writes ONNX is not there. python: the interpreter's path."""
    if find_spec("onnx") is None:
        raise EnvironmentMissingError(
            f"FORMAT onnx needs the package onnx, which this Python lacks. Install it with: {python} -m pip install "
            '"onnx>=1.16,<2"'
        )


def onnx_bytes(
    graph: nn.Module, example: tuple[Tensor, ...], inputs: Sequence[str], output: str, texts: Mapping[str, str]
) -> bytes:
    """An ONNX model of a graph as it answers to inputs of the shapes of an example; texts: its metadata by name."""
    import onnx

    buffer = io.BytesIO()
    with warnings.catch_warnings(), torch.no_grad():
        # Tracing fixes sizes, which are fixed here; torch's other exporter needs more packages and ten times as long.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            graph.eval(),
            example,
            buffer,  # type: ignore[arg-type] # torch writes to memory too, which its types do not say
            opset_version=OPSET,
            input_names=list(inputs),
            output_names=[output],
            dynamo=False,
        )
    model = onnx.load_model_from_string(buffer.getvalue())
    # What torch calls the scopes of its layers would tell of this package's insides, and nothing else does.
    for node in model.graph.node:
        node.doc_string = ""
    for name, text in sorted(texts.items()):
        entry = model.metadata_props.add()
        entry.key, entry.value = name, text
    onnx.checker.check_model(model)
    content: bytes = model.SerializeToString(deterministic=True)
    return content
