"""The corpus's label format <-> Paper: a view of the claim model, the same in both directions.

The format knows four kinds of label. An ``interval`` is an estimate with a confidence or credible
interval, a ``count`` a proportion with its count and nothing around it, a ``posterior`` a posterior
probability, and a ``comparison`` a `Comparison` with the estimates it compares. Claims that are
none of these (an IQR, a bare median) are no labels and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from trialstats.claims.model import MEASURES, Claim, Comparison, Estimate, Paper, Place, PValue, Spread
from trialstats.errors import InputError, UnknownNameError
from trialstats.reported import Reported

__all__ = ["KINDS", "labels_from_paper", "paper_from_labels"]

KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "interval": ("measure", "estimate", "lower", "upper", "level", "interval", "p", "x", "n", "unit"),
        "count": ("percent", "x", "n"),
        "comparison": ("type", "values", "p"),
        "posterior": ("value",),
    }
)
"""Kinds of label with their fields in order; each may have ``quote``, ``start`` and ``end`` besides."""

_PLACE = ("quote", "start", "end")
_SHORT = {"hazard-ratio": "HR", "odds-ratio": "OR", "risk-ratio": "RR"}
_MEASURE_OF = {short: measure for measure, short in _SHORT.items()} | {
    name: name for name in ("proportion", "survival", "median", "difference", "mean", "other")
}
# The format has fewer measures than the claim model: what it lacks is "other".
_LABEL_OF = {measure: _SHORT.get(measure, measure if measure in _MEASURE_OF else "other") for measure in MEASURES}
_MEASURE_OF_TYPE = {"percent": "proportion", "median": "median", "mean": "mean", "other": "other"}
_TYPE_OF = {"proportion": "percent", "survival": "percent", "median": "median", "mean": "mean"}
_INTERVALS = {"confidence": "confidence", "credible": "credible"}
_RELATIONS = ("=", "<", "<=", ">", ">=")
_NOT_REACHED = "NE"


# --------------------------------------------------------------------------------------------------
# Labels -> Paper
# --------------------------------------------------------------------------------------------------
def paper_from_labels(document: Mapping[str, Any]) -> Paper:
    """Return the paper that a labelled document describes.

    Parameters
    ----------
    document : mapping
        ``{"id": ..., "claims": [...]}``; numbers as text, absent fields null or left out.

    Returns
    -------
    Paper
        Claims are called ``c1``, ``c2`` and so on; the estimates of a comparison ``c2.1``, ``c2.2``.

    Raises
    ------
    NotTextError
        If a printed number is not text.
    InputError
        If a label has an unknown kind, measure or field, or a number that is none.

    Examples
    --------
    >>> label = {"kind": "interval", "measure": "HR", "estimate": "0.54", "lower": "0.36", "upper": "0.81"}
    >>> label["level"] = "95"
    >>> claim = paper_from_labels({"id": "example", "claims": [label]}).claims[0]
    >>> claim.measure, claim.value, claim.interval.level
    ('hazard-ratio', Reported(text='0.54', ...), Reported(text='95', digits='95', relation='=', unit='%'))
    """
    for field in ("id", "claims"):
        if field not in document:
            raise InputError(f"A labelled document has no {field!r}; accepted is an object with 'id' and 'claims'.")
    claims: list[Claim] = []
    for number, label in enumerate(document["claims"], start=1):
        claims.extend(_claims_of(label, f"c{number}"))
    return Paper(id=document["id"], claims=tuple(claims))


def _claims_of(label: Mapping[str, Any], claim_id: str) -> Iterator[Claim]:
    kind = label.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise UnknownNameError("kind of label", kind, KINDS)
    for name in label:
        if name not in ("kind", *KINDS[kind], *_PLACE):
            raise UnknownNameError(f"field of a label of kind {kind!r}", name, (*KINDS[kind], *_PLACE))
    place = Place(start=label.get("start"), end=label.get("end"), quote=label.get("quote"))
    if kind == "interval":
        yield _interval(label, claim_id, place)
    elif kind == "count":
        yield Estimate(
            id=claim_id,
            measure="proportion",
            value=_number(label.get("percent"), "%"),
            x=_number(label.get("x")),
            n=_number(label.get("n")),
            where=place,
        )
    elif kind == "posterior":
        value = _number(label.get("value"))
        # The format drops the per cent sign; no probability is above 1 without it.
        if value is not None and not value.is_missing and value.value > 1:
            value = value.with_unit("%")
        yield Estimate(id=claim_id, measure="posterior-probability", value=value, where=place)
    else:
        yield from _comparison(label, claim_id, place)


def _interval(label: Mapping[str, Any], claim_id: str, place: Place) -> Estimate:
    kind = _named("interval", label.get("interval", "confidence"), _INTERVALS)
    unit = label.get("unit")
    sign = "%" if unit == "%" else ""
    value, lower, upper = (_number(label.get(name), sign) for name in ("estimate", "lower", "upper"))
    # The numbers carry their per cent sign themselves, unless there is none that could.
    carried = any(number is not None and number.unit for number in (value, lower, upper))
    return Estimate(
        id=claim_id,
        measure=_named("measure", label.get("measure"), _MEASURE_OF),
        value=value,
        spread=Spread(kind, lower, upper, level=_number(label.get("level"), "%")),
        p=_p(label.get("p")),
        x=_number(label.get("x")),
        n=_number(label.get("n")),
        unit=None if carried else unit,
        where=place,
    )


def _comparison(label: Mapping[str, Any], claim_id: str, place: Place) -> Iterator[Claim]:
    measure = _named("type", label.get("type"), _MEASURE_OF_TYPE)
    sign = "%" if measure == "proportion" else ""
    ids = []
    for number, value in enumerate(label.get("values") or (), start=1):
        ids.append(f"{claim_id}.{number}")
        yield Estimate(id=ids[-1], measure=measure, value=_number(value, sign), where=place)
    yield Comparison(id=claim_id, of=tuple(ids), p=_p(label.get("p")), where=place)


def _named(what: str, given: object, menu: Mapping[str, str]) -> str:
    if not isinstance(given, str) or given not in menu:
        raise UnknownNameError(f"{what} of a label", given, menu)
    return menu[given]


def _number(text: str | None, unit: str = "") -> Reported | None:
    return None if text is None else Reported(text, unit)


def _p(p: Mapping[str, Any] | None) -> PValue | None:
    if p is None:
        return None
    relation = p.get("rel", "=")
    if relation not in _RELATIONS:
        raise UnknownNameError("relation of a P value", relation, _RELATIONS)
    text: Any = p.get("value")
    # Anything but text goes on as it is: Reported says best why a float will not do.
    value = Reported(f"{relation}{text}" if isinstance(text, str) and relation != "=" else text)
    sided = p.get("sided")
    if sided not in (1, 2, None):
        raise InputError(f"A P value's 'sided' is {sided!r}; accepted is 1, 2 or null.")
    return PValue(value, sided)


# --------------------------------------------------------------------------------------------------
# Paper -> labels
# --------------------------------------------------------------------------------------------------
def labels_from_paper(paper: Paper) -> dict[str, Any]:
    """Return the claims of a paper as labels: ``{"id": ..., "claims": [...]}``.

    Every field of a label is there, absent ones None; ``quote``, ``start`` and ``end`` only where they are known.

    Examples
    --------
    >>> label = {"kind": "count", "percent": "25", "x": "8", "n": "32", "quote": "8 of 32 (25%)"}
    >>> labels_from_paper(paper_from_labels({"id": "example", "claims": [label]}))["claims"] == [label]
    True
    """
    estimates = {claim.id: claim for claim in paper.claims if isinstance(claim, Estimate)}
    labels = []
    for claim in paper.claims:
        if isinstance(claim, Comparison):
            # A P value that stands alone compares nothing that is printed.
            fields = _fields_joined(claim, estimates) if claim.of else None
        else:
            fields = _fields(claim)
        if fields is not None:
            place = {name: getattr(claim.where, name) for name in _PLACE if getattr(claim.where, name) is not None}
            labels.append(fields | place)
    return {"id": paper.id, "claims": labels}


def _fields(claim: Estimate) -> dict[str, Any] | None:
    interval = claim.interval
    if interval is not None:
        numbers = (claim.value, interval.lower, interval.upper)
        per_cent = any(number is not None and number.unit for number in numbers)
        return {
            "kind": "interval",
            "measure": _LABEL_OF[claim.measure],
            "estimate": _text(claim.value),
            "lower": _text(interval.lower),
            "upper": _text(interval.upper),
            "level": _text(interval.level),
            "interval": interval.kind,
            "p": _p_fields(claim.p),
            "x": _text(claim.x),
            "n": _text(claim.n),
            "unit": "%" if per_cent else claim.unit,
        }
    if claim.value is None or claim.spread is not None:
        return None
    if claim.measure == "proportion" and claim.x is not None:
        # A denominator printed elsewhere in the text is no part of the label.
        n = None if "n" in claim.inferred else _text(claim.n)
        return {"kind": "count", "percent": _text(claim.value), "x": _text(claim.x), "n": n}
    if claim.measure == "posterior-probability":
        return {"kind": "posterior", "value": _text(claim.value)}
    return None


def _fields_joined(claim: Comparison, estimates: Mapping[str, Estimate]) -> dict[str, Any] | None:
    # The format has no statements without a figure.
    if claim.says is not None and claim.p is None:
        return None
    compared = [estimates[name] for name in claim.of]
    kinds = {_TYPE_OF.get(estimate.measure, "other") for estimate in compared}
    return {
        "kind": "comparison",
        "type": kinds.pop() if len(kinds) == 1 else "other",
        "values": [_text(estimate.value) for estimate in compared],
        "p": _p_fields(claim.p),
    }


def _text(number: Reported | None) -> str | None:
    """Return a number in the format's one spelling."""
    if number is None:
        return None
    if number.is_missing:
        return _NOT_REACHED
    return f"{'' if number.relation == '=' else number.relation}{number.digits}"


def _p_fields(p: PValue | None) -> dict[str, Any] | None:
    if p is None:
        return None
    return {"rel": p.value.relation, "value": p.value.digits, "sided": p.sided}
