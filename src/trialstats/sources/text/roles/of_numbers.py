"""Text -> the role of every number in it: those of claims, the sizes of groups, and what the others stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from trialstats.claims.model import Claim, Estimate, Paper, Plan
from trialstats.errors import InputError
from trialstats.sources.text.reading import Read, read, refuse_no_text
from trialstats.sources.text.roles.unclaimed import Unclaimed
from trialstats.sources.text.tokens.document import BOUND, LEVEL, LIMIT, SCALE

ROLES: Mapping[str, str] = MappingProxyType(
    {
        "estimate": "the value of a result",
        "bound": "a limit of a confidence or credible interval",
        "level": "the level of an interval",
        "P": "a P value",
        "count": "how many patients had an event, or how many events there were",
        "denominator": "of how many a count is",
        "size": "how many patients a group or the trial had",
        "spread": "a standard deviation or error, a quartile, a smallest or largest value",
        "test statistic": "the statistic of a test, or its degrees of freedom",
        "time point": "when something was measured or done, or how long it took",
        "duration of follow-up": "how long patients were followed",
        "dose": "how much of a treatment, or how often",
        "age limit": "an age, as of those who could take part",
        "grade or stage": "a grade, stage, class or score",
        "date": "a year or a day",
        "reference": "a page, volume, table or note",
        "identifier": "a part of a name, a registration or an address",
        "other": "none of these; the reason says what, or that we do not know",
    }
)
"""What a number of a text can be, and what that means."""

UNKNOWN = "nothing we know"
"""The reason of a number of which nobody knows what it stands for."""


@dataclass(frozen=True, slots=True)
class NumberRole:
    """A number of a text, and what it stands for.

    Attributes
    ----------
    start, end : int
        Where it stands: ``text[start:end]`` is the number, without a sign, a relation, a per cent sign and a unit.
    role : str
        One of `ROLES`.
    reason : str
        More of the role, where there is more to say: ``lower``, ``standard deviation``, ``randomised``, ``design``.
    claim : str or None
        The claim that it belongs to, the first if there are several.
    arms : tuple of str
        Whose it is, as far as that is known: ids of arms.
    """

    start: int
    end: int
    role: str
    reason: str = ""
    claim: str | None = None
    arms: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether anything is known of what it stands for."""
        return self.reason != UNKNOWN

    def __str__(self) -> str:
        return f"{self.role}: {self.reason}" if self.role == "other" else self.role


def number_roles(text: str | Paper) -> tuple[NumberRole, ...]:
    """Return what every number of a text stands for, in order.

    Numbers in words are among them where they count something.

    Parameters
    ----------
    text : str or Paper
        A text, or what was read from one.

    Returns
    -------
    tuple of NumberRole
        They do not overlap.

    Raises
    ------
    InputError
        If ``text`` is no text, or a paper that was not read from one.

    Examples
    --------
    >>> text = "At 12 months, 9 of 40 women (22%; 95% CI, 11 to 38) given 5 mg had relapsed (NCT00000000)."
    >>> for one in number_roles(text):
    ...     print(text[one.start : one.end], "-", one, one.claim or "")
    12 - time point
    9 - count c1
    40 - denominator c1
    22 - estimate c1
    95 - level
    11 - bound c1
    38 - bound c1
    5 - dose
    00000000 - identifier
    """
    if isinstance(text, Paper):
        if text.text is None:
            raise InputError(f"{text.id}: was not read from a text, so that its numbers have no place in one.")
        text = text.text
    else:
        refuse_no_text(text)
    return read_numbers(text)[1]


def read_numbers(text: str) -> tuple[Paper, tuple[NumberRole, ...]]:
    """Return what `extract` reads of a text, and what `number_roles` says of its numbers, for one reading."""
    reading = read(text, "text")
    known = _of_claims(reading.paper.claims)
    for one in (*_of_plans(reading.paper.plans), *_of_ambiguous(reading), *_of_sizes(reading)):
        known.setdefault(one.start, one)
    return reading.paper, tuple(_Numbers(reading, known))


# ---------------------------------------------------------------------------------------------------- what was read
_PART_OF = MappingProxyType({"lower": "bound", "upper": "bound", "x": "count", "n": "denominator", "p": "P"})
_SPREADS = MappingProxyType(
    {"iqr": "quartile", "range": "smallest or largest", "sd": "standard deviation", "se": "standard error"}
)


def _of_claims(claims: tuple[Claim, ...]) -> dict[int, NumberRole]:
    found: dict[int, NumberRole] = {}
    for claim in claims:
        for name, start, end in claim.where.numbers:
            if start not in found:
                role, reason = _part(claim, name)
                found[start] = NumberRole(start, end, role, reason, claim.id, claim.arms)
    return found


def _part(claim: Claim, name: str) -> tuple[str, str]:
    if name == "value":
        measure = claim.measure if isinstance(claim, Estimate) else ""
        return ("count", "") if measure == "count" else ("estimate", measure)
    if name in ("lower", "upper") and isinstance(claim, Estimate) and claim.spread is not None:
        kind = claim.spread.kind
        return ("spread", _SPREADS[kind]) if kind in _SPREADS else ("bound", name)
    return _PART_OF[name], ""


def _of_plans(plans: tuple[Plan, ...]) -> Iterator[NumberRole]:
    """Yield the numbers of design statements."""
    for plan in plans:
        for _, start, end in plan.where.numbers:
            yield NumberRole(start, end, "other", "design")


def _of_ambiguous(reading: Read) -> Iterator[NumberRole]:
    """Yield the numbers of what could be read in more than one way."""
    for interval, either in zip(reading.unsure, reading.paper.ambiguous, strict=True):
        for token in (interval.estimate, interval.rival, interval.lower, interval.upper):
            if token >= 0:
                start, end = reading.document.bare(token)
                role = "bound" if token in (interval.lower, interval.upper) else "estimate"
                yield NumberRole(start, end, role, _TWO_WAYS, either.readings[0].id)


_TWO_WAYS = "could be read in two ways"


def _of_sizes(reading: Read) -> Iterator[NumberRole]:
    """Yield every printed size, those first that are kept of an arm or of the whole."""
    for arm, group in zip(reading.paper.arms, reading.groups.arms, strict=True):
        for size in group.sizes:
            yield NumberRole(size.start, size.end, "size", size.population, arms=(arm.id,))
    for size in reading.groups.whole:
        yield NumberRole(size.start, size.end, "size", size.population)


# ------------------------------------------------------------------------------------------------- every number
_DIGITS = re.compile(r"[0-9](?:[0-9]|[.,](?=[0-9]))*")


class _Numbers:
    """Goes through the numbers of a text that was read."""

    def __init__(self, reading: Read, known: Mapping[int, NumberRole]) -> None:
        self.document = reading.document
        self.known = known
        self.unclaimed = Unclaimed(reading.document)
        self.levels = {interval.level for interval in (*reading.intervals, *reading.unsure)}
        self.p_places = {p.first: p.bare(reading.document) for p in reading.p_values}

    def __iter__(self) -> Iterator[NumberRole]:
        tokens, done, behind = self.document.tokens, 0, 0
        for token, letter in enumerate(self.document.letters):
            if tokens.starts[token] > behind:
                yield from self._between(max(done, behind), tokens.starts[token])
            behind = tokens.ends[token]
            if tokens.starts[token] >= done:
                for one in self._of_token(token, letter):
                    done = one.end
                    yield one
        yield from self._between(max(done, behind), len(tokens.text))

    def _between(self, begin: int, stop: int) -> Iterator[NumberRole]:
        """Yield the digits between two tokens: what follows a P value that ends within a number, P < 1,234."""
        for found in _DIGITS.finditer(self.document.tokens.text, begin, stop):
            yield _named(*found.span(), "other: a broken number")

    def _of_token(self, token: int, letter: str) -> Iterator[NumberRole]:
        if letter in "dq":
            yield self._of_digits(token)
        elif letter == "k":
            yield from self._in_words(token)
        elif letter == "x":
            # "not reached" stands for a number where it is one of a result.
            if (role := self.known.get(self.document.bare(token)[0])) is not None:
                yield role
        elif letter not in _NO_DIGITS:
            yield from self._inside(token, letter)

    def _of_digits(self, token: int) -> NumberRole:
        start, end = self.document.bare(token)
        if (role := self.known.get(start)) is not None:
            return role
        used = "level" if token in self.levels else _USED.get(self.document.used[token], "")
        return _named(start, end, used or self.unclaimed.role(token))

    def _in_words(self, token: int) -> Iterator[NumberRole]:
        """Yield a number in words, the whole of it, where it counts something."""
        tokens = self.document.tokens
        start, last = tokens.starts[token], token
        while (found := _GOES_ON.match(self.document.letters, last + 1)) is not None:
            following = found.end() - 1
            if "hundred" not in (tokens[last], tokens[following]):
                break
            last = following
        end = tokens.ends[last]
        if (role := self.known.get(start)) is not None:
            yield replace(role, end=max(end, role.end))
        elif named := self.unclaimed.own(last):
            yield _named(start, end, named)

    def _inside(self, token: int, letter: str) -> Iterator[NumberRole]:
        """Yield the numbers inside a token that is no number: of a P value, of a name, of a unit."""
        tokens = self.document.tokens
        begin, stop = tokens.starts[token], tokens.ends[token]
        place = self.p_places.get(token) if letter == "P" else None
        for found in _DIGITS.finditer(tokens.text, begin, stop if place is None else place[0]):
            yield self.known.get(found.start()) or _named(*found.span(), _INSIDE.get(letter, "identifier"))
        if place is not None and _DIGITS.search(tokens.text, *place) is not None:
            yield self.known.get(place[0]) or NumberRole(*place, "P")


_USED = MappingProxyType({LEVEL: "level", BOUND: "bound", SCALE: "other: scale", LIMIT: "other: limit"})
_NO_DIGITS = frozenset("S().,;:/merz+oatvn")
_GOES_ON = re.compile(r"a?k")
_INSIDE = MappingProxyType({"P": "other: sides of a test", "C": "level", "u": "other: part of a unit"})


def _named(start: int, end: int, named: str) -> NumberRole:
    role, _, reason = named.partition(": ")
    return NumberRole(start, end, role, reason)
