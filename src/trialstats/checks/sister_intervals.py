"""What the intervals of the other ratios of a text say of how one interval was made.

A scale or a method under which one estimate lies off the centre of its interval would put others off theirs. Where all
others of the text that could tell are central on the log scale, it explains nothing; nor does one in a review, whose
pooled ratios are central on the log scale by the way they are made.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from trialstats.checks.another_analysis import combined
from trialstats.checks.check import Context
from trialstats.checks.sentences import sentence_of
from trialstats.checks.unnamed_way import names_a_method, off_log_centre
from trialstats.claims.model import RATIO_MEASURES, Estimate
from trialstats.explanations import Explanation
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.polygon import critical
from trialstats.search.ratios.search import RatioSearch
from trialstats.search.ratios.ways import LINK_SCALES

Searched = Callable[[Estimate], RatioSearch | None]
_LEAST = 0.04
"""Standard errors off the centre that a slip in rounding makes, and nobody is asked about."""
_ENOUGH = 2
"""So many other ratios must tell."""
_WRONG_WAY = 0.1
"""Standard errors off the centre from which the side tells: that of exact and profile intervals is the one towards the
arm with fewer events."""
_OF_HANDS = frozenset({"up", "truncated"})


@dataclass(frozen=True)
class Sisters:
    """The other ratios of a text that tell something of how its intervals were made."""

    central: int
    """How many are central on the log scale, but for a slip in rounding."""
    telling: int
    """How many of them would not be, if they were made like the one in question."""
    off: int
    """How many are not."""

    @property
    def deny(self) -> bool:
        """Whether they deny a way of making an interval."""
        return self.telling >= _ENOUGH and not self.off


def sisters(context: Context, claim: Estimate, best: Explanation, printed: PrintedInterval, of: Searched) -> Sisters:
    """Return what the other ratios of a claim's measure say of the way in which one was made."""
    central = telling = off = 0
    skew = _skewness(printed, 0.95 if best.level is None else best.level)
    for search in _searches(context, claim, of):
        if off_log_centre(search.printed, search.level)[0] > _LEAST:
            off += 1
            continue
        central += 1
        if best.scale in LINK_SCALES:
            telling += not search.fits(best.scale or "", "nearest")
        else:
            telling += min(skew, 1.0) * _half(search.printed) ** 2 / 6 > _slack(search.printed)
    return Sisters(central, telling, off)


def _searches(context: Context, claim: Estimate, of: Searched) -> Iterator[RatioSearch]:
    own = _numbers(claim)
    for one in context.estimates:
        if one.measure != claim.measure or one.interval is None or one.interval.kind == "credible":
            continue
        if _numbers(one) == own or (search := of(one)) is None or len(search.printed.parts) < len(own):
            continue
        if all(number.relation == "=" and number.float_range()[0] > 0 for _, number in search.printed.parts):
            yield search


def _numbers(claim: Estimate) -> tuple[str, str, str]:
    spread, value = claim.interval, claim.value
    bounds = (None, None) if spread is None else (spread.lower, spread.upper)
    lower, upper = ("" if bound is None else bound.text for bound in bounds)
    return "" if value is None else value.text, lower, upper


def _half(printed: PrintedInterval) -> float:
    return off_log_centre(printed, 0.95)[1]


def _skewness(printed: PrintedInterval, level: float) -> float:
    """Return how skewed an interval is beyond rounding, as a share of what the first order of a likelihood allows."""
    off, half = off_log_centre(printed, level)
    return off * half / critical(level) / (half * half / 6) if half > 0 else 0.0


def _digits_off(printed: PrintedInterval) -> float:
    """Return by how many units of its last digit an estimate lies off the geometric mean of its bounds, past rounding.

    Examples
    --------
    >>> from trialstats.reported import Reported
    >>> print(f"{_digits_off(PrintedInterval(Reported('0.62'), Reported('0.50'), Reported('0.80'))):.1f}")
    0.2
    """
    (e0, e1), (l0, l1), (u0, u1) = (number.float_range() for _, number in printed.parts)
    off = max(math.sqrt(l0 * u0) - e1, e0 - math.sqrt(l1 * u1), 0.0)
    return off / float(printed.parts[0][1].step)


_HALF_A_DIGIT = 0.5


def _slack(printed: PrintedInterval) -> float:
    """Return by how much rounding alone lets an estimate lie off its centre on the log scale."""
    numbers = [(float(number.value), float(number.step)) for _, number in printed.parts]
    (value, step), *bounds = numbers
    return step / value / 2 + sum(by / bound for bound, by in bounds) / 4


def pooled(context: Context, claim: Estimate) -> bool:
    """Whether a ratio of a review of studies was pooled, by a method whose intervals are central on the log scale."""
    text, where = context.paper.text, claim.where
    if text is None or claim.measure not in RATIO_MEASURES or not combined(context):
        return False
    if names_a_method(context, of_pooled=True):
        return False
    if where.start is None or where.end is None or _OF_A_TRIAL.search(text):
        return False
    # A review may also tell of the results of one study, and of regressions over studies.
    stop = min(sentence_of(text, where.start)[1], where.end + _NEAR // 4)
    begin = max(0, where.start - _NEAR)
    if claim.measure == "risk-ratio" and _ODDS.search(text, begin, where.start) is not None:
        return False  # one that was worked out from the odds ratio right before it
    return _OF_ONE.search(text, begin, stop) is None


_NEAR = 120
_OF_A_TRIAL = re.compile(
    r"\bwe (?:randomi[sz]ed|enrolled|recruited)|randomly (?:assigned|allocated)|(?:patients|participants|women"
    r"|men|children) were (?:randomi[sz]ed|enrolled|recruited)",
    re.IGNORECASE,
)
"""Words of a text on a trial of its own, which may speak of a review too."""
_OF_ONE = re.compile(
    r"\b(?:one|single|1) (?:[a-z-]{1,20} ){0,2}(?:study|trial|RCT)\b|\banother\b|regression|bayes|credib|network",
    re.IGNORECASE,
)
_ODDS = re.compile(r"\bORs?\b|\bodds\b")


def is_denied(context: Context, claim: Estimate, search: RatioSearch, best: Explanation, of: Searched) -> str:
    """Say why an unusual way of making a ratio's interval explains nothing in this text; empty if it may."""
    if best.ordinary or best.method is not None or search.credible or context.paper.text is None:
        return ""
    if best.scale in (None, "log") or claim.measure == "relative-reduction":
        return ""
    off = off_log_centre(search.printed, search.level)[0]
    if off <= _LEAST:
        return ""
    if best.scale != "identity" and pooled(context, claim):
        if _digits_off(search.printed) <= _HALF_A_DIGIT:
            return ""
        return "Ratios that were pooled over studies are, by the way they are made"
    if names_a_method(context):
        return ""
    found = sisters(context, claim, best, search.printed, of)
    if found.central >= _ENOUGH and not (found.off or found.deny) and off > _WRONG_WAY and best.scale != "identity":
        if _is_longer_towards_more(context, search.printed):
            return (
                f"The other {found.central} of the text are, and its longer side is the one towards the arm with more "
                "events, where exact and profile-likelihood intervals have the shorter one"
            )
        return ""
    if best.scale == "off-centre" and found.off >= _ENOUGH and found.telling:
        beyond = sum(one.cheapest() is None for one in _searches(context, claim, of))
        if beyond:
            return (
                "Another ratio of the text is as well, and further than profile-likelihood, exact and score intervals "
                "would be, while one is central, so that none of these accounts for them all"
            )
    if not found.deny:
        return ""
    return f"The other {found.central} of the text are, and made in a way that puts this one off they would not be"


_RANDOMISED = re.compile(r"\brandom", re.IGNORECASE)


def _is_longer_towards_more(context: Context, printed: PrintedInterval) -> bool:
    """Whether the longer side of an interval, in a trial, points to the arm with more events, as the ratio tells it."""
    estimate, lower, upper = (float(number.value) for _, number in printed.parts)
    if (
        _RANDOMISED.search(context.paper.text or "") is None
        or not 0 < lower < upper
        or abs(math.log(estimate)) < _APART
    ):
        return False
    return (estimate < 1) == (estimate * estimate < lower * upper)


_APART = 0.1
"""The log of a ratio from which it tells which arm had fewer events."""


def is_a_trifle_off(search: RatioSearch, best: Explanation) -> float:
    """Return the standard errors that a ratio lies off the log centre, where a slip in rounding does so; else 0."""
    if best.ordinary or best.method is not None or best.scale in (None, "log"):
        return 0.0
    off = off_log_centre(search.printed, search.level)[0]
    return off if 0 < off <= _LEAST else 0.0


def slip_of_rounding(context: Context, claim: Estimate, best: Explanation, of: Searched) -> str:
    """Say that the other ratios of a text are rounded plainly, where one alone takes another rounding."""
    if best.scale != "log" or best.rounding not in _OF_HANDS:
        return ""
    plain = sum(search.fits("log", "nearest") for search in _searches(context, claim, of))
    if plain < _ENOUGH:
        return "A slip in a last digit is as likely."
    return f"The other {plain} are rounded plainly: a slip in a last digit is as likely."
