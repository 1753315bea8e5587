"""What may be given to the search for posteriors, and the sentences that refuse the rest."""

from __future__ import annotations

import pytest

import trialstats as ts
from trialstats.errors import InputError
from trialstats.intervals.beta import Beta


def test_a_percent_sign_on_the_estimate_is_enough():
    signed, bare = (
        ts.explain_posterior("72%", bounds, n=27) for bounds in (("55%", "87%"), ("55", "87"))
    )  # fmt: skip
    assert [one.as_dict() for one in signed] == [one.as_dict() for one in bare] != []


@pytest.mark.parametrize(
    "numbers, arguments, says",
    [
        (("72", ("55", "87")), {}, "A share is at most 1, got '72': did you mean '72%'?"),
        (("72%", ("87%", "55%")), {}, "The lower bound comes first"),
        (("72%", None), {"n": 27.5}, "n must be a whole number .* got 27.5"),
        (("72%", None), {"n": "27"}, "n must be a whole number .* got '27'"),
        (("72%", None), {"n": True}, "n must be a whole number .* got True"),
        (("72%", None), {"n": []}, "n is empty"),
        (("72%", None), {"n": 20, "n_max": -1}, "n_max must be at least 1, got -1"),
        (("72%", None), {"n_max": 2.5}, "n_max must be a whole number"),
        (("72%", None), {"n": 27, "x": 28}, "x must be between 0 and n, got 28 with n up to 27"),
        (("72%", None), {"n": 27, "x": 2.5}, "x must be a whole number"),
        (("72%", None), {"n": 27, "draws": "10000"}, "draws must be a whole number"),
        (("72%", None), {"n": 27, "draws": 99}, "draws must be at least 100, got 99"),
        (("72%", None), {"n": 27, "priors": Beta(2, 2)}, "mapping of names to .*got Beta"),
        (("72%", None), {"n": 27, "priors": {"mine": (1,)}}, "Prior 'mine' must be a pair"),
        (("72%", None), {"n": 27, "priors": {"mine": ("a", 1)}}, "Prior 'mine' must be a pair"),
    ],
)
def test_what_is_refused_has_a_sentence_that_says_why(numbers, arguments, says):
    with pytest.raises(InputError, match=says):
        ts.explain_posterior(*numbers, **arguments)


def test_a_prior_may_be_given_as_a_beta():
    pair, beta = (
        ts.explain_posterior("72%", ("55%", "87%"), n=25, priors={"mine": prior}) for prior in ((2, 2), Beta(2, 2))
    )
    assert pair.total == beta.total > 0 and pair[0] == beta[0]


@pytest.mark.parametrize(
    "make, says",
    [
        (lambda: ts.search.prior_grid("x"), "A grid of priors needs numbers"),
        (lambda: ts.search.prior_mean_weight("x", 3), "The mean of a prior must"),
        (lambda: ts.search.prior_mean_weight(0.3, "x"), "The weight of a prior must"),
    ],
)
def test_priors_are_made_of_numbers(make, says):
    with pytest.raises(InputError, match=says):
        make()
