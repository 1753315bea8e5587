"""The events of both arms that stand right before a hazard ratio, where its sentence holds no other number of people.

Not a check: that of the events against the width of an interval asks it where the outcomes that were read do not tell
which counts are the ratio's own.
"""

from __future__ import annotations

import re

from trialstats.checks.another_analysis import design_excuse
from trialstats.checks.arm_values import known_arms
from trialstats.checks.check import Context
from trialstats.checks.outcomes import ends_named
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import RATIO_MEASURES, Estimate
from trialstats.intervals.events import se_at_least
from trialstats.sources.text.tokens.figures import in_figures
from trialstats.sources.text.told.sums_of_sentences import whole_numbers

_OTHERS = re.compile(
    r"\b(?:assigned|allocated|randomi[sz]ed|enrolled|included|analy[sz]ed|aged|screened|evaluable|women|men|subgroup|baseline"
    r"|alive|survived|free|without|censored|per[- ]protocol|completed|responded|responses?|respectively,? (?:were"
    r"|was))\b",
    re.IGNORECASE,
)
"""Words for people who are no events, or for other patients."""
_EVENT = re.compile(
    r"\b(?:events?|deaths?|died|relaps\w*|recur\w*|progress\w*|failures?|infarctions?|strokes?|fractures?|bleed\w*|admi\w*"
    r"|hospitali\w*|infections?|outcome|end ?points?)\b",
    re.IGNORECASE,
)
_FARTHEST = 320
_ANOTHER = re.compile(
    r"\b(?:whereas|while|but)\b|[;:](?! ?(?:the |an? |crude |unadjusted )?(?:hazard|HR)\b)", re.IGNORECASE
)


def events_beside(context: Context, claim: Estimate) -> tuple[list[int], tuple[str, ...]]:
    """Return the events of both arms, and the claims they are, that a hazard ratio's sentence tells before it."""
    text, start = context.paper.text, claim.where.start
    if text is None or start is None or claim.subgroup:
        return [], ()
    begin = sentence_of(text, start)[0]
    words = text[begin:start]
    if len(words) > _FARTHEST or _OTHERS.search(words) or _EVENT.search(words) is None:
        return [], ()
    told = [one for one in context.estimates if begin <= (one.where.start or -1) < start]
    if any(one.measure in RATIO_MEASURES or one.measure not in ("count", "proportion") for one in told):
        return [], ()
    counts = [(one, number) for one in told if (number := _count(one)) is not None]
    if len(counts) != _TWO or len(counts) < len(told):
        return [], ()
    (first, x), (second, x2) = counts
    arms = known_arms(first), known_arms(second)
    if (all(arms) and arms[0] == arms[1]) or (first.time or second.time) or min(x, x2) < 1:
        return [], ()
    if _ANOTHER.search(text, second.where.end or 0, start):
        return [], ()
    named, own = ends_named(words), ends_named(claim.outcome)
    if named and own and not named & own:
        return [], ()
    sizes = {one.n.whole for one in (first, second) if one.n is not None}
    if any(n not in {x, x2, *sizes} for n, *_ in whole_numbers(in_figures(words))):
        return [], ()
    return [x, x2], (first.id, second.id)


_TWO = 2


def _count(one: Estimate) -> int | None:
    number = one.x if one.x is not None else one.value if one.measure == "count" else None
    return None if number is None or number.relation != "=" else number.whole


_MOST = 1.5
"""How many times as wide as the events make it an interval may be: of the ratios of 2,000 abstracts with the events of
both arms in their sentence none is wider than 1.25 times."""
TOO_WIDE = "A ratio of other patients, of a part of the time or of fewer events would have so wide an interval."
_OF_SOME = re.compile(
    r"\b[nN] ?= ?\d|subgroup|similar in all|per (?:each|one|unit)|quartile|tertile|versus the lowest", re.IGNORECASE
)


def is_too_wide(context: Context, claim: Estimate, events: list[int], sources: tuple[str, ...], se: float) -> bool:
    """Whether an interval is far wider than the events of both arms, told before it in its sentence, make it.

    ``se`` is the smallest standard error of the log ratio that rounding leaves.
    """
    text, start = context.paper.text, claim.where.start
    counts = [one for one in context.estimates if one.id in sources]
    if text is None or start is None or len(events) != _TWO or len(counts) != _TWO or claim.subgroup:
        return False
    begin = sentence_of(text, start)[0]
    last = max(one.where.end or 0 for one in counts)
    if not all(begin <= (one.where.start or -1) < start for one in counts) or _OF_SOME.search(text, last, start):
        return False
    if claim.adjusted or design_excuse(context):
        return False
    return se > _MOST * se_at_least(events)
