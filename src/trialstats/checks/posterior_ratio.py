"""A posterior probability that a ratio or difference has one sign goes with its own credible interval.

If the posterior of the log ratio (or of the difference) is normal, estimate and interval give its centre and standard
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
from dataclasses import replace
from statistics import NormalDist

from trialstats.checks.check import Check, Context, both_bounds, level_of
from trialstats.checks.outcomes import ends_named
from trialstats.checks.ratio_interval import ratio_words
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import RATIO_MEASURES, Estimate
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Range, Reported
from trialstats.search.ratios.explain import explain_ratio
from trialstats.search.ratios.polygon import critical
from trialstats.wording import as_percent


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim, value in context.printed("posterior-probability"):
        members = context.members(claim)
        ratio = members[0] if len(members) == 1 else None if members else _beside(context, claim)
        if claim.role == "design" or ratio is None or (span := _probability(ratio)) is None:
            continue
        low, high = span
        values = value.range("nearest")
        # Which side of 1 the event is on the text may leave open.
        fits = any(values.lower <= top and values.upper >= bottom for bottom, top in ((low, high), (1 - high, 1 - low)))
        if not fits and (gap := _gap(values, span)) > _FAR and _OF_BENEFIT.fullmatch((claim.event or "").strip()):
            yield check.finding(claim, *_far(claim, ratio, span, gap), others=(ratio.id,))
            continue
        shown = ratio_words(ratio)
        words = f"{as_percent(low)} to {as_percent(high)}"
        sentence = f"{value.text} goes with the {shown}: a normal posterior of the {_scale(ratio)} gives {words}."
        reason = (
            f"a normal posterior of the {_scale(ratio)} with the {shown} gives {words}, but the posterior may "
            f"have another "
            "shape, or the probability may be of another event"
        )
        details = Details(
            sentence=sentence if fits else f"We did not check {value.text}",
            reason="" if fits else reason,
            reported={"estimate": value.text},
            recomputed={"estimate": words},
            how=f"normal posterior of the {_scale(ratio)}, {words}",
            searched={"range": [low, high], "catalogue": context.catalogue.version},
        )
        yield check.finding(claim, Verdict.CONSISTENT if fits else Verdict.UNCHECKED, details, others=(ratio.id,))


_FAR = 0.5
"""How far in z a printed probability may lie from that of a normal posterior with the printed interval."""
_SIDE = (
    r"(?:<|>|(?:less|lower|smaller|greater|higher|larger) than|below|above|under|exceed(?:s|ed|ing)?) ?"
    r"(?:0|1(?:\.0+)?|zero|one|unity)\b"
)
_OF_BENEFIT = re.compile(
    r"(?:(?:that )?(?:there (?:was|is) )?(?:any |a |an )?(?:treatment |clinical )?(?:benefit|superiority|efficacy|harm"
    rf"|inferiority)(?: ?\(?[^<>0-9()]{{0,40}}{_SIDE}\)?)?|[^<>0-9]{{0,60}}{_SIDE}"
    r"|(?:any |a )?(?:reduction|decrease|increase|gain|improvement)(?: in [^<>0-9]{3,40})?"
    r"|(?!.*\b(?:important|meaningful|relevant|least|margin)\b)[^<>0-9]{3,60}\b(?:lower(?:ed|s)|reduced?s?"
    r"|decreased?s?|increased?s?|improved?s?|(?:was|is) (?:better|worse|superior|inferior)|benefit(?:s|ed)"
    rf"|harm(?:s|ed))\b[^<>0-9]{{0,50}}(?:\([^()<>0-9]{{0,30}}{_SIDE}\)?)?)",
    re.IGNORECASE,
)
"""Events that lie on one side of no effect; any other value may be meant by other words."""


def _beside(context: Context, claim: Estimate) -> Estimate | None:
    """Return the contrast with a credible interval that a probability is about.

    It is the only one of the sentence, or of the sentence before where that of the probability has none; of several
    it is the one right before the probability, in one bracket or clause.
    """
    text, start = context.paper.text, claim.where.start
    if text is None or start is None:
        return None
    begin, stop = sentence_of(text, start)
    told = [_of_contrast(text, one) for one in context.near(start, _FURTHEST)]
    near = [one for one in told if _probability(one) is not None and _of_one(claim, one)]
    same = [one for one in near if begin <= (one.where.start or 0) < stop]
    if not same and begin > 0 and _BEGINS.match(text, begin):
        previous = sentence_of(text, begin - 2)[0]
        same = [one for one in near if previous <= (one.where.start or 0) < begin]
        return same[0] if len(same) == 1 else None
    if len(same) == 1:
        return same[0]
    for one in same:
        end = one.where.end
        if end is not None and 0 <= start - end <= _REACH:
            between = text[end:start]
            # The bracket of the interval may go on, and be closed, before the probability.
            clean = between.removeprefix("%").replace(")", "", 1)
            if not set(".()0123456789") & set(clean):
                return one
    return None


_RATIO_BEFORE = re.compile(
    r"\b(?P<kind>hazard|odds|risk|rate) ratio|relative risk|\b(?P<difference>difference)\b", re.IGNORECASE
)


def _of_contrast(text: str, one: Estimate) -> Estimate:
    """Return a posterior median or mean as what its sentence says that it is of: "the hazard ratio had a median of"."""
    start = one.where.start
    if one.measure not in ("median", "mean") or start is None or one.spread is None or one.spread.kind != "credible":
        return one
    before = text[sentence_of(text, start)[0] : start]
    named = list(_RATIO_BEFORE.finditer(before))
    if "posterior" not in before or len(named) != 1:
        return one
    if named[0]["difference"]:
        return replace(one, measure="difference")
    kind = {"hazard": "hazard-ratio", "odds": "odds-ratio"}.get((named[0]["kind"] or "").lower(), "risk-ratio")
    return replace(one, measure=kind)


def _of_one(claim: Estimate, contrast: Estimate) -> bool:
    """Whether a probability and a contrast may be of one outcome and of the same arms."""
    if claim.arms and contrast.arms and set(claim.arms) != set(contrast.arms):
        return False
    kinds = ends_named(claim.event)
    behind = (contrast.where.start or 0) > (claim.where.start or 0)
    of_same = behind or contrast.outcome is None or bool(kinds & ends_named(contrast.outcome))
    return not kinds or of_same


_BEGINS = re.compile(
    r"(?:the |this |there was an? )?(?:[\d.·]+%? )?(?:posterior |bayesian )?probability\b", re.IGNORECASE
)
_REACH = 60
_FURTHEST = 400


def _scale(contrast: Estimate) -> str:
    return "log ratio" if contrast.measure in RATIO_MEASURES else "difference"


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
        sentence=f"The printed probability is {value}, and a normal posterior of the {_scale(ratio)} with "
        f"the {ratio_words(ratio)} gives {words}.",
        more=f"It is {gap:.1f} away in z; a posterior of another shape, or the probability of another event, could "
        "print it.",
        settle="the value that it is a probability about, and how it was computed",
        reported={"estimate": value},
        recomputed={"estimate": words},
        searched={"range": list(span)},
        rests_on=frozenset({"measure", "value", "lower", "upper"}),
    )


def _probability(contrast: Estimate) -> tuple[float, float] | None:
    """Return the range of the probability that a ratio or difference lies on its estimate's side of no effect."""
    spread, value = contrast.interval, contrast.value
    if spread is None or spread.kind != "credible" or value is None or value.is_missing:
        return None
    if (bounds := both_bounds(spread)) is None:
        return None
    if contrast.measure in RATIO_MEASURES:
        p = explain_ratio(value, bounds, level=level_of(spread)).p_one_sided
        return (1.0 - p[1], 1.0 - p[0]) if p is not None else None
    return _of_difference(value, bounds, level_of(spread)) if contrast.measure == "difference" else None


_NORMAL = NormalDist()


def _of_difference(value: Reported, bounds: tuple[Reported, Reported], level: float) -> tuple[float, float] | None:
    """Return the range of the probability that a difference has its estimate's sign, under a normal posterior."""
    centre, (low, high) = value.range("nearest"), (bound.range("nearest") for bound in bounds)
    widths = float(high.lower - low.upper), float(high.upper - low.lower)
    if not 0 < widths[0] <= widths[1]:
        return None
    ends = abs(float(centre.lower)), abs(float(centre.upper))
    twice = 2 * critical(level)
    return _NORMAL.cdf(twice * min(ends) / widths[1]), _NORMAL.cdf(twice * max(ends) / widths[0])


CHECK = Check(
    "TS405",
    "a posterior probability about a ratio or difference goes with its credible interval",
    _run,
    assumes=("a normal posterior of the log ratio",),
    about=frozenset({"posterior-probability"}),
    settled_by="the posterior probability with one more digit, and the value it is a probability about",
    serves=("INSPECT-SR 4.10",),
)
