"""Find what the P values compare that belong to no interval."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from trialstats.sources.text.counts.sizes import counted_of, kind_of_counts, sizes_ahead, sizes_behind, totals_of_shares
from trialstats.sources.text.numbers.by_words import is_in_a_list_of_doses, of_a_formula, role_of
from trialstats.sources.text.numbers.denominators import is_behind_a_spread
from trialstats.sources.text.numbers.in_names import is_time_point
from trialstats.sources.text.numbers.of_things import is_no_quantity, is_set_below, names_something
from trialstats.sources.text.numbers.with_percentage import Count
from trialstats.sources.text.p_values.given import GROUP_MEASURES, PToken
from trialstats.sources.text.p_values.joined import runs
from trialstats.sources.text.p_values.of_another import is_of_another
from trialstats.sources.text.tokens.document import Document, Interval
from trialstats.sources.text.tokens.written_forms import STATISTIC_SAID
from trialstats.sources.text.words.of_measures import TIME


@dataclass(slots=True)
class Compared:
    """Numbers of groups that a P value compares, as token indices."""

    p: PToken
    values: tuple[int, ...]
    kind: str
    sizes: tuple[int, ...] = ()
    """The denominators of counts and percentages, -1 where none is printed with one."""


_BACK = 110
_EFFECT = re.compile(
    r"(?:\b(?:hr|rr|irr|ahr|aor|arr|ratios?|risk|odds|hazards?|beta|β|r|t|f|z|χ2?|d|df|coefficient|rho|kappa"
    r"|difference|chi|x2|"
    r"square|statistic|auc|n|nnt|md|smd|size)\b|\bor\b(?= ?[=:,]))[\])]{0,2} ?(?:was|of|is|[=:,;])* ?[-+]?$"
    r"|(?:ratio|risk|difference|hazard)\b[^0-9.;]{3,70}, ?$"
)


def compare(
    document: Document, intervals: list[Interval], counts: list[Count], p_values: list[PToken]
) -> list[Compared]:
    """Return the comparisons: a P value that belongs to no interval, and the numbers it compares."""
    found: list[Compared] = []
    estimates = {i.estimate: i for i in intervals if i.estimate >= 0}
    silent = {token for i in intervals for token in (i.lower, i.upper, i.level, i.x, i.n)}
    silent |= {token for c in counts for token in (c.x, c.n)}
    silent |= {token for token, used in enumerate(document.used) if used > 1}
    size_of, share_of = counted_of(document), totals_of_shares(document)
    silent |= set(size_of.values()) | sizes_behind(document) | set(sizes_ahead(document).values())
    in_turn: dict[int, tuple[tuple[int, ...], str]] = {}
    for listed in runs(document, p_values):
        stop = p_values[listed[0]].first
        before = p_values[listed[0] - 1].last + 1 if listed[0] else 0
        start = max(document.sentence(stop)[0], stop - _BACK, before)
        items = _results(document, _items(document, start, stop, silent, size_of), stop)
        pairs = _pairs(document, items, stop, estimates, size_of)
        if len(pairs) == len(listed):
            in_turn |= dict(zip(listed, pairs, strict=True))
    previous = -1
    for number, p in enumerate(p_values):
        if p.taken or p.is_elsewhere or p.of_several:
            previous = p.last
            continue
        start = max(document.sentence(p.first)[0], p.first - _BACK)
        items = _results(document, _items(document, max(start, previous + 1), p.first, silent, size_of), p.first)
        compared = _known(document, p) or in_turn.get(number) or _pair(document, items, p.first, estimates, size_of)
        if compared is not None and is_of_another(document, compared[0], p.first):
            p.taken, previous = True, p.last
            continue
        if compared is not None and _is_part(document, compared[0]):
            compared = None
        if (
            compared is None
            and not items
            and found
            and found[-1].p.last == previous
            and _beside(document, previous, p.first)
        ):
            # "(P = .004; Fisher's exact test, P < .001)": the same numbers again.
            compared = found[-1].values, found[-1].kind
        if compared is None:
            compared = _against_none(document, max(start, previous + 1), p.first)
        if compared is None and not items:
            behind = p_values[number + 1].first if number + 1 < len(p_values) else len(document)
            compared = _ahead(document, p, min(behind, document.sentence(p.first)[1]), silent, estimates)
        previous = p.last
        if compared is not None:
            p.taken = True
            pairs = [*([] if number in in_turn else _listed_before(document, *compared)), compared]
            found += [Compared(p, values, kind_of_counts(document, values, kind, size_of)) for values, kind in pairs]
    for one in found:
        known = size_of if one.kind == "count" else share_of if one.kind == "percent" else {}
        one.sizes = tuple(known.get(token, -1) for token in one.values) if known else ()
    return found


def _known(document: Document, p: PToken) -> tuple[tuple[int, ...], str] | None:
    """Return the two estimates that a P value was found to compare."""
    kind = None if p.compares is None else _kind(document, *p.compares)
    return None if p.compares is None or kind is None else (p.compares, kind)


# "A response in 31 (97%), with 10 patients (31%) in remission": the second are some of the first.
_PART = re.compile(r"(?:\b(?:of whom|including|of these|of them)|, with(?= (?:only )?[0-9])) ")


def _is_part(document: Document, values: tuple[int, ...]) -> bool:
    """Whether the second of two numbers counts some of the patients of the first."""
    tokens = document.tokens
    ends = tokens.ends[values[0]]
    return len(values) == 2 and _PART.search(tokens.text, ends, max(ends, tokens.starts[values[1]])) is not None


_LEADS_ON = re.compile(r"[)\]\x00]{0,6} ?(?P<list>:|between|,? with)|[)\]\x00]{0,6} ?(?:[,;]|(?:for|in|as)\b)")
_AHEAD = 40


def _ahead(
    document: Document, p: PToken, stop: int, silent: set[int], estimates: dict[int, Interval]
) -> tuple[tuple[int, ...], str] | None:
    """Return the two numbers right behind a P that stands before them: "(P = .004): 34% v 52%"."""
    text, ends = document.tokens.text, document.tokens.ends
    leads = _LEADS_ON.match(text, ends[p.last])
    if leads is None:
        return None
    stop = min(stop, p.last + _AHEAD)
    items = _items(document, p.last + 1, stop, silent)[:2]
    if len(items) < 2 or items[0] - p.last > _AHEAD // 3 or ";" in document.letters[p.last + 2 : items[1]]:
        return None
    if any(item in estimates and estimates[item].measure not in GROUP_MEASURES for item in items):
        return None
    between = document.letters[items[0] + 1 : items[1]]
    if not ("v" in between or "v" in document.letters[p.last : items[0]] or (leads["list"] and "a" in between)):
        return None
    kind = _kind(document, *items)
    return None if kind in (None, "other") else ((items[0], items[1]), kind)


_AGAINST_NONE = (
    # seven [18%] vs none, P; 13 [3%] vs 0 (P; none vs seven (18%), P
    re.compile(r"(?P<some>q)\)?w{0,3}vw{0,3}(?P<none>[kd])(?:ow{0,3}d|w{0,3})[,;]?\(?$"),
    re.compile(r"(?P<none>[kd])(?:ow{0,3}d|w{0,3})vw{0,3}[dk]?w{0,2}\(?(?P<some>q)\)?[,;]?\(?$"),
)


def _against_none(document: Document, start: int, stop: int) -> tuple[tuple[int, ...], str] | None:
    """Return the percentage right before a P that is held against nobody in the other group."""
    for expression in _AGAINST_NONE:
        found = expression.search(document.letters, max(start, stop - 20), stop)
        if found is not None and document.value(found.start("none")) == 0:
            return tuple(sorted((found.start("some"), found.start("none")))), "percent"
    return None


_PAIR_BEFORE = re.compile(r"(?P<first>[dq])u?v(?P<second>[dq])u?[;,]w{0,3}$")


def _listed_before(document: Document, values: tuple[int, ...], kind: str) -> list[tuple[tuple[int, ...], str]]:
    """Return the pair before a pair in its bracket, where one P stands for both: "(31 vs 14%; 26 vs 8%, P < .001)"."""
    start = max(0, min(values) - 10)
    found = _PAIR_BEFORE.search(document.letters[start : min(values)])
    opened = document.inside(min(values))
    if found is None or opened < 0 or document.inside(start + found.start()) != opened:
        return []
    pair = start + found.start("first"), start + found.start("second")
    return [(pair, kind)] if _kind(document, *pair) == kind else []


def _beside(document: Document, previous: int, first: int) -> bool:
    """Whether two P values stand in one bracket or right behind each other."""
    opened = document.inside(first)
    return first - previous <= 3 or (opened >= 0 and document.inside(previous) == opened)


_OF_HOW_MANY = re.compile(r"[,;]ned\)")


def _items(document: Document, start: int, stop: int, silent: set[int], counted: Collection[int] = ()) -> list[int]:
    """Return the numbers from one token to another that may be results of groups."""
    letters, tokens = document.letters, document.tokens
    found = []
    for at in range(start, stop):
        letter = letters[at]
        if at in counted and at not in silent:
            found.append(at)
            continue
        if letter not in "dqx" or at in silent:
            continue
        if letter == "x":
            if len(tokens[at]) > 2:
                found.append(at)
        elif not (_is_beside_its_own(document, at) or _says_no_result(document, at) or _is_dose(document, at)):
            found.append(at)
    return found


def _is_beside_its_own(document: Document, at: int) -> bool:
    """Whether a number is a bound of a range, a spread in brackets, or a part of a fraction or unit."""
    letters, letter = document.letters, document.letters[at]
    before, after = letters[at - 1 : at], letters[at + 1 : at + 2]
    if (before and before in "z/") or (after == "/" and letters[at + 2 : at + 3] == "d"):
        return True
    # A range, or a standard deviation in brackets behind a mean.
    if after and after in "mt" and letters[at + 2 : at + 3] in ("d", "q"):
        return True
    if before and before in "mt" and letters[at - 2 : at - 1] in ("d", "q") and not document.has_sign(at):
        return True
    if before in ("m", "(") and is_set_below(document, at):
        return True  # "x min(-1)"
    if before == "m" and not document.has_sign(at) and not document.spaced(at - 1) and letter == "d":
        return True
    closed = after == ")" or _OF_HOW_MANY.match(letters, at + 1) is not None
    return before == "(" and closed and letter == "d" and letters[at - 2 : at - 1] in ("d", "u", "q")


_CHI = frozenset("χ")
_DOSED = frozenset(("mg", "µg", "μg", "mcg", "ug", "iu", "g"))
_AT_DOSES = re.compile(
    r"(?:(?:[)%]|[a-z]{3}|[0-9]) at|\bplacebo,|\btaking|\breceiving|\bgiven) "
    r"(?:[0-9.]{1,5} ?[a-zµμ]{1,3}(?:/[a-z]{1,3})?(?:, and |, | and )){0,4}$"
)
"""Before the dose of a group, or one of several: "9 of 41 (22%) at 5 mg", "people at 5 mg, 10 mg and"."""
_TAKEN = frozenset(("on", "taking", "receiving", "received", "given", "took"))
_LEADS_TO_A_VALUE_TEXT = "of by was were is to at from than with averaged only about approximately"
_LEADS_TO_A_VALUE = frozenset(_LEADS_TO_A_VALUE_TEXT.split())


def _is_dose(document: Document, at: int) -> bool:
    """Whether a number is a dose: "with the drug 10 mg (n = 57; ...", "7 of 50 on 10 mg"."""
    if document.letters[at] == "d" and is_in_a_list_of_doses(document, at):
        return True
    if document.letters[at : at + 2] == "du" and document.tokens[at + 1] in _DOSED:
        start = document.tokens.starts[at]
        if _AT_DOSES.search(document.tokens.text, max(0, start - 60), start) and role_of(document, at) == "dose":
            return True
    if document.letters[at - 1 : at + 2] == "wdu" and document.tokens[at - 1] in _TAKEN:
        return document.tokens[at + 1] in _DOSED
    if document.letters[at - 1 : at] not in ("w", "a") or not document.letters.startswith("u(ne", at + 1):
        return False
    return document.tokens[at + 1] in _DOSED and document.tokens[at - 1] not in _LEADS_TO_A_VALUE


def _says_no_result(document: Document, at: int) -> bool:
    """Whether a number is a limit, a size, a time, a part of a name, a level, a test statistic or a spread."""
    letters, tokens, letter = document.letters, document.tokens, document.letters[at]
    before, after, both = letters[at - 1 : at], letters[at + 1 : at + 2], letters[at - 2 : at]
    if letter == "q" and before == "r" and letters[at - 2 : at - 1] != "(":
        return True
    if letter == "d" and (
        before == "r"
        or tokens[at - 1] in _CHI
        or both == "ne"
        or tokens[at - 1] == "per"
        or is_time_point(document, at)
    ):
        return True
    if letter == "d" and _unit(document, at) in TIME:
        start = document.tokens.starts[at]
        if not document.decimals(at) and role_of(document, at) in ("time point", "identifier"):
            return True  # "was similar 24 hours after surgery (P"
        if _TREATED_FOR.search(document.tokens.text, max(0, start - 24), start) is not None:
            return True
    if letter == "d" and (of_a_formula(document, at) or (before == "w" and is_behind_a_spread(document, at))):
        return True
    if _BOUND_OF_SPREAD.search(letters, max(0, at - 8), at) is not None:
        return True
    if names_something(document, at) or (after == "m" and letters[at + 2 : at + 3] in ("u", "w")):
        return True
    if before == "C" or both in ("C,", "C:", "Ce"):
        return True
    if letter in "dq" and is_no_quantity(document, at):
        return True
    # A test statistic: t(26) = 2.0, U = 955.
    if letter == "d" and both == "we" and len(tokens[at - 2]) <= 2:
        return True
    if before == "(" and after == ")" and letters[at + 2 : at + 3] == "e":
        return True
    if both in ("D,", "D:") and letters[at - 3 : at - 2] == "z":
        return False  # "mean ± SD, 41.7 ± 9.8": what is told of the numbers behind
    return before == "D" or both in ("De", "D,", "D:", "(D")


_TREATED_FOR = re.compile(
    r"\b(?:treat(?:ed|ment)|therapy|given|received|taken|taking|used|continued|prophylaxis) for $"
)
"""Before how long a group was treated."""
# "interquartile range, -8.1 to -4.6"
_BOUND_OF_SPREAD = re.compile(r"I[,:=(e]?m?(?:[dq]u?[mt]m?)?$")


def _results(document: Document, items: list[int], stop: int) -> list[int]:
    """Return the numbers that are no test statistics: "34% v 52%; chi2(1) = 6.1; P = .014"."""
    starts = document.tokens.starts
    if not items or "e" not in document.letters[items[0] : stop]:
        return items
    said = [found.span() for found in STATISTIC_SAID.finditer(document.tokens.text, starts[items[0]], starts[stop])]
    return [item for item in items if not any(first <= starts[item] < last for first, last in said)]


def _pair(
    document: Document, items: list[int], stop: int, estimates: dict[int, Interval], counted: Collection[int]
) -> tuple[tuple[int, ...], str] | None:
    """Return the last two numbers of one kind that stand side by side, with their kind."""
    letters, tokens = document.letters, document.tokens
    only_versus = False
    for at in range(len(items) - 1, 0, -1):
        second = items[at]
        if letters[second - 1] == "e" and letters[items[at - 1] - 1 : items[at - 1]] != "e":
            # "63% and 23% (increase = 40%, P < .001)": a derived number.
            return None
        if second in estimates and estimates[second].measure not in GROUP_MEASURES | {"difference", "other", "rate"}:
            return None
        if letters[second] == "d" and _EFFECT.search(
            tokens.text, max(0, tokens.starts[second] - 40), tokens.starts[second]
        ):
            # "120 v 75 days; hazard ratio, 0.62; P = .02": the ratio has no interval, so the P goes with the medians.
            only_versus = True
            continue
        for first in reversed(items[max(0, at - 3) : at]):
            # A count written out, 11 of 65, is held against another one only.
            written_out = (first in counted) + (second in counted)
            kind = "count" if written_out == 2 else None if written_out else _kind(document, first, second)
            if kind is None:
                continue
            between = letters[first + 1 : second]
            if only_versus and not ("v" in between and len(between) < 14):
                return None
            joined = "v" in between or "v" in letters[max(0, first - 25) : first] or _LISTED.search(between) is not None
            joined = joined or _is_held_against(document, first, second)
            if second in estimates and estimates[second].measure == "difference" and "v" not in between:
                continue
            if joined and "S" not in between:
                return (first, second), kind
        if not only_versus and (letters[second] == "q" or stop - second < 6):
            # The nearest number has no partner: nothing further left has one either.
            return None
    return None


def _pairs(
    document: Document, items: list[int], stop: int, estimates: dict[int, Interval], counted: Collection[int]
) -> list[tuple[tuple[int, ...], str]]:
    """Return the pairs of one kind that a list holds, in order: "4% v 9% at 1 year, 7% v 15% at 2 years"."""
    found: list[tuple[tuple[int, ...], str]] = []
    while (pair := _pair(document, items, stop, estimates, counted)) is not None:
        (first, second), kind = pair
        between = document.letters[second + 1 : found[0][0][0]] if found else ""
        if "v" not in document.letters[first:second] or kind != (found[0][1] if found else kind) or "v" in between:
            break
        found.insert(0, pair)
        items, stop = items[: items.index(first)], first
    return found


_BUT = re.compile(r"\b(?:but|whereas|while|whilst)(?: (?:in|for|among|with))?(?P<only> (?:only|just))?(?: in)? $")
_OF_THOSE = re.compile(
    r" ?(?:[(\[][^()\[\]]{1,30}[)\]])? (?:of|in|among) (?:those|the|patients|participants|women|men|children"
    r"|subjects)\b"
    r"| (?:out )?of (?:the )?[0-9]{1,5} (?:given|taking|receiving|treated|assigned|on|with)\b"
)
"""Behind a share: it is of others than the one before."""
_LISTED = re.compile(r"a|,|;|\)[^dq]{0,12}\(")


def _is_held_against(document: Document, first: int, second: int) -> bool:
    """Whether "but" holds a share of others against the first: "in 61% on tea but in only 44% of those on milk"."""
    text, starts, ends = document.tokens.text, document.tokens.starts, document.tokens.ends
    found = _BUT.search(text, max(ends[first], starts[second] - 30), starts[second])
    return found is not None and (found["only"] is not None or _OF_THOSE.match(text, ends[second]) is not None)


_MEDIAN = re.compile(r"median|survival|\b(?:pfs|os|ttp|dfs|efs)\b")
_MEAN = re.compile(r"\bmeans?\b|average|±|\+/-|\blsm?\b|\bsd\b|\bsem?\b|standard (?:deviation|error)")


def _kind(document: Document, first: int, second: int) -> str | None:
    """Return what two numbers of groups are, or None where they are not of one kind."""
    letters, tokens = document.letters, document.tokens
    one, two = letters[first], letters[second]
    if one == two == "q":
        return "percent"
    if "q" in (one, two):
        # "61 v 42%": the sign stands once.
        return "percent" if one == "d" and re.fullmatch(r"v|a|w?v", letters[first + 1 : second]) else None
    units = [_unit(document, token) for token in (first, second)]
    if all(units) and units[0] != units[1] and "x" not in (one, two):
        return None
    if "x" not in (one, two) and abs(document.decimals(first) - document.decimals(second)) > 1:
        return None
    start = document.sentence(first)[0]
    words = tokens.text[max(tokens.starts[start], tokens.starts[first] - 250) : tokens.ends[second]]
    unit = units[0] or units[1]
    if _MEDIAN.search(words) and (unit in TIME or "median" in words):
        return "median"
    if _MEAN.search(words):
        return "mean"
    return "other"


def _unit(document: Document, token: int) -> str:
    at = token + 1
    if document.letters.startswith(("zd", "(d)"), at):
        at += 2 if document.letters[at] == "z" else 3
    return document.tokens[at] if document.letters[at : at + 1] == "u" else ""
