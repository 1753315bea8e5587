"""An interval is as wide as the standard error beside it says.

Where a standard error is printed in the brackets of an estimate with its interval, half the interval is 1.96 times it
(or a t quantile: of half the patients of an arm where sizes are printed, else of 3 degrees of freedom, 3.2, or
of 2 where the text counts a handful of anything), on the natural scale or, for ratios, on the log scale.
An interval of another width is hard to explain: most often it is that of another level, or estimate ± one standard
error.

Why: Both are printed so that one can be had from the other, and one of them is often of another row.

Formula:
    (upper - lower)/2 = q SE,  q from the normal quantile of the level to that of t with the fewest degrees of freedom

Agrees: 4.2 (SE 1.1; 95% CI, 2.0 to 6.4). Asks: 4.2 (SE 1.1; 95% CI, 3.1 to 5.3).

Reference: Altman et al. (2000) Statistics with Confidence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from trialstats.checks.check import Check, Context, both_bounds, level_of, printed_numbers
from trialstats.checks.difference_interval import arm_sizes
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import RATIO_MEASURES, Estimate
from trialstats.claims.populations import arm_size
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Reported, Span
from trialstats.search.ratios.polygon import critical
from trialstats.wording import as_printed

_SAID = re.compile(
    r"(?:\bSEM?\b|\bs\.e\.(?:m\.)?|\bstandard errors?)(?: of (?:the )?(?:mean|estimate))?,? ?(?:[=:,]|of|was)? ?"
    r"(?P<se>\d{1,4}(?:[.·]\d{1,4})?)(?![\d%]|[.·]\d)"
    r"|(?:±|\+/-) ?(?P<behind>\d{1,4}(?:[.·]\d{1,4})?) ?[(\[]?(?:SEM?\b|s\.e\.|standard error)"
)
_MEASURES = ("difference", "mean", "other", "rate", "proportion", "survival", *sorted(RATIO_MEASURES))
_ROOM = 30
_FEWEST, _FEWEST_OF_PEOPLE = 2, 3
"""Degrees of freedom: a t interval of fewer is of next to no data, or of a handful of patients that a text counts."""
_A_HANDFUL = re.compile(
    r"\bn ?= ?[2-9]\b|\b(?:two|three|four|five|six|seven|eight|nine|[2-9]) (?:[a-z-]{1,20} ){0,2}?(?:patients"
    r"|participants|subjects|adults|men|women|children|volunteers|animals|rats|mice|dogs|pigs|centres|centers|sites|clusters|villages"
    r"|schools|hospitals|practices|studies|trials|replicates|experiments)\b",
    re.IGNORECASE,
)


def _run(check: Check, context: Context) -> Iterator[Finding]:
    text = context.paper.text
    if text is None:
        yield from _of_two_rows(check, context)
        return
    if not any(word in text for word in ("SE", "s.e.", "tandard error")):
        return
    for claim, value in context.printed(*_MEASURES):
        start, end, bounds = claim.where.start, claim.where.end, both_bounds(claim.interval)
        if start is None or end is None or bounds is None or claim.interval is None:
            continue
        found = [one for one in _SAID.finditer(text, start, min(len(text), end + _ROOM))
                 if not re.search(r"[.;]\s|\)", text[end : one.start()].removeprefix("; "))]  # fmt: skip
        others = [one for one in context.estimates if one.id != claim.id and one.where.start is not None]
        if len(found) == 1 and not any(end <= (one.where.start or 0) < found[0].start() for one in others):
            se, freedom = Reported((found[0]["se"] or found[0]["behind"]).replace("·", ".")), _freedom(context, claim)
            yield check.finding(claim, *_judge(claim, value, bounds, se, freedom))
        elif claim.measure in RATIO_MEASURES and not found and (told := _of_log_before(context, text, claim)):
            yield check.finding(
                claim, *_judge(claim, value, bounds, Reported(told), _freedom(context, claim), log=True)
            )


def _of_log_before(context: Context, text: str, claim: Estimate) -> str:
    """Return the only standard error before a ratio in its sentence, which is told of a logarithm; else nothing.

    "The log odds ratio was 0.47 (SE 0.18) and the odds ratio 1.60 (95% CI, 1.12 to 2.28)".
    """
    start = claim.where.start or 0
    begin, stop = sentence_of(text, start)
    found = list(_SAID.finditer(text, begin, stop))
    others = [
        one for one in context.estimates
        if begin <= (one.where.start or -1) < stop and one.id != claim.id and one.interval is not None
        and one.interval.kind in ("confidence", "credible")
    ]  # fmt: skip
    if len(found) != 1 or found[0].end() > start or others or _LOG.search(text, begin, found[0].start()) is None:
        return ""
    return (found[0]["se"] or found[0]["behind"]).replace("·", ".")


_LOG = re.compile(r"\blog(?:arithm(?:ic)?)?\b|\bln\b", re.IGNORECASE)


def _of_two_rows(check: Check, context: Context) -> Iterator[Finding]:
    """Judge an interval by the standard error that another row, or another cell, prints of the same estimate."""
    for claim, value in context.printed(*_MEASURES):
        bounds = both_bounds(claim.interval)
        beside = [one for one in context.estimates if _is_its_se(one, claim)]
        if bounds is None or len(beside) != 1 or beside[0].spread is None or beside[0].spread.value is None:
            continue
        found = _judge(claim, value, bounds, beside[0].spread.value, _freedom(context, claim))
        yield check.finding(claim, *found, others=(beside[0].id,))


def _is_its_se(one: Estimate, claim: Estimate) -> bool:
    said = [
        (it.value, it.measure, it.outcome, it.arms, it.time, it.population, it.subgroup, it.adjusted)
        for it in (one, claim)
    ]
    return one.spread is not None and one.spread.kind == "se" and said[0] == said[1]


_PER_GROUP = re.compile(
    r"\bn ?= ?(\d{1,5}) (?:per|in each|for each|in either|each) ?(?:treatment |study )?(?:group|arm)?"
    r"|\b(\d{1,5}) (?:patients|participants|adults|subjects|men|women|children) (?:per|in each) (?:group|arm)",
    re.IGNORECASE,
)
_FEWER = re.compile(
    r"cluster|cross-?over|bootstrap|mixed[- ]|multilevel|imput|random[- ]effects?|simultaneous|bonferroni|tukey"
    r"|dunnett|scheff|multiple comparison",
    re.IGNORECASE,
)
"""Words for an analysis whose degrees of freedom are not those of its patients, or whose quantile is another."""


def _freedom(context: Context, claim: Estimate) -> int:
    """Return the fewest degrees of freedom of a t interval that the printed sizes leave.

    Half the smaller arm: some patients are missing from most analyses.
    """
    text = context.paper.text or ""
    if _FEWER.search(text) is not None:
        return _FEWEST
    each = {int(found[1] or found[2]) for found in _PER_GROUP.finditer(text)}
    sizes = arm_sizes(context, claim) if len(claim.arms) == 2 else None
    known = min(sizes) if sizes is not None else next(iter(each)) if len(each) == 1 else None
    if known is None and (printed := [n for arm in context.paper.arms if (n := arm_size(context.paper, arm.id))]):
        known = min(printed) if len(printed) == len(context.paper.arms) else None
    if known is None:
        return _FEWEST if _A_HANDFUL.search(text) else _FEWEST_OF_PEOPLE
    return max(_FEWEST, known // 2)


def _widths(claim: Estimate, value: Reported, bounds: tuple[Reported, Reported], *, log: bool) -> Iterator[Span]:
    """Yield the range of half the interval, in the units that the standard error may be in."""
    lower, upper = (one.float_range() for one in bounds)
    if log:
        if lower[0] > 0:
            yield math.log(upper[0] / lower[1]) / 2, math.log(upper[1] / lower[0]) / 2
        return
    scale = 100.0 if value.unit else 1.0
    yield (upper[0] - lower[1]) / 2 * scale, (upper[1] - lower[0]) / 2 * scale
    if claim.measure in RATIO_MEASURES and lower[0] > 0:
        width = math.log(upper[0] / lower[1]) / 2, math.log(upper[1] / lower[0]) / 2
        yield width
        yield width[0] * float(value.value), width[1] * float(value.value)


def _judge(
    claim: Estimate,
    value: Reported,
    bounds: tuple[Reported, Reported],
    se: Reported,
    freedom: int,
    *,
    log: bool = False,
) -> tuple[Verdict, Details]:
    from scipy.special import stdtrit

    level = level_of(claim.interval)
    least, most = critical(level), float(stdtrit(freedom, (1 + level) / 2))
    low, high = se.float_range()
    quotients = [(width[0] / high, width[1] / low) for width in _widths(claim, value, bounds, log=log) if low > 0]
    shown = as_printed(claim)
    reported = printed_numbers(claim, "estimate", "lower", "upper") | {"se": se.text}
    fitting = [span for span in quotients if span[0] <= most * 1.03 and span[1] >= least * 0.97]
    if not quotients or fitting:
        wide = fitting and all(first > least for first, _ in fitting)
        by_t = f", by Student's t: {fitting[0][0]:.2f} to {fitting[0][1]:.2f} times it" if wide else ""
        return Verdict.CONSISTENT, Details(
            sentence=f"The interval of {shown} is as wide as its standard error of {se.text} says{by_t}.",
            reported=reported,
            how="estimate ± quantile times standard error",
        )
    first, last = quotients[0]
    other = next((name for name, q in _OTHER_WIDTHS.items() if first <= q <= last), "")
    return Verdict.STRAINED, Details(
        sentence=f"Half the interval of {shown} is {first:.2f} to {last:.2f} times its standard error of {se.text}, "
        f"and that of a {100 * level:.4g}% interval is {least:.2f} to {most:.2f} times it, by t with as few as "
        f"{freedom} degrees of freedom.",
        more="The interval may come from another model than the standard error.",
        miss=f"It is as wide as {other}." if other else "",
        settle="which of the two is of this estimate",
        reported=reported,
        searched={"quantiles": [least, most]},
    )


_OTHER_WIDTHS = {
    "the estimate ± one standard error": 1.0,
    "a 90% interval": 1.645,
    "a 99% interval": 2.576,
    "a 95% interval": 1.96,
}

CHECK = Check(
    "TS217",
    "an interval is as wide as the standard error beside it says",
    _run,
    assumes=("a normal or t interval",),
    about=frozenset(_MEASURES),
    rests_on=frozenset({"value", "level"}),
    settled_by="standard error and interval as the output has them",
    serves=("INSPECT-SR 4.9",),
)
