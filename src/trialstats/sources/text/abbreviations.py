"""What the abbreviations of a text stand for."""

from __future__ import annotations

import re

from trialstats.sources.text.document import Document
from trialstats.sources.text.outcome_words import telling

_DEFINED = re.compile(r"[(\[](?P<short>[0-9]?[A-Za-z][A-Za-z0-9/-]{1,7})(?=[)\];,])")
_BEFORE_A_NAME = re.compile(r"[()\[\];:]|\. ")
"""What parts the words that an abbreviation stands for from others."""
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
    known = _known(document)
    return (
        {short: words for short, words in known.items() if words},
        {short: words for short, words in (_KNOWN_SHORT | known).items() if words},
    )


def _known(document: Document) -> dict[str, str]:
    """Return what a text's abbreviations stand for: "overall survival (OS)"; of a measure, "HR", nothing."""
    text, found = document.tokens.text, {}
    for match in _DEFINED.finditer(document.cased):
        short = match["short"].lower()
        measure = not telling(short)
        if text[match.end()] in ";," and measure:
            continue  # "death (HR, 0.71)"
        letters = [letter for letter in short if letter.isalpha()]
        before = text[max(0, match.start() - 20 * len(letters) - 40) : match.start()]
        words = _BEFORE_A_NAME.split(before)[-1].replace("-", " ").split()[-len(letters) - 2 :]
        first = next((at for at, word in enumerate(words) if word[0] == letters[0]), len(words))
        if len(words) - first < min(2, len(letters)):
            continue
        said = " ".join(words[first:])
        if telling(said):
            found[short] = said
        elif measure:
            found.setdefault(short, "")
    return found
