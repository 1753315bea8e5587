"""A difference of two means beside the means: adjusted, tested by ranks, or another one."""

from __future__ import annotations

import pytest
from tests.checks.claims_in_short import ARMS, R, claim

from trialstats.claims.model import Spread


def two_means():
    return [claim(f"m.{arm}", "mean", value, arms=(arm,), n=R("40"), spread=Spread("sd", value=R(sd)))
            for arm, value, sd in zip(ARMS, ("5.20", "6.40"), ("2.00", "2.20"), strict=True)]  # fmt: skip


def test_a_narrow_interval_beside_two_means_says_what_would_make_it(judge):
    narrow = claim("d", "difference", "-1.20", "-1.80", "-0.60", arms=ARMS)
    found = judge("mean-interval", *two_means(), narrow, about="d")
    assert found.verdict == "unchecked"
    assert "lower -2.1" in found.message and "by Welch's" in found.message
    assert "0.64 times as wide as the crude one, as adjustment for a covariate of correlation 0.77" in found.message
    wide = claim("d", "difference", "-1.20", "-2.60", "0.20", arms=ARMS)
    assert "1.50 times as wide" in judge("mean-interval", *two_means(), wide, about="d").message
    other = claim("d", "difference", "-1.90", "-2.50", "-1.30", arms=ARMS)
    assert "about another difference" in judge("mean-interval", *two_means(), other, about="d").message


@pytest.mark.parametrize("adjusted", [None, False])
def test_a_p_value_of_ranks_beside_an_interval_that_follows_from_the_means(judge, adjusted):
    both = claim("d", "difference", "-1.20", "-2.14", "-0.26", arms=ARMS, p=".04", adjusted=adjusted)
    found = judge("mean-interval", *two_means(), both, about="d")
    assert found.verdict == "explained" and "test of ranks" in found.message
    both = claim("d", "difference", "-1.20", "-2.14", "-0.26", arms=ARMS, p=".013", adjusted=adjusted)
    assert judge("mean-interval", *two_means(), both, about="d").verdict == "reproduced"
