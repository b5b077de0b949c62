"""HSDS 3.0 as a JSON Schema, from the facts of hsds_3_0.yml; stricter than it is.

The standard allows any further field; here a field it does not know begins with "x_".
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FACTS = Path(__file__).with_name("hsds_3_0.yml")
UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
KINDS: Mapping[str, dict[str, Any]] = {
    "text": {"type": "string", "minLength": 1},
    "number": {"type": "number"},
    "uuid": {"type": "string", "pattern": f"^{UUID}$"},
    "uri": {"type": "string", "pattern": r"^https?://[^\s<>]+\.[^\s<>]+$"},
    "email": {"type": "string", "pattern": r"^[^@\s]+@[^@\s]+\.[^@\s]+$"},
    "date": {"type": "string", "pattern": r"^20\d\d-(0\d|1[0-2])-([0-2]\d|3[01])$"},
    "time": {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$"},
}
PAGE = {
    "total_items": "integer",
    "total_pages": "integer",
    "page_number": "integer",
    "size": "integer",
    "first_page": "boolean",
    "last_page": "boolean",
    "empty": "boolean",
    "contents": "array",
}


@cache
def validator() -> Any:
    """Give what says what is wrong with one service, or nothing."""
    # It takes seconds to come in: not for every run that comes by this file.
    from jsonschema import Draft202012Validator

    tables: dict[str, Any] = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    schema = {
        "$ref": "#/$defs/service",
        "$defs": {name: _table(table) for name, table in tables.items()},
    }
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@cache
def page_validator() -> Any:
    """Give what says what is wrong with a page of a feed."""
    from jsonschema import Draft202012Validator

    fields = {name: {"type": kind} for name, kind in PAGE.items()}
    fields["contents"] |= {"items": validator().schema["$defs"]["service"]}
    schema = {
        "type": "object",
        "properties": fields,
        "required": list(PAGE),
        "additionalProperties": False,
        "$defs": validator().schema["$defs"],
    }
    return Draft202012Validator(schema)


def faults(service: Any) -> list[str]:
    """Name every fault of a service: where, and why."""
    return sorted(
        f"{'.'.join(map(str, each.absolute_path))}: {each.message}"
        for each in validator().iter_errors(service)
    )


def _table(table: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: _kind(kind) for name, kind in table["fields"].items()},
        "required": table["required"],
        "patternProperties": {"^x_": {}},
        "additionalProperties": False,
    }


def _kind(kind: Any) -> dict[str, Any]:
    match kind:
        case {"one of": allowed}:
            return {"enum": allowed}
        case [table]:
            return {"type": "array", "items": {"$ref": f"#/$defs/{table}"}}
        case str() if kind in KINDS:
            return KINDS[kind]
        case table:
            return {"$ref": f"#/$defs/{table}"}
