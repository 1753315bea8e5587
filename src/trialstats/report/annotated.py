"""A text with its claims marked: pieces of the original text, and a numbered note for every claim.

Claims may overlap (a P value compares two percentages that are claims themselves), and a claim may have
several findings. The text is therefore cut wherever a claim begins or ends; each piece knows every claim
that covers it, the longest first, and the claims that end with it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from trialstats.claims.model import Paper
from trialstats.explanations import Explanation
from trialstats.findings import Coverage, Finding, TrialFindings, Verdict
from trialstats.report.by_claim import by_claim
from trialstats.report.marks import MARKS, Mark
from trialstats.report.reading import arm_in_words, role_counts, sizes_in_words
from trialstats.report.record import clean
from trialstats.report.table import Row, TrialTable, asking
from trialstats.sources.text.roles.of_numbers import NumberRole, read_numbers
from trialstats.wording import as_percent, convention_words, count_words

SHOWN = 5
"""How many explanations a note lists, cheapest first."""

_IN_ITS_SENTENCE = frozenset({"two-arm-p"})
"""Checks whose explanations are pairs of tables, by the hundred thousand: the sentence names the cheapest."""

DEPTH = 3
"""How many claims may be seen to cover a piece of text at once; each draws a line of its own."""

# A text may hold what turns the direction of writing, or what HTML cannot: one space for each, so that places stay.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """The explanations of one finding."""

    check: str
    total: int
    best: tuple[tuple[str, str], ...]
    """The cheapest few: in words, and their share of the weight."""


@dataclass(frozen=True, slots=True)
class Note:
    """All that was found about one claim."""

    number: int
    """In the order of the text; 0 for what stands at no one place."""
    start: int
    end: int
    """Place in the original text."""
    row: Row
    quote: str
    """The words themselves."""
    listed: tuple[Listed, ...]
    """The explanations of what is explained."""

    @property
    def mark(self) -> Mark:
        """How the gravest of its findings is shown."""
        return self.row.main.mark


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the text, or what lies between two."""

    text: str
    about: str = ""
    """What the number stands for, and whose it is; empty between numbers."""
    known: bool = True
    arms: tuple[int, ...] = ()
    """Whose it is: the arms by their numbers."""
    whose: str = ""
    """The sign of these arms, where it is shown: at the value of a result, and at a size."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text."""

    text: str
    over: tuple[Note, ...]
    """The claims that cover it, the longest first."""
    ends: tuple[Note, ...]
    """The claims that end with it, in the order of their numbers."""
    parts: tuple[Number, ...] = field(default=(), repr=False)
    """Its numbers, and what lies between them."""


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """One text, in pieces, with its claims marked."""

    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    """In the order of the text, then what stands at no one place."""
    reading: str
    """How many numbers were read, and how many belong to no claim."""
    groups: tuple[tuple[str, str], ...] = ()
    """The arms and the whole: the sign by which the text shows whose a number is, and name and sizes in words."""
    roles: str = ""
    """How many numbers have which role."""

    @property
    def tallies(self) -> tuple[tuple[Mark, int], ...]:
        """How many claims have a verdict, what most needs a reader first; verdicts that none has are left out."""
        counts = Counter(note.mark.code for note in self.notes)
        return tuple((mark, counts[code]) for code, mark in MARKS.items() if counts[code])

    @property
    def first(self) -> tuple[tuple[str, tuple[Note, ...]], ...]:
        """What a summary lists, under its headings: the questions, the gravest first, and what to look at."""
        return asking(self.notes, lambda note: note.mark)

    @property
    def placed(self) -> tuple[Note, ...]:
        """The notes that stand at a place of the text."""
        return tuple(note for note in self.notes if note.number)

    @property
    def elsewhere(self) -> tuple[Note, ...]:
        """The notes about the text as a whole."""
        return tuple(note for note in self.notes if not note.number)


def annotate(found: TrialFindings, table: TrialTable) -> AnnotatedText | None:
    """Return the text of some findings with its claims marked, given their table; None where they come from no text.

    Examples
    --------
    >>> from trialstats.reanalysis import check
    >>> report = check("Response was 25% (8 of 32), the age 61.")
    >>> shown = annotate(report.trials[0], report.table.trials[0])
    >>> [(piece.text, [note.number for note in piece.over]) for piece in shown.pieces]
    [('Response was ', []), ('25% (8 of 32)', [1]), (', the age 61.', [])]
    >>> shown.reading
    '3 numbers of the text were read as parts of claims; 1 other number belongs to no claim that we can read.'
    """
    if found.text is None:
        return None
    notes = _notes(found, table, found.text)
    paper, roles = read_numbers(found.text)
    numbers = _Numbers(_CONTROL.sub(" ", found.text), paper, roles)
    pieces = tuple(_pieces(numbers, [note for note in notes if note.number]))
    counts = ", ".join(f"{name} {count}" for name, count in role_counts(roles))
    return AnnotatedText(pieces, notes, _reading(found.coverage), tuple(_groups(paper)), counts)


def _groups(paper: Paper) -> Iterator[tuple[str, str]]:
    for number, arm in enumerate(paper.arms, start=1):
        yield f"a{number}", arm_in_words(arm)
    if paper.of:
        yield "all", sizes_in_words(paper.of)


class _Numbers:
    """The numbers of a text by their places, with what they stand for and whose they are."""

    def __init__(self, text: str, paper: Paper, roles: Sequence[NumberRole]) -> None:
        self.text = text
        self.roles = roles
        self.starts = [one.start for one in roles]
        self.number = {arm.id: number for number, arm in enumerate(paper.arms, start=1)}
        self.valued = {one.claim for one in roles if one.role == "estimate"}
        self.label = {arm.id: arm.label for arm in paper.arms}

    def between(self, begin: int, stop: int) -> Iterator[Number]:
        """Yield the numbers from one place to another, and what lies between them."""
        for one in self.roles[max(0, bisect_right(self.starts, begin) - 1) : bisect_left(self.starts, stop)]:
            start, end = max(begin, one.start), min(stop, one.end)
            if start < end:
                if begin < start:
                    yield Number(self.text[begin:start])
                yield self._number(one, start, end)
                begin = end
        if begin < stop:
            yield Number(self.text[begin:stop])

    def _number(self, one: NumberRole, start: int, end: int) -> Number:
        reason = f" ({one.reason})" if one.reason and one.role != "other" else ""
        whose = " v ".join(self.label[arm] for arm in one.arms)
        arms = tuple(self.number[arm] for arm in one.arms)
        about = f"{one}{reason}{f': {whose}' if whose else ''}"
        shown = arms and end == one.end and (one.role in _BEARS_ITS_ARM or self._stands_alone(one))
        sign = "/".join(f"a{arm}" for arm in arms) if shown else ""
        return Number(self.text[start:end], about, one.is_known, arms, sign)

    def _stands_alone(self, one: NumberRole) -> bool:
        """Whether a count has no percentage beside it that bears the sign of its arm."""
        return one.role == "count" and one.claim not in self.valued


_BEARS_ITS_ARM = frozenset(("estimate", "size"))


_Placed = tuple[int, int, int, Row, Sequence[Finding]]


def _notes(found: TrialFindings, table: TrialTable, text: str) -> tuple[Note, ...]:
    placed: list[_Placed] = []
    elsewhere: list[tuple[Row, Sequence[Finding]]] = []
    rows = {row.claim: row for row in table.rows}
    for k, (claim, findings) in enumerate(by_claim(found.findings).items()):
        row = rows[clean(claim)]
        place = _place(findings, len(text))
        if place is None:
            elsewhere.append((row, findings))
        else:
            placed.append((*place, k, row, findings))
    placed = _without_idle_p(placed)
    placed.sort(key=lambda one: (one[1], -one[0], one[2]))  # numbered where they end, as their signs stand
    return (
        *(
            Note(number, start, end, row, _quoted(text[start:end]), _listed(findings))
            for number, (start, end, _, row, findings) in enumerate(placed, start=1)
        ),
        *(Note(0, 0, 0, row, "", _listed(findings)) for row, findings in elsewhere),
    )


def _without_idle_p(placed: list[_Placed]) -> list[_Placed]:
    """End a result before its P value where that has a finding of its own: what nobody checked bears no other sign."""
    starts = {row.claim: start for start, _, _, row, _ in placed}
    cut = []
    for start, end, k, row, findings in placed:
        stop = starts.get(f"{row.claim}.p", end)
        cut.append((start, stop if start < stop < end else end, k, row, findings))
    return cut


def _place(findings: Sequence[Finding], length: int) -> tuple[int, int] | None:
    for finding in findings:
        start, end = finding.where.start, finding.where.end
        if start is not None and end is not None and 0 <= start < end <= length:
            return start, end
    return None


def _quoted(words: str) -> str:
    return " ".join(_CONTROL.sub(" ", words).split())


def _listed(findings: Sequence[Finding]) -> tuple[Listed, ...]:
    """Return the explanations of what is explained; what is ordinary has the one in the line of its finding."""
    return tuple(
        Listed(
            finding.check,
            finding.explanations.total,
            tuple(
                (explained_in_words(one), f"{100 * finding.explanations.weight(k):.0f}%")
                for k, one in enumerate(finding.explanations.best(SHOWN))
            ),
        )
        for finding in findings
        if finding.verdict in (Verdict.EXPLAINED, Verdict.STRAINED)
        and finding.check not in _IN_ITS_SENTENCE
        and finding.explanations
    )


def explained_in_words(one: Explanation) -> str:
    """Return an explanation in one line: its data, its convention, and what they give before rounding.

    Examples
    --------
    >>> from trialstats.catalogue import Convention
    >>> from trialstats.explanations import Counts
    >>> wilson = Convention(method="wilson")
    >>> explained_in_words(Explanation(Counts(8, 32), wilson, lower=0.1325, upper=0.4211))
    '8 of 32: Wilson, 13.25% to 42.11%'
    """
    counts = count_words(one) if one.x is not None and one.n is not None else ""
    if counts and one.x2 is not None and one.n2 is not None:
        counts = f"{counts} v {one.x2} of {one.n2}"
    parts = [convention_words(one)]
    if counts and one.lower is not None and one.upper is not None and -1 <= one.lower <= one.upper <= 1:
        parts.append(f"{as_percent(one.lower)} to {as_percent(one.upper)}")
    if one.p is not None:
        parts.append(f"P {one.p:.2g}")
    parts += one.readings
    told = ", ".join(part for part in parts if part)
    return ": ".join(part for part in (counts, told) if part) or "plainly rounded"


def _pieces(numbers: _Numbers, notes: Sequence[Note]) -> Iterator[Piece]:
    text = numbers.text
    ends: dict[int, list[Note]] = {}
    starts: dict[int, list[Note]] = {}
    for note in notes:
        starts.setdefault(note.start, []).append(note)
        ends.setdefault(note.end, []).append(note)
    cuts = sorted({0, len(text), *starts, *ends})
    active: dict[int, Note] = {}
    for begin, stop in pairwise(cuts):
        for note in starts.get(begin, ()):
            active[note.number] = note
        over = sorted(active.values(), key=lambda note: (note.start - note.end, note.number))
        here = ends.get(stop, [])
        yield Piece(text[begin:stop], tuple(over[-DEPTH:]), tuple(here), tuple(numbers.between(begin, stop)))
        for note in here:
            del active[note.number]


def _reading(coverage: Coverage) -> str:
    """Return how many numbers are parts of claims, and how many are not: what nobody read, nobody judged."""
    read = coverage.printed if coverage.read is None else coverage.read
    unread = coverage.printed - read
    parts = (
        "number of the text was read as part of a claim"
        if read == 1
        else "numbers of the text were read as parts of claims"
    )
    if not unread:
        return f"{read} {parts}; none is left over."
    others = "other number belongs" if unread == 1 else "other numbers belong"
    return f"{read} {parts}; {unread} {others} to no claim that we can read."
