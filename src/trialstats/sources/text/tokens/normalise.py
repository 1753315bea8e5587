"""Rewrite the many spellings of print into one, without moving a character.

The text comes back with the same length, so that a place in it is the same place in the original:
one character is replaced by one character, and where several characters stand for one (``&lt;``, a
word broken at the end of a line) the rest is filled with `FILLER`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from itertools import chain, pairwise

from trialstats.sources.text.tokens.citations import without_citations
from trialstats.sources.text.tokens.question_marks import with_asked_signs
from trialstats.sources.text.tokens.symbol_fonts import with_lost_signs

FILLER = "\x00"
"""Stands where a character was used up; the lexer reads over it."""
ROW_END = "\x02"
"""Stands for the end of a line where a row of a table begins or ends: no result goes on behind it."""

# One row a target: the characters on the right are all read as the one on the left.
_SPELLINGS = {
    "-": "−–‐‑‒—―﹣－⁃",
    ".": "·∙•⋅．‧・",
    " ": (
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
        "\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u2028\u2029\u0085"
    ),
    FILLER: "£€¥",
    "'": "’‘‛′´",
    '"': "“”„″",
    ":": "∶：",
    ",": "‚，",
    ";": "；",
    "%": "％",
    "=": "＝",
    "<": "＜﹤",
    ">": "＞﹥",
    "≤": "⩽≦",
    "≥": "⩾≧",
    "(": "（",
    ")": "）",
    "/": "⁄∕／",
    "∼": "～",
    "µ": "μ",
    # A ligature cannot become two letters: it goes to one that no English word has.
    "þ": "ﬁ",
}
_ONE_FOR_ONE = {spelling: target for target, row in _SPELLINGS.items() for spelling in row}
# Marks that no reader sees and that may stand inside a word or number: soft hyphen, joiners, marks of direction.
_MARKS = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_MARK = re.compile(rf"[{_MARKS}]+")
_MARKED = re.compile(rf"(?<![\w.\u00b7,%])[\w.\u00b7,%]*+[{_MARKS}][\w.\u00b7,%{_MARKS}]*+")
_ONE_FOR_ONE |= dict(zip("０１２３４５６７８９₀₁₂₃₄₅₆₇₈₉", 2 * "0123456789", strict=True))

_UNUSUAL = re.compile(r"[^\x00-\x7f]")
_ENTITY = re.compile(r"&(?:#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8});")
# A word that goes on in the next line, and a number that does so after its decimal point.
_BROKEN_WORD = re.compile(r"(?<=[A-Za-z])-[ \t]{0,3}\r?\n[ \t]{0,8}([a-z]{1,30})")
_BROKEN_NUMBER = re.compile(r"(?<=(?<![0-9.])0[.\u00b7])\r?\n(?=[0-9])")
# "0 . 54", as in texts that were cut into words; other such numbers are joined only in a text that has one of these.
_CUT_NUMBER = re.compile(r"(?<![0-9.] )(?<![0-9.])0 [.\u00b7] (?=[0-9])")
_CUT_NUMBERS = re.compile(r"(?<=[0-9]) [.\u00b7] (?=[0-9]{1,6}(?! [A-Z]))")
# "0. 7 2", ".0 2 4": digits that a PDF set apart; several at once only where a relation leads to them.
_SPACED = re.compile(
    r"(?<![0-9.,])(?<![0-9.,] )(?P<digits>(?<=[<=>] )0?\. ?[0-9](?: [0-9]){2,4}(?! ?[0-9%])"
    r"|(?:0? ?\. ?[0-9](?: [0-9]){1,4}|(?<=[<=>] )0?\.[0-9] [0-9]{2,3}|(?<=[<=>])0?\.[0-9] [0-9]{2,3}|0 \.[0-9]{1,4})"
    r"(?= ?(?:[)(\]\[};,:-]|to\b|and\b|$)|\.(?:\s|$)))"
)
_MAYBE_SPACED = re.compile(r"\.(?: ?[0-9] [0-9]|(?<=0 \.)[0-9])")
# Where a line ends, or words stand apart: the slack goes behind the next word, so that two words stay one term.
_SLACK = re.compile(r"(?<=[A-Za-z])[ \t\r\n\x00]{2,12}(?P<word>[A-Za-z]{4,20})(?![A-Za-z])")
# Words for an interval in other scripts.
_ELSEWHERE = {"ДИ": "CI", "置信区间": "CI  ", "可信区间": "CI  "}
_MINUS_IN_WORDS = re.compile(r"\b[Mm]inus[ \u00a0\u2009]{1,2}(?=[0-9.\u00b7])(?<![0-9%] .{6})(?<![0-9%] .{7})")
# "Three-hundred-and-nine women"
_HYPHENED_HUNDREDS = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine)-(?:hundred|thousand)(?:[ -]and)?(?:-(?=[a-z]))?", re.IGNORECASE
)
# "Sixty four of 190 women"
_TWO_WORDS = re.compile(
    r"ty (?=(?:one|two|three|four|five|six|seven|eight|nine)\b)"
    r"(?:(?<=\btwenty )|(?<=\bthirty )|(?<=\bforty )|(?<=\bfifty )|(?<=\bsixty )|(?<=\bseventy )|(?<=\beighty )"
    r"|(?<=\bninety ))",
    re.IGNORECASE,
)
# "95% C.I. 0.4 to 0.9"
_DOTTED = re.compile(r"\b([Cc])\. ?([Ii])\.(?=[ ,:;(=]|$)")
_ALLOTTED = re.compile(r"\b[Aa]llotted\b")
"""The one word for giving people a treatment that is as long as the one that all rooms know."""
# What makes a line the row of a table: a tabulator between cells, or bars that stand apart.
_CELLS = re.compile(r"[^\s]\s*\t|^\s*\||\s\|\s")
# A row that gives the P values of the results in the row before it, and nothing else.
_P_OF_THE_ROW_BEFORE = re.compile(r"[\s|]{0,9}p(?:[ -]values?)?[\s|]{1,9}[<=>0.]", re.IGNORECASE)
_BRACES = str.maketrans("{}", "()")
_LAYOUT = str.maketrans("\t\n\x0b\x0c\r", "     ")
_TAG = re.compile(r"</?(?:i|b|em|sup|sub|p|br|strong|italic|bold)\s{0,3}/?>", re.IGNORECASE)

# "1.2×10⁻⁵", "1.2 x 10<sup>-5</sup>", "3.1•10-8", "3 x 10{-5}": a dot multiplies only behind a decimal fraction.
_TENTH_POWER = re.compile(
    r"(?<=[0-9])(?: ?[×xX*]|(?<=[0-9]\.[0-9])[·•∙⋅]|(?<=[0-9]\.[0-9]{2})[·•∙⋅]) ?10 ?(?:<sup>|\^?\{|\^)? ?[-−–⁻] ?"
    r"(?P<power>[0-9⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(?:</sup>|\})?(?![0-9]|[.·][0-9])",
    re.IGNORECASE,
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

_OR_EQUAL = re.compile(r"([<>]) ?or ?=")
"""At most, and at least, where only ASCII was to be had: "P < or = .001"."""


@lru_cache(maxsize=4)
def normalise(text: str) -> str:
    r"""Return the text in one spelling, character for character in the same places.

    Parameters
    ----------
    text : str
        As given: Unicode minus signs, middle dots, thin spaces, HTML entities and all.

    Returns
    -------
    str
        Of the same length.

    Examples
    --------
    >>> normalise("HR 0·54 (0·36–0·81)")
    'HR 0.54 (0.36-0.81)'
    >>> normalise("p&lt;0.05").replace(FILLER, "")
    'p<0.05'
    >>> len(normalise("confi-\ndence")) == len("confi-\ndence")
    True
    """
    text = with_lost_signs(text)
    if "\n" in text and ("\t" in text or "|" in text):
        text = _with_ends_of_rows(text)
    if "\n" in text:
        text = _SLACK.sub(_closed, _BROKEN_NUMBER.sub(_filled, _BROKEN_WORD.sub(_joined, text)))
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    if "10" in text:
        text = _TENTH_POWER.sub(_power, text)
    if "or" in text and "=" in text:
        text = _OR_EQUAL.sub(lambda found: ("≤" if found[1] == "<" else "≥") + FILLER * (len(found[0]) - 1), text)
    if "<" in text:
        text = _TAG.sub(_filled, text)
    if "{" in text:
        text = text.translate(_BRACES)
    if "?" in text:
        text = with_asked_signs(text)
    if "$" in text:
        text = text.replace("$", FILLER)
    if " . " in text or " \u00b7 " in text:
        text = _with_points(text)
    if _MAYBE_SPACED.search(text) is not None:
        text = _SPACED.sub(_without_spaces, text)
    if "inus " in text or "inus\u00a0" in text:
        text = _MINUS_IN_WORDS.sub(_minus, text)
    if ".I." in text or ".i." in text or ". I." in text:
        text = _DOTTED.sub(lambda found: found[1] + found[2] + FILLER * (len(found[0]) - 2), text)
    if "-hundred" in text or "-thousand" in text:
        text = _HYPHENED_HUNDREDS.sub(lambda found: found[0].replace("-", " "), text)
    if "ty " in text:
        text = _TWO_WORDS.sub(lambda found: found[0].replace(" ", "-"), text)
    if "llotted" in text:
        text = _ALLOTTED.sub(lambda found: ("A" if found[0] == "Allotted" else "a") + "ssigned", text)
    if not text.isascii():
        text = _in_ascii(text)
    if "[1" in text or "(1" in text or "[]" in text:
        text = without_citations(text, _filled)
    return text.translate(_LAYOUT) if "\n" in text or "\t" in text or "\r" in text else text


def _in_ascii(text: str) -> str:
    if _MARK.search(text) is not None:
        text = _MARKED.sub(_unmarked, text)
    if "ДИ" in text or "信区间" in text:
        for words, known in _ELSEWHERE.items():
            text = text.replace(words, known)
    return _UNUSUAL.sub(_usual, text)


def _with_ends_of_rows(text: str) -> str:
    """Mark where the rows of tables end: what stands in one is no part of what stands in the next."""
    lines = text.split("\n")
    rows = [_CELLS.search(line) is not None for line in lines]
    goes_on = [_P_OF_THE_ROW_BEFORE.match(line) is not None for line in lines[1:]]
    ends = [
        "\n" if on or not (one or other) else ROW_END for (one, other), on in zip(pairwise(rows), goes_on, strict=True)
    ]
    return "".join(chain.from_iterable(zip(lines, [*ends, ""], strict=True)))


def _filled(found: re.Match[str]) -> str:
    return FILLER * len(found[0])


def _joined(found: re.Match[str]) -> str:
    return found[1] + FILLER * (len(found[0]) - len(found[1]))


def _with_points(text: str) -> str:
    """Close up numbers that were cut at their decimal point; the spaces go behind the point."""
    if _CUT_NUMBER.search(text) is None:
        return text
    return _CUT_NUMBERS.sub("." + 2 * FILLER, text)


def _without_spaces(found: re.Match[str]) -> str:
    digits = found["digits"].replace(" ", "")
    return digits + FILLER * (len(found[0]) - len(digits))


def _closed(found: re.Match[str]) -> str:
    return " " + found["word"] + FILLER * (len(found[0]) - len(found["word"]) - 1)


def _power(found: re.Match[str]) -> str:
    power = f"x10-{found['power'].translate(_SUPERSCRIPTS)}"
    return power + FILLER * (len(found[0]) - len(power))


def _minus(found: re.Match[str]) -> str:
    return "-" + FILLER * (len(found[0]) - 1)


def _unmarked(found: re.Match[str]) -> str:
    """Move what nobody sees behind the word or number that it stands in."""
    seen = _MARK.sub("", found[0])
    return seen + FILLER * (len(found[0]) - len(seen))


def _usual(found: re.Match[str]) -> str:
    character = found[0]
    return _ONE_FOR_ONE.get(character, character)


def _entity(found: re.Match[str]) -> str:
    character = unescape(found[0])
    if len(character) != 1 or character == "&":
        return found[0]
    return _ONE_FOR_ONE.get(character, character) + FILLER * (len(found[0]) - 1)
