"""Which of the numbers that may be those of all patients are kept, and what they are called."""

from __future__ import annotations

import re
from dataclasses import replace

from trialstats.sources.text.groups.model import Sized
from trialstats.sources.text.sizes.behind_equals import LIKELY


def likely(text: str, found: list[tuple[int, Sized]], sizes: list[list[Sized]]) -> list[Sized]:
    """Leave out what is too small to be all patients, and what is less sure where something is surer.

    Parameters
    ----------
    text : str
    found : list of (int, Sized)
        With how sure each is.
    sizes : list of list of Sized
        Of the arms.
    """
    told = {one.digits for _, one in found if _TOLD_FIRST.search(text, max(0, one.start - 16), one.start)}
    arms = [min(int(one.digits) for one in arm) for arm in sizes if arm]
    least = max(arms) if len(arms) > 1 else 0
    patients = [(trust, int(one.digits)) for trust, one in found if one.population != "clusters"]
    best = max((trust for trust, _ in patients), default=0)
    most = max((count for trust, count in patients if trust == best), default=0)
    greatest = max((int(one.digits) for _, one in found if one.population not in _NOT_TAKEN), default=0)
    of_arms = {one.digits for arm in sizes for one in arm} if len(sizes) > 1 and all(sizes) else set[str]()
    kept: list[Sized] = []
    added = str(sum(int(of[0].digits) for of in sizes)) if len(sizes) > 1 and all(sizes) else ""
    found.sort(key=lambda row: (-row[0], row[1].population != "clusters" or row[1].digits != added))
    for trust, one in found:
        count = int(one.digits)
        small = count * 20 <= greatest or (count < 10 and greatest >= 40)
        enough = count >= least and (trust == best or (trust == LIKELY and count >= most))
        if one.population == "clusters" or (enough and not small and one.digits not in of_arms):
            kept.append(one)
    return _apart(kept if sizes else _undisputed(kept, told))


# Many are screened for each one who takes part.
_NOT_TAKEN = frozenset(("clusters", "screened", "eligible"))
# What a number may be called too, where another has the name.
_ALSO = {
    "included": "enrolled", "enrolled": "included", "analysed": "evaluable", "evaluable": "analysed",
    "completed": "analysed",
}  # fmt: skip


def _undisputed(kept: list[Sized], told: set[str]) -> list[Sized]:
    """Leave out what several numbers of patients were given where no arms are known: they are parts of all.

    One that is far greater than the others together is that of all: "88 had the implant, 13 a second one".
    """
    treated = sorted({int(one.digits) for one in kept if one.population == "treated"})
    if len(treated) < _SEVERAL:
        return kept
    all_of = str(treated[-1]) if treated[-1] > _FAR_GREATER * sum(treated[:-1]) else ""
    return [one for one in kept if one.population != "treated" or one.digits == all_of in told]


_SEVERAL, _FAR_GREATER = 2, 2
_TOLD_FIRST = re.compile(r"(?:^|[.:;,]|\btotal of) ?$")
"""What leads to all who were treated, and not to "of 61 adults who had received one line before"."""


def _apart(kept: list[Sized]) -> list[Sized]:
    """Give two numbers of one population different names, as far as there are two, in the order of the text."""
    named: dict[str, Sized] = {}
    for one in kept:
        name = one.population
        if name in named and named[name].digits != one.digits:
            name = _ALSO.get(name, name)
            if name == "randomised" and int(one.digits) > int(named[name].digits):
                name = "enrolled"
        named.setdefault(name, replace(one, population=name))
    return sorted(named.values(), key=lambda one: one.start)
