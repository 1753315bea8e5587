"""What the abbreviations of a text stand for."""

from __future__ import annotations

import re

from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.words.of_outcomes import telling

_DEFINED = re.compile(r"[(\[](?P<short>[0-9]?[A-Za-z][A-Za-z0-9/-]{1,7})(?=[)\];,])")
_BEFORE_A_NAME = re.compile(r"[()\[\];:]|\. ")
"""What parts the words that an abbreviation stands for from others."""
_BEFORE_A_MEASURE = re.compile(r"[()\[\];:,]|\. ")
_PLURAL = re.compile(r"s\b")
_PLURAL_ENDS = re.compile(r"(?<=[^s])s$")
_KNOWN_SHORT = {
    "os": "overall survival",
    "pfs": "progression-free survival",
    "dfs": "disease-free survival",
    "efs": "event-free survival",
    "rfs": "relapse-free survival",
    "orr": "overall response rate",
    "rr": "response rate",
    "pcr": "pathological complete response",
    "qol": "quality of life",
    "ttp": "time to progression",
    "bmi": "body mass index",
    "mi": "myocardial infarction",
}


def abbreviations(document: Document) -> tuple[dict[str, str], dict[str, str]]:
    """Return the abbreviations that a text defines for an outcome, and these with the common ones.

    What a text defines for a measure is among neither: "risk ratio (RR)" is no response rate.

    Parameters
    ----------
    document : Document
    """
    known = _known(document)[0]
    return (
        {short: words for short, words in known.items() if words},
        {short: words for short, words in (_KNOWN_SHORT | known).items() if words},
    )


def telling_nothing(document: Document) -> frozenset[str]:
    """Return the abbreviations that stand for words that tell no outcome: "estimated treatment difference (ETD)".

    Parameters
    ----------
    document : Document
    """
    return frozenset(_known(document)[1])


def _known(document: Document) -> tuple[dict[str, str], set[str]]:
    """Return what a text's abbreviations stand for: "overall survival (OS)"; of a measure, "HR", nothing.

    Those of words that tell nothing are the others, in a set.
    """
    text, found, nothing = document.tokens.text, dict[str, str](), set[str]()
    for match in _DEFINED.finditer(document.cased):
        short, of_several = match["short"].lower(), match["short"][:-1].isupper() and match["short"][-1] == "s"
        if of_several:
            short = short[:-1]  # "yeast infections (YIs)"
        measure = not telling(short)
        if measure and (of_several or text[match.end()] in ";,"):
            continue  # "death (HR, 0.71)"
        letters = [letter for letter in short if letter.isalpha()]
        before = text[max(0, match.start() - 20 * len(letters) - 40) : match.start()]
        parts = (_BEFORE_A_MEASURE if measure else _BEFORE_A_NAME).split(before)
        words = parts[-1].replace("-", " ").split()[-len(letters) - 2 :]
        first = _begins(words, letters)
        if len(words) - first < min(2, len(letters)):
            continue
        said = " ".join(words[first:])
        if telling(said) and telling(_PLURAL.sub("", said)):
            found[short] = said
            if of_several:
                found[f"{short}s"], found[short] = said, _PLURAL_ENDS.sub("", said)
        elif measure:
            found.setdefault(short, "")
        elif not telling(said) and short not in _KNOWN_SHORT and sum(map(str.isupper, match["short"])) > 1:
            nothing.add(short)
    return found, nothing - set(found)


def _begins(words: list[str], letters: list[str]) -> int:
    """Return where the words before an abbreviation begin that it stands for: where its letters begin each of them."""
    for at in range(len(words) - 1, -1, -1):
        if words[at] not in _SMALL and letters in (
            [word[0] for word in words[at:]],
            [word[0] for word in words[at:] if word not in _SMALL],
        ):
            return at  # not at "point" in "end point was problem-free sleep (PFS)"
    return next((at for at, word in enumerate(words) if word[0] == letters[0]), len(words))


_SMALL = frozenset(("of", "the", "and", "to", "in", "for", "with", "a", "an", "after"))
