"""A posterior probability that a ratio lies on one side of 1 goes with the ratio's own credible interval.

If the posterior of the log ratio is normal, estimate and interval give its centre and standard
deviation, and these the probability. Ranges for both come from the same polygon as in ratio-interval.
Posteriors need not be normal: where the numbers differ by little, or the text does not say that the probability is
of benefit or harm, we show ours and judge nothing; more than .5 in z apart they are hard to explain.

Why: The probability that a treatment helps is printed beside the ratio, and follows from it if the
posterior is normal.

Formula:
    m = ln(estimate), s = ln(upper/lower)/(2 z)
    P(ratio < 1) = Phi(-m/s)

Agrees: a hazard ratio of 0.65 (95% credible interval, 0.46 to 0.92) and a probability of 99.2%.

Reference: Spiegelhalter, Abrams and Myles (2004) Bayesian Approaches to Clinical Trials and
Health-Care Evaluation, on normal posteriors of log ratios.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialstats.checks.check import Check, Context, both_bounds, level_of
from trialstats.checks.ratio_interval import ratio_words
from trialstats.claims.model import RATIO_MEASURES, Estimate
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Range
from trialstats.search.ratios.explain import explain_ratio
from trialstats.wording import as_percent


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim, value in context.printed("posterior-probability"):
        members = context.members(claim)
        ratio = members[0] if len(members) == 1 else None if members else _beside(context, claim)
        if (
            claim.role == "design"
            or ratio is None
            or ratio.measure not in RATIO_MEASURES
            or (span := _probability(ratio)) is None
        ):
            continue
        low, high = span
        values = value.range("nearest")
        # Which side of 1 the event is on the text may leave open.
        fits = any(values.lower <= top and values.upper >= bottom for bottom, top in ((low, high), (1 - high, 1 - low)))
        if not fits and (gap := _gap(values, span)) > _FAR and _OF_BENEFIT.fullmatch(claim.event or ""):
            yield check.finding(claim, *_far(claim, ratio, span, gap), others=(ratio.id,))
            continue
        shown = ratio_words(ratio)
        words = f"{as_percent(low)} to {as_percent(high)}"
        sentence = f"{value.text} goes with the {shown}: a normal posterior of the log ratio gives {words}."
        reason = (
            f"a normal posterior of the log ratio with the {shown} gives {words}, but the posterior may have another "
            "shape, or the probability may be of another event"
        )
        details = Details(
            sentence=sentence if fits else f"We did not check {value.text}",
            reason="" if fits else reason,
            reported={"estimate": value.text},
            recomputed={"estimate": words},
            how=f"normal posterior of the log ratio, {words}",
            searched={"range": [low, high], "catalogue": context.catalogue.version},
        )
        yield check.finding(claim, Verdict.CONSISTENT if fits else Verdict.UNCHECKED, details, others=(ratio.id,))


_FAR = 0.5
"""How far in z a printed probability may lie from that of a normal posterior with the printed interval."""
_OF_BENEFIT = re.compile(
    r"(?:(?:that )?(?:there (?:was|is) )?(?:any |a )?(?:benefit|superiority|efficacy|harm|inferiority)"
    r"|[^<>0-9]{0,40}(?:<|>|less than|greater than|below|above) ?1(?:\.0+)?"
    r"|(?!.*\b(?:important|meaningful|relevant|least|margin)\b)[^<>0-9]{3,60}\b(?:lower(?:ed|s)|reduced?s?"
    r"|decreased?s?|increased?s?|improved?s?|(?:was|is) (?:better|worse|superior|inferior)|benefit(?:s|ed)"
    r"|harm(?:s|ed))\b[^<>0-9]{0,50})",
    re.IGNORECASE,
)
"""Events that lie on one side of 1; any other value may be meant by other words."""


def _beside(context: Context, claim: Estimate) -> Estimate | None:
    """Return the ratio with a credible interval right before a probability, in one bracket or clause."""
    text, start = context.paper.text, claim.where.start
    if text is None or start is None:
        return None
    for one in context.estimates:
        end = one.where.end
        if one.measure in RATIO_MEASURES and end is not None and 0 <= start - end <= _REACH:
            between = text[end:start]
            # The bracket of the interval may go on, and be closed, before the probability.
            clean = between.removeprefix("%").replace(")", "", 1)
            if one.arms == claim.arms and not set(".()0123456789") & set(clean):
                return one
    return None


_REACH = 60


def _gap(values: Range, span: tuple[float, float]) -> float:
    """Return how far in z a probability lies from a range of probabilities, on either side of one half."""
    from scipy.special import ndtri

    low, high = (float(ndtri(min(max(float(end), 1e-12), 1 - 1e-12))) for end in (values.lower, values.upper))
    bottom, top = (float(ndtri(min(max(end, 1e-12), 1 - 1e-12))) for end in span)
    return min(max(low - b, a - high, 0.0) for a, b in ((bottom, top), (-top, -bottom)))


def _far(claim: Estimate, ratio: Estimate, span: tuple[float, float], gap: float) -> tuple[Verdict, Details]:
    value = claim.value.text if claim.value is not None else ""
    words = f"{as_percent(span[0])} to {as_percent(span[1])}"
    return Verdict.STRAINED, Details(
        sentence=f"The printed probability is {value}, and a normal posterior of the log ratio with the "
        f"{ratio_words(ratio)} gives {words}.",
        more=f"It is {gap:.1f} away in z; a posterior of another shape, or the probability of another event, could "
        "print it.",
        settle="the value that it is a probability about, and how it was computed",
        reported={"estimate": value},
        recomputed={"estimate": words},
        searched={"range": list(span)},
        rests_on=frozenset({"measure", "value", "lower", "upper"}),
    )


def _probability(ratio: Estimate) -> tuple[float, float] | None:
    """Return the range of the probability that the ratio lies on its estimate's side of 1."""
    spread, value = ratio.interval, ratio.value
    if spread is None or spread.kind != "credible" or value is None or value.is_missing:
        return None
    if (bounds := both_bounds(spread)) is None:
        return None
    p = explain_ratio(value, bounds, level=level_of(spread)).p_one_sided
    return (1.0 - p[1], 1.0 - p[0]) if p is not None else None


CHECK = Check(
    "TS405",
    "a posterior probability about a ratio goes with its credible interval",
    _run,
    assumes=("a normal posterior of the log ratio",),
    about=frozenset({"posterior-probability"}),
    settled_by="the posterior probability with one more digit, and the value it is a probability about",
    serves=("INSPECT-SR 4.10",),
)
