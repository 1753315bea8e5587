"""What the other differences of a text say of one that is near the values beside it and not theirs; no check.

Strata and patients left out seldom move one difference of a text alone. Where all others are those of the values
beside them, the one that is not is hard to explain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trialstats.checks.arm_values import SHARES, Pair
from trialstats.claims.model import Estimate
from trialstats.findings import Details, Verdict

_ENOUGH = 2
"""So many others must be those of their values."""


@dataclass(frozen=True)
class Judged:
    """A difference, the two values beside it, and what was found."""

    claim: Estimate
    pair: Pair
    verdict: Verdict
    details: Details

    @property
    def kind(self) -> tuple[bool, bool]:
        """Of shares or of means; with an interval or without."""
        return self.pair.first.measure in SHARES, self.claim.interval is not None


def held_against_sisters(told: Sequence[Judged]) -> list[Judged]:
    """Return differences of one text, those hard to explain that another analysis explains of no other.

    Parameters
    ----------
    told : sequence of Judged
    """
    return [_asked(one, told) for one in told]


def _asked(one: Judged, told: Sequence[Judged]) -> Judged:
    if one.verdict is not Verdict.EXPLAINED or one.details.how != "another analysis" or not one.pair.together:
        return one
    if one.claim.adjusted:
        return one
    others = [other for other in told if other is not one and other.kind == one.kind]
    if len(others) < _ENOUGH or any(other.verdict is not Verdict.REPRODUCED for other in others):
        return one
    others_are = f"The other {len(others)} of the text are those of the values beside them"
    more = f"{others_are}; strata or missing patients seldom move one alone."
    details = replace(one.details, more=more, settle="the counts behind it")
    return replace(one, verdict=Verdict.STRAINED, details=details)
