"""Rows of a trial file -> claims.

A row with ``by`` stands for one estimate per arm, ``row.arm``, and, where it has a P value or a
statement, for the comparison of them, ``row``. Any other row stands for one claim of its own id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from trialstats.claims.model import Claim, Comparison, Estimate, Expectation, Place, PValue, Spread
from trialstats.errors import InputError, UnknownNameError
from trialstats.reported import Reported
from trialstats.sources.text.told.statistics_printed import FORMS_OF_STATISTICS, read_statistic
from trialstats.sources.trial_file.schema import role_in
from trialstats.sources.trial_file.shapes import NOT_PRINTED, Refused, inside
from trialstats.sources.trial_file.slips import Slip, slips_of_estimate, slips_of_p

# Keys that a row with `by`, and one that joins estimates named by `from`, cannot have.
_NOT_WITH_BY = ("value", "x", "n", "printed", "arm", "arms", "event")
_OF_COMPARISON = ("id", "measure", "section", "role", "outcome", "from", "p", "says", "adjusted", "sic",
                  "source", "expect")  # fmt: skip
_SAID_ALIKE = ("outcome", "time", "population", "says", "event", "x", "n", "unit", "adjusted", "inferred", "printed",
               "sic", "source")  # fmt: skip
"""What an estimate says under the name of the row's key."""
_MARGIN = re.compile(r"(?P<name>\S+)(?: [+-] (?P<margin>\S+))?")


def claims_of_rows(
    rows: Sequence[Mapping[str, Any]], arms: tuple[str, ...], lines: Sequence[int | None]
) -> tuple[Claim, ...]:
    """Return the claims that rows, as read by `schema`, stand for; raise `Refused` at the first that cannot be meant.

    Arms are in the order of the paper, the experimental arm first; each row has its line in the file.
    """
    names = _names(rows, arms, lines)
    claims: list[Claim] = []
    for index, row in enumerate(rows):
        place = Place(section=row.get("section"), line=lines[index])
        with inside(index):
            claims.extend(_claims_of_row(row, place, arms, names))
    return tuple(claims)


def _names(
    rows: Sequence[Mapping[str, Any]], arms: tuple[str, ...], lines: Sequence[int | None]
) -> dict[str, tuple[str, ...]]:
    """Return what each name that `from` may use stands for: a row's estimates, or itself."""
    names: dict[str, tuple[str, ...]] = {}
    first: dict[str, int | None] = {}
    for index, row in enumerate(rows):
        by = row.get("by", {})
        for arm in by:
            if arm not in arms:
                raise Refused(_unknown_arm(arm, arms), index, "by", arm)
        estimates = tuple(f"{row['id']}.{arm}" for arm in arms if arm in by)
        for name in (row["id"], *estimates):
            if name in first:
                where = "" if first[name] is None else f", as the row at line {first[name]} has"
                raise Refused(f"the id {name!r} is given twice{where}; accepted is one row per id.", index, "id")
            first[name] = lines[index]
            names[name] = (name,)
        if estimates:
            names[row["id"]] = estimates
    return names


def _unknown_arm(arm: str, arms: tuple[str, ...]) -> str:
    return str(UnknownNameError("arm", arm, arms)) if arms else f"Unknown arm {arm!r}: the file has no [arms.{arm}]."


def _claims_of_row(
    row: Mapping[str, Any], place: Place, arms: tuple[str, ...], names: Mapping[str, tuple[str, ...]]
) -> Iterator[Claim]:
    derived = _derived(row, names)
    if row["measure"] == "comparison":
        yield _comparison(row, place, derived)
    elif "by" in row:
        yield from _claims_by_arm(row, place, arms, derived)
    else:
        yield _checked(_single(row, place, arms, names, derived))


def _derived(row: Mapping[str, Any], names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    found: list[str] = []
    for name in row.get("from", ()):
        if name not in names:
            raise Refused(str(UnknownNameError("row", name, names)), "from")
        if name == row["id"]:
            raise Refused(f"row {name!r} is derived from itself.", "from")
        found.extend(names[name])
    return tuple(found)


def _comparison(row: Mapping[str, Any], place: Place, of: tuple[str, ...]) -> Comparison:
    for key in row:
        if key not in _OF_COMPARISON:
            message = f"a comparison has no {key!r}; accepted: {', '.join(_OF_COMPARISON)}."
            raise Refused(message, key)
    if len(of) < 2:
        raise Refused("a comparison names the two or more estimates it compares in 'from'.", "measure")
    if "p" not in row and "says" not in row:
        raise Refused("a comparison has a P value ('p') or a statement ('says').", "measure")
    return _joined(row, place, of)


def _joined(row: Mapping[str, Any], place: Place, of: tuple[str, ...]) -> Comparison:
    p, sic = _p(row), row.get("sic", False)
    if p is not None and not sic:
        _refuse_slips(slips_of_p(p))
    return Comparison(
        id=row["id"],
        of=of,
        p=p,
        outcome=row.get("outcome"),
        says=row.get("says"),
        role=_role(row),
        adjusted=row.get("adjusted"),
        sic=sic,
        source=row.get("source"),
        expect=_expectation(row),
        where=place,
    )


def _claims_by_arm(
    row: Mapping[str, Any], place: Place, arms: tuple[str, ...], derived: tuple[str, ...]
) -> Iterator[Claim]:
    for key in _NOT_WITH_BY:
        if key in row:
            raise Refused(f"a row with 'by' has no {key!r} of its own; it goes into the arm's table in 'by'.", key)
    compares = "p" in row or "says" in row
    if compares and len(row["by"]) < 2:
        raise Refused("a P value or statement beside 'by' compares arms; accepted is 'by' with two or more.", "by")
    if "expect" in row and not compares:
        message = "'expect' beside 'by' is of the comparison, and there is none; it goes into the arm's table in 'by'."
        raise Refused(message, "expect")
    # What the row says for all its arms; an arm's own table says it anew.
    common = {key: value for key, value in row.items() if key not in ("by", "p", "says", "expect")}
    estimates = []
    for arm in arms:
        if arm not in row["by"]:
            continue
        with inside("by", arm):
            if not {"value", "x"} & set(row["by"][arm]):
                raise Refused("the arm's table states nothing; accepted is at least one of 'value' and 'x'.")
            estimate = _estimate({**common, **row["by"][arm]}, f"{row['id']}.{arm}", (arm,), derived, place)
            estimates.append(_checked(estimate))
    yield from estimates
    if compares:
        yield _joined(row, place, tuple(estimate.id for estimate in estimates))


def _single(
    row: Mapping[str, Any],
    place: Place,
    arms: tuple[str, ...],
    names: Mapping[str, tuple[str, ...]],
    derived: tuple[str, ...],
) -> Estimate:
    if "arm" in row and "arms" in row:
        raise Refused("both 'arm' and 'arms' are given; accepted is one of them.", "arms")
    of_arms = (row["arm"],) if "arm" in row else row.get("arms", ())
    for arm in of_arms:
        if arm not in arms:
            raise Refused(_unknown_arm(arm, arms), "arm" if "arm" in row else "arms")
    if "event" in row:
        _resolve_event(row["event"], arms, names)
    if not {"value", "x", "p", "says"} & set(row):
        raise Refused("the row states nothing; accepted is at least one of 'value', 'by', 'x', 'p', 'says'.", "id")
    return _estimate(row, row["id"], of_arms, derived, place)


def _resolve_event(event: str, arms: tuple[str, ...], names: Mapping[str, tuple[str, ...]]) -> None:
    parts = re.split(r" [<>] ", event)
    accepted = "accepted is 'ARM > ARM', with a number in place of the second or added to it as in 'ARM > ARM + 0.1'"
    if len(parts) != 2:
        raise Refused(f"the event {event!r} is not understood; {accepted}.", "event")
    for number, part in enumerate(parts):
        found = _MARGIN.fullmatch(part)
        name = found["name"] if found else part
        if found is None or (found["margin"] is not None and not _is_number(found["margin"])):
            raise Refused(f"{part!r} in the event {event!r} is not understood; {accepted}.", "event")
        if name not in arms and name not in names and not (number and _is_number(name)):
            message = f"{_unknown_arm(name, arms)} It stands in the event {event!r}; {accepted}."
            raise Refused(message, "event")


def _is_number(text: str) -> bool:
    try:
        return not Reported(text).is_missing
    except InputError:
        return False


def _estimate(
    row: Mapping[str, Any], claim_id: str, arms: tuple[str, ...], derived: tuple[str, ...], place: Place
) -> Estimate:
    value, spread = _numbers(row)
    return Estimate(
        id=claim_id,
        measure=row["measure"],
        value=value,
        spread=spread,
        p=_p(row),
        arms=arms,
        role=_role(row),
        of=derived,
        expect=_expectation(row),
        where=place,
        **{key: row[key] for key in _SAID_ALIKE if key in row},
    )


def _numbers(row: Mapping[str, Any]) -> tuple[Reported | None, Spread | None]:
    """Return the estimate and what stands around it; bounds without a per cent sign take the estimate's."""
    value, *around = row.get("value", (None,))
    kind, level, sides = row.get("spread"), row.get("level"), row.get("sides", 2)
    if kind not in ("confidence", "credible"):
        for key in ("level", "sides"):
            if key in row:
                spread = "absent" if kind is None else repr(kind)
                message = f"{key!r} is of an interval, and spread is {spread}; accepted is confidence or credible."
                raise Refused(message, key)
    if not around:
        if kind is not None:
            raise Refused(
                f"spread is {kind!r}, but only one number is given; accepted is "
                f"{'[estimate, ' + kind + ']' if kind in ('sd', 'se') else '[estimate, lower, upper]'}"
                f", with {NOT_PRINTED!r} in place of a number that is not.",
                "value" if "value" in row else "spread",
            )
        return value, None
    if kind is None:
        message = f"{len(around) + 1} numbers are given, and 'spread' does not say what they are; accepted: "
        raise Refused(message + "confidence, credible, iqr, range, sd, se.", "value")
    if (len(around) == 1) != (kind in ("sd", "se")):
        wanted = f"[estimate, {kind}]" if kind in ("sd", "se") else "[estimate, lower, upper]"
        raise Refused(f"{len(around) + 1} numbers are given and spread is {kind!r}; accepted is {wanted}.", "value")
    unit = value.unit if value is not None else ""
    around = [None if number is None else number.with_unit(unit) for number in around]
    if len(around) == 1:
        return value, Spread(kind, value=around[0])
    return value, Spread(kind, around[0], around[1], level=level, sides=sides)


def _p(row: Mapping[str, Any]) -> PValue | None:
    p = row.get("p")
    if p is None:
        return None
    found = PValue(p["value"], p.get("sided"), p.get("test"), p.get("statistic"))
    if found.statistic is not None and read_statistic(found) is None:
        raise Refused(
            f"{found.statistic!r} is no test statistic that can be read; accepted is {FORMS_OF_STATISTICS}, beside a "
            "printed P value.",
            "p",
        )
    return found


def _expectation(row: Mapping[str, Any]) -> Expectation | None:
    expect = row.get("expect")
    return None if expect is None else Expectation(expect["verdict"], expect["reason"], expect.get("check"))


def _role(row: Mapping[str, Any]) -> str:
    return str(row.get("role", role_in(row.get("section"))))


def _checked(claim: Estimate) -> Estimate:
    if not claim.sic:
        _refuse_slips(slips_of_estimate(claim))
    return claim


def _refuse_slips(slips: Iterable[Slip]) -> None:
    for key, slip in slips:
        raise Refused(f"{slip}. If it is printed like this, say sic = true.", key)
