"""Ratios that were rounded before: padded zeros, the inverse or the power of a ratio, one worked out from odds ratios.

Not a check: the checks of a ratio's interval and of its P value ask it before they ask anybody. "Per 10 years" may be
1.04 (1.02 to 1.05) to the tenth, each number rounded before: its interval then lies as far off centre as that takes. A
risk ratio worked out from an odds ratio (Zhang and Yu 1998) is central as the odds ratio that it was. 2.94 (1.92 to
4.55) is 0.34 (0.22 to 0.52) turned over, and 1.40 (0.66 to 2.90) may be 1.4 (0.66 to 2.9) with zeros put behind.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from trialstats.checks.check import Context
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Estimate
from trialstats.press import print_number
from trialstats.reported import Reported, Span
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.polygon import ratio_region
from trialstats.sources.text.tokens.expressions import Stemmed

_RATIOS = r"(?:relative risks?|risk ratios?|prevalence ratios?|rrs?)"
_MADE = r"(?:estimated|derived|calculated|computed|approximated|converted|obtained|transformed|translated|corrected)"
_CONVERTED = Stemmed(
    r"\bzhang(?: (?:and|&) |[ /–-])yu\b"
    rf"|\b{_RATIOS}\b[^.;()]{{0,40}}[(]?\b{_MADE}\b[^.;()]{{0,20}}\bfrom (?:the )?(?:adjusted )?odds ratios?\b"
    rf"|\bodds ratios?\b[^.;()]{{0,40}}\b(?:converted|transformed|translated)\b[^.;()]{{0,30}}\b{_RATIOS}\b"
    rf"|\b(?:convert|transform|translat)(?:ed|ing)? (?:the )?(?:adjusted )?odds ratios? (?:in)?to\b"
)


def words_of_conversion(context: Context, claim: Estimate) -> str:
    """Return the words by which a text says that its risk ratios were worked out from odds ratios; empty if none do.

    Examples
    --------
    >>> from trialstats import extract
    >>> from trialstats.catalogue import load_catalogue
    >>> said = "Odds ratios were converted to relative risks. "
    >>> paper = extract(f"{said}The relative risk was 1.68 (95% CI 1.23 to 2.04).")
    >>> words_of_conversion(Context(paper, load_catalogue()), paper.claims[-1])
    'Odds ratios were converted to relative risks'
    """
    if claim.measure != "risk-ratio":
        return ""
    found = _CONVERTED.search(context.paper.text or "")
    return found[0] if found else ""


_STEPS = 400


def risks_of_conversion(printed: PrintedInterval) -> Span | None:
    """Return the risks of the comparison group at which a risk ratio is central as the odds ratio that it came from.

    None if there are none.

    Examples
    --------
    >>> one = PrintedInterval(Reported("1.68"), Reported("1.23"), Reported("2.04"))
    >>> print("{:.2f} to {:.2f}".format(*risks_of_conversion(one)))
    0.38 to 0.41
    """
    ranges = [number.float_range() for _, number in printed.parts]
    found = [
        risk
        for step in range(1, _STEPS)
        if (risk := step / _STEPS) and _meets_middle(ranges, partial(_log_odds_ratio, risk))
    ]
    return (min(found), max(found)) if found else None


def _log_odds_ratio(risk: float, ratio: float) -> float:
    if ratio <= 0 or ratio * risk >= 1:
        return math.nan
    return math.log(ratio * (1 - risk) / (1 - ratio * risk))


def _meets_middle(ranges: list[Span], link: Callable[[float], float]) -> bool:
    """Whether an estimate can be the middle of its bounds on a scale."""
    (e0, e1), (l0, l1), (u0, u1) = [(link(low), link(high)) for low, high in ranges]
    return (l0 + u0) / 2 <= e1 and e0 <= (l1 + u1) / 2  # false of what the scale does not have


_PER = re.compile(
    r"\b(?:per|each|every|for an?|with an?|by)[ -](?:additional |extra )?"
    r"(?P<k>\d{1,4}(?:\.\d{1,2})?)(?![\d.,]*\d| ?%? ?CI)"
    r"(?:[- ]?%|[- ](?!(?:patients?|participants?|persons?|people|women|men|children|subjects|cases)\b)[a-zµμ])",
    re.IGNORECASE,
)
_FAR = 160
_DECIMALS = 2, 3


@dataclass(frozen=True, slots=True)
class Power:
    """A ratio of so many units that is the power of one that was rounded before.

    Attributes
    ----------
    units : float
    ratio : str
        The ratio of one unit with its bounds, as it would be printed.
    of_coefficients : bool
        Whether the log of the ratio was rounded, not the ratio.
    """

    units: float
    ratio: str
    of_coefficients: bool

    @property
    def words(self) -> str:
        """What was done, in words."""
        what = "coefficient" if self.of_coefficients else "ratio"
        how = f"exp({self.units:g} b)" if self.of_coefficients else f"to the power of {self.units:g}"
        return f"the {what} of one unit, {self.ratio}, {how}"


def power_of_rounded(context: Context, claim: Estimate, printed: PrintedInterval, level: float) -> Power | None:
    """Return the rounded ratio or coefficient of one unit that prints a ratio of several units; None if none does."""
    text, start = context.paper.text, claim.where.start
    if text is None or start is None or len(printed.parts) < len(("estimate", "lower", "upper")):
        return None
    begin, end = sentence_of(text, start)
    words = text[max(begin, start - _FAR) : min(end, (claim.where.end or start) + _FAR)]
    for found in _PER.finditer(words):
        units = float(found["k"])
        if units <= 0 or units == 1:
            continue
        if (power := next(_powers(printed, units, level), None)) is not None:
            return power
    return None


def _powers(printed: PrintedInterval, units: float, level: float) -> Iterator[Power]:
    numbers = [number for _, number in printed.parts]
    if any(number.float_range()[0] <= 0 for number in numbers):
        return
    for of_coefficients in (False, True):
        for decimals in _DECIMALS:
            small = [_of_one_unit(number, units, decimals, of_coefficients=of_coefficients) for number in numbers]
            made = [one for one in small if one is not None]
            if len(made) < len(numbers):
                continue
            one = PrintedInterval(*made)
            if ratio_region(one, scale="identity" if of_coefficients else "log", level=level):
                yield Power(units, f"{made[0].text} ({made[1].text} to {made[2].text})", of_coefficients)


def _of_one_unit(number: Reported, units: float, decimals: int, *, of_coefficients: bool) -> Reported | None:
    """Return the rounded ratio, or its log, whose power is a printed number; None if none is."""
    log = math.log(float(number.value)) / units
    best = round(log if of_coefficients else math.exp(log), decimals)
    power = math.exp(best * units) if of_coefficients else best**units
    return Reported(print_number(best, decimals, "")) if number.range().admits(power) else None


_BY_CHANCE = 0.05
"""The share of ratios of one size that are the inverses of rounded ones by chance, beyond which that tells nothing."""
_COARSEST, _FINEST = 1, 4
_PADDED = 2


def inverse_of_rounded(printed: PrintedInterval, level: float) -> str:
    """Return the central ratio of few decimals whose inverse is a printed ratio with its bounds; empty if none is.

    None of which every ratio of that size is the inverse of some.

    Examples
    --------
    >>> inverse_of_rounded(PrintedInterval(Reported("2.94"), Reported("1.92"), Reported("4.55")), 0.95)
    '0.34 (0.22 to 0.52)'
    >>> inverse_of_rounded(PrintedInterval(Reported("2.94"), Reported("1.92"), Reported("4.61")), 0.95)
    ''
    """
    numbers = [number for _, number in printed.parts]
    if any(number.value <= 0 or number.unit or number.relation != "=" for number in numbers):
        return ""
    for decimals in range(_COARSEST, _FINEST):
        chance = 1.0
        turned = []
        for number in numbers:
            one = Reported(print_number(1 / number.value, decimals, ""))
            if one.value <= 0 or 1 / one.value not in number.range():
                break
            chance *= min(1.0, float(number.step * 10**decimals / number.value**2))
            turned.append(one)
        if len(turned) < len(numbers) or chance > _BY_CHANCE:
            continue
        if ratio_region(PrintedInterval(turned[0], turned[2], turned[1]), level=level):
            return f"{turned[0].text} ({turned[2].text} to {turned[1].text})"
    return ""


def without_padding(printed: PrintedInterval, level: float) -> str:
    """Return a ratio with its bounds without the zeros at their ends, if it is central so; empty if it is not.

    The ratio itself and a bound must end with one: one number ends so by chance, and two bounds excuse too much.

    Examples
    --------
    >>> without_padding(PrintedInterval(Reported("1.40"), Reported("0.66"), Reported("2.90")), 0.95)
    '1.4 (0.66 to 2.9)'
    >>> without_padding(PrintedInterval(Reported("1.40"), Reported("0.66"), Reported("2.91")), 0.95)
    ''
    """
    numbers = [number for _, number in printed.parts]
    short = [_shorter(number) for number in numbers]
    padded = [one is not number for one, number in zip(short, numbers, strict=True)]
    if not padded[0] or sum(padded) < _PADDED or not 0 < numbers[1].value < numbers[0].value < numbers[2].value:
        return ""
    if not ratio_region(PrintedInterval(*short), level=level):
        return ""
    return f"{short[0].text} ({short[1].text} to {short[2].text})"


def _shorter(number: Reported) -> Reported:
    """Return a number without one zero at the end of its decimals."""
    digits = number.digits
    if number.relation != "=" or number.decimals < 1 or not digits.endswith("0"):
        return number
    return Reported(f"{digits[:-1].rstrip('.')}{number.unit}")
