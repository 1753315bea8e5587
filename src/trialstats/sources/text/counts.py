"""Find percentages printed with their counts: 8 of 32 (25%), 317 (91%) of 349, 25% (8/32)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from trialstats.claims.populations import sizes_printing
from trialstats.reported import Reported
from trialstats.sources.text.document import Document
from trialstats.sources.text.estimates import NAMES
from trialstats.sources.text.lex import NUMBER_WORDS
from trialstats.sources.text.value_words import PEOPLE
from trialstats.sources.text.written_forms import COUNTS

# Two groups, three months: a number that counts no patients.
_NO_PATIENTS_TEXT = (
    "group groups arm arms dose doses trial trials study studies treatments treatment regimens regimen cohorts "
    "sites countries centres centers fold times x th st nd rd hospitals schools reviewers databases and or"
)
_NO_PATIENTS = frozenset(_NO_PATIENTS_TEXT.split())

# "25/39 villages had 100%", "3 sets of 10 at 70%": what such a word leads to is no share of the count before.
_LEADS_ON_TEXT = "at had have has having with received achieved to by than a an"
_LEADS_ON = frozenset(_LEADS_ON_TEXT.split())

_PREPOSITIONS_TEXT = "in for with at overall each total after during by per from on as"
_PREPOSITIONS = frozenset(_PREPOSITIONS_TEXT.split())


@dataclass(slots=True)
class Count:
    """A percentage with its count, as token indices (-1 where there is none)."""

    percent: int
    x: int
    n: int
    value: int
    first: int
    last: int
    elsewhere: bool = False
    """Whether the denominator stands at the head of the sentence, not beside the count."""


def find_counts(document: Document) -> list[Count]:
    """Return the percentages of a text that are printed with a count, in order.

    A percentage that is also the estimate of an interval is among them: the caller joins the two.
    """
    letters = document.letters
    found = _pairs_behind(document) | _lists_of(document, _LISTS_BEHIND) | _lists_of(document, _LISTS_AHEAD)
    taken = {token for count in found.values() for token in (count.x, count.n) if token >= 0}
    for strict, expression in COUNTS:
        at = 0
        while (match := expression.search(letters, at)) is not None:
            at = match.start() + 1
            groups = match.groupdict()
            percent, x = match.start("q"), match.start("x" if groups.get("x") else "x2")
            n = match.start("n") if groups.get("n") else -1
            if percent in found or x in taken or n in taken:
                continue
            end = match.end("x" if groups.get("x") else "x2")
            value = value_of_count(document, x, end)
            if value and n < 0 and percent > x and (counted := _counted_of(document, percent, x, value)) >= 0:
                x, n, end = counted, x, counted + 1
                value = value_of_count(document, x, end)
            if value is None or not _plausible(document, percent, x, end, value, n, strict=strict):
                continue
            first, last = min(percent, x), max(percent, end - 1, n)
            if (
                last == percent
                and letters[percent + 1 : percent + 2] == ")"
                and document.partner.get(percent + 1, -1) >= first
            ):
                last += 1
            found[percent] = Count(percent, x, n, value, first, last)
            taken.update((x, n) if n >= 0 else (x,))
            at = max(at, end)
    for count in found.values():
        if count.n < 0:
            count.n = _at_the_head(document, count)
            count.elsewhere = count.n >= 0
    return [found[percent] for percent in sorted(found)]


_PAIR_BEHIND = re.compile(
    r"(?P<x1>d)(?:o(?P<n1>d))?[wou]{0,9},?[av](?P<x2>d)(?:o(?P<n2>d))?[wou]{0,9}(?:,[wR]{1,2})?\((?P<q1>q)v(?P<q2>q)(?=[;,)])"
)


def _pairs_behind(document: Document) -> dict[int, Count]:
    """Return the percentages of two arms behind both counts: "163 in the one group and 169 in the other (2% v 2%)"."""
    found = {}
    for match in _PAIR_BEHIND.finditer(document.letters):
        pairs = [(match.start("x1"), match.start("q1")), (match.start("x2"), match.start("q2"))]
        values = [value_of_count(document, x, x + 1) for x, _ in pairs]
        shares = [document.value(q) for _, q in pairs]
        if any(value is None or document.used[x] for (x, _), value in zip(pairs, values, strict=True)):
            continue
        sizes = [match.start("n1") if match["n1"] else -1, match.start("n2") if match["n2"] else -1]
        fits = all(
            size < 0 or _is_of(document.digits(size), value or 0, share, strict=False, divided=False)
            for size, value, share in zip(sizes, values, shares, strict=True)
        )
        if min(shares) > 0 and any(values) and fits and _of_like_arms(values, shares):
            for (x, q), value, size in zip(pairs, values, sizes, strict=True):
                found[q] = Count(q, x, size, value or 0, q, q)
    return found


_SHARED = r"[wou]{0,9}(?:,?[av]|[,;])w{0,6}"
_JOINED = r"(?:,?[av]|[,;/])"


def _list_behind(groups: int) -> re.Pattern[str]:
    counts = _SHARED.join(rf"(?P<x{i}>d)(?:/|w{{0,3}}ow{{0,3}})(?P<n{i}>d)" for i in range(groups))
    shares = _JOINED.join(rf"(?P<q{i}>q)" for i in range(groups))
    return re.compile(rf"(?<![/m.]){counts}[wou]{{0,9}},?\({shares}(?=[;,)R])")


def _list_ahead(groups: int) -> re.Pattern[str]:
    shares = _SHARED.join(rf"(?P<q{i}>{'q' if i == groups - 1 else '[qd]'})" for i in range(groups))
    counts = _SHARED.join(rf"(?P<x{i}>d)(?:/|w{{0,3}}ow{{0,3}})(?P<n{i}>d)" for i in range(groups))
    return re.compile(rf"(?<![/m.]){shares}[wou]{{0,9}},?[(;]w{{0,2}}{counts}(?![/d])")


_LISTS_BEHIND = tuple((groups, _list_behind(groups)) for groups in (4, 3, 2))
_LISTS_AHEAD = tuple((groups, _list_ahead(groups)) for groups in (4, 3, 2))


def _lists_of(document: Document, lists: Iterable[tuple[int, re.Pattern[str]]]) -> dict[int, Count]:
    """Return the percentages listed behind or before as many counts with their totals.

    "30/60, 25/61 and 10/59 (50%, 41%, 17%)", "24% with X and 25% with Y (12/50 and 13/52)".
    Only where all but a misprinted third are their counts', or the order of the lists would be no more than a guess.
    """
    found: dict[int, Count] = {}
    for groups, expression in lists:
        for match in expression.finditer(document.letters):
            trios = [tuple(match.start(f"{name}{i}") for name in "xnq") for i in range(groups)]
            if any(q in found or document.used[x] or document.used[n] for x, n, q in trios):
                continue
            counts = [Count(q, x, n, value_of_count(document, x, x + 1) or 0, q, q) for x, n, q in trios]
            fitting = sum(_prints(document, count.percent, count.value, count.n) for count in counts)
            if fitting >= max(2, groups - 1):
                found |= {count.percent: count for count in counts if document.letters[count.percent] == "q"}
    return found


def _of_like_arms(values: list[int | None], shares: list[float]) -> bool:
    """Whether two counts are their percentages of groups that are no more than three times as large as each other."""
    first, second = (100 * (value or 0) / share for value, share in zip(values, shares, strict=True))
    return 0 < first < 3.2 * second and second < 3.2 * first


_HEAD = re.compile(r"[ow]w{0,2}(?P<n>[dk])w")
_HEAD_WORDS = frozenset(("of", "among"))


def _at_the_head(document: Document, count: Count) -> int:
    """Return the denominator named first in a count's sentence, if it agrees: "Of the 34 women, 25 (74%)"."""
    first, _ = document.sentence(count.first)
    if document.letters[first : first + 1] not in ("o", "w") or document.tokens[first] not in _HEAD_WORDS:
        return -1
    found = _HEAD.match(document.letters, first, count.first)
    if found is None:
        return -1
    n = found.start("n")
    size = value_of_count(document, n, n + 1)
    if not size or size < count.value or document.used[n]:
        return -1
    fitting = sizes_printing(count.value, Reported(document.digits(count.percent), "%"))
    if fitting is None or size < fitting[0] or (fitting[1] is not None and size > fitting[1]):
        return -1
    return n


def value_of_count(document: Document, x: int, end: int) -> int | None:
    """Return the value of a count in digits or words."""
    letters = document.letters
    if letters[x] == "d":
        digits = document.digits(x)
        return int(digits) if digits.isdecimal() and len(digits) < 10 else None
    value = 0
    for at in range(x, end):
        if letters[at] == "k":
            # "One hundred and fifty-two"
            part = NUMBER_WORDS[document.tokens[at]]
            value = max(value, 1) * 100 if part == 100 else value + part
    return value


def _plausible(document: Document, percent: int, x: int, end: int, value: int, n: int, *, strict: bool) -> bool:
    letters, tokens = document.letters, document.tokens
    if document.used[x] or (n >= 0 and document.used[n]):
        return False
    if document.used[percent] == 2 or letters[percent + 1 : percent + 2] in ("C", "l"):
        # "31/51 [95% CI": the level of an interval.
        return False
    if _is_of_something_else(document, percent, x, value, n):
        return False
    divided = letters.startswith("/", x + 1)
    if n >= 0 and not _is_of(document.digits(n), value, document.value(percent), strict=strict, divided=divided):
        return False
    after = letters[percent + 1 : percent + 2]
    if n < 0 and percent > x and after == "w" and tokens[percent + 1] not in _PREPOSITIONS:
        # "18,520 participants (96% male": a percentage of something else.
        return False
    apart = n < 0 and percent > x and letters[end : end + 1] != "(" and not _counts_people(document, end, percent)
    if apart and not _some_number(value, document.digits(percent)):
        # "At least one attempt (94.7%": that number is counted by nobody's percentage.
        return False
    if x > 1 and letters[x - 1] == "o" and letters[x - 2] in "dk":
        # "Three out of four (75%)".
        return False
    if x and letters[x - 1] in "mrz/.+" and not (letters[x - 1] == "m" and x > 1 and letters[x - 2] in "wuk)"):
        return False
    if letters[end : end + 1] in ("u", "m", "z", "/") and not (letters[end] == "/" and n >= 0):
        return False
    if letters[end : end + 1] == "w" and tokens[end] in _NO_PATIENTS:
        return False
    if n < 0 and value >= 1900 and value < 2100 and letters[x] == "d" and letters[end] == "(" and "," not in tokens[x]:
        before = tokens[x - 1] if x else ""
        if before in ("in", "since", "by", "during", "until", "to", "and", "from"):
            return False
    return not names_something(document, x)


_ONE_WORD_OF_PEOPLE = re.compile(PEOPLE)


def _counts_people(document: Document, end: int, percent: int) -> bool:
    """Whether nothing but those counted stands before a bracket with the percentage: "36 patients (53.2%"."""
    return document.letters[end:percent] == "w(" and _ONE_WORD_OF_PEOPLE.fullmatch(document.tokens[end]) is not None


def _is_of_something_else(document: Document, percent: int, x: int, value: int, n: int) -> bool:
    """Whether the words or signs about a percentage make it no share of the count beside it."""
    letters = document.letters
    if percent and letters[percent - 1] == "z":
        return True  # "4.5 ± 0.1% (n = 9)"
    if n >= 0 and percent > n and letters[percent - 1] == "w" and document.tokens[percent - 1] in _LEADS_ON:
        return True
    if n >= 0 and percent < x and _ANOTHER_PART.match(letters, n + 1) and not _prints(document, percent, value, n):
        # "13%, 2/14 in one group and 1/9 in the other": the percentage is of both.
        return True
    before = document.text_between(max(document.sentence(x)[0], x - 10), x)
    if n < 0 and percent > x and document.value(percent) == 0 and _NOBODY.search(before):
        return True  # "no deaths in 45 (0%)"
    if n < 0 and _TYPICAL.search(before):
        return True  # "the most common number of doses was 5 (32% of patients)"
    if n >= 0 and percent < x and _is_last_of_others(document, percent, n) and not _prints(document, percent, value, n):
        return True
    if (
        n >= 0
        and percent > n
        and _is_first_of_others(document, percent, x)
        and not _prints(document, percent, value, n)
    ):
        return True
    # "83% (29/35; 66% to 94%)": the lower bound of an interval.
    return percent > x and letters[percent + 1 : percent + 3] in ("tq", "mq")


_NOBODY = re.compile(r"\b(?:no|none|nobody|without)\b")
_TYPICAL = re.compile(
    r"\b(?:common|frequent|usual|typical|median|mean|average) (?:number|score|dose|grade|level|size)\b"
)
_FIRST_OF_LIST = re.compile(r"(?:,?[av]|[,;])q")
_BEHIND_A_COUNT = re.compile(rf"d(?:/|w{{0,3}}ow{{0,3}})d{_SHARED}$")


def _is_first_of_others(document: Document, percent: int, x: int) -> bool:
    """Whether a percentage is the first of a list, and the count the last: "12/48 and 20/50 rowers (17% and 83%"."""
    listed = _FIRST_OF_LIST.match(document.letters, percent + 1) is not None
    return listed and _BEHIND_A_COUNT.search(document.letters, max(0, x - 26), x) is not None


_BEHIND_A_SHARE = re.compile(rf"[qd]{_SHARED}$")
_BEFORE_A_COUNT = re.compile(rf"{_SHARED}d(?:/|w{{0,3}}ow{{0,3}})d")


def _is_last_of_others(document: Document, percent: int, n: int) -> bool:
    """Whether a percentage is the last of a list, and the count the first: "17% and 83% (12/70 and 20/24"."""
    letters = document.letters
    listed = _BEHIND_A_SHARE.search(letters, max(0, percent - 18), percent) is not None
    return listed and _BEFORE_A_COUNT.match(letters, n + 1) is not None


def _counted_of(document: Document, percent: int, total: int, value: int) -> int:
    """Return the count whose percentage stands behind its total: "21 mutations were found in 951 patients (2.2%)"."""
    letters, tokens = document.letters, document.tokens
    if not total or tokens[total - 1] not in ("in", "among"):
        return -1
    for at in range(total - 2, max(document.sentence(total)[0], total - 10) - 1, -1):
        if letters[at] in "dk":
            counted = value_of_count(document, at, at + 1)
            fits = counted is not None and 0 < counted < value and _prints(document, percent, counted, total)
            return at if fits else -1
    return -1


_ANOTHER_PART = re.compile(r"w{1,6}[,;]?[av;,]{1,2}w{0,2}[dk](?:/|w{0,3}o)[dk]")


def _prints(document: Document, percent: int, value: int, n: int) -> bool:
    """Whether a count of a denominator is the printed percentage."""
    fitting = sizes_printing(value, Reported(document.digits(percent), "%"))
    size = value_of_count(document, n, n + 1)
    if not size or fitting is None:
        return False
    return fitting[0] <= size <= (fitting[1] or size)


def _is_of(digits: str, value: int, share: float, *, strict: bool, divided: bool) -> bool:
    """Whether a number may be the denominator of a count and its percentage."""
    if not digits.isdecimal() or len(digits) > 9 or int(digits) == 0:
        return False
    size = int(digits)
    if size < value and (not strict or share <= 100):
        # "140% (14/10)": more than all only where the percentage says so too.
        return False
    if 1900 <= value < 2100 and size == value + 1 and divided:
        # "In 2008/2009": a year.
        return False
    # A misprint stays a claim where the form leaves no doubt; a loose form must agree with its percentage.
    near = abs(100 * value / size - share) <= 2 + 50 / size
    return near or (strict and share <= 100 and size >= value)


def _some_number(x: int, digits: str) -> bool:
    """Whether a count is a printed percentage of some whole number of patients."""
    percent = Reported(digits, "%")
    return percent.value > 1 or sizes_printing(x, percent) is not None


_PATIENTS_TEXT = (
    "patients participants subjects women men children persons people adults infants individuals cases events deaths"
)
_PATIENTS = frozenset(_PATIENTS_TEXT.split())
_COUNTED = re.compile(r"d(?:/|(?:\(q\))?w{0,3}ow{0,2})d")


def _is_a_result(document: Document, token: int) -> bool:
    """Whether a number goes on with the sentence, not with a list: "at week 12, 30 of 60", "arm 1 and 16 (4%)"."""
    letters = document.letters
    written_out = _COUNTED.match(letters, token)
    if written_out is not None and letters[written_out.end() : written_out.end() + 1] == "m":
        return False  # "on days 1, 8 and 15 of a 28-day cycle"
    counted = written_out is not None or letters.startswith("(q)", token + 1)
    if letters[token] == "q" or counted:
        return True
    return letters[token + 1 : token + 2] == "w" and document.tokens[token + 1] in _PATIENTS


_SCALES = frozenset(("gcs", "ecog", "asa", "apgar", "nyha", "score", "scores", "grade", "stage", "status", "class"))
"""Scales of which a patient has a number: "17 patients with GCS of 7 (53%)"."""


def names_something(document: Document, token: int) -> bool:
    """Whether a number is part of a name: grade 3, grade 3 or 4, stage 2-3, weeks 2, 3 and 4."""
    letters = document.letters
    for _ in range(4):
        if token == 0:
            return False
        before = document.tokens[token - 1]
        if before == "of" and token > 1 and document.tokens[token - 2] in _SCALES:
            return True
        if before in NAMES and before != "n":
            # "week 6", but "at six months 72/240 (30%)"
            return not (letters[token - 1] == "u" and letters[token - 2 : token - 1] in ("d", "k"))
        if (letters[token - 1] not in "mat/," and before != "or") or letters[token] == "k":
            return False
        if letters[token - 1] in ",a" and _is_a_result(document, token):
            return False
        # Over "3 and", "3, and", "3,".
        token -= 2 if letters[token - 2 : token - 1] in ("d", "k") else 3
        if token < 0 or letters[token] not in "dk" or letters[token + 1] not in "mat/,w":
            return False
    return False
