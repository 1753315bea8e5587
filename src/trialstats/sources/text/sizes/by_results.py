"""Sizes of arms by the results that were read of them: "40 (51%) of 79 with zinc had none, against two (5%) of 40"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from trialstats.sources.text.groups.model import Groups, Sized
from trialstats.sources.text.results import Result
from trialstats.sources.text.sizes.analysed import FLOW, MOST_OF, TOLD
from trialstats.sources.text.sizes.of_arms import MOST_SIZES, named_apart
from trialstats.sources.text.tokens.document import Document

_FEWEST, _FEW = 5, 10
_LEAST_OF_ALL, _LEAST_SHARE = 0.7, 0.3


def with_told(document: Document, groups: Groups, results: Iterable[Result]) -> Groups:
    """Add to the sizes of arms of how many each the results of one sentence are told, if they are most of each arm.

    Parameters
    ----------
    document : Document
    groups : Groups
    results : iterable of Result
        Whose arms are known.
    """
    if len(groups.arms) < 2:
        return groups
    by_sentence: dict[int, dict[int, dict[str, int]]] = {}
    for one in results:
        if len(one.arms) == 1 and one.n >= 0 and one.basis != "guessed" and document.letters[one.n] == "d":
            of = by_sentence.setdefault(document.sentence(one.n)[0], {}).setdefault(one.arms[0], {})
            of.setdefault(document.digits(one.n), one.n)
    best: dict[int, int] = {}
    kept: dict[int, int] = {}
    for start, told in by_sentence.items():
        if len(told) == len(groups.arms) and all(len(of) == 1 for of in told.values()):
            places = {arm: next(iter(of.values())) for arm, of in told.items()}
            counts = {arm: _count(document, place) for arm, place in places.items()}
            total = sum(_count(document, place) for place in best.values())
            if sum(counts.values()) > total and _are_most(groups, counts):
                best = places
            if not kept and _of_protocol(document, start) and _are_part(groups, best, counts, document):
                kept = places
    for places in (best, kept):
        groups = _added(document, groups, places) if places else groups
    return groups


def _of_protocol(document: Document, start: int) -> bool:
    """Whether a sentence speaks of those who kept to the protocol, of whom there may be fewer than most."""
    tokens = document.tokens
    begin = tokens.ends[start - 1] if start else 0
    return _PROTOCOL.search(tokens.text, begin, tokens.ends[document.sentence(start)[1] - 1]) is not None


_PROTOCOL = re.compile(r"\bper[- ]protocol\b|\bprotocol[- ]compliant\b|\bcompleters\b")


def _are_part(groups: Groups, best: dict[int, int], counts: dict[int, int], document: Document) -> bool:
    """Whether numbers may be those of each arm who kept to the protocol: no more than it has, and at least half."""
    known = {
        arm: [int(one.digits) for one in group.sizes if one.population != "clusters"]
        for arm, group in enumerate(groups.arms)
    }
    for arm, place in best.items():
        known[arm].append(_count(document, place))
    return all(of and _LEAST_KEPT * max(of) <= counts[arm] <= max(of) for arm, of in known.items())


_LEAST_KEPT = 0.5


def _count(document: Document, place: int) -> int:
    digits = document.digits(place)
    return int(digits) if digits.isdecimal() else 0


def _are_most(groups: Groups, counts: dict[int, int]) -> bool:
    """Whether numbers are those of arms or of most of each; where no size is known, of most of all patients."""
    if min(counts.values()) < _FEWEST:
        return False
    for arm, count in counts.items():
        known = [int(one.digits) for one in groups.arms[arm].sizes if one.population != "clusters"]
        if known and not (count in known or MOST_OF * max(known) <= count <= max(known)):
            return False
    if any(one.population != "clusters" for arm in groups.arms for one in arm.sizes):
        return min(counts.values()) >= _LEAST_SHARE * max(counts.values())
    whole = [int(one.digits) for one in groups.whole if one.population not in FLOW]
    if not whole:
        return min(counts.values()) >= max(_FEW, _LEAST_SHARE * max(counts.values()))
    return _LEAST_OF_ALL * max(whole) <= sum(counts.values()) <= max(whole)


def _added(document: Document, groups: Groups, places: dict[int, int]) -> Groups:
    arms = []
    for at, arm in enumerate(groups.arms):
        digits = document.digits(places[at])
        if all(one.digits != digits for one in arm.sizes) and len(arm.sizes) < MOST_SIZES:
            size = named_apart(Sized(digits, *document.bare(places[at]), TOLD), list(arm.sizes))
            arm = replace(arm, sizes=(*arm.sizes, size))
        arms.append(arm)
    return replace(groups, arms=tuple(arms))
