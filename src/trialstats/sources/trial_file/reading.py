"""Reading a trial file, strictly."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from trialstats.claims.model import Arm, Basis, Paper, Size
from trialstats.errors import TrialFileError, UnknownNameError, check_name
from trialstats.sources.trial_file.places import Places, located, places_in, syntax_error
from trialstats.sources.trial_file.plans import plans_of_tables
from trialstats.sources.trial_file.rows import claims_of_rows
from trialstats.sources.trial_file.schema import TRIAL_FILE
from trialstats.sources.trial_file.shapes import Refused, Unquoted, inside
from trialstats.sources.trial_file.slips import slips_of_size
from trialstats.values import FrozenDict

SHIPPED_TRIALS = ("alienor", "lms03", "tamrad", "a021202", "desmoid")
"""Trials that come with trialstats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial(Paper):
    """A paper all of whose references are resolved, as read from a trial file.

    Arms stand in the order of the file, but the experimental arm first where ``[trial]`` names it.

    Attributes
    ----------
    toml : str or None
        The file as it was read, comments and layout included.
    """

    toml: str | None = field(default=None, repr=False, compare=False)


def read_trial(path: str | os.PathLike[str]) -> Trial:
    """Read a trial file.

    Parameters
    ----------
    path : str or path-like
        A TOML file.

    Returns
    -------
    Trial

    Raises
    ------
    TrialFileError
        If it cannot be read or is not a trial file; says file, line, row, value and what is accepted.

    Examples
    --------
    >>> trial = read_trial("no-such-file.toml")
    Traceback (most recent call last):
    ...
    trialstats.errors.TrialFileError: no-such-file.toml: there is no such file.
    """
    name = os.fspath(path)
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError:
        raise TrialFileError("there is no such file.", file=name) from None
    except IsADirectoryError:
        raise TrialFileError("this is a directory; accepted is one trial file (.toml).", file=name) from None
    except OSError as error:
        raise TrialFileError(f"it cannot be read: {error.strerror}.", file=name) from None
    except ValueError as error:  # a null byte in the name
        raise TrialFileError(f"it cannot be read: {error}.", file=name) from None
    return _parse(data, name)


def load_trial(name: str) -> Trial:
    """Read one of the trials that come with trialstats.

    Parameters
    ----------
    name : str
        A name of `SHIPPED_TRIALS`.

    Returns
    -------
    Trial

    Examples
    --------
    >>> load_trial("alienor").claim("orr.combination").value
    Reported(text='44%', digits='44', relation='=', unit='%')
    """
    check_name("shipped trial", name, SHIPPED_TRIALS)
    package = Path(__file__).resolve().parents[2]
    # In the wheel they lie in the package, in a checkout beside src.
    shipped = package / "seeds" / f"{name}.toml"
    trial = read_trial(shipped if shipped.exists() else package.parents[1] / "seeds" / f"{name}.toml")
    return replace(trial, source=f"seeds/{name}.toml")  # a report of it reads the same on every machine


def parse_trial(text: str, source: str = "<text>") -> Trial:
    """Read a trial from the text of a trial file, which messages call ``source``.

    Examples
    --------
    >>> trial = parse_trial('''
    ... schema = 1
    ... [trial]
    ... id = "example"
    ... [[rows]]
    ... id = "orr"
    ... measure = "proportion"
    ... value = "25%"
    ... ''')
    >>> trial.claim("orr").where.line
    5
    """
    return _parse(text.encode("utf-8", "surrogatepass"), source)


def _parse(data: bytes, source: str) -> Trial:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte {data[error.start]:#04x} is not UTF-8; save the file as UTF-8."
        raise TrialFileError(message, file=source, line=line) from None
    toml = text.removeprefix("\ufeff")
    try:
        document = tomllib.loads(toml, parse_float=Unquoted)
    except tomllib.TOMLDecodeError as error:
        raise syntax_error(str(error), text, source) from None
    except RecursionError:
        raise TrialFileError("its brackets are nested too deeply for TOML.", file=source) from None
    places = places_in(toml)
    try:
        paper = _paper(TRIAL_FILE.read(document), places)
    except Refused as refused:
        raise located(refused, document, places, source) from None
    return Trial(
        **paper,
        source=source,
        sha256=hashlib.sha256(data).hexdigest(),
        toml=text,
    )


def _paper(read: Mapping[str, Any], places: Places) -> dict[str, Any]:
    head, arms = read["trial"], _arms(read)
    lines = [places.get(("rows", index)) for index in range(len(read.get("rows", ())))]
    with inside("rows"):
        claims = claims_of_rows(read.get("rows", ()), tuple(arm.id for arm in arms), lines)
    with inside("plans"):
        tables = read.get("plans", ())
        plans = plans_of_tables(tables, [places.get(("plans", index)) for index in range(len(tables))])
    if same := {plan.id for plan in plans} & {claim.id for claim in claims}:
        raise Refused(f"the id {min(same)!r} is that of a row and of a plan; accepted is one of each id.", "plans")
    return {
        "id": head["id"],
        "arms": arms,
        "claims": claims,
        "plans": plans,
        "of": _sizes(head.get("of", {}), "trial", "of"),
        "basis": Basis.STATED if head.get("draft", False) else Basis.TYPED,
        "title": head.get("title"),
        "registry": head.get("registry"),
        "citation": _words(head.get("citation", {})),
        "design": _words(head.get("design", {})),
    }


def _arms(read: Mapping[str, Any]) -> tuple[Arm, ...]:
    arms = {
        name: Arm(name, arm["label"], _sizes(arm.get("of", {}), "arms", name, "of"))
        for name, arm in read.get("arms", {}).items()
    }
    experimental = read["trial"].get("experimental")
    if experimental is None:
        return tuple(arms.values())
    if experimental not in arms:
        raise Refused(str(UnknownNameError("arm", experimental, arms)), "trial", "experimental")
    return (arms.pop(experimental), *arms.values())


def _sizes(sizes: Mapping[str, Any], *path: str) -> Mapping[str, Size]:
    found = {population: Size(size["value"], size.get("source")) for population, size in sizes.items()}
    for population, size in found.items():
        for key, slip in slips_of_size(population, size):
            raise Refused(f"{slip}.", *path, key)
    return FrozenDict(found)


def _words(table: Mapping[str, Any]) -> Mapping[str, str]:
    """Return citation and design as words, as a paper holds them."""
    return FrozenDict(
        {key: str(value).lower() if isinstance(value, bool) else str(value) for key, value in table.items()}
    )
