"""Which of the groups found are arms indeed: those that the results are given for.

An allocation is told in many ways, but results are given in few: "in the zinc group", "with zinc", "zinc (12%)".
So what the results say decides: an arm that no result stands beside was none, a name that stands beside results and
is no known arm's is another name of the arm left over, and where no arm is left the names of the results are the arms.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from trialstats.sources.text.arms.compared import LONGEST_LABEL, as_compared, sized
from trialstats.sources.text.arms.kept import joined_to, right_beside
from trialstats.sources.text.arms.left_out import DOSE, held_against, with_combination, with_drugs, with_placebo
from trialstats.sources.text.arms.single import with_single_arm
from trialstats.sources.text.groups.belonging import stated_numbers
from trialstats.sources.text.groups.controls import CONTROL
from trialstats.sources.text.groups.drugs import DRUG
from trialstats.sources.text.groups.model import Group, Groups, Mention
from trialstats.sources.text.groups.names_of_results import NO_NAME, arms_of_results, in_groups, stop_before, stops_of
from trialstats.sources.text.groups.numbers import patient_numbers
from trialstats.sources.text.groups.plausible import no_arm
from trialstats.sources.text.groups.prose import read_prose
from trialstats.sources.text.names.aliases import matched
from trialstats.sources.text.names.described import described
from trialstats.sources.text.names.in_full import in_full, without_ways
from trialstats.sources.text.names.labels import with_roles, without_doses
from trialstats.sources.text.sizes.of_all import find_totals
from trialstats.sources.text.tokens.document import Document

_NEAR = 90
"""Characters between a result and the arm named with it."""
# "12% with zinc", "12% of those receiving zinc plus iron"
_GIVEN = re.compile(
    r"(?:\)|\]|%)?(?: (?!(?:and|or|in|to|of|for|with|versus|vs|v"
    r"|than)\b)[a-z/·]{1,12}){0,2}?(?: of (?:the )?(?:patients|participants|women|men|subjects|children|those))? "
    r"(?:with|for|receiving|on|given|taking|after|treated with|assigned to|who received|under)(?: the| either)? "
    r"(?P<name>[a-z][\w+/'-]*(?: (?:plus|and|\+|/) [a-z][\w+/'-]*| [a-z][\w+/'-]*){0,2}?)"
    r"(?= ?(?:[,.;:()\[\]]| and | or | versus | vs\.? | v | compared | group| arm| \(| was | were | had |, | than "
    r"| while | respectively))"
)
_WORD = re.compile(r"[a-z0-9][\w+'-]*")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A name beside a result."""

    name: str
    start: int
    end: int
    sentence: int
    group: int


def weighed(
    document: Document, groups: Groups, places: Sequence[tuple[int, int]], contrasts: Sequence[tuple[int, int]] = ()
) -> Groups:
    """Return the groups of a text as its results bear them out.

    Parameters
    ----------
    document : Document
    groups : Groups
        As the words for allocation gave them.
    places : sequence of (int, int)
        Where results of one arm stand, in order.
    contrasts : sequence of (int, int)
        Where results of two arms stand, in order.

    Returns
    -------
    Groups
    """
    if not (places or contrasts):
        return groups
    groups = _borne_out(document, groups, places, contrasts) if places else groups
    first = min(start for start, _ in (*places[:1], *contrasts[:1]))
    return _relabelled(document, as_compared(document, groups, places, contrasts), first)


def _relabelled(document: Document, groups: Groups, first: int) -> Groups:
    """Give labels in full with roles, and leave out how something is given, where the names tell the arms apart."""
    text = document.tokens.text
    labels = in_full(document, without_ways([arm.label for arm in groups.arms]))
    labels = described(text, document.cased, without_doses(with_roles(text, groups, labels, first)))
    arms = tuple(replace(arm, label=label) for arm, label in zip(groups.arms, labels, strict=True))
    return replace(groups, arms=arms) if arms != groups.arms else groups


def _borne_out(
    document: Document, groups: Groups, places: Sequence[tuple[int, int]], contrasts: Sequence[tuple[int, int]]
) -> Groups:
    if len(groups.arms) < 2 or not groups.sure:
        single = with_single_arm(document, _without_arms(document, groups) if groups.arms else groups)
        if len(single.arms) == 1:
            return single
    groups = with_placebo(document, with_drugs(document, with_combination(document, _merged(_told(groups)))))
    called = in_groups(document.tokens.text)
    near = _near(document, called, places)
    groups = _recognised(document, groups, _names(document, groups, near), called)
    beside = _names(document, groups, near)
    support = Counter(one.group for one in beside if one.group >= 0)
    spoken = Counter(one.group for one in groups.mentions)
    # A text that calls an arm by its dose does so nowhere else than with results.
    support.update(
        {at: spoken[at] - 1 for at, arm in enumerate(groups.arms) if spoken[at] > 1 and _DOSE_ONLY.match(arm.label)}
    )
    strangers = [one for one in beside if one.group < 0]
    stated = len(groups.arms) > 2 and len(groups.arms) in stated_numbers(document.tokens.text)
    # Results of two factors are given side by side, and those of one may stand far from its arms.
    if len(spoken) == _OF_TWO_FACTORS == len(groups.arms) and "factorial" in document.tokens.text:
        stated |= not any(_JOINS.search(arm.label) for arm in groups.arms)
    if len(groups.arms) > 2 and len(support) >= 2 and not stated:
        told = (
            support.keys() | joined_to(document, groups, {one.end for one in beside}) | held_against(document, groups)
        )
        told |= right_beside(document.tokens.text, groups, (*places, *contrasts))
        kept = [
            at
            for at, arm in enumerate(groups.arms)
            if at in told or arm.sizes or DOSE.search(arm.label) or (groups.sure and _BOTH.match(arm.label))
        ]
        groups, support = _only(groups, kept), Counter({new: support[old] for new, old in enumerate(kept)})
    doubted = not groups.sure and not _spoken_of(document, groups, support)
    near_results = _spoken_near(groups, places)
    few = len([at for at in range(len(groups.arms)) if support[at] or near_results[at] > 1]) < 2
    if doubted or not groups.sure or (few and not stated):
        named = arms_of_results(document, groups, [(one.name, one.start, one.end) for one in strangers], called)
        if len(groups.arms) > 1 and named is not None and all(CONTROL.search(arm.label.lower()) for arm in named.arms):
            # "A versus placebo", "A versus no treatment": what is held against each is the arm.
            named = None
        if named is not None and 2 * _weight(named, strangers) >= sum(support.values()) * (1 if few or doubted else 2):
            return sized(document, _as_allocated(groups, named))
    if doubted:
        return _without_arms(document, groups)
    if len(groups.arms) == 2:
        return _left_over(groups, strangers)
    return groups


_OF_TWO_FACTORS = 4
_JOINS = re.compile(r" plus | with(?:out)? | and no |\+")
_BOTH = re.compile(r"(?:both|the combination|their combination)\b")


def _spoken_near(groups: Groups, places: Sequence[tuple[int, int]]) -> Counter[int]:
    """Count how often an arm is named near a result."""
    starts = [one.start for one in groups.mentions]
    near: Counter[int] = Counter()
    for start, end in places:
        first, last = bisect_left(starts, start - _NEAR // 2), bisect_left(starts, end + _NEAR // 2)
        near.update({one.group for one in groups.mentions[first:last]})
    return near


_DOSE_ONLY = re.compile(r"[0-9.]+ (?:month|week|day|year|hour|cycle|course|session|mg|g|µg|iu|u|ml|gy)s?$")


def _as_allocated(groups: Groups, named: Groups) -> Groups:
    """Give arms that the results name in short the words by which they were allocated: "RT" is "radiation alone"."""
    if not (groups.sure and len(groups.arms) == len(named.arms) == 2):
        return named
    words = [set(_WORD.findall(arm.label.lower())) - _LOOSE for arm in groups.arms]
    own = [words[0] - words[1], words[1] - words[0]]
    found = {}
    for at, arm in enumerate(named.arms):
        parts = set(re.split(r"[ /+-]", arm.label.lower()))
        of = [number for number, telling in enumerate(own) if telling & parts]
        if len(of) == 1:
            found[at] = of[0]
    if not found or len(set(found.values())) < len(found):
        return named
    order = [found[at] if at in found else 1 - found[1 - at] for at in (0, 1)]
    arms = tuple(_called_so(arm, groups.arms[of]) for arm, of in zip(named.arms, order, strict=True))
    return replace(named, arms=arms)


_ABBREVIATED = re.compile(r"(?=[A-Za-z0-9+/-]*[A-Z]{2})[A-Za-z0-9+/-]{2,14}")


def _called_so(arm: Group, allocated: Group) -> Group:
    label, role = allocated.label, arm.role or allocated.role
    if not _ABBREVIATED.fullmatch(arm.label) or len(label) > LONGEST_LABEL:
        return replace(arm, role=role)
    return replace(arm, label=label if arm.label in label else f"{label} ({arm.label})", role=role)


_LOOSE = frozenset(("with", "and", "plus", "the", "mg", "concurrent", "daily", "weekly"))


def _without_arms(document: Document, groups: Groups) -> Groups:
    """Leave out what were no arms; their numbers may be of all patients."""
    prose = read_prose(document)
    whole = tuple(find_totals(prose, patient_numbers(document, prose), set(), []))
    return replace(groups, arms=(), mentions=(), whole=whole)


# How a text speaks of what people are given: "with zinc", "versus zinc", "zinc patients".
_LEADS = re.compile(
    r"\b(?:compar\w+|use of|role of|with|on|for|receiv\w+|given|taking|versus|vs\.?|v|than|after|under|by|using|to"
    r"|or)(?: the| an?| either| in| with)* $"
)
_FOLLOWS = re.compile(
    r"[ -](?:groups?|arms?|patients|women|participants|recipients|users|treated|therapy|treatment|alone|strategy"
    r"|regimen)\b"
    r"|,? (?:versus|vs\.?|v|compared (?:with|to)) |\s?[(\[][^()\[\]]{0,40}[0-9]"
)


def _spoken_of(document: Document, groups: Groups, support: Counter[int]) -> bool:
    """Whether a text speaks of each of some doubtful arms as of something that people are given."""
    text = document.tokens.text
    ways: Counter[int] = Counter()
    for one in groups.mentions:
        led = _LEADS.search(text, max(0, one.start - 24), one.start) is not None
        ways[one.group] += led or _FOLLOWS.match(text, one.end) is not None
    told = [support[at] or ways[at] or arm.sizes for at, arm in enumerate(groups.arms)]
    labels = [arm.label.lower() for arm in groups.arms]
    return all(
        known or CONTROL.search(label) or _PLAIN.search(label) or DRUG.search(label)
        for known, label in zip(told, labels, strict=True)
    )


_PLAIN = re.compile(r"intervention|treatment")


def _weight(groups: Groups, seen: Sequence[_Seen]) -> int:
    """Count how often results are given for the names of some arms."""
    names = {name for arm in groups.arms for name in arm.names}
    return sum(one.name in names for one in seen)


def _key(label: str) -> str:
    return " ".join(word for word in _WORD.findall(label.lower()) if word not in NO_NAME or word in _LACKS)


_LACKS = frozenset(("no", "not", "without", "high", "low", "first", "second", "early"))


def _merged(groups: Groups) -> Groups:
    """Give two arms of one name as one."""
    first: dict[str, int] = {}
    place = [first.setdefault(_key(arm.label) or arm.label, at) for at, arm in enumerate(groups.arms)]
    if len(first) == len(groups.arms):
        return groups
    kept = sorted(set(place))
    number = {old: new for new, old in enumerate(kept)}
    arms = [groups.arms[at] for at in kept]
    for at, of in enumerate(place):
        if at != of:
            arm = arms[number[of]]
            arms[number[of]] = replace(
                arm, sizes=arm.sizes or groups.arms[at].sizes, role=arm.role or groups.arms[at].role
            )
    mentions = tuple(Mention(number[place[one.group]], one.start, one.end) for one in groups.mentions)
    return Groups(tuple(arms), groups.whole, mentions)


_ROUTE_TEXT = """
mg g kg mcg ml iu gy day days daily once twice weekly week weeks every orally oral intravenously intravenous iv sc
subcutaneously dose doses of a an at per the times tablet tablets bid qd tid cycles cycle hours hour m2 mg/m2 mg/kg mg/d
mg/day and to i v s c p o
"""
_ROUTE = frozenset(_ROUTE_TEXT.split())
_ALL_WORDS = re.compile(r"[a-z][a-z0-9/]*")


def _told(groups: Groups) -> Groups:
    """Leave out what is only a dose and a way of giving it, where two arms have names."""
    telling = [
        len(arm.label) == 1 or any(word not in _ROUTE for word in _ALL_WORDS.findall(arm.label.lower()))
        for arm in groups.arms
    ]
    kept = [at for at, told in enumerate(telling) if told]
    return _only(groups, kept) if 2 <= len(kept) < len(groups.arms) else groups


def _only(groups: Groups, kept: Sequence[int]) -> Groups:
    number = {old: new for new, old in enumerate(kept)}
    mentions = tuple(Mention(number[one.group], one.start, one.end) for one in groups.mentions if one.group in number)
    return Groups(tuple(groups.arms[at] for at in kept), groups.whole, mentions)


def _near(
    document: Document, called: Sequence[re.Match[str]], places: Sequence[tuple[int, int]]
) -> list[re.Match[str]]:
    """Return where a text names something beside a result: what it calls a group, and what stands right behind."""
    text = document.tokens.text
    begins = [match.start() for match in called]
    found: list[re.Match[str]] = []
    last = 0
    for start, end in places:
        stop = min(len(text), end + _NEAR)
        first, last = max(last, bisect_left(begins, start - _NEAR)), max(last, bisect_left(begins, stop))
        found += called[first:last]
        given = _GIVEN.match(text, end, stop)
        if given is not None:
            found.append(given)
    return found


def _names(document: Document, groups: Groups, near: Iterable[re.Match[str]]) -> list[_Seen]:
    """Return the names that stand beside results, with the arm that each is known to be."""
    text = document.tokens.text
    begins, stops = [one.start for one in groups.mentions], stops_of(text)
    found: dict[int, _Seen] = {}
    for match in near:
        for at, till in _parts(text, *match.span("name")):
            name = text[at:till]
            before = bisect_left(begins, till) - 1
            known = groups.mentions[before].group if before >= 0 and groups.mentions[before].end > at else -1
            if known < 0 and not _telling(name):
                continue
            found.setdefault(at, _Seen(name, at, till, stop_before(stops, at), known))
    return [found[at] for at in sorted(found)]


def _recognised(document: Document, groups: Groups, seen: Sequence[_Seen], called: Sequence[re.Match[str]]) -> Groups:
    """Mention an arm too by the other names that the text has for it: a part of its name, its initials."""
    strangers = [(one.name, one.start, one.end) for one in seen if one.group < 0]
    counts = Counter(one.group for one in groups.mentions)
    if strangers or any(counts[at] < _FEW for at in range(len(groups.arms))):
        strangers += _called_groups(document, groups, called)
    if not strangers:
        return groups
    known = matched(groups.arms, [name for name, _, _ in strangers])
    more = {start: Mention(known[name], start, end) for name, start, end in strangers if name in known}
    if not more:
        return groups
    return replace(groups, mentions=tuple(sorted((*groups.mentions, *more.values()), key=lambda one: one.start)))


_FEW = 4


def _called_groups(document: Document, groups: Groups, called: Iterable[re.Match[str]]) -> list[tuple[str, int, int]]:
    """Return what a text calls a group, where no known arm stands."""
    text = document.tokens.text
    begins = [one.start for one in groups.mentions]
    found = []
    for match in called:
        for at, till in _parts(text, *match.span("name")):
            before = bisect_left(begins, till) - 1
            if (before < 0 or groups.mentions[before].end <= at) and _telling(text[at:till]):
                found.append((text[at:till], at, till))
    return found


_LIST = re.compile(r" (?:and|or|versus|vs\.?|v|than) |, ")
_LED = re.compile(r".*\b(?:in|of|with|for|receiving|to|on|from|among|by)(?: the)? ")


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the names of a list stand: "RT and docetaxel-RT"."""
    found, at = [], start
    for match in _LIST.finditer(text, start, end):
        found.append((at, match.start()))
        at = match.end()
    found.append((at, end))
    # "mortality in the screening": only what the preposition leads to is a name.
    leds = [_LED.match(text, first, last) for first, last in found]
    starts = [match.end() if match is not None else first for match, (first, _) in zip(leds, found, strict=True)]
    return [(first, last) for first, (_, last) in zip(starts, found, strict=True) if last - first > 1]


def _telling(name: str) -> bool:
    words = _WORD.findall(name)
    return (
        bool(words)
        and any(word not in NO_NAME and not word.isdigit() for word in words)
        and words[0] not in ("who", "a", "an", "and")
        and words[0] not in _ADVERBS
        and not no_arm(name)
    )


# "83% were receiving exclusively or mostly"
_ADVERBS = frozenset(("exclusively", "mostly", "mainly", "predominantly", "primarily", "usually", "largely", "merely"))


def _left_over(groups: Groups, seen: Iterable[_Seen]) -> Groups:
    """Give a name that stands beside results with one of two arms to the other one."""
    by_sentence: dict[int, set[int]] = defaultdict(set)
    places = {one.sentence for one in seen}
    bounds = sorted(places)
    for mention in groups.mentions:
        at = bisect_left(bounds, mention.start) - 1
        if at >= 0:
            by_sentence[bounds[at]].add(mention.group)
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    for one in seen:
        known = by_sentence[one.sentence]
        if len(known) == 1:
            votes[one.name][1 - next(iter(known))] += 1
    spoken = Counter(one.group for one in groups.mentions)
    # A word of an arm's label that is no name of it is what all have: "treatment of the fracture".
    labels = " ".join(arm.label.lower() for arm in groups.arms)
    alias = {
        name: at
        for name, count in votes.items()
        for at in count
        if len(count) == 1 and (count[at] > 1 or spoken[at] < _FEW) and name not in labels
    }
    if not alias:
        return groups
    more = [Mention(alias[one.name], one.start, one.end) for one in seen if one.name in alias]
    return replace(groups, mentions=tuple(sorted((*groups.mentions, *more), key=lambda one: one.start)))
