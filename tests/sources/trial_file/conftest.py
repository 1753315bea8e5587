"""Whether a value fits a JSON Schema."""

import re
from typing import Any

import pytest

_TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}
_KNOWN = {"$schema", "title", "description", "type", "properties", "required", "additionalProperties", "propertyNames",
          "minProperties", "items", "minItems", "maxItems", "uniqueItems", "enum", "pattern", "minimum", "maximum",
          "anyOf", "allOf", "not"}  # fmt: skip


def fits(value: Any, schema: Any) -> bool:
    """Check the part of JSON Schema that ours uses; fail on any other."""
    if isinstance(schema, bool):
        return schema
    assert set(schema) <= _KNOWN
    if "type" in schema:
        wanted = _TYPES[schema["type"]]
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            return False
    if "anyOf" in schema and not any(fits(value, each) for each in schema["anyOf"]):
        return False
    if "not" in schema and fits(value, schema["not"]):
        return False
    if not all(fits(value, each) for each in schema.get("allOf", ())):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if isinstance(value, str):
        return re.search(schema.get("pattern", ""), value) is not None
    if isinstance(value, int):
        return schema.get("minimum", value) <= value <= schema.get("maximum", value)
    if isinstance(value, list):
        return schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)) and all(
            fits(each, schema.get("items", True)) for each in value
        )
    if isinstance(value, dict):
        known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
        return (
            set(schema.get("required", ())) <= set(value)
            and len(value) >= schema.get("minProperties", 0)
            and all(fits(name, schema.get("propertyNames", True)) for name in value)
            and all(fits(each, known.get(name, others)) for name, each in value.items())
        )
    return True


@pytest.fixture(scope="session")
def valid():
    """Return the question whether a value fits a schema."""
    return fits
