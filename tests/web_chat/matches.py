"""Does an answer match its OpenAPI description? The few schema words ours uses."""

import re
from collections.abc import Mapping
from typing import Any

KINDS = {"object": dict, "array": list, "string": str}


def mismatch(found: Any, schema: Mapping[str, Any], spec: Mapping[str, Any]) -> str:
    """Name the first thing that differs; nothing if the answer is as described."""
    if "$ref" in schema:
        return mismatch(found, resolve(schema["$ref"], spec), spec)
    if not isinstance(found, KINDS[schema["type"]]):
        return f"{type(found).__name__} is no {schema['type']}"
    if isinstance(found, dict):
        return _object_mismatch(found, schema, spec)
    if isinstance(found, list):
        return next(
            filter(None, (mismatch(x, schema["items"], spec) for x in found)), ""
        )
    if "enum" in schema and found not in schema["enum"]:
        return "a word that is not on the list"
    if "pattern" in schema and not re.search(schema["pattern"], found):
        return "not of the pattern"
    return ""


def resolve(ref: str, spec: Mapping[str, Any]) -> Any:
    """Follow a reference within the description."""
    place: Any = spec
    for step in ref.removeprefix("#/").split("/"):
        place = place[step]
    return place


def _object_mismatch(
    found: Mapping[str, Any], schema: Mapping[str, Any], spec: Mapping[str, Any]
) -> str:
    for name in schema["required"]:
        if name not in found:
            return f"{name} is missing"
    for name, value in found.items():
        if name not in schema["properties"]:
            return f"{name} is not described"
        if problem := mismatch(value, schema["properties"][name], spec):
            return f"{name}: {problem}"
    return ""
