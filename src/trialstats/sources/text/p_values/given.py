"""Read P values, and give them to their intervals."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from trialstats.sources.text.numbers.estimate_cost import named_ratio
from trialstats.sources.text.tokens.document import Document, Interval
from trialstats.sources.text.tokens.written_forms import P_FAR, STATISTIC_SAID, STATISTICS

_VALUE = re.compile(
    r"(?P<rel>[<>=≤≥][ \x00/]{0,3}=?|:|(?:less|lower|smaller) than(?: or equal to)?|(?:greater|more) than(?: or "
    r"equal to)?)?"
    r"[ \x00]*(?P<digits>(?:- ?)?[0-9]{0,3}[ ]?[.,/]?\x00*[ ]?[0-9]+)"
    r"(?P<power>(?<=[^0-9.]10) ?\^? ?\(? ?-[0-9]{1,2}\)?|e-[0-9]+| ?[x×*] ?10.*)?(?P<unit> ?%)?$"
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
# All of them at once: most labels name none.
_ANY_TEST = re.compile(r"int|rend|het|inferior|margin|equivalence|superior|rank|fisher|wilcoxon|mann|chi|χ")
_ELSEWHERE = frozenset(("interaction", "trend", "heterogeneity"))
_NAMED_TEST = re.compile(r"\b(interaction|heterogeneity|trend) ?\($")
_OF_STUDIES = re.compile(
    r"(?:\bci|confidence interval)\b[^()]{0,60}(?:\bchi|χ|\bq\b)[ -]{0,2}(?:\(2\)|squared?|2|²)?[ =,:]{1,4}[0-9.]{1,6}"
    r"[;,]? ?[(\[]?(?:degrees of freedom )?[(\[]?d\.?f\.?[)\]]?[ =,:]{1,4}(?P<df>[0-9]{1,3})[;,)\]]{0,2} ?$"
)
"""Between the interval of a pooled estimate and the P value of another test, which has more degrees of freedom."""
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
_LAST_DIGITS = re.compile(r"(?![ \x00])[0-9]{0,2} ?[.,/]?\x00{0,3} ?[0-9]+(?:e-[0-9]+| ?[x×*] ?10.{1,8})?(?= ?%?$)")
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
    compares: tuple[int, int] | None = None
    """The estimates of two groups, each with its interval, that it is known to compare."""

    def bare(self, document: Document) -> tuple[int, int]:
        """Return where the digits stand in the text."""
        start, end = document.tokens.starts[self.first], document.tokens.ends[self.last]
        found = _LAST_DIGITS.search(document.tokens.text, start, end)
        return (start, end) if found is None else found.span()

    @property
    def is_elsewhere(self) -> bool:
        """Whether it tests an interaction, a trend or heterogeneity, and so no estimate."""
        return self.test in _ELSEWHERE


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
            if value is not None and len(value["digits"]) <= _LONGEST:
                found.append(_read(document, at, at, value["rel"] or "=", value["digits"], value["power"], general))
                found += _more(document, found[-1], general)
        elif (far := P_FAR.match(letters, at)) is not None:
            token = far.start("value")
            if document.value(token) <= 1 and len(tokens[token]) <= _LONGEST:
                found.append(_read(document, at, token, tokens[far.start("rel")], tokens[token], "", general))
    for p in found:
        for token in range(p.first, p.last + 1):
            document.used[token] = 1
    return [p for p in found if not _is_level(document, p)]


_NEXT = re.compile(r"(?:,a?|a)(?P<rel>[re]?)(?P<value>d)(?=[),;aRS])")
_LIST_ENDS = re.compile(r"\)|,?R|;|S")


def _more(document: Document, first: PToken, general: int | None) -> list[PToken]:
    """Return the P values whose letter stands but once, before the first of a list: "P = .02, .003, and < .001"."""
    letters, found, at = document.letters, list[PToken](), first.last + 1
    while (one := _NEXT.match(letters, at)) is not None:
        token = one.start("value")
        relation = document.tokens[token - 1] if one["rel"] else "=" if first.relation == "=" else ""
        if not relation or document.value(token) > 1 or document.decimals(token) < 2:
            return []
        begin = token - len(one["rel"])
        found.append(_read(document, begin, token, relation, document.tokens[token], "", general))
        at = token + 1
    return found if _LIST_ENDS.match(letters, at) else []


_LONGEST = 24
"""Characters of a P value; what is longer is none."""
_LEVEL_BEHIND = re.compile(
    r"[)\]]?,? (?:for both|for all)? ?(?:(?:was|were|is|are|being) )?(?:considered|deemed|regarded|taken|accepted"
    r"|(?:indicat|denot|defin|represent)\w+(?= (?:[a-z]+ ){0,4}significan))\b"
)
_LEVEL_BEFORE = re.compile(
    r"\b(?:significance(?: level)?|threshold|cut-?off|nominal|level|significant)\b(?: (?:was|were|is|are|set|defined"
    r"|considered|accepted|declared|assessed|at|if|when|as|of|to|be|the|an?))*[ (:,]*"
    r"(?:(?:one|two|1|2)-sided )?$"
)
_THRESHOLD = re.compile(
    r"\b(?:significance|efficacy|superiority|stopping|boundary|alpha) thresholds? (?:for|of|at)\b[^.;,()0-9]{2,110}"
    r"\b(?:was|were|is) (?:set at )?(?:a )?(?:(?:one|two)-sided )?$"
)
_SET = re.compile(r"\b(?:set|defined|considered|accepted|declared|threshold|cut-?off|nominal|if|when)\b")


def _is_level(document: Document, p: PToken) -> bool:
    """Whether a P is the level of significance, and tests nothing: "P < .05 was considered significant"."""
    tokens = document.tokens
    if not p.relation.startswith("<"):
        start = max(tokens.starts[document.sentence(p.first)[0]], tokens.starts[p.first] - 140)
        return "hreshold" in tokens.text[start : tokens.starts[p.first]] and (
            _THRESHOLD.search(tokens.text, start, tokens.starts[p.first]) is not None
        )
    if _LEVEL_BEHIND.match(tokens.text, tokens.ends[p.last]):
        return True
    start = max(tokens.starts[document.sentence(p.first)[0]], tokens.starts[p.first] - 90)
    before = _LEVEL_BEFORE.search(tokens.text, start, tokens.starts[p.first])
    return before is not None and _SET.search(before[0]) is not None


def _behind_chi(document: Document, start: int, first: int) -> re.Match[str] | None:
    """Return the chi-square with its degrees of freedom between an interval and a P value, if one stands there."""
    text, end = document.tokens.text, document.tokens.starts[first]
    begin = max(document.tokens.starts[start], end - _BEHIND)
    if "d" not in text[max(begin, end - 12) : end]:
        return None
    return _OF_STUDIES.search(text, begin, end)


_BEHIND = 160


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
    test = None
    if _ANY_TEST.search(label) is not None:
        test = next((name for name, expression in _TESTS.items() if expression.search(label)), None)
    if test is None and document.letters[first - 1 : first] == "(":
        named = _NAMED_TEST.search(document.text_between(max(start, first - 2), first))
        test = None if named is None else named[1]
    if test is None and (behind_chi := _behind_chi(document, start, first)) is not None:
        test = "heterogeneity" if int(behind_chi["df"]) > 1 else None
    if test is None:
        begin, end = document.sentence(first)
        near = document.text_between(max(begin, first - _NEAR), min(end, last + _NEAR))
        if ("inferior" in near or "equivalence" in near) and _MARGIN.search(near) is not None:
            test = "non-inferiority"  # the sentence speaks of a margin, and the P value of nothing else
    relation = relation.replace(" ", "").replace("\x00", "")
    if "than" in relation:
        relation = ("<" if relation[0] in "ls" else ">") + ("=" if "equal" in relation else "")
    relation = {"≤": "<=", "≥": ">=", "<=": "<=", ">=": ">=", "<": "<", ">": ">"}.get(relation, "=")
    if power and digits == "10":
        digits = "1"  # "P < 10-4"
    digits = re.sub(r"[ \x00]", "", digits).replace("/", ".").replace(",", ".")
    if power:
        digits = f"0{digits}" if digits.startswith(".") else digits
        digits += "e-" + re.sub(r"^e-|^ ?(?:[x×*] ?10)? ?\^? ?\(? ?-? ?|\)", "", power)
    behind = document.text_between(last + 1, min(last + 9, document.sentence(first)[1]))
    several = _OF_SEVERAL.match(behind) is not None
    return PToken(first, last, relation, digits, (1 if sides[1] else 2) if sides else general, test, of_several=several)


# --------------------------------------------------------------------------------------------------
# P values of intervals
# --------------------------------------------------------------------------------------------------
_ADJACENT = re.compile(r"[uw]{0,2}\)*[uw]{0,2}\)*[,;:.]?a?w{0,3}[,;:]?\(?w{0,3}[,:]?")
_ADJACENT_EFFECT = re.compile(r"[uw]{0,2}\)*[,;:]?(?:[^dqPSEkx]|dm?(?=[uw])){0,14}")
GROUP_MEASURES = frozenset(("proportion", "median", "mean", "survival"))
"""What has a value in each group, so that a P behind two of them compares the groups."""


def attach(document: Document, intervals: list[Interval], p_values: list[PToken]) -> None:
    """Give each P value to the interval it belongs to, if it belongs to one."""
    ends = [max(i.last, i.lower, i.upper) for i in intervals]
    for number, p in enumerate(p_values):
        if p.is_elsewhere or p.of_several or p.taken:
            continue
        # Only neighbours can own it: the time stays linear in the length of the text.
        at = bisect_left(ends, p.first)
        near = intervals[max(0, at - 4) : at + 4]
        others = p_values[max(0, number - 3) : number + 4]
        owner = (
            _between(near, p)
            or _right_before(document, near, p)
            or _in_its_bracket(document, near, p, others)
            or _before(document, near, p)
            or _behind(document, near, p)
            or _leading(document, near, p, others)
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


_TO_A_LABEL = re.compile(r"[,;]?\(?q?")


def _right_before(document: Document, intervals: list[Interval], p: PToken) -> Interval | None:
    """Return the interval without estimate behind a P that leads a clause: "; P = .02, 95% CI (2, 8) for tea"."""
    if document.letters[p.first - 1 : p.first] not in (";", "a"):
        return None
    for interval in intervals:
        if interval.estimate < 0 and p.last < interval.label <= p.last + 4:
            return interval if _TO_A_LABEL.fullmatch(document.letters, p.last + 1, interval.label) else None
    return None


def _before(document: Document, intervals: list[Interval], p: PToken) -> Interval | None:
    """Return the contrast whose bracket opens where that of the P closes: "(P = .02) (odds ratio 0.4, CI 0.2-0.8)"."""
    for interval in intervals:
        if (
            p.last < interval.first <= p.last + 9
            and interval.measure not in GROUP_MEASURES
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
            if _is_second_group(document, intervals, last) or _is_of_a_ratio(document, last, p):
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


_BARE_NUMBER = re.compile(r"(?P<ratio>d)[,;]?w{0,2}$")


def _is_of_a_ratio(document: Document, interval: Interval, p: PToken) -> bool:
    """Whether a ratio of two groups stands between the rate of one and the P: "96% (CI, 95 to 98; HR, 0.81; P"."""
    if interval.measure not in GROUP_MEASURES:
        return False
    end = max(interval.last, interval.lower, interval.upper) + 1
    found = _BARE_NUMBER.search(document.letters, end, p.first)
    return found is not None and not document.used[found.start()] and named_ratio(document, found.start())


_LEADS_TO = re.compile(r"\)?[,;:]?\(?w{1,3}[e:,o]{0,2}\(?")


def _leading(document: Document, intervals: list[Interval], p: PToken, p_values: list[PToken]) -> Interval | None:
    """Return the interval right behind a P that has nothing before it: "P = .03; OR 2.1; 95% CI 1.1 to 4.0"."""
    first, _ = document.sentence(p.first)
    behind = next((i for i in intervals if i.first > p.last and i.estimate == i.first), None)
    if behind is None or behind.measure in GROUP_MEASURES:
        return None
    if _LEADS_TO.fullmatch(document.letters, p.last + 1, behind.first) is None:
        return None
    end = max(behind.last, behind.upper) + 6
    if any(p.last < q.first <= end for q in p_values):
        return None
    said = document.tokens.text[document.tokens.starts[first] : document.tokens.starts[p.first]]
    before = STATISTIC_SAID.sub("", said)
    return None if any(character.isdigit() for character in before) else behind


def _are_compared(document: Document, first: Interval, second: Interval) -> bool:
    """Whether two intervals of one bracket are results of groups: "(9.1 months; CI ...; v 6.4 months; CI ...; P"."""
    if second.first < first.lower < second.lower:
        return True  # "35% v 23% (95% CI 23-48 v 13-35; P": listed side by side
    between = document.letters[max(first.lower, first.upper) : second.first]
    return first.measure == second.measure and first.measure in GROUP_MEASURES | {"difference"} and "v" in between


def _is_second_group(document: Document, intervals: list[Interval], second: Interval) -> bool:
    """Whether an interval is the other group's result of the one before: "31% (19/61; CI ...) v 15% (...; P = .09)"."""
    at = intervals.index(second)
    first = intervals[at - 1] if at else None
    if first is None or second.measure not in GROUP_MEASURES or first.measure != second.measure:
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
    if len(between) < 40 and ("d" in between or "q" in between):
        words = document.tokens.text[document.tokens.ends[last.last] : document.tokens.starts[p.first]]
        if STATISTICS.fullmatch(words) is not None:
            between = ","
    if last.measure in GROUP_MEASURES:
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
