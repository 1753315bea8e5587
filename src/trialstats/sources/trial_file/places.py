"""Where things stand in a trial file, so that a message can say its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from trialstats.errors import TrialFileError
from trialstats.sources.trial_file.shapes import Refused

Places = Mapping[tuple[str | int, ...], int]

_LINE = re.compile(
    r"""^[ \t]*(?:(?P<rows>\[\[[ \t]*(?P<array>[\w-]+)[ \t]*\]\])|\[[ \t]*(?P<table>[^\[\]\n]+?)[ \t]*\]|"""
    r"""(?P<key>(?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:[ \t]*\.[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*)[ \t]*=)""",
    re.MULTILINE,
)
_KEY_PART = re.compile(r"""[\w-]+|"[^"\n]*"|'[^'\n]*'""")
_LONG_STRING = re.compile(r'"""[\s\S]*?"""|' + r"'''[\s\S]*?'''")
_PLACE_IN_MESSAGE = re.compile(r"^(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)$", re.DOTALL)


def places_in(text: str) -> dict[tuple[str | int, ...], int]:
    """Return the line of every header and key, by its path: ``("rows", 3, "value")``.

    A scan of headers and keys line by line, not a parser: it costs a fraction of reading, and what
    it cannot see (a row written as an inline table) only has no line.
    """
    if '"""' in text or "'''" in text:
        text = _LONG_STRING.sub(lambda found: '""' + "\n" * found[0].count("\n"), text)
    places: dict[tuple[str | int, ...], int] = {}
    header: tuple[str | int, ...] = ()
    counts: dict[str, int] = {}
    line, seen = 1, 0
    for found in _LINE.finditer(text):
        line += text.count("\n", seen, found.start())
        seen = found.start()
        if found["rows"]:
            array = found["array"]
            counts[array] = counts.get(array, -1) + 1
            header = (array, counts[array])
            places[header] = line
        elif found["table"]:
            parts = _key_parts(found["table"])
            first = parts[0]
            header = (first, counts[first], *parts[1:]) if first in counts else parts
            places[header] = line
        else:
            path = (*header, *_key_parts(found["key"]))
            for end in range(len(header) + 1, len(path) + 1):
                places.setdefault(path[:end], line)
    return places


def _key_parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _KEY_PART.findall(dotted))


def located(refused: Refused, document: Mapping[str, Any], places: Places, source: str) -> TrialFileError:
    """Return the refusal as the user sees it: with file, line, row and key."""
    path = refused.path
    row: str | None = None
    if len(path) > 1 and path[0] == "rows" and isinstance(path[1], int):
        given = document["rows"][path[1]]
        named = given.get("id") if isinstance(given, dict) else None
        row = named if isinstance(named, str) else f"number {path[1] + 1}"
    inside = path[2:] if row is not None else path
    if len(inside) > 1 and inside[-1] == "value":
        inside = inside[:-1]
    where = ".".join(map(str, inside))
    message = refused.message if not where or f"'{inside[-1]}'" in refused.message else f"{where}: {refused.message}"
    return TrialFileError(message, file=source, line=line_of(path, places), row=row)


def line_of(path: tuple[str | int, ...], places: Places) -> int | None:
    """Return the line of what a path leads to, or of the innermost table around it that has one."""
    return next((places[path[:end]] for end in range(len(path), 0, -1) if path[:end] in places), None)


def syntax_error(message: str, text: str, source: str) -> TrialFileError:
    """Return what TOML's own parser said, as an error of ours."""
    found = _PLACE_IN_MESSAGE.match(message)
    if found is None:
        return TrialFileError(f"it is not TOML: {message}.", file=source)
    line = int(found[2]) if found[2] else text.count("\n") + 1
    lines = text.splitlines()
    shown = lines[line - 1].strip()[:60] if line <= len(lines) else ""
    return TrialFileError(f"it is not TOML: {found[1]}{f', at {shown!r}' if shown else ''}.", file=source, line=line)
