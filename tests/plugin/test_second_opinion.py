"""Our intervals against those of statsmodels, and what is said where it has none."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialstats.errors import InputError, TrialstatsError, UnknownNameError
from trialstats.intervals.binomial import BINOMIAL_METHODS, binomial_interval
from trialstats.intervals.two_sample import (
    DIFFERENCE_METHODS,
    ODDS_RATIO_METHODS,
    RISK_RATIO_METHODS,
    difference_interval,
    odds_ratio_interval,
    risk_ratio_interval,
)
from trialstats.testing import SECOND_OPINIONS, assert_second_opinion, second_opinion

OURS = {
    "proportion": (binomial_interval, BINOMIAL_METHODS),
    "difference": (difference_interval, DIFFERENCE_METHODS),
    "risk-ratio": (risk_ratio_interval, RISK_RATIO_METHODS),
    "odds-ratio": (odds_ratio_interval, ODDS_RATIO_METHODS),
}
EVERY = [(measure, method) for measure, methods in SECOND_OPINIONS.items() for method in methods]
ARM = st.integers(2, 400).flatmap(lambda n: st.tuples(st.integers(1, n - 1), st.just(n)))
LEVEL = st.sampled_from([0.8, 0.9, 0.95, 0.99])


def test_the_table_names_our_methods():
    assert SECOND_OPINIONS.keys() == OURS.keys()
    for measure, method in EVERY:
        assert method in OURS[measure][1]


@pytest.mark.parametrize("measure, method", EVERY)
@given(first=ARM, second=ARM, level=LEVEL)
@settings(max_examples=40)
def test_two_packages_one_interval(measure, method, first, second, level):
    counts = first if measure == "proportion" else first + second
    assert_second_opinion(OURS[measure][0](*counts, method=method, level=level), counts, measure=measure)


@pytest.mark.parametrize("method", ["wald", "newcombe", "agresti-caffo"])
@pytest.mark.parametrize("counts", [(0, 20, 3, 22), (20, 20, 0, 5), (1, 3, 13, 22), (5, 5, 5, 5)])
def test_differences_with_empty_cells_and_limits_beyond_one(method, counts):
    assert_second_opinion(difference_interval(*counts, method=method, level=0.99), counts, measure="difference")


@pytest.mark.parametrize("method", SECOND_OPINIONS["proportion"])
@pytest.mark.parametrize("counts", [(0, 20), (20, 20), (1, 1)])
def test_proportions_of_none_and_of_all(method, counts):
    assert_second_opinion(binomial_interval(*counts, method=method), counts)


def test_another_method_level_or_count_is_told_apart():
    wilson = binomial_interval(8, 32, method="wilson")
    assert second_opinion((8, 32), method="wilson") == pytest.approx(tuple(wilson))
    for counts, level, method in (((9, 32), 0.95, "wilson"), ((8, 32), 0.9, "wilson"), ((8, 32), 0.95, "wald")):
        with pytest.raises(AssertionError, match=r"other limits .*\n  trialstats .*\n  statsmodels "):
            assert_second_opinion(binomial_interval(8, 32, level=level, method=method), (9, 32))
        theirs = second_opinion(counts, method=method, level=level)
        assert theirs != pytest.approx(tuple(wilson), abs=1e-3)
    katz = risk_ratio_interval(8, 32, 3, 30, method="katz")
    with pytest.raises(AssertionError, match="katz interval of a risk-ratio"):
        assert_second_opinion(katz, (3, 30, 8, 32), measure="risk-ratio")


@pytest.mark.parametrize(
    "asked, error, words",
    [
        ({"counts": (8, 32), "method": "blaker"}, UnknownNameError, "second opinion"),
        ({"counts": (8, 32), "method": "wilson", "measure": "mean"}, UnknownNameError, "measure"),
        ({"counts": (8, 32, 3), "method": "wilson"}, InputError, "x and n of each arm"),
        ({"counts": (8, 32), "method": "katz", "measure": "risk-ratio"}, InputError, "x and n of each arm"),
        ({"counts": (40, 32), "method": "wilson"}, InputError, "must not exceed"),
        ({"counts": (8, 32), "method": "wilson", "level": 95}, InputError, "Did you mean 0.95"),
        ({"counts": (0, 32, 3, 30), "method": "katz", "measure": "risk-ratio"}, InputError, "where 0 < x < n only"),
    ],
)
def test_what_it_cannot_say(asked, error, words):
    with pytest.raises(error, match=words):
        second_opinion(asked.pop("counts"), **asked)


def test_without_statsmodels_one_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "statsmodels.stats.proportion", None)
    with pytest.raises(TrialstatsError, match=r"pip install 'trialstats\[second-opinion\]'"):
        second_opinion((8, 32), method="wilson")
