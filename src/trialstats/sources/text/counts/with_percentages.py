"""Find percentages printed with their counts: 8 of 32 (25%), 317 (91%) of 349, 25% (8/32)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from trialstats.sources.text.counts.in_turn import counts_in_turn
from trialstats.sources.text.counts.told_totals import PEOPLE_NEXT, give_totals
from trialstats.sources.text.numbers.of_things import ONE_WORD_OF_PEOPLE, names_something
from trialstats.sources.text.numbers.with_percentage import Count, is_of, prints, some_number, value_of_count
from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.tokens.written_forms import COUNTS

# Two groups, three months: a number that counts no patients.
_NO_PATIENTS_TEXT = (
    "group groups arm arms dose doses trial trials study studies treatments treatment regimens regimen cohorts "
    "sites countries centres centers fold times x th st nd rd hospitals schools reviewers databases and or"
)
_NO_PATIENTS = frozenset(_NO_PATIENTS_TEXT.split())

# "25/39 villages had 100%", "3 sets of 10 at 70%": what such a word leads to is no share of the count before.
_LEADS_ON_TEXT = "at had have has having with received achieved to by than a an"
_LEADS_ON = frozenset(_LEADS_ON_TEXT.split())

# "6 (26%) of the patients receiving 25 mg": a dose
_GIVEN = frozenset(("receiving", "given", "taking", "on", "at", "with", "aged", "over", "under", "than"))

_PREPOSITIONS_TEXT = "in for with at overall each total after during by per from on as"
_PREPOSITIONS = frozenset(_PREPOSITIONS_TEXT.split())


def find_counts(document: Document) -> list[Count]:
    """Return the percentages of a text that are printed with a count, in order.

    A percentage that is also the estimate of an interval is among them: the caller joins the two.
    """
    letters = document.letters
    found = (
        _in_turn(document)
        | _pairs_behind(document)
        | _lists_of(document, _LISTS_BEHIND)
        | _lists_of(document, _LISTS_AHEAD)
        | _with_their_arms(document)
        | _in_so_many(document)
    )
    taken = {token for count in found.values() for token in (count.x, count.n) if token >= 0}
    for strict, expression in COUNTS:
        at = 0
        while (match := expression.search(letters, at)) is not None:
            at = match.start() + 1
            groups = match.groupdict()
            percent, x = match.start("q"), match.start("x" if groups.get("x") else "x2")
            n = match.start("n") if groups.get("n") else -1
            if n > 0 and document.tokens[n - 1] in _GIVEN:
                n = -1
            if percent in found or x in taken or n in taken or _is_power(document, percent):
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
    in_order = [found[percent] for percent in sorted(found)]
    give_totals(document, in_order)
    return in_order


def _is_power(document: Document, percent: int) -> bool:
    """Whether a percentage is a power: "20 clusters of 30 patients for 80% power"."""
    return document.tokens.text.startswith(" power", document.tokens.ends[percent])


def _in_turn(document: Document) -> dict[int, Count]:
    """Return the percentages of counts whose totals stand behind them in turn, if but one of them is misprinted."""
    found: dict[int, Count] = {}
    for one in counts_in_turn(document):
        counts = [
            Count(q, x, n, int(document.digits(x)), min(q, x), max(q, x))
            for x, n, q in zip(one.x, one.n, one.q, strict=bool(one.q))
        ]
        if sum(prints(document, count.percent, count.value, count.n) for count in counts) >= max(1, len(counts) - 1):
            found |= {count.percent: count for count in counts}
    return found


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
            size < 0 or is_of(document.digits(size), value or 0, share, strict=False, divided=False)
            for size, value, share in zip(sizes, values, shares, strict=True)
        )
        if min(shares) > 0 and any(values) and fits and _of_like_arms(values, shares):
            for (x, q), value, size in zip(pairs, values, sizes, strict=True):
                found[q] = Count(q, x, size, value or 0, q, q)
    return found


_WITH_ITS_ARM = (
    re.compile(r"(?P<x>d)w{0,2}ow{0,2}(?P<n>d)[wt]{2,9}\((?P<q>q)\)"),
    re.compile(r"(?P<q>q)[ow]{2,7}\((?P<x>d)(?:/|w{0,2}ow{0,2})(?P<n>d)w{0,2}\)"),
)


def _with_their_arms(document: Document) -> dict[int, Count]:
    """Return the percentages of which one is not its count's, with what was done to those counted between.

    "31 of the 95 given sugar (33%) and 52 of the 97 given tea (45%)", or "33% of the sugar group (31 of 95 women)"; at
    least half of those of a form in a sentence must be their counts'. A form may be loose where all of them are.
    """
    found: dict[tuple[int, int], list[Count]] = {}
    for form, expression in enumerate(_WITH_ITS_ARM):
        for match in expression.finditer(document.letters):
            x, n, q = match.start("x"), match.start("n"), match.start("q")
            value = value_of_count(document, x, x + 1)
            if value is not None and not (document.used[x] or document.used[n] or document.used[q]):
                count = Count(q, x, n, value, min(q, x), max(q, n) + 1)
                found.setdefault((form, document.sentence(x)[0]), []).append(count)
    fitting = {key: sum(prints(document, one.percent, one.value, one.n) for one in same) for key, same in found.items()}
    return {
        one.percent: one for key, same in found.items() for one in same
        if fitting[key] < len(same) <= 2 * fitting[key]
    }  # fmt: skip


_IN_SO_MANY = re.compile(
    r"(?P<x>d|(?<!k)k)w{0,4}\(r?(?P<q>q)(?:[,;(][^()S]{0,14})?(?:\([^()S]{0,14}\))?\)w{1,3}(?P<n>d)(?=w)"
)
_IN_MANY = re.compile(r"\b(?:in|among) (?:the |all )?$")


def _in_so_many(document: Document) -> dict[int, Count]:
    """Return the percentages of counts among so many people: "31 (33%) in 95 women given sugar"."""
    found = dict[int, Count]()
    text, starts, ends = document.tokens.text, document.tokens.starts, document.tokens.ends
    for match in _IN_SO_MANY.finditer(document.letters):
        x, n, q = match.start("x"), match.start("n"), match.start("q")
        value = value_of_count(document, x, x + 1)
        if value is None or document.used[x] or document.used[n] or document.used[q]:
            continue
        if _IN_MANY.search(text, starts[n] - 12, starts[n]) is None or PEOPLE_NEXT.match(text, ends[n]) is None:
            continue
        if prints(document, q, value, n):
            found[q] = Count(q, x, n, value, x, n)
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
            fitting = sum(prints(document, count.percent, count.value, count.n) for count in counts)
            if fitting >= max(2, groups - 1):
                found |= {count.percent: count for count in counts if document.letters[count.percent] == "q"}
    return found


def _of_like_arms(values: list[int | None], shares: list[float]) -> bool:
    """Whether two counts are their percentages of groups that are no more than three times as large as each other."""
    first, second = (100 * (value or 0) / share for value, share in zip(values, shares, strict=True))
    return 0 < first < 3.2 * second and second < 3.2 * first


def _is_held_against_a_count(document: Document, x: int) -> bool:
    """Whether a number of no percentage stands against one: "11 v 24 falls (54%", but not "0 v 24 (31%)"."""
    letters = document.letters
    held = letters[max(0, x - 2) : x] == "dv" and letters[max(0, x - 3) : x - 2] not in ("/", "o")
    return held and document.value(x - 2) > 0


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
    if n >= 0 and not is_of(document.digits(n), value, document.value(percent), strict=strict, divided=divided):
        return False
    after = letters[percent + 1 : percent + 2]
    if n < 0 and percent > x and after == "w" and tokens[percent + 1] not in _PREPOSITIONS:
        # "18,520 participants (96% male": a percentage of something else.
        return False
    apart = n < 0 and percent > x and letters[end : end + 1] != "(" and not _counts_people(document, end, percent)
    if apart and not some_number(value, document.digits(percent)):
        # "At least one attempt (94.7%": that number is counted by nobody's percentage.
        return False
    if x > 1 and letters[x - 1] == "o" and letters[x - 2] in "dk":
        # "Three out of four (75%)".
        return False
    if x and letters[x - 1] in "mrz/.+" and not (letters[x - 1] == "m" and x > 1 and letters[x - 2] in "wuk)"):
        return False
    if n < 0 and percent > x and _is_held_against_a_count(document, x):
        return False  # "11 v 24 falls (54%": of how much fewer
    if letters[end : end + 1] in ("u", "m", "z", "/") and not (letters[end] == "/" and n >= 0):
        return False
    if letters[end : end + 1] == "w" and tokens[end] in _NO_PATIENTS:
        return False
    if n < 0 and value >= 1900 and value < 2100 and letters[x] == "d" and letters[end] == "(" and "," not in tokens[x]:
        before = tokens[x - 1] if x else ""
        if before in ("in", "since", "by", "during", "until", "to", "and", "from"):
            return False
    # "class 1 (21%), 2 (60%) and 3 (19%) of 100 adults": the total behind the last is that of all.
    may_be_level = percent > x and (n < 0 or (percent < n and not prints(document, percent, value, n)))
    return not (names_something(document, x) or (may_be_level and _is_a_level(document, x, value)))


_LEVELS_TEXT = (
    "status ecog ps asa nyha class classes category categories score scores grade grades stage stages level levels "
    "type types genotype genotypes gcs apgar gleason parity zubrod"
)
_LEVELS = frozenset(_LEVELS_TEXT.split())
_HIGHEST_LEVEL = 10
_AS = frozenset(("was", "were", "of", ":", "=", "is"))


def _is_a_level(document: Document, x: int, value: int) -> bool:
    """Whether a number before a percentage is one of a scale: "performance status 0 (62%) or 1 (38%)".

    The scale is named right before it or before the first of its list, in which one level follows the other. A 0 with
    another percentage than 0 that goes on to a 1 counts nobody.
    """
    letters, tokens = document.letters, document.tokens
    if value > _HIGHEST_LEVEL or letters[x] != "d":
        return False
    if value == 0 and (listed := _ONE_BEHIND.match(letters, x)) is not None and document.value(x + 2) >= 1:
        return document.digits(listed.start("next")) == "1"
    at = x - 2 if x > 1 and tokens[x - 1] in _AS else x - 1
    if at >= 0 and tokens[at] in _LEVELS:
        return True
    before = _LEVEL_BEFORE.search(letters, max(0, x - 7), x)
    if before is None or (letters[x - 1] == "w" and tokens[x - 1] != "or"):
        return False
    first = before.start()
    lower = value_of_count(document, first, first + 1)
    return lower is not None and 0 < value - lower <= 2 and _is_a_level(document, first, lower)


_ONE_BEHIND = re.compile(r"d\(q\)[,;]?[aw]?(?P<next>d)\(q\)")
_LEVEL_BEFORE = re.compile(r"d\(q\)[,;]?[aw]?$")


def _counts_people(document: Document, end: int, percent: int) -> bool:
    """Whether nothing but those counted stands before a bracket with the percentage: "36 patients (53.2%"."""
    if document.letters[end:percent] != "w(":
        return False
    noun = document.tokens[end]
    return ONE_WORD_OF_PEOPLE.fullmatch(noun) is not None or _OF_OUTCOME.fullmatch(noun) is not None


_OF_OUTCOME = re.compile(
    r"(?:non-?)?responders|responses|remissions|deaths|relapses|recurrences|failures"
    r"|survivors|cures|withdrawals|dropouts|completers|cases|events"
)
"""People, or what became of each of them, so that a count of them has a share: "36 responders (53.2%)"."""


def _is_of_something_else(document: Document, percent: int, x: int, value: int, n: int) -> bool:
    """Whether the words or signs about a percentage make it no share of the count beside it."""
    letters = document.letters
    if percent and letters[percent - 1] == "z":
        return True  # "4.5 ± 0.1% (n = 9)"
    if n >= 0 and percent > n and letters[percent - 1] == "w" and document.tokens[percent - 1] in _LEADS_ON:
        return True
    if n >= 0 and percent < x and _ANOTHER_PART.match(letters, n + 1) and not prints(document, percent, value, n):
        # "13%, 2/14 in one group and 1/9 in the other": the percentage is of both.
        return True
    before = document.text_between(max(document.sentence(x)[0], x - 10), x)
    if n < 0 and percent > x and document.value(percent) == 0 and _NOBODY.search(before):
        return True  # "no deaths in 45 (0%)"
    if n < 0 and _TYPICAL.search(before):
        return True  # "the most common number of doses was 5 (32% of patients)"
    if n >= 0 and percent < x and _is_last_of_others(document, percent, n) and not prints(document, percent, value, n):
        return True
    if n >= 0 and percent > n and _is_first_of_others(document, percent, x) and not prints(document, percent, value, n):
        return True
    if n < 0 and percent < x and (_has_a_sign(document, percent) or _is_a_mean(document, percent)):
        return True  # "a mean change of -1.32% with tea (n = 180)": how many patients it is of
    if n < 0 and percent < x and _FURTHER_PART.match(letters, x + 1):
        # "90% had a rash (n = 30) or a cough (n = 24)": the percentage is of all of them.
        return True
    # "83% (29/35; 66% to 94%)": the lower bound of an interval.
    return percent > x and letters[percent + 1 : percent + 3] in ("tq", "mq")


def _has_a_sign(document: Document, percent: int) -> bool:
    """Whether a percentage is negative, so that it is no share: "fell by a mean of 2% v -1% (n = 40)"."""
    letters = document.letters
    return (
        letters[percent - 2 : percent - 1] in tuple("wuv(a")
        and letters[percent - 1] == "m"
        and document.touches(percent - 1)
    )


def _is_a_mean(document: Document, percent: int) -> bool:
    first = document.sentence(percent)[0]
    words = document.text_between(max(first, percent - 40), percent)
    return document.letters[percent + 1 : percent + 2] == "w" and _MEAN_BEFORE.search(words) is not None


_MEAN_BEFORE = re.compile(
    r"\b(?:mean|average) [^.;:()0-9]{0,60}(?:[0-9][^.;:()0-9]{0,20})?\b(?:was|were|of|by) "
    r"(?:[-+]?[0-9.]+ ?%(?:[^.;:]|\.(?=[0-9])){0,50}\b(?:and|vs?|versus|compared (?:with|to)) (?:by )?)?[-+]?$"
)
"""Before a mean of percentages, or the second of two: "mean HbA1c change was -1.3% with tea (n = 40) and"."""
_NOBODY = re.compile(r"\b(?:no|none|nobody|without)\b")
_TYPICAL = re.compile(
    r"\b(?:common|frequent|usual|typical|median|mean|average) (?:number|score|dose|grade|level|size)\b"
    # "The most frequent grade 3 event was a rash in six people (9%)": how bad an event was, and no number of its own.
    r"(?! ?(?:[0-9≥>]|i{1,3}v?\b))"
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
            fits = counted is not None and 0 < counted < value and prints(document, percent, counted, total)
            return at if fits else -1
    return -1


_FURTHER_PART = re.compile(r"\),?[aw]w{0,5}\(ned[);]")
_ANOTHER_PART = re.compile(r"w{0,6}[,;]?[av;,]{1,2}w{0,2}[dk](?:/|w{0,3}o)[dk]")
