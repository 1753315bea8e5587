"""Values of both arms outside the effect's own stretch: in the sentence before, or by the arms that it names."""

from __future__ import annotations

import re

from trialstats.checks.arm_values import (
    SHARE,
    Pair,
    alike,
    is_share,
    known_arms,
    of_a_sex,
    of_the_arms,
    one_outcome,
    outcome_stems,
)
from trialstats.checks.check import Context
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import NEEDED_TO_TREAT, Estimate

COMPARED = re.compile(
    r"\b(?:v|vs|versus|compared|than|and|against|in|with|for|as (?:did|had|were|was))\b|/", re.IGNORECASE
)
UNIT = (
    r"(?: ?(?:mm ?Hg|[cm]?m|k?g|[µm]g|days?|weeks?|months?|years?|hours?|min(?:utes)?|points?"
    r"|[a-zA-Zµμ]{1,5}/[a-zA-Z0-9]{1,5}))?"
)
"""Of a value that is listed behind the words for its arm."""
NAMED_NEXT = re.compile(rf"{UNIT}[)\]]?[;,]\s(?:[A-Za-z][\w-]*,?:?\s){{1,4}}[(\[]?")
"""Between two values that are listed, each behind the words for its arm: "A 41/310 (13%); B 68/305 (22%)"."""
THOSE_NEXT = re.compile(
    r"[^.;:()0-9]{0,20}, (?:those|women|men|patients|participants|children|adults)(?: [a-z]+)?"
    r" (?:on|in|with|who|given|receiving|assigned|allocated|treated)\b[^.;:()0-9]{2,60}"
)
"""The same in words: "left after a median of 6 days, those on milk after a median of 13 days"."""
NAMED_BEHIND = re.compile(r"[)\]]?\s(?:[A-Za-z][\w-]*\s?){1,4}[;,]\s[(\[]?")
"""The same with the words behind: "41/310 (13%) A, 68/305 (22%) B"."""
EFFECT = re.compile(r"\b(?:ratio|difference|OR|RR|HR)\b")
"""Between two values: each has an effect of its own."""
_TWO = 2
_NEXT = 60
"""Characters before a value or an effect, in which what leads to it stands."""


_NAMED_FIRST = re.compile(
    r"(?:(?:The|This|An?|with an?) )?(?:(?:absolute|crude|unadjusted|relative|mean|median|corresponding|between-group"
    r"|resulting|estimated) ){0,3}(?:(?:risk|odds|rate|hazard) ratio|(?:relative )?risk|(?:risk |mean )?difference"
    r"|(?:risk )?reduction|HR|OR|RR|RD|ARR|RRR)\b[^.;:()0-9%]{0,70}[ :=,(]*[-−+]?",
    re.IGNORECASE,
)


_CONCLUDES = re.compile(
    r"(?:(?:Thus|Hence|Therefore|So|Consequently|Accordingly|This means(?: that)?)\b,? ?)?"
    r"(?:(?:about|approximately|some|treating|a total of|the number needed to (?:treat|harm)|an? NN[TH]B?)\b"
    r"[^.;:()0-9%]{0,70}[ :=,(]*)?",
    re.IGNORECASE,
)
"""Before a number needed to treat that opens a sentence: "Thus, 13 women would have to be treated"."""


def of_sentence_before(context: Context, effect: Estimate, measure: str) -> Pair | None:
    """Return the only two values of the sentence before, where an effect with its name opens the next one."""
    text, start = context.paper.text, effect.where.start
    if text is None or start is None or measure == "survival":
        return None
    begin, _ = sentence_of(text, start)
    opens = _CONCLUDES if effect.unit == NEEDED_TO_TREAT else _NAMED_FIRST
    if begin < _TWO or opens.fullmatch(text, begin, start) is None:
        return None
    floor, stop = sentence_of(text, begin - _TWO)
    near = [one for one in context.estimates if floor <= (one.where.start or -1) < stop]
    told = [one for one in near if (is_share(context, one) if measure == SHARE else one.measure == measure)]
    if len(near) != _TWO or len(told) != _TWO or not alike(*told) or any(of_a_sex(text, one) for one in told):
        return None
    between = text[told[0].where.end or 0 : told[1].where.start or 0]
    compared = COMPARED.search(between) or NAMED_NEXT.fullmatch(between) or NAMED_BEHIND.fullmatch(between)
    if not compared or EFFECT.search(between) or not of_the_arms(effect, *told) or not one_outcome(effect, told[0]):
        return None
    return Pair(told[0], told[1], ordered=False)


def of_its_named_arms(context: Context, effect: Estimate, measure: str) -> Pair | None:
    """Return the values of the two arms that an effect names, of three or more in its sentence.

    "Gout in 14% on milk, 15% on tea and 20% on water; the risk ratio for milk versus water was 0.70".
    """
    text, start = context.paper.text, effect.where.start
    if text is None or start is None or not effect.order_said or len(effect.arms) != _TWO:
        return None
    begin, _ = sentence_of(text, start)
    told = [
        one for one in context.estimates
        if begin <= (one.where.start or -1) < start
        and (is_share(context, one) if measure == SHARE else one.measure == measure)
    ]  # fmt: skip
    of = [[one for one in told if known_arms(one) == (arm,)] for arm in effect.arms]
    if len(told) <= _TWO or [len(own) for own in of] != [1, 1] or not all(known_arms(one) for one in told):
        return None
    (first,), (second,) = of
    return Pair(first, second, ordered=False) if alike(first, second) else None


def over_two_sentences(context: Context, effect: Estimate, measure: str) -> Pair | None:
    """Return the values of two sentences of which the second goes on to their effect.

    "Of those on milk 27% relapsed. Of those on water 49% relapsed, giving a risk ratio of 0.55".
    """
    text, start = context.paper.text, effect.where.start
    if text is None or start is None:
        return None
    begin, stop = sentence_of(text, start)
    if begin < _TWO:
        return None
    floor, _ = sentence_of(text, begin - _TWO)
    near = [one for one in context.estimates if floor <= (one.where.start or -1) < stop and one.id != effect.id]
    told = [one for one in near if (is_share(context, one) if measure == SHARE else one.measure == measure)]
    if len(told) != _TWO or len(near) != _TWO or not alike(*told):
        return None
    first, second = told
    if _SEX_BEFORE.search(text, (first.where.start or 0) - _NEXT, first.where.start or 0):
        return None
    if not (first.where.start or 0) < begin <= (second.where.start or 0) < start:
        return None
    if not _GIVES.fullmatch(text[second.where.end or 0 : start][-_NEXT:].rpartition(",")[2]):
        return None
    same = (outcome_stems(first) & outcome_stems(second)) - _TELLING
    return Pair(first, second, ordered=False) if same else None


_TELLING = frozenset(
    {"came", "occur", "repor", "obser", "recor", "devel", "exper", "noted", "found", "group", "rate", "rates"}
)
"""How words begin that tell no outcome."""


_SEX_BEFORE = re.compile(
    r"\b(?:of|in|among|for) (?:the )?(?:wom[ae]n|men|girls|boys|females|males|(?:non-?)?smokers)\b[^.;]*$",
    re.IGNORECASE,
)
_GIVES = re.compile(
    r"[^.;:0-9]*(?:\(|\b(?:for|giving|yielding|which gives|corresponding to|with|a|an) )(?:a |an |the )?"
    r"[^.;:0-9]{0,40}",
    re.IGNORECASE,
)
