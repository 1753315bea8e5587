"""Which numbers beside arms are too small to be their sizes."""

from __future__ import annotations

from dataclasses import replace

from trialstats.sources.text.groups.model import Sized

TAKEN = frozenset(("randomised", "enrolled", "included", "treated", "analysed"))
"""Who took part, in whatever number."""
_FEW, _PART, _LEAST_PART = 30, 0.25, 0.12


def plausible(sizes: list[list[Sized]]) -> list[list[Sized]]:
    """Leave out numbers that are too small beside the others: of those who were lost or had an event.

    Parameters
    ----------
    sizes : list of list of Sized
        Of the arms.
    """
    greatest = max((int(one.digits) for arm in sizes for one in arm), default=0)
    kept = []
    for arm in sizes:
        largest = max((int(one.digits) for one in arm), default=0)
        least = max(largest * _LEAST_SHARE, greatest * _LEAST_SHARE_OF_ALL)
        kept.append([one for one in arm if int(one.digits) >= least])
    return _uncrossed(kept)


def _uncrossed(sizes: list[list[Sized]]) -> list[list[Sized]]:
    """Of two arms each of which is told once with the size of the other, keep what the text told first."""
    if len(sizes) != _PAIR:
        return sizes
    first, second = ([one.digits for one in arm] for arm in sizes)
    if len(set(first)) != _PAIR or first != second[::-1]:
        return sizes
    told = [min(arm, key=lambda one: one.start) for arm in sizes]
    return [[one] for one in told] if len({one.digits for one in told}) == _PAIR else sizes


_PAIR = 2


_LEAST_SHARE, _LEAST_SHARE_OF_ALL = 0.4, 0.03


def without_few(sizes: list[list[Sized]], whole: list[Sized]) -> list[list[Sized]]:
    """Leave out sizes that are few and together no part of all patients to speak of: they count what became of some.

    Parameters
    ----------
    sizes : list of list of Sized
        Of the arms.
    whole : list of Sized
        Of the whole trial.
    """
    least = min((int(one.digits) for one in whole if one.population in TAKEN), default=0)
    patients = [[one for one in arm if one.population != "clusters"] for arm in sizes]
    largest = [max((int(one.digits) for one in arm), default=0) for arm in patients]
    if len(sizes) > 1 and str(sum(largest)) in {one.digits for one in whole if one.population == "clusters"}:
        # "31 pharmacies were assigned to A (n = 16) or B (n = 15)"
        return [[replace(one, population="clusters") for one in arm[:1]] for arm in sizes]
    few = len(sizes) > 1 and max(largest, default=0) <= _FEW and sum(largest) < _PART * least
    small = len(sizes) > 1 and 0 < sum(largest) < _LEAST_PART * least
    randomised = any(one.population == "randomised" for arm in patients for one in arm)
    if not few and (randomised or not small):
        return sizes
    return [[one for one in arm if one.population == "clusters"] for arm in sizes]
