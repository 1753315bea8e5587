"""What is known of how often each check questions true claims and sees changed digits: figures of simulations."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

NOT_MEASURED: Mapping[str, str] = MappingProxyType(
    {
        "TS000": "it judges nothing, and so can neither question a number nor miss a slip",
        "TS112": "it speaks only of a part that is larger than its whole, which no analysis of true numbers makes",
        "TS403": "it looks for a label, and no simulation says how often papers print CI for a credible interval",
        "TS404": "it compares a probability with what the text says of it in words, which no simulation writes",
    }
)
"""Checks without measured rates, and why there are none."""


@cache
def _measured() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(files("trialstats.checks").joinpath("measured.toml").read_text(encoding="utf-8"))


def rates_in_words(code: str) -> list[str]:
    """Return what was measured of the check with a code, a sentence each; empty where nothing was.

    How many true claims it asked about, how many with one changed digit, how many of real abstracts.
    """
    known = _measured().get(code)
    if known is None:
        return []
    said = []
    if n := known["true-claims"]:
        said.append(f"Of {n:,} simulated true claims {known['true-questioned']:,} were asked about.")
    if slips := known["slips"]:
        said.append(
            f"Of {slips:,} with one digit changed, {known['slips-questioned']:.0%} were asked about and "
            f"{known['slips-not-ordinary']:.0%} had no ordinary explanation."
        )
    if texts := known.get("texts"):
        said.append(
            f"In {texts:,} real abstracts it judged {known['texts-judged']:,} claims, and "
            f"{known['texts-questioned']:,} were asked about."
        )
    return said
