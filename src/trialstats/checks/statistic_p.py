"""A P value is that of the test statistic and the degrees of freedom it is printed with.

A statistic of the t, F, chi-square or normal distribution and its degrees of freedom give one P value. We take every
statistic that rounds to the printed one, however rounded, and both sides for t and z (and for F and chi-square with one
degree of freedom, which are squares of them). A P value below all of these has no explanation; one above may have been
corrected for several tests, so it is hard to explain at most. Neither is judged where the text speaks of a correction,
a permutation or a bootstrap, nor in a sentence of non-inferiority or equivalence, whose P value is that of a margin.
In a trial file the statistic stands in the table of its P value:
`p = { value = ".010", statistic = "t(78) = 2.64" }`.

Why: Statistic, degrees of freedom and P value are copied from one line of output, by hand.

Formula:
    t: 2 (1 - T(|t|; df)),  z: 2 (1 - Phi(|z|)),  F: 1 - F(F; df1, df2),  chi-square: 1 - C(x; df)

Agrees: t(78) = 2.64, P = .010. Asks: the same with P = .0010.

Reference: Nuijten et al. (2016) Behav Res Methods 48:1205-1226, who checked such triples in psychology.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from trialstats.catalogue import Convention
from trialstats.checks.check import Check, Context, not_checked
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Estimate, Place
from trialstats.explanations import Explanation, Explanations
from trialstats.explanations.witnesses import Words
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Reported, Span, guarded
from trialstats.sources.text.told.statistics_printed import TestStatistic, find_test_statistics, read_statistic
from trialstats.wording import p_range, p_words

_CORRECTED = re.compile(
    r"greenhouse|geisser|huynh|bonferroni|\bholm\b|hochberg|tukey|scheff|dunnett|sidak|false[- ]discovery|\bfdr\b"
    r"|multiplicity|multiple (?:test|compar)|permut|bootstrap|monte carlo|correct(?:ed|ion) for|(?:corrected"
    r"|adjusted) p\b",
    re.IGNORECASE,
)
_MARGIN = re.compile(r"inferior|equivalen", re.IGNORECASE)
"""A P value against a margin, and not against no difference, which is what the statistic beside it may be of."""
_ONE_SIDED = re.compile(r"\b(?:one|1)[- ](?:sided|tailed)\b", re.IGNORECASE)
_ROUNDINGS = ("nearest", "truncated", "up")
_SQUARES = frozenset({"F", "chi-square"})
_OFTEN = 20
"""Tests that a P value may have been corrected for."""


def p_of(kind: str, value: float, df: tuple[float, ...]) -> float:
    """Return the P value of a statistic, two-sided for t and z.

    Examples
    --------
    >>> round(p_of("t", 2.64, (78,)), 4), round(p_of("chi-square", 6.82, (1,)), 4), round(p_of("F", 4.71, (2, 87)), 4)
    (0.01, 0.009, 0.0114)
    """
    from scipy.special import chdtrc, fdtrc, ndtr, stdtr

    if kind == "t":
        return float(2 * stdtr(df[0], -abs(value)))
    if kind == "z":
        return float(2 * ndtr(-abs(value)))
    if kind == "F":
        return float(fdtrc(df[0], df[1], max(value, 0.0)))
    return float(chdtrc(df[0], max(value, 0.0)))


def _span(one: TestStatistic, width: float) -> Span:
    """Return the P values of all statistics within so many units of the last digit."""
    middle, reach = abs(float(one.value.value)), width * float(one.value.step)
    return p_of(one.kind, middle + reach, one.df), p_of(one.kind, max(middle - reach, 0.0), one.df)


def _meets(span: Span, p: Reported, rounding: str) -> bool:
    values = p.range(rounding)
    low, high = guarded((float(values.lower), float(values.upper)), relative=True)
    return span[0] <= high and low <= span[1]


_CHI_BEFORE = re.compile(
    r"(?:\bchi|[χΧ]|\b[xX](?=[2²]|\(2\)))[ -]?(?:squared?|\(2\)|2|²)?[ (]{0,2}(?:\(?(?:df ?= ?)?1\)?)? ?[=,:] ?"
    r"(?P<value>\d{1,4}\.\d{1,3})(?:[;,] ?(?:df ?[=,] ?1|1 ?df))?[;,)] ?(?:and )?(?:[Pp](?:[- ][Vv]alue)? ?[=<>≤]? ?)?$"
)


def chi_square_before(context: Context, claim: Estimate) -> Reported | None:
    """Return the chi-square of one degree of freedom that stands right before a P value, if the P value is its own.

    "(RR 1.31; 95% CI, 1.08-1.55; chi(2) = 4.02; P = .04)".
    """
    text, p = context.paper.text, claim.p
    at = next((start for name, start, _ in claim.where.numbers if name == "p"), None)
    if text is None or p is None or at is None or p.value.is_missing or p.value.relation != "=":
        return None
    found = _CHI_BEFORE.search(text[max(0, at - _BEFORE) : at])
    if found is None:
        return None
    value = Reported(found["value"])
    low, high = (float(end) for end in value.float_range())
    span = p_of("chi-square", high, (1,)), p_of("chi-square", low, (1,))
    return value if any(_meets(span, p.value, rounding) for rounding in _ROUNDINGS[:2]) else None


_BEFORE = 50


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.claims.values():
        if claim.p is not None and (typed := read_statistic(claim.p)) is not None:
            words = claim.p.test or ""
            yield check.finding(claim, *_judge(words, words, typed))
    text = context.paper.text
    for number, one in enumerate(find_test_statistics(text) if text is not None else (), 1):
        assert text is not None
        if one.fewest and not _too_small(one):
            continue  # of more degrees of freedom
        place = Place(start=one.start, end=one.end, quote=text[one.start : one.end])
        begin, stop = sentence_of(text, one.start)
        yield check.finding(f"statistic.{number}", *_judge(text, text[begin:stop], one), where=place)


def _too_small(one: TestStatistic) -> bool:
    """Whether a chi-square has a larger P value with one degree of freedom, and so with any number of them."""
    return float(one.p.value.range().upper) < 0.9 * _span(one, 0.5)[0] / 2 and one.p.value.relation != "<"


def _judge(text: str, near: str, one: TestStatistic) -> tuple[Verdict, Details]:
    """Judge a statistic by all that the text says, and by the words near it."""
    one_sided = one.p.sided == 1 or (one.p.sided is None and _ONE_SIDED.search(near) is not None)
    halved = one.kind in ("t", "z") or one.df[0] == 1
    p, shown = one.p.value, f"{one.words}, {p_words(one.p)}"
    plain = _span(one, 0.5)
    reported = {"statistic": one.value.text, "p": p.text}
    recomputed = {"p": p_range(plain)}
    sides = (
        [(1.0, "")]
        if not halved
        else [(0.5, ", one-sided"), (1.0, "")]
        if one_sided
        else [(1.0, ""), (0.5, ", one-sided")]
    )
    for width, rounding in ((0.5, "nearest"), *((1.0, rounding) for rounding in _ROUNDINGS)):
        for factor, words in sides:
            low, high = (factor * end for end in _span(one, width))
            if not any(
                _meets(span, p, rounding) for span in ((low, high), *([(1 - high, 1 - low)] if factor < 1 else []))
            ):
                continue
            ordinary = width < 1 and bool(words) == one_sided
            convention = Convention(rounding=rounding, ordinary=ordinary)
            how = f"P of {one.words}{words}{'' if width < 1 else ', rounded otherwise'}"
            return (Verdict.REPRODUCED if ordinary else Verdict.EXPLAINED), Details(
                sentence=f"{shown}: P = {p_range((factor * plain[0], factor * plain[1]))}{words}.",
                reported=reported, recomputed=recomputed, how=how,
                explanations=Explanations.of([Explanation(Words((how,)), convention)]),
            )  # fmt: skip
    if _CORRECTED.search(text):
        reason = "the text speaks of a correction or of resampling, and the plain P value is another"
        return not_checked(shown, reason, reported, more=f"It would be {p_range(plain)}.")
    if _MARGIN.search(near):
        reason = "the sentence speaks of non-inferiority or equivalence, whose P value is that of a margin"
        return not_checked(shown, reason, reported, more=f"The plain one would be {p_range(plain)}.")
    values = p.range()
    above = float(values.lower) > plain[1] and float(values.lower) <= _OFTEN * plain[1]
    moved = next((shift for shift in (10, 0.1) if _near(plain, float(p.value) * shift)), None)
    miss = (
        f"It would agree with a P value {'ten times as large' if moved == 10 else 'a tenth as large'}." if moved else ""
    )
    two_sided = " (two-sided)" if one.kind in ("t", "z") else ""
    return (Verdict.STRAINED if above else Verdict.INCONSISTENT), Details(
        sentence=f"{one.words} has P = {p_range(plain)}{two_sided}, and the printed {p_words(one.p)}.",
        more="A correction for several tests would print a larger one; the text does not speak of one."
        if above
        else "",
        miss=miss,
        settle="the line of the output with statistic, degrees of freedom and P value",
        reported=reported,
        recomputed=recomputed,
        searched={"roundings": list(_ROUNDINGS), "sides": [2, 1] if halved else [1]},
    )


def _near(span: Span, p: float) -> bool:
    return p > 0 and span[0] > 0 and math.log(p / span[1]) < 0.1 and math.log(span[0] / p) < 0.1


CHECK = Check(
    "TS303",
    "a P value is that of the test statistic it is printed with",
    _run,
    assumes=("no correction for several tests that the text does not name",),
    settled_by="statistic, degrees of freedom and P value as the output has them",
    serves=("INSPECT-SR 4.9",),
)
