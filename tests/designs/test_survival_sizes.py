"""Patients behind a hazard ratio: printed values of other programs, lifelines, limits, and simulated log-rank tests."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines.statistics import sample_size_necessary_under_cph

from trialstats.designs.sample_sizes import EVENTS, Asked
from trialstats.designs.survival_sizes import _STEPS, SURVIVAL, Course, events_share


def of_rates(old, new, at, accrual, follow_up):
    return Course(-math.log(old) / at, math.log(new) / math.log(old), accrual, follow_up)


@pytest.mark.parametrize(
    "share, patients, events",
    [(0.4, 197.78666, 58.52451), (0.5, 90.804254, 31.248898), (0.6, 51.314209, 20.120262)],
)
def test_schoenfeld_as_rpact(share, patients, events):
    # rpact 3.5, its own tests: getSampleSizeSurvival(alpha = .01), rates at 12, accrual 12, follow-up 6, power 80 %.
    asked, course = Asked(0.01, 0.8, 1), of_rates(0.8, 1 - share, 12, 12, 6)
    assert SURVIVAL["schoenfeld"](asked, course) == pytest.approx(patients, rel=1e-7)
    assert EVENTS["schoenfeld"](asked, course.ratio) == pytest.approx(events, rel=1e-7)


def test_lakatos_as_rashnu():
    # rashnu 0.1, read-me: rates .3 and .5 at 12, accrual and follow-up 24, two-sided 5 %, 80 %: 58 each, 105.3 events.
    asked, course = Asked(0.05, 0.8), of_rates(0.3, 0.5, 12, 24, 24)
    n = math.ceil(SURVIVAL["lakatos"](asked, course) / 2)
    assert n == 58
    shares = [course.share(hazard) for hazard in course.hazards]
    assert [n * share for share in shares] == pytest.approx([55.6, 49.7], rel=0.01)


@pytest.mark.parametrize("ratio", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("hazard", [0.5, 0.7, 0.85])
def test_freedman_as_lifelines(hazard, ratio):
    asked, course = Asked(0.05, 0.8, ratio=ratio), Course(0.04, hazard, 18.0, 12.0)
    old, new = (course.share(one) for one in course.hazards)
    n_new, n_old = sample_size_necessary_under_cph(0.8, ratio, new, old, hazard)
    assert SURVIVAL["freedman"](asked, course) == pytest.approx(n_new + n_old, abs=2.001)


def test_lachin_foulkes_without_an_end_is_the_exponential_test():
    # All are followed to their event: the variance of a hazard is its square over n (Lachin 1981, equation 14).
    asked, course = Asked(0.05, 0.9, 1), Course(0.3, 2 / 3, 3.0, 1e4)
    old, new, mean = 0.3, 0.2, 0.25
    null, other = math.sqrt(4 * mean**2), math.sqrt(2 * (old**2 + new**2))
    expected = ((1.6448536 * null + 1.2815516 * other) / (old - new)) ** 2
    assert SURVIVAL["lachin-foulkes"](asked, course) == pytest.approx(expected, rel=1e-6)


def test_log_hazards_as_in_lachins_program():
    # Lachin (2000), program exsslogl: its steps for R = 4, T = 6, hazards .3 and .15, two-sided 10 %, 90 %.
    def share(hazard, end=6.0, entry=4.0):
        return 1 - (math.exp(-hazard * (end - entry)) - math.exp(-hazard * end)) / (hazard * entry)

    null, other = 4 / share(0.225), 2 / share(0.15) + 2 / share(0.3)
    expected = ((1.6448536 * math.sqrt(null) + 1.2815516 * math.sqrt(other)) / math.log(0.5)) ** 2
    found = SURVIVAL["log-hazards"](Asked(0.1, 0.9), Course(0.3, 0.5, 4.0, 2.0))
    assert found == pytest.approx(expected, rel=1e-6)


@given(
    control=st.floats(0.005, 0.3),
    ratio=st.floats(0.5, 0.9),
    accrual=st.floats(0.0, 60.0),
    follow_up=st.floats(1.0, 60.0),
    name=st.sampled_from(sorted(SURVIVAL)),
)
def test_less_follow_up_and_a_smaller_effect_take_more(control, ratio, accrual, follow_up, name):
    asked, formula = Asked(0.05, 0.8), SURVIVAL[name]
    n = formula(asked, Course(control, ratio, accrual, follow_up))
    # Where nearly everybody has had the event, more follow-up adds less than the error of Lakatos' steps. The
    # midpoint rule has (hazard x step)^2 / 24 in each sum, one above the line of the formula and two below.
    steps = (control * (accrual + follow_up) / _STEPS) ** 2 / 24
    assert n < formula(asked, Course(control, ratio, accrual, follow_up / 2)) * (1 + steps + 1e-9)
    assert n < formula(asked, Course(control, (1 + ratio) / 2, accrual, follow_up))


@given(ratio=st.floats(0.8, 0.95), control=st.floats(0.01, 0.1), accrual=st.floats(1, 36), follow_up=st.floats(3, 36))
def test_all_formulas_agree_for_small_effects(ratio, control, accrual, follow_up):
    asked, course = Asked(0.05, 0.9), Course(control, ratio, accrual, follow_up)
    sizes = [formula(asked, course) for formula in SURVIVAL.values()]
    assert max(sizes) / min(sizes) < 1.06
    assert min(sizes) * events_share(asked, course) <= EVENTS["freedman"](asked, ratio) * (1 + 1e-9)


def log_rank_z(time, event, new):
    order = np.argsort(time)
    event, new = event[order], new[order]
    at_risk = np.arange(len(time), 0, -1)
    new_at_risk = np.cumsum(new[::-1])[::-1]
    expected = new_at_risk / at_risk
    score = float(np.sum((new - expected)[event]))
    return score / math.sqrt(float(np.sum((expected * (1 - expected))[event])))


@pytest.mark.slow
@pytest.mark.parametrize("course", [Course(math.log(2) / 12, 0.64, 24.0, 12.0), Course(0.3, 0.5, 4.0, 2.0)])
def test_a_simulated_log_rank_test_has_the_power(course):
    asked, rng, trials = Asked(0.05, 0.8), np.random.default_rng(11), 3000
    n = math.ceil(SURVIVAL["lakatos"](asked, course) / 2)
    found = 0
    for _ in range(trials):
        new = np.repeat([0, 1], n)
        life = rng.exponential(1 / np.array(course.hazards)[new])
        watched = course.follow_up + course.accrual * rng.random(2 * n)
        found += abs(log_rank_z(np.minimum(life, watched), life <= watched, new)) > 1.959964
    assert found / trials == pytest.approx(0.8, abs=0.03)
