"""Intervals of a share that are so seldom computed that a text would have to name them.

Among some twenty methods one or another prints nearly any interval: what none of the usual ones prints is explained by
a seldom one only where the text names it, or where another of its intervals needs the same.
"""

from __future__ import annotations

import re
from itertools import islice
from types import MappingProxyType

from trialstats.catalogue.words import method_words
from trialstats.checks.check import Context
from trialstats.checks.count_search import count_search
from trialstats.checks.no_plain_count import oddities
from trialstats.claims.model import Estimate
from trialstats.claims.trust import knows_groups
from trialstats.explanations import Block
from trialstats.search.counts.search import CountSearch

_BAYES = "bayes|posterior|credib|jeffreys|uniform prior|beta"
_NAMES = MappingProxyType(
    {
        "sterne": "sterne",
        "pratt": "pratt",
        "blaker": "blaker",
        "blyth-still-casella": "blyth|casella",
        "scas": "score|skew",
        "likelihood-ratio": "likelihood",
        "mid-p": r"mid-?\s?p",
        "add4": r"plus[- ]?four|add(?:ed|ing)?[- ]?(?:4|four|two)|agresti",
        "arcsine": "arc-?sin|angular|freeman",
        "arcsine-anscombe": "arc-?sin|anscombe|freeman",
        "probit": "probit",
        "wilson-modified": "wilson",
        "uniform": _BAYES,
        "uniform-hpd": _BAYES,
        "jeffreys-modified": _BAYES,
        "jeffreys-hpd": _BAYES,
        "jeffreys-boundary": _BAYES,
    }
)
"""The seldom methods, and the words that name them."""
_LOOKED_AT = 40
_OTHERS = 12


def _is_seldom(context: Context, method: str | None) -> bool:
    words = _NAMES.get(method or "")
    return words is not None and re.search(words, context.paper.text or "", re.IGNORECASE) is None


def is_said(context: Context, method: str | None) -> bool:
    """Whether a method is a seldom one that the text names."""
    return method in _NAMES and not _is_seldom(context, method)


def usual_first(context: Context, claim: Estimate, search: CountSearch, block: Block) -> tuple[Block, str]:
    """Return the cheapest count by a method that needs no word in the text; or the cheapest, and its seldom method."""
    if context.paper.text is None or knows_groups(context.paper) or not _is_seldom(context, block.item(0).method):
        return block, ""
    method = block.item(0).method or ""
    if any(_needs(context, other, method) for other in islice(_others(context, claim), _OTHERS)):
        return block, ""
    for other in islice(search.blocks(), _LOOKED_AT):
        best = other.item(0)
        if not _is_seldom(context, best.method) and best.n == block.item(0).n and not oddities(context, claim, best):
            return other, ""
    return block, method_words(method)


def _others(context: Context, claim: Estimate) -> list[Estimate]:
    return [
        one for one in context.estimates
        if one.id != claim.id and one.measure == "proportion" and one.interval is not None and one.value is not None
        and one.interval.kind == "confidence"
    ]  # fmt: skip


def _needs(context: Context, claim: Estimate, method: str) -> bool:
    """Whether another share has its interval by this method, and by none that costs less."""
    found = count_search(context, claim).cheapest()
    return found is not None and found.item(0).method == method
