"""Find every place where a text speaks of one arm."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TypeVar

from trialstats.sources.text.groups.model import Mention
from trialstats.sources.text.groups.prose import Prose
from trialstats.sources.text.groups.schedules import schedule_lists
from trialstats.sources.text.names.codes import code_lists, group_letters, hung_lists, letter_lists, letters
from trialstats.sources.text.names.dosed import in_lists_of_doses
from trialstats.sources.text.names.of_phrases import Arm
from trialstats.sources.text.names.roles import roles
from trialstats.sources.text.names.vaccinated import vaccinated

_LONGEST_RUN = 6
_TWO_JOINED = re.compile(r"[a-z]{3,} (?:plus|and) [a-z]{3,}")
# What joins the names of what is given together.
_JOINED = re.compile(
    r" ?(?:plus|and|with|\+|/|-|combined with|in combination with|followed by|added to|, followed by|, then|then"
    r"|,|, and"
    r"|\+/-)(?: the| an?| (?:high|low)-dose)? ?$"
)
_ALONE = re.compile(r" (?:alone|only|monotherapy|by itself)\b")
_SINGLE = re.compile(r"\b(?:single[- ]agent|sole) $")
_HAD = (
    r"(?:receiv\w+|undergo\w*|us(?:ed|ing)|tak(?:en|ing)|given|sent|offered|prescribed|treated with|exposed to"
    r"|assigned(?: to)?|allocated(?: to)?)"
)
_NEGATED = re.compile(
    rf"(?:\bno|without|not (?:to )?{_HAD}|non|did not receive|versus no|or no)[ -]"
    r"(?:(?:the|an?|any|further|additional|adjuvant|concomitant) )?$"
)
_NEGATED_END = re.compile(
    r"(?:[ -](?:groups?|arms?|patients|users?|women|participants|controls?))|[,.;)]| \(| (?:or|and|vs|versus|was"
    r"|were)\b|$"
)


@dataclass(slots=True)
class _Hit:
    """A name where it stands."""

    start: int
    end: int
    key: str


def find_mentions(prose: Prose, arms: list[Arm]) -> list[Mention]:
    """Return every mention of one arm, sorted by start, longest first, not overlapping.

    Parameters
    ----------
    prose : Prose
    arms : list of Arm
    """
    wholes: dict[str, set[int]] = {}
    parts: dict[str, set[int]] = {}
    for number, arm in enumerate(arms):
        for name in arm.wholes:
            wholes.setdefault(name, set()).add(number)
            if name.startswith("no "):
                wholes.setdefault(f"without {name[3:]}", set()).add(number)
            if (name.count(" ") == 1 and name.replace(" ", "").isalpha()) or _TWO_JOINED.fullmatch(name):
                # "the open-procedure group", "the zinc-plus-iron group"
                wholes.setdefault(name.replace(" ", "-"), set()).add(number)
        for name in arm.parts:
            parts.setdefault(name, set()).add(number)
    keys = [*wholes, *(name for name in parts if name not in wholes)]
    hits = [hit for key in keys if len(key) > 1 for hit in _hits(prose.text, key)]
    own = {key for key in keys if len(key) == 1}
    hits += [_Hit(at, at + 1, letter) for at, letter in letters(prose, own)]
    found = _resolved(prose.text, _apart(hits), arms, _Index(wholes, parts, [arm.parts for arm in arms]))
    found += roles(prose.text, arms)
    found += group_letters(prose, arms, own)
    found += letter_lists(prose, arms)
    found += code_lists(prose.text, arms)
    found += hung_lists(prose.text, arms)
    found += _combinations(prose.text, arms)
    found += in_lists_of_doses(prose.text, arms)
    found += vaccinated(prose.text, arms)
    # "304 received both": what names no arm elsewhere does so where it is introduced
    places = [(number, arm.phrase.start, arm.phrase.end) for number, arm in enumerate(arms)]
    found += [Mention(number, start, end) for number, start, end in places if prose.text[start:end] == "both"]
    scheduled = [(number, arm) for number, arm in enumerate(arms) if arm.phrase.schedule]
    drugs = [name for _, arm in scheduled for name in arm.parts]
    found += schedule_lists(prose.text, {arm.phrase.schedule: number for number, arm in scheduled}, drugs)
    found = _apart(found)
    if (begin := min((arm.phrase.start for arm in arms if arm.phrase.added and arm.phrase.head), default=-1)) >= 0:
        # "zinc with (n = 9) or without (n = 8) iron": zinc is of both
        found = [one for one in found if not begin - 3 < one.end <= begin]
    pointing = _former_and_latter(prose.text, found) + _lacking(prose.text, found, arms)
    pointing += _without_and_with(prose.text, found, arms)
    return _apart(found + pointing) if pointing else found


_Placed = TypeVar("_Placed", _Hit, Mention)


@dataclass(slots=True)
class _Index:
    """By a name, the arms of which it is the whole or a part; and the parts of each arm."""

    wholes: dict[str, set[int]]
    parts: dict[str, set[int]]
    of_arm: list[dict[str, int]]


def _apart(found: list[_Placed]) -> list[_Placed]:
    """Sort by start and drop what overlaps something earlier or longer."""
    apart: list[_Placed] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return apart


def _hits(text: str, key: str) -> list[_Hit]:
    found = []
    # "the omega-3 acids", then "acid intake"
    stem = key[:-1] if len(key) > _LEAST_PLURAL and key[-1] == "s" and key[-2] not in "sui" else key
    at = text.find(stem)
    size = len(stem)
    while at >= 0:
        end = at + size
        before = text[at - 1] if at else " "
        after = text[end] if end < len(text) else " "
        plural = after == "s" and not text[end + 1 : end + 2].isalnum()
        end += plural and stem != key
        apart = not before.isalnum() and (plural or not after.isalnum())
        if apart and not in_compound(text, at, end) and not text.startswith(_OTHER_SENSE, end + 1):
            found.append(_Hit(at, end, key))
        at = text.find(stem, end)
    return found


_LEAST_PLURAL = 6


def in_compound(text: str, start: int, end: int) -> bool:
    """Whether a name stands in a longer one: "zinc-patch" is no "zinc", where a text has it more than once.

    Parameters
    ----------
    text : str
    start, end : int
        Of the name.
    """
    other = _COMPOUND.match(text, end) if text.startswith("-", end) else None
    if other is None or text.count(text[start : other.end()]) < 2:
        return False
    # "zinc-ABC" joins two names where the second stands alone too, or is given with the first elsewhere.
    name, second = text[start:end], other[0][1:]
    return text.count(f" {second} ") < _OFTEN and not any(f"{name}{joint}{second}" in text for joint in _JOINTS)


_OFTEN = 4
_JOINTS = (" plus ", " and ", " with ", "/", " + ", "+")
_COMPOUND = re.compile(
    r"-(?!(?:treated|groups?|arms?|based|alone|only|containing|users?|recipients|patients|receiving|exposed|assigned"
    r"|intervention|therapy|treatment|plus|first|induced|related|associated|naive|placebo|control|dose)"
    r"\b)[a-z]{2,}"
)
# Behind a name and a hyphen or space: it names no arm.
_OTHER_SENSE = ("controlled", "naive", "na\u00efve", "resistant", "refractory", "sensitive", "eluting", "induced")


def _resolved(text: str, hits: list[_Hit], arms: list[Arm], index: _Index) -> list[Mention]:
    """Say of each run of names that are joined ("A plus B") which arm it is."""
    mentions: list[Mention] = []
    controls = [number for number, arm in enumerate(arms) if arm.role == "control"]
    at = 0
    while at < len(hits):
        run = _run(text, hits, at, index.parts, index.wholes)
        at += len(run)
        start, end = run[0].start, run[-1].end
        alone = _ALONE.match(text, end)
        single = _SINGLE.search(text, max(0, start - 16), start)
        arm = _one(run, index, alone=alone is not None or single is not None)
        start = start if single is None else single.start()
        if arm is not None and len(run) == 1 and alone is None:
            arm = _with_more(text, run[0], arm, index)
        matching = _MATCHING.match(text, end)
        if matching is not None and (of_rest := _without_last(run, index)) is not None:
            # "A plus B-matching placebo" is A alone
            mentions.append(Mention(of_rest, start, matching.end()))
            continue
        if arm is None:
            continue
        before = text[max(0, start - 40) : start]
        negated = _NEGATED.search(before) if "no" in before or "without" in before else None
        if negated is not None and not run[0].key.startswith(("no ", "non", "without")):
            # Who is without the one of two has the other.
            if len(arms) != 2 or controls != [1 - arm] or _NEGATED_END.match(text, end) is None:
                continue
            arm = controls[0]
            start -= len(before) - negated.start()
        mentions.append(Mention(arm, start, alone.end() if alone is not None else end))
    return mentions


_MATCHING = re.compile(r"[- ]match(?:ing|ed) (?:placebo|dummy)(?: (?:groups?|arms?))?")


def _without_last(run: list[_Hit], index: _Index) -> int | None:
    """Return the arm that has all of joined names but the last and nothing else."""
    keys = {hit.key for hit in run[:-1]}
    exact = [arm for arm, parts in enumerate(index.of_arm) if keys and _are_all(keys, parts)]
    return exact[0] if len(exact) == 1 else None


def _run(text: str, hits: list[_Hit], at: int, parts: dict[str, set[int]], wholes: dict[str, set[int]]) -> list[_Hit]:
    """Return a name with those joined to it that some arm has all of."""
    run = [hits[at]]
    common = parts.get(run[0].key, set())
    for hit in hits[at + 1 : at + _LONGEST_RUN]:
        common = common & parts.get(hit.key, set())
        if not common or hit.start - run[-1].end > 25 or _JOINED.fullmatch(text, run[-1].end, hit.start) is None:
            break
        if text[run[-1].end : hit.start].strip(" ,") in ("", "and") and hit.key in wholes and run[-1].key in wholes:
            # "A and B", where each is an arm.
            break
        run.append(hit)
    return run


_MORE_BEHIND = re.compile(
    r" (?:plus|combined with|in combination with) (?!placebo)(?=[a-z]{4})| ?\+ ?(?!placebo)(?=[a-z]{4})"
)
_MORE_BEFORE = re.compile(r"[a-z]{4}(?: plus| \+| combined with) $")


def _with_more(text: str, hit: _Hit, arm: int, index: _Index) -> int:
    """Return of the arm of a drug and that of more with it the second, where something is added: "zinc plus rays"."""
    if len(set(index.of_arm[arm].values())) != 1:
        return arm
    fuller = [other for other in index.parts.get(hit.key, ()) if len(set(index.of_arm[other].values())) > 1]
    if len(fuller) != 1 or len(index.of_arm) != 2:
        return arm
    added = _MORE_BEHIND.match(text, hit.end) or _MORE_BEFORE.search(text, max(0, hit.start - 24), hit.start)
    return fuller[0] if added else arm


def _one(run: list[_Hit], index: _Index, *, alone: bool) -> int | None:
    """Return the one arm that joined names stand for."""
    keys = {hit.key for hit in run}
    first = run[0].key
    if len(run) == 1 and (whole := index.wholes.get(first)):
        if len(whole) == 1:
            (arm,) = whole
            if not (alone and first in index.parts and len(set(index.of_arm[arm].values())) > 1):
                return arm
        elif first not in index.parts:
            return None
    of = set.intersection(*(index.parts.get(key, set()) for key in keys))
    if len(of) == 1 and not alone:
        return next(iter(of))
    exact = [arm for arm in of if _are_all(keys, index.of_arm[arm])]
    return exact[0] if len(exact) == 1 else None


def _are_all(keys: set[str], parts: dict[str, int]) -> bool:
    """Whether names are all that an arm is made of."""
    return {parts[key] for key in keys if key in parts} == set(parts.values())


def _former_and_latter(text: str, mentions: list[Mention]) -> list[Mention]:
    """Find "the former" and "the latter": of the last two arms named before, the first and the second."""
    found = []
    starts = [mention.start for mention in mentions]
    for words, which in (("the former", 0), ("the latter", 1)):
        at = text.find(words)
        while at >= 0:
            index = bisect_left(starts, at)
            pair = [mention.group for mention in mentions[max(0, index - 2) : index] if mention.start > at - 300]
            if len(set(pair)) == 2:
                found.append(Mention(pair[which], at, at + len(words)))
            at = text.find(words, at + len(words))
    return found


# "12% with v 25% without zinc"
_BETWEEN_BOTH = (
    r"(?: \([^()]{1,30}\))?,? (?:and|v|vs\.?|versus|or|compared (?:with|to)"
    r"|than) (?:[0-9.,]{1,7} ?%? ?(?:\([^()]{1,30}\) ?)?)?"
)
_WITH_AND = re.compile(rf"\b(with){_BETWEEN_BOTH}$")
_WITHOUT_AND_WITH = re.compile(rf"\b(without){_BETWEEN_BOTH}with (?:the |adding |neoadjuvant |adjuvant )?$")


def _without_and_with(text: str, mentions: list[Mention], arms: list[Arm]) -> list[Mention]:
    """Find the arms of "without and with zinc", of two the second a control."""
    controls = [number for number, arm in enumerate(arms) if arm.role == "control"]
    if len(arms) != 2 or len(controls) != 1 or "without" not in text:
        return []
    found = []
    for mention in mentions:
        if mention.group in controls and text.startswith("without ", mention.start):
            other = _WITH_AND.search(text, max(0, mention.start - 50), mention.start)
            if other is not None:
                found.append(Mention(1 - mention.group, *other.span(1)))
            continue
        both = _WITHOUT_AND_WITH.search(text, max(0, mention.start - 40), mention.start)
        if both is not None and mention.group not in controls:
            found.append(Mention(controls[0], *both.span(1)))
    return found


# "63% who received zinc and 52% of those who did not", "26% with zinc versus 19% in the others"
_LACKING = re.compile(
    r"\b(?:(?:those|patients|women|men|children|participants|subjects|adults|people|individuals)? ?who"
    r" (?:did|were|had) not(?: (?:receive|get|take|undergo|treated|receiving|been)\b)?"
    rf"|(?:in|of|among|for) the others|(?:in|of|than|with|versus) the other (?:group|arm)|those without(?: it)?"
    rf"|not {_HAD} (?:it|them|one|this|any))"
    r"(?=\s?[,.;:)(\[]| (?:and|in|at|had|were|was|reported|died|developed)\b)"
)
_FARTHEST_BACK = 220


def _lacking(text: str, mentions: list[Mention], arms: list[Arm]) -> list[Mention]:
    """Find "those who did not", "not sent one" and "the other group": of two arms the one not named right before."""
    if len(arms) != 2 or not (" not" in text or "the other" in text or "those without" in text):
        return []
    found = []
    starts = [mention.start for mention in mentions]
    for match in _LACKING.finditer(text):
        index = bisect_left(starts, match.start()) - 1
        if index < 0 or mentions[index].start < match.start() - _FARTHEST_BACK:
            continue
        between = text[mentions[index].end : match.start()]
        of_any = "the other " in match[0]
        if ". " not in between and (of_any or arms[mentions[index].group].role != "control"):
            start = match.start() + max(0, match[0].find("the other"))
            found.append(Mention(1 - mentions[index].group, start, match.end()))
    return found


def _combinations(text: str, arms: list[Arm]) -> list[Mention]:
    """Find "the combination", where one arm has several parts and another has one of them."""
    sizes = [len(set(arm.parts.values())) for arm in arms]
    combined = [
        number
        for number, arm in enumerate(arms)
        if sizes[number] > 1
        and any(sizes[n] == 1 and one.parts.keys() & arm.parts.keys() for n, one in enumerate(arms))
    ]
    if len(combined) != 1:
        return []
    found = []
    for words in _COMBINATIONS:
        at = text.find(words)
        while at >= 0:
            end = at + len(words)
            if not text.startswith(" of", end):
                found.append(Mention(combined[0], at, end))
            at = text.find(words, end)
    return found + [Mention(combined[0], *one.span("both")) for one in _BOTH.finditer(text) if sizes.count(2) == 1]


# "8% with both, 12% with zinc alone"
_BOTH = re.compile(
    r"(?:\b(?:with|given|receiv(?:ed|ing)|took|taking)|\) for)(?: the)? (?P<both>both"
    r"(?: (?:drugs|agents|treatments|therapies|interventions|vaccines|components|supplements))?(?: together)?"
    r"(?= ?[,.;:()]| and [0-9]| versus\b| vs?\b| compared\b))"
)
_COMBINATIONS = (
    "the combination", "combination therapy", "combination treatment", "combination group", "combination arm",
    "combined therapy", "combined treatment", "combination-therapy group",
)  # fmt: skip
