"""Which words of a text name something that people are given or belong to, and which what becomes of them.

Two phrases that stand side by side may be arms, outcomes, illnesses or places. Elsewhere the text tells them apart:
people *receive* a treatment, are *assigned to* it or are *in its group*; they are *at risk of* an outcome or *have* it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from trialstats.sources.text.groups.prose import word_set

# Words that lead to what people receive or belong to, and those that lead to what becomes of them; with the words of
# which one must stand between, if one must.
_NO_LINK = frozenset[str]()
_BY, _TO, _OF, _IN = word_set("with by"), word_set("to"), word_set("of"), word_set("in on using assigned")
_GIVEN = {
    **dict.fromkeys(
        word_set("receive received receives receiving given taking took undergo undergoing underwent administered"),
        _NO_LINK,
    ),
    **dict.fromkeys(word_set("treated treatment therapy"), _BY),
    **dict.fromkeys(word_set("assigned allocated randomized randomised exposed"), _TO),
    **dict.fromkeys(word_set("administration recipients user users use"), _OF),
    **dict.fromkeys(word_set("patients those women participants"), _IN),
}
_LINKS = word_set("of in to between with was")
_BECOMES = {
    **dict.fromkeys(
        word_set(
            "risk risks rate rates incidence prevalence odds level levels frequency change changes increase reduction"
            " reductions decrease decline declines improvement improvements difference differences history diagnosis"
            " onset development score scores severity occurrence cases episodes symptoms presence prevention hazard"
            " measure measures association proportion time"
        ),
        _LINKS,
    ),
    **dict.fromkeys(
        word_set(
            "developed experienced prevent prevents preventing overall median mean higher lower predict predicts"
            " predicted predicting"
        ),
        _NO_LINK,
    ),
}
# Right behind a result: "12% with zinc", "8 months for zinc".
_BEHIND_RESULT = word_set("with for in on after")
_LEADING = _GIVEN.keys() | _BECOMES.keys() | _BEHIND_RESULT
_MOST = 6
_PUNCTUATION = ".,;:()[]\"'"
_CLOSES = (",", ".", ";", ":", ")", "]")
_PARTS = re.compile(r"[/+]")
_WORD = re.compile(r"[a-z0-9][\w'+/-]*[\w+]|[a-z]")
_ENDS = word_set(
    "for in at who had was were than versus vs compared is are did on after during when which that with from every"
    " until"
    " once twice within before while whereas has have experienced developed showed"
)


class Belonging:
    """How often words name what people are given or belong to, and how often what becomes of them."""

    __slots__ = ("becomes", "given", "stated")

    def __init__(self, given: Counter[str], becomes: Counter[str], stated: frozenset[int]) -> None:
        self.given = given
        self.becomes = becomes
        self.stated = stated

    def of(self, words: Iterable[str]) -> tuple[int, int]:
        """Return both counts for the word of a phrase that tells most.

        Parameters
        ----------
        words : iterable of str
        """
        return max(((self.given[word], self.becomes[word]) for word in words), default=(0, 0))


def belonging(text: str, heads: Iterable[tuple[str, int]] | None) -> Belonging:
    """Return which words a text uses for what people are given or belong to.

    Parameters
    ----------
    text : str
        In lower case.
    heads : iterable of (str, int) or None
        What the text calls a group, and how often; None where nothing is to be weighed.
    """
    given: Counter[str] = Counter()
    becomes: Counter[str] = Counter()
    if heads is None:
        return Belonging(given, becomes, frozenset())
    words = text.split()
    for at, word in enumerate(words):
        if word not in _LEADING:
            continue
        if (links := _GIVEN.get(word)) is not None:
            given.update(_led_to(words, at + 1, links))
        elif (links := _BECOMES.get(word)) is not None:
            becomes.update(_led_to(words, at + 1, links))
        elif at and (words[at - 1].endswith(("%", ")", "]", ",")) or words[at - 1] == "months"):
            given.update(_led_to(words, at + 1, _NO_LINK))
    for name, times in heads:
        for word in set(_WORD.findall(name)):
            given[word] += times
    return Belonging(given, becomes, stated_numbers(text))


def _led_to(words: list[str], at: int, links: frozenset[str]) -> set[str]:
    """Return the words that a word leads to, if one of some links stands between."""
    if links:
        if at >= len(words) or words[at] not in links:
            return set()
        at += 1
    found: set[str] = set()
    for word in words[at : at + _MOST]:
        bare = word.strip(_PUNCTUATION)
        if (bare in _ENDS and found) or word[0] in "([":
            break
        found.add(bare)
        if "/" in bare or "+" in bare:
            found.update(_PARTS.split(bare))
        if word.endswith(_CLOSES):
            break
    return found


_STATED_AT = (
    "groups", "arms", "regimens", "strategies", "conditions", "interventions", "treatments", "-arm", "-group", "-way",
)  # fmt: skip
_STATED = re.compile(r"\b(two|three|four|five|six|[2-6])(?:[ -][a-z]{3,12})?[ -]$")
_NUMBERS = {word: number for number, word in enumerate(["two", "three", "four", "five", "six"], 2)}


def stated_numbers(text: str) -> frozenset[int]:
    """Return how many groups a text says that it has: "one of three groups", "a four-arm trial".

    Parameters
    ----------
    text : str
        In lower case.
    """
    found = set()
    for word in _STATED_AT:
        at = text.find(word)
        while at >= 0:
            match = _STATED.search(text, max(0, at - 20), at + word.startswith("-"))
            if match is not None:
                found.add(_NUMBERS.get(match[1]) or int(match[1]))
            at = text.find(word, at + len(word))
    return frozenset(found)
