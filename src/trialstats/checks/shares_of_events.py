"""Whether the shares of two arms are of patients with the event that their ratio is of; no check of its own."""

from __future__ import annotations

import re

from trialstats.checks.arm_values import Pair
from trialstats.checks.check import Context
from trialstats.checks.outcomes import counts_events, counts_survivors
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Estimate


def of_events(context: Context, claim: Estimate, pair: Pair) -> bool:
    """Whether words say that two shares are of patients with the event: "12% and 20% had died".

    Parameters
    ----------
    context : Context
    claim : Estimate
        Their ratio.
    pair : Pair
    """
    text, start, stop = context.paper.text, pair.second.where.end, claim.where.start
    if counts_survivors(pair.first.outcome) or counts_survivors(claim.outcome):
        return False
    if text is not None and pair.first.where.start is not None:
        begin = sentence_of(text, pair.first.where.start)[0]
        if _OCCURRED.search(text, begin, pair.first.where.start) and not counts_survivors(text[begin:stop]):
            return True
    if not counts_events(claim.outcome):
        return False
    said = text[start:stop] if text is not None and start is not None and stop is not None else ""
    return counts_events(pair.first.outcome) or (counts_events(said) and not counts_survivors(said))


_OCCURRED = re.compile(
    r"\b(?:occurred|developed|(?:seen|observed|recorded|reported|documented|diagnosed|reached)) (?:in|by)\b"
    r"[^.;:]{0,60}$"
)
"""Before a share of patients: they are those with the event."""
