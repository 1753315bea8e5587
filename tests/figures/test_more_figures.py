"""Pictures of ratios, of intervals by many methods, and of denominators: what is drawn where."""

import io
import math
import sys
from itertools import pairwise

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure

import trialstats as ts
from trialstats import figures
from trialstats.claims.model import Estimate, Spread
from trialstats.errors import InputError, TrialstatsError, UnknownNameError
from trialstats.reported import Reported


def ratio(value, lower=None, upper=None):
    spread = None if lower is None else Spread("confidence", Reported(lower), Reported(upper))
    return Estimate(id="hr", measure="hazard-ratio", value=Reported(value), spread=spread)


def saved(ax):
    buffer = io.BytesIO()
    ax.figure.savefig(buffer, format="pdf")
    return buffer.tell()


def words(ax):
    return [text.get_text() for text in ax.texts]


def labels(ax):
    return [label.get_text() for label in ax.get_yticklabels()]


def bold(ax):
    return [label.get_text() for label in ax.get_yticklabels() if label.get_weight() == "bold"]


# --------------------------------------------------------------------------------------------------
# Ratios
# --------------------------------------------------------------------------------------------------
def test_forest_shows_the_print_and_what_it_leaves_open():
    ax = figures.plot_forest({"first": ratio("0.54", "0.36", "0.81"), "second": ratio("0.13", "0.05", "0.31")})
    assert labels(ax) == ["first", "second"]
    assert words(ax) == ["0.54 (0.36 to 0.81)", "0.13 (0.05 to 0.31)"]
    squares = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "s"]
    assert squares == [0.54, 0.13]
    ends = {(round(path.vertices[:, 0].min(), 4), round(path.vertices[:, 0].max(), 4))
            for band in ax.collections for path in band.get_paths()}  # fmt: skip
    assert {(0.355, 0.365), (0.045, 0.055), (0.535, 0.545)} <= ends
    assert ax.get_xscale() == "log" and ax.yaxis_inverted()
    assert saved(ax) > 5000


def test_forest_takes_a_ratio_without_an_interval_and_leaves_out_what_is_none():
    ax = figures.plot_forest({"bare": ratio("0.9"), "zero": ratio("0"), "none": ratio("NR")})
    assert labels(ax) == ["bare"] and words(ax) == ["0.9"]


def test_ratio_region_is_the_polygon_of_the_search():
    found = ts.explain_ratio("0.54", ("0.37", "0.79"))
    ax = figures.plot_ratio_region(found, p_lines=(0.001, 0.05))
    (patch,) = ax.patches
    corners = patch.get_xy()
    # put back: every corner prints the estimate and both bounds, by its own centre and SE
    z = 1.959963984540054
    for centre, se in corners:
        for value, text in ((centre, "0.54"), (centre - z * se, "0.37"), (centre + z * se, "0.79")):
            assert Reported(text).range().admits(math.exp(value))
    assert words(ax) == ["P = .001"]  # .05 is far from the picture
    (dotted,) = [line for line in ax.lines if len(line.get_xdata()) == 2]
    for x, y in zip(*dotted.get_data(), strict=True):
        assert math.erfc(abs(x) / y / math.sqrt(2)) == pytest.approx(0.001, rel=1e-9)
    assert corners[:, 1].min() > np.interp(corners[:, 0], *sorted_line(dotted)).max() - 0.01
    assert saved(ax) > 5000


def sorted_line(line):
    x, y = line.get_data()
    order = np.argsort(x)
    return x[order], y[order]


RATIOS = (
    ("1.02", "0.80", "1.30"), ("0.13", "0.05", "0.31"), ("2.5", "1.1", "5.6"), ("0.45", "0.24", "0.81"),
    ("1.0", "0.5", "2.0"),
)  # fmt: skip


@pytest.mark.parametrize("print_", RATIOS)
def test_round_p_values_are_few_and_in_view(print_):
    ax = figures.plot_ratio_region(ts.explain_ratio(print_[0], print_[1:]))
    assert len(words(ax)) <= 6
    assert saved(ax) > 5000


def test_a_side_axis_tells_the_events():
    ax = figures.plot_ratio_region(ts.explain_ratio("0.45", ("0.24", "0.81")))
    (side,) = ax.child_axes
    told = {
        int(float(label.get_text())): place
        for label, place in zip(side.get_yticklabels(), side.get_yticks(), strict=True)
    }
    assert told
    for events, se in told.items():
        assert events == pytest.approx(4 / se**2)


# --------------------------------------------------------------------------------------------------
# Intervals
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("rounding", "printing"), [("nearest", ["Pratt"]), ("twice", ["Clopper-Pearson", "Pratt"])])
def test_methods_that_print_the_bounds_stand_out(rounding, printing):
    ax = figures.plot_interval_methods(8, 32, ("12%", "43%"), rounding=rounding)
    assert bold(ax) == printing
    assert len(labels(ax)) == len(ts.BINOMIAL_METHODS)
    # the same as the search says, which does not go through the picture
    found = ts.explain_proportion("25%", ("12%", "43%"), n=32)
    assert len({one.method for one in found if one.rounding == rounding}) == len(printing)
    assert "11.46 to 43.40" in words(ax)
    assert {"12%", "43%"} <= set(words(ax))
    assert saved(ax) > 5000


def test_filled_ends_are_those_that_print():
    ax = figures.plot_intervals({"one": (0.12, 0.45)}, ("12%", "43%"))
    low, high = [line for line in ax.lines if line.get_marker() == "o"]
    assert low.get_markerfacecolor() != "white" and high.get_markerfacecolor() == "white"
    assert bold(ax) == []


def test_one_printed_bound_or_none_will_do():
    assert bold(figures.plot_intervals({"one": (0.12, 0.45)}, ("12%", None))) == ["one"]
    plain = figures.plot_intervals({"one": (0.12, 0.45)})
    assert bold(plain) == [] and plain.get_xlabel() == ""


# --------------------------------------------------------------------------------------------------
# Denominators
# --------------------------------------------------------------------------------------------------
EVENTS = {"fatigue": "72%", "stomatitis": "56%", "rash": "44%", "anorexia": "43%", "diarrhea": "39%"}


@pytest.mark.parametrize("rounding", ["nearest", "half-even", "truncated", "up", "twice"])
def test_denominators_are_those_of_the_search(rounding):
    ax = figures.plot_denominators(EVENTS, n_max=120, stated=54, rounding=rounding)
    drawn = [sorted(round(segment[0][0]) for segment in one.get_segments()) for one in ax.collections]
    searched = [ts.infer_denominator([value], n_max=120, rounding=rounding) for value in EVENTS.values()]
    together = ts.infer_denominator(list(EVENTS.values()), n_max=120, rounding=rounding)
    assert drawn == [list(one) for one in (*searched, together)]
    assert labels(ax)[-1] == "all"
    assert saved(ax) > 5000


def test_labels_of_denominators_do_not_overlap():
    ax = figures.plot_denominators(EVENTS, n_max=120)
    places = [int(word) for word in words(ax)]
    assert places[0] == 54 and all(b - a >= 4 for a, b in pairwise(places))


# --------------------------------------------------------------------------------------------------
# All of them
# --------------------------------------------------------------------------------------------------
CALLS = {
    "forest": lambda ax=None: figures.plot_forest({"a": ratio("0.5", "0.3", "0.8")}, ax=ax),
    "region": lambda ax=None: figures.plot_ratio_region(ts.explain_ratio("0.54", ("0.37", "0.79")), ax=ax),
    "intervals": lambda ax=None: figures.plot_intervals({"a": (0.1, 0.2)}, ("10%", "20%"), ax=ax),
    "methods": lambda ax=None: figures.plot_interval_methods(8, 32, methods=["wald"], ax=ax),
    "denominators": lambda ax=None: figures.plot_denominators({"a": "50%"}, ax=ax),
}


@pytest.mark.parametrize("name", CALLS)
def test_given_axes_are_used_and_nothing_global_is_touched(name):
    before, ax = dict(mpl.rcParams), Figure().add_subplot()
    assert CALLS[name](ax) is ax
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("name", CALLS)
def test_without_matplotlib_one_sentence_says_what_to_install(name, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(TrialstatsError, match=r"pip install 'trialstats\[plot\]'"):
        CALLS[name]()


@pytest.mark.parametrize(
    "call",
    [
        lambda: figures.plot_forest({}),
        lambda: figures.plot_forest({"none": ratio("NR")}),
        lambda: figures.plot_ratio_region(ts.explain_ratio("0.54", ("0.10", "0.55"))),
        lambda: figures.plot_ratio_region(ts.explain_proportion("25%", n=32)),
        lambda: figures.plot_intervals({}),
        lambda: figures.plot_intervals({"a": (0, 1)}, rounding="half"),
        lambda: figures.plot_interval_methods(8, 20_000),
        lambda: figures.plot_interval_methods(33, 32),
        lambda: figures.plot_denominators({}),
        lambda: figures.plot_denominators({"a": "50%"}, n_min=5, n_max=4),
        lambda: figures.plot_denominators({"a": "50%"}, rounding="half"),
    ],
)
def test_what_is_refused(call):
    with pytest.raises(InputError):
        call()


def test_an_unknown_rounding_suggests_the_nearest():
    with pytest.raises(UnknownNameError, match="Did you mean 'nearest'"):
        figures.plot_denominators({"a": "50%"}, rounding="nearst")
