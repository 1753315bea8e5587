"""Read design statements: "85% power to detect a hazard ratio of 0.64 (one-sided alpha .1) requires 108 events".

A statement is the sentence that names a power, with the sentences before it that say what is assumed and those behind
it that say how many are recruited. What it must have is an effect and a number of patients or events. A number of that
sentence that has no place in the statement makes all of it uncertain.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping

from trialstats.claims.model import Place, Plan
from trialstats.errors import InputError
from trialstats.reported import Reported
from trialstats.sources.text.plans.effects import aim_of, effect_of
from trialstats.sources.text.plans.forms import (
    ALLOCATED,
    ALLOCATION,
    ARMS,
    BEYOND,
    DESIGNS,
    FORMS,
    ONE_ARM,
    PAIRS_TOLD,
    SIDED,
)
from trialstats.sources.text.plans.statement import Statement
from trialstats.sources.text.tokens.document import Document

_STEMS = ("power", "two-stage", "two stage", "simon", "β", "beta ")
_ANCHOR = re.compile(r"\bpower|\bsimon\b|\btwo[- ]stage\b|\bβ|\bbeta\b|\btype (?:ii|2) error")
_TWO = 2
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "one": 1}


def find_plans(document: Document) -> tuple[Plan, ...]:
    """Return the design statements of a text that tell an effect and how many it takes, in order.

    Examples
    --------
    >>> from trialstats.sources.text.tokens.document import read_tokens
    >>> text = "With 85% power to detect a hazard ratio of 0.64 at a one-sided alpha of .1, 108 events were needed."
    >>> (plan,) = find_plans(read_tokens(text))
    >>> plan.effect, plan.sided, {name: str(number) for name, number in plan.numbers.items()}
    ('hazard-ratio', 1, {'power': '85%', 'alpha': '.1', 'ratio': '0.64', 'events': '108'})
    """
    text = document.tokens.text
    if not any(stem in text for stem in _STEMS):
        return ()
    found: list[Plan] = []
    spans = list(_sentences(document))
    anchors = [number for number, (first, last) in enumerate(spans) if _is_anchor(text, first, last)]
    for number in anchors:
        plan = _plan(Statement(text, spans, number, frozenset(anchors)), f"plan{len(found) + 1}", document)
        if plan is not None:
            found.append(plan)
    return tuple(found)


def tokens_of(document: Document, plan: Plan) -> list[int]:
    """Return the tokens of a statement's numbers."""
    return [bisect_left(document.tokens.starts, start) for _, start, _ in plan.where.numbers]


def _sentences(document: Document) -> Iterator[tuple[int, int]]:
    first, tokens = 0, document.tokens
    for end in (*document.sentence_ends, len(tokens) - 1):
        if end >= first and end < len(tokens):
            yield tokens.starts[first], tokens.ends[end]
            first = end + 1


def _is_anchor(text: str, first: int, last: int) -> bool:
    if _ANCHOR.search(text, first, last) is None:
        return False
    simon = any(word in text[first:last] for word in ("simon", "two-stage", "two stage"))
    return simon or any(one.search(text, first, last) for name in ("power", "beta") for one in FORMS[name])


def _plan(found: Statement, name: str, document: Document) -> Plan | None:
    """Return the statement, if it tells an effect and how many it takes."""
    words = found.words
    found.take_times()
    within = aim_of(words) != "superiority"
    for one in ("power", "beta", "alpha", "lost", *(("margin",) if within else ()), "ratio", "effect-size"):
        found.take(one, FORMS[one])
    if not found.in_deviations():
        found.take("sd", FORMS["sd"])
    found.take_clusters()
    if "icc" not in found.numbers:
        found.take("correlation", FORMS["correlation"])
    design = next((meant for word, meant in DESIGNS.items() if word in words), None)
    sizes = found.take_sizes()
    effect, aim = effect_of(found, design)
    if effect is None or not sizes:
        return None
    if "beta" in found.numbers and "power" in found.numbers:
        found.drop("beta")
    try:
        numbers = found.reported()
    except InputError:
        return None
    sides = {_COUNTS.get(one["sides"], 0) or int(one["sides"]) for one in SIDED.finditer(words)}
    allocation, uneven = _allocation(words)
    arms = {_COUNTS.get(one["arms"], 0) or int(one["arms"]) for one in ARMS.finditer(words)}
    arms |= {len(allocation)} if allocation else set()
    start, end = found.extent()
    doubtful = found.doubtful or uneven or found.left_over() or _at_odds(numbers) or len(sides) > 1
    return Plan(
        id=name,
        effect=effect,
        numbers=numbers,
        sided=sides.pop() if len(sides) == 1 else None,
        arms=arms.pop() if len(arms) == 1 else None,
        allocation=allocation if len(set(allocation)) > 1 else (),
        design=design or "single-stage" if effect == "one-proportion" else None,
        aim=aim,
        pairs=next((one for one, told in PAIRS_TOLD.items() if told.search(words)), None)
        if effect == "means"
        else None,
        units=found.units,
        says=(*_told(words), *_fixed(words, effect)),
        inferred=tuple(numbers) if doubtful else (),
        where=Place(start=start, end=end, quote=found.words_of(document, start, end), numbers=found.bare()),
    )


def _pairs(words: str) -> str | None:
    """Return whether patients are their own controls, by a name of `PLANNED_PAIRS`."""
    return next((name for name, told in PAIRS_TOLD.items() if told.search(words)), None)


def _told(words: str) -> Iterator[str]:
    """Yield what a text says of a design that no plain formula knows, each once."""
    words = words.replace("unpaired", "").replace("non-paired", "")
    yield from dict.fromkeys(meant for word, meant in BEYOND.items() if word in words)


def _fixed(words: str, effect: str) -> Iterator[str]:
    """Yield that one of two proportions may be no group's but a fixed one."""
    if effect == "proportions" and ONE_ARM.search(words) is not None:
        yield "a fixed rate"


def _allocation(words: str) -> tuple[tuple[int, ...], bool]:
    """Return the allocation that a text states, and whether it states unequal arms of which no formula is tried."""
    found = {tuple(int(part) for part in one[0].split(":")) for one in ALLOCATION.finditer(words)}
    if ALLOCATED.search(words) is None:
        found = {one for one in found if set(one) == {1}}
    if len(found) != 1:
        return (), any(len(set(one)) > 1 for one in found)
    (one,) = found
    return (one, False) if len(set(one)) == 1 or len(one) == _TWO else ((), True)


def _at_odds(numbers: Mapping[str, Reported]) -> bool:
    """Whether two proportions are not as far apart as the difference beside them, absolute or relative."""
    if not {"first", "second", "difference"} <= numbers.keys():
        return False
    first, second, gap = (numbers[name] for name in ("first", "second", "difference"))
    apart, step = abs(first.value - second.value), gap.step
    return min(abs(apart - gap.value), abs(apart / max(first.value, second.value, step) - gap.value)) > step
