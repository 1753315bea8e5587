"""A second stage of another size than planned: Koyama and Chen's construction put back into its definition."""

import numpy as np
import pytest
from scipy import optimize, stats

from trialstats.designs import TwoStageDesign, two_stage_interval, two_stage_pvalue, unplanned_second_stage
from trialstats.errors import InputError

DESIGN = TwoStageDesign(6, 19, 16, 39)  # the minimax design for 30 v 50 %, 5 %, 80 %
P0 = 0.3


def definition(p, x1, x2, n2):
    """P value from the text of the construction, the rate pi* found by root finding."""
    need = DESIGN.r + 1 - x1
    # compared on the smaller of both tails, which has the digits
    if stats.binom.sf(x2 - 1, n2, p) < 0.5:
        pi = optimize.brentq(
            lambda q: stats.binom.sf(need - 1, DESIGN.n2, q) - stats.binom.sf(x2 - 1, n2, p), 0.0, 1.0, xtol=1e-15
        )
    else:
        pi = 1 - optimize.brentq(
            lambda q: stats.binom.sf(DESIGN.n2 - need, DESIGN.n2, q) - stats.binom.cdf(x2 - 1, n2, p),
            0.0,
            1.0,
            xtol=1e-15,
        )
    y = np.arange(DESIGN.r1 + 1, DESIGN.n1 + 1)
    return stats.binom.pmf(y, DESIGN.n1, p) @ stats.binom.sf(DESIGN.r - y, DESIGN.n2, pi)


@pytest.mark.parametrize("x1, x2, n2", [(7, 10, 23), (8, 9, 17), (12, 3, 20), (16, 1, 25), (7, 20, 20), (9, 5, 8)])
def test_against_the_definition(x1, x2, n2):
    result = unplanned_second_stage(DESIGN, x1, x2, n2, p0=P0, level=0.9)
    assert result.pvalue == pytest.approx(definition(P0, x1, x2, n2), abs=1e-12)
    for rate, target in zip((*result.interval, result.median_unbiased), (0.05, 0.95, 0.5), strict=True):
        assert definition(rate, x1, x2, n2) == pytest.approx(target, abs=1e-11)
    assert result.interval.lower < result.median_unbiased < result.interval.upper


def test_it_rejects_exactly_where_the_conditional_error_is_kept():
    size = DESIGN.power(P0)
    for n2 in (15, 20, 23):
        for x1 in (7, 12, 16):
            needed = unplanned_second_stage(DESIGN, x1, 0, n2, p0=P0).needed
            for x2 in range(0, n2 + 1, 2 if n2 != DESIGN.n2 else 1):
                rejects = unplanned_second_stage(DESIGN, x1, x2, n2, p0=P0).pvalue <= size * (1 + 1e-12)
                assert rejects == (needed is not None and x2 >= needed)
                if n2 == DESIGN.n2:
                    assert rejects == (x1 + x2 > DESIGN.r)


def test_the_type_1_error_stays_whatever_the_second_stage_is():
    # the size of the second stage may depend on the first in any way: here the worst of four sizes at each x1
    x1 = np.arange(DESIGN.n1 + 1)
    worst = np.zeros(x1.size)
    for i in range(DESIGN.r1 + 1, DESIGN.n1 + 1):
        for n2 in (10, 17, 20, 31):
            needed = unplanned_second_stage(DESIGN, i, 0, n2, p0=P0).needed
            worst[i] = max(worst[i], 0.0 if needed is None else stats.binom.sf(needed - 1, n2, P0))
    assert stats.binom.pmf(x1, DESIGN.n1, P0) @ worst <= DESIGN.power(P0) + 1e-12


def test_as_planned_at_the_critical_total():
    for x1 in range(7, 17):
        x2 = DESIGN.r + 1 - x1
        result = unplanned_second_stage(DESIGN, x1, x2, DESIGN.n2, p0=P0)
        assert result.pvalue == pytest.approx(two_stage_pvalue(DESIGN, DESIGN.r + 1, P0), abs=1e-13)
        planned = two_stage_interval(DESIGN, DESIGN.r + 1, method="koyama-chen")
        assert tuple(result.interval) == (
            pytest.approx(planned.lower, abs=1e-12),
            pytest.approx(planned.upper, abs=1e-12),
        )


def test_first_stage_beyond_the_final_critical_value():
    high = TwoStageDesign(0, 13, 2, 20)
    result = unplanned_second_stage(high, 5, 2, 7, p0=0.05)
    assert result.pvalue == pytest.approx(stats.binom.sf(2, 13, 0.05), abs=1e-14)
    assert result.needed == 0
    # and one that the planned second stage could no longer bring to it
    low = TwoStageDesign(0, 10, 8, 13)
    assert unplanned_second_stage(low, 2, 3, 3, p0=0.3).needed is None


@pytest.mark.parametrize(
    "arguments, message",
    [
        ((DESIGN, 6, 3, 20), "x1 must be a whole number from 7 to 19"),
        ((DESIGN, 7, 21, 20), "x2 must be a whole number from 0 to 20"),
        ((TwoStageDesign(3, 15, 8, 25, efficacy1=7), 5, 3, 10), "without a stop for efficacy"),
    ],
)
def test_refusals(arguments, message):
    with pytest.raises(InputError, match=message):
        unplanned_second_stage(*arguments, p0=P0)
    with pytest.raises(InputError, match="p0 must lie strictly"):
        unplanned_second_stage(DESIGN, 7, 3, 20, p0=0.0)
