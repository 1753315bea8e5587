"""Regular expressions that are quick to try: what many words begin with is looked at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
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


class Stemmed:
    """An expression of alternatives, capitals or not, that is tried only where a word stands that it must find.

    To look for a few words costs little; to try every alternative at every letter costs much, and mostly for nothing.
    The last answers are kept: many claims, and many changed copies of one, ask of the same sentence and the same text.
    """

    __slots__ = ("_expression", "finditer", "pattern", "search", "stems")

    def __init__(self, pattern: str) -> None:
        self._expression = re.compile(pattern, re.IGNORECASE)
        self.pattern = pattern
        self.stems = stems_of(pattern)
        self.finditer = self._expression.finditer
        self.search = lru_cache(maxsize=_MOST_KEPT)(self._found)
        """Return the first match in some words, if there is one."""

    def _found(self, words: str) -> re.Match[str] | None:
        return self._expression.search(words) if not self.stems or self.could_find(words) else None

    def could_find(self, words: str) -> bool:
        """Whether a word stands in some words that a match must hold."""
        return any(map(_lowered(words).__contains__, self.stems))


_MOST_KEPT = 32


@lru_cache(maxsize=_MOST_KEPT)
def _lowered(words: str) -> str:
    return words.lower()


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
