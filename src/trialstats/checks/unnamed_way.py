"""Ways in which an interval about a ratio is so seldom made that a text would have to name them."""

from __future__ import annotations

import math
import re
from types import MappingProxyType

from trialstats.checks.check import Context
from trialstats.claims.model import Estimate
from trialstats.explanations import Explanation
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.envelope import ENVELOPES
from trialstats.search.ratios.polygon import critical
from trialstats.search.ratios.search import RatioSearch
from trialstats.sources.text.tokens.expressions import Stemmed

_NAMED = Stemmed(
    r"bootstrap|percentile|bias[- ]correct|jack-?kni|resampl|permutation|\bexact\b|profile|likelihood|score|koopman"
    r"|miettinen|bayes|credib|posterior|poisson|standardi[sz]ed|\bS[MI]R\b|fieller|repeated confidence|sequential"
    r"|median[- ]unbiased|adaptive|conditional|sandwich|number needed|need(?:s|ed)? to (?:be )?treat|must be treated"
    r"|reciprocal|per cent change|geometric"
)
"""Methods whose intervals need not be central on the log scale, and what only looks like a ratio."""
_SELDOM = MappingProxyType(
    {
        "bootstrap": "Only percentile or bias-corrected bootstrap intervals of small trials lie so far off centre",
        "reciprocal": "It is central on the natural scale of the reciprocal only",
    }
)
_OF_SHARES = frozenset({"complement", "exact-poisson"})
"""Scales for one minus a risk ratio, and for counts over person-time: no hazard or odds ratio has them."""
_FAR = 0.19
"""Standard errors off the centre of the log scale that rounding and usual methods never reach in a large trial."""


def unnamed_oddity(context: Context, claim: Estimate, search: RatioSearch, best: Explanation) -> str:
    """Return what is odd about the only way of printing a ratio's interval that was found; empty if nothing is.

    Nothing is where the text names a method of that kind, and of a credible interval.
    """
    if best.ordinary or best.method is not None or search.credible or claim.measure == "relative-reduction":
        return ""
    off, half = off_log_centre(search.printed, search.level)
    odd = _SELDOM.get(best.scale or "", "")
    if not odd and best.scale in _OF_SHARES and claim.measure != "risk-ratio":
        odd = "Only a scale that is none of hazard or odds ratios has it in its centre"
    if not odd and best.scale == "off-centre" and claim.measure == "risk-ratio" and off > _of_odds(search, half):
        odd = f"It lies {off:.1f} standard errors off, as score intervals of large risks do at most"
    if not odd or off <= _FAR / 2:
        return ""
    return "" if names_a_method(context) else odd


def names_a_method(context: Context, *, of_pooled: bool = False) -> bool:
    """Return whether a text names a method whose intervals need not be central on the log scale.

    Of ratios ``of_pooled`` studies neither a number needed to treat nor a standardised mean names one.
    """
    text = context.paper.text or ""
    return _NAMED.search(_NO_METHOD.sub("", text) if of_pooled else text) is not None


_NO_METHOD = re.compile(
    r"\bnumbers? needed\b[^.;]{0,30}|\bneed(?:s|ed)? to (?:be )?treat|\blikelihood of\b"
    r"|standardi[sz]ed (?!mortality|incidence|morbidity|hospitali|ratio|rate|relative)",
    re.IGNORECASE,
)


def off_log_centre(printed: PrintedInterval, level: float) -> tuple[float, float]:
    """Return by how many standard errors an estimate lies off the centre of the log scale, and half the width there.

    Examples
    --------
    >>> from trialstats.reported import Reported
    >>> one = PrintedInterval(Reported("0.74"), Reported("0.48"), Reported("1.32"))
    >>> print("{:.2f} {:.2f}".format(*off_log_centre(one, 0.95)))
    0.23 0.51
    """
    spans = [_logs(*number.float_range()) for _, number in printed.parts]
    (e0, e1), (l0, l1), (u0, u1) = spans
    half = (u0 + u1 - l0 - l1) / 4
    if not (math.isfinite(half) and half > 0):
        return 0.0, 0.0
    off = max(e0 - (l1 + u1) / 2, (l0 + u0) / 2 - e1, 0.0)
    return critical(level) * off / half, half


def is_far_off(printed: PrintedInterval, level: float) -> bool:
    """Return whether a ratio lies further off the centre of its interval than rounding on the way puts it."""
    return off_log_centre(printed, level)[0] > _FAR


def _logs(low: float, high: float) -> tuple[float, float]:
    return (math.log(low) if low > 0 else -math.inf, math.log(high) if 0 < high < math.inf else math.inf)


def _of_odds(search: RatioSearch, half: float) -> float:
    """Return how far off centre intervals of an odds ratio lie at most, in standard errors, and at least `_FAR`."""
    estimate = search.printed.estimate
    value = float(estimate.value) if estimate is not None else 0.0
    low, high = ENVELOPES["odds-ratio"].reach(half, math.log(value) if value > 0 else 0.0)
    return max(_FAR, critical(search.level) * max(-low, high) / half) if half > 0 else math.inf
