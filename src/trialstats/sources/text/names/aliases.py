"""Names that a text uses for its arms later: by a word that only one arm has, by initials, by an abbreviation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from trialstats.sources.text.groups.model import Group
from trialstats.sources.text.groups.names_of_results import NO_NAME
from trialstats.sources.text.groups.prose import word_set
from trialstats.sources.text.names.of_phrases import OF_AN_ILLNESS

_WORD = re.compile(r"[a-z0-9][\w'.]*\w|[a-z0-9]")
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,24})[)\]]")
_LOOSE = word_set("only alone plus with without and or the of a an therapy treatment group arm based program programme")
_STEM = 5


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.lower()) if word not in NO_NAME and word not in _LOOSE]


class _Called:
    """What may tell that a name is an arm's: its words, its initials, the abbreviations in its brackets."""

    __slots__ = ("initials", "short", "words")

    def __init__(self, arm: Group) -> None:
        label = arm.label.lower()
        self.words = _words(" ".join(OF_AN_ILLNESS.sub(r"\g<what>", name) for name in (label, *arm.names)))
        everything = re.findall(r"[a-z0-9]+", _IN_BRACKETS.sub(" ", label))
        plain = [word for word in everything if word not in ("the", "and", "of", "with")]
        self.initials = ("".join(word[0] for word in plain), "".join(word[0] for word in everything))
        self.short = {found.strip() for found in _IN_BRACKETS.findall(label)}
        self.short |= {name for name in arm.names if len(name) < 8}


def matched(arms: Sequence[Group], names: Iterable[str]) -> dict[str, int]:
    """Return for each name the one arm that it can stand for.

    Parameters
    ----------
    arms : sequence of Group
    names : iterable of str
        In lower case.
    """
    known = [_Called(arm) for arm in arms]
    found = {name: arm_called(known, name) for name in dict.fromkeys(names)}
    return {name: at for name, at in found.items() if at is not None}


def arm_called(known: Sequence[_Called], name: str) -> int | None:
    """Return the one arm that a name fits best, if there is one.

    Parameters
    ----------
    known : sequence of _Called
    name : str
    """
    own = _words(name)
    if not own:
        return None
    short = [at for at, arm in enumerate(known) if name in arm.short]
    if len(short) == 1:
        return short[0]
    fitting = [at for at, arm in enumerate(known) if all(_has(arm.words, word) for word in own)]
    if len(fitting) > 1:
        # "poc cd4" is the arm that has nothing else.
        fitting.sort(key=lambda at: len(set(known[at].words)))
        least, next_least = (len(set(known[at].words)) for at in fitting[:2])
        fitting = fitting[:1] if least < next_least and least <= 2 * len(own) else []
    if fitting:
        return fitting[0]
    initials = [at for at, arm in enumerate(known) if _stands_for(name, arm)]
    return initials[0] if len(initials) == 1 else None


def _has(words: Sequence[str], word: str) -> bool:
    if len(word) <= _STEM or word[0].isdigit():
        return word in words
    return any(word[: max(_STEM, len(word) - 3)] == other[: max(_STEM, len(word) - 3)] for other in words)


def _stands_for(name: str, arm: _Called) -> bool:
    letters = name.replace("-", "").replace("+", "").replace("/", "")
    return 1 < len(letters) < 7 and letters.isalpha() and any(letters in initials for initials in arm.initials)
