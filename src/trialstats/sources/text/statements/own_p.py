"""P values in the bracket of one arm's interval: "5 kg (95% CI, 2 to 8; P = .02 v Y) with X" compares X with Y."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from trialstats.claims.model import RATIO_MEASURES
from trialstats.sources.text.groups.model import Groups
from trialstats.sources.text.p_values.given import PToken
from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.p_values import FOR_EACH
from trialstats.sources.text.statements.rows import VERSUS, Places
from trialstats.sources.text.tokens.document import Document

_AGAINST = re.compile(
    r"(?:,? (?:for|in))?,? (?:the )?(?:versus|vs\.?|v|(?:compared|(?:in )?comparison) (?:with|to)|relative to|against)"
    r" (?:the |that |of |in |with )*"
)
"""From a P value to the arm that another is held against."""
_NEAR = 40


def of_two_arms(document: Document, groups: Groups, results: Sequence[Result], given: Sequence[PToken]) -> list[Result]:
    """Return the results of a text, with P values of two arms that stood in the bracket of one arm's interval.

    The text names the other arm; or all of three arms or more have their values, and the one that they are held against
    has no P value.

    Parameters
    ----------
    document : Document
    groups : Groups
    results : sequence of Result
        In the order of the text, with their arms.
    given : sequence of PToken
        The P values of the text.
    """
    owners = [one for one in results if one.p >= 0 and one.interval is not None and _is_of_one(one)]
    if not owners or len(groups.arms) < 2:
        return list(results)
    places = Places(document, groups, [mention.start for mention in groups.mentions])
    sentences = {
        first: list(found) for first, found in groupby(results, key=lambda one: document.sentence(one.first)[0])
    }
    more = []
    for one in owners:
        p, near = given[one.p], sentences[document.sentence(one.first)[0]]
        alike = [other for other in near if other.measure == one.measure]
        if len(groups.arms) > 2 and FOR_EACH.match(document.tokens.text, document.tokens.ends[p.last]):
            more.append(
                (one, Result("p-only", p.first, p.last, p=one.p))
            )  # "3 (1 to 5) with Z (P < .001 for each v Z)"
            continue
        arm = _named(places, one, p)
        arm = _without_p(places, one, alike) if arm is None else arm
        if arm is not None:
            of = (one.value, *(other.value for other in alike if other.arms == (arm,)))[:2]
            more.append((one, Result("p-only", p.first, p.last, p=one.p, of=of, arms=(*one.arms, arm), basis="stated")))
    for one, _ in more:
        one.p = -1
    return sorted([*results, *(p for _, p in more)], key=lambda one: (one.first, one.last))


def _is_of_one(result: Result) -> bool:
    return len(result.arms) == 1 and result.measure not in RATIO_MEASURES and result.value >= 0


def _named(places: Places, result: Result, p: PToken) -> int | None:
    """Return the arm named behind a P value, other than that of the result: "P = .02 v placebo"."""
    end = places.document.tokens.ends[p.last]
    named = places.mentions(end, end + _NEAR)[:1]
    told = named and named[0].group not in result.arms and _AGAINST.fullmatch(places.text(end, named[0].start))
    return named[0].group if told else None


def _without_p(places: Places, result: Result, alike: Sequence[Result]) -> int | None:
    """Return the one of all arms without a P value, where it is a control or the others are held against it."""
    arms = [one.arms for one in alike]
    size = len(places.groups.arms)
    if size < 3 or len(set(arms)) != len(arms) or len(arms) != size or not all(map(_is_of_one, alike)):
        return None
    bare = [at for at, one in enumerate(alike) if one.p < 0]
    if len(bare) != 1 or alike[bare[0]] is result:
        return None
    (last,) = bare
    (arm,) = alike[last].arms
    gap = places.text(places.end(alike[last - 1]), places.begin(alike[last])) if last else ""
    return arm if places.groups.arms[arm].role == "control" or VERSUS.search(gap) else None
