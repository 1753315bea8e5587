"""P values against test statistics, against three groups and against a spread that nobody names, in own sentences."""

from __future__ import annotations

import pytest
from scipy import stats

import trialstats as ts
from trialstats import Verdict
from trialstats.checks import several_groups_p
from trialstats.checks.statistic_p import p_of


def of(text, check):
    return [one.verdict for one in ts.check(text).findings if one.check == check]


@pytest.mark.parametrize(
    "said, verdict",
    [
        ("t(46) = 3.05, p = 0.004", Verdict.REPRODUCED),
        ("t(46) = 3.05, p = 0.002", Verdict.EXPLAINED),  # one-sided
        ("t(46) = 3.05, one-tailed p = 0.002", Verdict.REPRODUCED),
        ("t(46) = 3.05, p = 0.04", Verdict.STRAINED),
        ("t(46) = 3.05, p < 0.0001", Verdict.INCONSISTENT),
        ("t = 3.05; 46 df; P = 0.004", Verdict.REPRODUCED),
        ("F(2, 118) = 9.21, P < .001", Verdict.REPRODUCED),
        ("F = 9.21; df = 2, 118; P = .003", Verdict.STRAINED),
        ("F[2,118] = 9.21; P = .3", Verdict.INCONSISTENT),
        ("χ2(1, N = 214) = 5.12, p = 0.024", Verdict.REPRODUCED),
        ("chi-squared = 0.41; 1 df; P = 0.052", Verdict.INCONSISTENT),
        ("Mann-Whitney z = −2.81, P = 0.005", Verdict.REPRODUCED),
        ("z = 2.81, P = 0.05, Bonferroni-corrected", Verdict.UNCHECKED),
    ],
)
def test_a_statistic_and_its_p_value(said, verdict):
    assert of(f"Sleep differed between walking and reading ({said}).", "statistic-p") == [verdict]


@pytest.mark.parametrize("said", ["t = 3.05, P = .04", "F508 carriers, P = .04", "chi-square, P = .04", "X 2, P = .04"])
def test_what_is_no_statistic_with_degrees_of_freedom(said):
    assert of(f"Sleep differed between walking and reading ({said}).", "statistic-p") == []


def test_p_values_of_statistics_are_those_of_scipy():
    assert p_of("t", 2.1, (17.3,)) == pytest.approx(2 * stats.t.sf(2.1, 17.3), rel=1e-12)
    assert p_of("F", 3.2, (3, 44)) == pytest.approx(stats.f.sf(3.2, 3, 44), rel=1e-12)
    assert p_of("chi-square", 7.7, (4,)) == pytest.approx(stats.chi2.sf(7.7, 4), rel=1e-12)
    assert p_of("z", -1.3, ()) == pytest.approx(2 * stats.norm.sf(1.3), rel=1e-12)


DOSES = "Cramps were reported by 14 of 62 patients on the low, 22 of 60 on the middle and 35 of 61 on the high dose"


@pytest.mark.parametrize(
    "said, verdict",
    [
        ("P < .001", Verdict.REPRODUCED),
        ("P = .65", Verdict.STRAINED),
        ("chi-square test, P = .65", Verdict.INCONSISTENT),
        ("P = .65, adjusted for age", Verdict.UNCHECKED),
        ("P for interaction = .65", None),
    ],
)
def test_one_p_value_of_three_groups(said, verdict):
    assert of(f"{DOSES} ({said}).", "several-groups-p") == ([] if verdict is None else [verdict])


def test_a_p_value_behind_the_last_group_is_not_of_the_others():
    # Of the low and the middle dose it would be .09.
    assert of(f"{DOSES} (P = .09).", "several-groups-p") == [Verdict.STRAINED]
    assert of(f"{DOSES} (P = .09 for low versus middle).", "several-groups-p") == [Verdict.EXPLAINED]


def test_two_outcomes_of_two_groups_are_not_four_groups():
    text = "Cramps (14 of 62 v 22 of 60) and colds (9 of 62 v 7 of 60) were as frequent (P = .001)."
    assert of(text, "several-groups-p") == []


def test_tests_of_several_groups_are_those_of_scipy():
    counts = [(14, 62), (22, 60), (35, 61)]
    table = [[x for x, _ in counts], [n - x for x, n in counts]]
    found = several_groups_p.group_tests(counts)
    assert found["all groups"] == pytest.approx(stats.chi2_contingency(table, correction=False)[1], rel=1e-9)
    likelihood = stats.chi2_contingency(table, correction=False, lambda_=0)[1]
    assert found["all groups, likelihood ratio"] == pytest.approx(likelihood, rel=1e-9)
    scores = [k for k, (_, n) in enumerate(counts) for _ in range(n)]
    events = [int(at < x) for x, n in counts for at in range(n)]
    r = stats.pearsonr(scores, events)[0]
    assert found["a trend"] == pytest.approx(2 * stats.norm.sf(abs(r) * len(events) ** 0.5), rel=1e-9)


@pytest.mark.parametrize(
    "said, p, verdict",
    [
        ("Mean rise in stride was 128 ± 14 in 52 walkers and 139 ± 16 in 50 runners", "P = .03", Verdict.STRAINED),
        (
            "Mean stride length was 128 ± 14 cm in 52 walkers and 139 ± 16 cm in 50 runners",
            "P < .001",
            Verdict.CONSISTENT,
        ),
        ("Mean strain was 12.0 ± 2.6 in 40 walkers and 18.0 ± 2.8 in 41 runners", "P = .12", Verdict.CONSISTENT),
    ],
)
def test_a_spread_that_nobody_names(said, p, verdict):
    assert of(f"{said} ({p}).", "means-p") == [verdict]


YEAR = "Relapse within one year was seen in 41 of 90 adults on rest, 29 of 92 on talks and 17 of 91 on walks"


@pytest.mark.parametrize(
    "named, verdict",
    [
        ("chi-square test, P = 0.0005", Verdict.REPRODUCED),
        ("chi-square test, P = 0.19", Verdict.INCONSISTENT),
        ("P = 0.19", Verdict.UNCHECKED),  # the words speak of a time
        ("log-rank test, P = 0.19", Verdict.UNCHECKED),
    ],
)
def test_a_named_test_of_counts_is_none_of_times(named, verdict):
    assert of(f"{YEAR} ({named}).", "several-groups-p") == [verdict]
