"""A result that is printed twice is the same both times.

Abstracts print a result with its interval and say it again in the conclusion, or print one interval under two
estimates. Two estimates of one measure, of the same outcome, arms, time, patients and analysis should round to each
other. The second one must be bare, or have the interval of the first; others may be two analyses. Differing ones are
inconsistent where both sentences name the same outcome and nothing else tells them apart (a subgroup, an adjusted or
interim analysis, a time), and strained where they name several. Other numbers than ratios are compared only with those
of the conclusion, and are at most strained. Two rows of a trial file or a table that nothing tells apart (outcome,
arms, time, patients, adjusted or not) are one result.

Why: A number that is changed in one place in revision stays as it was in the other.

Formula:
    the ranges of both numbers meet, the coarser rounding deciding

Agrees: 0.67 (0.53 to 0.84), and 0.67 in the conclusion. Asks: 0.74 in the conclusion.

Reference: none; it compares print with print.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from trialstats.checks.check import Check, Context, both_bounds, level_of, printed_numbers
from trialstats.checks.counts_told import EFFECTS
from trialstats.checks.one_result import ANALYSIS, concludes, conclusions, may_be_same, of_one_outcome, words_before
from trialstats.checks.outcomes import ends_named
from trialstats.checks.sentences import sentence_of, sentences_of
from trialstats.claims.model import RATIO_MEASURES, Estimate, Paper, Place
from trialstats.claims.trust import in_cells
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Reported
from trialstats.sources.text.told.exchanged_digits import find_exchanged
from trialstats.sources.text.told.said_again import exchanged, find_said_again
from trialstats.wording import MEASURE_WORDS, as_printed

_MEASURES = RATIO_MEASURES | {"relative-reduction", "difference", "median", "survival", "proportion"}
"""Ratios anywhere; the others only where the text concludes."""
_MOST = 400
"""Results of one measure among which one that is said again is searched: each is held against all before it."""


def _run(check: Check, context: Context) -> Iterator[Finding]:
    results = [one for one, value in context.printed(*_MEASURES)
               if one.role == "result" and value.relation == "=" and not one.of
               and not (one.subgroup and context.paper.text is not None)]  # fmt: skip
    seen: dict[str, list[Estimate]] = {}
    places: list[tuple[int, int]] = []
    for second in results:
        if second.measure == "relative-reduction" and (ratio := _ratio_of(context.paper, seen, second)) is not None:
            yield check.finding(second, Verdict.STRAINED, _of_a_reduction(ratio, second), others=(ratio.id,))
        before = seen.setdefault(second.measure, [])
        if 0 < len(before) <= _MOST and (judged := _of_one(context.paper, before, second)) is not None:
            first, verdict = judged
            if verdict.is_question:
                places.append((second.where.start or 0, second.where.end or 0))
            yield check.finding(second, verdict, _details(first, second, verdict), others=(first.id,))
        before.append(second)
    if context.paper.text is not None:
        told = list(
            _shares_again(check, context.paper, [one for one in seen.get("proportion", ()) if _is_percent(one)])
        )
        yield from told
        asked = {one.where.start for one in told if one.where is not None}
        for finding in _again(check, context.paper.text):
            at = None if finding.where is None else finding.where.start
            if at is None or not (at in asked or any(start <= at < end for start, end in places)):
                yield finding


def _again(check: Check, text: str) -> Iterator[Finding]:
    """Yield the numbers of a conclusion that were told before with two digits changed about."""
    told = conclusions(text)
    concluded = told[-1][0] if told else None
    places = sentences_of(text)
    found = [] if concluded is None else list(find_said_again(text, places, concluded))
    for one in found or find_exchanged(text, places, concluded):
        details = Details(
            sentence=f"{one.first}{'' if one.unit == '%' else ' '}{one.unit} of the results is {one.again} in the "
            f"conclusion, in the same words: {_slip_of(one.first, one.again)}.",
            more="Another result that the text does not tell would account for it.",
            settle="which of the two your output has",
            reported={"estimate": one.again},
            recomputed={"estimate": one.first},
            how="printed twice",
        )
        where = Place(start=one.start, end=one.end, quote=text[one.start : one.end])
        yield check.finding("again", Verdict.STRAINED, details, where=where)


def _slip_of(first: str, again: str) -> str:
    if len(first) != len(again):
        return "one has a digit more"
    return "two digits changed places" if exchanged(first, again) else "one digit is another"


def _shares_again(check: Check, paper: Paper, shares: list[Estimate]) -> Iterator[Finding]:
    """Yield the percentages of both arms that a conclusion says again, one of them the same and the other not."""
    for first, second in pairwise(shares):
        if not (concludes(paper, first) and _stand_together(paper, first, second)):
            continue
        earlier = [
            (one, two) for one, two in pairwise(shares)
            if (one.where.end or 0) < (first.where.start or 0) and not concludes(paper, one)
            and (one.arms, two.arms) == (first.arms, second.arms) and _stand_together(paper, one, two)
        ]  # fmt: skip
        told = {one.value.digits for pair in earlier for one in pair if one.value is not None}
        for pair in earlier:
            same = [_digits(one) == _digits(two) for one, two in zip(pair, (first, second), strict=True)]
            if sum(same) != 1:
                continue
            one, again = pair[same.index(False)], (first, second)[same.index(False)]
            if "." not in _digits(pair[same.index(True)]) and not exchanged(_digits(one), _digits(again)):
                continue
            if _digits(again) not in told and _slipped(_digits(one), _digits(again)):
                yield check.finding(again, Verdict.STRAINED, _details(one, again, Verdict.STRAINED), others=(one.id,))
                break


def _stand_together(paper: Paper, first: Estimate, second: Estimate) -> bool:
    """Whether two percentages of two known arms stand in one sentence."""
    text, start, end = paper.text, first.where.start, second.where.start
    if text is None or start is None or end is None or len(first.arms) != 1 or len(second.arms) != 1:
        return False
    apart = first.arms != second.arms and "arms" not in (*first.inferred, *second.inferred)
    return apart and sentence_of(text, start) == sentence_of(text, end)


def _is_percent(one: Estimate) -> bool:
    return one.value is not None and one.value.unit == "%"


def _digits(one: Estimate) -> str:
    return "" if one.value is None else one.value.digits


def _ratio_of(paper: Paper, seen: Mapping[str, list[Estimate]], second: Estimate) -> Estimate | None:
    """Return the one ratio that a reduction of the conclusion says again, if it does not print it."""
    assert second.value is not None
    if second.interval is not None or second.p is not None:
        return None
    earlier = [one for measure in RATIO_MEASURES for one in seen.get(measure, ())[:_MOST]]
    if concludes(paper, second):
        same = (one for one in earlier if may_be_same(paper, one, second))
        ratios = [one for one in same if of_one_outcome(paper, one, second) is not None]
    else:
        ratios = [one for one in earlier if _goes_on_to(paper, one, second)]
    if len(ratios) != 1 or ratios[0].value is None or seen.get("relative-reduction") or ratios[0].interval is None:
        return None
    reduced = 1 - ratios[0].value.value
    gap = abs(abs(second.value.with_unit("%").value) - abs(reduced))
    return ratios[0] if reduced > 0 and _POINT < gap < _FAR else None


def _goes_on_to(paper: Paper, ratio: Estimate, second: Estimate) -> bool:
    """Whether a sentence tells the only ratio of the one right before it again, as the reduction of the same risk."""
    text, start, end = paper.text, ratio.where.start, second.where.start
    if text is None or start is None or end is None or not may_be_same(paper, ratio, second):
        return False
    begin, _ = sentence_of(text, end)
    if begin < 2 or sentence_of(text, begin - 2) != sentence_of(text, start):
        return False
    told = [words_before(text, one) for one in (ratio, second)]
    if any(pattern.search(words) for words in told for pattern in ANALYSIS.values()):
        return False
    ends = [ends_named(words) for words in told]
    ends = [one - {"death"} if len(one) > 1 else one for one in ends]
    return bool(ends[0]) and ends[0] == ends[1] and len(ends[0]) == 1


_POINT, _FAR = Fraction(15, 1000), Fraction(3, 10)
"""A reduction so near is the ratio's, and one so far is another one."""


def _of_a_reduction(ratio: Estimate, second: Estimate) -> Details:
    assert ratio.value is not None
    reduced = f"{float(100 * (1 - ratio.value.value)):.4g}%"
    return Details(
        sentence=f"The text tells a reduction of {as_printed(second)}, and the ratio {as_printed(ratio)} "
        f"is one of {reduced}.",
        more="Another analysis, population or date that the text does not name would account for it.",
        settle="which of the two your output has",
        reported=printed_numbers(second, "estimate"),
        recomputed={"estimate": reduced},
        how="printed twice",
    )


def _of_one(paper: Paper, before: list[Estimate], second: Estimate) -> tuple[Estimate, Verdict] | None:
    """Return the earlier result that another one repeats, and whether it does; None where none may be the same."""
    if paper.text is None:
        return _of_two_rows(paper, before, second)
    if second.measure not in RATIO_MEASURES and not concludes(paper, second):
        return None
    lone_but_for_bounds = len(before) == 1 and concludes(paper, second)
    lone = lone_but_for_bounds and second.interval is None
    told = [(one, of_one_outcome(paper, one, second, lone=lone)) for one in before if may_be_same(paper, one, second)]
    firsts = [(one, sure) for one, sure in told if sure is not None]
    for first, _ in firsts:
        assert first.value is not None and second.value is not None
        if _meet(_unsigned(first), _unsigned(second)):
            return (first, Verdict.REPRODUCED) if _may_repeat(first, second, before) else None
    if len(firsts) > 1 and second.measure not in RATIO_MEASURES:
        firsts = [(one, sure) for one, sure in firsts if _has_a_digit_off(one, second)]
    if len(firsts) != 1 or _is_first_of_a_change(paper.text, before, second):
        return None  # of several it may be any
    (first, sure) = firsts[0]
    again = sure and lone_but_for_bounds and _apart(first, second)
    if not (_may_repeat(first, second, before) or again) or not _close(first, second):
        return None
    if again:
        return first, Verdict.STRAINED
    sure = sure and first.measure in RATIO_MEASURES
    return first, Verdict.INCONSISTENT if sure else Verdict.STRAINED


def _of_two_rows(paper: Paper, before: list[Estimate], second: Estimate) -> tuple[Estimate, Verdict] | None:
    """Return the earlier row, typed or of a table, that says the same result, and whether its number is the same.

    Nothing tells the two rows apart: neither outcome, arms, time, patients nor analysis, nor how far the interval goes.
    Two of the results are hard to explain, one that a conclusion says again has no explanation.
    """
    same = [
        one for one in before if may_be_same(paper, one, second) and _kinds_of_bounds(one) == _kinds_of_bounds(second)
    ]
    if not same:
        same = [one for one in before if may_be_same(paper, one, second) and None in (one.spread, second.spread)]
    for first in same:
        assert first.value is not None and second.value is not None
        if _meet(_unsigned(first), _unsigned(second)):
            return first, Verdict.REPRODUCED
    again = concludes(paper, second)
    if len(same) != 1 or not (again or _says_all(paper, same[0], second)):
        return None
    sure = again and second.measure in RATIO_MEASURES and not in_cells(paper)
    return same[0], Verdict.INCONSISTENT if sure else Verdict.STRAINED


def _says_all(paper: Paper, first: Estimate, second: Estimate) -> bool:
    """Whether two rows say enough to be one result: typed ones their arms; of a table they are nearly the same."""
    if first.arms != second.arms:
        return False
    of_two = first.measure in EFFECTS and (not in_cells(paper) or _close(first, second))
    return of_two or first.where.section != second.where.section


def _kinds_of_bounds(one: Estimate) -> tuple[object, ...]:
    spread = one.spread
    return () if spread is None else (spread.kind, level_of(spread), spread.sides)


def _has_a_digit_off(first: Estimate, second: Estimate) -> bool:
    """Whether two numbers with decimals are the same but for a digit, or the order of two."""
    one, two = _digits(first), _digits(second)
    return "." in one and _slipped(one, two)


def _apart(first: Estimate, second: Estimate) -> bool:
    """Whether each of two ratios has an interval of its own, and no number of one is that of the other."""
    bounds = _bounds(first), _bounds(second)
    return bounds[0] is not None and bounds[1] is not None and not {*bounds[0]} & {*bounds[1]}


def _is_first_of_a_change(text: str | None, before: list[Estimate], second: Estimate) -> bool:
    """Whether a number is told before of another arm, from which the arm that is named brought it elsewhere."""
    start = second.where.start
    if text is None or start is None or not text.endswith("from ", 0, start):
        return False
    return any(_digits(one) == _digits(second) and one.arms != second.arms for one in before)


def _may_repeat(first: Estimate, second: Estimate, before: list[Estimate]) -> bool:
    """Whether the second is bare where the first has an interval, or has the interval of the first and of no other."""
    if second.interval is None:
        of_ratio = first.measure not in RATIO_MEASURES or first.interval is not None
        return second.p is None and (of_ratio or first.p is not None)
    same = [one for one in before if _bounds(one) is not None and _bounds(one) == _bounds(second)]
    return same == [first]


def _close(first: Estimate, second: Estimate) -> bool:
    """Whether a number may be another with a slip: one digit changed, two exchanged, or nearly as large."""
    assert first.value is not None and second.value is not None
    one, two = _unsigned(first), _unsigned(second)
    if one.unit != two.unit or one.value * two.value <= 0:
        return False
    bounds = both_bounds(first.interval)
    if bounds is not None and any(bounds[0].value <= sign * two.value <= bounds[1].value for sign in _signs(first)):
        return True
    if _slipped(one.digits, two.digits) or (two.decimals < one.decimals and _slipped(_shortened(one, two), two.digits)):
        return True
    return abs(one.value - two.value) * 5 <= max(abs(one.value), abs(two.value))


def _shortened(one: Reported, two: Reported) -> str:
    """Return the digits of a number rounded to as many decimals as another has."""
    shown = one.value * (100 if one.unit == "%" else 1)
    return f"{float(shown):.{two.decimals}f}"


def _signs(first: Estimate) -> tuple[int, ...]:
    return (1, -1) if first.measure == "difference" else (1,)


def _unsigned(one: Estimate) -> Reported:
    """Return a number as it is said in words: "lower by 4.3" says again what -4.3 does."""
    assert one.value is not None
    return Reported(one.value.text.lstrip("-−+"), one.value.unit) if one.measure == "difference" else one.value


def _slipped(one: str, two: str) -> bool:
    """Whether two printed numbers differ in one digit, or in the order of two."""
    if len(one) != len(two):
        return False
    differ = [k for k, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
    exchanged = len(differ) == 2 and sorted(one[k] for k in differ) == sorted(two[k] for k in differ)
    return "." not in (one[k] for k in differ) and (len(differ) == 1 or exchanged)


def _bounds(claim: Estimate) -> tuple[str, ...] | None:
    bounds = both_bounds(claim.interval)
    return None if bounds is None else tuple(bound.digits for bound in bounds)


def _details(first: Estimate, second: Estimate, verdict: Verdict) -> Details:
    assert first.value is not None
    agrees = verdict is Verdict.REPRODUCED
    measure = MEASURE_WORDS.get(first.measure, first.measure)
    end = "the same result" if agrees else "two numbers for what reads as one result"
    return Details(
        sentence=f"The {measure} is printed as {as_printed(first)} and again as {as_printed(second)}: {end}.",
        more="" if agrees else "Another analysis, population or date that the text does not name would account for it.",
        settle="" if agrees else "which of the two your output has",
        reported=printed_numbers(second, "estimate", "lower", "upper"),
        recomputed={"estimate": first.value.text},
        how="printed twice",
    )


def _meet(first: Reported, second: Reported) -> bool:
    """Whether two printed numbers can be the same one, the coarser of them rounded anyhow."""
    apart = abs(first.value - second.value)
    return apart < max(first.step, second.step) and (first.decimals != second.decimals or apart == 0)


CHECK = Check(
    "TS111",
    "a result that is printed twice is the same both times",
    _run,
    rests_on=frozenset({"measure", "value"}),
    settled_by="which of the two numbers your own output has",
    serves=("INSPECT-SR 4.10",),
)
