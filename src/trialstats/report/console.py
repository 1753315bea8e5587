"""A terminal to print on, in memory: what is printed is data, so nothing in it is markup, a link or an emoji."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def console_on(out: io.StringIO, *, colour: bool, width: int | None = None) -> Console:
    """Return a terminal of a width that writes to a text, with terminal colours if asked for."""
    from rich.console import Console

    return Console(
        file=out,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
