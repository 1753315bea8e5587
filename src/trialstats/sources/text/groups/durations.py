"""Arms that differ by how long one thing is given: "A for 5 days, A for 10 days, or B"."""

from __future__ import annotations

import re
from collections import defaultdict

from trialstats.sources.text.groups.prose import Phrase, Prose

_FOR = re.compile(
    r"(?: ?\(\x01*\))?,?(?: (?:given|administered|taken))? for "
    r"(?P<number>[0-9]{1,3}|two|three|four|five|six|eight|ten|twelve)[ -](?P<unit>day|week|month|year|cycle)s?\b"
)


def differs_in_time(prose: Prose, phrase: Phrase, others: list[Phrase]) -> bool:
    """Whether a phrase has the words of others, and is given for another time than each of these.

    Parameters
    ----------
    prose : Prose
    phrase : Phrase
    others : list of Phrase
    """
    own = _FOR.match(prose.flat, phrase.end)
    if own is None:
        return False
    same = [_FOR.match(prose.flat, one.end) for one in others if prose.words(one) == prose.words(phrase)]
    return all(one is not None and one["unit"] == own["unit"] and one["number"] != own["number"] for one in same)


def with_times(prose: Prose, phrases: list[Phrase]) -> list[Phrase]:
    """Put the time in place of the phrases that nothing else tells apart.

    Parameters
    ----------
    prose : Prose
    phrases : list of Phrase
    """
    by_words: dict[str, list[int]] = defaultdict(list)
    for at, phrase in enumerate(phrases):
        if not (phrase.head or phrase.common or phrase.unit):
            by_words[prose.words(phrase)].append(at)
    found = list(phrases)
    for words, places in by_words.items():
        told = [_FOR.match(prose.flat, phrases[at].end) for at in places]
        if len(places) > 1 and all(told):
            for at, one in zip(places, told, strict=True):
                if one is not None:
                    found[at] = Phrase(one.start("number"), one.end(), words, unit=one["unit"])
    return found
