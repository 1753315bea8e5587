"""Planned numbers of patients and events against the formulas: accepted, explained, asked, left alone."""

import pytest

from trialstats.claims.model import Paper, Plan
from trialstats.findings import Verdict
from trialstats.reanalysis import check, reanalyse
from trialstats.reported import Reported
from trialstats.search.design_sizes import DesignSizes

AGREES, CONSISTENT, EXPLAINED, STRAINED, UNCHECKED = (
    Verdict.REPRODUCED, Verdict.CONSISTENT, Verdict.EXPLAINED, Verdict.STRAINED, Verdict.UNCHECKED,
)  # fmt: skip


def judged(text):
    (found,) = [one for one in check(text).findings if one.check == "design-size"]
    return found


PROPORTIONS = (
    "A sample of {n} per group gives 80% power to show a rise from 30% to 45% at a two-sided alpha of 5%{more}."
)
MEANS = "For a difference of 4 points (SD 9) with 80% power at a two-sided alpha of 0.05, {n} were needed{more}."


@pytest.mark.parametrize(
    "text, verdict, words",
    [
        ("85% power to detect a hazard ratio of 0.64 with a one-sided alpha of .1 requires 108 events.", AGREES,
         "Schoenfeld's formula gives (107.9)"),
        ("85% power to detect a hazard ratio of 0.64 with a one-sided alpha of .1 requires 112 events.", AGREES,
         "Freedman's formula"),
        ("85% power to detect a hazard ratio of 0.64 with an alpha of .1 requires 108 events.", EXPLAINED, "one-sided"),
        ("85% power to detect a hazard ratio of 0.64 with a one-sided alpha of .1 requires 1080 events.", STRAINED,
         "give 108 to 112 events"),
        ("With 20 subjects and a one-sided alpha of .1 there is 85% power to detect a hazard ratio of 0.64.", STRAINED,
         "A patient has the event once at most"),
        (PROPORTIONS.format(n=163, more=""), AGREES, "pooled variance"),
        (PROPORTIONS.format(n=160, more=""), AGREES, "a variance for each arm"),
        (PROPORTIONS.format(n=176, more=""), AGREES, "continuity correction"),
        (PROPORTIONS.format(n=170, more=""), EXPLAINED, "rounded up"),
        (PROPORTIONS.format(n=233, more=""), EXPLAINED, "Rounding up"),
        (PROPORTIONS.format(n=181, more=", allowing for 10% drop-out"), AGREES, "10% more for losses"),
        (PROPORTIONS.format(n=120, more=""), UNCHECKED, "give 160 to 176"),
        (PROPORTIONS.format(n=16, more=""), STRAINED, "give 160 to 176"),
        (PROPORTIONS.format(n=100, more=""), STRAINED, "give 160 to 176"),
        (PROPORTIONS.format(n=75, more="").replace(" at a two-sided alpha of 5%", ""), UNCHECKED, "give 126 to 176"),
        ("85% power to detect a hazard ratio of 0.64 with a one-sided alpha of .1 requires 74 events.", STRAINED,
         "give 108 to 112 events"),
        (PROPORTIONS.format(n=16, more=" in 24 clusters"), UNCHECKED, "clusters"),
        (MEANS.format(n="81 patients per arm", more=""), AGREES, "the t test"),
        (MEANS.format(n="80 patients per arm", more=""), AGREES, "the normal formula"),
        (MEANS.format(n="162 patients", more=""), AGREES, "the t test gives (81 in each arm)"),
        (MEANS.format(n="166 patients per arm", more=""), STRAINED,
         "As the number of all 2 arms together it would agree."),
        (MEANS.format(n="81 patients", more=""), EXPLAINED, "if the number is of each arm"),
        (PROPORTIONS.format(n=163, more="").replace("per group", "patients (1:1)"), STRAINED,
         "As the number of each arm it would agree."),
        (MEANS.format(n="42 pairs", more=""), EXPLAINED, "of pairs or one group"),
        ("A Simon two-stage design (null 20%, alternative 40%, alpha .05, power 80%) required 43 patients.", CONSISTENT,
         "Simon's optimal design gives (43)"),
        ("A Simon two-stage design (null 20%, alternative 40%, one-sided alpha .05, power 80%) required 33 patients.",
         AGREES, "Simon's minimax design"),
        ("A single-stage design for 32% against 44% with a one-sided alpha of 10% and 90% power required 106 patients.",
         AGREES, "Fleming's single-stage formula"),
        ("A single-stage design for 32% against 44% with a one-sided alpha of 10% and 90% power required 107 patients.",
         AGREES, "the smallest exact single-stage design"),
        ("A single-stage design for 32% against 44% with a one-sided alpha of 10% and 90% power required 17 patients.",
         STRAINED, "give 106 to 120"),
    ],
)  # fmt: skip
def test_verdicts(text, verdict, words):
    found = judged(text)
    assert found.verdict is verdict, found.message
    assert words in found.message


def test_what_is_recruited_is_told_beside_what_is_needed():
    found = judged(PROPORTIONS.format(n=163, more=". With 10% lost to follow-up, 364 patients had to be enrolled"))
    assert "Of 364 to recruit 10% losses leave 328, and 326 are needed." in found.message


def test_an_uncertain_reading_never_asks():
    found = judged("With 80% power at two-sided 5%, 16 per group detect 45% versus 30%, or 71 of another kind.")
    assert found.verdict is UNCHECKED and not found.look and "reading of the statement is uncertain" in found.message


def plan(effect="hazard-ratio", sided=None, **numbers):
    names = {name.replace("_", "-"): Reported(text) for name, text in numbers.items()}
    return Plan(id="p", effect=effect, numbers=names, sided=sided)


def test_medians_and_rates_imply_a_hazard_ratio():
    medians = DesignSizes(plan(first="12", second="18", power="90%", alpha="5%", events="256", sided=2))
    rates = DesignSizes(plan(first="44%", second="56%", power="80%", alpha="5%", events="247", sided=2))
    assert medians.inputs() == [pytest.approx((12 / 18,))]
    assert rates.inputs()[0][0] == pytest.approx(0.706, abs=5e-4)
    assert medians.matches()[0].formula == "schoenfeld"


def test_every_statement_has_a_way_or_none_is_searched():
    assert DesignSizes(plan(ratio="1", power="80%", events="100")).span() is None
    assert DesignSizes(plan("means", difference="4", power="80%", per_arm="80")).span() is None


def test_sides_and_error_rates_that_are_not_said_are_tried():
    ways = DesignSizes(plan(ratio="0.7", events="247")).matches()
    assert {"alpha", "power", "sides"} <= set(ways[0].unsaid) and ways[0].asked.power == 0.8


@pytest.mark.parametrize(
    "numbers",
    [
        {"first": "30%", "second": "45%", "lost": "100%", "per_arm": "163"},
        {"first": "30%", "second": "45%", "power": "100%", "per_arm": "163"},
        {"first": "0%", "second": "100%", "per_arm": "163"},
        {"first": "1e-12", "second": "0.5", "alpha": "0%", "per_arm": "163"},
        {"first": "1e-12", "second": "0.5", "patients": "1000000000"},
    ],
)
def test_absurd_plans_are_judged_all_the_same(numbers):
    (found,) = reanalyse(Paper(id="own", plans=(plan("proportions", **numbers),)), convention=False).findings
    assert found.check == "design-size"
