"""Pictures of posteriors, of priors and of superiority: what is drawn where, and that they can be saved."""

import io
import sys

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure

import trialstats as ts
from trialstats.claims.model import Estimate, Spread
from trialstats.errors import InputError, TrialstatsError
from trialstats.figures import plot_feasible_priors, plot_posteriors, plot_superiority
from trialstats.intervals.beta import Beta
from trialstats.reported import Reported
from trialstats.search.posteriors.explain import explain_posterior
from trialstats.search.posteriors.priors import prior_grid
from trialstats.search.posteriors.region import posterior_region

POSTERIORS = {"new": Beta(21, 8), "old": Beta(24, 10)}


def printed(value, lower, upper):
    spread = Spread("credible", Reported(lower), Reported(upper))
    return Estimate(id="rate", measure="proportion", value=Reported(value), spread=spread)


REPORTED = {"new": printed("72%", "55%", "87%"), "old": printed("71%", "55", "84")}


def saved(ax):
    buffer = io.BytesIO()
    ax.figure.savefig(buffer, format="pdf")
    return buffer.tell()


def words(ax):
    return [text.get_text() for text in ax.texts]


@pytest.mark.parametrize("kind", ["equal-tailed", "hdi"])
def test_posteriors_with_their_reported_numbers(kind):
    ax = plot_posteriors(POSTERIORS, REPORTED, kind=kind)
    assert {"72%", "55%", "87%", "71%", "55", "84"} <= set(words(ax))
    curves = [line for line in ax.lines if len(line.get_xdata()) > 100]
    for curve, posterior in zip(curves, POSTERIORS.values(), strict=True):
        x, y = curve.get_data()
        assert y == pytest.approx(np.exp(posterior.logpdf(x)))
    places = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"]
    assert places == [0.72, 0.71]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["new: Beta(21, 8)", "old: Beta(24, 10)"]
    assert saved(ax) > 5000


def test_given_axes_are_used_and_nothing_global_is_touched():
    before, loaded = dict(mpl.rcParams), "matplotlib.pyplot" in sys.modules
    ax = Figure().add_subplot()
    assert plot_posteriors({"new": Beta(21, 8)}, ax=ax) is ax
    assert plot_superiority((20, 27), (23, 32), ax=Figure().add_subplot()) is not ax
    assert dict(mpl.rcParams) == before
    assert ("matplotlib.pyplot" in sys.modules) is loaded


def test_each_count_has_its_patch_of_priors():
    region = posterior_region("72%", ("55%", "87%"))
    found = explain_posterior("72%", ("55%", "87%"), n=27, priors=prior_grid(4), point="mean", kind="equal-tailed")
    ax = plot_feasible_priors(found, 27, vertices=region.vertices)
    assert {"19/27", "20/27", "21/27", "uniform", "Jeffreys", "Haldane"} <= set(words(ax))
    dots = np.concatenate([np.column_stack(line.get_data()) for line in ax.lines if line.get_marker() == "o"])
    assert any((dot == (1.0, 1.0)).all() for dot in dots)
    assert (dots >= 0).all()
    for patch in ax.patches:
        assert (patch.get_xy() >= -1e-12).all()
    assert saved(ax) > 5000
    assert saved(plot_feasible_priors(found, 27)) > 5000


def test_superiority_frames_what_prints_the_reported_probability():
    ax = plot_superiority((20, 27), (23, 32), reported="57%", labels=("new", "old"))
    assert "56.7" in words(ax)
    assert [(round(box.get_x() + 0.46), round(box.get_y() + 0.46)) for box in ax.patches] == [(3, 3)]
    assert saved(ax) > 5000
    edge = plot_superiority((0, 5), (5, 5), reach=2)
    assert len(edge.texts) == 9


@pytest.mark.parametrize(
    "call",
    [
        lambda: plot_posteriors({}),
        lambda: plot_posteriors(POSTERIORS, {"third": REPORTED["new"]}),
        lambda: plot_feasible_priors([], 27),
        lambda: plot_feasible_priors([], 0),
        lambda: plot_superiority((28, 27), (1, 2)),
        lambda: plot_superiority((20, 27), (1, 2), reach=-1),
    ],
)
def test_what_is_refused(call):
    with pytest.raises(InputError):
        call()


def test_without_matplotlib_one_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(TrialstatsError, match=r"pip install 'trialstats\[plot\]'"):
        plot_posteriors(POSTERIORS)


@pytest.mark.parametrize(
    "posteriors, says",
    [
        ({}, "Give posteriors by label"),
        ([Beta(1, 2)], "Give posteriors by label"),
        ({"a": Beta([1, 2], 3)}, "The posterior of 'a' must be one Beta"),
        ({"a": "Beta(1, 2)"}, "The posterior of 'a' must be one Beta"),
    ],
)
def test_what_is_no_posterior_is_refused_in_a_sentence(posteriors, says):
    with pytest.raises(InputError, match=says):
        ts.figures.plot_posteriors(posteriors)
