"""The labels of arms: the words that introduce them, without their sizes, with what they share or what a group is."""

from __future__ import annotations

import re

from trialstats.sources.text.group_kinds import ADJECTIVE
from trialstats.sources.text.group_prose import Prose

# A bracket with results or sizes, behind a label.
_RESULT_BRACKET = re.compile(
    r"\s?[(\[][^()\[\]]{0,200}?(?:%|p ?[<=]|ci\b|\bn ?=|[0-9] (?:patients|women|men|participants|subjects"
    r"|children|and)\b|(?<=[(\[])[0-9]{1,5}(?=[)\]])"
    r"|(?<=[(\[])[0-9]{1,7} (?!mg|g|kg|ml|iu|gy|hours|days|weeks|months|cycles)[a-z]{3,})[^()\[\]]{0,200}[)\]]?\s?$",
    re.IGNORECASE,
)
# A bracket that goes on behind the longest label.
_CUT_BRACKET = re.compile(r"(?<=.{20}) ?[(\[][^()\[\]]*(?:[(\[][^()\[\]]*[)\]][^()\[\]]*)*$")
_SIZE_IN_BRACKETS = re.compile(r"\s?\((?:n ?= ?[0-9][0-9,]*|[0-9](?::[0-9]){1,6})\)", re.IGNORECASE)
_LONGEST = 200


def label_of(words: str) -> str:
    """Return the words for an arm without what follows them in brackets: its size, its results, a bracket cut off.

    Parameters
    ----------
    words : str
    """
    words = _SIZE_IN_BRACKETS.sub("", _RESULT_BRACKET.sub("", words)).strip()
    while (cut := _BRACKET_OF_RESULT.search(words)) is not None and cut.start() > 2:
        words = words[: cut.start()].strip()
    return _CUT_BRACKET.sub("", words[:_LONGEST]).rstrip(" ,")


_BRACKET_OF_RESULT = re.compile(
    r"\s?[(\[](?:[^()\[\]]{0,60}(?:\bci\b|±|\bp ?[=<>]|[0-9] ?%)"
    r"|(?:mean|median|odds|hazard|relative)\b|(?:hr|or|rr)[ ,:=]+[0-9]|[^()\[\]]{0,40}$)",
    re.IGNORECASE,
)


_FIRST_AND_NOUN = re.compile(
    r"(?P<first>[a-z-]+) (?P<noun>[a-z-]+(?: (?!of\b|for\b|in\b|with\b|or\b|and\b)[a-z-]+){0,3})"
)
_NOUN_BEHIND = re.compile(
    r" ?(?:\(\x01*\) )?(?P<noun>(?!in\b|for\b|at\b|and\b|or\b|with\b|on\b|of\b|to\b|were\b|was\b|groups?\b|arms?\b"
    r"|by\b|from\b)"
    r"[a-z-]{3,}(?: (?!in\b|for\b|at\b|and\b|or\b|with\b|on\b|of\b|to\b|were\b|was\b|groups?\b|arms?\b|by\b|from\b"
    r"|after\b|before\b"
    r"|during\b|when\b|until\b)[a-z-]+){0,2})"
)
_BRACKET = re.compile(r" ?\([^()]*\)")


def with_shared_noun(prose: Prose, labels: list[str], end: int) -> list[str]:
    """Return labels with the noun that only the last has: "early", "delayed clamping".

    Parameters
    ----------
    prose : Prose
    labels : list of str
        In the order of the text.
    end : int
        Where the words for the last arm end.
    """
    bare = [_BRACKET.sub("", label).strip().lower() for label in labels]
    if len(bare) < 2 or not all(map(ADJECTIVE.fullmatch, bare[:-1])):
        return labels
    if ADJECTIVE.fullmatch(bare[-1]):
        behind = _NOUN_BEHIND.match(prose.flat, end)
        return [f"{label} {behind['noun']}" for label in labels] if behind is not None else labels
    last = _FIRST_AND_NOUN.fullmatch(bare[-1])
    if last is None or not ADJECTIVE.fullmatch(last["first"]) or last["first"] in bare[:-1]:
        return labels
    return [*(f"{label} {last['noun']}" for label in labels[:-1]), labels[-1]]


_GROUP_BEFORE = re.compile(
    r"\b(?P<kind>group|arm|cohort|regimen) (?P<letter>[1-8]|[a-h]|i{1,3}v?|[a-z]{1,4}[0-9]?)(?: ?\([^()]{0,40}\))?"
    r"(?: ?[=:] ?|,? (?:received|receiving|was given|were given|were treated with|underwent|comprised|consisted of) )"
    r"(?:the |an? |either )?$"
)
_COMMON_LETTER = re.compile(r"[1-8]|[a-h]|i{1,3}v?")


def group_before(prose: Prose, start: int) -> str:
    """Return the name of the group that the words for an arm follow, as printed: "Group 1 received zinc".

    Parameters
    ----------
    prose : Prose
    start : int
        Where the words for the arm begin.
    """
    found = _GROUP_BEFORE.search(prose.text, max(0, start - 90), start)
    if found is None:
        return ""
    printed = prose.cased[found.start() : found.end("letter")]
    known = _COMMON_LETTER.fullmatch(found["letter"]) is not None
    return printed if known or printed.split()[-1].isupper() else ""
