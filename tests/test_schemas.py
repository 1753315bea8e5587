"""JSON Schemas of the formats that others read and write."""

import msgspec
import pytest

from trialstats.errors import UnknownNameError
from trialstats.schemas import KINDS, ClaimsDocument, json_schema


def test_the_schema_of_claims_accepts_what_the_format_describes():
    line = {
        "id": "a",
        "claims": [
            {"kind": "interval", "measure": "HR", "estimate": None, "lower": "0.95", "upper": "NE", "level": "95",
             "interval": "confidence", "p": {"rel": "<", "value": "0.001", "sided": None}, "x": None, "n": None,
             "unit": None, "start": 3, "end": 9},
            {"kind": "count", "percent": "33", "x": "16", "n": None},
            {"kind": "comparison", "type": "proportion", "values": ["10", "20"], "p": None},
            {"kind": "posterior", "value": "57"},
        ],
    }  # fmt: skip
    kinds = [type(claim).__name__ for claim in msgspec.convert(line, ClaimsDocument).claims]
    assert kinds == ["IntervalDocument", "CountDocument", "ComparisonDocument", "PosteriorDocument"]
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"id": "a", "claims": [{"kind": "interval", "measure": "hazard"}]}, ClaimsDocument)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_schema_that_describes_an_object(kind):
    found = json_schema(kind)
    root = found["$defs"][found["$ref"].rsplit("/", 1)[-1]] if "$ref" in found else found
    assert root["type"] == "object"
    assert root["properties"]


def test_an_unknown_kind_suggests_the_nearest():
    with pytest.raises(UnknownNameError, match="Did you mean 'report'"):
        json_schema("reports")
