"""The corpus's label format and the claim model: a view of each other, unchanged both ways."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialstats.claims.model import Comparison, Estimate, Paper, Place, PValue, Spread
from trialstats.errors import InputError, NotTextError, UnknownNameError
from trialstats.reported import Reported
from trialstats.sources.labels import KINDS, labels_from_paper, paper_from_labels

INTERVAL = {
    "kind": "interval", "measure": "HR", "estimate": "0.50", "lower": "0.30", "upper": "NE", "level": "97.5",
    "interval": "confidence", "p": {"rel": "<", "value": "0.001", "sided": 2}, "x": None, "n": None, "unit": None,
    "quote": "made up: 0·50 [97.5% CI 0·30 to not reached; p<0·001]",
}  # fmt: skip
COUNT = {"kind": "count", "percent": "25", "x": "8", "n": None, "quote": "made up: 8 (25%)"}
COMPARISON = {
    "kind": "comparison", "type": "percent", "values": ["30", "20.0"],
    "p": {"rel": "=", "value": "0.20", "sided": None}, "quote": "made up: 30% v 20.0%",
}  # fmt: skip
POSTERIOR = {"kind": "posterior", "value": "57", "quote": "made up: 57%"}


def document(*labels: dict[str, Any]) -> dict[str, Any]:
    return {"id": "made-up", "claims": list(labels)}


def there_and_back(*labels: dict[str, Any]) -> list[dict[str, Any]]:
    # As JSON, so that the order of the keys counts.
    back: list[dict[str, Any]] = json.loads(json.dumps(labels_from_paper(paper_from_labels(document(*labels)))))[
        "claims"
    ]
    return back


class TestLabelsToClaims:
    def test_interval(self):
        (claim,) = paper_from_labels(document(INTERVAL)).claims
        assert claim == Estimate(
            id="c1",
            measure="hazard-ratio",
            value=Reported("0.50"),
            spread=Spread("confidence", Reported("0.30"), Reported("not reached"), level=Reported("97.5%")),
            p=PValue(Reported("<0.001"), 2),
            where=Place(quote=INTERVAL["quote"]),
        )

    @pytest.mark.parametrize(("short", "measure"), [("OR", "odds-ratio"), ("RR", "risk-ratio"), ("median", "median")])
    def test_measures(self, short, measure):
        (claim,) = paper_from_labels(document(INTERVAL | {"measure": short})).claims
        assert isinstance(claim, Estimate)
        assert claim.measure == measure

    def test_per_cent_is_of_the_numbers(self):
        label = INTERVAL | {"measure": "proportion", "estimate": "25", "lower": "12", "upper": "43", "unit": "%"}
        (claim,) = paper_from_labels(document(label)).claims
        assert isinstance(claim, Estimate) and claim.spread is not None
        assert (claim.value, claim.spread.lower, claim.unit) == (Reported("25%"), Reported("12%"), None)

    def test_count_is_a_proportion_with_its_count(self):
        (claim,) = paper_from_labels(document(COUNT)).claims
        assert isinstance(claim, Estimate)
        assert (claim.measure, claim.value, claim.x, claim.n) == ("proportion", Reported("25%"), Reported("8"), None)

    def test_comparison_is_of_estimates(self):
        first, second, joint = paper_from_labels(document(COUNT, COMPARISON)).claims[1:]
        assert isinstance(joint, Comparison)
        assert (first.id, second.id, joint.of) == ("c2.1", "c2.2", ("c2.1", "c2.2"))
        assert isinstance(first, Estimate) and first.value == Reported("30%")

    @pytest.mark.parametrize(("text", "value"), [("57", "57%"), ("0.57", "0.57")])
    def test_posterior(self, text, value):
        (claim,) = paper_from_labels(document(POSTERIOR | {"value": text})).claims
        assert isinstance(claim, Estimate)
        assert (claim.measure, claim.value) == ("posterior-probability", Reported(value))

    def test_the_document_is_left_as_it_was(self):
        given = document(INTERVAL, COUNT, COMPARISON)
        before = json.dumps(given)
        paper_from_labels(given)
        assert json.dumps(given) == before


class TestClaimsToLabels:
    def test_numbers_get_the_formats_one_spelling(self):
        claim = Estimate(
            id="a",
            measure="rate",
            value=Reported("·54"),
            spread=Spread("credible", Reported("−1,2"), Reported("1,987"), level=Reported("95 per cent")),
            x=Reported("≥3"),
            where=Place(start=3, end=9),
        )
        (label,) = labels_from_paper(Paper(id="a", claims=(claim,)))["claims"]
        assert (label["estimate"], label["lower"], label["upper"], label["level"]) == ("0.54", "-1.2", "1987", "95")
        assert (label["measure"], label["interval"], label["x"]) == ("other", "credible", ">=3")
        assert (label["start"], label["end"], "quote" in label) == (3, 9, False)

    @pytest.mark.parametrize(
        "claim",
        [
            Estimate(
                id="a", measure="median", value=Reported("9"), spread=Spread("iqr", Reported("7"), Reported("12"))
            ),
            Estimate(id="a", measure="median", value=Reported("9")),
            Estimate(id="a", measure="proportion", value=Reported("9%")),
            Estimate(id="a", measure="count", value=Reported("9"), x=Reported("9")),
            Comparison(id="a", says="not-significant"),
        ],
    )
    def test_what_the_format_does_not_know_is_left_out(self, claim):
        assert labels_from_paper(Paper(id="a", claims=(claim,)))["claims"] == []

    def test_estimates_of_a_comparison_may_be_labels_themselves(self):
        paper = paper_from_labels(document(COUNT, COUNT | {"percent": "30"}))
        joint = Comparison(id="j", of=("c1", "c2"), p=PValue(Reported(".04")))
        labels = labels_from_paper(replace(paper, claims=(*paper.claims, joint)))["claims"]
        assert [label["kind"] for label in labels] == ["count", "count", "comparison"]
        assert (labels[2]["type"], labels[2]["values"]) == ("percent", ["25", "30"])


class TestRefusals:
    @pytest.mark.parametrize(
        ("label", "error", "words"),
        [
            ({"kind": "intervall"}, UnknownNameError, "kind of label 'intervall'. Did you mean 'interval'"),
            ({}, UnknownNameError, "kind of label None"),
            (INTERVAL | {"measure": "hr"}, UnknownNameError, "'hr'"),
            (INTERVAL | {"interval": "credibel"}, UnknownNameError, "Did you mean 'credible'"),
            (INTERVAL | {"percent": "3"}, UnknownNameError, "field of a label of kind 'interval' 'percent'"),
            (INTERVAL | {"estimate": 0.5}, NotTextError, "must be given as text, got 0.5"),
            (INTERVAL | {"lower": "a third"}, InputError, "'a third' is not a printed number"),
            (
                INTERVAL | {"p": {"rel": "~", "value": "0.1", "sided": None}},
                UnknownNameError,
                "relation of a P value '~'",
            ),
            (INTERVAL | {"p": {"rel": "<", "value": 0.1, "sided": None}}, NotTextError, "must be given as text"),
            (INTERVAL | {"p": {"rel": "=", "value": "0.1", "sided": 3}}, InputError, "accepted is 1, 2 or null"),
            (COMPARISON | {"type": "percents"}, UnknownNameError, "Did you mean 'percent'"),
        ],
    )
    def test_says_what_is_accepted(self, label, error, words):
        with pytest.raises(error) as caught:
            paper_from_labels(document(label))
        assert words in str(caught.value)

    def test_a_document_without_claims(self):
        with pytest.raises(InputError, match="no 'claims'"):
            paper_from_labels({"id": "a"})


# --------------------------------------------------------------------------------------------------
# Whatever the format can say comes back unchanged
# --------------------------------------------------------------------------------------------------
def _numbers(signed: bool = False) -> st.SearchStrategy[str]:
    sign = r"-?" if signed else ""
    return st.from_regex(rf"\A{sign}(0|[1-9][0-9]{{0,4}})(\.[0-9]{{1,4}})?\Z")


_p = st.fixed_dictionaries(
    {
        "rel": st.sampled_from(["=", "<", "<=", ">", ">="]),
        "value": st.from_regex(r"\A0\.[0-9]{1,5}\Z"),
        "sided": st.sampled_from([None, 1, 2]),
    }
)
_whole = st.none() | st.integers(0, 99999).map(str)
_value = st.none() | st.just("NE") | _numbers(signed=True)
_quote = st.text(max_size=20)
_interval = st.fixed_dictionaries(
    {
        "kind": st.just("interval"),
        "measure": st.sampled_from(
            ["HR", "OR", "RR", "proportion", "survival", "median", "difference", "mean", "other"]
        ),
        "estimate": _value,
        "lower": _value,
        "upper": _value,
        "level": st.sampled_from([None, "95", "90", "97.5", "95.10"]),
        "interval": st.sampled_from(["confidence", "credible"]),
        "p": st.none() | _p,
        "x": _whole,
        "n": _whole,
        "unit": st.sampled_from([None, "%", "months", "percentage points"]),
        "quote": _quote,
    }
)
_count = st.fixed_dictionaries(
    {
        "kind": st.just("count"),
        "percent": _numbers() | st.sampled_from(["<1", ">99"]),
        "x": st.integers(0, 99999).map(str),
        "n": _whole,
        "quote": _quote,
    }
)
_comparison = st.fixed_dictionaries(
    {
        "kind": st.just("comparison"),
        "type": st.sampled_from(["percent", "median", "mean", "other"]),
        "values": st.lists(_numbers(signed=True) | st.just("NE"), min_size=1, max_size=4),
        "p": _p,
        "quote": _quote,
    }
)
_posterior = st.fixed_dictionaries({"kind": st.just("posterior"), "value": _numbers(), "quote": _quote})


@given(st.lists(_interval | _count | _comparison | _posterior, max_size=6))
def test_labels_come_back_unchanged(labels):
    # Hypothesis shuffles keys; the format has one order for each kind.
    labels = [{key: label[key] for key in ("kind", *KINDS[label["kind"]], "quote")} for label in labels]
    for p in filter(None, (label.get("p") for label in labels)):
        p.update({key: p.pop(key) for key in ("rel", "value", "sided")})
    assert json.dumps(there_and_back(*labels)) == json.dumps(labels)


def test_the_script_counts_what_came_back(tmp_path):
    script = Path(__file__).parents[2] / "benchmarks" / "labels_round_trip.py"
    path = tmp_path / "labels.jsonl"
    run = [sys.executable, str(script), str(path)]
    path.write_text(json.dumps(document(INTERVAL, COUNT, COMPARISON, POSTERIOR)) + "\n\n", encoding="utf-8")
    assert (
        subprocess.run(run, capture_output=True, text=True, check=True).stdout == "4 of 4 labels came back unchanged\n"
    )
    # ".50" is not in the format's spelling, so it comes back changed.
    path.write_text(json.dumps(document(INTERVAL | {"estimate": ".50"}, COUNT)) + "\n", encoding="utf-8")
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "changed: made-up, claims [1]\n1 of 2 labels came back unchanged\n")
