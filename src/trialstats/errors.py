"""Every error trialstats raises on purpose: one root, and one clear sentence each.

A message says what was wrong, the value, what is accepted, and where.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches


class TrialstatsError(Exception):
    """Root of all errors that trialstats raises on purpose."""


class InputError(TrialstatsError, ValueError):
    """A value is outside what the function accepts."""


class NotTextError(TrialstatsError, TypeError):
    """A float or another number was given where a printed number, that is text, is meant."""


class UnknownNameError(InputError):
    """A name is not on the menu; the nearest names are suggested.

    Parameters
    ----------
    what : str
        What kind of name it is, e.g. ``"method"``.
    given : object
        The name as given.
    accepted : iterable of str
        The menu.
    aliases : mapping of str to str, optional
        Other common names of what is on the menu.
    """

    def __init__(
        self, what: str, given: object, accepted: Iterable[object], aliases: Mapping[str, str] | None = None
    ) -> None:
        menu = sorted(str(name) for name in accepted)
        known = (aliases or {}).get(str(given).lower())
        near = known if known in menu else _nearest(str(given), menu)

        hint = f" Did you mean {near!r}?" if near is not None else ""
        shown = f"Accepted: {', '.join(menu)}."
        if near is not None and len(menu) > _MANY:
            shown = f"It is one of {len(menu)} accepted names."
        super().__init__(f"Unknown {what} {given!r}.{hint} {shown}")


def check_name(what: str, given: object, menu: Collection[object]) -> None:
    """Refuse a name that is not on a menu."""
    if given not in menu:
        raise UnknownNameError(what, given, menu)


_MANY = 20
"""A menu longer than this is not listed where the nearest name is."""


def _nearest(given: str, menu: Sequence[str]) -> str | None:
    """Return the name that is most like the given one, or whose initials are (``HRR``: hazard-ratio)."""
    if near := get_close_matches(given, menu, n=1, cutoff=0.5):
        return near[0]
    initials = {"".join(word[:1] for word in name.lower().split("-")): name for name in menu if "-" in name}
    close = get_close_matches(given.lower(), initials, n=3, cutoff=0.75)
    close.sort(key=lambda short: short[:1] != given[:1].lower())
    return initials[close[0]] if close else None


class TrialFileError(InputError):
    """A trial file cannot be read as one; says file, line, row and what is accepted.

    Parameters
    ----------
    message : str
        One sentence: what was wrong, the value, what is accepted.
    file : str
        The file as the user named it.
    line : int, optional
        Line in the file, from 1.
    row : str, optional
        The id of the row.
    """

    def __init__(self, message: str, *, file: str, line: int | None = None, row: str | None = None) -> None:
        self.file, self.line, self.row = file, line, row
        place = file if line is None else f"{file}, line {line}"
        if row is not None:
            place += f", row {row!r}"
        super().__init__(f"{place}: {message}")
