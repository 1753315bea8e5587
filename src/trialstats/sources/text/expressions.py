"""Regular expressions that are quick to try: what many words begin with is looked at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
