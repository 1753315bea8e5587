"""Shares with printed counts under analyses that a text names: nothing is asked that the analysis may have printed."""

from __future__ import annotations

import pytest

import trialstats as ts
from trialstats.findings import QUESTIONS, Verdict

_SHARE = "Response was seen in 33 of 54 patients (61.1%; 95% CI, 49.1 to 74.3)"
_MODELLED = "Response was seen in 33 of 54 patients (63.2%; 95% CI, 45.1 to 77.3)"


def questions(text):
    return [one.code for one in ts.check(text).findings if one.verdict in QUESTIONS]


@pytest.mark.parametrize(
    "words",
    [
        "Intervals are percentile bootstrap ones.",
        "This trial had a Simon optimal design.",
        "A minimax design was used.",
        "We used the method of Koyama and Chen.",
        "We used the intervals of Jennison and Turnbull.",
        "Intervals came from the jackknife.",
        "Robust variances were used.",
    ],
)
def test_an_analysis_that_the_text_names_is_not_asked_about(words):
    assert questions(f"{_SHARE}.") == ["TS104"]
    assert not questions(f"{_SHARE}. {words}")


@pytest.mark.parametrize(
    "words", ["estimated with generalized estimating equations", "stratified by centre", "with multiple imputation"]
)
def test_a_share_of_a_model_need_not_be_its_count(words):
    assert "TS103" in questions(f"{_MODELLED}.")
    assert not questions(f"{_MODELLED}, {words}.")


def test_a_model_named_elsewhere_excuses_a_share_whose_interval_holds_its_count():
    assert not questions(f"Generalized estimating equations were used. {_MODELLED}.")
    outside = _MODELLED.replace("45.1", "62.1")
    assert "TS103" in questions(f"Generalized estimating equations were used. {outside}.")


def test_what_a_named_analysis_leaves_is_said():
    found = next(one for one in ts.check(f"{_SHARE}. A bootstrap was used.").findings if one.code == "TS104")
    assert found.verdict is Verdict.UNCHECKED and "the text says bootstrap" in found.message
