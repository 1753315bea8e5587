"""Words by which two arms do not differ, held against their shares: "was similar with tea (11%) and milk (94%)".

Two shares that are far apart for their numbers of patients are not alike. A text may call nearly everything similar, so
that they must lie far apart in points too; where it denies a significant difference, a plain test must show one far
beyond what clusters or adjustment take from it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from trialstats.checks.another_analysis import design_excuse
from trialstats.checks.arm_values import Pair, alike, is_share, known_arms, printed_shares, values_of
from trialstats.checks.check import Context
from trialstats.checks.sentences import sentences_of
from trialstats.claims.model import Estimate
from trialstats.sources.text.tokens.expressions import Stemmed

_ALIKE = Stemmed(
    r"\b(?:(?P<denied>(?:did|does|do|were|was) not (?:significantly |statistically )*differ(?:ent)?(?: significantly)?"
    r"|not (?:significantly|statistically) different|no (?:statistically |clinically )?(?:significant )?differences?)"
    r"|(?:was|were|equally)(?: [a-z]+(?:,| and)?){0,2} (?P<word>similar|comparable)"
    r"(?= (?:in|with|for|among|between|after|on)\b)"
    r"|as (?:common|frequent|likely|often)(?= (?:with|in|on|among|after|for)\b))\b",
    "differ", "similar", "comparable", "as common", "as frequent", "as likely", "as often",
)  # fmt: skip
_OPEN = re.compile(
    r"\b(?:whereas|while|although|though|but|except|however|apart from|despite|unlike|higher|lower|greater|more|less"
    r"|fewer|better|worse|superior|inferior\w*|increas\w+|reduc\w+|decreas\w+|twice|if|may|might|could|would|adjust\w*|model"
    r"|results?|findings?|analys[ei]s|patterns?|trends?|protocol|also|again|likewise|remained|still"
    r"|surviv\w+|baseline|before|from|not similar|confidence|margin|power|p)\b|\bCI\b",
    re.IGNORECASE,
)
"""Elsewhere in the sentence: other words than those for what is alike, another analysis, or what was told before."""
_JOINED = re.compile(
    r"[\s)\]%,]*(?:(?:for|in|with|on|of|after|among|receiving|given) "
    r")?(?:[\w/-]+[\s)\],(]+){0,8}?(?:v|vs\.?|versus|and|as"
    r"|compared with)\s(?:[\w/-]+[\s(\[,]+){0,8}|[\s)\]%]+(?:(?:for|in|with|on) )?[\w-]{1,20}(?: [\w-]{1,20}){0,3}, ",
    re.IGNORECASE,
)
_FAR, _POINTS = 4.0, 0.2
"""Standard errors between two shares, and points between those that are called similar."""
_FEWEST = 15
"""Patients of an arm whose number is not printed: hardly any trial has fewer."""
_TWO = 2


def told_alike(context: Context) -> Iterator[tuple[Estimate, Estimate, str, float]]:
    """Yield two shares that are said not to differ, with the words, and their standard errors apart.

    Parameters
    ----------
    context : Context
    """
    text = context.paper.text
    if text is None or design_excuse(context):
        return
    for begin, stop in sentences_of(text):
        said = list(_ALIKE.finditer(text, begin, stop))
        if len(said) != 1 or _OPEN.search(_ALIKE.sub(" ", text[begin:stop])):
            continue
        told = [one for one in context.estimates if begin <= (one.where.start or -1) < stop]
        if len(told) != _TWO or not all(is_share(context, one) and one.role == "result" for one in told):
            continue
        apart = _apart(context, text, told, denied=said[0]["denied"] is not None)
        if apart is not None:
            yield told[0], told[1], said[0]["word"] or said[0][0], apart


def _apart(context: Context, text: str, told: list[Estimate], *, denied: bool) -> float | None:
    """Return how many standard errors two shares lie apart, where that is too far for words by which they do not."""
    first, second = told
    if not alike(first, second) or not _JOINED.fullmatch(text, first.where.end or 0, second.where.start or 0):
        return None
    if not (known_arms(first) and known_arms(second)) and first.x is None:
        return None
    pair = Pair(first, second, ordered=True)
    values = values_of(context, pair) or printed_shares(pair)
    if values is None:
        return None
    low, high = sorted(values, key=lambda one: one.lower)
    gap = float(high.lower) - float(low.upper)
    if high.upper > 1 or low.lower < 0:
        return None
    variance = 0.0
    for one, span in zip(told, values, strict=True):
        n = _size(context, one)
        share = (float(span.lower + span.upper) / 2 * n + 1) / (n + _TWO)
        variance += share * (1 - share) / n
    apart = gap / math.sqrt(variance)
    return apart if apart > _FAR and (denied or gap > _POINTS) else None


def _size(context: Context, one: Estimate) -> int:
    own = one.n.whole if one.n is not None else None
    sizes = [size for size, how in context.sizes(one).items() if how == "stated"]
    return own or min(sizes, default=_FEWEST)
