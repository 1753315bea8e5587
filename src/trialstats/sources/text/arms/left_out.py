"""Arms that a list left out and results name: the combination of two, a further drug, the placebo."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from trialstats.sources.text.groups.drugs import DRUG
from trialstats.sources.text.groups.model import Group, Groups, Mention
from trialstats.sources.text.groups.prose import places_in
from trialstats.sources.text.names.mentions import in_compound
from trialstats.sources.text.tokens.document import Document

DOSE = re.compile(
    r"[a-z]{3}.{0,12}[0-9] ?(?:mg|g|µg|μg|mcg|iu|ml|gy|%)|[0-9] ?(?:mg|g|µg|μg|mcg|iu|gy|%).{0,8}[a-z]{5}"
    r"|[0-9] (?:month|week|day|year)s?$|\bevery [0-9]+ [a-z]+$|\b(?:once|twice)[ -][a-z]+ly\b"
    r"|\b(?:bi)?(?:week|month)ly$|^(?:bi)?(?:week|month)ly [a-z]+$",
    re.IGNORECASE,
)
_COMBINED = re.compile(
    r"\b(?:the )?(?:combination|combined|combined-modality|doublet|multimodal)(?:[ -](?:therapy|treatment|group|arm"
    r"|regimen|chemotherapy|patients))?\b"
    r"(?! of| with)"
)
_ALONE = re.compile(
    r"\b(?:monotherapy|single-agent|single agent)(?:[ -](?:therapy|treatment|group|arm|chemotherapy))?\b"
)
_JOINS = re.compile(r"\bplus\b|\+|\band\b|\bwith\b|/|\bcombin")


def with_combination(document: Document, groups: Groups) -> Groups:
    """Mention the one arm of two or more drugs as "the combination", and that of fewer as "monotherapy"."""
    joined = [at for at, arm in enumerate(groups.arms) if _JOINS.search(arm.label.lower()) is not None]
    if len(joined) != 1 or len(groups.arms) != 2:
        return groups
    text = document.tokens.text
    taken = [(one.start, one.end) for one in groups.mentions]
    more = []
    for arm, expression in ((joined[0], _COMBINED), (1 - joined[0], _ALONE)):
        for match in expression.finditer(text):
            at = bisect_left(taken, match.span())
            before = taken[at - 1][1] if at else 0
            behind = taken[at][0] if at < len(taken) else len(text)
            if before <= match.start() and match.end() <= behind:
                more.append(Mention(arm, *match.span()))
    if not more:
        return groups
    return replace(groups, mentions=tuple(sorted((*groups.mentions, *more), key=lambda one: one.start)))


def with_drugs(document: Document, groups: Groups) -> Groups:
    """Mention an arm wherever a drug stands that it alone is named for: "sorafenib" of "sorafenib tosylate"."""
    named = [set(DRUG.findall(arm.label.lower())) for arm in groups.arms]
    own = {drug: at for at, drugs in enumerate(named) for drug in drugs if sum(drug in other for other in named) == 1}
    own = {drug: at for drug, at in own.items() if len(named[at]) == 1}
    if not own:
        return groups
    text, taken = document.tokens.text, [(one.start, one.end) for one in groups.mentions]
    more = []
    for drug, arm in own.items():
        for start in places_in(text, drug):
            end = start + len(drug)
            apart = not (
                text[start - 1 : start].isalnum()
                or text[end : end + 1].isalnum()
                or text[start - 1 : start] in ("-", "_")
                or in_compound(text, start, end)
            )
            at = bisect_left(taken, (start, end))
            free = (at == 0 or taken[at - 1][1] <= start) and (at == len(taken) or taken[at][0] >= end)
            if apart and free:
                more.append(Mention(arm, start, end))
    return replace(groups, mentions=tuple(sorted((*groups.mentions, *more), key=lambda one: one.start)))


_AGAINST = re.compile(
    r"\b(?:(?:compared|comparison) (?:with|to)|relative to|versus|vs\.?|than|superior to)"
    r"(?: (?:in|with|for|on|the|that|those|of|patients|receiving))* $"
)


def held_against(document: Document, groups: Groups) -> set[int]:
    """Return the arms against which a text holds others: "relative to placebo"."""
    text = document.tokens.text
    return {one.group for one in groups.mentions if _AGAINST.search(text, max(0, one.start - 60), one.start)}


_AGAINST_PLACEBO = re.compile(
    r"(?:\b(?:than|versus|vs\.?|v|over|relative to|compared (?:with|to)|superior to|to|and|or|for|in|on|with)"
    r"(?: the| those (?:on|in|receiving))?|[:;(]) placebo\b(?!-(?:con|corr|sub|adj))"
)
_PLACEBO = re.compile(r"(?<![\w-])placebo\b(?!-(?:con|corr|sub|adj))")


def with_placebo(document: Document, groups: Groups) -> Groups:
    """Add the placebo arm to those of several doses of one drug, where a text holds results against it."""
    text = document.tokens.text
    dosed = [DOSE.search(arm.label) is not None for arm in groups.arms]
    if len(dosed) < 2 or not all(dosed) or "placebo-controlled" not in text or any(arm.role for arm in groups.arms):
        return groups
    if _AGAINST_PLACEBO.search(text) is None or any("placebo" in arm.label.lower() for arm in groups.arms):
        return groups
    at = len(groups.arms)
    more = [Mention(at, one.start(), one.end()) for one in _PLACEBO.finditer(text)]
    mentions = tuple(sorted((*groups.mentions, *more), key=lambda one: one.start))
    return replace(groups, arms=(*groups.arms, Group("placebo", ("placebo",), (), "control")), mentions=mentions)
