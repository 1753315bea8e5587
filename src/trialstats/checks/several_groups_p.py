"""A P value comes from the counts of three or more groups beside it.

Where one P value stands behind the counts of three or more groups it may be of all groups (Pearson's or the
likelihood-ratio chi-square), of a trend over them (Cochran and Armitage, in equal steps, the last group perhaps the
first), of any two of them, or of the first or last against the others. A P value further than .4 in z from every one of
these is hard to explain, unless the text speaks of an adjusted, stratified, paired or time-to-event analysis; it has no
explanation where the text names a test of counts.

Why: An overall P value is tied to all its counts at once, and seldom looked at again.

Formula:
    chi-square = sum (observed - expected)^2/expected, with k - 1 degrees of freedom
    trend: z^2 = n r^2, r the correlation of the groups' scores with the event

Agrees: 12 of 60, 21 of 61 and 34 of 60, P < .001. Asks: the same with P = .34.

Reference: Armitage (1955) Biometrics 11:375-386 for the trend.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from trialstats.catalogue import Convention
from trialstats.checks.another_analysis import excuse, names_a_test_of_counts, on_times
from trialstats.checks.arm_values import share_of
from trialstats.checks.check import Check, Context, not_checked
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Comparison, Estimate, PValue
from trialstats.claims.trust import OWN_SIZE
from trialstats.explanations import Explanation, Explanations
from trialstats.explanations.witnesses import Words
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import guarded
from trialstats.search.ratios.polygon import z_range
from trialstats.sources.text.told.counts_of_groups import counts_of_groups
from trialstats.wording import joined, p_range, p_words

_SAME_DATA = 0.4
"""The largest gap in z between two unadjusted tests of the same counts, as for two groups."""
_FAR = 260
_LIST_STOP = re.compile(r"[.;](?=\s)|\bP ?[<=>]|\n", re.IGNORECASE)
_MOST = 6
"""Groups: of more, any two print almost any P value."""

_OF_ALL = 3
"""Tests of all groups: two by chi-square, and perhaps a trend."""

Counts = Sequence[tuple[int, int]]


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.comparisons:
        if claim.p is None or claim.p.value.is_missing:
            continue
        groups = _groups(context, claim)
        if len(groups) < 3 and (written := _written_out(context, claim)):
            yield check.finding(claim, *_judge(context, claim, claim.p, written), others=claim.of)
            continue
        counts = [] if len(groups) < 3 else [_count(context, one) for one in groups]
        known = [one for one in counts if one is not None]
        if 3 <= len(known) == len(counts) <= _MOST and _apart(context, groups, known):
            others = tuple(one.id for one in groups)
            yield check.finding(claim, *_judge(context, claim, claim.p, known), others=others)


def _groups(context: Context, claim: Comparison) -> list[Estimate]:
    """Return the results of one kind in the list that a P value stands behind."""
    text, start, members = context.paper.text, claim.where.start, context.members(claim)
    if not members:
        return []
    if text is None or start is None or claim.where.end is None:
        return list(members)
    stop = next((at for name, at, _ in claim.where.numbers if name == "p"), claim.where.end)
    begin = max(0, min(one.where.start or 0 for one in members) - _FAR)
    begin = _behind_stops(text, begin, stop)
    alike = [one for one in context.estimates if one.measure == members[0].measure]
    return [one for one in alike if one.where.start is not None and begin <= one.where.start < stop]


def _behind_stops(text: str, begin: int, stop: int) -> int:
    """Return where the list begins that a P value stands behind: "; P = .04" is no stop of its own."""
    stops = [found.end() for found in _LIST_STOP.finditer(text, begin, stop - 4)]
    stops = [end for end in stops if not _ONLY_P.fullmatch(text, end, stop)]
    return stops[-1] if stops else begin


_ONLY_P = re.compile(r"[\s(\[]*(?:overall |global )?P(?: values?)?(?: for [a-z ]{3,30})? ?[=<>≤]* ?", re.IGNORECASE)


def _written_out(context: Context, claim: Comparison) -> Counts:
    """Return the counts of three or more groups that one list writes out before a P value, be they claims or not."""
    text, start, end = context.paper.text, claim.where.start, claim.where.end
    members = context.members(claim)
    if text is None or start is None or end is None or len(members) != 2 or any(one.n is None for one in members):
        return []
    stop = next((at for name, at, _ in claim.where.numbers if name == "p"), end)
    begin = max(sentence_of(text, start)[0], start - _FAR)
    found = counts_of_groups(text, _behind_stops(text, begin, stop), stop)
    between = [text[one[3] : other[2]] for one, other in pairwise(found)]
    if not 3 <= len(found) <= _MOST or not all(_NEXT_GROUP.fullmatch(words) for words in between):
        return []
    counts = [(int(x), int(n)) for x, n, *_ in found]
    totals = [n for size in context.paper.of.values() if (n := size.value.whole)]
    half, sizes = len(counts) // 2, [n for _, n in counts]
    if (len(counts) % 2 == 0 and sizes[:half] == sizes[half:]) or len(set(sizes)) == 1:
        return []
    return [] if any(max(sizes) < n < sum(sizes) for n in totals) else counts


_NEXT_GROUP = re.compile(
    r"(?:(?!\b(?:had|were|was|died|who|whom|whereas|while|but|compared|then|after|at|p)\b)[^0-9.;:%]){0,70}?"
    r"(?:,|\band)(?: and)? (?:in |for |with )?",
    re.IGNORECASE,
)
"""Between the counts of two groups of one list; other words lead to another outcome or other patients."""


def _count(context: Context, one: Estimate) -> tuple[int, int] | None:
    x, n = (None if number is None or number.relation != "=" else number.whole for number in (one.x, one.n))
    share = share_of(context, one)
    if one.spread is not None or x is None or share is None or share.lower != share.upper or "n" in one.inferred:
        return None
    if n is None:
        sizes = [size for size, how in context.sizes(one).items() if how == "stated"]
        n = sizes[0] if len(sizes) == 1 else None
    return None if not n or x > n else (x, n)


def _apart(context: Context, groups: Sequence[Estimate], counts: Counts) -> bool:
    """Whether results may be of one outcome in groups that share no patient."""
    sizes, half = [n for _, n in counts], len(counts) // 2
    if len(counts) % 2 == 0 and sizes[:half] == sizes[half:]:
        return False  # two outcomes of the same groups
    if len({one.time for one in groups}) > 1 or len({one.arms for one in groups if one.arms}) == 1:
        return False
    totals = [n for size in context.paper.of.values() if (n := size.value.whole)]
    return not any(max(sizes) < n < sum(sizes) for n in totals)


def group_tests(counts: Counts) -> dict[str, float]:
    """Return the P values of counts of several groups, by what is tested.

    Examples
    --------
    >>> round(group_tests([(12, 48 + 12), (21, 61), (34, 60)])["all groups"], 5)
    0.00015
    """
    from scipy.special import chdtrc, ndtr

    events, whole = sum(x for x, _ in counts), sum(n for _, n in counts)
    if not 0 < events < whole:
        return {}
    share = events / whole
    found = {"all groups": float(chdtrc(len(counts) - 1, _pearson(counts, share)))}
    cells = [(o, e) for x, n in counts for o, e in ((x, n * share), (n - x, n * (1 - share))) if o]
    likelihood = 2 * sum(o * math.log(o / e) for o, e in cells)
    found["all groups, likelihood ratio"] = float(chdtrc(len(counts) - 1, max(likelihood, 0.0)))
    steps = range(len(counts))
    # The control may be told last, and is the first step of a trend.
    for in_words, order in (("a trend", tuple(steps)), ("a trend from the last group on", (*steps[1:], 0))):
        mean = sum(n * at for (_, n), at in zip(counts, order, strict=True)) / whole
        above = sum((x - n * share) * at for (x, n), at in zip(counts, order, strict=True))
        var = share * (1 - share) * sum(n * (at - mean) ** 2 for (_, n), at in zip(counts, order, strict=True))
        found[in_words] = float(2 * ndtr(-abs(above) / math.sqrt(var))) if var > 0 else 1.0
    for one, other in combinations(range(len(counts)), 2):
        pair = [counts[one], counts[other]]
        middle = sum(x for x, _ in pair) / sum(n for _, n in pair)
        if 0 < middle < 1:
            found[f"groups {one + 1} and {other + 1}"] = float(chdtrc(1, _pearson(pair, middle)))
    for one in (0, len(counts) - 1):
        x, n = counts[one]
        rest = (events - x, whole - n)
        found[f"group {one + 1} and the others"] = float(chdtrc(1, _pearson([(x, n), rest], share)))
    return found


def _pearson(counts: Counts, share: float) -> float:
    return sum((x - n * share) ** 2 / (n * share * (1 - share)) for x, n in counts)


def _judge(context: Context, claim: Comparison, p: PValue, counts: Counts) -> tuple[Verdict, Details]:
    shown = f"{joined(f'{x} of {n}' for x, n in counts)}, {p_words(p)}"
    reported = {"p": p.value.text}
    tests = group_tests(counts)
    if _is_of_all(context, claim):
        named = "all groups" if _is_overall(context, claim) else ("all groups", "a trend")
        tests = {name: one for name, one in tests.items() if name.startswith(named)}
    elif not _names_a_pair(context, claim):
        # A P value behind the last group is none of the groups before it.
        last = str(len(counts))
        tests = {name: one for name, one in tests.items() if not name.startswith("groups ") or name.endswith(last)}
    if not tests:
        return not_checked(shown, "nobody or everybody had the event", reported)
    plain = tests["all groups"]
    printed = p.value.range()
    ends = guarded((float(printed.lower), float(printed.upper)), relative=True)
    how = next((name for name, one in tests.items() if ends[0] <= one <= ends[1]), None)
    recomputed = {"p": p_range((plain, plain))}
    if how is not None:
        verdict = Verdict.REPRODUCED if how == "all groups" else Verdict.EXPLAINED
        convention = Convention(ordinary=verdict is Verdict.REPRODUCED)
        return verdict, Details(
            sentence=f"{shown}: the P value of {how} is {p_range((tests[how], tests[how]))}.",
            reported=reported, recomputed=recomputed, how=f"chi-square test of {how}",
            explanations=Explanations.of([Explanation(Words((how,)), convention)]),
        )  # fmt: skip
    gap = _gap(p, tests)
    spoken = excuse(context, claim, of_several=True)
    if spoken or on_times(context, claim):
        reason = (
            f"the text speaks of {spoken or 'times to the event'}, and plain tests of these counts give something else"
        )
        return not_checked(
            shown, reason, reported, more=f"A chi-square test of all groups gives {p_range((plain, plain))}."
        )
    sentence = f"{shown}: a chi-square test of all groups gives P = {p_range((plain, plain))}."
    if gap <= _SAME_DATA:
        return Verdict.EXPLAINED, Details(
            sentence=sentence, more="Another test of the same counts, such as an exact one, could print it.",
            reported=reported, recomputed=recomputed, how="another test",
            explanations=Explanations.of([Explanation(Words(("another test",)), Convention(ordinary=False))]),
        )  # fmt: skip
    named = names_a_test_of_counts(context, claim)
    return (Verdict.INCONSISTENT if named else Verdict.STRAINED), Details(
        sentence=sentence,
        more=f"It is {gap:.1f} away in z from the tests of all groups"
        + (", of any two of them and of a trend" if len(tests) > _OF_ALL else "")
        + (f", and the text names {named}." if named else "; the text speaks of no other analysis."),
        settle="the name of the test, and what it compares",
        reported=reported,
        recomputed=recomputed,
        searched={"tests": list(tests)},
    )


def _names_a_pair(context: Context, claim: Comparison) -> bool:
    """Whether words behind a P value say which groups it compares: "P = .3 for A versus B"."""
    text, end = context.paper.text, claim.where.end
    return text is None or end is None or _COMPARES.match(text, end) is not None


def _is_of_all(context: Context, claim: Comparison) -> bool:
    """Whether the words right before a P value, or those of its sentence, say that all groups are compared."""
    text, start = context.paper.text, claim.where.start
    at = next((place for name, place, _ in claim.where.numbers if name == "p"), claim.where.end)
    if text is None or start is None or at is None:
        return False
    begin, stop = sentence_of(text, start)
    if _ALL_BEFORE.search(text, max(begin, at - 60), at) or _ALL_BEHIND.match(text, at, stop):
        return True
    return len(_ANY_P.findall(text, begin, stop)) == 1 and _DIFFER.search(text, begin, stop) is not None


def _is_overall(context: Context, claim: Comparison) -> bool:
    """Whether a P value is called overall or global: that of any difference, and of no trend."""
    text, end = context.paper.text, claim.where.end
    at = next((place for name, place, _ in claim.where.numbers if name == "p"), end)
    return text is not None and at is not None and _OVERALL.search(text, max(0, at - 30), at) is not None


_OVERALL = re.compile(r"\b(?:overall|global)[ -]P(?: values?)? ?[=<>≤]* ?$", re.IGNORECASE)
_MANY = r"(?:the |all )*(?:three|four|five|six|3|4|5|6)?"
_OF_GROUPS = rf"{_MANY} ?(?:(?:treatment|study|dose|randomi[sz]ed) )?(?:groups|arms|doses|treatments|regimens)"
_ALL_BEFORE = re.compile(
    rf"(?:\boverall|\bglobal|\b(?:across|among|between) {_OF_GROUPS})[^.;()0-9]{{0,20}}\bP(?: values?)? ?[=<>≤]* ?$",
    re.IGNORECASE,
)
_ALL_BEHIND = re.compile(
    r"[0-9.·]+[^.;()0-9]{0,12}\b(?:across|among|between|for (?:the )?(?:overall )?(?:comparison|difference)s? "
    r"(?:of|among"
    r"|between|across)) (?:(?:all|the|three|four|five|3|4|5) ){1,2}"
    r"(?:treatment |study |dose )?(?:groups|arms|doses)\b",
    re.IGNORECASE,
)
_DIFFER = re.compile(
    r"\b(?:differ\w*|similar\w*|compar(?:ed|able))[^.;()]{0,40}\b(?:between|among|across|in) (?:all |the )*"
    r"(?:three|four"
    r"|five|3|4|5) (?:treatment |study |dose )?(?:groups|arms|doses)\b",
    re.IGNORECASE,
)
_ANY_P = re.compile(r"\bP(?: values?)? ?[=<>≤]", re.IGNORECASE)
_COMPARES = re.compile(r"[^.;()]{0,60}\b(?:for|between|versus|vs?|compared|and|against)\b", re.IGNORECASE)


def _gap(p: PValue, tests: dict[str, float]) -> float:
    """Return how far a P value lies from every test in z, as a two-sided one."""
    from scipy.special import ndtri

    low, high = z_range(p.value.range(), 2)
    values = [float(-ndtri(max(one, 1e-300) / 2)) for one in tests.values()]
    return min(max(low - one, one - high, 0.0) for one in values)


CHECK = Check(
    "TS304",
    "a P value comes from the counts of three or more groups beside it",
    _run,
    assumes=("one unstratified comparison of independent groups",),
    about=frozenset({"comparison"}),
    rests_on=frozenset({"measure", "value", "n", OWN_SIZE}),
    settled_by="the counts of each group, and the name of the test",
    serves=("INSPECT-SR 4.9",),
)
