"""Which items of other tools for judging trials a check serves, in our own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

INSPECT_SR: Mapping[str, str] = MappingProxyType(
    {
        "INSPECT-SR 4.6": "numbers of participants that do not agree and nobody explains",
        "INSPECT-SR 4.8": "means and variances that whole numbers cannot have",
        "INSPECT-SR 4.9": "statistical results that do not follow from the figures beside them",
        "INSPECT-SR 4.10": "other contradictions that the data imply",
    }
)
"""The items of INSPECT-SR that some check serves, and what they ask, in our words."""

SOURCES = "INSPECT-SR: https://inspect.sr and medRxiv 2025.09.03.25334905"
TRACT = (
    "TRACT (Mol et al. (2023) Res Integr Peer Rev 8:6) has 19 items in seven domains: governance, author group, "
    "plausibility of the intervention's use, timeframe, drop-out rates, baseline characteristics and outcomes. No "
    "check is mapped to it: these items judge the conduct and the plausibility of a trial as a whole, and we could "
    "not verify the wording of one that a single check of printed numbers would answer."
)


def served_in_words(serves: Iterable[str]) -> str:
    """Return the items that a check serves, each with what it asks.

    Examples
    --------
    >>> served_in_words(("INSPECT-SR 4.8",))
    'INSPECT-SR 4.8 (means and variances that whole numbers cannot have)'
    """
    return ", ".join(f"{item} ({INSPECT_SR[item]})" if item in INSPECT_SR else item for item in serves)
