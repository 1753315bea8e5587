"""Read numbers needed to treat or to harm: "the number needed to treat was 8"."""

from __future__ import annotations

import re
from bisect import bisect_left

from trialstats.claims.model import NEEDED_TO_TREAT
from trialstats.sources.text.tokens.document import Document, Interval
from trialstats.sources.text.tokens.expressions import any_of
from trialstats.sources.text.tokens.lex import NUMBER_WORDS

_NAME = re.compile(
    r"(?:\bnumbers?(?: of [a-z]{3,20})?(?: who| that)?[ -]need(?:ed|ing)?[ -]to[ -](?:be[ -])?[a-z]{4,12}"
    r"|\bnn[thv][bh]?\b)"
    r"(?: ?[(\[] ?nn[thv][bh]? ?[)\]])?"
    r"(?:,? (?:to|for|in order to) (?:[a-z-]{1,20} ){1,8}?(?=was|is|of|=|came|amount)"
    r"|(?:,? (?:to|for|in order to) (?:[a-z-]{1,20} ){0,6}[a-z-]{1,20}(?=[,:(]))|(?:,? (?:benefit|harm))?)"
    r"[ ,:;(\[]*(?:was|were|is|of|=|:|approximately|about|estimated at|(?:came|amounted) to|therefore|thus|hence|then"
    r"|accordingly|calculated (?:as|to be)|[ ,(\[])*$"
)
# "26 women would need to be treated to prevent one stroke", "treating 26 women prevents one stroke"
_BE_TREATED = (
    r"(?:would |will |must |should |have to |had to )?(?:need(?:s|ed)? to )?be (?:treated|vaccinated|screened) "
    r"(?:with [a-z -]{1,60} )?(?:to|for|in order to) (?:prevent|avoid|avert|save|cure|gain|cause|harm|spare|one)"
)
_N = rf"(?P<n>\b(?:[0-9]{{1,4}}|{any_of(word for word, value in NUMBER_WORDS.items() if 1 < value < 100)})\b(?!-))"
_ONE_MORE = (
    r"(?:one|1) (?:additional|extra|more|further|fewer)\b[^.;:0-9]{2,80}?\b(?:for|per|in) every (?P<n>[0-9]{1,4}) "
    r"(?!(?:years?|months?|weeks?|days|hours)\b)[a-z]"
)
_SAVES = r"(?:to |would |will )?(?:prevent|avoid|avert|save|cure|gain|spare)s?\b"
# Each form with the words of which one stands in it, and how far before them it may begin.
_SAID = (
    (
        (" be treated ", " be vaccinated ", " be screened "),
        90,
        re.compile(rf"{_N} (?:[a-z-]{{1,20}} ){{0,2}}?{_BE_TREATED}"),
    ),
    (
        ("treat", "vaccinat", "screen"),
        0,
        re.compile(
            rf"(?:treat|vaccinat|screen)(?:ing|e)? {_N} (?:[a-z-]{{1,20}} ){{1,2}}?"
            rf"(?:with [a-z ]{{1,40}}? )?{_SAVES}"
        ),
    ),
    (
        (
            "one additional ",
            "one extra ",
            "one more ",
            "one further ",
            "one fewer ",
            "1 additional ",
            "1 extra ",
            "1 more ",
            "1 fewer ",
        ),
        0,
        re.compile(_ONE_MORE),
    ),
    (
        ("to prevent ", "to avoid ", "to avert ", "to save ", "to cure ", "to gain ", "to spare "),
        0,
        re.compile(
            rf"to [a-z]{{4,7}} (?:one|an?|1) [a-z ]{{2,40}}, {_N} "
            r"(?:[a-z-]{1,20} ){1,2}?(?:would|will|must|should|have to|had to|need)"
        ),
    ),
)
# "12 women (95% CI, 7 to 40) would need to be treated to prevent one stroke"
_SAID_BEHIND = re.compile(
    rf"[)\]]? ?(?:[a-z-]{{1,20}} ){{0,2}}?(?:{_BE_TREATED}|need(?:ing|ed)? (?:treatment|to be treated) (?:to|for))"
)
_ANY_STEM = (
    " every ",
    "need",
    "nnt",
    "nnh",
    "nnv",
    " be treated ",
    " be vaccinated ",
    " be screened ",
    "reat",
    "accinat",
    "to prevent one ",
    "to avoid one ",
    "to spare one ",
)
_LONGEST = 120
_STEMS = ("need", "nnt", "nnh", "nnv")


def find_needed(document: Document, intervals: list[Interval]) -> list[Interval]:
    """Mark the intervals of numbers needed to treat, and return such numbers that are printed without one.

    Parameters
    ----------
    document : Document
        After its intervals and counts were read.
    intervals : list of Interval

    Returns
    -------
    list of Interval
        Without bounds.
    """
    text = document.tokens.text
    if not any(stem in text for stem in _ANY_STEM):
        return []
    for interval in intervals:
        if interval.estimate < 0 or document.letters[interval.estimate] not in "dk":
            continue
        if _SAID_BEHIND.match(text, document.tokens.ends[interval.upper]) and interval.upper > interval.estimate:
            interval.measure, interval.unit, interval.guessed = "other", NEEDED_TO_TREAT, False
        elif interval.measure == "other" and _is_named(document, interval.estimate):
            interval.unit = NEEDED_TO_TREAT
    found: list[Interval] = []
    for stem in _STEMS:
        at = text.find(stem)
        while at >= 0:
            token = _next_number(document, at)
            at = text.find(stem, at + 1)
            if token < 0 or document.used[token] or not _is_named(document, token):
                continue
            if any(one.estimate == token for one in found):
                continue
            found += [_alone(number) for number in (token, *_of_another(document, token))]
    for start in _said(text):
        token = bisect_left(document.tokens.starts, start)
        if document.letters[token : token + 1] in ("d", "k") and not document.used[token]:
            found.append(_alone(token))
    return sorted(found, key=lambda one: one.estimate)


def _alone(token: int) -> Interval:
    alone = Interval(token, -1, -1, (1, 1, 1), -1, False, -1, token, token)
    alone.measure, alone.unit = "other", NEEDED_TO_TREAT
    return alone


_ANOTHER = re.compile(
    r" (?P<whose>for|with|in|to) (?:the )?[a-z][a-z -]{1,40},? (?:and|but|versus|vs\.?) (?P<n>[0-9]{1,4}(?:\.[0-9])?)"
    r" (?P=whose) [a-z]"
)
"""Of a second treatment or group: "was 9 with the one and 14 with the other"."""


def _of_another(document: Document, token: int) -> list[int]:
    """Return the second of two numbers needed to treat told with whose they are."""
    found = _ANOTHER.match(document.tokens.text, document.tokens.ends[token])
    if found is None:
        return []
    second = bisect_left(document.tokens.starts, found.start("n"))
    return [] if document.letters[second : second + 1] != "d" or document.used[second] else [second]


def _said(text: str) -> set[int]:
    """Return where the numbers of patients stand that sentences tell to be treated to save one."""
    found: set[int] = set()
    for stems, reach, expression in _SAID:
        for stem in stems:
            at = text.find(stem)
            while at >= 0:
                if reach:
                    told = list(expression.finditer(text, max(0, at - reach), at + _LONGEST))
                else:
                    match = expression.match(text, at) if not text[at - 1 : at].isalpha() else None
                    told = [] if match is None else [match]
                found.update(match.start("n") for match in told)
                at = text.find(stem, at + len(stem))
    return found


def _next_number(document: Document, at: int) -> int:
    """Return the first number behind a place, within its sentence; -1 where there is none near."""
    token = bisect_left(document.tokens.starts, at)
    letters = document.letters
    for number in range(token, min(token + 16, len(letters))):
        if letters[number] == "d":
            return number
        if letters[number] in ".q":
            return -1
    return -1


def _is_named(document: Document, token: int) -> bool:
    start = document.tokens.starts[token]
    return _NAME.search(document.tokens.text, max(0, start - _LONGEST), start) is not None
