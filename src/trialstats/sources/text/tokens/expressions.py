"""Regular expressions that are quick to try: what many words begin with is looked at once."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TypeAlias

_Tree: TypeAlias = "dict[str, _Tree]"
_END = ""


def any_of(words: Iterable[str]) -> str:
    r"""Return an expression for any of some words, without a group; it prefers the longest.

    Examples
    --------
    >>> any_of(["one", "two", "twenty", "twenty-one"])
    '(?:one|tw(?:enty(?:\\-one)?|o))'
    """
    tree: _Tree = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[_END] = {}
    return _written(tree)


def _written(tree: _Tree) -> str:
    branches = [re.escape(letter) + _written(rest) for letter, rest in sorted(tree.items()) if letter != _END]
    if not branches:
        return ""
    if _END in tree:
        return f"(?:{'|'.join(branches)})?"
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


_END_OF_ALL = sys.maxsize
_MOST_KEPT = 32


class Gated:
    """An expression that is tried only on words that hold what all that it finds holds.

    To ask whether a text holds a few letters costs a hundredth of trying an expression at each of its places.
    """

    __slots__ = ("_match", "_search", "pattern", "stems")

    def __init__(self, pattern: str, *stems: str) -> None:
        expression = re.compile(pattern)
        self.pattern = pattern
        self.stems = stems
        """One of them stands in all that is found."""
        self._search = expression.search
        self._match = expression.match

    def search(self, words: str, start: int = 0, stop: int = _END_OF_ALL) -> re.Match[str] | None:
        """Return the first match between two places, if there is one."""
        for stem in self.stems:
            if stem in words:
                return self._search(words, start, stop)
        return None

    def match(self, words: str, start: int = 0, stop: int = _END_OF_ALL) -> re.Match[str] | None:
        """Return the match at a place, if there is one."""
        for stem in self.stems:
            if stem in words:
                return self._match(words, start, stop)
        return None


class Stemmed:
    """An expression of alternatives, capitals or not, that is tried only where a word stands that it must find.

    To look for a few words costs little; to try every alternative at every letter costs much, and mostly for nothing.
    The last answers are kept: many claims, and many changed copies of one, ask of the same sentence and the same text.
    """

    __slots__ = ("_expression", "pattern", "search", "stems", "sub")

    def __init__(self, pattern: str, *stems: str) -> None:
        self._expression = re.compile(pattern, re.IGNORECASE)
        self.pattern = pattern
        self.stems = stems or stems_of(pattern)
        """In lower case; one stands in all that is found. Where none is given they are read from the pattern."""
        self.sub = self._expression.sub
        self.search = lru_cache(maxsize=_MOST_KEPT)(self._found)
        """Return the first match between two places of some words, if there is one."""

    def _found(self, words: str, start: int = 0, stop: int = _END_OF_ALL) -> re.Match[str] | None:
        return self._expression.search(words, start, stop) if self.could_find(words, start, stop) else None

    def finditer(self, words: str, start: int = 0, stop: int = _END_OF_ALL) -> Iterator[re.Match[str]]:
        """Yield every match between two places of some words."""
        return self._expression.finditer(words, start, stop) if self.could_find(words, start, stop) else iter(())

    def could_find(self, words: str, start: int = 0, stop: int = _END_OF_ALL) -> bool:
        """Whether a word stands between two places of some words that a match must hold."""
        small = _in_small_letters(words)
        if not self.stems or len(small) != len(words):
            return True
        return any(small.find(stem, start, stop) >= 0 for stem in self.stems)


@lru_cache(maxsize=_MOST_KEPT)
def _in_small_letters(words: str) -> str:
    """Return words in lower case, as expressions without regard to case see them: a long s is an s."""
    return words.lower().translate(_SEEN_ALIKE)


_SEEN_ALIKE = {ord("ſ"): "s", ord("ı"): "i"}


def stems_of(pattern: str) -> tuple[str, ...]:
    r"""Return words in lower case of which one stands in all that an expression finds; none if it needs no such word.

    Examples
    --------
    >>> stems_of(r"\bstrokes?\b|(?:major )?bleed(?:ing|s)|(?-i:\bOS\b)")
    ('stroke', 'bleed', 'os')
    >>> stems_of(r"stroke|[a-z]+")
    ()
    """
    stems: list[str] = []
    for one in _alternatives(pattern):
        longest = max(_plain_runs(one), key=len)
        found = (longest,) if len(longest) > 1 else next(filter(None, map(stems_of, _groups(one))), ())
        if not found:
            return ()
        stems += found
    return tuple(dict.fromkeys(stems))


_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{[^{}]*\}|.", re.DOTALL)
"""An escape, a set, a number of times, or one letter or sign of an expression."""
_GROUP = re.compile(r"\(\?(?:-i)?:")


def _alternatives(pattern: str) -> list[list[str]]:
    """Return the pieces of each alternative of an expression."""
    found: list[list[str]] = [[]]
    depth = 0
    for piece in _PIECE.findall(pattern):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and depth == 0:
            found.append([])
        else:
            found[-1].append(piece)
    return found


def _plain_runs(pieces: list[str]) -> list[str]:
    """Return the letters of an alternative that stand there one after the other, whatever else does."""
    runs, depth = [""], 0
    for piece in pieces:
        depth += (piece == "(") - (piece == ")")
        if depth or piece == ")" or len(piece) > 1 or piece in ".^$+?*":
            if not depth and piece[0] in "?*{" and runs[-1]:
                runs[-1] = runs[-1][:-1]  # what may be left out
            runs.append("")
        else:
            runs[-1] += piece.lower()
    return runs


def _groups(pieces: list[str]) -> list[str]:
    """Return the inside of each group of an alternative that must be found, and found as it is."""
    found: list[str] = []
    depth = opened = 0
    for at, piece in enumerate(pieces):
        depth += (piece == "(") - (piece == ")")
        if piece == "(" and depth == 1:
            opened = at
        elif piece == ")" and not depth and "".join(pieces[at + 1 : at + 2])[:1] not in ("?", "*", "{"):
            written = "".join(pieces[opened:at])
            if (begun := _GROUP.match(written)) is not None:
                found.append(written[begun.end() :])
    return found
