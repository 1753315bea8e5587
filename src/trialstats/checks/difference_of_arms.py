"""A difference agrees with the values of both arms beside it.

A difference of percentages or of means is the one value less the other, up to rounding of all three
numbers; the arms may be turned round, and the sign may be left out. Adjusted and least-squares
differences are other analyses: where the text says so, the crude value is shown and not judged; where
it is silent, a difference is asked about only beyond what adjustment moves it in real papers. A median
of differences is not the difference of medians, so these are not judged. A percentage beside values in
another unit is their difference over one of them, or is not judged.

Why: The difference is what is quoted, and the values are what it was made of.

Formula:
    difference = value1 - value2
    asked: |printed - crude| beyond rounding > max(.02, .6 SE) of proportions, > 2 SE of means, > 3 SE of medians,
    > SE of what has no value at baseline, > a quarter of the crude one where no interval is printed

Agrees: 59.8% v 39.0% and a difference of 20.8 percentage points. Asks: the same beside 29.8 (18.6 to 41.1).

Reference: none; it is arithmetic. Senn (2006) Stat Med 25:4334-4344 on what adjustment for baseline moves.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from trialstats.catalogue import Convention
from trialstats.checks.another_analysis import design_excuse
from trialstats.checks.arm_order import difference_in_order
from trialstats.checks.arm_values import SHARE, SHARES, Pair, printed_shares, values_of
from trialstats.checks.both_arms import pair_of
from trialstats.checks.change_words import direction_behind
from trialstats.checks.check import Check, Context, both_bounds, level_of, printed_numbers
from trialstats.checks.differences_read_otherwise import holds, less_as_printed
from trialstats.checks.ratio_of_arms import NOT_SURELY_ITS_OWN, not_surely
from trialstats.checks.said_adjusted import said_adjusted, told_by
from trialstats.checks.sentences import sentence_of
from trialstats.checks.sister_differences import Judged, held_against_sisters
from trialstats.checks.why_not_crude import of_another_analysis
from trialstats.claims.model import Estimate
from trialstats.explanations import Explanation, Explanations
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Range, Span
from trialstats.search.ratios.polygon import critical
from trialstats.wording import as_percent, as_printed, as_range, joined

MOVED, MOVED_SE = 0.02, 0.6
"""How far adjustment moves a difference of proportions, and of its standard errors: in 2,000 abstracts a quarter of one
where it is said, and less than a tenth where the text is silent, but for pooled studies."""
_MOVED_SE_OF_MEANS, _MOVED_SE_OF_MEDIANS, _MOVED_SE_WITHOUT_BASELINE = 2.0, 3.0, 1.0
"""How many standard errors adjustment for baseline moves a difference of means, and the estimate of a shift that of
medians; what began with the treatment (a stay, a loss of blood) has no value at baseline."""
_NO_BASELINE = re.compile(
    r"\b(?:length|duration) of (?:[a-z-]{1,20} ){0,3}?(?:stay|ventilation|surgery|operation|procedure|ana?esthesia"
    r"|hospitali[sz]ation|admission|labou?r|drainage|oxygen|antibiotic)|\b(?:hospital|icu|intensive care) stays?\b"
    r"|\b(?:operati(?:ng|ve|on)|surgical|procedure) times?\b|\btimes? (?:to|until)\b|\bblood loss\b"
    r"|\b(?:opioid|morphine|fentanyl|analgesic) (?:consumption|use|requirements?)\b",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"chang|reduc|increas|decreas|fell|declin|improv|gain|los[st]|drop|ris(?:e|en)|rose", re.IGNORECASE
)
_POINTS = re.compile(r"point|%|per ?cent", re.IGNORECASE)
_OTHER_ANALYSIS = re.compile(r"least[- ]squares|\bls\b|median|effect size|ratio", re.IGNORECASE)
"""Beside what makes a claim an adjusted one (`Estimate.adjusted`)."""
_BEFORE = 60
_PRINTED = frozenset({"measure", "value"})


def _run(check: Check, context: Context) -> Iterator[Finding]:
    judged: list[Judged] = []
    for claim in context.estimates:
        if claim.measure != "difference" or claim.value is None or claim.value.is_missing or claim.role != "result":
            continue
        if claim.value.relation != "=" or _is_of_some(context, claim) or _is_about(context, claim):
            continue
        if _says_change(context, claim) and (found := _of_changes_from_to(context, claim)) is not None:
            told = tuple(one.id for one in found[0])
            yield check.finding(claim, *_judge_changes(context, claim, *found), others=told)
            continue
        pair = pair_of(context, claim, SHARE, "mean", "median")
        values = None if pair is None else values_of(context, pair)
        if pair is not None and values is not None and not _of_another_scale(context, claim, pair):
            verdict, details = _judge(context, claim, pair, *values)
            if verdict is Verdict.REPRODUCED:
                verdict, details = difference_in_order(context, claim, pair, details)
            if verdict.is_question and (alone := printed_shares(pair)) is not None:
                again = _judge(context, claim, pair, *alone)
                details = replace(again[1], rests_on=_PRINTED) if again[0] is verdict else details
            if verdict is Verdict.EXPLAINED and not pair.together:
                verdict, details = Verdict.UNCHECKED, not_surely(claim, pair, details)
            judged.append(Judged(claim, pair, verdict, details))
    for one in held_against_sisters(judged):
        yield check.finding(one.claim, one.verdict, one.details, others=one.pair.ids)


_OF_SOME = re.compile(
    r" ?%? (?:absolute )?[a-z]{4,12} (?:in|among|for) (?:the )?(?:patients|participants|those|men|women|people|children"
    r"|adults) (?:with|without|under|over|aged|who|younger|older)\b"
)


def _is_of_some(context: Context, claim: Estimate) -> bool:
    """Whether the words right behind a difference say that it is one of some of the patients only."""
    text, end = context.paper.text, claim.where.end
    return text is not None and end is not None and claim.interval is None and _OF_SOME.match(text, end) is not None


_ABOUT = re.compile(
    r"\b(?:over|more than|almost|nearly|about|approximately|around|some|at least|up to|roughly|less than) [-−+]?$", re.I
)


def _is_about(context: Context, claim: Estimate) -> bool:
    """Whether the word right before a difference says that it is none to the digit: "over 100 hours less"."""
    text, start = context.paper.text, claim.where.start
    return text is not None and start is not None and _ABOUT.search(text, max(0, start - 20), start) is not None


_SLACK = 0.25
"""Share of the crude difference that missing patients may move it by."""
_OF_CHANGE = re.compile(
    r"\bdifferences? (?:in|of|between)[a-z -]{0,30}\b(?:change|reduction|increase|decrease|improvement|fall|decline"
    r"|gain|rise)s?\b",
    re.IGNORECASE,
)


def _of_changes_from_to(context: Context, claim: Estimate) -> tuple[list[Estimate], Span] | None:
    """Return the four means of "fell from 8.4 to 7.3 on A and from 8.3 to 8.0 on B", and the differences they allow.

    An analysis of covariance lies between the difference of the changes and that of the last values.
    """
    text, start = context.paper.text, claim.where.start
    if text is None or start is None:
        return None
    begin, _ = sentence_of(text, start)
    told = [one for one in context.estimates if begin <= (one.where.start or -1) < start]
    values = [
        one.value for one in told if one.measure == "mean" and one.value is not None and one.value.relation == "="
    ]
    if len(told) != _FOUR or len(values) != _FOUR or any(value.is_missing for value in values):
        return None
    arms = [one.arms for one in told]
    if not (arms[0] == arms[1] and arms[2] == arms[3] and arms[0] != arms[2] and len(arms[0]) == len(arms[2]) == 1):
        return None
    gaps = [text[told[at].where.end or 0 : told[at + 1].where.start or 0] for at in (0, 2)]
    led = [text[max(0, (told[at].where.start or 0) - _LED) : told[at].where.start or 0] for at in (0, 2)]
    if not all(_TO.fullmatch(gap) for gap in gaps) or not all("from" in words for words in led):
        return None
    a, b, c, d = (one.range() for one in values)
    change = float(b.lower - a.upper - d.upper + c.lower), float(b.upper - a.lower - d.lower + c.upper)
    last = float(b.lower - d.upper), float(b.upper - d.lower)
    return told, (min(change[0], last[0]), max(change[1], last[1]))


_FOUR, _LED = 4, 20
_LED_BY = 110
_TO = re.compile(r"[^0-9,;]{0,25}\bto (?:an? )?(?:mean )?(?:of )?", re.IGNORECASE)


def _judge_changes(context: Context, claim: Estimate, told: list[Estimate], crude: Span) -> tuple[Verdict, Details]:
    assert claim.value is not None
    values = claim.value.range()
    printed = float(values.lower), float(values.upper)
    scale = 100.0 if told[0].value is not None and told[0].value.unit else 1.0
    if claim.value.unit:
        printed = printed[0] * 100, printed[1] * 100
    crude = crude[0] * scale, crude[1] * scale
    gap = _gap(printed, crude)
    names = joined(as_printed(one) for one in told)
    span = _shown(crude, shares=False)
    common: dict[str, Any] = {
        "reported": printed_numbers(claim),
        "recomputed": {"estimate": span},
        "searched": {"gap": round(gap, 6)},
        "explanations": Explanations.of([Explanation(convention=Convention(ordinary=not gap))]),
    }
    if gap <= _SLACK * max(abs(end) for end in crude):
        sentence = f"The printed difference {as_printed(claim)} is near that of the changes in {names}."
        return Verdict.CONSISTENT, Details(sentence=sentence, how="the difference of two changes", **common)
    sentence = f"The changes in {names} differ by {span}, and the printed difference is {as_printed(claim)}."
    if claim.adjusted or design_excuse(context) or _SLACK * (_se(claim, 1.0) or 0) * 4 > gap:
        more = "It may be of another analysis."
        return Verdict.EXPLAINED, Details(sentence=sentence, more=more, how="another analysis", **common)
    return Verdict.STRAINED, Details(
        sentence=sentence,
        more="An analysis adjusted for baseline lies between the difference of the changes and that of last values.",
        how="another analysis",
        **common,
    )


def _printed(claim: Estimate, *, shares: bool) -> tuple[Span, float] | None:
    """Return the range of the printed difference and the unit it is counted in."""
    assert claim.value is not None
    values = claim.value.range()
    unit = 1.0
    if shares and not claim.value.unit:
        # Points without a sign of per cent; a share of one is never above 1.
        as_points = (claim.unit and _POINTS.search(claim.unit)) or abs(claim.value.value) > 1
        unit = 0.01 if as_points else 1.0
    if not shares and claim.value.unit:
        unit = 100.0
    return (float(values.lower) * unit, float(values.upper) * unit), unit


def _se(claim: Estimate, unit: float) -> float | None:
    bounds = both_bounds(claim.interval)
    if bounds is None:
        return None
    width = abs(float(bounds[1].value) - float(bounds[0].value))
    if claim.value is not None and claim.value.unit and not bounds[1].unit:
        width /= 100
    return width * unit / (2 * critical(level_of(claim.interval)))


def _gap(printed: Span, crude: Span) -> float:
    """Return how far a printed difference lies from the crude one, whichever arm comes first."""
    turned = -crude[1], -crude[0]
    return min(max(printed[0] - high, low - printed[1], 0.0) for low, high in (crude, turned))


def _is_turned(printed: Span, crude: Span) -> bool:
    """Whether a difference with its sign is that of the second arm less the first."""
    return printed[1] < 0 < crude[0]


def _judge(context: Context, claim: Estimate, pair: Pair, first: Range, second: Range) -> tuple[Verdict, Details]:
    shares = pair.first.measure in SHARES
    found = _printed(claim, shares=shares)
    assert found is not None and claim.value is not None
    printed, unit = found
    in_percent = pair.first.value is not None and bool(pair.first.value.unit)
    scale = 100.0 if not shares and in_percent else 1.0
    crude = (float(first.lower - second.upper) * scale, float(first.upper - second.lower) * scale)
    gap = _gap(printed, crude)
    slack = 1e-9 * max(1.0, abs(crude[0]), abs(crude[1]))
    names = as_printed(pair.first), as_printed(pair.second)
    if _is_turned(printed, crude) and gap <= slack:
        crude, names = (-crude[1], -crude[0]), names[::-1]
    values = " v ".join(names)
    span = _shown(crude, shares=shares)
    common: dict[str, Any] = {
        "reported": printed_numbers(claim),
        "recomputed": {"estimate": span},
        "searched": {"gap": round(gap, 6)},
        "explanations": Explanations.of([Explanation(convention=Convention(ordinary=gap <= slack))]),
    }
    if gap <= slack:
        sentence = f"The printed difference {as_printed(claim)} is that of {values}."
        return Verdict.REPRODUCED, Details(sentence=sentence, how="crude", **common)
    if shares and (less := less_as_printed(pair)) is not None and holds(claim.value.with_unit("%").range(), less):
        sentence = (
            f"The printed difference {as_printed(claim)} is that of the percentages as they are printed: {values}."
        )
        return Verdict.CONSISTENT, Details(sentence=sentence, how="the difference of rounded percentages", **common)
    total = (float(first.lower + second.lower) * scale, float(first.upper + second.upper) * scale)
    if _gap(printed, total) <= slack and _run_apart(context, pair):
        sentence = f"The printed difference {as_printed(claim)} is that of {values}: one fell as the other rose."
        return Verdict.CONSISTENT, Details(sentence=sentence, how="two opposite changes", **common)
    of_another_unit = bool(claim.value.unit) and not shares and not in_percent
    if (of_another_unit or direction_behind(context, claim)) and _is_relative(claim.value.range(), first, second):
        sentence = f"The printed {as_printed(claim)} is the difference of {values} as a share of one of them."
        return Verdict.CONSISTENT, Details(sentence=sentence, how="a relative difference", **common)
    if of_another_unit:
        reason = "it is a percentage, and they are in another unit"
        return Verdict.UNCHECKED, Details(
            sentence=f"We did not judge {as_printed(claim)} by {values}", reason=reason, **common
        )
    sentence = f"{values} differ by {span}, and the printed difference is {as_printed(claim)}."
    design = claim.adjusted is None and design_excuse(context)
    if claim.adjusted or design or _other_analysis(context, claim, pair) or not (shares or _same_sign(first, second)):
        return Verdict.UNCHECKED, Details(
            sentence=f"We did not judge {as_printed(claim)} by {values}",
            reason="it may be of another analysis",
            more=f"The crude difference is {span}.",
            **common,
        )
    if claim.adjusted is False:
        verdict = Verdict.INCONSISTENT if pair.together and shares else Verdict.STRAINED
        return verdict, Details(sentence=sentence, more="The text calls it unadjusted.", **common)
    if pair.first.measure == "median" and pair.together and _between_medians(context, claim, pair):
        more = "The text calls it the difference of the medians, and both are printed."
        return Verdict.STRAINED, Details(sentence=sentence, more=more, how="another estimate of the shift", **common)
    se = _se(claim, unit)
    far = max(MOVED, MOVED_SE * (se or 0.0)) if shares else _most_of_means(context, pair, se, crude)
    if gap > far and pair.together and (said := said_adjusted(context, claim)):
        return Verdict.UNCHECKED, Details(
            sentence=f"We did not judge {as_printed(claim)} by {values}",
            reason=f"the text speaks of an analysis that moves a difference (“{said}”)",
            more=f"The crude difference is {span}.",
            **common,
        )
    if gap > far and pair.together:
        return Verdict.STRAINED, Details(
            sentence=sentence,
            more=f"{told_by(context).capitalize()} does not say that it is adjusted, and adjustment seldom moves "
            "a difference so far.",
            how="an adjusted analysis",
            **common,
        )
    if gap > far:
        return Verdict.UNCHECKED, Details(
            sentence=f"We did not judge {as_printed(claim)} by {values}",
            reason=NOT_SURELY_ITS_OWN,
            more=f"They differ by {span}.",
            **common,
        )
    if pair.first.measure == "median":
        more = "The median of all differences (Hodges-Lehmann) need not be the difference of the two medians."
        return Verdict.EXPLAINED, Details(sentence=sentence, more=more, how="another estimate of the shift", **common)
    crude = (-crude[1], -crude[0]) if _is_turned(printed, crude) else crude
    span_in_unit = crude[0] / unit, crude[1] / unit
    return of_another_analysis(context, claim, pair, None, Details(sentence=sentence, **common), span_in_unit)


def _most_of_means(context: Context, pair: Pair, se: float | None, crude: Span) -> float:
    """Return how far another analysis moves a difference of means or medians that the text does not call adjusted."""
    of_medians = pair.first.measure == "median"
    if se is None:
        return math.inf if of_medians else _SLACK * max(abs(end) for end in crude)
    if of_medians:
        return _MOVED_SE_OF_MEDIANS * se
    return se * (_MOVED_SE_WITHOUT_BASELINE if _said_before(context, pair, _NO_BASELINE) else _MOVED_SE_OF_MEANS)


_FELL = re.compile(r"\b(?:reduc|decreas|declin|fell\b|falls?\b|drop|los[st]|lower)[a-z]*", re.IGNORECASE)
_ROSE = re.compile(r"\b(?:increas|gain|rise\b|rose\b|risen|grew\b|higher)[a-z]*", re.IGNORECASE)


def _run_apart(context: Context, pair: Pair) -> bool:
    """Whether words call the first of two changes a fall and the second a rise, or the other way round."""
    text, start, end, next_one = (
        context.paper.text, pair.first.where.start, pair.first.where.end, pair.second.where.start
    )  # fmt: skip
    if text is None or start is None or end is None or next_one is None or next_one < end:
        return False
    before = text[max(sentence_of(text, start)[0], start - _BEFORE) : start]
    between = text[end:next_one]
    return any(
        one.search(before) and other.search(between) and not one.search(between)
        for one, other in ((_FELL, _ROSE), (_ROSE, _FELL))
    )


def _is_relative(printed: Range, first: Range, second: Range) -> bool:
    """Whether a percentage is the difference of two values over one of them."""
    if first.lower <= 0 or second.lower <= 0:
        return False
    for one, other in ((first, second), (second, first)):
        low, high = sorted((float(one.lower / other.upper) - 1, float(one.upper / other.lower) - 1))
        for least, most in ((low, high), (-high, -low)):
            if least <= float(printed.upper) and float(printed.lower) <= most:
                return True
    return False


def _of_another_scale(context: Context, claim: Estimate, pair: Pair) -> bool:
    """Whether percentages tell how much something changed, and the difference is in its own unit."""
    shares = pair.first.measure in SHARES
    if not shares or claim.value is None or claim.value.unit:
        return False
    return _POINTS.search(claim.unit) is None if claim.unit else _of_changes(context, pair)


def _says_change(context: Context, claim: Estimate) -> bool:
    """Whether the words right before a difference say that it is one of changes."""
    text, start = context.paper.text, claim.where.start
    return text is not None and start is not None and _OF_CHANGE.search(text, max(0, start - 90), start) is not None


def _of_changes(context: Context, pair: Pair) -> bool:
    """Whether two means are said to be changes from baseline."""
    return _said_before(context, pair, _CHANGES)


def _said_before(context: Context, pair: Pair, words: re.Pattern[str]) -> bool:
    text, start = context.paper.text, pair.first.where.start
    said = (pair.first.outcome or "") if text is None or start is None else text[max(0, start - _BEFORE) : start]
    return words.search(said) is not None


_BETWEEN_MEDIANS = re.compile(
    r"\b(?:difference|improvement|gain|benefit) (?:in|between|of) (?:the )?medians?\b[^.;()]{0,30}$"
    r"|\b(?:prolong|shorten|extend|lengthen|improv|increas)(?:ed|es|ing|s) (?:the )?(?:overall )?median\b"
    r"[^.;:()0-9]{2,60}\bby $"
    r"|\bmedians?\b[^.;:()0-9]{0,70}\b(?:differed|prolonged|shortened|extended|lengthened|improved|increased|longer|shorter|later|earlier)"
    r" by (?:(?:only|just) )?$",
    re.IGNORECASE,
)


_RIGHT_BEHIND = re.compile(
    r"[^.;:()0-9]{0,50}[,(] ?(?:(?:i\.e\.,? |giving |for )?an? (?:absolute |net )?"
    r"(?:gain|improvement|benefit|difference|prolongation|extension|advantage|shortening) of )?",
    re.IGNORECASE,
)
"""Between the second of two medians and what they differ by: ", a gain of"."""


def _between_medians(context: Context, claim: Estimate, pair: Pair) -> bool:
    """Whether the words right before a difference say that it is one of medians, and not a median difference."""
    text, start, end = context.paper.text, claim.where.start, pair.second.where.end
    if text is None or start is None:
        return False
    if end is not None and end < start and claim.interval is None and _RIGHT_BEHIND.fullmatch(text, end, start):
        return True
    if _THE_MEDIAN_WAS.search(text, max(0, start - 30), start) is not None:
        return claim.interval is None
    return _BETWEEN_MEDIANS.search(text, max(0, start - _LED_BY), start) is not None


_THE_MEDIAN_WAS = re.compile(r"\b[Tt]he median(?: [a-z]+){0,2} (?:was|is) (?:thus |therefore |hence )?$")
"""What leads to how much shorter one median is, and to no median of differences."""


def _other_analysis(context: Context, claim: Estimate, pair: Pair) -> bool:
    """Whether the words before a difference tell of another analysis than value less value."""
    text, start = context.paper.text, claim.where.start
    if text is None or start is None:
        return False
    words = text[max(0, start - _BEFORE) : claim.where.end or start]
    found = {match[0].lower() for match in _OTHER_ANALYSIS.finditer(words)}
    return bool(found - ({"median"} if pair.first.measure == "median" else set()))


def _same_sign(first: Range, second: Range) -> bool:
    """Whether two changes run in one direction: a fall and a rise are often both printed without a sign."""
    return (first.lower >= 0) == (second.lower >= 0)


def _shown(span: Span, *, shares: bool) -> str:
    low, high = (min(abs(end) for end in span), max(abs(end) for end in span)) if span[0] * span[1] > 0 else span
    if not shares:
        return as_range(low, high)
    return as_percent(low) if as_percent(low) == as_percent(high) else f"{as_percent(low)} to {as_percent(high)}"


CHECK = Check(
    "TS222",
    "a difference agrees with the values of both arms beside it",
    _run,
    assumes=("a crude analysis of independent patients",),
    about=frozenset({"difference"}),
    settled_by="the values of both arms, and whether the difference was adjusted",
    serves=("INSPECT-SR 4.9",),
)
