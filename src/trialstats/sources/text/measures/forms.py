"""What the numbers themselves, and the words about them, say of a measure that is not plainly named."""

from __future__ import annotations

import math
import re

from trialstats.sources.text.tokens.document import Document, Interval
from trialstats.sources.text.words.of_measures import RATIOS, Named, only_ratio

LED_TO = re.compile(
    r"(?:\b(?:was|were|of|is|by|being|at)|[=:]|\A,)(?: (?:only|about|approximately|just))* ?[-+]?[(\[]?$"
)
"""What leads to a number: "was about", "of", an equals sign."""
_AND = re.compile(r"(?:\b(?:and|v|vs|versus|to|with|against|than)\.?|,) ?$")


def same_unit(document: Document, interval: Interval, before: Interval) -> bool:
    """Whether a number without a unit may be of the same kind as the one before it, which has one."""
    if min(interval.estimate, before.estimate) < 0 or "x" in (
        document.letters[interval.estimate], document.letters[before.estimate]
    ):  # fmt: skip
        return False
    value, other = document.value(interval.estimate), document.value(before.estimate)
    start = document.tokens.starts[interval.estimate]
    if "R" in document.letters[max(interval.last, interval.upper) + 1 :][:4] and before.unit == "%":
        other = value  # "61.2% (55-67), 24.1% (19-30) and 1.4 (0.6-2.9), respectively"
    return (
        (value > 1 or interval.signs[0] < 0)
        and (before.unit != "%" or value <= 100)
        and other / 5 <= value <= other * 5
        and document.decimals(interval.estimate) == document.decimals(before.estimate)
        and _AND.search(document.tokens.text, max(0, start - 12), start) is not None
    )


_COMPARED = r"(?:more|fewer|less|greater|higher|lower|longer|shorter|larger|smaller|better|worse)(?![\w-])"
_CHANGED = r"(?:reduction|decrease|increase|improvement|difference|decline|gain)s?(?![\w-])"
_RIGHT_BEHIND = re.compile(
    rf" ?(?:absolute |relative |percentage points? |points? )?(?:risk )?(?:{_COMPARED}|{_CHANGED})"
)
_EFFECTIVE = re.compile(r"(?: ?%)? (?:effective|efficacious|protective|protection|efficacy)\b")
_BEHIND_BOUNDS = re.compile(
    # The unit may stand here: "1.09 (0.27 to 1.90) mmHg higher than".
    r"[)\]]{0,2}(?: (?!and|or|but|was|were|is|had|with|for|in)[a-z/%]{1,8})? (?:absolute |relative |risk )?"
    rf"(?:{_CHANGED}(?! and| or)|{_COMPARED} (?:than|with|in|on|among|compared))"
)
_TIMES = re.compile(r" ?-?(?:times|fold)\b")
_RELATIVE = re.compile(
    r"\brelative|\bproportional|\bodds\b|\bhazards?\b"
    r"|(?<!-)\brisks? (?:of|for|reduction|(?:was |were )?(?:increased|reduced))|\bthe risk\b|mortality"
    r"|likelihood|\bdeaths?\b"
)
_ABSOLUTE = re.compile(r"\babsolute|percentage point|\bpoints?\b|(?<!hazard )\brates?\b")


def named_behind(document: Document, interval: Interval, clause: int) -> str | None:
    """Read what the words behind a number or its bounds make of it: 1.3 more hours; 8% (-8 to 21%) reduction."""
    if interval.estimate < 0:
        return None
    text, ends, unit = document.tokens.text, document.tokens.ends, interval.unit
    at = ends[interval.estimate]
    if unit not in ("", "%") and document.letters[interval.estimate + 1 : interval.estimate + 2] == "u":
        at = ends[interval.estimate + 1]
    if not unit and _TIMES.match(text, at):
        return only_ratio(document)
    if unit == "%" and _EFFECTIVE.match(text, at):
        return "relative-reduction"
    last = max(interval.estimate, interval.lower, interval.upper, interval.last)
    found = _RIGHT_BEHIND.match(text, at) or _BEHIND_BOUNDS.match(text, ends[last])
    if found is None:
        return None
    if unit == "%" and relative(text, clause, document.tokens.starts[interval.estimate], found.end()):
        return "relative-reduction"
    return "difference"


def relative(text: str, clause: int, number: int, behind: int) -> bool:
    """Whether a percentage by which something changes is one of the risk itself."""
    near = max(clause, number - 90)
    if _ABSOLUTE.search(text, near, behind + 40):
        return False
    return (
        _RELATIVE.search(text, near, number) is not None or _RELATIVE.search(text, behind - 20, behind + 50) is not None
    )


_ITEMS = re.compile(
    r"(?: ?[(\[][^()\[\]]{1,12}[)\]])?(?:,|,? and|,? or) (?:the |pooled |summary |positive |negative |diagnostic )*"
)


def next_of_list(
    document: Document, interval: Interval, kinds: list[Named], number: int, *, goes_on: bool
) -> str | None:
    """Read a list of measures before a list of numbers: "sensitivity, specificity and DOR were 0.8, 0.7 and 9"."""
    text, left = document.tokens.text, document.listed
    if goes_on and left and not kinds:
        kind = left.pop(0)
    else:
        left.clear()
        if len(kinds) < 2 or kinds[-1][0] == kinds[-2][0] == kinds[0][0]:
            return None
        items = [kinds[-1]]
        for named in reversed(kinds[:-1]):
            between = text[named[2] : items[-1][1]]
            if between in (" (", " [", "("):
                items[-1] = named  # a name and its short form
            elif _ITEMS.fullmatch(between):
                items.append(named)
            else:
                break
        names = [kind for kind, _, _ in reversed(items)]
        if len(set(names)) < 2 or not _LISTED.issuperset(names) or _DIGIT.search(text, items[0][2], number):
            return None
        kind, left[:] = names[0], names[1:]
    kind = {"share": "proportion", "ratio": "other"}.get(kind, kind)
    if not _goes_with(document, interval, kind):
        left.clear()
        return None
    return kind


_LISTED = frozenset((*RATIOS, "other", "ratio", "share", "proportion", "survival", "difference", "mean", "median"))
_DIGIT = re.compile(r"[0-9]")


def _goes_with(document: Document, interval: Interval, kind: str) -> bool:
    """Whether a number can be what the list says by its unit and size."""
    if interval.unit == "%":
        return kind in ("proportion", "survival", "difference")
    if interval.unit:
        return kind in ("median", "mean", "difference")
    return kind in (*RATIOS, "other") or (kind in ("proportion", "survival") and fraction(document, interval))


def about_one(document: Document, interval: Interval, unit: str) -> bool:
    """Whether a number without unit lies about 1, and in the middle of its bounds on the log scale as a ratio does."""
    numbers = (interval.estimate, interval.lower, interval.upper)
    if unit or min(numbers) < 0 or min(interval.signs) < 0 or "x" in {document.letters[token] for token in numbers}:
        return False
    value, lower, upper = (document.value(token) for token in numbers)
    return (
        0 < lower < 1 < upper and abs(math.log(value * value / (lower * upper))) < 0.05 < upper - lower
        if value > 0
        else False
    )


def shaped_as_ratio(document: Document, interval: Interval) -> bool:
    """Whether a number lies in the middle of its bounds on the log scale, and not on the plain one, by its digits."""
    numbers = (interval.estimate, interval.lower, interval.upper)
    if interval.unit or min(numbers) < 0 or min(interval.signs) < 0 or "x" in {document.letters[t] for t in numbers}:
        return False
    value, lower, upper = (document.value(token) for token in numbers)
    if not 0 < lower < upper or value <= 0:
        return False
    half = 0.5 * 10.0 ** -min(document.decimals(token) for token in numbers)
    off = abs(math.log(value * value / (lower * upper)))
    return off <= half * (2 / value + 1 / lower + 1 / upper) + 0.02 and abs(2 * value - lower - upper) > 4 * half


_COUNTED_BEFORE = re.compile(r"[dk]w{0,3}(?:/|o)w{0,3}[dk][uw]{0,3}\(?$")
_COUNTED_BEHIND = re.compile(r"\(?,?d(?:/|w{0,2}o)w{0,2}d")


_PLAIN = ("difference", "change")
_TWO_ARMS = re.compile(r"^[^.;]{0,60}?\b(?:and|v|vs|versus|compared (?:with|to)|against|than)\.? [^.;]{0,30}?[0-9]")


_SAID_OF = re.compile(r"(?:\b(?:was|were|of|is|by)|=|\A (?:vs?|versus|from|over)\.? [^;:()]{1,30}:) ?[-+]?$")


def of_two_arms(document: Document, interval: Interval, word: str, place: int, number: int) -> bool:
    """Whether a difference is only spoken of, and the arms' own numbers follow: "no difference in cure (45% v 41%)"."""
    text = document.tokens.text
    if not interval.unit or min(interval.signs) < 0 or not word.startswith(_PLAIN):
        return False
    between = text[place:number]
    if "(" not in between and ";" not in between and ":" not in between:
        return False
    if _SAID_OF.search(between):
        return False
    end = document.tokens.ends[max(interval.last, interval.upper, interval.estimate)]
    return _TWO_ARMS.match(text[end : end + 110]) is not None


def difference_of_shares(text: str, kinds: list[Named], begin: int, place: int, number: int) -> bool:
    """Whether shares are what a difference is of: "between-group differences in detection rates were 5%"."""
    if not kinds or kinds[-1][0] != "difference":
        return False
    _, first, last = kinds[-1]
    if not _OF_WHAT.fullmatch(text, last, begin):
        return False
    return not text.startswith(_PLAIN, first) or _SAID.fullmatch(text, place, number) is not None


_OF_WHAT = re.compile(r" ?(?:(?:in|of|between|for|with) (?:(?!was |were |is |are |had )[a-z-]+,? ){0,6})?")
_SAID = re.compile(r"s? ?(?:[a-z-]+ ){0,3}(?:was|were|of|is|=|:) ?(?:only |about )?")


def fraction(document: Document, interval: Interval) -> bool:
    """Whether an estimate and its bounds lie between 0 and 1."""
    tokens = [token for token in (interval.estimate, interval.lower, interval.upper) if token >= 0]
    return all(document.letters[token] == "d" and document.value(token) <= 1 for token in tokens)


def counted(document: Document, interval: Interval) -> bool:
    """Whether the count of a percentage stands right beside it."""
    at = interval.estimate
    if at < 0:
        return False
    return interval.x >= 0 or bool(
        _COUNTED_BEFORE.search(document.letters, max(0, at - 14), at) or _COUNTED_BEHIND.match(document.letters, at + 1)
    )


def ratio_of_means(text: str, kinds: list[Named], begin: int) -> bool:
    """Whether a mean is what a ratio is of: "the ratio of the average mean concentration"."""
    ratios = [end for kind, first, end in kinds if kind == "other" and text.startswith("ratio", first)]
    return (
        bool(ratios)
        and re.fullmatch(r"(?: (?!was |were |is |and )[a-z-]+){0,4} ", text[ratios[-1] : begin]) is not None
    )


def difference_of_means(text: str, kinds: list[Named], begin: int, place: int) -> bool:
    """Whether a mean is what a difference is of: "the difference in the mean score was"."""
    before = [end for kind, _, end in kinds if kind in ("difference", "noun") and end < place]
    return (
        bool(before)
        and re.fullmatch(
            r"s?(?: \([^()]{1,12}\))? (?:in|of|between)(?: [\w-]+){0,2} (?:mean|median)s?", text[before[-1] : place]
        )
        is not None
    )


_MEAN_CHANGE = re.compile(
    r"\b(?:mean|average|median) (?:[a-z-]+ ){0,3}(?:loss(?:es)?|reduction|increase|decrease|gain|change|improvement"
    r"|decline|rise|fall|drop)s? "
)
_HELD_AGAINST = re.compile(
    r"\b(?:than|compared|versus|vs|against|relative to|between|difference|differed|more|placebo|respectively"
    r"|(?<!without a )(?<!without )controls?"
    r"|trials|studies)\b"
)
_OWN_CHANGE = re.compile(
    r"\bfrom (?:the )?baseline\b|\b(?:after|over|during|at|within) (?:the )?(?:[0-9]{1,3}|two|three|four|six|eight|ten"
    r"|twelve)[ -](?:week|month|year|day)s?\b"
)


def within_one_group(document: Document, interval: Interval, word: int, number: int) -> bool:
    """Whether a sentence tells the mean change of one group alone: "an average weight loss of 7 kg after 20 months".

    Parameters
    ----------
    document : Document
    interval : Interval
    word : int
        Where the word for the change begins.
    number : int
        Where its number begins.
    """
    text, (first, stop) = document.tokens.text, document.sentence(interval.first)
    if _MEAN_CHANGE.search(text, max(document.tokens.starts[first], word - 40), number) is None:
        return False
    said = text[document.tokens.starts[first] : document.tokens.ends[max(first, stop - 1)]]
    return _OWN_CHANGE.search(said) is not None and _HELD_AGAINST.search(said) is None


_FREE_BEHIND = re.compile(
    r"(?: of (?:the |those )?[a-z][^.;:%]{2,90}?)?"
    r"(?:,? (?:and|versus|vs\.?|compared with) [0-9.]{1,5} ?%(?: ?[(\[][^()\[\]]{3,50}[)\]])? of [^.;:%]{2,60}?)?"
    r"(?:,? respectively,?)?(?: (?:were|was|are|remained|being))?"
    r"(?: still)? (?:alive|free (?:of|from)|(?:event|progression|relapse|disease|recurrence|failure"
    r"|metastas[ie]s)-free)\b(?! surviv)"
)


def free_behind(text: str, end: int) -> bool:
    """Whether those of a percentage are said behind it to be alive or free of something: "63% were alive"."""
    said = text[end : end + 200]
    return ("free" in said or "alive" in said) and _FREE_BEHIND.match(said) is not None


_CURVE_STEMS = (
    "cumul",
    "kaplan",
    "actuar",
    "life",
    "limit",
    "estimat",
    "weight",
    "standardi",
    "adjust",
    "-year",
    "-month",
    "incidence",
)
_OF_A_CURVE = re.compile(
    r"cumulative (?:incidence|event|rate|probabilit|mortality|risk)|kaplan|actuarial|life[ -]table|product[ -]limit"
    r"|\bestimated\b|\bweighted|standardi[sz]ed|\badjusted (?!for)"
    r"|[0-9][ -](?:y(?:ea)?r?|mo(?:nth)?)s? (?:[a-z-]+ ){0,3}(?:rates?|incidence|survival|probabilit|pfs|os|dfs|efs)\b"
)
_HAZARD = re.compile(r"\bhazard|\bhrs?\b")


def of_a_curve(document: Document, token: int) -> bool:
    """Whether the words say that a percentage comes from a curve or a model, so that its count need not print it."""
    text, starts = document.tokens.text, document.tokens.starts
    first, stop = document.sentence(token)
    begin, end = max(starts[first], starts[token] - 260), starts[token]
    words = text[begin:end]
    if any(stem in words for stem in _CURVE_STEMS) and _OF_A_CURVE.search(words) is not None:
        return True
    if document.curves is None:
        document.curves = "cumulative incidence" in text or "kaplan" in text
    if not document.curves:
        return False
    # The text has a curve, and the sentence compares hazards.
    return _HAZARD.search(text, end, document.tokens.ends[min(stop, len(starts)) - 1]) is not None
