"""How far a difference lies off the centre of its interval, and what in a text would say why."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from trialstats.checks.check import Context, both_bounds
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Estimate
from trialstats.reported import Reported, Span
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.polygon import critical
from trialstats.sources.text.tokens.expressions import Stemmed

MOST_OFF = 0.4
"""The standard errors by which an asymmetric method that nobody named may put a difference off its centre."""
MOST_OFF_OF_MEANS = 0.05
"""The same where the text says mean: rounding on the way."""
MOST_OFF_OF_ONE = 0.15
"""The same of a mean in per cent, which may be skewed, of a time, and of a number converted into another unit."""
MOST_OFF_OF_NAMED = 1.5
"""The same by a method that the text names. Medians and ranks of 10 to 50 lognormal values (log SD .5 to 1.5) lay
further off in 4 of 1,000 simulated pairs of groups, bootstrapped means never."""
_ANYWHERE = Stemmed(
    r"bootstrap|hodges(?:[- –]lehmann)?|newcombe|miettinen|wilson score"
    r"|\bexact (?:[a-z-]+ )?(?:tests?|method|interval|confidence|limit|ci\b|binomial|permutation|p\b)"
    r"|profile[- ]likelihood|non-?parametric|bayes|credib"
    r"|difference in medians?|medians? differen"
    r"|log[- ]?(?:transform|scale|normal)|geometric|kaplan|restricted mean|quantile|mann[- ]whitney|wilcoxon"
)
_NEAR = Stemmed(
    r"median|\bcosts?\b|dollar|\bpounds\b|\beuros?\b|[$£€]|qaly|quality-adjusted|ratio\b|\bfold|hazard|\brisk of"
    r"|\brelative (?:change|increase|decrease|reduction|difference)|\blog\b|ln\b|clearance"
    r"|\bAUC|c\(?max|bioavailab|half-li[fv]e|attributable|efficacy"
)
_ANOTHER = re.compile(
    r"(?:\d ?[-–]|\bIQR[ ,(]*|\d, ?[-–−]?|\d[)%]? ?[^\d.;]{0,12}\b(?:vs?\.?|versus|than|compared (?:with|to)) [-–−]?)$"
)
"""What stands right before a number that is no difference: the end of "0-3 months", a quartile range, the bound before
an upper one, the value of another group."""
_THAN = re.compile(r"[)\]\s]*(?:than|v|vs\.?|versus|compared (?:with|to)) [^.;()]{0,40}[(\[]?-?\d")
"""What follows the first of two groups' own results."""
_LEVEL = re.compile(r"\d\d(?:\.\d+)? ?%[ -]?(?:CI|confidence)", re.IGNORECASE)
_SHARES = re.compile(r"per ?cent|proportion|\brates?\b|\brisks?\b|\bRDs?\b", re.IGNORECASE)
_SHARE_UNITS = re.compile(
    r"%|per ?cent|points?\b|pp\b|fold|ratio|log|per\b|events?|cases|patient|person", re.IGNORECASE
)
"""Units that a difference of shares or of rates may have: another unit is that of something measured."""
_TIME = re.compile(r"month|week|day|year|hour|min|sec|h\b|s\b", re.IGNORECASE)
_POINTS = re.compile(r"(?<!end)(?<!end[ -])point|differen(?!t\b)|absolute|\bRDs?\b|\bARR\b", re.IGNORECASE)
_MEAN = re.compile(r"\bmeans?\b|\b[ws]?md\b|average", re.IGNORECASE)
_BEFORE = 200
_IN_SENTENCE = 800
_NEARLY = 0.025
"""Half-widths off the centre of another scale that a slip in rounding makes."""
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


def last_units_off(printed: PrintedInterval) -> float:
    """Return by how many units of its last digit an estimate lies off the centre of its interval, beyond rounding.

    Examples
    --------
    >>> print(f"{last_units_off(PrintedInterval(Reported('5.3'), Reported('1.0'), Reported('9.0'))):.1f}")
    2.0
    """
    assert printed.estimate is not None and printed.lower is not None and printed.upper is not None
    (e0, e1), (l0, l1), (u0, u1) = (number.float_range() for number in (printed.estimate, printed.lower, printed.upper))
    steps = max(_step(number) for _, number in printed.parts)
    return max(e0 - (l1 + u1) / 2, (l0 + u0) / 2 - e1, 0.0) / steps


def _step(number: Reported) -> float:
    """Return the unit of the last digit of a number, which zeros before a missing point are not: 26600."""
    digits = number.digits.lstrip("-")
    zeros = 0 if number.decimals or not digits.strip("0") else len(digits) - len(digits.rstrip("0"))
    return float(number.step) * 10.0**zeros


def off_relative(printed: PrintedInterval, level: float) -> float:
    """Return the same on the scale of a relative change, be it an increase or a reduction."""
    found = [math.inf]
    for name in ("relative", "reduction"):
        try:
            found.append(critical(level) * _central(printed, _LINKS[name]))
        except ValueError:
            continue
    return min(found)


def relative_statistics(printed: PrintedInterval) -> list[Span]:
    """Return the absolute estimate over the half-width on each scale of a relative change that it is central on.

    Examples
    --------
    >>> one = PrintedInterval(Reported("60%"), Reported("20%"), Reported("113%"))
    >>> [f"{low:.2f} to {high:.2f}" for low, high in relative_statistics(one)]
    ['1.61 to 1.67']
    """
    assert printed.estimate is not None and printed.lower is not None and printed.upper is not None
    found = []
    for name in ("relative", "reduction"):
        try:
            if _central(printed, _LINKS[name]) > 0:
                continue
            low, high = sorted(map(abs, _linked(printed.estimate, _LINKS[name])))
            lower, upper = sorted((_linked(printed.lower, _LINKS[name]), _linked(printed.upper, _LINKS[name])))
        except ValueError:
            continue
        narrow, wide = (upper[0] - lower[1]) / 2, (upper[1] - lower[0]) / 2
        if narrow > 0:
            found.append((low / wide, high / narrow))
    return found


def may_be_relative(context: Context, claim: Estimate) -> bool:
    """Return whether a percentage may be a relative change: nothing near calls it a difference or points."""
    return claim.value is not None and claim.value.unit == "%" and not _POINTS.search(_words(context, claim))


_DIFFERENCE = re.compile(r"differen(?:ce|t)|\bMD\b|treatment effect", re.IGNORECASE)
_ANOTHER_SCALE = re.compile(
    r"\blogs?\b|\bln\b|geometric|ratio|fold|relative|per ?cent(?:age)? (?:change|differ)|% (?:change|differ)", re.I
)


def is_plain_difference(context: Context, claim: Estimate) -> bool:
    """Return whether the words right before an estimate call it a difference, and none of them another scale."""
    text, where = context.paper.text, claim.where
    if text is None or where.start is None or where.end is None:
        return False
    begin = max(sentence_of(text, where.start)[0], where.start - _BEFORE)
    called = _DIFFERENCE.search(text, max(begin, where.start - _RIGHT_BEFORE), where.start) is not None
    return called and _ANOTHER_SCALE.search(text, begin, where.end) is None


_RIGHT_BEFORE = 60


def scale_of(context: Context, claim: Estimate, printed: PrintedInterval) -> str:
    """Return the scale other than the natural one on which an estimate is central; empty for a plain difference."""
    if is_plain_difference(context, claim):
        return ""
    percent = are_percent(context, claim) or percent_like_others(context, claim)
    return other_scale(printed, percent=percent, in_unit=in_a_unit(claim))


def percent_like_others(context: Context, claim: Estimate) -> bool:
    """Return whether numbers without a unit are changes in per cent, as others of the text are that are said to be.

    "Changes from baseline (% change; 95% CI) in ... ." heads a list that goes on in the next sentence. Two others must
    be off their centre and central as relative changes.
    """
    found = 0
    if claim.unit is not None or claim.value is None or claim.value.unit:
        return False
    for one in context.estimates:
        bounds = both_bounds(one.interval)
        if one.id == claim.id or one.measure != claim.measure or bounds is None or one.value is None:
            continue
        numbers = one.value, *bounds
        if one.unit is not None or any(number.unit or number.relation != "=" for number in numbers):
            continue
        printed = PrintedInterval(*numbers)
        if off_centre(printed, 0.95) > MOST_OFF_OF_MEANS and are_percent(context, one):
            found += other_scale(printed, percent=True) in ("relative", "reduction")
    return found >= _ENOUGH


_ENOUGH = 2


def may_be_of_one_group(context: Context, claim: Estimate) -> bool:
    """Return whether the words about a difference may be those of a group's own result, or of a time."""
    text, where = context.paper.text, claim.where
    if text is None or where.start is None or where.end is None:
        return False
    start = next((first for name, first, _ in where.numbers if name == "value"), where.start)
    return bool(_ANOTHER.search(text[max(0, start - 40) : start]) or _THAN.match(text[where.end : where.end + 70]))


def is_share_of_one_group(context: Context, claim: Estimate) -> bool:
    """Return whether the words right before a percentage name a share of one group, as a sensitivity is."""
    text, start = context.paper.text, claim.where.start
    if text is None or start is None or claim.value is None or claim.value.unit != "%":
        return False
    return _ACCURACY.search(text[max(0, start - _BEFORE // 2) : start]) is not None


_ACCURACY = re.compile(
    r"\b(?:sensitivity|specificity|predictive values?|accuracy|prevalence)\b(?:(?!differ|increas|decreas|improv|[.;]\s)"
    r"[^;]){0,60}$",
    re.IGNORECASE,
)
"""Words for shares of one group, right before a number."""


_LINKS: dict[str, Callable[[float], float]] = {
    "log": math.log,
    "relative": math.log1p,
    "reduction": lambda value: math.log1p(-value),
    "logit": lambda value: math.log(value / (1 - value)),
}


def in_a_unit(claim: Estimate) -> bool:
    """Return whether a difference is printed in a unit of its own: it is taken from numbers, not from their logs."""
    if claim.unit is None or re.search(r"fold|ratio|log|%|per\b", claim.unit):
        return False
    return "/" not in claim.unit or _MEASURED.match(claim.unit) is not None


_MEASURED = re.compile(
    r"(?:[munpkdµμ]?(?:g|mol|l|eq|iu|u)|mm|cm|m|kcal|k?j|iu|beats|breaths|steps) ?/ ?(?:m?m(?:in|2)?|kg|[dm]?l"
    r"|hr?|d(?:ay)?|s(?:ec)?|hour|week|y(?:ea)?r)\b",
    re.IGNORECASE,
)
"""A unit of something measured, over another: no rate of events."""


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
            if _central(printed, link) <= _NEARLY:
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
    """Return the words of a text for what has an interval that need not be symmetric; empty if there are none."""
    near = _A_STEP.sub("", f"{_words(context, claim)} {claim.unit or ''}")
    found = method_named(context, claim) or _NEAR.search(near)
    if found is None:
        return ""
    # What was found may end within a word: "credib" of "credible".
    rest = _REST.match(found.string, found.end())
    return (found[0] + (rest[0] if rest is not None else "")).strip()


_A_STEP = re.compile(r"\b(?:every|each|per) (?:\d{1,3}|[a-z]{3,6})[- ]fold\b", re.IGNORECASE)
"""The step of an exposure, "per ten-fold rise", which says nothing of how an effect was computed."""
_USUAL = Stemmed(
    r"\bt[- ]tests?\b|an[oc]+va\b|analys[ei]s of (?:co)?variance|least[- ]squares|linear regression|linear model"
    r"|mixed[- ](?:effects?|model)|repeated[- ]measures|\bmmrm\b"
)
"""Analyses whose intervals are symmetric."""


def method_named(context: Context, claim: Estimate) -> re.Match[str] | None:
    """Return the word of a text for a method whose intervals need not be symmetric.

    It stands in the claim's own sentence, or the text names no other analysis.
    """
    text, start = context.paper.text or "", claim.where.start
    found = _ANYWHERE.search(text)
    if found is None or start is None or _USUAL.search(text) is None:
        return found
    begin, end = sentence_of(text, start)
    return _ANYWHERE.search(text[begin:end])


_REST = re.compile(r"(?<=[a-z])[a-z]{0,12}", re.IGNORECASE)


def is_named(context: Context, claim: Estimate, printed: PrintedInterval, level: float) -> str:
    """Return the words of a text for a method that may put an estimate as far off its centre as it is; or nothing.

    An estimate that is one of its own bounds is a median or the like of few different values.
    """
    words = asymmetric_words(context, claim)
    in_percent = claim.value is not None and claim.value.unit == "%"
    if words and in_percent and _OF_RATIOS.search(words) and off_relative(printed, level) > MOST_OFF:
        return ""  # what a ratio less one would have for its centre lies elsewhere
    if not words or off_centre(printed, level) <= MOST_OFF_OF_NAMED:
        return words
    bounds = [bound.value for bound in (printed.lower, printed.upper) if bound is not None]
    return words if printed.estimate is not None and printed.estimate.value in bounds else ""


def are_percent(context: Context, claim: Estimate) -> bool:
    """Return whether the words before a claim, anywhere in its sentence, speak of per cent."""
    text, start = context.paper.text, claim.where.start
    if text is None or start is None:
        return _PERCENT.search(claim.outcome or "") is not None
    return _PERCENT.search(text, max(sentence_of(text, start)[0], start - _IN_SENTENCE), start) is not None


def most_off(context: Context, claim: Estimate) -> float:
    """Return the standard errors by which a difference that names no method may lie off its centre."""
    words = _words(context, claim)
    loose = claim.measure == "mean" or is_a_time(claim) or _converted(context, claim)
    least = MOST_OFF_OF_ONE if loose else MOST_OFF_OF_MEANS
    if context.beside(claim, "mean") is not None or _MEAN.search(words):
        return least
    of_a_scale = claim.unit is not None and _SHARE_UNITS.match(claim.unit) is None
    shares = (not of_a_scale and ("%" in _LEVEL.sub("", words) or _SHARES.search(words))) or is_a_time(claim)
    return MOST_OFF if shares or claim.value is None or claim.value.unit == "%" else least


_OF_RATIOS = re.compile(r"hazard|odds|relative|\bfold|ratio\b", re.IGNORECASE)


def is_said_relative(context: Context, claim: Estimate) -> bool:
    """Return whether words before a percentage, in its sentence, are those of ratios or of changes in per cent."""
    text, start = context.paper.text, claim.where.start
    if text is None or start is None:
        return False
    begin = max(sentence_of(text, start)[0], start - _IN_SENTENCE)
    said = are_percent(context, claim) or _OF_RATIOS.search(text, begin, start) is not None
    return said and may_be_relative(context, claim)


def need_not_be(context: Context, claim: Estimate, way: str) -> str:
    """Return which intervals need not be symmetric: of two shares, of a relative change, or of anything measured."""
    if _converted(context, claim):
        return "It is the number before it in another unit: rounding before it was converted leaves it so."
    if way:
        return "A relative change is a ratio less one, whose interval need not be symmetric."
    told = claim.unit is None or claim.unit.startswith("percent") or (claim.value and claim.value.unit == "%")
    if told and most_off(context, claim) >= MOST_OFF and not is_a_time(claim):
        return "Score, Newcombe and bootstrap intervals need not be symmetric."
    return "Intervals by bootstrap or ranks, or from a transformed scale, need not be symmetric."


def _converted(context: Context, claim: Estimate) -> bool:
    text, start = context.paper.text, claim.where.start
    return text is not None and start is not None and _CONVERTED.search(text[max(0, start - 20) : start]) is not None


def is_far_off(context: Context, claim: Estimate, printed: PrintedInterval, level: float) -> bool:
    """Return whether an estimate in its interval lies further off its centre than any method of the text puts it."""
    off = off_centre(printed, level)
    inside = off < critical(level)
    far = MOST_OFF
    if claim.measure == "mean" and not is_a_time(claim):
        loose = claim.value is None or claim.value.unit == "%" or _converted(context, claim)
        far = MOST_OFF_OF_ONE if loose else MOST_OFF_OF_MEANS
    return (
        inside and off > far and not scale_of(context, claim, printed) and not is_named(context, claim, printed, level)
    )


def is_a_time(claim: Estimate) -> bool:
    """Return whether a number is one of seconds to years."""
    return _TIME.match(claim.unit or "") is not None


def than_named(context: Context, claim: Estimate, printed: PrintedInterval, level: float) -> str:
    """Say that no method of the text puts a difference so far off; and that the other sign would, if it would."""
    words = asymmetric_words(context, claim)
    if not words or method_named(context, claim) is None:
        return "which no method that the text names gives"
    said = f"which is too far for {words}, as the text says"
    if printed.estimate is None or not printed.estimate.value:
        return said
    turned = PrintedInterval(mirrored(printed.estimate), printed.lower, printed.upper)
    if (off := off_centre(turned, level)) > MOST_OFF:
        return said
    return f"{said}; with its sign turned, {mirrored(printed.estimate).text}, it would lie {off:.2g} off"
