"""Single-stage designs: against printed sizes, against a plain search, and put back into their definition."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from trialstats.designs import SINGLE_STAGE_METHODS, SingleStageDesign, single_stage_design
from trialstats.errors import InputError


def test_printed_size():
    # Khan, Sarker and Hackshaw, Br J Cancer 2012;107:1801-9 (PMC3504941), abstract: by A'Hern's approach 10 v 20 % at
    # 5 % and 80 % takes 78 patients, exact alpha 4.53 %, power 80.81 %; printed to two decimals of a per cent
    plan = single_stage_design(0.1, 0.2)
    assert plan.design.n == 78
    assert plan.type_1_error == pytest.approx(0.0453, abs=5e-5)
    # printed .8081, exactly .80818
    assert plan.attained_power == pytest.approx(0.8081, abs=1e-4)


@pytest.mark.parametrize("p0, p1", [(0.05, 0.25), (0.1, 0.3), (0.32, 0.44), (0.5, 0.7), (0.7, 0.9), (0.05, 0.95)])
@pytest.mark.parametrize("alpha, power", [(0.05, 0.8), (0.1, 0.9), (0.01, 0.95)])
def test_no_smaller_design_exists(p0, p1, alpha, power):
    plan = single_stage_design(p0, p1, alpha=alpha, power=power)
    n, r = plan.design.n, plan.design.r
    assert stats.binom.sf(r, n, p0) <= alpha and stats.binom.sf(r, n, p1) >= power
    assert plan.type_1_error == pytest.approx(stats.binom.sf(r, n, p0), abs=1e-13)
    assert plan.attained_power == pytest.approx(stats.binom.sf(r, n, p1), abs=1e-13)
    for smaller in range(1, n):
        critical = int(stats.binom.isf(alpha, smaller, p0))
        while stats.binom.sf(critical, smaller, p0) > alpha:
            critical += 1
        assert stats.binom.sf(critical, smaller, p1) < power


def test_lasting_design_stays_above_the_power():
    lasting = single_stage_design(0.2, 0.4, method="exact-lasting", n_max=400).design.n
    assert lasting > single_stage_design(0.2, 0.4).design.n
    for n in range(lasting - 1, 200):
        r = int(stats.binom.isf(0.05, n, 0.2))
        assert (stats.binom.sf(r, n, 0.4) >= 0.8) == (n >= lasting)


def test_normal_approximation_is_flemings():
    # Fleming 1982, by hand: z.05 = 1.6449, z.2 = .8416; ((1.6449 x .4 + .8416 x .4899) / .2)^2 = 28.6 -> 29;
    # 29 x .2 + 1.6449 x sqrt(29 x .16) = 9.34, so 10 responses are needed
    plan = single_stage_design(0.2, 0.4, method="normal")
    assert (plan.design.n, plan.design.responses_needed) == (29, 10)
    assert plan.attained_power < 0.8 < single_stage_design(0.2, 0.4).attained_power


@settings(max_examples=60)
@given(st.integers(1, 300), st.data())
def test_power_rises_with_the_rate(n, data):
    design = SingleStageDesign(n, data.draw(st.integers(0, n - 1)))
    low, high = sorted(data.draw(st.tuples(st.floats(0, 1), st.floats(0, 1))))
    assert design.power(low) <= design.power(high) + 1e-14
    assert design.power(0.0) == 0.0 and design.power(1.0) == 1.0


@pytest.mark.parametrize(
    "arguments, message",
    [
        ((0.4, 0.2), "p0 < p1"),
        ((20, 40), r"Did you mean 0\.2"),
        ((0.2, 0.21), "n_max = 5000"),
    ],
)
def test_refusals(arguments, message):
    with pytest.raises(InputError, match=message):
        single_stage_design(*arguments)


def test_refused_methods_and_designs():
    with pytest.raises(InputError, match="Did you mean 'exact'"):
        single_stage_design(0.2, 0.4, method="exakt")
    with pytest.raises(InputError, match="r must be a whole number from 0 to 9"):
        SingleStageDesign(10, 10)
    with pytest.raises(InputError, match="alpha"):
        single_stage_design(0.2, 0.4, alpha=5)
    assert set(SINGLE_STAGE_METHODS) == {"exact", "exact-lasting", "normal"}
