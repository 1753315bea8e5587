"""How a sheet is laid out: lines above the headings, two rows of headings, headings that stand twice.

Arms may be known by position alone, "Events, Total, Events, Total" as a meta-analysis program writes them: they are
called A and B here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialstats.sources.table.headings import OF_NUMBERS, PERCENT, VALUES_OF_ARMS, read_heading

Line = tuple[int, list[str]]
_MOST_TITLES = 3
_MOST_ARMS = 4
_TWO = 2
_OF_ARMS = VALUES_OF_ARMS | {"n", "sd", "se"}
_CELLS_OF_FOUR = {"ai": "events 1", "ci": "events 2", "n1i": "n 1", "n2i": "n 2"}
"""The cells of a fourfold table as the R package metafor calls them, where "ci" is no interval."""


def laid_out(lines: Sequence[Line]) -> tuple[list[str], list[Line]]:
    """Return the headings and the rows of a sheet; titles above the headings become rows of one cell.

    Examples
    --------
    >>> laid_out([(1, ["", "Zinc", "", "Sugar", ""]), (2, ["outcome", "Events", "N", "Events", "N"])])[0]
    ['outcome', 'Events Zinc', 'N Zinc', 'Events Sugar', 'N Sugar']
    """
    for k, (_, cells) in enumerate(lines[: _MOST_TITLES + 1]):
        titles = [*lines[:k]]
        if k + 1 < len(lines) and (both := _of_two_rows(cells, lines[k + 1][1])):
            return both, [*titles, *lines[k + 2 :]]
        if any(read_heading(cell).kind in OF_NUMBERS for cell in cells):
            return of_arms_by_place(cells), [*titles, *lines[k + 1 :]]
        if sum(bool(cell.strip()) for cell in cells) > 1:
            break
    return of_arms_by_place(lines[0][1]), [*lines[1:]]


def _of_two_rows(top: Sequence[str], below: Sequence[str]) -> list[str]:
    """Return the headings that two rows make: arms above, kinds of number below; empty where they are none."""
    kinds = [read_heading(cell).kind if cell.strip() else "" for cell in below]
    of_arms = [kind for kind in kinds if kind in _OF_ARMS]
    named = [cell for cell in top if cell.strip()]
    if len(of_arms) < _TWO or len(set(of_arms)) == len(of_arms) or len(named) < _TWO:
        return []
    if any(re.fullmatch(r"[\d.,<>=%\s-]+", cell.strip()) for cell in below if cell.strip()):
        return []
    if any(
        read_heading(cell).kind and kind for cell, kind in zip(top, kinds, strict=False) if kind in OF_NUMBERS | {"n"}
    ):
        return []
    found: list[str] = []
    over = ""
    for k, cell in enumerate(below):
        above = top[k].strip() if k < len(top) else ""
        over = above or over
        if kinds[k] in _OF_ARMS and over:
            found.append(f"{cell.strip()} {over}")
        else:
            found.append(cell.strip() or above)
    return found + [cell.strip() for cell in top[len(below) :]]


def of_arms_by_place(header: Sequence[str]) -> list[str]:
    """Return the headings, of which a row of kinds of number that stands again is of the next arm.

    Examples
    --------
    >>> of_arms_by_place(["Study", "Events", "Total", "Events", "Total", "RR"])
    ['Study', 'Events A', 'Total A', 'Events B', 'Total B', 'RR']
    """
    names = [cell.strip() for cell in header]
    low = {name.lower() for name in names}
    if {"ai", "ci"} <= low:
        return [_CELLS_OF_FOUR.get(name.lower(), name) for name in names]
    names = [re.sub(r"\.\d$", "", name) if re.sub(r"\.\d$", "", name) in names else name for name in names]
    headings = [read_heading(name) for name in names]
    at = [k for k, one in enumerate(headings) if one.kind in _OF_ARMS and not one.arm]
    kinds = [headings[k].kind for k in at]
    each = len(set(kinds))
    if not each or len(kinds) == each or len(kinds) % each or len(kinds) // each > _MOST_ARMS:
        return list(header)
    in_turn = all(kind == kinds[k % each] for k, kind in enumerate(kinds))
    if not in_turn or VALUES_OF_ARMS.isdisjoint(kinds) or set(kinds) == {"n", PERCENT}:
        return list(header)  # beside a percentage "n" may be the count or the patients
    if any(one.arm and one.kind in _OF_ARMS for one in headings):
        return list(header)
    if len({name.lower() for name in (names[k] for k in at)}) > each:
        return list(header)  # two names for one kind: nobody knows which is meant
    for turn, k in enumerate(at):
        names[k] = f"{names[k]} {'ABCD'[turn // each]}"
    return names
