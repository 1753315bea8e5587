"""Paper -> rows: every printed result with its arm, outcome, time and place, as one plain object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from trialstats.claims.model import Claim, Comparison, Estimate, Paper, PValue, Size
from trialstats.reported import Reported


def rows_from_paper(paper: Paper, *, text: bool = True) -> dict[str, Any]:
    """Return what a document states as arms, sizes and rows of results.

    Parameters
    ----------
    paper : Paper
    text : bool
        Whether to give the text too, to which the places refer.

    Returns
    -------
    dict
        With ``id``, ``text``, ``arms``, ``of`` and ``rows``; every key is there, null or empty where nothing is said.
        Numbers have a decimal point, no separators and no per cent sign.

    Examples
    --------
    >>> from trialstats.sources.text.reading import extract
    >>> rows = rows_from_paper(extract("The hazard ratio was 0.54 (95% CI, 0.36 to 0.81; P = .003)."))["rows"]
    >>> [(row["measure"], row["value"], row["lower"], row["upper"], row["level"], row["p"]["value"]) for row in rows]
    [('hazard-ratio', '0.54', '0.36', '0.81', '95', '.003')]
    """
    name_of = {arm.id: f"a{at}" for at, arm in enumerate(paper.arms, start=1)}
    claims = _of_all_arms(_printed_once(paper.claims))
    row_at = {_value_at(claim): at for at, claim in enumerate(claims)}
    place_of = {claim.id: row_at[_value_at(claim)] for claim in paper.claims if _value_at(claim) in row_at}
    return {
        "id": paper.id,
        **({"text": paper.text} if text else {}),
        "arms": [
            {"id": name_of[arm.id], "label": arm.label, "sizes": _sizes(arm.of), "role": arm.role} for arm in paper.arms
        ],
        "of": _sizes(paper.of),
        "rows": [_row(claim, name_of, place_of) for claim in claims],
    }


def _printed_once(claims: Sequence[Claim]) -> list[Claim]:
    """Leave out comparisons whose P value stands with a ratio too: it is printed once, and so in one row."""
    of_estimates = {_place_of_p(claim) for claim in claims if isinstance(claim, Estimate)} - {None}
    return [claim for claim in claims if isinstance(claim, Estimate) or _place_of_p(claim) not in of_estimates]


def _of_all_arms(claims: Sequence[Claim]) -> list[Claim]:
    """Make one row of a value that several arms have alike ("5% in each arm"): printed once, and no single arm's."""
    of_place: dict[object, list[Claim]] = {}
    for claim in claims:
        of_place.setdefault(_value_at(claim), []).append(claim)
    return [ones[0] if _alike(ones) else replace(ones[0], arms=()) for ones in of_place.values()]


def _alike(claims: Sequence[Claim]) -> bool:
    return len({claim.arms for claim in claims}) == 1


def _value_at(claim: Claim) -> object:
    """Return where the value of a claim is printed; its name where it has none or is typed."""
    value = next(((start, end) for name, start, end in claim.where.numbers if name in ("value", "x")), None)
    return claim.id if value is None or isinstance(claim, Comparison) else value


def _place_of_p(claim: Claim) -> tuple[int, int] | None:
    return next(((start, end) for name, start, end in claim.where.numbers if name == "p"), None)


def _row(claim: Claim, name_of: Mapping[str, str], place_of: Mapping[str, int]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "measure": "p-only" if isinstance(claim, Comparison) else claim.measure,
        **dict.fromkeys(("value", "lower", "upper", "spread", "level")),
        "p": _p(claim.p),
        **dict.fromkeys(("x", "n")),
        "arms": [name_of.get(arm, arm) for arm in claim.arms],
        "of": [],
        "subgroup": None,
        "outcome": claim.outcome,
        "time": claim.time,
        "unit": None,
        "role": claim.role,
        "places": dict.fromkeys(("value", "lower", "upper", "x", "n", "p"))
        | {name: [start, end] for name, start, end in claim.where.numbers},
    }
    if isinstance(claim, Comparison):
        row["of"] = [place_of[one] for one in claim.of if one in place_of]
        return row
    row |= _parts(claim)
    # A count is the value; a denominator that stands elsewhere is no part of the row.
    row["places"] |= {name: None for name in ("x", "n") if row[name] is None}
    return row


def _parts(claim: Estimate) -> dict[str, Any]:
    spread = claim.spread
    bounds: dict[str, Any] = {}
    if spread is not None:
        single = spread.kind in ("sd", "se")
        bounds = {
            "lower": _digits(spread.value if single else spread.lower),
            "upper": _digits(spread.upper),
            "spread": spread.kind,
            "level": _digits(spread.level),
        }
    over_time = claim.measure == "rate" and claim.value is None and claim.x is not None and spread is None
    counted = claim.measure == "count" or over_time
    # A change in one arm is a mean.
    changed = claim.measure in ("difference", "relative-reduction") and len(claim.arms) == 1
    value = claim.value if claim.value is not None or not counted else claim.x
    return bounds | {
        "measure": "mean" if changed else "count" if over_time else claim.measure,
        "value": _digits(value),
        "x": None if counted else _digits(claim.x),
        "n": None if "n" in claim.inferred else _digits(claim.n),
        "subgroup": claim.subgroup,
        "unit": claim.unit or ("%" if claim.value is not None and claim.value.unit == "%" else None),
    }


def _digits(number: Reported | None) -> str | None:
    if number is None:
        return None
    return "NE" if number.is_missing else number.digits


def _p(p: PValue | None) -> dict[str, Any] | None:
    if p is None:
        return None
    digits = p.value.text.lstrip("<>=≤≥ ")
    return {"rel": p.value.relation, "value": digits, "sided": p.sided, "test": p.test}


def _sizes(sizes: Mapping[str, Size]) -> dict[str, str]:
    return {name: size.value.digits for name, size in sizes.items()}
