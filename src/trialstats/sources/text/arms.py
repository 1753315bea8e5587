"""Find the arms of a trial and the numbers of patients printed for them."""

from __future__ import annotations

import re
from bisect import bisect_right

from trialstats.claims.model import Arm, Size
from trialstats.reported import Reported
from trialstats.sources.text.document import Document
from trialstats.sources.text.lex import NUMBER_WORDS

__all__ = ["arm_of", "find_arms", "find_total"]

_SIZED = re.compile(r"\(ned\)")
_ALLOCATED = re.compile(r"random|assign|allocat")
_GIVEN = re.compile(r"receiv|group|\barms?\b|treated")
# What ends the name of an arm, looking back from its "(n = 32)".
_BEFORE_NAME = re.compile(
    r".*(?:[,;:()\[\]]|\b(?:or|and|to|either|versus|vs|with|receiv\w+|of|in|plus either|by)\b(?! (?:then|plus)\b))",
    re.DOTALL,
)
_FILL = re.compile(
    r"^(?:(?:the|a|an|receive|either|oral|daily|group|arm|patients|participants|in|receiving|treated)\s+)+|\s+(?:group|arm|groups|arms|patients|participants)$"
)
_LETTERED = re.compile(r"\b(?:[Gg]roup|[Aa]rm) [A-Z0-9]$")


def find_arms(text: str, document: Document) -> tuple[Arm, ...]:
    """Return the arms whose size is printed as "varenicline (n = 344)", in the order of the text.

    Only a sentence that names at least two of them, and says how patients came to be in them, is read.
    """
    letters = document.letters
    by_sentence: dict[int, list[tuple[str, str]]] = {}
    for match in _SIZED.finditer(letters):
        number = match.start() + 3
        digits = document.digits(number)
        if not digits.isdecimal() or len(digits) > 6 or digits == "0":
            continue
        first, _ = document.sentence(match.start())
        start = max(document.tokens.starts[first], document.tokens.starts[match.start()] - 90)
        words = text[start : document.tokens.starts[match.start()]].strip()
        lettered = _LETTERED.search(words)
        name = lettered[0] if lettered else _FILL.sub("", _BEFORE_NAME.sub("", words).strip()).strip(" .,-")
        if 1 < len(name) < 60:
            by_sentence.setdefault(first, []).append((name, digits))
    for first, named in by_sentence.items():
        names = [name.lower() for name, _ in named]
        if len(named) < 2 or len(set(names)) != len(names) or len(named) > 8:
            continue
        words = document.text_between(*document.sentence(first))
        if _ALLOCATED.search(words):
            population = "randomised"
        elif _GIVEN.search(words):
            population = "included"
        else:
            continue
        return tuple(_arm(name, digits, population) for name, digits in named)
    return _sized_before(document)


# "38 to the drug group and 36 to placebo"
_TO_ARM = re.compile(
    r"[0-9] (?:(?:patients|participants|subjects|women|men|children|of them) )?"
    r"(?:(?:were |was )?(?:randomly )?(?:assigned|allocated|randomi[sz]ed) )?to (?:receive )?(?:the )?"
    r"([a-z][^,;:.()0-9]{1,40}?)(?= groups?\b| arm\b|,| and (?:[0-9]|were|was|received|who|had|formed)|[;:.(]| \(|$)"
)


def _sized_before(document: Document) -> tuple[Arm, ...]:
    """Return the arms whose size stands before them: "were randomly assigned, 38 to the drug and 36 to placebo"."""
    text = document.tokens.text
    if "andom" not in text and "assigned" not in text and "allocated" not in text:
        return ()
    by_sentence: dict[int, list[tuple[str, str]]] = {}
    for match in _TO_ARM.finditer(text):
        at = bisect_right(document.tokens.starts, match.start()) - 1
        digits = document.digits(at) if at >= 0 and document.letters[at] == "d" else ""
        name = _FILL.sub("", match[1].strip()).strip()
        sized = digits.isdecimal() and digits != "0" and len(digits) < 7
        if sized and len(name) > 1 and name.split()[0] not in _NO_ARM:
            by_sentence.setdefault(document.sentence(at)[0], []).append((name, digits))
    for first, named in by_sentence.items():
        names = [name for name, _ in named]
        if not 2 <= len(named) <= 8 or len(set(names)) < len(names):
            continue
        if _ALLOCATED.search(document.text_between(*document.sentence(first))) is not None:
            return tuple(_arm(name, digits, "randomised") for name, digits in named)
    return ()


_NO_ARM_TEXT = "be have study treatment day days month months week weeks year years end"
_NO_ARM = frozenset(_NO_ARM_TEXT.split())

_INTO_TRIAL = re.compile(
    r" (?:were|was|underwent) (?=[acefirst])(?:(?:then|finally|randomly|centrally|successfully) )?"
    r"(randomi[sz](?:ed|ation)|assigned|allocated|enrolled|recruited|included|treated)\b"
)
_WORD = "(?:" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + ")"
_PEOPLE = "(?:patients|participants|subjects|women|men|children|adults|infants|volunteers|individuals)"
_SOME_PATIENTS = re.compile(
    rf"(?:^|[\s(])(?:(?P<digits>[1-9][0-9]{{0,2}}(?:[, ][0-9]{{3}}|[0-9]{{0,2}}))"
    rf"|(?P<words>{_WORD}(?: (?:and )?{_WORD}){{0,4}}))"
    rf"(?: (?!thousand)[a-z-]{{3,20}}){{0,3}} {_PEOPLE}(?: (?!{_PEOPLE})[a-z0-9-]{{1,20}}){{0,6}}$"
)
_YEAR = re.compile(r"\b(?:in|since|during|until|by|from|to|and|of) (?:19|20)[0-9]{2}$")
_POPULATION = {"r": "randomised", "a": "randomised", "e": "enrolled", "i": "included", "t": "treated"}


def find_total(document: Document, arms: tuple[Arm, ...]) -> dict[str, Size]:
    """Return the number of patients that a text prints for all its arms together, by population.

    Only where it prints one such number, and where the arms that were found do not add up to another: a text need
    not name every arm, and may speak of several studies.

    Parameters
    ----------
    document : Document
    arms : tuple of Arm
    """
    text = document.tokens.text
    found: dict[str, set[str]] = {}
    for match in _INTO_TRIAL.finditer(text):
        some = _SOME_PATIENTS.search(text, max(0, match.start() - 120), match.start())
        number = _number(some) if some is not None else 0
        if (
            some is not None
            and number > 1
            and not (some["digits"] and _YEAR.search(text, max(0, some.end() - 200), some.end("digits")))
        ):
            word = match[1]
            kind = "enrolled" if word == "recruited" else _POPULATION[word[0]]
            found.setdefault(kind, set()).add(str(number))
    totals = {kind: next(iter(numbers)) for kind, numbers in found.items() if len(numbers) == 1}
    for kind in list(totals):
        sizes = [size.value.whole or 0 for arm in arms if (size := arm.of.get(kind)) is not None]
        if sizes and (len(sizes) != len(arms) or sum(sizes) != int(totals[kind])):
            del totals[kind]
    return {kind: Size(Reported(number)) for kind, number in totals.items()}


def _number(some: re.Match[str]) -> int:
    """Return a whole number in digits or words: one hundred and fifty-two."""
    if some["digits"]:
        return int(some["digits"].replace(",", "").replace(" ", ""))
    value = 0
    for word in some["words"].split():
        part = NUMBER_WORDS.get(word, 0)
        value = max(value, 1) * 100 if part == 100 else value + part
    return value


def _arm(name: str, digits: str, population: str) -> Arm:
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "arm"
    return Arm(slug, name, {population: Size(Reported(digits))})


def arm_of(
    document: Document, arms: tuple[Arm, ...], floor: int, first: int, last: int, ceiling: int
) -> tuple[str, ...]:
    """Return the one arm that the words right after a claim name, or else those right before it.

    Parameters
    ----------
    document : Document
    arms : tuple of Arm
    floor, ceiling : int
        Last token of the claim before and first token of the claim behind.
    first, last : int
        First and last token of the claim.
    """
    if not arms:
        return ()
    start, stop = document.sentence(first)
    after = document.text_between(last + 1, min(stop, ceiling, last + 14))
    before = document.text_between(max(start, floor + 1, first - 10), first)
    for words in (after, before):
        named = [arm.id for arm in arms if arm.label.lower() in words]
        if len(named) == 1:
            return (named[0],)
        if named:
            return ()
    return ()
