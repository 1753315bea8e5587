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
        "TS224": "it compares two numbers with a word between their arms, which no simulation writes",
        "TS305": "it compares the effects in two groups of patients with their P value, which no simulation writes",
        "TS403": "it looks for a label, and no simulation says how often papers print CI for a credible interval",
        "TS404": "it compares a probability with what the text says of it in words, which no simulation writes",
    }
)
"""Checks without simulated rates, and why there are none."""


_PER_CENT = 100


@cache
def measured() -> Mapping[str, Mapping[str, Any]]:
    """Return the figures by the code of a check, as `benchmarks.check_rates` wrote them."""
    return tomllib.loads(files("trialstats.checks").joinpath("measured.toml").read_text(encoding="utf-8"))


def rates_in_words(code: str) -> list[str]:
    """Return what was measured of the check with a code, a sentence each; empty where nothing was.

    How many true claims it asked about, how many with one changed digit, how many of real abstracts, and how many of
    its questions were true of the print when they were read in their sentences.
    """
    known = measured().get(code, {})
    said = [f"Nothing by simulation, for {NOT_MEASURED[code]}."] if code in NOT_MEASURED else []
    if n := known.get("true-claims"):
        asked = known["true-questioned"]
        of_1000 = interval_words(asked, n, per=1000)
        said.append(
            f"Of {n:,} simulated true claims {asked:,} were asked about ({of_1000} of 1,000 with 95% confidence)."
        )
    if slips := known.get("slips"):
        asked, unusual = known["slips-questioned"], known["slips-not-ordinary"]
        said.append(
            f"Of {slips:,} with one digit changed, {asked / slips:.0%} ({interval_words(asked, slips)}%) were asked "
            f"about and {unusual / slips:.0%} ({interval_words(unusual, slips)}%) had no ordinary explanation."
        )
    if texts := known.get("texts"):
        said.append(
            f"In {texts:,} real abstracts it judged {known['texts-judged']:,} claims, and "
            f"{known['texts-questioned']:,} were asked about."
        )
    if read := known.get("read"):
        said.append(
            f"Of its questions about real abstracts {read:,} were read in their sentences: {known['read-true']:,} were "
            f"true of the print ({interval_words(known['read-true'], read)}%)."
        )
    return said


def interval_words(x: int, n: int, *, per: int = _PER_CENT) -> str:
    """Return the Clopper-Pearson interval of a share in words, of 100 or of another number.

    Examples
    --------
    >>> interval_words(0, 1000, per=1000), interval_words(30, 60)
    ('0 to 3.7', '37 to 63')
    """
    from trialstats.intervals.binomial import binomial_interval

    found = binomial_interval(x, n, method="clopper-pearson")
    digits = 1 if per > _PER_CENT else 0
    low, high = (f"{per * float(end):.{digits}f}" for end in (found.lower, found.upper))
    return f"{'0' if x == 0 else low} to {high}"
