"""Arms that results are compared by, held against those that other sentences tell.

An allocation may be told in words that results never use again ("app-delivered training", then "AMT"), or what was read
as arms may be none ("age", "outcome measures"). Where results are compared by two names again and again and the known
arms hardly stand beside them, these names are the arms, or other names of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from trialstats.sources.text.arms.compared_pairs import arms_of_pairs
from trialstats.sources.text.groups.controls import CONTROL
from trialstats.sources.text.groups.model import Groups
from trialstats.sources.text.groups.numbers import patient_numbers
from trialstats.sources.text.groups.prose import read_prose
from trialstats.sources.text.names.aliases import matched
from trialstats.sources.text.sizes.of_trial import sizes_of_trial
from trialstats.sources.text.sizes.sought import Arms
from trialstats.sources.text.tokens.document import Document

LONGEST_LABEL = 80
"""Longer words for an arm are not taken over for a name of the results."""


def as_compared(
    document: Document, groups: Groups, places: Sequence[tuple[int, int]], contrasts: Sequence[tuple[int, int]]
) -> Groups:
    """Return the arms that results are compared by in place of others, if these stand beside results less often.

    Parameters
    ----------
    document : Document
    groups : Groups
        As known so far.
    places : sequence of (int, int)
        Where results of one arm stand, in order.
    contrasts : sequence of (int, int)
        Where results of two arms stand, in order.
    """
    every = sorted((*places, *contrasts))
    known = _shares(groups, every)
    if known[1] > 1 and known[0] > _MOST_SHARE:
        return groups
    compared = arms_of_pairs(document, groups, places, contrasts)
    if compared is None:
        return groups
    if len(groups.arms) > 1:
        of_one = _known_as(groups, compared)
        if len(set(of_one.values())) == len(compared.arms):
            return _also_called(groups, compared, of_one)
        told = _shares(compared, every)
        few = known[1] < 2 or (len(groups.arms) == 2 and told[0] >= 2 * known[0])
        if told[1] < 2 or not few or told[0] < max(_LEAST_SHARE, known[0]):
            return groups
        compared = _labelled(groups, sized(document, compared), of_one)
    return sized(document, compared) if len(groups.arms) < 2 else compared


def _known_as(groups: Groups, compared: Groups) -> dict[str, int]:
    """Return by the names that results are compared by the known arms that they stand for."""
    names = [arm.names[0] for arm in compared.arms]
    found = matched(groups.arms, names)
    for name in names:
        within = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
        holding = [at for at, arm in enumerate(groups.arms) if within.search(arm.label.lower()) is not None]
        if name not in found and len(holding) == 1:
            found[name] = holding[0]
    return found


def _labelled(groups: Groups, compared: Groups, of_one: Mapping[str, int]) -> Groups:
    """Keep the words and sizes of the arms that are known, where one name stands for one arm."""
    place = {name: at for name, at in of_one.items() if list(of_one.values()).count(at) == 1}
    names = [arm.names[0] for arm in compared.arms]
    unknown = [name for name in names if name not in place]
    if len(names) == len(groups.arms) == 2 and len(unknown) == 1:
        # Of two arms the other one: its size, but not what it was called.
        place[unknown[0]] = 1 - next(iter(place.values()))
    arms = []
    for name, arm in zip(names, compared.arms, strict=True):
        if name in place:
            known = groups.arms[place[name]]
            named_so = name not in unknown and len(known.label) <= LONGEST_LABEL and CONTROL.search(name) is None
            label = known.label if named_so else arm.label
            arm = replace(arm, label=label, sizes=arm.sizes or known.sizes, role=arm.role or known.role)
        arms.append(arm)
    return replace(compared, arms=tuple(arms))


def _also_called(groups: Groups, compared: Groups, of_one: Mapping[str, int]) -> Groups:
    """Mention arms too by the names that results are compared by."""
    number = [of_one[arm.names[0]] for arm in compared.arms]
    taken = [(one.start, one.end) for one in groups.mentions]
    more = []
    for one in compared.mentions:
        at = bisect_left(taken, (one.start, one.end))
        free = (at == 0 or taken[at - 1][1] <= one.start) and (at == len(taken) or taken[at][0] >= one.end)
        more += [replace(one, group=number[one.group])] if free else []
    return replace(groups, mentions=tuple(sorted((*groups.mentions, *more), key=lambda one: one.start)))


_LEAST_SHARE, _MOST_SHARE = 0.3, 0.5


def _shares(groups: Groups, places: Sequence[tuple[int, int]]) -> tuple[float, int]:
    """Return the share of results beside which one of some arms is named, and how many of these are named so."""
    starts = [one.start for one in groups.mentions]
    beside = []
    for start, end in places:
        first, last = bisect_left(starts, start - _BESIDE), bisect_left(starts, end + _BESIDE)
        beside.append({one.group for one in groups.mentions[first:last]})
    return sum(map(bool, beside)) / len(places), len(set().union(*beside))


_BESIDE = 60


def sized(document: Document, groups: Groups) -> Groups:
    """Give arms that only the results name the sizes that stand with these names.

    Parameters
    ----------
    document : Document
    groups : Groups
    """
    prose = read_prose(document)
    arms = Arms.of(list(groups.mentions), [(0, 0)] * len(groups.arms))
    numbers = patient_numbers(document, prose)
    sizes, whole, apart = sizes_of_trial(prose, numbers, arms)
    return replace(
        groups,
        arms=tuple(replace(arm, sizes=tuple(of)) for arm, of in zip(groups.arms, sizes, strict=True)),
        whole=tuple(whole),
        apart=apart,
    )
