"""JSON Schemas of the three formats others read and write: trial files, extracted claims, reports."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from trialstats.errors import UnknownNameError

KINDS = ("trial", "claims", "report")
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class PDocument(msgspec.Struct, frozen=True):
    """A P value with its relation."""

    rel: str
    value: str
    sided: Literal[1, 2] | None = None


class _Placed(msgspec.Struct, frozen=True, kw_only=True):
    """What every extracted claim may carry: its place in the text as given, and its words."""

    start: int | None = None
    end: int | None = None
    quote: str | None = None


class IntervalDocument(_Placed, frozen=True, kw_only=True, tag_field="kind", tag="interval"):
    """An estimate with a confidence or credible interval; numbers as printed."""

    measure: Literal["HR", "OR", "RR", "proportion", "survival", "median", "difference", "mean", "other"]
    estimate: str | None
    lower: str | None
    upper: str | None
    level: str | None
    interval: Literal["confidence", "credible"]
    p: PDocument | None
    x: str | None
    n: str | None
    unit: str | None


class CountDocument(_Placed, frozen=True, kw_only=True, tag_field="kind", tag="count"):
    """A percentage printed with its count or fraction, and no interval."""

    percent: str
    x: str
    n: str | None


class ComparisonDocument(_Placed, frozen=True, kw_only=True, tag_field="kind", tag="comparison"):
    """Values of groups compared by a P value that belongs to no interval."""

    type: str
    values: tuple[str, ...]
    p: PDocument | None


class PosteriorDocument(_Placed, frozen=True, kw_only=True, tag_field="kind", tag="posterior"):
    """A posterior probability."""

    value: str


class ClaimsDocument(msgspec.Struct, frozen=True, kw_only=True):
    """The claims of one text: one line of the output of extraction."""

    id: str
    claims: tuple[IntervalDocument | CountDocument | ComparisonDocument | PosteriorDocument, ...]


def json_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a trial file, of claims or of a report; another kind is an `UnknownNameError`.

    Examples
    --------
    >>> json_schema("claims")["title"]
    'ClaimsDocument'
    """
    if kind == "trial":
        from trialstats.sources.trial_file import trial_schema

        return trial_schema()
    if kind == "report":
        from trialstats.report import report_json

        found = report_json.schema()
    elif kind == "claims":
        found = msgspec.json.schema(ClaimsDocument)
    else:
        raise UnknownNameError("schema", kind, KINDS)
    # msgspec refers to the root by name; editors want the title at the top.
    name = found["$ref"].rsplit("/", 1)[-1]
    return {"$schema": _DIALECT, "title": name, **found}
