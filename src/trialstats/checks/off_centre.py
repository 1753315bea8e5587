"""How far a difference lies off the centre of its interval, and what in a text would say why."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from trialstats.checks.check import Context
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Estimate
from trialstats.reported import Reported, Span
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.polygon import critical
from trialstats.sources.text.expressions import Stemmed

MOST_OFF = 0.4
"""The standard errors by which an asymmetric method that nobody named may put a difference off its centre."""
MOST_OFF_OF_MEANS = 0.05
"""The same where the text says mean: rounding on the way."""
MOST_OFF_OF_ONE = 0.15
"""The same of one group's own mean, which may be of skewed values, and of a number converted into another unit."""
_ANYWHERE = Stemmed(
    r"bootstrap|hodges|newcombe|miettinen|wilson score|\bexact\b|profile[- ]likelihood|non-?parametric|bayes|credib"
    r"|difference in medians?|medians? differen"
    r"|log[- ]?(?:transform|scale|normal)|geometric|kaplan|restricted mean|quantile|mann[- ]whitney|wilcoxon"
)
_NEAR = re.compile(
    r"median|\bcosts?\b|dollar|pounds|\beuros?\b|[$£€]|qaly|quality-adjusted|ratio\b|\bfold|hazard|\brisk of"
    r"|\brelative (?:change|increase|decrease|reduction|difference)|\blog\b|ln\b|clearance"
    r"|\bAUC|c\(?max|bioavailab|half-li[fv]e|attributable|efficacy",
    re.IGNORECASE,
)
_ANOTHER = re.compile(r"(?:\d ?[-–]|\bIQR[ ,(]*)$")
"""What stands right before a number that is no difference: the end of "0-3 months", a quartile range."""
_THAN = re.compile(r"[)\]\s]*(?:than|v|vs\.?|versus|compared (?:with|to)) [^.;()]{0,40}[(\[]?-?\d")
"""What follows the first of two groups' own results."""
_LEVEL = re.compile(r"\d\d(?:\.\d+)? ?%[ -]?(?:CI|confidence)", re.IGNORECASE)
_SHARES = re.compile(r"per ?cent|proportion|\brates?\b|\brisks?\b|\bRDs?\b", re.IGNORECASE)
_TIME = re.compile(r"month|week|day|year|hour|min|sec|h\b|s\b", re.IGNORECASE)
_POINTS = re.compile(r"point|differen|absolute|\bRDs?\b|\bARR\b", re.IGNORECASE)
_MEAN = re.compile(r"\bmeans?\b|\b[ws]?md\b|average", re.IGNORECASE)
_BEFORE = 200
_IN_SENTENCE = 800
_EXACTLY = 0.05
_PERCENT = re.compile(r"(?:%|per ?cent) (?:change|increase|decrease|reduc|differ)|geometric|\bfold\b", re.IGNORECASE)
_CONVERTED = re.compile(r"[\])] ?(?:%|[a-zA-Z/]{1,12})?[;,]? ?[(\[]?[-+]?$")
"""What stands right before a number that says the one before it once more, in another unit."""


_LESS = re.compile(
    r"\b(?:fell|falls?|fallen|reduc|decreas|decrement|declin|drop|lost|los[es]|losing|low|less|few|small|short|diminish"
    r"|lessen|shrank|shrunk|shrink|improv|benefit|gain|sav|spar|avoid|prevent|reliev|worse)",
    re.IGNORECASE,
)
"""Words for an amount that is printed with the sign of one direction, and its bounds with that of the other."""


def may_be_an_amount(context: Context, claim: Estimate) -> bool:
    """Return whether an estimate may be meant without the sign that it is printed with, or that it lacks.

    One without a minus sign may: 3.7 lower (-8.1 to 0.6). One with it only where words say the direction once more:
    "reduced by -3.7 (0.6 to 8.1)".
    """
    value, text, start = claim.value, context.paper.text, claim.where.start
    if value is None or value.is_missing or value.value >= 0 or text is None or start is None:
        return True
    begin, end = sentence_of(text, start)
    return _LESS.search(text, max(begin, start - _BEFORE), min(end, (claim.where.end or start) + 60)) is not None


def mirrored(number: Reported) -> Reported:
    """Return a printed number with its sign turned."""
    digits = number.digits.removeprefix("-") if number.digits.startswith("-") else f"-{number.digits}"
    return Reported(f"{digits}{number.unit}")


def _central(printed: PrintedInterval, link: Callable[[float], float]) -> float:
    """Return the distance of the estimate from the middle on some scale, in half-widths, less what rounding allows."""
    assert printed.estimate is not None and printed.lower is not None and printed.upper is not None
    spans = [_linked(number, link) for number in (printed.estimate, printed.lower, printed.upper)]
    estimate, (lower, upper) = spans[0], sorted(spans[1:])
    middle = ((lower[0] + upper[0]) / 2, (lower[1] + upper[1]) / 2)
    half = (upper[0] + upper[1] - lower[0] - lower[1]) / 4
    off = max(estimate[0] - middle[1], middle[0] - estimate[1], 0.0)
    return off / half if half > 0 else math.inf


def _linked(number: Reported, link: Callable[[float], float]) -> Span:
    low, high = sorted(link(float(end)) for end in number.float_range())
    return low, high


def off_centre(printed: PrintedInterval, level: float) -> float:
    """Return by how many standard errors an estimate lies off the centre of its interval, beyond rounding.

    Examples
    --------
    >>> one = PrintedInterval(Reported("-2.4"), Reported("-3.1"), Reported("-0.2"))
    >>> print(f"{off_centre(one, 0.95):.2f}")
    0.88
    """
    return critical(level) * _central(printed, lambda value: value)


def off_relative(printed: PrintedInterval, level: float) -> float:
    """Return the same on the scale of a relative change, be it an increase or a reduction."""
    found = [math.inf]
    for name in ("relative", "reduction"):
        try:
            found.append(critical(level) * _central(printed, _LINKS[name]))
        except ValueError:
            continue
    return min(found)


def may_be_relative(context: Context, claim: Estimate) -> bool:
    """Return whether a percentage may be a relative change: nothing near calls it a difference or points."""
    return claim.value is not None and claim.value.unit == "%" and not _POINTS.search(_words(context, claim))


def may_be_of_one_group(context: Context, claim: Estimate) -> bool:
    """Return whether the words about a difference may be those of a group's own result, or of a time."""
    text, where = context.paper.text, claim.where
    if text is None or where.start is None or where.end is None:
        return False
    start = next((first for name, first, _ in where.numbers if name == "value"), where.start)
    return bool(_ANOTHER.search(text[max(0, start - 8) : start]) or _THAN.match(text[where.end : where.end + 70]))


_LINKS: dict[str, Callable[[float], float]] = {
    "log": math.log,
    "relative": math.log1p,
    "reduction": lambda value: math.log1p(-value),
    "logit": lambda value: math.log(value / (1 - value)),
}


def in_a_unit(claim: Estimate) -> bool:
    """Return whether a difference is printed in a unit of its own: it is taken from numbers, not from their logs."""
    return claim.unit is not None and re.search(r"fold|ratio|log|%|/|per\b", claim.unit) is None


def other_scale(printed: PrintedInterval, *, percent: bool = False, in_unit: bool = False) -> str:
    """Return the scale other than the natural one on which an estimate is central; empty if there is none.

    ``in_unit``: it has a unit, and no log of it is taken.
    ``percent``: the numbers are percentages though no sign stands beside them, as behind "(% change; 95% CI)".

    Examples
    --------
    >>> other_scale(PrintedInterval(Reported("47%"), Reported("7%"), Reported("70%")))
    'reduction'
    """
    assert printed.estimate is not None
    if percent and not printed.estimate.unit:
        printed = PrintedInterval(**{name: number.with_unit("%") for name, number in printed.parts})
    unit = printed.estimate.unit if printed.estimate is not None else ""
    for name, link in _LINKS.items():
        if (unit != "%") if name != "log" else in_unit:
            continue
        try:
            if _central(printed, link) <= _EXACTLY:
                return name
        except ValueError:
            continue  # a number that the scale does not have
    return ""


def _words(context: Context, claim: Estimate) -> str:
    """Return the words before a claim, back to the end of the sentence before, and its own."""
    text, where = context.paper.text, claim.where
    if text is None or where.start is None or where.end is None:
        return claim.outcome or ""
    start = max(text.rfind(". ", 0, where.start), where.start - _BEFORE, 0)
    return f"{text[start : where.end + 30]} {claim.outcome or ''}"


def asymmetric_words(context: Context, claim: Estimate) -> str:
    """Return the word of a text for what has an interval that need not be symmetric; empty if there is none."""
    found = _ANYWHERE.search(context.paper.text or "") or _NEAR.search(f"{_words(context, claim)} {claim.unit or ''}")
    return found[0] if found else ""


def are_percent(context: Context, claim: Estimate) -> bool:
    """Return whether the words before a claim, anywhere in its sentence, speak of per cent."""
    text, start = context.paper.text, claim.where.start
    if text is None or start is None:
        return _PERCENT.search(claim.outcome or "") is not None
    return _PERCENT.search(text, max(sentence_of(text, start)[0], start - _IN_SENTENCE), start) is not None


def most_off(context: Context, claim: Estimate) -> float:
    """Return the standard errors by which a difference that names no method may lie off its centre."""
    words = _words(context, claim)
    loose = claim.measure == "mean" or _is_time(claim) or _converted(context, claim)
    least = MOST_OFF_OF_ONE if loose else MOST_OFF_OF_MEANS
    if context.beside(claim, "mean") is not None or _MEAN.search(words):
        return least
    shares = "%" in _LEVEL.sub("", words) or _SHARES.search(words) or _is_time(claim)
    return MOST_OFF if shares or claim.value is None or claim.value.unit == "%" else least


def _converted(context: Context, claim: Estimate) -> bool:
    text, start = context.paper.text, claim.where.start
    return text is not None and start is not None and _CONVERTED.search(text[max(0, start - 20) : start]) is not None


def is_far_off(context: Context, claim: Estimate, printed: PrintedInterval, level: float) -> bool:
    """Return whether an estimate inside its interval lies further off its centre than any unnamed method puts it."""
    off = off_centre(printed, level)
    inside = off < critical(level)
    far = MOST_OFF_OF_ONE if claim.measure == "mean" and not _is_time(claim) else MOST_OFF
    scale = other_scale(printed, percent=are_percent(context, claim), in_unit=in_a_unit(claim))
    return inside and off > far and not scale and not asymmetric_words(context, claim)


def _is_time(claim: Estimate) -> bool:
    return _TIME.match(claim.unit or "") is not None
