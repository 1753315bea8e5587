"""The shapes of a trial file's values: each reads one value strictly and describes itself to editors."""

# ruff: noqa: D102 - `read` and `schema` are described once, in Shape
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol

from trialstats.errors import InputError, NotTextError, UnknownNameError
from trialstats.reported import Reported

NOT_PRINTED = "not printed"
"""Stands in a list of numbers for one that the paper does not print: TOML has no null."""

# What other formats call a key, where its spelling does not lead to ours.
_MEANT = {"of": "from", "ci": "value", "estimate": "value", "pvalue": "p", "p_value": "p", "p-value": "p"}


class Refused(Exception):  # noqa: N818 - it never leaves trial.py, which says file, line and row
    """A value is not accepted; ``path`` leads to it from where it was raised."""

    def __init__(self, message: str, *path: str | int) -> None:
        self.message, self.path = message, path
        super().__init__(message)


@contextmanager
def inside(*path: str | int) -> Iterator[None]:
    """Let a refusal within say where that is, as seen from further out."""
    try:
        yield
    except Refused as refused:
        raise Refused(refused.message, *path, *refused.path) from None


@dataclass(frozen=True, slots=True)
class Unquoted:
    """A TOML float as it was typed, so that a message can repeat it with its trailing zeros."""

    text: str


def _shown(value: object) -> str:
    match value:
        case str():
            return repr(value if len(value) <= 60 else value[:57] + "...")
        case bool():
            return str(value).lower()
        case Unquoted():
            return value.text
        case list():
            return f"a list of {len(value)}"
        case dict():
            return f"a table of {', '.join(value) or 'nothing'}"
        case _:
            return str(value)


def _is_bare_number(value: object) -> bool:
    return isinstance(value, int | Unquoted) and not isinstance(value, bool)


# ---- Shapes ----------------------------------------------------------------------------------------------------------
class Shape(Protocol):
    """A kind of value: reads one strictly and describes itself to editors."""

    def read(self, given: Any) -> Any:
        """Return the value, or raise `Refused`."""

    def schema(self) -> dict[str, Any]:
        """Return its JSON Schema."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words; ``solid`` without white space, as an id must be."""

    solid: bool = False
    banned: tuple[str, str] = ("", "")

    def read(self, given: Any) -> str:
        if _is_bare_number(given):
            raise Refused(f'{_shown(given)} is a number where text is meant. Write "{_shown(given)}".')
        if not isinstance(given, str):
            raise Refused(f"{_shown(given)} is given where text in quotes is meant.")
        if not given.strip():
            raise Refused("the text is empty; leave the key out instead.")
        if self.solid and re.search(r"\s", given):
            raise Refused(f"{_shown(given)} holds white space; accepted is one word such as 'orr' or 'pfs-hr'.")
        if given == self.banned[0]:
            raise Refused(f"{_shown(given)} is not accepted here: {self.banned[1]}.")
        return given

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\S+$" if self.solid else r"\S"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A name on a menu."""

    what: str
    menu: tuple[str, ...]

    def read(self, given: Any) -> str:
        if not isinstance(given, str) or given not in self.menu:
            name = given if isinstance(given, str) else _shown(given)
            raise Refused(str(UnknownNameError(self.what, name, self.menu)))
        return given

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.menu)}


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    def read(self, given: Any) -> bool:
        if not isinstance(given, bool):
            raise Refused(f"{_shown(given)} is neither true nor false (without quotes).")
        return given

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number that is not a printed figure: a code or a year."""

    low: int
    high: int

    def read(self, given: Any) -> int:
        if isinstance(given, bool) or not isinstance(given, int) or not self.low <= given <= self.high:
            few = self.high - self.low < 3
            menu = " or ".join(map(str, range(self.low, self.high + 1)))
            accepted = menu if few else f"a whole number from {self.low} to {self.high}"
            raise Refused(f"{_shown(given)} is not accepted; accepted is {accepted}, without quotes.")
        return given

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed number, in quotes."""

    def read(self, given: Any) -> Reported:
        if _is_bare_number(given):
            raise Refused(
                f"{_shown(given)} is a number where a printed number, that is text, is meant: a number loses its "
                f'trailing zeros, and they say how precisely it was printed. Write "{_shown(given)}" as printed.'
            )
        if not isinstance(given, str):
            raise Refused(f"{_shown(given)} is given where a printed number in quotes is meant.")
        try:
            return Reported(given)
        except InputError as error:
            raise Refused(str(error)) from None

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"\S"}


@dataclass(frozen=True, slots=True)
class PrintedTime:
    """A printed number with the unit of time behind it; ``bare`` allows one without."""

    units: tuple[str, ...]
    bare: bool = False

    def read(self, given: Any) -> tuple[Reported, str | None]:
        words = given.split() if isinstance(given, str) else []
        unit = next((unit for unit in self.units if len(words) > 1 and unit.rstrip("s") == words[-1].rstrip("s")), None)
        if unit is None and not self.bare:
            raise Refused(
                f'{_shown(given)} is not a time; accepted is a printed number with its unit, such as "24 months": '
                f"{', '.join(self.units)}."
            )
        return Printed().read(given if unit is None else " ".join(words[:-1])), unit

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"\S" if self.bare else rf"^\S+ ({'|'.join(self.units)})$"}


@dataclass(frozen=True, slots=True)
class Allocation:
    """How many patients of each arm there are to those of the others: ``2:1``."""

    def read(self, given: Any) -> tuple[int, ...]:
        if not isinstance(given, str) or re.fullmatch(r"[1-9]\d?(:[1-9]\d?){1,9}", given) is None:
            raise Refused(f'{_shown(given)} is not an allocation; accepted is text such as "2:1".')
        return tuple(int(part) for part in given.split(":"))

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^[1-9]\d?(:[1-9]\d?){1,9}$"}


@dataclass(frozen=True, slots=True)
class Level:
    """A level with its per cent sign."""

    def read(self, given: Any) -> Reported:
        with suppress(InputError, NotTextError):
            level = Reported(given)
            if level.unit == "%" and level.relation == "=" and 0 < level.value < 1:
                return level
        message = f'{_shown(given)} is not a level; accepted is text with its per cent sign, such as "95%".'
        raise Refused(message)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{1,2}(\.\d+)? ?%$"}


@dataclass(frozen=True, slots=True)
class Numbers:
    """One printed number, or a list of it and what was printed around it."""

    def read(self, given: Any) -> tuple[Reported | None, ...]:
        if not isinstance(given, list):
            return (Printed().read(given),)
        if not 1 <= len(given) <= 3:
            raise Refused(
                f"{_shown(given)} numbers is not accepted; accepted is [estimate], [estimate, lower, upper], "
                "or [estimate, sd] where spread is sd or se."
            )
        return tuple(None if each == NOT_PRINTED else Printed().read(each) for each in given)

    def schema(self) -> dict[str, Any]:
        number = Printed().schema()
        return {"anyOf": [number, {"type": "array", "items": number, "minItems": 1, "maxItems": 3}]}


@dataclass(frozen=True, slots=True)
class OneOrMore:
    """One word, or a list of them."""

    what: str

    def read(self, given: Any) -> tuple[str, ...]:
        words = given if isinstance(given, list) else [given]
        if not words:
            raise Refused(f"the list of {self.what} is empty; leave the key out instead.")
        found = tuple(Text(solid=True).read(each) for each in words)
        if len(set(found)) < len(found):
            raise Refused(f"the list of {self.what} names one twice: {', '.join(found)}.")
        return found

    def schema(self) -> dict[str, Any]:
        word = Text(solid=True).schema()
        return {"anyOf": [word, {"type": "array", "items": word, "minItems": 1, "uniqueItems": True}]}


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: the shape of its value and what it means."""

    shape: Shape
    meaning: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with known keys only."""

    what: str
    keys: Mapping[str, Key]

    def read(self, given: Any) -> dict[str, Any]:
        if not isinstance(given, dict):
            raise Refused(f"{_shown(given)} is given where {self.what} is a table.")
        read = {}
        for name, value in given.items():
            key = self.keys.get(name)
            if key is None:
                raise Refused(str(UnknownNameError(f"key of {self.what}", name, self.keys, _MEANT)), name)
            with inside(name):
                read[name] = key.shape.read(value)
        for name, key in self.keys.items():
            if key.required and name not in read:
                raise Refused(f"{self.what} has no {name!r} ({key.meaning}).")
        return read

    def schema(self) -> dict[str, Any]:
        properties = {name: {**key.shape.schema(), "description": key.meaning} for name, key in self.keys.items()}
        required = [name for name, key in self.keys.items() if key.required]
        found: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
        return {**found, "required": required} if required else found


@dataclass(frozen=True, slots=True)
class ValueOrTable:
    """A bare value, or a table that holds it under ``value`` with more beside it; read as the table."""

    bare: Shape
    table: Table

    def read(self, given: Any) -> dict[str, Any]:
        return self.table.read(given) if isinstance(given, dict) else {"value": self.bare.read(given)}

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [self.bare.schema(), self.table.schema()]}


@dataclass(frozen=True, slots=True)
class Named:
    """A table whose keys are names of the keeper's own or of a menu, all with values of one shape."""

    what: str
    shape: Shape
    menu: tuple[str, ...] = ()

    def read(self, given: Any) -> dict[str, Any]:
        if not isinstance(given, dict) or not given:
            raise Refused(f"{_shown(given)} is given where {self.what} is a table with at least one key.")
        read = {}
        for name, value in given.items():
            with inside(name):
                (Choice(self.what, self.menu) if self.menu else Text(solid=True)).read(name)
                read[name] = self.shape.read(value)
        return read

    def schema(self) -> dict[str, Any]:
        names = {"enum": list(self.menu)} if self.menu else {"pattern": r"^\S+$"}
        return {
            "type": "object",
            "additionalProperties": self.shape.schema(),
            "propertyNames": names,
            "minProperties": 1,
        }


@dataclass(frozen=True, slots=True)
class Rows:
    """An array of tables."""

    row: Table
    begins: str = "[[rows]]"
    apart: tuple[tuple[str, str], ...] = ()
    """What one row cannot state twice; the reader refuses the same pairs in words."""

    def read(self, given: Any) -> list[dict[str, Any]]:
        if not isinstance(given, list):
            raise Refused(f"{_shown(given)} is given where each {self.row.what.split()[-1]} begins with {self.begins}.")
        read = []
        for index, row in enumerate(given):
            with inside(index):
                read.append(self.row.read(row))
        return read

    def schema(self) -> dict[str, Any]:
        items = self.row.schema()
        if self.apart:
            items["allOf"] = [{"not": {"required": list(pair)}} for pair in self.apart]
        return {"type": "array", "items": items}
