"""What a given file is, where it is not what the command reads; and menus that suggest the nearest name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trialstats.errors import InputError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

__all__ = ["CheckNames", "Menu", "looks_like_trial_file", "missing", "readable_text"]

_SIGNS = tuple(
    re.compile(sign, re.MULTILINE) for sign in (r"^\s*schema\s*=\s*\d", r"^\s*\[\s*trial\s*\]", r"^\s*\[\[\s*rows\b")
)


if TYPE_CHECKING:
    _Choice = click.Choice[str]
    _ParamType = click.ParamType[str]
else:  # generic only in later releases of click
    _Choice = click.Choice
    _ParamType = click.ParamType


class Menu(_Choice):
    """A choice of words that suggests the nearest of them."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """Return the sentence about a word that is not on the menu."""
        near = get_close_matches(str(value), self.choices, n=1, cutoff=0.5)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        return f"{value!r} is not one of {', '.join(map(repr, self.choices))}.{hint}"


class CheckNames(_ParamType):
    """Codes and names of checks, several by commas where ``many``; a shell completes them."""

    name = "check"

    def __init__(self, *, many: bool = False) -> None:
        self.many = many

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the words as given: what they name is looked up by the command."""
        return str(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the codes and names that begin so; of several by commas, the last is completed."""
        from click.shell_completion import CompletionItem

        from trialstats.checks import CHECKS

        before, comma, last = incomplete.rpartition(",") if self.many else ("", "", incomplete)
        return [
            CompletionItem(f"{before}{comma}{word}", help=check.summary)
            for check in CHECKS
            for word in (check.code, check.name)
            if word.lower().startswith(last.lower())
        ]


def missing(name: str, among: Iterable[str] | None = None) -> InputError:
    """Return what to say of a file that is not there: the nearest file beside it is suggested."""
    path = Path(name)
    if among is None:
        among = [one.name for one in path.parent.iterdir()] if path.parent.is_dir() else ()
    near = get_close_matches(path.name, list(among), n=1, cutoff=0.6)
    hint = f" Did you mean {str(path.parent / near[0])!r}?" if near else ""
    return InputError(f"{name}: no such file or directory.{hint}")


def looks_like_trial_file(text: str) -> bool:
    """Whether a text has at least two of the three lines that make a trial file."""
    return sum(sign.search(text) is not None for sign in _SIGNS) >= 2


def readable_text(name: str, content: bytes) -> str:
    """Return the text of a file or of standard input.

    Raises
    ------
    InputError
        If there is none, or it is a trial file, a PDF or other than text: what to do instead.
    """
    shown = "standard input" if name == "-" else name
    if content.lstrip()[:5] == b"%PDF-" or content.strip() == b"%PDF":
        raise InputError(f"{shown}: is a PDF; extract its text first: pdftotext paper.pdf - | trialstats check -")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{shown}: is not text in UTF-8; of a PDF or a Word file, extract the text first.") from None
    if not text.strip():
        raise InputError(f"{shown}: holds no text.")
    if "\x00" in text:
        raise InputError(f"{shown}: is not text, for it holds NUL characters; extract the text first.")
    if looks_like_trial_file(text):
        raise InputError(f"{shown}: is a trial file, not a text; for that there is: trialstats reproduce {name}")
    return text
