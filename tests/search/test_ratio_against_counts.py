"""A printed ratio held against the counts of both arms by the public question."""

import pickle

import pytest
from scipy.stats import fisher_exact
from statsmodels.stats.contingency_tables import Table2x2

import trialstats as ts
from trialstats.errors import InputError

COUNTS = (24, 150, 43, 148)


def test_the_ratio_its_interval_and_its_p_value_are_those_of_the_counts():
    other = Table2x2([[24, 126], [43, 105]])
    low, high = other.riskratio_confint()
    interval = f"{low:.2f}", f"{high:.2f}"
    p = f"{fisher_exact([[24, 126], [43, 105]])[1]:.4f}"
    found = ts.explain_ratio(f"{other.riskratio:.2f}", interval, p=p, measure="risk-ratio", counts=COUNTS)
    held = found.counts
    assert held.agrees and not held.turned
    assert held.estimate == pytest.approx(other.riskratio)
    assert held.methods == ("katz",)
    assert held.intervals["katz"][1:] == pytest.approx((low, high))
    assert "fisher" in held.tests
    assert "the interval is that of Katz" in str(held)
    assert "of Katz" in repr(found)
    assert pickle.loads(pickle.dumps(found)) == found


def test_an_odds_ratio_by_its_methods():
    held = ts.explain_ratio("0.47", ("0.27", "0.82"), measure="odds-ratio", counts=(COUNTS[:2], COUNTS[2:])).counts
    assert held.agrees
    assert "woolf" in held.methods


def test_a_ratio_that_is_not_that_of_the_counts():
    held = ts.explain_ratio("0.38", ("0.24", "0.60"), p=".31", measure="risk-ratio", counts=COUNTS).counts
    assert held.agrees is False
    assert held.methods == held.tests == ()
    said = "give a risk ratio of 0.551, and 0.38 is printed", "Katz gives 0.353 to 0.859", "exact test gives .00"
    for words in (*said, "adjusted"):
        assert words in held.message


@pytest.mark.parametrize(
    "estimate, interval, p",
    [("0.55", ("0.29", "0.86"), None), ("0.55", None, ".31"), ("0.51", None, None)],
    ids=["interval", "p", "estimate"],
)
def test_one_number_that_differs_is_enough(estimate, interval, p):
    held = ts.explain_ratio(estimate, interval, p=p, measure="risk-ratio", counts=COUNTS).counts
    assert held.agrees is False


def test_arms_turned_round_are_said():
    held = ts.explain_ratio("1.82", ("1.16", "2.83"), measure="risk-ratio", counts=COUNTS).counts
    assert held.agrees and held.turned
    assert "the arms turned round" in held.message


def test_a_hazard_ratio_is_shown_beside_them():
    found = ts.explain_ratio("0.52", ("0.31", "0.85"), counts=COUNTS)
    assert found.counts.agrees is None
    assert "needs the times to the event" in repr(found)
    assert ts.explain_ratio("0.52", ("0.31", "0.85")).counts is None


def test_counts_of_nobody_give_no_value():
    held = ts.explain_ratio("0.55", ("0.2", "0.9"), measure="odds-ratio", counts=(3, 150, 0, 148)).counts
    assert held.agrees is False
    assert "no value" in held.message and "nan" not in held.message


@pytest.mark.parametrize("counts", [(1, 2, 3), (5, 2, 3, 4), ((1, 2), (3,)), "1234", (1.0, 2, 3, 4), (0, 0, 1, 2), 7])
def test_what_are_no_counts_is_refused_in_one_sentence(counts):
    with pytest.raises(InputError, match="counts are events and patients of two arms"):
        ts.explain_ratio("0.55", None, measure="risk-ratio", counts=counts)


@pytest.mark.parametrize(
    "estimate, interval, measure, counts, words",
    [
        ("0.46", ("0.26", "0.81"), "odds-ratio", (21, 140, 39, 138), "Peto"),
        ("0.09", ("0.00", "1.56"), "risk-ratio", (0, 62, 5, 60), "0.5 added"),
    ],
)
def test_ordinary_methods_that_are_named(estimate, interval, measure, counts, words):
    held = ts.explain_ratio(estimate, interval, measure=measure, counts=counts).counts
    assert held.agrees and words in held.message
    slip = ts.explain_ratio(estimate, (interval[0], "2.81"), measure=measure, counts=counts).counts
    assert slip.agrees is False


def test_the_wald_p_value_of_a_ratio():
    def held(p):
        return ts.explain_ratio("0.53", ("0.33", "0.85"), p=p, measure="risk-ratio", counts=(21, 140, 39, 138)).counts

    assert held(".0090").agrees and "Wald" in held(".0090").message
    assert held(".0190").agrees is False
