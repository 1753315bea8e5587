"""One shape for what the readers of intervals, counts, single values and P values found: a printed result as tokens."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from trialstats.claims.model import NEEDED_TO_TREAT, RATIO_MEASURES
from trialstats.sources.text.numbers.with_percentage import Count, value_of_count
from trialstats.sources.text.p_values.comparisons import Compared
from trialstats.sources.text.p_values.given import PToken
from trialstats.sources.text.tokens.document import Document, Interval
from trialstats.sources.text.values.forms import counts_people
from trialstats.sources.text.values.numbers import Value
from trialstats.sources.text.values.posteriors import Posterior
from trialstats.sources.text.words.of_values import OF_STUDIES

CONTRASTS = RATIO_MEASURES | {"difference", "relative-reduction", "posterior-probability", "p-only"}
"""Measures of two arms."""


@dataclass(slots=True)
class Result:
    """One printed result, as token indices (-1 where there is none).

    Attributes
    ----------
    measure : str
        A measure, or ``p-only``.
    first, last : int
        First and last token.
    value, lower, upper, x, n, level : int
    signs : tuple of int
        Of value, lower and upper.
    spread : str
        What the bounds are; empty where there are none.
    p : int
        Number of its P value.
    counted : int or None
        The value of ``x``, which may be in words.
    arms : tuple of int
        Whose it is, once that is known: numbers of groups.
    basis : str
        How that is known: ``stated``, ``carried`` or ``guessed``.
    order_said : bool
        Whether the words of a contrast say which of its arms comes first.
    subgroup : str or None
        In which part of the patients it was found.
    clause : int
        Where its clause goes on behind the part of patients with which it opens.
    row : tuple of Result
        The results of its kind that stand side by side with it, itself among them.
    compares : bool
        Whether two arms are compared by a measure that need not: a ratio of means, an effect size.
    """

    measure: str
    first: int
    last: int
    value: int = -1
    lower: int = -1
    upper: int = -1
    x: int = -1
    n: int = -1
    level: int = -1
    signs: tuple[int, int, int] = (1, 1, 1)
    spread: str = ""
    sides: int = 2
    p: int = -1
    unit: str = ""
    counted: int | None = None
    inferred: tuple[str, ...] = ()
    interval: Interval | None = None
    event: str = ""
    says: str = ""
    relation: str = "="
    of: tuple[int, ...] = ()
    arms: tuple[int, ...] = ()
    basis: str = ""
    order_said: bool = False
    outcome: str | None = None
    time: str | None = None
    subgroup: str | None = None
    clause: int = 0
    role: str = "result"
    row: tuple[Result, ...] = ()
    compares: bool = False

    @property
    def at(self) -> int:
        """The token that stands for the result: its value, or else its first."""
        return self.value if self.value >= 0 else self.first

    @property
    def is_over_time(self) -> bool:
        """Whether it counts events of so much person-time, which is its ``n``."""
        return self.measure == "count" and self.n >= 0 and bool(self.unit)

    @property
    def is_contrast(self) -> bool:
        """Whether two arms are compared."""
        return self.compares or self.measure in CONTRASTS


def gather(
    document: Document,
    intervals: Iterable[Interval],
    counts: Iterable[Count],
    posteriors: Iterable[Posterior],
    reductions: Iterable[tuple[int, int]],
    values: Iterable[Value],
    compared: Sequence[Compared],
    p_values: list[PToken],
) -> list[Result]:
    """Return all results of a text in its order."""
    count_of = {count.percent: count for count in counts}
    found: list[Result] = []
    for interval in intervals:
        result = _of_interval(interval, count_of.pop(interval.estimate, None) if interval.estimate >= 0 else None)
        result.compares = result.measure == "other" and (
            interval.unit == NEEDED_TO_TREAT or _compares(document, interval)
        )
        found.append(result)
    found += [_of_count(document, count) for count in count_of.values()]
    found += [_of_posterior(one) for one in posteriors]
    found += [Result("relative-reduction", token, token, token, of=(ratio,)) for token, ratio in reductions]
    lowers = [(result.lower, at) for at, result in enumerate(found) if result.interval is not None]
    lowers.sort()
    found += [_of_value(value) for value in values if not _given_to_interval(document, found, lowers, value)]
    for result in found:
        if result.measure == "other" and result.interval is None and not result.compares and result.value >= 0:
            result.compares = _is_size_of_effect(document, result.value)
    by_value = {result.value: result for result in found if result.value >= 0}
    number = {id(p): at for at, p in enumerate(p_values)}
    bounds = {result.lower: result for result in found if result.value < 0 and result.spread == "range"}
    # "-6 g (interquartile range, -8 to -5 g; P = .02)"
    bounds |= {result.lower: result for result in found if result.spread in ("iqr", "range") and result.p < 0}
    for one in compared:
        if one.values[0] in bounds:
            # "ratios between 0.24 and 0.42, all P < .001"
            bounds[one.values[0]].p = number[id(one.p)]
            continue
        for at, token in enumerate(one.values):
            if token not in by_value:
                sign = -1 if document.letters[token] == "d" and document.has_sign(token) else 1
                unit = "%" if one.kind == "percent" else ""
                measure = _MEASURE_OF_KIND[one.kind]
                if one.kind == "other" and counts_people(document, one.values):
                    measure = "count"
                by_value[token] = Result(measure, token - (sign < 0), token, token, signs=(sign, 1, 1), unit=unit)
                found.append(by_value[token])
            size, count = one.sizes[at] if one.sizes else -1, by_value[token]
            if size >= 0 and count.interval is None and count.x < 0 and count.measure == "count":
                count.x, count.n = token, size
                count.first, count.last = min(count.first, size), max(count.last, size)
                count.counted = value_of_count(document, token, token + 1)
            elif size >= 0 and count.measure == "proportion" and count.x < 0 and count.n < 0:
                count.n, count.last = size, max(count.last, size)
        found.append(Result("p-only", one.p.first, one.p.last, p=number[id(one.p)], of=one.values))
    found.sort(key=lambda result: (result.first, result.last))
    _in_each_arm(document, found)
    _derive(document, found)
    ends = [result.last for result in found]
    comparing = {number[id(one.p)] for one in compared}
    for at, p in enumerate(p_values):
        if at in comparing and (ratio := _right_before(document, found, ends, p)) is not None:
            if ratio.measure in RATIO_MEASURES:
                ratio.p = at  # "61% v 42% (RR 1.45; P = .02)": of the ratio, and of what it compares
            continue
        if p.taken or at in {result.p for result in found[-3:]}:
            continue
        owner = _right_before(document, found, ends, p) or _own_change(document, found, ends, p)
        if owner is not None:
            owner.p = at
        else:
            found.append(Result("p-only", p.first, p.last, p=at))
    return sorted(found, key=lambda result: (result.first, result.last))


_BY = re.compile(r"\b(?:by|of) (?:an? (?:mean|average) (?:of )?)?[-+]?$")
_AND_BY = re.compile(
    r"[^.;]{0,40}?\b(?:with|in|for|on|after|among) [^.;0-9]{3,60}(?:,? (?:and|but|versus|vs\.?|compared with"
    r"|whereas)(?: only)?|,) (?:by|of) (?:an? (?:mean|average) (?:of )?)?[-+]?"
)


def _in_each_arm(document: Document, found: list[Result]) -> None:
    """Take for means the changes of two arms told in one way: "fell by 8.4 kg with zinc and by 2.1 kg with sugar"."""
    text, starts, ends = document.tokens.text, document.tokens.starts, document.tokens.ends
    for one, other in pairwise(found):
        alike = one.measure in ("difference", "mean") and other.measure == "difference" and one.unit == other.unit
        if not alike:
            continue
        begin, gap = starts[one.first], (ends[one.last], starts[other.first])
        if _BY.search(text, max(0, begin - 24), begin) and gap[1] - gap[0] < _LONGEST and _AND_BY.fullmatch(text, *gap):
            one.measure = other.measure = "mean"


_LONGEST = 140
_OF_A_RISK = re.compile(
    r"\b(?:risk|hazard|odds|likelihood|chance|rate|mortality|death|incidence|event|relapse|recurrence|progression"
    r"|admission|hospitali[sz]ation|infection|stroke|infarction|fracture|exacerbation|fall)s?\b"
)
_THAT_IS = re.compile(
    r"[)\]]{0,2}(?:, ?| )(?:(?:which|that) )?(?:(?:is|was|i\.?e\.?,?|or|and|thus|corresponding to|corresponds to"
    r"|representing|represents|equivalent to|equating to|translating (?:in)?to|translates (?:in)?to|indicating"
    r"|reflecting|amounting to|meaning|giving|for)(?:,| ))?(?:an? )?(?:estimated |relative |risk |overall )?"
)
"""What stands between a ratio and the change that it is: "0.75 (0.60 to 0.94), corresponding to a 25% reduction"."""
_CHANGE_OF_RISK = re.compile(
    r" ?(?:relative )?(?:reduction|decrease|increase|lower|higher)s? (?:in |of )?(?:the )?(?:[a-z-]+ ){0,2}?"
    r"(?:risk|hazard|odds|rate|mortality|death)"
)


_WITH_A_RATIO = re.compile(
    r"(?: with [a-z]{3,20})?[;,] (?:and |with |giving )?(?:the |an? )(?:corresponding |unadjusted )?"
    r"(?:hazard|odds|risk|rate) ratio(?: for [a-z -]{3,40})? (?:was|of|being) "
)
"""The same with the ratio in a clause of its own: "reduced by 32%; the hazard ratio was 0.68"."""


def _derive(document: Document, found: list[Result]) -> None:
    """Tie a relative reduction of a risk to the ratio in the bracket right behind, or to the one that it says again.

    "Reduced by 55% (HR, 0.45"; "HR 0.45 (0.30 to 0.68), a 55% reduction in risk".
    """
    starts, ends, text = document.tokens.starts, document.tokens.ends, document.tokens.text
    for one, ratio in pairwise(found):
        if one.measure in RATIO_MEASURES and ratio.measure == "relative-reduction":
            between = text[ends[one.last] : starts[ratio.first]]
            said = one.value >= 0 and not ratio.of and _CHANGE_OF_RISK.match(text, ends[ratio.last]) is not None
            if said and _THAT_IS.fullmatch(between) is not None:
                ratio.of = (one.value,)
            continue
        if one.measure != "relative-reduction" or one.of or ratio.measure not in RATIO_MEASURES or ratio.value < 0:
            continue
        start, stop = ends[one.last], starts[ratio.first]
        between = text[start:stop]
        close = 0 <= stop - start < 120 and not set(";.)") & set(between) and between.count("(") == 1
        close = close or _WITH_A_RATIO.fullmatch(between) is not None
        begin = max(starts[document.sentence(one.first)[0]], starts[one.first] - 100)
        if close and _OF_A_RISK.search(text, begin, start + max(between.find("("), 0)) is not None:
            one.of = (ratio.value,)


_RIGHT_BEHIND = re.compile(r"[uw/)]{0,3}[;,]?\(?|w{0,7}\(")


def _right_before(document: Document, found: list[Result], ends: list[int], p: PToken) -> Result | None:
    """Return the ratio or difference without an interval that a P value stands right behind: "0.68; P = .005"."""
    at = bisect_left(ends, p.first) - 1
    if at < 0 or p.is_elsewhere:
        return None
    before = found[at]
    bare = before.is_contrast and before.interval is None and before.p < 0 and before.value >= 0 and not before.of
    if bare and _RIGHT_BEHIND.fullmatch(document.letters[before.last + 1 : p.first]):
        return before
    return None


_BEHIND_A_CHANGE = re.compile(r"[uw/)]{0,6}[;,]?(?:\(w{0,2}|(?=P))|[wI]{2,9}(?:\(w\))?\(w{0,2}")
_ALONE = re.compile(r"[w,]{0,4}[m+]?[dq](?:u(?:/[uw])?)?[;,]w{0,2}")
"""One number alone in a bracket, before its P value."""
_CHANGED = re.compile(
    r"\b(?:reduc\w+|increas\w+|decreas\w+|improv\w+|declin\w+|rose|rise|fell|gain\w*|loss(?:es)?|lost|chang\w+|drop\w*)\b"
)
_HELD_AGAINST = re.compile(
    r"\b(?:(?:than|compared|comparison|versus|vs|v)\b|relative to|against|between|differ\w*|respectively|both"
    r"|from [-+0-9])"
)


def _own_change(document: Document, found: list[Result], ends: list[int], p: PToken) -> Result | None:
    """Return the change of one group that a P value stands right behind: "weight fell by 4.1 kg (P = .003)"."""
    at = bisect_left(ends, p.first) - 1
    if at < 0 or p.is_elsewhere or p.of_several:
        return None
    before = found[at]
    if before.measure in RATIO_MEASURES or before.p >= 0 or before.interval is not None or before.value < 0:
        return None
    if before.of:
        return None
    opened, letters = document.inside(p.first), document.letters
    if opened >= 0 and _ALONE.fullmatch(letters, opened + 1, p.first):
        return before if opened < before.first else None  # "(-2.6%; P = .03)"
    if before.measure not in ("mean", "median") or not _BEHIND_A_CHANGE.fullmatch(letters, before.last + 1, p.first):
        return None
    starts, ends_of = document.tokens.starts, document.tokens.ends
    text, begin = document.tokens.text, starts[document.sentence(before.first)[0]]
    said = text[max(begin, starts[before.first] - 160) : ends_of[p.last] + 60].partition(";")[0]
    changed = _CHANGED.search(text, max(begin, starts[before.first] - 110), starts[before.first])
    return before if changed is not None and _HELD_AGAINST.search(said) is None else None


_MEASURE_OF_KIND = {"percent": "proportion", "median": "median", "mean": "mean", "other": "mean", "count": "count"}


def _given_to_interval(document: Document, found: list[Result], lowers: list[tuple[int, int]], value: Value) -> bool:
    """Whether a count stands in the bracket of an interval and says of how many it is: "(CI, 1-2; 283 patients)"."""
    if value.measure != "count" or document.letters[value.value] != "d":
        return False
    opened = document.inside(value.first)
    if opened < 0 or OF_STUDIES.match(document.tokens.text, document.tokens.ends[value.last]):
        return False  # "(RR 0.71, 95% CI 0.60 to 0.84, 12 trials)"
    last = bisect_left(lowers, (value.first,))
    for _, at in lowers[max(0, last - 2) : last][::-1]:
        result = found[at]
        if result.n >= 0 or document.inside(result.lower) != opened:
            continue
        if value.n >= 0 and result.is_contrast:
            continue  # "RR 0.73 (95% CI 0.44 to 1.21; 19/156 v 38/152)"
        if value.n >= 0:
            result.x, result.n, result.last = value.x, value.n, max(result.last, value.n)
            return True
        if result.x < 0:
            result.n, result.last = value.value, max(result.last, value.value)
            return True
    return False


_EFFECT = re.compile(
    r"\bratios?\b|effect sizes?|\bcohen|\bhedges|\b[dg] ?=|\bsmds?\b|standardi[sz]ed|\bdifferences?\b|\bgmrs?\b"
    r"|\bsavings?\b"
    r"|incremental|needed to (?:be )?(?:treat|harm|screen|vaccinate)|\bnnts?\b|\bnnhs?\b"
)
_NEEDED_BE = re.compile(r"\bnumbers? (?:[a-z]+ )?needed to be (?:treated|screened|vaccinated|invited|tested)\b[^.;]*$")
_SIZE_OF_EFFECT = re.compile(
    r"(?:\beffect sizes?|\b(?:cohen|hedges)'?s?'? ?'?[dg]\b|\bsmds?\b|\bstandardi[sz]ed (?:mean )?differences?)"
    r"(?: ?[(\[](?:es|smd|d)s?[)\]])?(?: (?:of|was|were|at least))*[ =:,(\[]*(?:d ?=? ?)?[-+]?$"
)
"""What leads to an effect told as a number of standard deviations, which is of two arms without an interval too."""


def _compares(document: Document, interval: Interval) -> bool:
    """Whether words for an effect stand before an estimate of a measure without a name."""
    start = document.tokens.starts[max(interval.estimate, 0) if interval.estimate >= 0 else interval.first]
    begin = max(document.tokens.starts[document.sentence(interval.first)[0]], start - 110)
    text = document.tokens.text
    if _NEEDED_BE.search(text, max(0, start - _LONG_WAY), start) is not None:
        return True
    return _EFFECT.search(text, begin, start) is not None and _TO_BASELINE.search(text, begin, start) is None


_LONG_WAY = 170


def _is_size_of_effect(document: Document, value: int) -> bool:
    """Whether a number is said to be the size of an effect: "(P = .01; effect size, 0.41"."""
    start = document.tokens.starts[value]
    return _SIZE_OF_EFFECT.search(document.tokens.text, max(0, start - 60), start) is not None


# "The ratio to baseline was", "mean month 6 to baseline ratios": a change, which each arm has of its own
_TO_BASELINE = re.compile(
    r"\bratios?(?: [(\[]?(?:of|for) [^.;:()]{1,40}?)?"
    r"(?: ?/ ?| (?:to|from|over|versus|vs\.?|relative to) (?:the )?)baseline\b"
    r"|\b(?:to|over|/)[ -]?baseline ratios?\b|\bpost[- ]?(?:/|to)[- ]?pre[a-z-]* ratios?\b"
)


def _of_interval(interval: Interval, count: Count | None) -> Result:
    result = Result(
        interval.measure,
        interval.first,
        interval.last,
        interval.estimate,
        interval.lower,
        interval.upper,
        interval.x,
        interval.n,
        interval.level,
        interval.signs,
        "confidence" if interval.lower >= 0 or interval.upper >= 0 else "",
        interval.sides,
        interval.p,
        interval.unit,
        inferred=("measure",) if interval.guessed else (),
        interval=interval,
    )
    if count is not None:
        result.x, result.n, result.counted = count.x, -1 if count.elsewhere else count.n, count.value
        result.first, result.last = min(result.first, count.first), max(result.last, count.last)
    return result


_PER_YEAR = re.compile(r" ?(?:/|per) ?(?:1 )?(?:(?:patient|person|participant)[- ])?(?:years?|yr|annum|months?)\b")


def _of_count(document: Document, count: Count) -> Result:
    if _PER_YEAR.match(document.tokens.text, document.tokens.ends[count.percent]) is not None:
        # "183 strokes (1.5% per year)": what it is counted per is not printed with it.
        return Result("rate", count.first, count.last, count.percent, x=count.x, counted=count.value, unit="%")
    return Result(
        "proportion",
        count.first,
        count.last,
        count.percent,
        x=count.x,
        n=count.n,
        counted=count.value,
        unit="%",
        inferred=("n",) if count.elsewhere else (),
    )


def _of_posterior(one: Posterior) -> Result:
    return Result(
        "posterior-probability", one.first, one.last, one.value, relation=one.relation, event=one.event, says=one.says
    )


def _of_value(value: Value) -> Result:
    return Result(
        value.measure,
        value.first,
        value.last,
        value.value,
        value.lower,
        value.upper,
        value.x,
        value.n,
        signs=(value.sign, *value.signs),
        spread=value.spread,
        unit="percentage points" if value.unit in ("percentage", "pp") else value.unit,
        counted=value.counted,
        inferred=("measure",) if value.guessed else (),
    )
