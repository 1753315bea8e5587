"""What an arm is called in full: what its abbreviation stands for, or the abbreviation that its words have.

A reader calls an arm "artemether-lumefantrine (AL)", though the results may say "AL" only and a list the words only.
What says how a treatment is given, and would be said of any, is no part of the name: "a 5-day course of".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialstats.sources.text.groups.controls import CONTROL
from trialstats.sources.text.names.of_phrases import NOT_SHORT
from trialstats.sources.text.tokens.document import Document

# What stands before an abbreviation in brackets, back to a word that begins no name.
_BEGINS_NO_NAME_TEXT = """
of to with or and versus vs than either between by from the a an in for on was were is are that into receive received
receiving comparing compared versus. vs. group arm study studied evaluated evaluate evaluates if whether when compare
"""
_BEGINS_NO_NAME = frozenset(_BEGINS_NO_NAME_TEXT.split())
_SMALL = frozenset(("of", "the", "and", "to", "in", "for", "with", "a", "an", "plus", "as"))
_ABBREVIATED = re.compile(r"(?=[A-Za-z0-9+/-]*[A-Z]{2}|[A-Z][a-z]{1,4}[/+-][A-Z])[A-Za-z0-9+/-]{2,14}")
# "TPF induction chemotherapy"; "docetaxel plus cisplatin and fluorouracil (TPF)"
_COMMON_END = re.compile(r"(?: (?:induction|adjuvant|chemotherapy|therapy|treatment|regimen|arm|group))+$")
_ALONE = re.compile(r"[ -](?P<alone>alone|only)$")
_JOINED_NAMES = re.compile(
    r"(?<![\w-])(?!(?:chemo|radio)?therapy\b|treatment\b|product\b|placebo\b)[A-Za-z-]{6,}(?:, [A-Za-z-]{6,}){0,3}"
    r"(?:,? (?:plus|and) |/|\+)[A-Za-z-]{6,}(?: and [A-Za-z-]{6,})?$"
)
_LONGEST = 120


def in_full(document: Document, labels: Sequence[str]) -> list[str]:
    """Return labels with what an abbreviation stands for, and with the abbreviation of what has one.

    Parameters
    ----------
    document : Document
    labels : sequence of str
    """
    full = [_with_words(document, label) or _with_abbreviation(document, label) for label in labels]
    for at, label in enumerate(full):
        if label == labels[at] and (short := _initials(document, label)):
            full[at] = f"{label} ({short})"
    return full if len({label.lower() for label in full}) == len(full) else list(labels)


def _with_words(document: Document, label: str) -> str:
    """Return an abbreviation behind what it stands for, or nothing where a label is none or the text does not say."""
    alone = _ALONE.search(label)
    short = _COMMON_END.sub("", label if alone is None else label[: alone.start()])
    if _ABBREVIATED.fullmatch(short) is None or not (long := _long_form(document, short)):
        return ""
    return f"{long} ({short})" + (f" {alone['alone']}" if alone is not None else "")


def _long_form(document: Document, short: str) -> str:
    """Return the words before the first bracket that defines an abbreviation, also in the plural."""
    found = re.search(rf" [(\[]{re.escape(short)}s?(?=[)\];,])", document.cased)
    if found is None:
        return ""
    at = found.start()
    if (joined := _JOINED_NAMES.search(document.cased, max(0, at - _LONGEST), at)) is not None:
        return joined[0]
    words: list[str] = []
    for word in reversed(document.cased[max(0, at - 90) : at].split(" ")[-7:]):
        if word.lower() in _BEGINS_NO_NAME or not word or word[-1] in _STOPS:
            break
        words.insert(0, word.lstrip("(["))
        if word[0] in "([":
            break
    while words and words[0][0].lower() != short[0].lower():
        words.pop(0)
    return " ".join(words)


_STOPS = ",.;:()[]"
_SHORT_BEHIND = re.compile(r" ?[(\[](?P<short>[A-Za-z0-9][A-Za-z0-9+/-]{1,11}?)s?(?:[)\]]|[;,] ?n ?=)")


def _with_abbreviation(document: Document, label: str) -> str:
    """Return a label with the abbreviation that stands in brackets behind its words elsewhere in the text."""
    alone = _ALONE.search(label)
    words = label if alone is None else label[: alone.start()]
    if "(" in label or len(words) < _FEWEST_LETTERS:
        return label
    for found in re.finditer(rf"(?<![\w-]){re.escape(words.lower())}(?=s? ?[(\[])", document.tokens.text):
        start = found.end() + (document.tokens.text[found.end()] == "s")
        behind = _SHORT_BEHIND.match(document.cased, start)
        if behind is not None and _is_short(behind["short"], words):
            return f"{words} ({behind['short']}){label[len(words) :]}"
    return label


_FEWEST_LETTERS = 5


def _is_short(short: str, words: str) -> bool:
    """Whether letters abbreviate words: capitals, of which the first begins a word of these."""
    capitals = sum(map(str.isupper, short))
    begins = {word[0].lower() for word in re.split(r"[ /,+-]+", words) if word}
    return capitals > 1 and 2 * capitals >= len(short) and short.lower() not in NOT_SHORT and short[0].lower() in begins


def _initials(document: Document, label: str) -> str:
    """Return the first letters of what is given together, where a text uses them for it: "HAC" of three drugs."""
    if "(" in label or CONTROL.search(label.lower()) is not None:
        return ""
    words = [word for word in re.findall(r"[A-Za-z]{3,}", label) if word.lower() not in _SMALL]
    short = "".join(word[0] for word in words).upper()
    if not _FEWEST <= len(short) <= _MOST or short.lower() in NOT_SHORT:
        return ""
    often = len(re.findall(rf"(?<![\w-]){short}(?![\w-])", document.cased))
    return short if often > 1 and f"({short})" not in document.cased else ""


_FEWEST, _MOST = 3, 6

_NUMBER = r"(?:[0-9]+|one|two|three|four|five|six|seven|eight)"
# "a 5-day course of", "administration of two", "therapeutic doses of"
_WAY = re.compile(
    rf"(?:(?:an?|the|oral|intravenous|iv|i\.v\.|sc|s\.c\.|subcutaneous|intramuscular|im|i\.m\.|topical|daily|weekly"
    rf"|monthly|(?:once|twice)[ -](?:daily|weekly)|therapeutic|continuous|fixed|single|further"
    rf"|{_NUMBER}[ -](?:days?|weeks?|months?|hours?|h)) ){{0,4}}"
    r"(?:administration|doses?|courses?|infusions?|injections?|tablets?|capsules?|regimens?|treatment) (?:of|with) "
    rf"(?:{_NUMBER} )?(?=(?P<name>[a-z][a-z-]{{2,}}))",
    re.IGNORECASE,
)
_NO_NAME = frozenset(("the", "each", "both", "these", "either", "high", "low", "different", "standard"))
_AFTER = re.compile(
    r"(?:,? (?:immediately|intravenously|i\.v\.?|\(n\.? ?= ?[0-9][^()]{0,20}\)"
    r"|(?:following|according to|as per) [\w-]+(?: [\w-]+)? (?:recommendations?|guidelines?"
    r"|instructions|protocols?)))+$",
    re.IGNORECASE,
)
# "INTERVENTION Oral zinc": a heading that stands before it without a stop
_HEADING = re.compile(
    r"(?:INTERVENTIONS?|TREATMENTS?|METHODS|PROCEDURES?|EXPOSURES?|DESIGN|SETTING|PATIENTS) (?=[A-Z0-9][a-z0-9])"
)


def without_ways(labels: Sequence[str]) -> list[str]:
    """Return labels without headings and without how something is given, where the rest tells the arms apart.

    Parameters
    ----------
    labels : sequence of str
    """
    labels = [_HEADING.sub("", label, count=1) if _HEADING.match(label) else label for label in labels]
    short = [_AFTER.sub("", _named(label)) or label for label in labels]
    return short if len({label.lower() for label in short}) == len(short) else labels


def _named(label: str) -> str:
    for _ in range(_MOST_WAYS):
        way = _WAY.match(label)
        if way is None or way["name"].lower() in _NO_NAME:
            break
        label = label[way.end() :]
    return label


_MOST_WAYS = 2
