"""Pair a number in a bracket with the arm it stands behind or in: "zinc (n = 54)", "the zinc group (54 adults) had"."""

from __future__ import annotations

import re

from trialstats.sources.text.groups.model import Mention
from trialstats.sources.text.groups.numbers import PEOPLE, Number, before_equals
from trialstats.sources.text.groups.prose import MASK, Prose
from trialstats.sources.text.sizes.said import Pair
from trialstats.sources.text.sizes.sought import Arms

DONE_IN_BRACKET = re.compile(r" (complet|evalua|analy|assess|random)[a-z]* ?[)\];,]")
"""What was done with those in a bracket: "(54 analysed)"."""
_SIZE_IN_BRACKET = re.compile(
    rf" (?:[a-z-]+ )?(?:{PEOPLE}|analy[sz]ed|evaluable|evaluated|assessable|randomi[sz]ed|assigned|treated) ?[)\],;]"
)


_SHARE_BEFORE = re.compile(r"[0-9] ?%[ ,;]{0,2}[(\[]?$")


def introduced(prose: Prose, number: Number, arms: Arms) -> Pair | None:
    """Pair a number with the arm whose introduction has it in a bracket: "A (n = 54)", "A (54 patients)"."""
    n_at = before_equals(prose, number)
    share = n_at > 0 and _SHARE_BEFORE.search(prose.text, max(0, n_at - 8), n_at)
    if prose.text.startswith("/", number.end) or (share and ("(" in share[0] or "[" in share[0])):
        # "2% (n = 1/46)", "3.1% (n = 29) in the zinc group": events
        return None
    following = arms.next_mention(number.end)
    if following is not None and following.start == number.end + 1:
        # "(n = 8 A, n = 7 B)"
        return None
    if following is not None and n_at >= 0 and _FOR.fullmatch(prose.text, number.end, following.start):
        # "(n = 8 for A; n = 7 for B)"
        return Pair(following.group, number, True)
    if following is not None and n_at > 0 and _AS_ARM.fullmatch(prose.text, number.end, following.start):
        return Pair(following.group, number, True)  # "the others (n = 85) were followed as controls"
    of_a_mean = n_at > 0 and _OF_A_MEAN.search(prose.text, max(0, n_at - 24), n_at) is not None
    if of_a_mean and following is not None and _WITH_NEXT.fullmatch(prose.text, number.end, following.start):
        return Pair(following.group, number, True)  # "3.1 ± 2.2 (n = 41) with zinc"
    if n_at > 0 and _OF_A_VALUE.search(prose.text, max(0, n_at - 60), n_at) is not None:
        its = following is not None and _WITH_NEXT.fullmatch(prose.text, number.end, following.start)
        return Pair(following.group, number, True) if following is not None and its else None
    counted = _SIZE_IN_BRACKET.match(prose.text, number.end) if prose.flat[number.start] == MASK else None
    if n_at < 0 and counted is None:
        return None
    if n_at > 0 and arms.control >= 0 and (behind := _WITHOUT.search(prose.text, max(0, n_at - 24), n_at)):
        without = behind[1] is not None
        if without or _OR_WITHOUT.match(prose.text, number.end):
            # "zinc with (n = 47) or without (n = 43) iron"
            return Pair(arms.control if without else 1 - arms.control, number, True)
    if n_at > 0 and _OF_ALL.search(prose.text, max(0, n_at - 24), n_at):
        return None
    for arm, (start, end) in enumerate(arms.ranges):
        if start < number.start < end:
            return Pair(arm, number, not share, bool(share))
    if share:
        return None
    told = n_at > 0 and _SHARE_NEXT.match(prose.text, number.end) is not None
    if n_at < 0:
        return _subject(prose.text, number, arms.last_mention(number.start))
    last = arms.last_mention(n_at)
    if last is None:
        return None
    between = prose.text[last.end : min(n_at, last.end + 61)]
    opened = prose.text.rfind("(", max(0, n_at - 80), n_at)
    if (len(between) < 60 and _NAME_TO_N.fullmatch(between)) or last.start < opened < last.end:
        return Pair(last.group, number, not told, told)
    return None


def of_a_sex(prose: Prose, number: Number, arms: Arms) -> bool:
    """Whether a bracket says how many of those counted before are of one sex: "16 on zinc (10 men) and 15 on sugar".

    Parameters
    ----------
    prose : Prose
    number : Number
    arms : Arms
    """
    last = arms.last_mention(number.start)
    if last is None or _ONE_SEX.match(prose.text, number.end) is None:
        return False
    return _OPENED.fullmatch(prose.text, last.end, number.start) is not None and (
        _COUNTED_BEFORE.search(prose.text, max(0, last.start - 40), last.start) is not None
    )


_ONE_SEX = re.compile(r" (?:men|women|males?|females?|boys|girls)\b")
_COUNTED_BEFORE = re.compile(
    rf"[0-9](?: {PEOPLE})?(?: (?:were|was))?"
    r"(?: (?:in|on|with|given|received|receiving|taking|assigned to|allocated to))?(?: the)? $"
)
_SHARE_NEXT = re.compile(r" ?[(\[][0-9.]{1,5} ?%[)\]]")
"""A share of the arm or of all behind a number: "zinc (n = 14 [28%])"."""
_SUBJECT = re.compile(r"(?:^|[.:;,] |\b(?:than|and|but|while|whereas|that|versus|vs\.?) )(?:did |that )?(?:the )?$")
_OPENED = re.compile(r"(?:[ -](?:group|arm|cohort))? [(\[]")
_PEOPLE_CLOSE = re.compile(rf" {PEOPLE}[)\]]")
_GROUP_OPENED = re.compile(r"[ -](?:group|arm|cohort) [(\[]")


def _subject(text: str, number: Number, arm: Mention | None) -> Pair | None:
    """Pair the people in a bracket with an arm of which a clause tells: "the zinc group (61 patients) improved"."""
    if arm is None:
        return None
    if DONE_IN_BRACKET.match(text, number.end) and _OPENED.fullmatch(text, arm.end, number.start):
        return Pair(arm.group, number, True)
    if _GROUP_OPENED.fullmatch(text, arm.end, number.start) is None:
        return None
    if (
        _SUBJECT.search(text, max(0, arm.start - 12), arm.start) is None
        or _PEOPLE_CLOSE.match(text, number.end) is None
    ):
        return None
    return Pair(arm.group, number, True)


# "in two trials (N = 213)"
_OF_ALL = re.compile(r" (?:trials?|studies|groups|arms) ?[(\[]$")
_WITHOUT = re.compile(r"(?:\bwith|\) (?:or|and|versus|vs\.?) with(out)) ?[(\[]$")
_OR_WITHOUT = re.compile(r"[)\]] (?:or|and|versus|vs\.?) without ?[(\[]n ?=")


_OF_A_MEAN = re.compile(r"(?:±|\+/-) ?[0-9.]{1,8}(?: ?[a-z%/]{1,8}){0,2} ?[(\[]$")
_WITH_NEXT = re.compile(r"(?:[;,][^()]{0,24})?[)\]] (?:for|in|with|on|after|receiving|given|taking)(?: the)? ")
_OF_A_VALUE = re.compile(
    r"\b(?:(?:versus|vs\.?|v|compared (?:with|to)|than|was|were) [-+]?[0-9.]{1,8}"
    r"|and [-+]?[0-9]{1,4}(?:\.[0-9]{1,3}|(?= [a-z%])))"
    r"(?: ?(?!mg|mcg|[uµμ]g|g\b|iu|ml|gy|mm|cm|doses|(?:with|for|on|after)\b)[a-z%][a-z%/0-9]{0,9}){0,2}"
    r" ?[(\[](?:[^()]{0,30}[,;] ?)?$"
)
"""What leads to the number of patients of a value, not of the arm named before it: "with tea versus 0.5 (n = 41)"."""
_AS_ARM = re.compile(
    r"[)\]] (?:(?:were|was) (?:then )?(?:[a-z]+ly )?(?:followed|studied|kept|observed|used|enrolled|recruited|included"
    r"|taken|considered|treated)(?: [a-z]+ly)? as|served as|acted as) (?:the |an? )?"
)
_FOR = re.compile(r" (?:for|in|with|on|receiving)(?: the)? ")
_NAME_TO_N = re.compile(
    r"(?:/[a-z]{4,24})?"
    r"(?:[ -](?:[a-z-]{2,14}|(?:[0-9.,]+|[a-z]) ?(?:mg|g|kg|iu|ml|[uµμ]g|mcg|gy|%)?(?:/[a-z0-9]+){0,2}"
    r"|(?:[a-z]\.){2,4})){0,8} ?"
    r"(?:[(\[][^()]{0,40}|[,;:]|[)\]] ?[(\[])? ?"
)
