"""The JSON of a report is a contract: keys, their order, and no number that JSON cannot hold."""

import json
import math
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

import hypothesis.strategies as st
import msgspec
import numpy as np
import pytest
from hypothesis import given

from trialstats.catalogue import Convention
from trialstats.explanations import Block, Counts, Explanation, Search
from trialstats.findings import Verdict
from trialstats.reanalysis import check
from trialstats.report import Report
from trialstats.report.report_json import ReportDocument, plain, schema
from trialstats.reported import Reported

COUNT_KEYS = ["method", "rounding", "level", "x", "n", "allowed", "lower", "upper", "cost", "weight"]
KEYS = {
    "report": ["schema", "trialstats", "catalogue", "trials"],
    "trial": ["trial", "sha256", "convention", "coverage", "findings"],
    "convention": ["rounding", "binomial_method", "denominators", "prior", "posterior_point", "km_transform",
                   "p_sided", "two_arm_test", "evidence"],
    "coverage": ["printed", "checked", "unchecked"],
    "finding": ["claim", "with", "check", "code", "verdict", "decision", "expected", "assumes", "reported", "message",
                "searched", "look", "chance", "explanations_total", "explanations", "nearest", "under"],
}  # fmt: skip


def strictly(text: str):
    def refuse(name: str):
        raise AssertionError(f"{name} is not JSON")

    return json.loads(text, parse_constant=refuse)


@pytest.fixture
def parsed(report):
    return strictly(report.to_json(full=True))


def find(parsed, claim, check):
    return next(one for one in parsed["trials"][0]["findings"] if (one["claim"], one["check"]) == (claim, check))


def test_keys_and_their_order(parsed):
    assert list(parsed) == KEYS["report"]
    assert parsed["schema"] == 1
    for trial in parsed["trials"]:
        assert list(trial) == KEYS["trial"]
        assert list(trial["convention"]) == KEYS["convention"]
        assert list(trial["coverage"]) == KEYS["coverage"]
        for finding in trial["findings"]:
            assert list(finding) == KEYS["finding"]


def test_explanations_are_the_first_five_with_their_weights(parsed):
    found = find(parsed, "orr.paclitaxel", "proportion-interval")
    assert found["explanations_total"] == 7
    assert len(found["explanations"]) == 5
    assert all(list(one) == COUNT_KEYS for one in found["explanations"])
    assert [one["cost"] for one in found["explanations"]] == [3, 4, 5, 6, 7]
    weights = [one["weight"] for one in found["explanations"]]
    assert weights[0] == pytest.approx(2 * weights[1], rel=1e-12)
    assert sum(weights) < 1
    assert found["chance"] == 0.125


@dataclass(frozen=True)
class OneCount(Search):
    """A search that is asked for its first explanation alone."""

    def blocks(self):
        yield Block.single(Explanation(Counts(8, 32), Convention(cost=1.0)))
        raise AssertionError("a plain report asked for the second explanation")

    def chance(self):
        raise AssertionError("a plain report asked for the chance")


def test_a_plain_report_searches_neither_chances_nor_totals_nor_weights(report):
    finding = report.trials[1].findings[0]
    details = replace(finding.details, explanations=OneCount().explanations())
    finding = replace(finding, verdict=Verdict.EXPLAINED, details=details)
    report = Report((replace(report.trials[1], findings=(finding,)),))
    (one,) = strictly(report.to_json())["trials"][0]["findings"]
    assert (one["chance"], one["explanations_total"]) == (None, None)
    assert one["explanations"] == [{"x": 8, "n": 32, "cost": 1.0}]
    report.records()


def test_what_is_to_be_looked_at_says_so(parsed):
    look = {one["claim"]: one["look"] for one in parsed["trials"][0]["findings"]}
    assert look["nausea"] and not look["centres"]


def test_a_ratio_carries_its_own_witness_with_ranges_as_two_ends(parsed):
    one = find(parsed, "pfs-hr", "ratio-interval")["explanations"][0]
    assert one["centre"] == [-0.62, -0.61]
    assert one["se"] == [0.2, None]
    assert one["effective_n"] == [102.0, 104.5]
    assert "x" not in one
    assert "p" not in one or one["p"] is None


def test_the_rest_of_a_finding(parsed):
    found = find(parsed, "pfs-hr", "ratio-p")
    assert found["with"] == ["pfs-median", "os"]
    assert (found["verdict"], found["expected"]) == ("inconsistent", "inconsistent")
    assert found["nearest"] == {
        "explanation": {"cost": None, "test": "wald", "sided": 2, "p": 0.0012},
        "prints": {"p": "0.001"},
        "steps": 1.5,
    }
    assert found["chance"] is None
    assert found["under"] is None
    first = find(parsed, "orr.paclitaxel", "proportion-interval")
    assert first["under"] == {"fits": True, "predicted": True}
    assert first["searched"] == {"methods": ["clopper-pearson", "wald"], "n": [1, None]}
    assert first["reported"] == {"estimate": "25%", "lower": "12%", "upper": "43%"}


def test_the_text_fits_its_own_schema_structs(report):
    document = msgspec.json.decode(report.to_json(), type=ReportDocument, strict=True)
    assert document.schema_ == 1
    assert document.trials[0].findings[3].with_ == ("pfs-median", "os")


def test_schema_names_the_keys_that_are_written():
    definitions = schema()["$defs"]
    for name in ("report", "trial", "convention", "coverage", "finding"):
        document = definitions[f"{name.capitalize()}Document"]
        # Of a text it is also said how many figures were read.
        assert list(document["properties"]) == [*KEYS[name], *(["read"] if name == "coverage" else [])]
        assert sorted(document["required"]) == sorted(KEYS[name])
    assert list(definitions["WitnessDocument"]["properties"])[:10] == COUNT_KEYS


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (math.nan, None),
        (-math.inf, None),
        (Fraction(1, 4), 0.25),
        ((1, math.inf), [1, None]),
        ({"b", "a"}, ["a", "b"]),
        (np.float64(0.5), 0.5),
        (np.int64(3), 3),
        (np.bool_(True), True),
        (np.array([1.0, np.nan]), [1.0, None]),
        (range(3), [0, 1, 2]),
        (MappingProxyType({1: (Fraction(1, 2),)}), {"1": [0.5]}),
        (Reported("<.001").range(), [0.0, 0.001]),
        (Reported("not reached").range(), [0.0, None]),
        (Explanation(Counts(8, 32), Convention(cost=1.0)), {"cost": 1.0, "ordinary": True, "x": 8, "n": 32}),
        (Reported("54%"), "54%"),
    ],
)
def test_plain_values(value, expected):
    assert plain(value) == expected


numbers = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.fractions()


@given(st.recursive(numbers, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=15))
def test_whatever_a_check_says_it_searched_json_can_hold(value):
    strictly(json.dumps(plain(value), allow_nan=False))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_full_precision(value):
    assert strictly(msgspec.json.encode(plain(value)).decode()) == value


def test_of_a_text_it_is_said_how_many_figures_were_read():
    (trial,) = json.loads(check("Response was seen in 8 of 32 (25%). They were 61 years old.").to_json())["trials"]
    assert trial["coverage"] == {"printed": 4, "checked": 3, "unchecked": 0, "read": 3}
