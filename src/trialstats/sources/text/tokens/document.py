"""The text being read: its tokens, their numbers, brackets and sentences, and which token was used for what."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache

from trialstats.sources.text.tokens.lex import NUMBER_WORDS, Tokens, lex
from trialstats.sources.text.tokens.normalise import FILLER, normalise

_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_POWER = re.compile(r"(?:e(?P<sign>[-+])| ?[x×*] ?10 ?(?:\^? ?\(? ?-|\^ ?(?P<plus>\+?))) ?(?P<power>[0-9]{1,3})\)?$")


@dataclass(slots=True)
class Interval:
    """An estimate with its interval, as token indices (-1 where there is none).

    Attributes
    ----------
    estimate, lower, upper : int
    signs : tuple of int
        -1 for a minus sign, for estimate, lower and upper.
    level : int
        Token of the level, which may stand at an earlier interval.
    carried : bool
        Whether the level was printed at an earlier interval only.
    label : int
        First token of the words for an interval, or -1.
    first, last : int
        First and last token.
    p : int
        Token of the P value that belongs to it.
    x, n : int
        Tokens of the count and denominator printed right with it.
    sides : int
    unit : str
        ``%``, another unit, or nothing.
    measure : str
    guessed : bool
        Whether the measure stands elsewhere, or nowhere.
    rival : int
        Another number that the bounds could belong to just as well.
    """

    estimate: int
    lower: int
    upper: int
    signs: tuple[int, int, int]
    level: int
    carried: bool
    label: int
    first: int
    last: int
    p: int = -1
    x: int = -1
    n: int = -1
    sides: int = 2
    unit: str = ""
    measure: str = "other"
    guessed: bool = False
    rival: int = -1


LEVEL, BOUND, SCALE, LIMIT = 2, 3, 4, 5
"""What a number that no claim may take was used for."""


@dataclass(slots=True)
class Document:
    """A text cut into tokens.

    Attributes
    ----------
    tokens : Tokens
    letters : str
        Of the tokens.
    partner : dict of int to int
        For each bracket that has one, the index of its other half.
    sentence_ends : list of int
        Tokens that end a sentence.
    used : bytearray
        1 for each token that belongs to a claim; `LEVEL`, `BOUND`, `SCALE` or `LIMIT` for what is none of its own.
    cased : str
        The normalised text before it was put into lower case.
    raw : str
        The text as given, where it has lines of cells.
    decimal_comma : bool
        Whether the text writes decimal commas.
    ratios : set of str or None
        The ratios that the text names anywhere, once they were asked for.
    listed : list of str
        The measures of a list whose numbers follow, those that still want one.
    curves : bool or None
        Whether the text speaks of survival or incidence curves, once that was asked for.
    """

    tokens: Tokens
    letters: str
    partner: dict[int, int]
    sentence_ends: list[int]
    used: bytearray
    cased: str = ""
    raw: str = ""
    decimal_comma: bool = False
    ratios: set[str] | None = None
    listed: list[str] = field(default_factory=list)
    curves: bool | None = None
    _marks: list[int] = field(default_factory=list)
    _open: list[int] = field(default_factory=list)
    _sentence: tuple[int, int] = (0, -1)

    def __len__(self) -> int:
        return len(self.letters)

    def sentence(self, index: int) -> tuple[int, int]:
        """Return the first token of a token's sentence and the one after its last."""
        known = self._sentence
        if known[0] <= index <= known[1]:
            return known  # asked for again and again, number by number
        at = bisect_right(self.sentence_ends, index - 1) if index else 0
        first = self.sentence_ends[at - 1] + 1 if at else 0
        self._sentence = first, self.sentence_ends[at] if at < len(self.sentence_ends) else len(self.letters)
        return self._sentence

    def inside(self, index: int) -> int:
        """Return the innermost bracket that is open at a token within its sentence, or -1."""
        at = bisect_right(self._marks, index - 1)
        return self._open[at - 1] if at else -1

    def digits(self, index: int) -> str:
        """Return a number token in one spelling: a decimal point, no thousands separators, no per cent sign."""
        return _spelled(self.tokens[index], self.letters[index], self.decimal_comma)

    def bare(self, index: int) -> tuple[int, int]:
        """Return where the digits or words of a number token stand in the text, without its per cent sign."""
        start, end = self.tokens.starts[index], self.tokens.ends[index]
        if self.letters[index] == "q":
            end = start + len(self.tokens.text[start:end].rstrip("% percnts\x00"))
        return start, end

    def value(self, index: int) -> float:
        """Return the value of a number token as printed, without sign; of "not reached" NaN."""
        return _value(self.tokens[index], self.letters[index], self.decimal_comma)

    def decimals(self, index: int) -> int:
        """Return how many decimals a number token has."""
        return _decimals(self.tokens[index], self.letters[index], self.decimal_comma)

    def touches(self, index: int) -> bool:
        """Whether a token stands right before the next one, without a space."""
        between = self.tokens.text[self.tokens.ends[index] : self.tokens.starts[index + 1]]
        return not between.strip(FILLER)

    def spaced(self, index: int) -> bool:
        """Whether there is a space before a token."""
        start = self.tokens.starts[index]
        return start == 0 or self.tokens.text[start - 1].isspace()

    def text_between(self, first: int, last: int) -> str:
        """Return the words from one token to the one before another."""
        if first >= last:
            return ""
        return self.tokens.text[self.tokens.starts[first] : self.tokens.ends[last - 1]]

    def has_sign(self, index: int) -> bool:
        """Whether a minus right before a number token is its sign, and neither a dash nor a hyphen."""
        letters = self.letters
        if index == 0 or letters[index - 1] != "m":
            return False
        if not self.touches(index - 1):
            # "- 0.5", as in texts that were cut into words.
            if index > 1 and (letters[index - 2] in "(=e:,;otvCaE" or letters.endswith("(D)", 0, index - 1)):
                return True  # behind "mean (SE)", too
            return index > 1 and self.spaced(index - 1) and self.tokens[index - 2] in _LEADS_TO_SIGNED
        if index == 1 or self.spaced(index - 1):
            return True
        return letters[index - 2] in "(=e:,;oE"


_LEADS_TO_SIGNED = frozenset(("difference", "was", "were", "is", "by", "change", "changes"))
"""Words that a dash between two clauses does not stand behind: "a difference - 1.1%"."""


@lru_cache(maxsize=1 << 14)
def _spelled(text: str, letter: str, decimal_comma: bool) -> str:
    text = text.replace(FILLER, "")
    if letter == "k":
        return str(NUMBER_WORDS.get(text, 0))  # "no" counts as "none" does
    text = text.rstrip("% ") if letter != "q" else text.rstrip("% percnts")
    power = _POWER.search(text)
    if power is not None:
        text = text[: power.start()].strip()
    if "," in text:
        thousands = _THOUSANDS.fullmatch(text) and not (decimal_comma and text.count(",") == 1)
        text = text.replace(",", "" if thousands else ".")
    text = text.replace(". ", ".").replace(" ", "")
    if power is not None:
        text = f"{text}e{power['sign'] or ('-' if power['plus'] is None else '+')}{power['power']}"
    return f"0{text}" if text.startswith(".") else text


@lru_cache(maxsize=1 << 14)
def _decimals(text: str, letter: str, decimal_comma: bool) -> int:
    return len(_spelled(text, letter, decimal_comma).partition(".")[2].partition("e")[0])


@lru_cache(maxsize=1 << 14)
def _value(text: str, letter: str, decimal_comma: bool) -> float:
    # "Not reached" is neither below nor above any number.
    return math.nan if letter == "x" else float(_spelled(text, letter, decimal_comma))


def read_tokens(text: str) -> Document:
    """Normalise and cut a text."""
    cased = normalise(text)
    tokens = lex(cased)
    letters = tokens.letters
    document = Document(tokens, letters, {}, [], bytearray(len(letters)), cased)
    if "\n" in text and ("|" in text or "\t" in text):
        document.raw = text
    stack: list[int] = []
    # After each bracket and sentence end: which bracket is open.
    marks, opened = document._marks, document._open
    for found in _BRACKET.finditer(letters):
        at, letter = found.start(), found[0]
        if letter == "(":
            stack.append(at)
        elif letter == "S":
            document.sentence_ends.append(at)
            # A bracket that was never closed ends with its sentence.
            stack.clear()
        elif stack:
            half = stack.pop()
            document.partner[at], document.partner[half] = half, at
        marks.append(at)
        opened.append(stack[-1] if stack else -1)
    document.decimal_comma = _has_decimal_commas(document)
    return document


_BRACKET = re.compile(r"[()S]")
_COMMA = re.compile(r",(?<=[0-9],)[0-9]{1,2}(?![0-9])")


def _has_decimal_commas(document: Document) -> bool:
    text = document.tokens.text
    if _COMMA.search(text) is None:
        return False
    commas = len(re.findall(r"(?<![0-9,.])[0-9]{1,3},(?:[0-9]{1,2}|[0-9]{4,})(?![0-9,])", text))
    return commas > 2 and commas > len(re.findall(r"[0-9]\.[0-9]", text))
