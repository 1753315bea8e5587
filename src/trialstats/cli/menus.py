"""Menus: words to choose from, with the nearest for one that is not there, and checks that a shell completes."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

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
