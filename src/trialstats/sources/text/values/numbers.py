"""The numbers of one document that no reader of intervals took, and what can be asked of each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from trialstats.sources.text.numbers.by_words import role_of
from trialstats.sources.text.numbers.with_percentage import Count
from trialstats.sources.text.plans.planned import is_near_a_limit, is_planned, tells_limit
from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.words.of_measures import Named, named_in

_CRITERIA = re.compile(r"\b(?:inclusion criteria|eligible (?:patients|participants|subjects|if)|eligibility)\b")
_DID_ANY = re.compile(
    r"[0-9%)] (?:withdrew|died|were|was|had|did|received|completed|met|refused|declined)\b|\brandomi[sz]ed\b"
)


_SHORT_MEDIAN = re.compile(r"\bmedian (?:[a-z-]{2,20} ){1,4}[(\[]([a-z]{2,6})[)\]]")
_HALF_WIDTH = re.compile(r"(?:±|\+/-) ?(?:9[059] ?% ?)?(?:ci|confidence (?:interval|limit)s?)\b")
_NOTHING = re.compile(r"(?!)")
_IN_CAPITALS = re.compile(r"\b[A-Z]{2,8}[ -]$")


@dataclass(slots=True)
class Value:
    """A result without an interval, as token indices (-1 where there is none)."""

    measure: str
    value: int
    first: int
    last: int
    sign: int = 1
    lower: int = -1
    upper: int = -1
    signs: tuple[int, int] = (1, 1)
    spread: str = ""
    x: int = -1
    n: int = -1
    unit: str = ""
    guessed: bool = False
    counted: int | None = None


class Numbers:
    """The numbers of one document, and the results that were read of them so far."""

    def __init__(self, document: Document, sizes: frozenset[int], counts: Sequence[Count]) -> None:
        self.document = document
        self.sizes = sizes
        starts = document.tokens.starts
        places = (bisect_left(starts, size) for size in sizes)
        self.size_digits = {document.tokens[at] for at in places if at < len(starts)}
        self.found: list[Value] = []
        self.seeds = [Value("proportion", count.percent, count.first, count.last, unit="%") for count in counts]
        self.percentages = [count.percent for count in counts]
        self.asked = 0
        self.errors: bool | None = None
        self.roles: dict[int, str] = {}
        self.measures: dict[int, str] = {}
        self._named: dict[int, tuple[list[int], list[Named]]] = {}
        self._designs: dict[int, str] = {}
        self._medians: re.Pattern[str] | None = None
        self._half_widths: bool | None = None

    def free(self, token: int) -> bool:
        """Whether no result holds a number, and it is no size of a group."""
        document = self.document
        return not document.used[token] and document.tokens.starts[token] not in self.sizes

    def role(self, token: int) -> str:
        """Return what a number stands for that is no result; empty where the words do not tell."""
        if token not in self.roles:
            self.roles[token] = role_of(self.document, token)
        return self.roles[token]

    def named(self, token: int) -> list[Named]:
        """Return the measures named in a number's sentence before it."""
        first, last = self.document.sentence(token)
        starts = self.document.tokens.starts
        if first not in self._named:
            named = named_in(self.document, starts[first], starts[min(last, len(starts) - 1)])
            self._named[first] = [begin for _, begin, _ in named], named
        begins, named = self._named[first]
        here = starts[token]
        return named[bisect_left(begins, here - 260) : bisect_left(begins, here)]

    def before(self, token: int, reach: int = 90) -> str:
        """Return the words of its sentence before a number."""
        document = self.document
        start = document.tokens.starts[token]
        return document.tokens.text[max(document.tokens.starts[document.sentence(token)[0]], start - reach) : start]

    def cased(self, token: int, reach: int) -> str:
        """Return the words of its sentence before a number, capitals kept."""
        document = self.document
        start = document.tokens.starts[token]
        return document.cased[max(document.tokens.starts[document.sentence(token)[0]], start - reach) : start]

    def after(self, token: int, reach: int = 60) -> str:
        """Return the words behind a number."""
        tokens = self.document.tokens
        return tokens.text[tokens.ends[token] : tokens.ends[token] + reach]

    def add(self, value: Value) -> None:
        """Keep a result: its numbers are no longer free."""
        for token in (value.value, value.lower, value.upper, value.x, value.n):
            if token >= 0:
                self.document.used[token] = 1
                self.measures[token] = value.measure
        self.found.append(value)

    def is_short_median(self, before: str) -> bool:
        """Whether some words hold an abbreviation that the text defines as one of a median: "median survival (MS)"."""
        if self._medians is None:
            text = self.document.tokens.text
            named = [found[1] for found in _SHORT_MEDIAN.finditer(text)] if "median" in text else []
            self._medians = re.compile(rf"\b(?:{'|'.join(named)})\b") if named else _NOTHING
        return self._medians.search(before) is not None

    def is_name(self, token: int) -> bool:
        """Whether a number goes on an abbreviation that the text prints again and again, "ABC 400", or is 3 x 10(6)."""
        if self.after(token, 5).replace("×", "x").startswith((" x 10", "x10")):
            return True
        led = _IN_CAPITALS.search(self.cased(token, 14))
        if led is None:
            return False
        start = self.document.tokens.starts[token]
        name = self.document.cased[start - len(led[0]) : self.document.tokens.ends[token]]
        return self.document.cased.count(name) > 1

    def tells_half_widths(self) -> bool:
        """Whether the text says that what stands behind a plus-minus is half an interval: "means (± 95% CI)"."""
        if self._half_widths is None:
            self._half_widths = _HALF_WIDTH.search(self.document.tokens.text) is not None
        return self._half_widths

    def is_at_least(self, token: int) -> bool:
        """Whether a number is a limit written out: "> or = 25%", "< or = 3"."""
        return self.document.letters[max(0, token - 3) : token] == "rwe" and self.document.tokens[token - 2] == "or"

    def sign(self, token: int) -> int:
        """Return -1 for a number with a minus sign of its own."""
        return -1 if self.document.has_sign(token) else 1

    def single(self, token: int, measure: str, *, last: int = -1, **parts: object) -> Value:
        """Return a result of one number, with its sign and unit."""
        sign = self.sign(token)
        return Value(measure, token, token - (sign < 0), max(token, last), sign, unit=self.unit(token), **parts)  # type: ignore[arg-type]

    def unit(self, token: int) -> str:
        """Return the unit right behind a number."""
        document = self.document
        if document.letters[token] == "q":
            return "%"
        at = token + 1
        if document.letters.startswith(("zd", "(d)"), at):
            at += 2 if document.letters[at] == "z" else 3
        return document.tokens[at] if document.letters[at : at + 1] == "u" else ""

    def is_design(self, token: int) -> bool:
        """Whether a number is what was planned or a limit, or its sentence tells who could take part."""
        first, last = self.document.sentence(token)
        if first not in self._designs:
            words = self.document.text_between(first, last)
            self._designs[first] = "design" if _tells_criteria(words) or is_planned(words) else tells_limit(words)
        told = self._designs[first]
        return told == "design" or (told != "" and (told == "limit" or self._is_near_a_limit(token)))

    def _is_near_a_limit(self, token: int) -> bool:
        return is_near_a_limit(self.before(token, 120), self.after(token, 40))


def _tells_criteria(words: str) -> bool:
    if "criteria" not in words and "eligib" not in words:
        return False
    return _CRITERIA.search(words) is not None and _DID_ANY.search(words) is None


def whole_of(document: Document, token: int) -> int | None:
    """Return a number that is whole."""
    digits = document.digits(token)
    return int(digits) if digits.isdecimal() and len(digits) < 9 else None
