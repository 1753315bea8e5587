"""Which one changed character would make numbers agree that do not: a finding's repairs, in words.

Not a check: a question is asked again of each copy of its claims in which one printed number has one other character
(`search.one_character`). A copy counts if the check then finds agreement, and no check asks anything new of it. A
repair is no verdict: many questions have several, and the finding says how many were tried and how many agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Any

from trialstats.catalogue import Catalogue
from trialstats.checks import CHECKS, find_check
from trialstats.checks.check import Check, Context
from trialstats.checks.order import SIGNED
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Claim, Comparison, Estimate, Paper, Place, Size
from trialstats.claims.plan import Plan
from trialstats.findings import Finding, Sum, Verdict
from trialstats.reported import Reported
from trialstats.search.one_character import REPAIRS, repairs
from trialstats.sources.text.reading import extract
from trialstats.values import EMPTY, FrozenDict, Kept, frozen
from trialstats.wording import joined

_MOST_NAMED = 3
_AGREES = (Verdict.REPRODUCED, Verdict.CONSISTENT)


@dataclass(frozen=True, slots=True)
class _Number:
    """A printed number that may be changed: its name in the report, and the paper with another in its place."""

    name: str
    printed: Reported
    put: Callable[[Paper, Reported], Paper]
    of_p: bool = False
    signed: bool = False
    whole: bool = False

    def copies(self) -> Iterator[tuple[Repair, Reported]]:
        """Yield the number with one changed character."""
        for kind, one in repairs(self.printed, of_p=self.of_p, signed=self.signed, whole=self.whole):
            yield Repair(self.name, self.printed.text, one.text, kind), one


@dataclass(frozen=True, slots=True)
class Repair:
    """One changed character that makes the numbers agree.

    Attributes
    ----------
    name : str
        Of the number: ``estimate``, ``lower``, ``upper``, ``p``, ``x``, ``n``, or that of a size or a plan's number.
    printed, repaired : str
    kind : str
        A name of `REPAIRS`.
    """

    name: str
    printed: str
    repaired: str
    kind: str


@dataclass(frozen=True)
class OneCharacter(Kept):
    """The repairs of one question, worked out when somebody reads it: `findings.Repairs`.

    Attributes
    ----------
    check : str
        Code of the check that asks.
    paper : Paper
    catalogue : Catalogue
    claim : str
    others : tuple of str
    where : Place
        Of the finding.
    adds : Sum or None
        What the check added up.
    """

    check: str
    paper: Paper
    catalogue: Catalogue
    claim: str
    others: tuple[str, ...]
    where: Place
    adds: Sum | None = None

    @cached_property
    def words(self) -> str:
        """What one changed character would do."""
        tried, found, of = self._answer
        return repair_words(tried, found, of) if tried else ""

    @cached_property
    def told(self) -> Mapping[str, Any]:
        """How many copies were tried, how many agree, the first of them; empty where none could be tried."""
        if not self._tried:
            return EMPTY
        first = [_as_told(one) for one in self._found[:_MOST_NAMED]]
        return FrozenDict({"one_character": frozen({"tried": self._tried, "agree": len(self._found), "first": first})})

    @property
    def _tried(self) -> int:
        return self._answer[0]

    @property
    def _found(self) -> list[Repair]:
        return self._answer[1]

    @cached_property
    def _answer(self) -> tuple[int, list[Repair], bool]:
        """How many copies were tried, the repairs, and whether there were more than could be tried."""
        if self.adds is not None and self.paper.text is not None:
            return _of_sum(self.adds, self)
        check = find_check(self.check)
        paper = _only_concerned(self.paper, self)
        if (before := _asked_again(check, paper, self)) is None:
            paper = self.paper
            before = _asked_again(check, paper, self)
        made = list(islice(_copies(paper, self), _MOST_MADE))
        possible = [one for one in made if _may_agree(check, one[1], self)]
        copies = possible[: min(check.most_repairs, _affordable(paper))]
        if before is None or not made:
            return 0, [], False
        asked = _questions(paper, self.catalogue)

        def is_repaired(changed: Paper) -> bool:
            if (again := _asked_again(check, changed, self)) is None:
                agrees = check.silent_if_right and not _asks_elsewhere(check, changed, self.catalogue)
            else:
                agrees = again.verdict in _AGREES
            left = _questions(changed, self.catalogue) if agrees else set()
            return agrees and left <= asked and all(claim != self.claim for _, claim in left)

        found = [repair for repair, changed in copies if is_repaired(changed)]
        cut = len(copies) < len(possible)
        return (len(copies) if cut else len(made)), found, cut


def _of_sum(adds: Sum, question: OneCharacter) -> tuple[int, list[Repair], bool]:
    """Return how many numbers were put into a sum, and those that agree and of which the text asks nothing when read.

    A check of sums is silent of a text in which it finds no list, so its silence alone is no agreement.
    """
    text, made = question.paper.text or "", []
    asked = _questions(question.paper, question.catalogue)
    whole = not any(number.decimals for number, _ in adds.others())
    for at, (number, put) in enumerate(adds.others()):
        name = f"part {at}" if at else "total"
        twins = sum(part == number for part in adds.parts[: at - 1]) if at else 0
        for place in _places(text, question.where, number)[twins : twins + 1]:
            for kind, one in repairs(number, signed=False, whole=whole):
                made.append((Repair(name, number.text, one.text, kind), put(one), place))
    order = list(REPAIRS)
    made.sort(key=lambda each: order.index(each[0].kind))
    found = []
    for repair, changed, (start, end) in made:
        if changed.agrees:
            again = extract(text[:start] + repair.repaired.removesuffix("%") + text[end:], id=question.paper.id)
            left = _questions(again, question.catalogue)
            if left <= asked and all(claim != question.claim for _, claim in left):
                found.append(repair)
    return len(made), found, False


def _places(text: str, where: Place, number: Reported) -> list[tuple[int, int]]:
    """Return where a number is printed: in the sentences of a finding, or elsewhere if it stands there once."""
    digits = re.escape(number.text.removesuffix("%").rstrip())
    printed = re.compile(rf"(?<![\w.,-]){digits}(?![\w]|[.,]\d)")
    if where.start is not None and where.end is not None:
        begin, stop = sentence_of(text, where.start)[0], sentence_of(text, where.end - 1)[1]
        if found := [one.span() for one in printed.finditer(text, begin, stop)]:
            return found
    found = [one.span() for one in printed.finditer(text)]
    return found if len(found) == 1 else []


_MOST_MADE = 1_000


def _may_agree(check: Check, changed: Paper, question: OneCharacter) -> bool:
    """Whether a copy may agree by the check's own quick look; without one it may."""
    if check.may_agree is None:
        return True
    return all(
        check.may_agree(claim) for claim in changed.claims if claim.id == question.claim and isinstance(claim, Estimate)
    )


_WORK, _FEWEST = 20_000_000, 16
"""Copies times patients: what a search costs grows with the patients, and no reader waits for 400 long ones."""


def _affordable(paper: Paper) -> int:
    """Return how many copies may be tried: fewer where the numbers of patients are large."""
    sizes = [size for of in (paper.of, *(arm.of for arm in paper.arms)) for size in of.values()]
    printed = [size.value for size in sizes]
    printed += [n for claim in paper.claims if isinstance(claim, Estimate) for n in (claim.x, claim.n) if n is not None]
    largest = max((n for one in printed if (n := one.whole)), default=1)
    return max(_FEWEST, _WORK // largest)


def with_repairs(check: Check, context: Context, finding: Finding) -> Finding:
    """Return a question that can say what one changed character would do: in words, and in what was searched."""
    repair = OneCharacter(check.code, context.paper, context.catalogue, finding.claim, finding.others, finding.where,
                          finding.details.adds)  # fmt: skip
    return replace(finding, details=replace(finding.details, repair=repair))


def repair_words(tried: int, found: list[Repair], cut: bool = False) -> str:
    """Return in words which changed characters make numbers agree, and of how many; ``cut`` if there are more.

    Examples
    --------
    >>> repair_words(140, [Repair("upper", "89", "0.89", "point")])
    'If 0.89 were printed for 89 (the decimal point in another place) the numbers would agree; of 140 changes of one \
character no other does that.'
    """
    tries = f"the {tried} likeliest changes" if cut else f"{tried} changes"
    if not found:
        return f"None of {tries} of one character would make the numbers agree."
    first = found[0]
    said = f"If {first.repaired} were printed for {first.printed} ({REPAIRS[first.kind]}) the numbers would agree"
    if len(found) == 1:
        return f"{said}; of {tries} of one character no other does that."
    others = joined(f"{one.repaired} for {one.printed}" for one in found[1:_MOST_NAMED])
    such = ", such as " if len(found) > _MOST_NAMED else ": "
    return f"{said}; of {tries} of one character {len(found) - 1} more would do so{such}{others}."


def _as_told(one: Repair) -> dict[str, str]:
    return {"number": one.name, "printed": one.printed, "repaired": one.repaired, "kind": one.kind}


def _only_concerned(paper: Paper, question: OneCharacter) -> Paper:
    """Return a paper of the claims that a finding is about, and of those that they were made of."""
    names = {question.claim, *question.others}
    names |= {name for claim in paper.claims if claim.id in names for name in claim.of}
    return replace(
        paper,
        claims=tuple(claim for claim in paper.claims if claim.id in names),
        plans=tuple(plan for plan in paper.plans if plan.id in names),
    )


def _asked_again(check: Check, paper: Paper, question: OneCharacter) -> Finding | None:
    """Return what a check says of a finding's claim in a changed paper, the gravest first; None if nothing."""
    context = Context(paper, question.catalogue, verdicts_alone=True)
    found = [one for one in check.run(check, context) if one.claim == question.claim]
    return max(found, key=lambda one: one.urgency, default=None)


def _asks_elsewhere(check: Check, paper: Paper, catalogue: Catalogue) -> bool:
    """Whether a check that now says nothing of its claim asks about another one instead."""
    return any(one.verdict.is_question for one in check.run(check, Context(paper, catalogue, verdicts_alone=True)))


def _questions(paper: Paper, catalogue: Catalogue) -> set[tuple[str, str]]:
    """Return who asks about which claim of a paper."""
    of = Context(paper, catalogue, verdicts_alone=True)
    return {
        (check.code, one.claim)
        for check in CHECKS
        if check.concerns(of)
        for one in check.run(check, of)
        if one.verdict.is_question
    }


# --------------------------------------------------------------------------------------------------
# The numbers that may be changed
# --------------------------------------------------------------------------------------------------
def _copies(paper: Paper, question: OneCharacter) -> Iterator[tuple[Repair, Paper]]:
    """Yield every copy of a paper with one changed character in a number that a finding is about, likeliest first."""
    made = [(repair, number, one) for number in _numbers(paper, question) for repair, one in number.copies()]
    order = list(REPAIRS)
    for repair, number, one in sorted(made, key=lambda each: order.index(each[0].kind)):
        yield repair, number.put(paper, one)


def _numbers(paper: Paper, question: OneCharacter) -> Iterator[_Number]:
    """Yield the numbers of the claims, or plans, or sizes, that a finding is about, each once."""
    names = (question.claim, *question.others)
    concerned = [claim for claim in paper.claims if claim.id in names]
    for claim in concerned:
        yield from _of_claim(claim)
    for plan in paper.plans:
        if plan.id in names:
            yield from _of_plan(plan)
    if question.claim.startswith("total."):
        yield from _of_sizes(paper, question.claim.removeprefix("total."))
    elif not concerned:
        yield from _of_words(paper, question)


def _of_claim(claim: Claim) -> Iterator[_Number]:
    if isinstance(claim, Estimate):
        signed = claim.measure in SIGNED
        if claim.value is not None:
            whole = claim.measure == "count"
            yield _Number("estimate", claim.value, _putting(claim, "value"), signed=signed, whole=whole)
        for name in ("x", "n"):
            if (number := getattr(claim, name)) is not None:
                yield _Number(name, number, _putting(claim, name), whole=True)
        for name in ("lower", "upper", "value") if claim.spread is not None else ():
            if (number := getattr(claim.spread, name)) is not None:
                yield _Number(_SPREAD.get(name, name), number, _putting_spread(claim, name), signed=signed)
    if claim.p is not None:
        yield _Number("p", claim.p.value, _putting(claim, "p"), of_p=True)


def _putting(claim: Claim, field: str) -> Callable[[Paper, Reported], Paper]:
    def put(paper: Paper, number: Reported) -> Paper:
        if field == "p" and claim.p is not None:
            changed: Claim = replace(claim, p=replace(claim.p, value=number))
        elif isinstance(claim, Comparison):
            return paper
        else:
            changes: dict[str, Any] = {field: number}
            changed = replace(claim, **changes)
        return _with_claim(paper, changed)

    return put


_SPREAD = {"value": "spread"}


def _putting_spread(claim: Estimate, field: str) -> Callable[[Paper, Reported], Paper]:
    def put(paper: Paper, number: Reported) -> Paper:
        assert claim.spread is not None
        changes: dict[str, Any] = {field: number}
        return _with_claim(paper, replace(claim, spread=replace(claim.spread, **changes)))

    return put


def _with_claim(paper: Paper, changed: Claim) -> Paper:
    return replace(paper, claims=tuple(changed if one.id == changed.id else one for one in paper.claims))


def _of_plan(plan: Plan) -> Iterator[_Number]:
    for name, number in plan.numbers.items():

        def put(paper: Paper, one: Reported, name: str = name) -> Paper:
            changed = replace(plan, numbers={**plan.numbers, name: one})
            return replace(paper, plans=tuple(changed if each.id == plan.id else each for each in paper.plans))

        yield _Number(name, number, put, whole=number.whole is not None and not number.unit)


def _of_words(paper: Paper, question: OneCharacter) -> Iterator[_Number]:
    """Yield the numbers in the words of a finding that is about no claim: a test statistic, groups in a sentence."""
    text, start, end = paper.text, question.where.start, question.where.end
    if text is None or start is None or end is None:
        return
    for found in _FIGURE.finditer(text, start, end):

        def put(changed: Paper, one: Reported, begin: int = found.start(), stop: int = found.end()) -> Paper:
            return replace(changed, text=text[:begin] + one.text.lstrip("<") + text[stop:])

        yield _Number(found[0], Reported(found[0]), put, whole=found[0].isdigit())


_FIGURE = re.compile(r"(?<![\w.·,-])-?(?:\d{1,6}(?:[.·]\d{1,6})?|[.·]\d{1,6})(?![\w]|[.·]\d)")


def _of_sizes(paper: Paper, population: str) -> Iterator[_Number]:
    """Yield the total of a population and the sizes of its arms."""
    if population in paper.of:
        size = paper.of[population]

        def put_total(changed: Paper, one: Reported) -> Paper:
            return replace(changed, of={**changed.of, population: replace(size, value=one)})

        yield _Number("total", size.value, put_total, whole=True)
    for arm in paper.arms:
        for name, own in arm.of.items():

            def put(changed: Paper, one: Reported, arm_id: str = arm.id, name: str = name, own: Size = own) -> Paper:
                arms = tuple(
                    replace(each, of={**each.of, name: replace(own, value=one)}) if each.id == arm_id else each
                    for each in changed.arms
                )
                return replace(changed, arms=arms)

            yield _Number(arm.id, own.value, put, whole=True)
