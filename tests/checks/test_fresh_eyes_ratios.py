"""Ratios, P values, curves and means as a stranger typed them in: what was said amiss once."""

from __future__ import annotations

import re

import pytest

from trialstats import (
    Arm,
    Comparison,
    Estimate,
    Paper,
    PValue,
    Reported,
    Size,
    Spread,
    check,
    odds_ratio_interval,
    reanalyse,
    risk_ratio_interval,
)

R = Reported
ARMS = ("new", "old")
FORBIDDEN = re.compile(r"\b(wrong|false|suspicious|fabricated|fails?|authors?)\b|(?<!standard )\berror\b")


def number(text):
    return None if text is None else R(text)


def claim(name, measure, value=None, low=None, high=None, *, p=None, sided=None, test=None, level="95%", **more):
    spread = more.pop("spread", None)
    if low is not None or high is not None:
        spread = Spread(more.pop("kind", "confidence"), number(low), number(high), level=number(level))
    return Estimate(id=name, measure=measure, value=number(value), spread=spread,
                    p=None if p is None else PValue(R(p), sided, test), **more)  # fmt: skip


def hazard(value, low, high, **more):
    return claim("hr", "hazard-ratio", value, low, high, **{"arms": ARMS, "outcome": "death", **more})


def paper(*claims, sizes=None):
    arms = tuple(Arm(name, name, {"randomised": Size(R(n))} if n else {}) for name, n in (sizes or {}).items())
    return Paper(id="own", arms=arms, claims=claims)


def judge(name, *claims, sizes=None, about=None):
    """Run one check through the whole path, and hold its words to those of the house."""
    found = reanalyse(paper(*claims, sizes=sizes), select=[name]).findings
    found = [one for one in found if about is None or one.claim == about]
    for one in found:
        assert not FORBIDDEN.search(one.message), one.message
    return found[0] if found else None


# --------------------------------------------------------------------------------------------------
# A ratio beside its own counts
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("measure", "interval", "method"), [
    ("odds-ratio", odds_ratio_interval, "woolf"),
    ("odds-ratio", odds_ratio_interval, "fisher-exact"),
    ("risk-ratio", risk_ratio_interval, "katz"),
    ("risk-ratio", risk_ratio_interval, "koopman"),
])  # fmt: skip
def test_counts_that_print_the_ratio_leave_a_convention_of_the_paper(measure, interval, method):
    x1, n1, x2, n2 = 40, 100, 25, 100
    one = interval(x1, n1, x2, n2, method=method)
    rates = [Estimate(id=f"r.{arm}", measure="proportion", value=R(f"{x}%"), x=R(str(x)), n=R("100"), arms=(arm,))
             for arm, x in zip(ARMS, (x1, x2), strict=True)]  # fmt: skip
    text = [f"{float(value):.2f}" for value in (one.estimate, one.lower, one.upper)]
    report = reanalyse(paper(*rates, claim("ratio", measure, *text, arms=ARMS), sizes={"new": "100", "old": "100"}))
    (trial,) = report.trials
    assert trial.convention.rounding
    assert report["ratio"].under is not None
