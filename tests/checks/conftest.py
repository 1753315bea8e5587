"""One check, run on claims as a user runs it, and its words held to those of the house."""

import re

import pytest

from trialstats import Paper, Reported, reanalyse
from trialstats.claims.model import Arm, Size

FORBIDDEN = re.compile(
    r"\b(wrong|false|suspicious|fabricated|fails?|authors?)\b|(?<!standard )(?<!sampling )(?<!Monte Carlo )\berror\b"
)


@pytest.fixture
def judge():
    """Return what a check says first of some claims, or of the claim that is named; None if it says nothing."""

    def judge(name, *claims, sizes=None, about=None):
        arms = tuple(Arm(arm, arm, {"randomised": Size(Reported(n))} if n else {}) for arm, n in (sizes or {}).items())
        found = reanalyse(Paper(id="own", arms=arms, claims=claims), select=[name]).findings
        found = [one for one in found if about is None or one.claim == about]
        for one in found:
            assert not FORBIDDEN.search(one.message), one.message
        return found[0] if found else None

    return judge
