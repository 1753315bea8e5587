"""One row of a table: the results that it prints, before it is known which rows belong together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from trialstats.claims.model import MEASURES, RATIO_MEASURES, Estimate, Place, PValue, Spread
from trialstats.errors import InputError, UnknownNameError
from trialstats.reported import Reported
from trialstats.sources.table.analyses import heard_of
from trialstats.sources.table.cells import is_blank, is_no_number, split_cell, what_is_accepted, without_marks
from trialstats.sources.table.columns import Column, Columns, Effect
from trialstats.sources.table.headings import (
    OF_AN_EFFECT,
    PERCENT,
    SAID_COLUMNS,
    WORDS_COLUMNS,
)

MEASURE_NAMES: Mapping[str, str] = MappingProxyType({
    "hr": "hazard-ratio", "or": "odds-ratio", "rr": "risk-ratio", "rate": "proportion", "percentage": "proportion",
    "percent": "proportion", "%": "proportion", "md": "difference", "rd": "difference", "risk difference": "difference",
    "mean difference": "difference", "rrr": "relative-reduction", "events": "proportion",
})  # fmt: skip
EFFECTS = RATIO_MEASURES | {"difference", "relative-reduction"}
_RATE = "rate"
"""What a column of rates holds that are no shares: of events over time, as far as anybody can tell."""
_TRUE = frozenset({"yes", "y", "true", "1", "x", "adjusted", "stratified", "multivariable"})
_FALSE = frozenset({"no", "n", "false", "0", "unadjusted", "crude", "univariable"})
_NO_VALUE = frozenset({"ref", "ref.", "reference", "-", "\u2013", "\u2014", "na", "n/a"})
"""What stands in place of a number in the row of the arm that others are compared with, or where there is none."""


_REFERENCE = re.compile(r"[01](?:\.0+)?\s*[(\[]?\s*ref(?:\.|erence|erent)?\s*[)\]]?")


@dataclass(frozen=True, slots=True)
class Result:
    """One result of a row: of an arm, or an effect of arms that may stand in other rows."""

    estimate: Estimate
    row: str
    """The id of its row."""
    study: str
    key: tuple[str, ...]
    """What the result is of: outcome, time, population, subgroup."""
    arm: str = ""
    contrast: str = ""
    """The words of a cell for the arms that are compared."""
    others: tuple[str, ...] = field(default=(), compare=False)
    """The words of the cells that no rule understands."""
    heard: str = field(default="", compare=False)
    """Words of the table that say of another analysis than that of the counts."""

    @property
    def is_effect(self) -> bool:
        """Whether it is of two arms."""
        return self.estimate.measure in EFFECTS


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that is not what its column holds."""

    column: Column
    cell: str
    message: str
    is_none: bool = False
    """Whether its words say that there is no number."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is read: its line in the file, its name, its cells by column."""

    line: int
    id: str
    study: str
    cells: Sequence[tuple[Column, str]]
    slips: list[str]
    odd: list[Odd] = field(default_factory=list)
    """The cells that are left out, each once."""
    heard: str = ""
    """What a line above or below the table says of the analysis of all effects."""

    def words(self, kind: str) -> str:
        """Return the words of a cell that holds some."""
        return next((cell for column, cell in self.cells if column.kind == kind), "")


def results_of(row: Row, table: Columns) -> list[Result]:
    """Return the results of a row; what cannot be read is added to its slips."""
    said = {kind: row.words(kind) for kind in (*WORDS_COLUMNS, *SAID_COLUMNS)}
    found: list[Result] = []
    if table.arms:
        for arm in table.arms:
            numbers = _numbers(row, [one for one in row.cells if one[0].arm == arm])
            if numbers.keys() & {"x", "mean", "median", "estimate"}:
                name = f".{_slug(arm)}"
                found += _with_spread(row, said | {"arm": arm}, numbers, _of_arm(numbers), name=name)
    rest = [one for one in row.cells if not one[0].arm]
    own = [one for one in rest if one[0].kind not in OF_AN_EFFECT | {"p"}]
    for k, effect in enumerate(table.effects):
        cells = [one for one in rest if one[0].kind in OF_AN_EFFECT | {"p"} and one[0].effect == k]
        numbers = _numbers(row, [*cells, *own] if k == 0 else cells)
        found += _of_effect(row, said, numbers, effect, k)
    return [] if row.slips else found


def _of_effect(row: Row, said: Mapping[str, str], numbers: dict[str, Reported], effect: Effect, k: int) -> list[Result]:
    """Return the results of a row beside the columns of arms: one, or an arm's own and its effect against another."""
    if not numbers.keys() - {"n", "level"}:
        return []
    written = said["measure"].lower() if not effect.measure else effect.measure.lower()
    measure = MEASURE_NAMES.get(written, written.replace(" ", "-"))
    if measure and measure not in MEASURES:
        column = next((one for one, _ in row.cells if one.kind == "measure"), None)
        message = f"line {row.line}, column 'measure': {UnknownNameError('measure', said['measure'], MEASURES)}"
        if column is None:
            row.slips.append(message)
        else:
            row.odd.append(Odd(column, said["measure"], message))
        return []
    adjusted = {} if effect.adjusted is None else {"adjusted": "yes" if effect.adjusted else "no"}
    said = {**said, **adjusted}
    said["heard"] = "" if said["adjusted"] else heard_of(row.cells, of_times=measure == "hazard-ratio") or row.heard
    name = "" if k == 0 else f".{measure or 'effect'}"
    values = {key: one for key, one in numbers.items() if key in ("x", "n", "mean", "median", "sd", "se")}
    if measure in EFFECTS and said["arm"] and values.keys() & {"x", "mean", "median"}:
        of_effect = {key: one for key, one in numbers.items() if key not in values}
        mine = _result(row, said, values, _of_arm(values), name=f".{_slug(said['arm'])}")
        if not of_effect.keys() & {"estimate", "lower", "upper"}:
            return _with_spread(row, said, numbers, _of_arm(values), name=name)
        return [mine, _result(row, said, of_effect, measure, name=name)]
    return _with_spread(row, said, numbers, measure or _of_arm(numbers), name=name, told=bool(measure))


def _with_spread(
    row: Row, said: Mapping[str, str], numbers: Mapping[str, Reported], measure: str, *, name: str, told: bool = True
) -> list[Result]:
    """Return a result, and beside one with an interval the same with its standard deviation or error."""
    found = [_result(row, said, numbers, measure, name=name, told=told)]
    if numbers.keys() & {"lower", "upper"} and numbers.keys() & {"sd", "se"} and found[0].estimate.value is not None:
        rest = {key: one for key, one in numbers.items() if key not in ("lower", "upper", "level", "p", "x")}
        kind = "sd" if "sd" in numbers else "se"
        found.append(_result(row, said, rest, measure, name=f"{name}.{kind}", told=told))
    return found


def _of_arm(numbers: Mapping[str, Reported]) -> str:
    """Return what the value of an arm measures, by the kinds of number that are printed of it."""
    if "mean" in numbers or "median" in numbers:
        return "mean" if "mean" in numbers else "median"
    if "x" in numbers or PERCENT in numbers:
        return "proportion"
    return "rate" if _RATE in numbers else ""


def _result(
    row: Row, said: Mapping[str, str], numbers: Mapping[str, Reported], measure: str, *, name: str, told: bool = True
) -> Result:
    number = numbers.get
    value = number("estimate") or number("mean") or number("median")
    unit = value.unit if value is not None else ""
    lower, upper = (bound.with_unit(unit) if (bound := number(side)) is not None else None
                    for side in ("lower", "upper"))  # fmt: skip
    level = number("level")
    if level is not None and level.value > 1:
        level = level.with_unit("%")
    spread = None
    around = "sd" if "sd" in numbers else "se" if "se" in numbers else ""
    if lower is not None or upper is not None:
        spread = Spread("confidence", lower, upper, level=level)
    elif around:
        spread = Spread(around, value=number(around))
    # A count with its total, whose estimate is a percentage, is a share of patients, whoever says so.
    surely = told or (measure == "proportion" and "n" in numbers and (value is None or unit == "%"))
    heard = said.get("heard", "") if measure in EFFECTS or "p" in numbers else ""
    estimate = Estimate(
        id=f"{row.id}{name}",
        measure=measure or "other",
        value=value,
        spread=spread,
        p=_p(row, said, number("p"), next((c.heading.test for c, _ in row.cells if c.heading.test), "")),
        x=number("x"),
        n=number("n"),
        unit=said["unit"] or None,
        arms=(said["arm"],) if said["arm"] else (),
        outcome=said["outcome"] or None,
        time=said["time"] or None,
        population=said["population"] or None,
        subgroup=said["subgroup"] or None,
        adjusted=bool(heard) or _flag(said["adjusted"]) if measure in EFFECTS or number("p") is not None else None,
        inferred=() if surely else ("measure",),
        where=Place(section=said["section"].lower() or None, line=row.line),
    )
    key = tuple(said[one].lower() for one in ("outcome", "time", "population", "subgroup"))
    others = tuple(cell for column, cell in row.cells if not column.kind)
    return Result(estimate, row.id, row.study, key, said["arm"], said["arms"], others, heard)


def _p(row: Row, said: Mapping[str, str], value: Reported | None, headed: str) -> PValue | None:
    if value is None:
        return None
    sided = re.sub(r"\D", "", said["sided"].replace("one", "1").replace("two", "2"))
    if said["sided"] and sided not in ("1", "2"):
        row.slips.append(f"line {row.line}, column 'sided': {said['sided']!r} is not 1 or 2.")
    return PValue(value, int(sided) if sided in ("1", "2") else None, said["test"] or headed or None)


def _flag(said: str) -> bool | None:
    if not said or re.fullmatch(r"[-\u2013\u2014.]|n/?a", said.lower()):
        return None
    if said.lower() in _TRUE | _FALSE:
        return said.lower() in _TRUE
    return not re.match(r"(?:un|not |no(?:ne|n-|thing)?\b|nil\b)", said.lower())  # "for age and sex"


def _slug(arm: str) -> str:
    return re.sub(r"\s+", "-", arm.strip().lower())


def _numbers(row: Row, cells: Sequence[tuple[Column, str]]) -> dict[str, Reported]:
    """Return the printed numbers of cells by what they are."""
    found: dict[str, Reported] = {}
    unread: set[str] = set()
    level = next((column.heading.level for column, cell in cells if cell and column.heading.level), "")
    for column, printed in cells:
        cell = without_marks(printed)
        if not cell or column.kind in (*WORDS_COLUMNS, *SAID_COLUMNS, "") or _is_of_the_reference(column, cell):
            continue
        where = f"line {row.line}, column {column.heading.text!r}"
        parts = split_cell(column.kind, cell)
        try:
            numbers = {name: Reported(text) for name, text in (parts or {}).items()}
            problem = "" if parts is not None else f"{printed!r} is not {what_is_accepted(column.kind)}."
        except InputError as odd:
            numbers, problem = {}, str(odd)
        if problem and not is_blank(cell):
            row.odd.append(Odd(column, printed, f"{where}: {problem}", is_none=is_no_number(cell)))
        unread |= {column.kind} if problem else set()
        for name, number in numbers.items():
            if name == PERCENT or (name == "estimate" and "x" in numbers):
                number = _as_share(column, number)
                found[PERCENT if name == "estimate" or number.unit or number.value <= 1 else _RATE] = number
                name = "estimate"
            found.setdefault(name, number)
    if unread & {"lower", "upper"}:
        found.pop("lower", None)
        found.pop("upper", None)
    if level and "level" not in found and found.keys() & {"lower", "upper"}:
        found["level"] = Reported(level)
    return found


def _is_of_the_reference(column: Column, cell: str) -> bool:
    """Whether a cell of an effect says that its row's arm is the one that others are compared with."""
    low = cell.lower()
    return column.kind in OF_AN_EFFECT | {"p"} and (low in _NO_VALUE or _REFERENCE.fullmatch(low) is not None)


def _as_share(column: Column, number: Reported) -> Reported:
    """Return a share with its per cent sign, where the heading has it, or a count stands before it in its cell."""
    if number.is_missing or number.unit:
        return number
    heading = column.heading.text.lower()
    signed = "%" in heading or "perc" in heading or "pct" in heading or column.kind != PERCENT
    return number.with_unit("%") if signed and number.value > 0 else number


def renamed(result: Result, name: str) -> Result:
    """Return a result whose claim has another id."""
    return replace(result, estimate=replace(result.estimate, id=name))
