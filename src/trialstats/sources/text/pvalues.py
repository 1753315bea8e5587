"""Read P values, give them to their intervals, and find what the others compare."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from trialstats.sources.text.counts import Count, names_something
from trialstats.sources.text.document import Document, Interval
from trialstats.sources.text.measures import TIME
from trialstats.sources.text.patterns import P_FAR

__all__ = ["Compared", "PToken", "attach", "compare", "find_p_values", "is_time_point"]

_VALUE = re.compile(
    r"(?P<rel>[<>=≤≥][ \x00/]{0,3}=?|:|(?:less|lower|smaller) than(?: or equal to)?|(?:greater|more) than(?: or "
    r"equal to)?)?"
    r"[ \x00]*(?P<digits>[0-9]?[ ]?[.,/]?\x00*[ ]?[0-9]+)(?P<power>e-[0-9]+| ?[x×*] ?10.*)?(?P<unit> ?%)?$"
)
_TESTS = {
    "interaction": re.compile(r"interact|\bint(?:er)?\b|pint"),
    "trend": re.compile(r"trend"),
    "heterogeneity": re.compile(r"het"),
    "non-inferiority": re.compile(r"non-?\s?inferior|margin|equivalence"),
    "superiority": re.compile(r"superior"),
    "log-rank": re.compile(r"log-? ?rank"),
    "fisher": re.compile(r"fisher"),
    "wilcoxon": re.compile(r"wilcoxon|mann|rank-?sum"),
    "chi-squared": re.compile(r"chi|χ"),
}
_ELSEWHERE = frozenset(("interaction", "trend", "heterogeneity"))
_NAMED_TEST = re.compile(r"\b(interaction|heterogeneity|trend) ?\($")
_OF_SEVERAL = re.compile(
    r"for (?:the )?(?:superiority|comparison|difference)s? (?:[\w-]+ ){0,2}(?:each|both|all|every)\b"
)
_SIDES = re.compile(r"\b(?:(one|1)|(two|2))[ -]{0,2}(?:sided|tailed)")
_ALL_SIDES = re.compile(
    r"(?:all|statistical|significance|analys\w+|tests?|p[ -]values?)[^.;]{0,60}\b(?:were|was|are|is|used|reported "
    r"as)\b[^.;]{0,30}"
    r"\b(?:(one|1)|(two|2))[ -]{0,2}(?:sided|tailed)"
)


_LETTER = re.compile(r"[Pp]")
_LAST_DIGITS = re.compile(r"(?! )[0-9]{0,2} ?[.,/]?\x00{0,3} ?[0-9]+(?:e-[0-9]+| ?[x×*] ?10.{1,8})?(?= ?%?$)")
_NOT_SIGNIFICANT = re.compile(r"(?:n\.?s\.?|(?:not|non)[ -]?significant)$")
_MARGIN = re.compile(r"non-?\s?inferior|inferiority margin|equivalence margin")
_NEAR = 40
_OTHER_SIDES = re.compile(r"\s{0,2}p\b|\s{0,2}p[ -]?values?\b")


@dataclass(slots=True)
class PToken:
    """A P value: its tokens, its relation and digits, its sides and what it tests."""

    first: int
    last: int
    relation: str
    digits: str
    sided: int | None
    test: str | None
    taken: bool = False
    of_several: bool = False

    def bare(self, document: Document) -> tuple[int, int]:
        """Return where the digits stand in the text."""
        start, end = document.tokens.starts[self.first], document.tokens.ends[self.last]
        found = _LAST_DIGITS.search(document.tokens.text, start, end)
        return (start, end) if found is None else found.span()

    @property
    def is_elsewhere(self) -> bool:
        """Whether it tests an interaction, a trend or heterogeneity, and so no estimate."""
        return self.test in _ELSEWHERE


@dataclass(slots=True)
class Compared:
    """Numbers of groups that a P value compares, as token indices."""

    p: PToken
    values: tuple[int, ...]
    kind: str


def find_p_values(document: Document) -> list[PToken]:
    """Return the P values of a text in order; what the text says of all its tests goes to each."""
    letters, tokens = document.letters, document.tokens
    found: list[PToken] = []
    places = [match.start() for match in _LETTER.finditer(letters)]
    if not places:
        return found
    spoken = _ALL_SIDES.search(tokens.text) if "sided" in tokens.text or "tailed" in tokens.text else None
    general = None if spoken is None else 1 if spoken[1] else 2
    for at in places:
        if letters[at] == "P":
            value = _VALUE.search(tokens[at])
            if value is None and _NOT_SIGNIFICANT.search(tokens[at]) is not None:
                found.append(_read(document, at, at, "=", "NS", "", general))
            if value is not None:
                found.append(_read(document, at, at, value["rel"] or "=", value["digits"], value["power"], general))
        elif (far := P_FAR.match(letters, at)) is not None:
            token = far.start("value")
            if document.value(token) <= 1:
                found.append(_read(document, at, token, tokens[far.start("rel")], tokens[token], "", general))
    for p in found:
        for token in range(p.first, p.last + 1):
            document.used[token] = 1
    return found


def _read(
    document: Document, first: int, last: int, relation: str, digits: str, power: str | None, general: int | None
) -> PToken:
    start = document.sentence(first)[0]
    words = document.text_between(max(start, first - 4), last + 1)
    after = document.text_between(last + 1, min(last + 5, len(document)))
    if ")" in after:
        after = after[: after.index(")")]
    sides = _SIDES.search(words) or _SIDES.match(after.lstrip(" ,(["))
    if sides is not None and sides.string != words and _OTHER_SIDES.match(sides.string, sides.end()):
        sides = None  # "P = .04, one-sided P = .02": these are the sides of the next one
    # What it tests stands in its label or right behind its value: "P = .03 for interaction".
    label = (
        document.text_between(first, last + 1)
        + " "
        + (after if after.startswith(("for", "(", ",", "by", "int", "log")) else "")
    )
    if first and document.letters[first - 1] == "w":
        label = document.tokens[first - 1] + " " + label
    test = next((name for name, expression in _TESTS.items() if expression.search(label)), None)
    if test is None and document.letters[first - 1 : first] == "(":
        named = _NAMED_TEST.search(document.text_between(max(start, first - 2), first))
        test = None if named is None else named[1]
    if test is None:
        begin, end = document.sentence(first)
        near = document.text_between(max(begin, first - _NEAR), min(end, last + _NEAR))
        if _MARGIN.search(near) is not None:
            test = "non-inferiority"  # the sentence speaks of a margin, and the P value of nothing else
    relation = relation.replace(" ", "").replace("\x00", "")
    if "than" in relation:
        relation = ("<" if relation[0] in "ls" else ">") + ("=" if "equal" in relation else "")
    relation = {"≤": "<=", "≥": ">=", "<=": "<=", ">=": ">=", "<": "<", ">": ">"}.get(relation, "=")
    digits = re.sub(r"[ \x00]", "", digits).replace("/", ".").replace(",", ".")
    if power:
        digits = f"0{digits}" if digits.startswith(".") else digits
        digits += "e-" + re.sub(r"^e-|^ ?[x×*] ?10 ?\^? ?\(? ?-? ?|\)", "", power)
    behind = document.text_between(last + 1, min(last + 9, document.sentence(first)[1]))
    several = _OF_SEVERAL.match(behind) is not None
    return PToken(first, last, relation, digits, (1 if sides[1] else 2) if sides else general, test, of_several=several)


# --------------------------------------------------------------------------------------------------
# P values of intervals
# --------------------------------------------------------------------------------------------------
_ADJACENT = re.compile(r"[uw]{0,2}\)*[uw]{0,2}\)*[,;:.]?a?w{0,3}[,;:]?\(?w{0,3}[,:]?")
_ADJACENT_EFFECT = re.compile(r"[uw]{0,2}\)*[,;:]?(?:[^dqPSkx]|dm?(?=[uw])){0,14}")
_GROUPS = frozenset(("proportion", "median", "mean", "survival"))


def attach(document: Document, intervals: list[Interval], p_values: list[PToken]) -> None:
    """Give each P value to the interval it belongs to, if it belongs to one."""
    ends = [max(i.last, i.lower, i.upper) for i in intervals]
    for number, p in enumerate(p_values):
        if p.is_elsewhere or p.of_several:
            continue
        # Only neighbours can own it: the time stays linear in the length of the text.
        at = bisect_left(ends, p.first)
        near = intervals[max(0, at - 4) : at + 4]
        others = p_values[max(0, number - 3) : number + 4]
        owner = (
            _between(near, p)
            or _in_its_bracket(document, near, p, others)
            or _before(document, near, p)
            or _behind(document, near, p)
        )
        if owner is not None and owner.p < 0:
            owner.p = number
            p.taken = True


def _between(intervals: list[Interval], p: PToken) -> Interval | None:
    """Return the interval whose bounds stand behind the P and its estimate before: "OR 0.4, P = .02, CI 0.2-0.8"."""
    for interval in intervals:
        if -1 < interval.estimate < p.first and p.last < interval.label <= p.last + 4:
            return interval
    return None


def _before(document: Document, intervals: list[Interval], p: PToken) -> Interval | None:
    """Return the contrast whose bracket opens where that of the P closes: "(P = .02) (odds ratio 0.4, CI 0.2-0.8)"."""
    for interval in intervals:
        if (
            p.last < interval.first <= p.last + 9
            and interval.measure not in _GROUPS
            and document.letters.startswith(")(", p.last + 1)
            and not set("dqP") & set(document.letters[p.last + 3 : interval.first])
        ):
            return interval
    return None


def _in_its_bracket(
    document: Document, intervals: list[Interval], p: PToken, p_values: list[PToken]
) -> Interval | None:
    """Return the interval whose own bracket holds the P value."""
    opened = document.inside(p.first)
    while opened >= 0:
        closed = document.partner.get(opened) or document.sentence(opened)[1]
        within = [i for i in intervals if opened < i.lower < closed or opened < i.upper < closed]
        before = [i for i in within if max(i.lower, i.upper) < p.first]
        if before:
            last = before[-1]
            if len(before) > 1 and _are_compared(document, before[-2], last):
                return None
            if _is_second_group(document, intervals, last):
                return None
            return None if any(max(last.lower, last.upper) < q.first < p.first for q in p_values) else last
        behind = [i for i in within if max(i.lower, i.upper) > p.last]
        if behind:
            follows = [
                q for q in p_values if p.last < q.first < closed and q.first > max(behind[0].lower, behind[0].upper)
            ]
            return None if follows else behind[0]
        opened = document.inside(opened)
    return None


def _are_compared(document: Document, first: Interval, second: Interval) -> bool:
    """Whether two intervals of one bracket are results of groups: "(9.1 months; CI ...; v 6.4 months; CI ...; P"."""
    between = document.letters[max(first.lower, first.upper) : second.first]
    return first.measure == second.measure and first.measure in _GROUPS | {"difference"} and "v" in between


def _is_second_group(document: Document, intervals: list[Interval], second: Interval) -> bool:
    """Whether an interval is the other group's result of the one before: "31% (19/61; CI ...) v 15% (...; P = .09)"."""
    at = intervals.index(second)
    first = intervals[at - 1] if at else None
    if first is None or second.measure not in _GROUPS or first.measure != second.measure:
        return False
    between = document.letters[max(first.lower, first.upper) + 1 : second.first]
    if "v" not in between or "P" in between or "S" in between:
        return False
    behind = document.letters[second.last + 1 : document.sentence(second.first)[1]]
    third = intervals[at + 1] if at + 1 < len(intervals) else None
    # Of several groups held against the first in turn each keeps its own P.
    several = third is not None and third.measure == second.measure and third.first <= second.last + len(behind)
    return "v" in behind or not several


def _behind(document: Document, intervals: list[Interval], p: PToken) -> Interval | None:
    """Return the interval right before a P value, unless the P compares it with the one before that."""
    earlier = [i for i in intervals if max(i.last, i.upper, i.lower) < p.first]
    if not earlier:
        return None
    letters, last = document.letters, earlier[-1]
    between = letters[last.last + 1 : p.first]
    if last.measure in _GROUPS:
        if not _ADJACENT.fullmatch(between):
            return None
        start, _ = document.sentence(last.first)
        others = [i for i in earlier[:-1] if i.first >= start and i.measure == last.measure]
        joined = bool(others) and any(c in "va,;" for c in letters[others[-1].last : last.first])
        return None if joined or _continues(document, earlier, start) else last
    apart = letters[earlier[-2].last + 1 : last.first] if len(earlier) > 1 else "S"
    if last.measure == "difference" and not set("PS") & set(apart) and _are_compared(document, earlier[-2], last):
        # "-2.0 (-2.6 to -1.4) v -1.3 (-1.8 to -0.7; P = .07)": changes of two groups.
        return None
    return last if _ADJACENT_EFFECT.fullmatch(between) else None


def _continues(document: Document, earlier: list[Interval], start: int) -> bool:
    """Whether the last interval's sentence, from ``start`` on, gives the other group's result of the one before.

    "... in 36% (95% CI, 29 to 43) of patients. With placebo it was 31% (24 to 38), P = .06": the P compares the two.
    """
    if start == 0 or len(earlier) < 2:
        return False
    last, before = earlier[-1], earlier[-2]
    first, _ = document.sentence(start - 1)
    return (
        before.first >= first and before.measure == last.measure and "P" not in document.letters[before.first : start]
    )


# --------------------------------------------------------------------------------------------------
# P values of comparisons
# --------------------------------------------------------------------------------------------------
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
    silent = {token for i in intervals for token in (i.lower, i.upper, i.level)}
    silent |= {token for c in counts for token in (c.x, c.n)}
    previous = -1
    for p in p_values:
        if p.taken or p.is_elsewhere or p.of_several:
            previous = p.last
            continue
        start = max(document.sentence(p.first)[0], p.first - _BACK)
        items = _items(document, max(start, previous + 1), p.first, silent)
        compared = _pair(document, items, p.first, estimates)
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
        previous = p.last
        if compared is not None:
            p.taken = True
            found += [Compared(p, *pair) for pair in (*_listed_before(document, *compared), compared)]
    return found


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


def _items(document: Document, start: int, stop: int, silent: set[int]) -> list[int]:
    """Return the numbers from one token to another that may be results of groups."""
    letters, tokens = document.letters, document.tokens
    found = []
    for at in range(start, stop):
        letter = letters[at]
        if letter not in "dqx" or at in silent:
            continue
        before, after = letters[at - 1 : at], letters[at + 1 : at + 2]
        if letter == "x":
            if len(tokens[at]) > 2:
                found.append(at)
            continue
        if (before and before in "z/") or (after == "/" and letters[at + 2 : at + 3] == "d"):
            continue
        # A range, or a standard deviation in brackets behind a mean.
        if after and after in "mt" and letters[at + 2 : at + 3] in ("d", "q"):
            continue
        if before and before in "mt" and letters[at - 2 : at - 1] in ("d", "q") and not document.has_sign(at):
            continue
        if before == "m" and not document.has_sign(at) and not document.spaced(at - 1) and letter == "d":
            continue
        if before == "(" and after == ")" and letter == "d" and letters[at - 2 : at - 1] in ("d", "u", "q"):
            continue
        if letter == "q" and before == "r" and letters[at - 2 : at - 1] != "(":
            continue
        if letter == "d" and (before == "r" or (before == "e" and letters[at - 2 : at - 1] == "n")):
            continue
        if letter == "d" and (is_time_point(document, at) or tokens[at - 1] == "per"):
            continue
        if names_something(document, at) or (after == "m" and letters[at + 2 : at + 3] in ("u", "w")):
            continue
        if letters[at - 2 : at] in ("C,", "C:", "Ce") or before == "C":
            continue
        # A test statistic: t(26) = 2.0, U = 955.
        if before == "e" and letters[at - 2 : at - 1] == "w" and len(tokens[at - 2]) <= 2 and letter == "d":
            continue
        if before == "(" and after == ")" and letters[at + 2 : at + 3] == "e":
            continue
        if before == "D" or letters[at - 2 : at] in ("De", "D,", "D:") or letters[at - 2 : at] == "(D":
            continue
        found.append(at)
    return found


_AT_A_TIME_TEXT = "at after by until within before"
_AT_A_TIME = frozenset(_AT_A_TIME_TEXT.split())
_TIMES = re.compile(r"d(?:,d){0,4},?ad(?P<unit>u)|d(?P<unit2>u)")


def is_time_point(document: Document, token: int) -> bool:
    """Whether a whole number says when: at 7 and 8 hours."""
    letters, tokens = document.letters, document.tokens
    first = token
    while letters[first - 1] in ",ad" and token - first < 8 and first > 1:
        first -= 1
    if letters[first] != "d" or tokens[first - 1] not in _AT_A_TIME or document.decimals(token) > 0:
        return False
    found = _TIMES.match(letters, first)
    if found is None or not found.start() <= token < found.end():
        return False
    return tokens[found.start("unit" if found["unit"] else "unit2")] in TIME


def _pair(
    document: Document, items: list[int], stop: int, estimates: dict[int, Interval]
) -> tuple[tuple[int, ...], str] | None:
    """Return the last two numbers of one kind that stand side by side, with their kind."""
    letters, tokens = document.letters, document.tokens
    only_versus = False
    for at in range(len(items) - 1, 0, -1):
        second = items[at]
        if letters[second - 1] == "e" and letters[items[at - 1] - 1 : items[at - 1]] != "e":
            # "63% and 23% (increase = 40%, P < .001)": a derived number.
            return None
        if second in estimates and estimates[second].measure not in _GROUPS | {"difference", "other"}:
            return None
        if letters[second] == "d" and _EFFECT.search(
            tokens.text, max(0, tokens.starts[second] - 40), tokens.starts[second]
        ):
            # "120 v 75 days; hazard ratio, 0.62; P = .02": the ratio has no interval, so the P goes with the medians.
            only_versus = True
            continue
        for first in reversed(items[max(0, at - 3) : at]):
            kind = _kind(document, first, second)
            if kind is None:
                continue
            between = letters[first + 1 : second]
            if only_versus and not ("v" in between and len(between) < 14):
                return None
            joined = "v" in between or "v" in letters[max(0, first - 25) : first] or _LISTED.search(between) is not None
            if second in estimates and estimates[second].measure == "difference" and "v" not in between:
                continue
            if joined and "S" not in between:
                return (first, second), kind
        if not only_versus and (letters[second] == "q" or stop - second < 6):
            # The nearest number has no partner: nothing further left has one either.
            return None
    return None


_LISTED = re.compile(r"a|,|;|\)[^dq]{0,12}\(")
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
