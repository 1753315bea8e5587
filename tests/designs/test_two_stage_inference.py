"""Inference after two stages: every answer is put back into its definition by plain enumeration of the sample space."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from trialstats.designs import (
    TWO_STAGE_ESTIMATES,
    TWO_STAGE_INTERVALS,
    TWO_STAGE_ORDERINGS,
    TwoStageDesign,
    simon_designs,
    two_stage_coverage,
    two_stage_estimate,
    two_stage_inference,
    two_stage_interval,
    two_stage_pvalue,
)
from trialstats.errors import InputError

SIMON = TwoStageDesign(1, 10, 5, 29)
MINIMAX = TwoStageDesign(4, 18, 10, 33)
CURTAILED = TwoStageDesign(21, 26, 23, 29)  # nearly all patients in the first stage
EARLY = TwoStageDesign(3, 15, 8, 25, efficacy1=7)
DESIGNS = (SIMON, MINIMAX, CURTAILED, EARLY, TwoStageDesign(0, 1, 1, 3))
RATES = (0.0, 0.03, 0.2, 0.41, 0.5, 0.77, 0.98, 1.0)


def outcomes(design):
    """(stage, responses) of every way a trial can end, in the stagewise order of evidence for a high rate."""
    stops = [(1, s) for s in range(design.n1 + 1) if s not in design.continuing]
    second = sorted({(2, x1 + x2) for x1 in design.continuing for x2 in range(design.n2 + 1)})
    return [o for o in stops if o[1] <= design.r1] + second + [o for o in stops if o[1] > design.r1]


def probabilities(design, p):
    """Probability of every outcome, from all pairs of stage counts; exact where p is a Fraction."""
    found = dict.fromkeys(outcomes(design), 0 * p)
    for x1 in range(design.n1 + 1):
        first = comb(design.n1, x1) * p**x1 * (1 - p) ** (design.n1 - x1)
        if x1 not in design.continuing:
            found[1, x1] += first
            continue
        for x2 in range(design.n2 + 1):
            found[2, x1 + x2] += first * comb(design.n2, x2) * p**x2 * (1 - p) ** (design.n2 - x2)
    return found


def key(design, ordering):
    """Sort key of an outcome in an ordering."""
    place = {outcome: i for i, outcome in enumerate(outcomes(design))}
    if ordering == "stagewise":
        return place.__getitem__
    if ordering == "responses":
        return lambda outcome: outcome[1]
    if ordering == "mle":
        return lambda outcome: Fraction(outcome[1], design.n1 if outcome[0] == 1 else design.n)
    return lambda outcome: round(two_stage_estimate(design, outcome[1], stage=outcome[0]), 10)


@pytest.mark.parametrize("design", DESIGNS, ids=str)
def test_umvue_is_unbiased(design):
    for p in RATES:
        chances = probabilities(design, p)
        mean = sum(c * two_stage_estimate(design, s, stage=m) for (m, s), c in chances.items())
        assert mean == pytest.approx(p, abs=1e-12)


@pytest.mark.parametrize("design", DESIGNS, ids=str)
def test_umvcue_is_unbiased_given_the_second_stage(design):
    for p in RATES[1:-1]:
        chances = {o: c for o, c in probabilities(design, p).items() if o[0] == 2}
        mean = sum(c * two_stage_estimate(design, s, stage=2, method="umvcue") for (_, s), c in chances.items())
        assert mean / sum(chances.values()) == pytest.approx(p, abs=1e-12)
    assert np.isnan(two_stage_estimate(design, max(design.r1, 0), stage=1, method="umvcue"))


def test_umvue_by_its_printed_formula():
    # Jung and Kim 2004, two stages: sum C(n1 - 1, x1 - 1) C(n2, s - x1) / sum C(n1, x1) C(n2, s - x1), x1 > r1
    n1, n2, s = 10, 19, 6
    x1 = range(2, 7)
    numerator = sum(comb(n1 - 1, x - 1) * comb(n2, s - x) for x in x1)
    assert two_stage_estimate(SIMON, s) == numerator / sum(comb(n1, x) * comb(n2, s - x) for x in x1)


@pytest.mark.parametrize("design", DESIGNS, ids=str)
def test_bias_adjusted_and_bias_reduced(design):
    plain = {(m, s): s / (design.n1 if m == 1 else design.n) for m, s in outcomes(design)}

    def expected(p):
        return sum(chance * plain[o] for o, chance in probabilities(design, p).items())

    for (m, s), share in plain.items():
        adjusted = two_stage_estimate(design, s, stage=m, method="bias-adjusted")
        assert expected(adjusted) == pytest.approx(share, abs=1e-12)
        reduced = two_stage_estimate(design, s, stage=m, method="bias-reduced")
        assert reduced == pytest.approx(2 * share - expected(share), abs=1e-12)


@pytest.mark.parametrize("design", DESIGNS, ids=str)
def test_adjustment_removes_most_of_the_bias(design):
    p = 0.3
    chances = probabilities(design, p)
    bias = {
        method: abs(sum(c * two_stage_estimate(design, s, stage=m, method=method) for (m, s), c in chances.items()) - p)
        for method in ("plain", "bias-adjusted", "umvue")
    }
    assert bias["umvue"] < 1e-12
    assert bias["bias-adjusted"] < max(bias["plain"], 1e-3)


@pytest.mark.parametrize("design", DESIGNS, ids=str)
@pytest.mark.parametrize("ordering", TWO_STAGE_ORDERINGS)
def test_pvalue_is_its_tail(design, ordering):
    place = key(design, ordering)
    for p in (Fraction(1, 10), Fraction(3, 10), Fraction(4, 5)):
        chances = probabilities(design, p)
        for m, s in chances:
            tail = sum(chance for o, chance in chances.items() if place(o) >= place((m, s)))
            assert two_stage_pvalue(design, s, float(p), stage=m, ordering=ordering) == pytest.approx(
                float(tail), rel=1e-12
            )


@pytest.mark.parametrize("design", DESIGNS, ids=str)
@pytest.mark.parametrize("level", [0.8, 0.95, 0.999])
@pytest.mark.parametrize("method", [m for m in TWO_STAGE_INTERVALS if m != "clopper-pearson"])
def test_interval_tails(design, level, method):
    ordering = {"atkinson-brown": "responses", "mle-ordering": "mle", "umvue-ordering": "umvue"}.get(
        method, "stagewise"
    )
    place = key(design, ordering)
    tail = (1 - level) / 2
    for m, s in outcomes(design):
        low, high = two_stage_interval(design, s, stage=m, level=level, method=method)

        def beyond(p, upwards, own, m=m, s=s):
            chances = probabilities(design, p)
            higher = [
                c for o, c in chances.items() if (place(o) > place((m, s)) if upwards else place(o) < place((m, s)))
            ]
            return sum(higher) + own * sum(c for o, c in chances.items() if place(o) == place((m, s)))

        own_low = 0.5 if method == "mid-p" else 1.0
        own_high = {"mid-p": 0.5, "koyama-chen": 0.0}.get(method, 1.0)
        if np.isnan(low):  # with a stop for efficacy the highest totals are improbable at every rate
            assert design == EARLY and ordering == "responses"
            assert max(beyond(p, True, own_low) for p in np.linspace(0, 1, 201)) < tail
            continue
        if low > 0:
            assert beyond(low, True, own_low) == pytest.approx(tail, abs=1e-12)
        else:
            assert s == 0
        if method == "koyama-chen" and s == 0:
            assert np.isnan(high)
        elif high < 1:
            assert beyond(high, False, own_high) == pytest.approx(tail, abs=1e-12)
        else:
            assert beyond(1.0, False, own_high) > tail


def test_limits_at_small_rates_keep_their_digits():
    low, _ = two_stage_interval(TwoStageDesign(0, 60, 3, 150), 1, level=0.9999)
    chances = probabilities(TwoStageDesign(0, 60, 3, 150), low)
    assert 1 - chances[1, 0] - 5e-5 == pytest.approx(0, abs=1e-12)
    assert low == pytest.approx(5e-5 / 60, rel=1e-2)


def test_orderings_agree_without_a_stop_for_efficacy():
    # Jung et al. 2006: for designs that stop early for futility only, the unbiased estimate orders as the stages do
    for design in (SIMON, MINIMAX, CURTAILED):
        s = [o[1] for o in outcomes(design)]
        reference = two_stage_interval(design, s)
        for method in ("atkinson-brown", "umvue-ordering"):
            other = two_stage_interval(design, s, method=method)
            assert np.array_equal(other.lower, reference.lower) and np.array_equal(other.upper, reference.upper)
    assert two_stage_interval(SIMON, 2, method="mle-ordering").upper < two_stage_interval(SIMON, 2).upper


@pytest.mark.parametrize("design", DESIGNS, ids=str)
@pytest.mark.parametrize("method", ["jennison-turnbull", "atkinson-brown", "umvue-ordering", "mle-ordering"])
def test_coverage_is_at_least_the_level(design, method):
    p = np.linspace(0.001, 0.999, 333)
    for level in (0.8, 0.95):
        assert two_stage_coverage(design, p, level=level, method=method).min() >= level - 1e-12


def test_coverage_by_enumeration():
    for method in ("jennison-turnbull", "koyama-chen", "clopper-pearson"):
        for p in (0.1, 0.33, 0.6):
            covered = 0.0
            for (m, s), chance in probabilities(EARLY, p).items():
                low, high = two_stage_interval(EARLY, s, stage=m, method=method)
                covered += chance * (low <= p <= high)
            assert two_stage_coverage(EARLY, p, method=method) == pytest.approx(covered, abs=1e-12)


def test_clopper_pearson_does_not_hold_its_level_after_two_stages():
    # the plan is ignored: with nearly every trial reaching 29 patients it still does, after this early stop it does not
    p = np.linspace(0.01, 0.99, 981)
    assert two_stage_coverage(TwoStageDesign(3, 6, 10, 40), p, method="clopper-pearson").min() < 0.95
    # Koyama and Chen's two-sided interval leaves the outcome out of its upper tail, and so misses its level too
    assert two_stage_coverage(SIMON, p, method="koyama-chen").min() < 0.95


def test_test_and_interval_agree():
    # the lower one-sided limit exceeds p0 exactly where the P value is below the tail, and where the design rejects
    plan = simon_designs(0.2, 0.4).optimal
    for m, s in outcomes(plan.design):
        pvalue = two_stage_pvalue(plan.design, s, 0.2, stage=m)
        assert (pvalue <= plan.type_1_error + 1e-12) == (s > plan.design.r)
        low, _ = two_stage_interval(plan.design, s, stage=m, level=0.9)
        assert (low > 0.2) == (pvalue < 0.05)
    assert two_stage_pvalue(plan.design, plan.design.r + 1, 0.2) == pytest.approx(plan.type_1_error, abs=1e-14)


def test_median_unbiased():
    design = MINIMAX
    for m, s in outcomes(design)[1:]:
        p = two_stage_estimate(design, s, stage=m, method="median-unbiased")
        assert two_stage_pvalue(design, s, p, stage=m) == pytest.approx(0.5, abs=1e-12)
        assert two_stage_interval(design, s, stage=m, level=1e-9, method="koyama-chen").lower == pytest.approx(
            p, abs=1e-8
        )
    assert two_stage_estimate(design, 0, method="median-unbiased") == 0.0


def test_r_clinfun_twostage_inference_equation():
    # clinfun's twostage.inference works to a step of 1e-4: its equations solved here by scipy's root finder
    design, s, alpha = SIMON, 6, 0.05

    def pvalue(p):
        x1 = np.arange(2, 11)
        return stats.binom.pmf(x1, 10, p) @ stats.binom.sf(s - x1 - 1, 19, p)

    low = optimize.brentq(lambda p: pvalue(p) - alpha, 0.01, 0.6, xtol=1e-14)
    high = optimize.brentq(lambda p: pvalue(p) - (1 - alpha), 0.01, 0.9, xtol=1e-14)
    ours = two_stage_interval(design, s, level=0.9, method="koyama-chen")
    assert (ours.lower, ours.upper) == (pytest.approx(low, abs=1e-12), pytest.approx(high, abs=1e-12))
    assert two_stage_pvalue(design, s, 0.1) == pytest.approx(pvalue(0.1), abs=1e-14)


def test_report_holds_every_menu():
    result = two_stage_inference(EARLY, 7, stage=2, p0=0.2, level=0.9)
    assert [name for name, _ in result.estimates] == list(TWO_STAGE_ESTIMATES)
    assert [interval.method for interval in result.intervals] == list(TWO_STAGE_INTERVALS)
    assert [name for name, _ in result.pvalues] == list(TWO_STAGE_ORDERINGS)
    assert (result.stage, result.n, result.level, result.p0) == (2, 25, 0.9, 0.2)
    assert result.estimate() == two_stage_estimate(EARLY, 7, stage=2)
    assert result.interval("mid-p") == two_stage_interval(EARLY, 7, stage=2, level=0.9, method="mid-p")
    assert result.pvalue("mle") == two_stage_pvalue(EARLY, 7, 0.2, stage=2, ordering="mle")
    assert two_stage_inference(SIMON, 1).stage == 1
    hash(result)


designs = st.integers(2, 30).flatmap(
    lambda n: st.integers(1, n - 1).flatmap(
        lambda n1: st.integers(0, n1 - 1).map(lambda r1: TwoStageDesign(r1, n1, max(r1, n // 2 - 1), n))
    )
)


@settings(max_examples=40)
@given(designs, st.sampled_from(["jennison-turnbull", "mid-p", "clopper-pearson"]), st.floats(0.5, 0.99))
def test_intervals_hold_and_rise(design, method, level):
    s = [o[1] for o in outcomes(design)]
    found = two_stage_interval(design, s, level=level, method=method)
    assert (found.lower <= found.upper).all() and (found.lower >= 0).all() and (found.upper <= 1).all()
    wider = two_stage_interval(design, s, level=(1 + level) / 2, method=method)
    assert (wider.lower <= found.lower).all() and (wider.upper >= found.upper).all()
    if method != "clopper-pearson":  # the fixed-n interval falls back where the second stage begins
        assert (np.diff(found.lower) >= 0).all() and (np.diff(found.upper) >= -1e-13).all()
    for name in ("umvue", "median-unbiased"):
        assert (np.diff(two_stage_estimate(design, s, method=name)) > -1e-13).all()


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: two_stage_estimate(SIMON, 30), "cannot end with 30 responses"),
        (lambda: two_stage_estimate(SIMON, 1, stage=2), "cannot end at stage 2"),
        (lambda: two_stage_estimate(EARLY, 7), "give stage"),
        (lambda: two_stage_estimate(SIMON, 6.0), "whole numbers"),
        (lambda: two_stage_estimate(SIMON, 6, method="umvu"), "Did you mean 'umvue'"),
        (lambda: two_stage_interval(SIMON, 6, method="jennison"), "Did you mean 'jennison-turnbull'"),
        (lambda: two_stage_interval(SIMON, 6, level=95), r"Did you mean 0\.95"),
        (lambda: two_stage_pvalue(SIMON, 6, 0.1, ordering="stage"), "Did you mean 'stagewise'"),
        (lambda: two_stage_pvalue(SIMON, 6, 10), r"Did you mean 0\.1"),
        (lambda: two_stage_inference(SIMON, 6).pvalue(), "needs the null response rate"),
        (lambda: two_stage_inference((1, 10, 5, 29), 6), "must be a TwoStageDesign"),
    ],
)
def test_refusals(call, message):
    with pytest.raises(InputError, match=message):
        call()
