"""Which words of a text name something that people are given or belong to, and which what becomes of them.

Two phrases that stand side by side may be arms, outcomes, illnesses or places. Elsewhere the text tells them apart:
people *receive* a treatment, are *assigned to* it or are *in its group*; they are *at risk of* an outcome or *have* it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from trialstats.sources.text.group_prose import word_set

# What words for receiving or belonging begin with; what must stand there; and the words behind it. Most of a text
# begins none, and finding a word costs less than trying a pattern at every place.
_GIVEN_AT = (
    "receiv", "treated ", "treatment ", "therapy with", "assigned to", "allocated to", "randomized to", "randomised to",
    "given", "taking", "took", "undergo", "underwent", "administ", "recipients of", "users of", "use of", "exposed to",
    "patients ", "those ", "women ", "participants ", "% ", ") ", "] ", "months ", " the ",
)  # fmt: skip
_NAMED = r" ((?:[a-z0-9][^\s,.;:()\[\]]{0,40} ){0,5}[a-z0-9][^\s,.;:()\[\]]{0,40})"
_GIVEN = re.compile(
    r"(?:receiv(?:e|ed|es|ing)|treat(?:ed|ment) (?:with|by)|therapy with|(?:assigned|allocated|randomi[sz]ed) to|given"
    r"|taking|took|undergo(?:ing)?|underwent|administered|administration of|recipients of|users? of|exposed to"
    r"|(?:patients|those|women|participants) (?:on|in|using|assigned)"
    r"|[%)\]] (?:with|for|in|on|after)|months (?:with|for|in)"
    r"|(?:(?<=[0-9] with )|(?<=[0-9] for )|(?<=[0-9] in ))the)" + _NAMED
)
_BECOMES_AT = (
    "risk", "rate", "incidence ", "prevalence ", "odds ", "level", "frequency ", "change", "increase ", "reduction",
    "decrease ", "decline", "improvement", "difference", "history ", "diagnosis ", "onset ", "development ", "score",
    "severity ", "occurrence ", "cases ", "episodes ", "symptoms ", "presence ", "prevention ", "hazard ", "measure",
    "association ", "proportion ", "time ", "developed ", "experienced ", "prevent", "overall ", "median ", "mean ",
    "higher ", "lower ", "predict",
)  # fmt: skip
_BECOMES = re.compile(
    r"(?:(?:risks?|rates?|incidence|prevalence|odds|levels?|frequency|changes?|increase|reductions?|decrease|declines?"
    r"|improvements?|differences?|history|diagnosis|onset|development|scores?|severity|occurrence|cases|episodes"
    r"|symptoms|presence|prevention|hazard|measures?|association|proportion|time) (?:of|in|to|between|with|was)"
    r"|developed|experienced|prevent(?:ing|s)?|overall|median|mean|higher|lower|predict(?:s|ed|ing)?)"
    r" ((?:[a-z0-9][^\s,.;:()\[\]]{0,40} ){0,3}[a-z0-9][^\s,.;:()\[\]]{0,40})"
)
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
    for words in _behind(text, _GIVEN_AT, _GIVEN):
        given.update(_before_end(words))
    for name, times in heads:
        for word in set(_WORD.findall(name)):
            given[word] += times
    for words in _behind(text, _BECOMES_AT, _BECOMES):
        becomes.update(_before_end(words))
    return Belonging(given, becomes, stated_numbers(text))


def _behind(text: str, starts: Iterable[str], expression: re.Pattern[str]) -> Iterator[str]:
    """Yield the words behind each place of a text where one of the beginnings stands and the expression fits."""
    for start in starts:
        at = text.find(start)
        while at >= 0:
            match = expression.match(text, at + (start == " the "))
            if match is not None:
                yield match[1]
            at = text.find(start, at + len(start))


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


def _before_end(words: str) -> set[str]:
    found: set[str] = set()
    for word in _WORD.findall(words):
        if word in _ENDS and found:
            break
        found.add(word)
    return found
