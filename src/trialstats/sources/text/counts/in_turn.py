"""Find counts whose totals stand behind them in the same order: "61 (69%) and 44 (53%) of the 88 and 83 patients"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.words.of_values import PEOPLE

_AND = r"(?:,?[av]|[,;])"
_OF_THEM = r"w{0,5}ow{0,3}"


def _listed(form: str, groups: int) -> str:
    return _AND.join(form.format(at=at) for at in range(groups))


def _forms(groups: int) -> tuple[re.Pattern[str], ...]:
    totals = _listed(r"(?P<n{at}>d)", groups) + r"(?![dqu/m])"
    shares = rf"(?:[w,]{{0,4}}R?,?\({_AND.join(rf'(?P<q{at}>q)' for at in range(groups))}\))?"
    first, *more = (rf"(?P<x{at}>d)\((?P<q{at}>q)\)" for at in range(groups))
    return (
        # 61 (69%) and 44 (53%) of the 88 and 83 patients
        re.compile(rf"{_AND.join([first, *more])}{_OF_THEM}{totals}"),
        # 69% (61) and 53% (44) of the 88 and 83 patients
        re.compile(_listed(r"(?P<q{at}>q)\((?:ne)?(?P<x{at}>d)\)", groups) + _OF_THEM + totals),
        # 61 and 44 of the 88 and 83 patients (69% and 53%)
        re.compile(_listed(r"(?P<x{at}>d)", groups) + _OF_THEM + totals + shares),
        # of the 88 and 83 patients examined, 61 (69%) and 44 (53%), respectively
        re.compile(rf"ow{{0,2}}{totals}w{{1,12}},{_AND.join([first, *more])},?R"),
    )


_FORMS = tuple((groups, _forms(groups)) for groups in (4, 3, 2))
_TURNED = re.compile(rf"ow{{0,3}}d{_AND}d(?![dqu/m])")
_FEWEST = 5
_OF_PEOPLE = re.compile(rf" (?:[a-z-]{{1,20}} ){{0,2}}?{PEOPLE}\b")


@dataclass(frozen=True, slots=True)
class InTurn:
    """Counts with their totals, and their percentages where they are printed, as token indices."""

    x: tuple[int, ...]
    n: tuple[int, ...]
    q: tuple[int, ...]


def counts_in_turn(document: Document) -> Iterator[InTurn]:
    """Yield the counts of groups whose totals are listed in the order of the counts.

    Parameters
    ----------
    document : Document
    """
    letters = document.letters
    if _TURNED.search(letters) is None:
        return
    taken: set[int] = set()
    for groups, forms in _FORMS:
        for form in forms:
            for found in form.finditer(letters):
                one = InTurn(*(tuple(found.start(f"{name}{at}") for at in range(groups)) for name in "xnq"))
                tokens = {*one.x, *one.n}
                if tokens & taken or not _may_be(document, one):
                    continue
                taken |= tokens
                yield one if one.q[0] >= 0 else InTurn(one.x, one.n, ())


def _may_be(document: Document, one: InTurn) -> bool:
    """Whether no count is larger than its total, and people are counted."""
    printed = [document.digits(token) for token in (*one.x, *one.n)]
    if not all(digits.isdecimal() and len(digits) < _LONGEST for digits in printed):
        return False
    counts, totals = [list(map(int, half)) for half in (printed[: len(one.x)], printed[len(one.x) :])]
    if min(totals) < _FEWEST or any(x > n for x, n in zip(counts, totals, strict=True)):
        return False
    return one.q[0] >= 0 or _OF_PEOPLE.match(document.tokens.text, document.tokens.ends[one.n[-1]]) is not None


_LONGEST = 8
