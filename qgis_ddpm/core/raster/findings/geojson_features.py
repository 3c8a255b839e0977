"""What a file of GeoJSON holds: its features, the CRS that it names, and what to say where it is none."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ....errors import InputError
from ....regular_file import open_text


def collection_of(geojson: str) -> dict[str, Any]:
    """A file of GeoJSON as a collection of features."""
    with open_text(geojson) as file:
        content = json.load(file)
    members = content["features"] if content["type"] == "FeatureCollection" else [content]
    features = [
        member if member["type"] == "Feature" else {"type": "Feature", "properties": {}, "geometry": member}
        for member in members
    ]
    return {**{name: value for name, value in content.items() if name == "crs"}, "features": features}


def features_of(
    collection: dict[str, Any],
) -> tuple[list[tuple[int, dict[str, Any], dict[str, Any]]], str | None, bool]:
    """Number, geometry and fields of each feature with a geometry; its CRS's name; whether that is said to be none."""
    declared = collection["crs"]["properties"]["name"] if collection.get("crs") else None
    if not isinstance(declared, (str, type(None))):
        raise ValueError("its CRS is no text")
    features = [
        (number, feature["geometry"], dict(feature.get("properties") or {}))
        for number, feature in enumerate(collection["features"])
        if feature["geometry"] is not None
    ]
    return features, declared, declared is None and "crs" in collection


@contextmanager
def faults_told(name: str, path: str, kind: str) -> Iterator[None]:
    """What reading a file of some kind of geometry raises, as an InputError."""
    try:
        yield
    except OSError as error:
        raise InputError(f"{name} {path} cannot be read: {error.strerror}. Choose another file.") from error
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise InputError(f"{name} {path} is no GeoJSON of {kind}. Export the layer to GeoJSON anew.") from None


def nothing_of_kind(name: str, path: str, kind: str, shapes: list[dict[str, Any]]) -> InputError:
    """What to say of a file without features of a kind. shapes: the geometries that it has."""
    kinds = sorted({str(shape["type"]) for shape in shapes})
    what = f"but {', '.join(kinds)[:100]}" if kinds else "and no other features"
    layer = "polygon layer" if kind == "polygons" else "point layer"
    return InputError(f"{name} {path} holds no {kind} {what}. Choose a {layer} that has features.")
