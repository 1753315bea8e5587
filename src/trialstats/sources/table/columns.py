"""Whose each column of a table is: an arm's, an effect's, the row's; and which columns nobody understands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trialstats.errors import InputError
from trialstats.sources.table.headings import (
    BOTH,
    KNOWN,
    OF_AN_EFFECT,
    OF_NUMBERS,
    OF_SO_MANY,
    VALUES_OF_ARMS,
    WITH_BOUNDS,
    WITH_SHARE,
    Heading,
    read_heading,
)

COLUMNS = ("id", "study", "outcome", "arm", "arms", "time", "population", "subgroup", "section", "measure", "estimate",
           "lower", "upper", "level", "p", "x", "n", "mean", "sd", "se", "median", "unit", "adjusted", "test",
           "sided")  # fmt: skip
"""The names of columns that are always understood."""
_RATIOS = frozenset({"HR", "OR", "RR"})
_TWO = 2
_NAMES_OF_ROWS = ("id", "study", "outcome", "arm", "unit", "time", "adjusted")
_IN_ONE_CELL = frozenset({OF_SO_MANY, WITH_SHARE})
_BOUND_COLUMNS = frozenset({"lower", "upper", BOTH, WITH_BOUNDS})


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect of each row: the measure and the analysis that its heading names, as far as it does."""

    measure: str = ""
    adjusted: bool | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it holds, and of which arm or effect."""

    heading: Heading
    kind: str
    """Empty where no rule says what it holds, or where another column says the same of a row."""
    arm: str = ""
    effect: int = 0
    """Which of the table's effects it is of, where it is of one."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table, the arms that have columns of their own, and the effects."""

    columns: tuple[Column, ...]
    arms: tuple[str, ...]
    effects: tuple[Effect, ...]

    @property
    def kinds(self) -> frozenset[str]:
        """What the columns hold."""
        return frozenset(one.kind for one in self.columns if one.kind)


def read_columns(header: Sequence[str], name: str) -> Columns:
    """Return whose each column is, or refuse a table of which no column is known, or two say the same.

    Examples
    --------
    >>> read_columns(("outcome", "events A", "n A", "events B", "n B", "RR"), "the table").arms
    ('A', 'B')
    """
    headings = [read_heading(text) for text in header]
    arms = {} if any(one.kind == "arm" for one in headings) else _arms(headings)
    headings = [
        replace(one, kind="") if one.arm and _key(one.arm) not in arms else one for one in headings
    ]  # fmt: skip
    # Beside the arms' own numbers of patients another one is of both, or of nobody knows whom.
    headings = [replace(one, kind="") if arms and not one.arm and one.kind in ("x", "n") else one for one in headings]
    kinds = {one.kind for one in headings}
    if OF_NUMBERS.isdisjoint(kinds):
        raise InputError(f"{name}: no column is known; accepted are {', '.join(COLUMNS)}, got {', '.join(header)}.")
    named = _named_once(headings)
    effects, of_effect = _effects(named)
    columns = tuple(
        Column(one, _kind(one, named), arms[_key(one.arm)] if one.arm and one.kind else "", effect)
        for one, effect in zip(named, of_effect, strict=True)
    )
    _refuse_twins(columns, effects, name)
    return Columns(columns, tuple(dict.fromkeys(arms.values())), effects)


def names_columns(cells: Sequence[str]) -> bool:
    """Whether cells look like the headings of a table: two that are known, one of them of printed numbers."""
    headings = [read_heading(cell) for cell in cells]
    known = {one.kind for one in headings if not one.arm} & KNOWN
    return (len(known) >= _TWO and not known.isdisjoint(OF_NUMBERS)) or bool(_arms(headings))


def _key(arm: str) -> str:
    return arm.strip().lower()


def _arms(headings: Sequence[Heading]) -> dict[str, str]:
    """Return the arms that have columns of their own, by their words in small letters, in order."""
    found: dict[str, list[Heading]] = {}
    for one in headings:
        if one.kind and one.may_be_of_an_arm:
            found.setdefault(_key(one.arm), []).append(one)
    arms = {
        key: of[0].arm for key, of in found.items()
        if not VALUES_OF_ARMS.isdisjoint(one.kind for one in of)
        and (len(of) >= _TWO or of[0].names_an_arm or of[0].kind in _IN_ONE_CELL)
    }  # fmt: skip
    kinds = [{one.kind for one in found[key]} & VALUES_OF_ARMS for key in arms]
    alike = len(arms) >= _TWO and bool(frozenset.intersection(*map(frozenset, kinds)))
    return arms if alike else {}


def _named_once(headings: Sequence[Heading]) -> list[Heading]:
    """Leave alone what would name a row twice, "endpoint" beside "outcome": its own name goes first, then the first."""
    chosen: dict[str, int] = {}
    for k, one in enumerate(headings):
        if one.kind in _NAMES_OF_ROWS and (one.kind not in chosen or one.text.strip().lower() == one.kind):
            chosen[one.kind] = k
    return [
        replace(one, kind="again") if chosen.get(one.kind, k) != k else one
        for k, one in enumerate(headings)
    ]  # fmt: skip


def _kind(one: Heading, headings: Sequence[Heading]) -> str:
    """Return what a column holds: bounds alone where another column has the estimate of the same measure."""
    if one.kind not in (BOTH, WITH_BOUNDS) or not one.measure:
        return "" if one.kind == "again" else one.kind
    beside = any(other.kind == "estimate" and other.measure == one.measure for other in headings)
    return BOTH if beside else WITH_BOUNDS


def _effects(headings: Sequence[Heading]) -> tuple[tuple[Effect, ...], list[int]]:
    """Return the effects of a table, and which of them each column is of."""
    effects: list[Effect] = []
    of_column: list[int] = []
    for one in headings:
        if one.kind in OF_AN_EFFECT | {"p"} and not one.arm:
            own = Effect(one.measure, one.adjusted)
            if one.kind != "estimate" and not one.measure and one.adjusted is not None:
                named = [k for k, effect in enumerate(effects) if effect.adjusted == one.adjusted]
                of_column.append(named[-1] if named else max(len(effects) - 1, 0))
                continue
            if one.kind == "estimate" or one.measure:
                known = [k for k, effect in enumerate(effects) if _is_of(one, effect)]
                if not known:
                    effects.append(own)
                of_column.append(known[-1] if known else len(effects) - 1)
                continue
        of_column.append(max(len(effects) - 1, 0))
    return tuple(effects) or (Effect(),), of_column


def _is_of(one: Heading, effect: Effect) -> bool:
    """Whether a column is of an effect that one to its left names."""
    return one.measure == effect.measure and (one.kind != "estimate" or one.adjusted == effect.adjusted)


def _refuse_twins(columns: Sequence[Column], effects: Sequence[Effect], name: str) -> None:
    """Refuse a table in which two columns say the same: nobody knows which is meant."""
    first: dict[tuple[str, str, object], str] = {}
    for one in columns:
        if not one.kind:
            continue
        of: object = one.effect if one.kind in OF_AN_EFFECT | {"p"} else ""
        if one.kind == "estimate":
            effect = effects[one.effect]
            alone = any(not other.measure for other in effects)
            of = "any" if alone else ("ratio" if effect.measure in _RATIOS else effect.measure, effect.adjusted)
        key = (one.kind, one.arm, of)
        if key in first:
            whose = f" of {one.arm!r}" if one.arm else ""
            raise InputError(
                f"{name}: the columns {first[key]!r} and {one.heading.text!r} both give the {one.kind}{whose}; "
                "leave one."
            )
        first[key] = one.heading.text
    for k in range(len(effects)):
        of_bounds = [one for one in columns if one.effect == k and one.kind in _BOUND_COLUMNS]
        whole = next((one for one in of_bounds if one.kind in (BOTH, WITH_BOUNDS)), None)
        side = next((one for one in of_bounds if one.kind in ("lower", "upper")), None)
        if whole is not None and side is not None:
            raise InputError(
                f"{name}: the columns {whole.heading.text!r} and {side.heading.text!r} both give a bound; leave one."
            )
