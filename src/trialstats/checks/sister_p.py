"""What the other P values of a text, each beside its own interval, say of how P values were made there.

A test of one side, or another test than the interval's, may explain a P value; where the other intervals of the text
have the P values of their own two-sided tests, and could tell, one P value alone is hardly made in another way.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from trialstats.checks.check import Context, level_of
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import RATIO_MEASURES, Estimate, PValue
from trialstats.reported import Span
from trialstats.search.ratios.envelope import usual_gap
from trialstats.search.ratios.polygon import Region, critical, z_range
from trialstats.sources.text.tokens.expressions import Stemmed

_FITS = 0.05
"""A gap in z within which a P value is that of a test: a t test with few patients lies so far from z."""
_TELLS = 0.1
"""A gap in z from which it is not."""
_SHARP, _SHARPEST = 0.4, 0.12
"""Ranges of z, of P value and interval together, in which another test would hardly print the same."""
_ASK = 2
"""So many sharp P values must be those of their intervals before another one is asked about."""
_ONE_SIDE = Stemmed(r"\b(?:one|1)[ -]?(?:sided|tailed)")


def names_one_side(context: Context) -> bool:
    """Return whether a text speaks of a test of one side."""
    return _ONE_SIDE.search(context.paper.text or "") is not None


def _z_of_interval(claim: Estimate) -> Span | None:
    """Return the range of the size of estimate over standard error; on the log scale of a ratio."""
    spread, value = claim.interval, claim.value
    if spread is None or value is None or spread.lower is None or spread.upper is None or spread.kind == "credible":
        return None
    numbers = (value, spread.lower, spread.upper)
    if any(number.is_missing or number.relation != "=" for number in numbers):
        return None
    ends = [number.with_unit(value.unit).float_range() for number in numbers]
    if claim.measure in RATIO_MEASURES:
        if min(low for low, _ in ends) <= 0:
            return None
        ends = [(math.log(low), math.log(high)) for low, high in ends]
    elif claim.measure != "difference":
        return None
    (e0, e1), (l0, l1), (u0, u1) = ends
    least, most = (u0 - l1) / 2, (u1 - l0) / 2
    if least <= 0:
        return None
    z = critical(level_of(spread))
    small = 0.0 if e0 <= 0 <= e1 else min(abs(e0), abs(e1))
    return z * small / most, z * max(abs(e0), abs(e1)) / least


@dataclass(frozen=True)
class OwnP:
    """How a P value compares with its own interval."""

    two: float
    """How far it is, in z, from that of a test of two sides."""
    one: float
    """The same for a test of one side."""
    width: float
    """The ranges of z that its digits and those of the interval leave, together."""


def own_p(claim: Estimate) -> OwnP | None:
    """Return how a printed P value compares with its own interval; None where one of them says nothing.

    Examples
    --------
    >>> from trialstats.claims.model import PValue, Spread
    >>> from trialstats.reported import Reported
    >>> one = Estimate(id="h", measure="hazard-ratio", value=Reported("0.60"), p=PValue(Reported(".005")),
    ...     spread=Spread("confidence", Reported("0.41"), Reported("0.89")))
    >>> found = own_p(one)
    >>> f"{found.two:.2f} {found.one:.2f}"
    '0.09 0.00'
    """
    p = claim.p
    if p is None or p.value.is_missing or p.value.relation != "=" or not 0 < p.value.value < 1:
        return None
    own = _z_of_interval(claim)
    if own is None:
        return None
    found = []
    for sided in (2, 1):
        low, high = z_range(p.value.range(), sided)
        if high < 0:
            low, high = -high, -low  # of one side, against the direction of the estimate
        found.append(max(low - own[1], own[0] - high, 0.0))
    low, high = z_range(p.value.range(), 2)
    return OwnP(found[0], found[1], own[1] - own[0] + high - low)


def _sisters(context: Context, claim: Estimate) -> Iterator[OwnP]:
    """Yield the other results of a text, of the same kind, that have an interval and a P value."""
    for one in context.estimates:
        if one.id == claim.id or (one.measure in RATIO_MEASURES) != (claim.measure in RATIO_MEASURES):
            continue
        if (found := own_p(one)) is not None:
            yield found


def may_be_one_sided(context: Context, claim: Estimate) -> bool:
    """Return whether a P value may be of one side: the text says so of one, or its other P values do not deny it."""
    if names_one_side(context):
        return True
    others = list(_sisters(context, claim))
    two = sum(other.one - other.two > _TELLS and other.one > _TELLS for other in others)
    one = sum(other.one <= _FITS and other.two > _TELLS for other in others)
    return one > 0 or two == 0


def one_sided_here(context: Context, claim: Estimate) -> bool:
    """Return whether a text has tests of one side: it names one, or another of its P values is one."""
    return names_one_side(context) or any(
        other.one <= _FITS and other.two > (_TELLS if other.one else _FITS) for other in _sisters(context, claim)
    )


def all_others_agree(context: Context, claim: Estimate) -> int:
    """Return how many other P values of the kind are those of their own intervals; 0 where one is not or few tell."""
    others = list(_sisters(context, claim))
    if any(other.two > _FITS for other in others):
        return 0
    sharp = sum(1 + (other.width <= _SHARPEST) for other in others if other.width <= _SHARP)
    return len(others) if sharp >= _ASK else 0


def others_within_reach(context: Context, claim: Estimate) -> int:
    """Return how many other P values of the sentence are those of their own intervals; 0 where one of the text is not.

    Of one adjusted model in a sentence of results, each P value is that of its interval.
    """
    text, start = context.paper.text, claim.where.start
    if text is None or start is None or any(other.two > _FITS for other in _sisters(context, claim)):
        return 0
    begin, stop = sentence_of(text, start)
    return sum(
        one.id != claim.id and begin <= (one.where.start or -1) < stop and one.measure == claim.measure
        and own_p(one) is not None
        for one in context.estimates
    )  # fmt: skip


ASKED_BEFORE = "the same is asked of another P value of its list already"


def alike_in_list(context: Context, claim: Estimate) -> str:
    """Say that other P values of a sentence are as far above those of their ratios; that one is asked of, if before.

    In a list of one effect on several outcomes such P values are of another test: of heterogeneity between classes.
    """
    text, start, own = context.paper.text, claim.where.start, own_p(claim)
    if text is None or start is None or own is None or own.two <= _FAR_ABOVE or not _is_above(claim):
        return ""
    begin, stop = sentence_of(text, start)
    others = [
        one for one in context.estimates
        if one.id != claim.id and one.measure == claim.measure and begin <= (one.where.start or -1) < stop
        and (found := own_p(one)) is not None and found.two > _FAR_ABOVE and _is_above(one)
    ]  # fmt: skip
    if len(others) < _ASK:
        return ""
    if any((one.where.start or 0) < start for one in others):
        return ASKED_BEFORE
    return (
        f"So are the P values of {len(others)} other ratios of the sentence: all may be of another test, as of "
        "heterogeneity between classes."
    )


_FAR_ABOVE = 0.5


def _is_above(claim: Estimate) -> bool:
    """Whether a P value is larger than that of its interval."""
    z = _z_of_interval(claim)
    return claim.p is not None and z is not None and z_range(claim.p.value.range(), 2)[1] < z[0]


_CLOSES = re.compile(r"[^()\d;]{0,12}[)\]][^()\d;]{12,120}[(\[] ?(?:[Pp](?:[- ]value)? ?[=<>]? ?)?$")


def of_one_before(context: Context, claim: Estimate) -> Estimate | None:
    """Return the ratio right before one, in its sentence, if a P value stands behind both and outside their brackets.

    "(OR 0.6, 0.3 to 1.3) or that (OR 0.7, 0.3 to 1.6), and the two did not differ (P = .21)".
    """
    text, start = context.paper.text, claim.where.start
    places = {name: (first, last) for name, first, last in claim.where.numbers}
    if text is None or start is None or not {"p", "upper"} <= places.keys():
        return None
    if _CLOSES.fullmatch(text, places["upper"][1], places["p"][0]) is None:
        return None
    begin, _ = sentence_of(text, start)
    before = [
        one for one in context.estimates if begin <= (one.where.start or -1) < start and one.measure == claim.measure
    ]
    return before[-1] if before and before[-1].p is None else None


_ONE_MODEL = re.compile(
    r"\b(?:after|when) adjust(?:ing|ment)\b|\badjusted for\b|\badjusting for\b|\bin (?:an? |the )?"
    r"(?:multivariable|multivariate|adjusted) (?:regression|model|analys)",
    re.IGNORECASE,
)
_MORE_THAN_A_MODEL = re.compile(
    r"stratif|weighted|imput|cluster|mixed[- ](?:model|effect)|propensity|mantel|cochran|permut|rerandomi"
    r"|repeated measures|\bgee\b|generali[sz]ed estimating|bonferroni|holm|multipl(?:e|icity)",
    re.IGNORECASE,
)


def of_one_model(context: Context, claim: Estimate) -> str:
    """Return the words that lead a sentence for the one model of its P values and intervals; empty if there are none.

    "After adjusting for age, the tea group had a reduction of 4 ml (95% CI 1 to 7; P = .01)".
    """
    text, start = context.paper.text, claim.where.start
    if text is None or start is None or _MORE_THAN_A_MODEL.search(text):
        return ""
    found = _ONE_MODEL.search(text, sentence_of(text, start)[0], start)
    return found[0] if found else ""


def usual_gap_of(claim: Estimate, region: Region) -> float:
    """Return how far tests of the same data usually lie apart; of a table, exact and corrected ones are further off."""
    assert claim.p is not None
    wald, least = max(region.size_of_z), min(map(abs, region.centre))
    of_a_table = claim.measure != "hazard-ratio" and not claim.adjusted
    smaller = z_range(claim.p.value.range(), claim.p.sided or 2)[1] < region.size_of_z[0]
    # A correction for continuity takes half an event from z, whose standard error is that of the log ratio.
    return usual_gap(wald, least) + (region.se[1] / 2 if of_a_table and smaller else 0.0)


def is_written_for_less(p: PValue) -> bool:
    """Return whether a P value is one that is often written for anything below it: .001, .0001."""
    return p.value.relation == "=" and p.value.decimals >= _DIGITS_OF_LEAST and p.value.value == p.value.step


_DIGITS_OF_LEAST = 3
_ANALYSIS = Stemmed(
    r"(?<!randomly )stratif(?!ied (?:randomi|by))|(?<!quality[- ])adjust|covaria|multivari|weighted|imput|cluster"
    r"|mixed[- ](?:model|effect)|propensity|mantel|cochran|permutation|rerandomi[sz]|repeated measures|\bgee\b"
    r"|generali[sz]ed estimating"
)


def another_analysis(context: Context) -> str:
    """Return the word of a text for an analysis that may give other P values than those of its plain intervals."""
    found = _ANALYSIS.search(context.paper.text or "")
    return found[0] if found else ""


_MODIFIED = re.compile(
    r"\binteract|\bmoderat(?:ed|es|ing|ors?|ion)\b|\bmodif(?:ied|ies|ying) (?:the |this )?(?:[a-z-]{1,20} ){0,2}"
    r"(?:effects?|associations?|response|relation)|\beffect[- ]modif|\bdiffered (?:by|according to|between subgroups)",
    re.IGNORECASE,
)


def of_an_interaction(context: Context, claim: Estimate) -> str:
    """Return the word right before an estimate for an effect that differs between patients; empty if there is none."""
    return _word_before(context, claim, _MODIFIED, _BEFORE)


_REGRESSION = re.compile(
    r"\b(?:multi|uni)varia(?:te|ble)|\blogistic\b|\bregression|\bindependent(?:ly)? (?:\w+ ){0,3}(?:factors?|predict\w+"
    r"|associated)|\badjust(?:ed|ing) for\b|\b(?:predictors?|risk factors?|prognostic factors?)\b",
    re.IGNORECASE,
)


def of_regression(context: Context, claim: Estimate) -> str:
    """Return the word of an estimate's sentence for a regression, whose P values are of its model; empty if none."""
    return _word_before(context, claim, _REGRESSION, _FAR_BEFORE)


_BEFORE, _FAR_BEFORE = 120, 240


def _word_before(context: Context, claim: Estimate, words: re.Pattern[str], reach: int) -> str:
    text, start = context.paper.text, claim.where.start
    if text is None or start is None:
        return ""
    begin = max(sentence_of(text, start)[0], start - reach)
    found = words.search(text, begin, start)
    return found[0] if found else ""
