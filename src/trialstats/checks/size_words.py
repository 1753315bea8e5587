"""What a text says of a number of patients that it does not give for a claim: whether it prints it at all."""

from __future__ import annotations

import re

from trialstats.checks.check import Context
from trialstats.checks.list_size import NUMBER
from trialstats.claims.model import Estimate
from trialstats.sources.text.tokens.lex import NUMBER_WORDS
from trialstats.sources.text.words.of_values import PEOPLE
from trialstats.wording import joined

_OF_PATIENTS = re.compile(rf"(?<![\d.,·-]){NUMBER}(?= (?:[a-z-]+ ){{0,3}}{PEOPLE}\b)|\bn ?= ?{NUMBER}", re.IGNORECASE)
_MOST_TOLD = 3
_FEW = 4
"""Numbers up to it stand in most texts as words."""


def is_printed_count(context: Context, x: int | None, n: int | None) -> bool:
    """Return whether a text prints a count with its number of patients: 12 of 30, 12 out of 30, 12/30."""
    text = context.paper.text
    if text is None or not any(f"{lead}{n}" in text for lead in _BEFORE_TOTAL):
        return False
    return re.search(rf"(?<![\d.,])\b{x}(?: (?:out )?of (?:the )?|/){n}\b", text) is not None


_BEFORE_TOTAL = (" of ", " of the ", "/")


def size_words(context: Context, claim: Estimate, n: int, *, fits: bool, x: int | None = None) -> str:
    """Say what the text says of a number of patients behind a claim.

    That it prints it, or not, or which others where it gives none for the claim; ``fits`` if other percentages of its
    arm are of that number.
    """
    if is_printed_count(context, x, n):
        return f"The text prints {x} of {n}."
    if not (context.sizes(claim) or fits or stands_in_text(context, n)):
        return no_size_words(context)
    words = unnamed_size_words(context, n)
    return f"{words.removesuffix('.')}, but its other percentages of this arm fit that number." if fits else words


def unnamed_size_words(context: Context, n: int) -> str:
    """Say whether a text prints a number of patients that it does not give for a claim."""
    if stands_in_text(context, n):
        return f"The text prints {n}, though not beside this claim."
    return f"The text does not print {n}."


def stands_in_text(context: Context, n: int) -> bool:
    """Return whether a text prints a whole number."""
    text, number = context.paper.text or "", rf"{n:,}|{n}"
    words = [word for word, value in NUMBER_WORDS.items() if value == n > _FEW]
    if any(re.search(rf"\b{word}\b", text, re.IGNORECASE) for word in words):
        return True
    if str(n) not in text and f"{n:,}" not in text:
        return False
    found = re.finditer(rf"(?<![\d.,])(?:{number})(?![\d%]|[.,]\d)", text)
    return any(
        _IN_A_UNIT.match(text, one.end()) is None
        and _OF_AN_AGE.search(text, max(0, one.start() - 30), one.start()) is None
        for one in found
    )


_IN_A_UNIT = re.compile(
    r"[ -]?(?:(?:years?|yrs?|months?|weeks?|days?|hours?|min(?:utes?)?|seconds?|mm ?hg|kcal|µg|mcg|mg|kg|g|ml|dl|gy|cm"
    r"|mm|mmol|iu|points?|beats|cent(?:re|er)s|sites|hospitals|countries)\b|/\d|°)",
    re.IGNORECASE,
)
"""What behind a number says that it is an age, a dose or the like, and counts no patients."""
_OF_AN_AGE = re.compile(
    r"\bage[ds]?\b[^.;()\d]{0,16}$|(?:[<>≥≤]|&[lg]t;)(?: ?(?:or)? ?=)? ?$|\bscores? (?:of )?$", re.IGNORECASE
)
"""The same before it: "aged > or =70"."""


def no_size_words(context: Context) -> str:
    """Say that a text gives no number of patients for a claim, and which it counts."""
    printed = printed_sizes(context)
    if not printed:
        return "We read no number of patients for it in the text: that any prints it tells little."
    few = joined(map(str, printed[:_MOST_TOLD]))
    more = " and others" if len(printed) > _MOST_TOLD else ""
    return (
        f"The text counts {few}{more} patients, and we do not know of how many it is: that any prints it tells little."
    )


def printed_sizes(context: Context) -> list[int]:
    """Return the numbers of patients of a text, as read or as its words say, the largest first."""
    said = (found[1] or found[2] for found in _OF_PATIENTS.finditer(context.paper.text or ""))
    numbers = {int(re.sub(r"\D", "", one)) for one in said}
    read = {n for of in (context.paper.of, *(arm.of for arm in context.paper.arms)) for size in of.values()
            if (n := size.value.whole)}  # fmt: skip
    return sorted(numbers | read, reverse=True)
