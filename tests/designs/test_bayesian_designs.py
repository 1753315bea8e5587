"""Bayesian designs: against printed values, every path of small trials enumerated, and simulated trials."""

from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from trialstats.designs import BayesianDesign, BayesianTwoArmDesign, StoppingRule, TwoStageDesign
from trialstats.errors import InputError
from trialstats.intervals.beta import Beta
from trialstats.intervals.beta_mixture import BetaMixture
from trialstats.intervals.superiority import prob_greater

POSTERIOR, PREDICTIVE = "posterior", "predictive"
MIXTURE = BetaMixture([0.7, 0.3], [Beta(6, 14), Beta(1, 1)])


def test_printed_predictive_probability():
    # Lee and Liu, Clin Trials 2008;5:93-106, page 97: 16 of 23, 40 planned, Beta(.6, .4), p0 = .6, theta_T = .9:
    # PP = .5656; R's ph2bayes 0.0.2 prints 0.5655589
    design = BayesianDesign((23, 40), 0.6, 0.9, Beta(0.6, 0.4))
    assert design.predictive(16, 23) == pytest.approx(0.5655589, abs=5e-8)


# --------------------------------------------------------------------------------------------------
# one arm
# --------------------------------------------------------------------------------------------------
def chance_above(prior, x, n, reference):
    """P(rate > reference), a mixture's weights updated by hand."""
    if isinstance(prior, Beta):
        return stats.beta.sf(reference, prior.a + x, prior.b + n - x)
    parts = list(zip(prior.weights, prior.components.a, prior.components.b, strict=True))
    weights = [w * stats.betabinom.pmf(x, n, a, b) for w, a, b in parts]
    tails = [stats.beta.sf(reference, a + x, b + n - x) for _, a, b in parts]
    return np.dot(weights, tails) / sum(weights)


def chance_ahead(prior, x, n, y, m):
    """P(y of m further patients respond)."""
    if isinstance(prior, Beta):
        return stats.betabinom.pmf(y, m, prior.a + x, prior.b + n - x)
    parts = list(zip(prior.weights, prior.components.a, prior.components.b, strict=True))
    weights = [w * stats.betabinom.pmf(x, n, a, b) for w, a, b in parts]
    ahead = [stats.betabinom.pmf(y, m, a + x, b + n - x) for _, a, b in parts]
    return np.dot(weights, ahead) / sum(weights)


def judged(design, x, n):
    """What the design decides after x of n, from its definition."""
    if n == design.looks[-1]:
        return 1 if chance_above(design.prior, x, n, design.reference) >= design.success else -1

    def held(rule):
        if rule.scale == POSTERIOR:
            at = design.reference if rule.reference is None else rule.reference
            return chance_above(design.prior, x, n, at) >= rule.threshold
        m = design.looks[-1] - n
        return sum(
            chance_ahead(design.prior, x, n, y, m) * (judged(design, x + y, n + m) > 0) for y in range(m + 1)
        ) >= (rule.threshold)

    if design.efficacy is not None and held(design.efficacy):
        return 1
    return -1 if design.futility is not None and not held(design.futility) else 0


SINGLE = [
    BayesianDesign((10,), 0.3, 0.9),
    BayesianDesign((4, 8, 12), 0.3, 0.9, futility=StoppingRule(PREDICTIVE, 0.1)),
    BayesianDesign(
        (3, 7, 12),
        0.2,
        0.85,
        Beta(0.4, 1.6),
        StoppingRule(PREDICTIVE, 0.95),
        StoppingRule(POSTERIOR, 0.2, reference=0.4),
    ),
    BayesianDesign((5, 9, 14), 0.3, 0.9, MIXTURE, StoppingRule(POSTERIOR, 0.99), StoppingRule(PREDICTIVE, 0.15)),
]


@pytest.mark.parametrize("design", SINGLE, ids=range(len(SINGLE)))
@pytest.mark.parametrize("rate", [0.0, 0.2, 0.35, 0.6, 1.0])
def test_single_arm_by_every_path(design, rate):
    verdicts = {(x, n): judged(design, x, n) for n in design.looks for x in range(n + 1)}
    efficacy, futility, at_least = np.zeros(len(design.looks)), np.zeros(len(design.looks)), 0.0
    steps = np.diff((0, *design.looks))
    for increments in product(*(range(step + 1) for step in steps)):
        chance = np.prod([comb(m, y) * rate**y * (1 - rate) ** (m - y) for y, m in zip(increments, steps, strict=True)])
        totals = np.cumsum(increments)
        for look, (x, n) in enumerate(zip(totals, design.looks, strict=True)):
            verdict = verdicts[int(x), n]
            if verdict:
                (efficacy if verdict > 0 else futility)[look] += chance
                at_least += chance * (chance_above(design.prior, x, n, design.reference) >= 0.57)
                break
    oc = design.operating_characteristics(rate)
    assert oc.efficacy == pytest.approx(efficacy, abs=1e-12)
    assert oc.futility == pytest.approx(futility, abs=1e-12)
    assert oc.expected_n == pytest.approx((efficacy + futility) @ design.looks, abs=1e-11)
    assert oc.success + sum(oc.futility) == pytest.approx(1, abs=1e-12)
    assert oc.stop_early == pytest.approx(1 - efficacy[-1] - futility[-1], abs=1e-12)
    assert design.probability_of_posterior(0.57, rate) == pytest.approx(at_least, abs=1e-12)


@pytest.mark.parametrize("design", SINGLE, ids=range(len(SINGLE)))
def test_boundaries_are_the_design_in_counts(design):
    for bound in design.boundaries:
        for x in range(bound.n + 1):
            verdict = judged(design, x, bound.n)
            assert (verdict > 0) == (bound.efficacy is not None and x >= bound.efficacy)
            assert (verdict < 0) == (bound.futility is not None and x <= bound.futility)


def test_two_looks_are_a_two_stage_design():
    bayes = BayesianDesign((13, 43), 0.2, 0.95, futility=StoppingRule(PREDICTIVE, 0.1))
    first, last = bayes.boundaries
    frequentist = TwoStageDesign(first.futility, first.n, last.futility, last.n)
    for rate in (0.1, 0.2, 0.4, 0.7):
        ours, theirs = bayes.operating_characteristics(rate), frequentist.operating_characteristics(rate)
        assert ours.success == pytest.approx(theirs.power, abs=1e-13)
        assert ours.stop_early == pytest.approx(theirs.stop_early, abs=1e-13)
        assert ours.expected_n == pytest.approx(theirs.expected_n, abs=1e-11)


def test_looking_after_every_patient():
    # 40 looks; no stop is possible where the rules are out of reach
    every = tuple(range(1, 41))
    design = BayesianDesign(every, 0.2, 0.9, efficacy=StoppingRule(POSTERIOR, 1.0))
    assert design.operating_characteristics(0.3).success == pytest.approx(
        BayesianDesign((40,), 0.2, 0.9).operating_characteristics(0.3).success, abs=1e-13
    )
    stopping = BayesianDesign(every, 0.2, 0.9, futility=StoppingRule(PREDICTIVE, 0.001))
    assert stopping.operating_characteristics(0.05).expected_n < 30


# --------------------------------------------------------------------------------------------------
# two arms
# --------------------------------------------------------------------------------------------------
def two_arm_posterior(design, x, n, reference):
    def parts(prior, count, size):
        if isinstance(prior, Beta):
            return [(1.0, Beta(prior.a + count, prior.b + size - count))]
        found = [
            (w * stats.betabinom.pmf(count, size, a, b), Beta(a + count, b + size - count))
            for w, a, b in zip(prior.weights, prior.components.a, prior.components.b, strict=True)
        ]
        total = sum(w for w, _ in found)
        return [(w / total, beta) for w, beta in found]

    pairs = product(parts(design.prior, x[0], n[0]), parts(design.prior_control, x[1], n[1]))
    return sum(w * v * prob_greater(first, second, reference) for (w, first), (v, second) in pairs)


def two_arm_judged(design, x, n):
    if n == design.looks[-1]:
        return 1 if two_arm_posterior(design, x, n, design.margin) >= design.success else -1

    def held(rule):
        if rule.scale == POSTERIOR:
            at = design.margin if rule.reference is None else rule.reference
            return two_arm_posterior(design, x, n, at) >= rule.threshold
        total = 0.0
        m = design.looks[-1][0] - n[0], design.looks[-1][1] - n[1]
        for y in product(range(m[0] + 1), range(m[1] + 1)):
            ahead = chance_ahead(design.prior, x[0], n[0], y[0], m[0]) * chance_ahead(
                design.prior_control, x[1], n[1], y[1], m[1]
            )
            total += ahead * (two_arm_judged(design, (x[0] + y[0], x[1] + y[1]), design.looks[-1]) > 0)
        return total >= rule.threshold

    if design.efficacy is not None and held(design.efficacy):
        return 1
    return -1 if design.futility is not None and not held(design.futility) else 0


TWO_ARM = [
    BayesianTwoArmDesign([(6, 5)], 0.8),
    BayesianTwoArmDesign([(3, 3), (6, 5)], 0.85, futility=StoppingRule(PREDICTIVE, 0.2)),
    BayesianTwoArmDesign(
        [(2, 3), (4, 3), (6, 5)],
        0.8,
        0.05,
        Beta(0.5, 0.5),
        MIXTURE,
        StoppingRule(POSTERIOR, 0.97),
        StoppingRule(POSTERIOR, 0.3),
    ),
    BayesianTwoArmDesign(
        [(3, 2), (5, 5)],
        0.9,
        -0.1,
        MIXTURE,
        Beta(2, 3),
        StoppingRule(PREDICTIVE, 0.9),
        StoppingRule(POSTERIOR, 0.4, 0.1),
    ),
]


@pytest.mark.parametrize("design", TWO_ARM, ids=range(len(TWO_ARM)))
def test_two_arms_by_every_path(design):
    verdicts = {
        (x, n): two_arm_judged(design, x, n) for n in design.looks for x in product(range(n[0] + 1), range(n[1] + 1))
    }
    for i, n in enumerate(design.looks):
        assert all(design.decisions(i)[x] == verdicts[x, n] for x in product(range(n[0] + 1), range(n[1] + 1)))
    steps = np.diff(((0, 0), *design.looks), axis=0)
    for rates in ((0.3, 0.3), (0.6, 0.2), (0.0, 1.0)):
        efficacy, futility = np.zeros(len(steps)), np.zeros(len(steps))
        for path in product(*(product(range(a + 1), range(b + 1)) for a, b in steps)):
            chance = 1.0
            for y, m in zip(path, steps.tolist(), strict=True):
                for arm in (0, 1):
                    chance *= comb(m[arm], y[arm]) * rates[arm] ** y[arm] * (1 - rates[arm]) ** (m[arm] - y[arm])
            totals = np.cumsum(path, axis=0).tolist()
            for look, n in enumerate(design.looks):
                verdict = verdicts[tuple(totals[look]), n]
                if verdict:
                    (efficacy if verdict > 0 else futility)[look] += chance
                    break
        oc = design.operating_characteristics(*rates)
        assert oc.efficacy == pytest.approx(efficacy, abs=1e-12)
        assert oc.futility == pytest.approx(futility, abs=1e-12)
        assert oc.expected_n_by_arm == pytest.approx((efficacy + futility) @ np.array(design.looks), abs=1e-11)
        assert oc.expected_n == pytest.approx(sum(oc.expected_n_by_arm), abs=1e-11)


def test_two_arm_posterior_and_forecast():
    design = BayesianTwoArmDesign([(32, 27)], 0.95)
    assert design.posterior((23, 20), (32, 27)) == pytest.approx(prob_greater(Beta(24, 10), Beta(21, 8)), abs=1e-14)
    mixed = TWO_ARM[3]
    assert mixed.posterior((2, 1), (3, 2)) == pytest.approx(two_arm_posterior(mixed, (2, 1), (3, 2), -0.1), abs=1e-13)
    # before any patient the forecast is the success probability averaged over the priors
    small = BayesianTwoArmDesign([(5, 4)], 0.7)
    average = np.mean(small.decisions(0) > 0)  # under uniform priors every pair of counts is equally likely
    assert small.predictive((0, 0), (0, 0)) == pytest.approx(average, abs=1e-13)
    # with all patients in, it is certain
    assert small.predictive((5, 0), (5, 4)) == 1.0


def test_what_a_posterior_meant():
    # with equal rates a posterior probability of superiority is near uniform: 57 % or more comes up in about 43 %
    design = BayesianTwoArmDesign([(32, 27)], 0.95)
    for rate in (0.3, 0.5, 0.7):
        assert design.probability_of_posterior(0.57, rate, rate) == pytest.approx(0.43, abs=0.04)
        oc = design.operating_characteristics(rate, rate)
        assert design.probability_of_posterior(0.95, rate, rate) == pytest.approx(oc.success, abs=1e-14)


@settings(max_examples=15)
@given(st.integers(2, 12), st.floats(0.5, 0.99), st.floats(0, 1), st.floats(0, 1), st.floats(-0.3, 0.3))
def test_arms_exchanged(n, success, first, second, margin):
    # success of one arm over the other by d, and no success of the other over the one by -d, are complements
    design = BayesianTwoArmDesign([(n, n + 1)], success, margin)
    mirror = BayesianTwoArmDesign([(n + 1, n)], 1 - success + 1e-9, -margin)
    ours = design.operating_characteristics(first, second).success
    assert ours == pytest.approx(1 - mirror.operating_characteristics(second, first).success, abs=1e-9)


@settings(max_examples=25)
@given(st.floats(0, 1), st.floats(0, 1))
def test_success_rises_with_the_rate(low, high):
    design = SINGLE[2]
    low, high = sorted((low, high))
    assert design.operating_characteristics(low).success <= design.operating_characteristics(high).success + 1e-13


@pytest.mark.slow
def test_against_simulated_trials():
    # 200,000 trials each, seed fixed: four standard errors
    rng = np.random.default_rng(20261121)
    trials = 200_000
    single = BayesianDesign(
        (12, 24, 48), 0.25, 0.95, MIXTURE, StoppingRule(PREDICTIVE, 0.95), StoppingRule(PREDICTIVE, 0.05)
    )
    x, alive, success, size = (np.zeros(trials) for _ in range(4))
    alive += 1
    for bound, step in zip(single.boundaries, np.diff((0, *single.looks)), strict=True):
        x += rng.binomial(step, 0.4, trials)
        wins = (alive > 0) & (x >= (bound.efficacy if bound.efficacy is not None else np.inf))
        loses = (alive > 0) & (x <= (bound.futility if bound.futility is not None else -1))
        success += wins
        size += bound.n * (wins | loses)
        alive *= ~(wins | loses)
    oc = single.operating_characteristics(0.4)
    assert abs(success.mean() - oc.success) < 4 * success.std() / np.sqrt(trials)
    assert abs(size.mean() - oc.expected_n) < 4 * size.std() / np.sqrt(trials)

    design = BayesianTwoArmDesign(
        [(15, 15), (30, 30), (45, 45)],
        0.95,
        efficacy=StoppingRule(POSTERIOR, 0.99),
        futility=StoppingRule(PREDICTIVE, 0.1),
    )
    x1, x2 = np.zeros(trials, dtype=int), np.zeros(trials, dtype=int)
    alive, success, size = np.ones(trials, dtype=bool), np.zeros(trials), np.zeros(trials)
    for look, n in enumerate(design.looks):
        x1, x2 = x1 + rng.binomial(15, 0.5, trials), x2 + rng.binomial(15, 0.3, trials)
        verdict = design.decisions(look)[x1, x2] * alive
        success += verdict > 0
        size += sum(n) * (verdict != 0)
        alive &= verdict == 0
    oc = design.operating_characteristics(0.5, 0.3)
    assert abs(success.mean() - oc.success) < 4 * success.std() / np.sqrt(trials)
    assert abs(size.mean() - oc.expected_n) < 4 * size.std() / np.sqrt(trials)


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: BayesianDesign((20, 10), 0.2, 0.9), "increasing"),
        (lambda: BayesianDesign((), 0.2, 0.9), "increasing"),
        (lambda: BayesianDesign((20,), 20, 0.9), r"Did you mean 0\.2"),
        (lambda: BayesianDesign((20,), 0.2, 95), "success must be a probability"),
        (lambda: BayesianDesign((20,), 0.2, 0.9, 0.5), "one Beta or a BetaMixture"),
        (lambda: BayesianDesign((20,), 0.2, 0.9, Beta([1, 2], 1)), "one Beta or a BetaMixture"),
        (lambda: BayesianDesign((20,), 0.2, 0.9).posterior(8, 7), "from 0 to 7"),
        (lambda: BayesianDesign((20,), 0.2, 0.9).predictive(8, 21), "from 0 to 20"),
        (lambda: BayesianDesign(40, 0.2, 0.9), "looks must be a sequence of numbers of patients"),
        (lambda: BayesianDesign((20, 40), 0.2, "a"), "success must be a probability"),
        (lambda: BayesianDesign((20, 40), 0.2, 0.9, futility=0.05), "futility must be a StoppingRule .* got 0.05"),
        (lambda: BayesianTwoArmDesign(40, 0.9), "looks must be pairs of numbers of patients"),
        (lambda: BayesianTwoArmDesign((32, 27), 0.9), "A look is a pair of numbers"),
        (lambda: BayesianTwoArmDesign([(32, 27)], 0.9, efficacy=0.9), "efficacy must be a StoppingRule"),
        (lambda: BayesianTwoArmDesign([(32, 27)], 0.9, margin="x"), "margin must be a rate or a difference of rates"),
        (lambda: BayesianTwoArmDesign([(5, 5), (4, 8)], 0.9), "increasing"),
        (lambda: BayesianTwoArmDesign([(5, 5, 5)], 0.9), "pair"),
        (lambda: BayesianTwoArmDesign([(5, 5)], 0.9, margin=20), "margin"),
        (lambda: BayesianTwoArmDesign([(5, 5)], 0.9).predictive((1, 1), (6, 5)), "must not exceed"),
        (lambda: BayesianTwoArmDesign([(5, 5)], 0.9).decisions(1), "from 0 to 0"),
        (lambda: StoppingRule("predicted", 0.9), "Did you mean 'predictive'"),
        (lambda: StoppingRule("posterior", 0.0), "threshold"),
        (lambda: StoppingRule("predictive", 0.1, 0.2), "give no reference"),
        (lambda: StoppingRule("posterior", 0.1, 20), "reference"),
        (lambda: StoppingRule("posterior", 0.05, "x"), "reference must"),
    ],
)
def test_refusals(call, message):
    with pytest.raises(InputError, match=message):
        call()


def test_looks_may_be_an_array():
    assert BayesianTwoArmDesign(np.array([(3, 3), (6, 6)]), 0.9).looks == ((3, 3), (6, 6))
