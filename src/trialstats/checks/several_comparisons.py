"""What in a text says that an interval or a P value allows for several comparisons, and the other one may not.

Not a check: those of a P value against its interval ask it. A simultaneous or Bonferroni-corrected interval is wider
than that of its own test, a corrected P value larger; neither can be held against the other.
"""

from __future__ import annotations

import math
import re

from trialstats.checks.check import Context
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Estimate, PValue
from trialstats.reported import Span
from trialstats.sources.text.tokens.expressions import Stemmed

_MANY = (
    r"(?:simultaneous(?= (?:\d|confidence|ci\b|intervals?\b|limits\b))|bonferroni|multiplicity"
    r"|multiple[- ](?:comparison|test|outcome|end-?point)\w*|family-?wise|tukey|dunnett|scheff[eé]|šid[aá]k|sidak"
    r"|hochberg|holm)"
)
_NOT = r"(?:\b(?:not|un-?adjusted|uncorrected|without|no)\b[^.;()]{0,40})"
_BESIDE = re.compile(rf"(?P<no>{_NOT})?\b{_MANY}\b", re.IGNORECASE)
_INTERVALS = r"(?:confidence (?:intervals?|limits)|cis?)\b"
_OF_INTERVALS = Stemmed(
    rf"\b{_MANY}[- ](?:adjusted |corrected |based )?(?:\d\d(?:\.\d+)? ?% )?{_INTERVALS}"
    rf"|\b{_INTERVALS}[^.;()]{{0,60}}\b{_MANY}\b"
)
_OF_P = Stemmed(
    rf"\bp[- ]?values?\b[^.;()]{{0,60}}\b{_MANY}\b|\b{_MANY}[- ](?:adjust|correct)\w*"
    rf"|\b(?:adjust|correct)\w* for {_MANY}"
)
_NEGATED = re.compile(_NOT, re.IGNORECASE)
_BEFORE, _BEHIND = 60, 50
_LABEL = re.compile(r"\b(?:adjusted|corrected) p\b[ -]?(?:values?)?[\s=<>≤≥]*$", re.IGNORECASE)


_MOST_COMPARISONS = 20
NOT_OF_ONE = "by the words of the text (“{}”) P value and interval may allow for different numbers of comparisons"
"""Why a P value was not held against its interval."""


def times_as_large(p: PValue, span: Span) -> float:
    """Return how many times as large a printed P value is at least as that of its interval; below 1 if it is smaller.

    Examples
    --------
    >>> from trialstats.reported import Reported
    >>> round(times_as_large(PValue(Reported("0.050")), (0.0045, 0.0055)), 1)
    9.0
    """
    low, high = p.value.float_range()
    if low > span[1]:
        return low / span[1] if span[1] > 0 else math.inf
    return high / span[0] if high < span[0] else 1.0


def beside_several(context: Context, claim: Estimate) -> str:
    """Return the words right beside a claim by which its interval or P value allows for several comparisons.

    Examples
    --------
    >>> from trialstats import extract
    >>> from trialstats.catalogue import load_catalogue
    >>> paper = extract("The hazard ratio was 0.75 (Bonferroni-adjusted 95% CI, 0.52 to 1.08; P = .03).")
    >>> beside_several(Context(paper, load_catalogue()), paper.claims[0])
    'Bonferroni'
    """
    text, where = context.paper.text, claim.where
    if text is None or where.start is None or where.end is None:
        return ""
    begin, end = sentence_of(text, where.start)
    found = _BESIDE.search(text, max(begin, where.start - _BEFORE), max(min(end, where.end + _BEHIND), where.end))
    return found[0] if found is not None and found["no"] is None else ""


def of_several(context: Context, claim: Estimate, *, times: float) -> str:
    """Return the words anywhere in a text by which P values or intervals allow for several comparisons.

    Empty where there are none.

    Parameters
    ----------
    context : Context
    claim : Estimate
    times : float
        How many times as large the printed P value is as that of the interval. One that was corrected is larger, as
        many times as there are comparisons; where the interval was, it is smaller.
    """
    text = context.paper.text
    if text is None:
        return ""
    if times > 1 and (label := _own_label(text, claim)):
        return label
    if times > _MOST_COMPARISONS:
        return ""
    said = (_OF_P if times > 1 else _OF_INTERVALS).search(text)
    if said is None or _NEGATED.search(text[max(0, said.start() - _BEFORE) : said.end()]):
        return ""
    return said[0]


def _own_label(text: str, claim: Estimate) -> str:
    """Return "adjusted P" where the P value alone is called so: for covariates the interval would be adjusted too."""
    place = next((start for name, start, _ in claim.where.numbers if name == "p"), None)
    if place is None or claim.adjusted:
        return ""
    found = _LABEL.search(text, max(0, place - 30), place)
    return found[0].strip(" =<>≤≥") if found else ""
