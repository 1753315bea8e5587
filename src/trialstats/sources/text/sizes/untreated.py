"""How many of an arm were never treated: "28 to receive A (one did not receive treatment)"; they leave 27."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from trialstats.sources.text.groups.model import Groups, Sized
from trialstats.sources.text.results import Result
from trialstats.sources.text.tokens.document import Document

POPULATION = "untreated"
_TREATMENT = (
    r"(?:treatments?|interventions?|medications?|therapy|drugs?|doses?|infusions?|injections?|surgery|operation)"
)
_UNTREATED = re.compile(
    r"(?: [^\s.,;:()]+){0,8}? (?:(?:did|could) not (?:receive|get|start|begin|commence|initiate|take|undergo)"
    r"|never (?:received|got|started|began|commenced|initiated|took|underwent))"
    rf"(?: (?:any|the|their|its|an?|single|of|study|trial|allocated|assigned|planned|protocol|randomi[sz]ed)){{0,5}}"
    rf" {_TREATMENT}\b(?! (?:for|in|on|at|within|until|because|as|beyond|after|before|with|during|by)\b)",
    re.IGNORECASE,
)


def with_untreated(document: Document, groups: Groups, results: Iterable[Result]) -> Groups:
    """Add to the sizes of an arm how many of it a text says were not treated, where it says so once.

    Parameters
    ----------
    document : Document
    groups : Groups
    results : iterable of Result
        Whose arms are known.
    """
    told: dict[int, list[int]] = {}
    for one in results:
        alone = one.measure == "count" and len(one.arms) == 1 and one.n < 0
        if alone and _UNTREATED.match(document.tokens.text, document.tokens.ends[one.last]):
            told.setdefault(one.arms[0], []).append(one.last)
    arms = list(groups.arms)
    for arm, places in told.items():
        digits = document.digits(places[0])
        sizes = [int(size.digits) for size in arms[arm].sizes if size.population != "clusters"]
        if len(places) == 1 and digits.isdecimal() and sizes and 0 < int(digits) < min(sizes):
            size = Sized(digits, *document.bare(places[0]), POPULATION)
            arms[arm] = replace(arms[arm], sizes=(size, *arms[arm].sizes))
    return replace(groups, arms=tuple(arms)) if told else groups
