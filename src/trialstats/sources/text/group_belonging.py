"""Which words of a text name something that people are given or belong to, and which what becomes of them.

Two phrases that stand side by side may be arms, outcomes, illnesses or places. Elsewhere the text tells them apart:
people *receive* a treatment, are *assigned to* it or are *in its group*; they are *at risk of* an outcome or *have* it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from trialstats.sources.text.group_prose import word_set

__all__ = ["Belonging", "belonging", "stated_numbers"]

_GIVEN = re.compile(
    r"(?:receiv(?:e|ed|es|ing)|treat(?:ed|ment) (?:with|by)|therapy with|(?:assigned|allocated|randomi[sz]ed) to|given"
    r"|taking|took|undergo(?:ing)?|underwent|administered|administration of|recipients of|users? of|exposed to"
    r"|(?:patients|those|women|participants) (?:on|in|using|assigned)"
    r"|[%)\]] (?:with|for|in|on|after)|[0-9] (?:with|for|in) the|months (?:with|for|in))"
    r" ((?:[a-z0-9][^\s,.;:()\[\]]{0,40} ){0,5}[a-z0-9][^\s,.;:()\[\]]{0,40})"
)
_BECOMES = re.compile(
    r"(?:risks?|rates?|incidence|prevalence|odds|levels?|frequency|changes?|increase|reductions?|decrease|declines?"
    r"|improvements?|differences?|history|diagnosis|onset|development|scores?|severity|occurrence|cases|episodes"
    r"|symptoms|presence|prevention|hazard|measures?|association|proportion|time) (?:of|in|to|between|with|was)"
    r"|(?:developed|experienced|prevent(?:ing|s)?|overall|median|mean|higher|lower|predict(?:s|ed|ing)?)"
) 
_NEXT = re.compile(r" ((?:[a-z0-9][^\s,.;:()\[\]]{0,40} ){0,3}[a-z0-9][^\s,.;:()\[\]]{0,40})")
_WORD = re.compile(r"[a-z0-9][\w'+/-]*[\w+]|[a-z]")
_ENDS = word_set(
    "for in at who had was were than versus vs compared is are did on after during when which that with from every until"
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


def belonging(text: str, heads: Iterable[tuple[str, int]]) -> Belonging:
    """Return which words a text uses for what people are given or belong to.

    Parameters
    ----------
    text : str
        In lower case.
    heads : iterable of (str, int)
        What the text calls a group, and how often.
    """
    given: Counter[str] = Counter()
    becomes: Counter[str] = Counter()
    for match in _GIVEN.finditer(text):
        given.update(_before_end(match[1]))
    for name, times in heads:
        for word in set(_WORD.findall(name)):
            given[word] += times
    for match in _BECOMES.finditer(text):
        following = _NEXT.match(text, match.end())
        if following is not None:
            becomes.update(_before_end(following[1]))
    return Belonging(given, becomes, stated_numbers(text))


_STATED = re.compile(
    r"\b(two|three|four|five|six|[2-6])(?:[ -](?:parallel |treatment |study |different |equal |[a-z-]+ )?"
    r"(?:groups|arms|regimens|strategies|conditions|interventions|treatments)|-(?:arm|group|way|armed))\b"
)
_NUMBERS = {word: number for number, word in enumerate("two three four five six".split(), 2)}


def stated_numbers(text: str) -> frozenset[int]:
    """Return how many groups a text says that it has: "one of three groups", "a four-arm trial".

    Parameters
    ----------
    text : str
        In lower case.
    """
    return frozenset(_NUMBERS.get(match[1]) or int(match[1]) for match in _STATED.finditer(text))


def _before_end(words: str) -> set[str]:
    found: set[str] = set()
    for word in _WORD.findall(words):
        if word in _ENDS and found:
            break
        found.add(word)
    return found
