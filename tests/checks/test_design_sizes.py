"""Planned numbers of patients and events against the formulas: accepted, explained, asked, left alone."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialstats.claims.model import Paper, Plan
from trialstats.designs.sample_sizes import Asked
from trialstats.designs.survival_sizes import SURVIVAL, Course
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
        (PROPORTIONS.format(n=145, more=""), EXPLAINED, "give 160 to 176"),
        (PROPORTIONS.format(n=140, more=""), STRAINED, "give 160 to 176"),
        (PROPORTIONS.format(n=260, more=""), UNCHECKED, "give 160 to 176"),
        (PROPORTIONS.format(n=330, more=""), STRAINED, "As the number of all 2 arms together it would agree."),
        (PROPORTIONS.format(n=16, more=""), STRAINED, "give 160 to 176"),
        (PROPORTIONS.format(n=100, more=""), STRAINED, "give 160 to 176"),
        (PROPORTIONS.format(n=75, more="").replace(" at a two-sided alpha of 5%", ""), UNCHECKED, "give 126 to 176"),
        ("85% power to detect a hazard ratio of 0.64 with a one-sided alpha of .1 requires 74 events.", STRAINED,
         "give 108 to 112 events"),
        (PROPORTIONS.format(n=16, more=" in 24 clusters"), UNCHECKED, "clusters"),
        (MEANS.format(n="81 patients per arm", more=""), AGREES, "the t test"),
        (MEANS.format(n="60 patients per arm", more=""), UNCHECKED, "give 80 to 81"),
        (MEANS.format(n="50 patients per arm", more=""), STRAINED, "give 80 to 81"),
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


MEDIANS = (
    "With a median survival of 12 months for placebo and 18 months for zoltamine, accrual over {accrual} and "
    "{follow_up} of follow-up, {n} patients were needed for 90% power at a two-sided 5% level (log-rank test)."
)
RATES = (
    "80% power to detect an improvement in 3-year survival from 50% to 60% at a two-sided 5% level by the log-rank "
    "test requires {n}."
)
MARGIN = (
    "{n} patients per group give 90% power to show noninferiority at a one-sided alpha of 2.5%, assuming a cure rate "
    "of 85% in both groups and a margin of 10%."
)
CLUSTERED = (
    "To show a rise from 30% to 45% with 80% power at two-sided 5%, an intracluster correlation of 0.02 and a cluster "
    "size of 20 require {n}."
)


@pytest.mark.parametrize(
    "text, verdict, words",
    [
        (MEDIANS.format(n=388, accrual="24 months", follow_up="12 months"), AGREES, "Schoenfeld's formula gives (193"),
        (MEDIANS.format(n=388, accrual="2 years", follow_up="52 weeks"), AGREES, "Schoenfeld's formula gives (19"),
        (MEDIANS.format(n=604, accrual="24 months", follow_up="12 months"), EXPLAINED, "each patient is followed so"),
        (MEDIANS.format(n=194, accrual="24 months", follow_up="12 months").replace("patients", "patients per arm"),
         AGREES, "in each arm"),
        (MEDIANS.format(n=194, accrual="24 months", follow_up="12 months").replace("patients", "patients in two arms"),
         STRAINED, "As the number of each arm it would agree."),
        (MEDIANS.format(n=2388, accrual="24 months", follow_up="12 months"), STRAINED, "give 388 to"),
        (RATES.format(n="338 events"), AGREES, "Schoenfeld's formula"),
        (RATES.format(n="343 events"), AGREES, "Freedman's formula"),
        (RATES.format(n="750 patients"), EXPLAINED, "if each patient is followed so long"),
        (RATES.format(n="776 patients"), EXPLAINED, "as two proportions"),
        (RATES.format(n="500 patients"), CONSISTENT, "the events are the least number of patients"),
        (RATES.format(n="250 patients per arm"), CONSISTENT, "the events are the least number of patients"),
        (RATES.format(n="290 patients"), STRAINED, "A patient has the event once at most"),
        (MEDIANS.format(n=388, accrual="24 months", follow_up="12 months").replace("of 12 months", "of 18 months")
         .replace("and 18 months", "and 12 months"), AGREES, "Schoenfeld's formula"),
        (RATES.format(n="530 events"), STRAINED, "give 338 to 343"),
        ("With 240 patients, 18 months of accrual and 12 months of follow-up, 80% power to detect a hazard ratio of "
         "0.67 (two-sided 5%; median survival of 8 months in controls) takes 196 events.", AGREES,
         "Of 240 patients about 181 have the event by the end."),
        ("80% power for a hazard ratio of 0.67 at a two-sided 5% level with an expected event rate of 40% requires 490 "
         "patients.", AGREES, "Schoenfeld's formula"),
        ("With 300 subjects and a one-sided alpha of .1 there is 85% power to detect a hazard ratio of 0.64.",
         CONSISTENT, "the events are the least number of patients"),
        (MARGIN.format(n=268), AGREES, "Blackwelder's formula gives (267.9"),
        (MARGIN.format(n=276), AGREES, "Farrington and Manning's formula"),
        (MARGIN.format(n=168), STRAINED, "for noninferiority by a margin of 10% of 85%"),
        (CLUSTERED.format(n="225 patients per group"), AGREES, "with the design effect of the clusters"),
        (CLUSTERED.format(n="163 patients per group"), EXPLAINED, "before the design effect of the clusters"),
        (CLUSTERED.format(n="12 clusters per arm"), AGREES, "12 clusters in each arm"),
        (CLUSTERED.format(n="14 clusters per arm"), EXPLAINED, "one cluster more"),
        (CLUSTERED.format(n="31 clusters per arm"), STRAINED, "clusters in each arm"),
        ("With patients randomised 2:1, 112 events give 80% power for a hazard ratio of 0.57 at a two-sided 5% level.",
         AGREES, "Schoenfeld's formula"),
        ("With patients randomised 2:1, 183 patients give 80% power for a difference of 4 points (SD 9) at a two-sided "
         "5% level.", AGREES, "the t test gives (61 and 122.0)"),
        (MEANS.format(n="52 patients per arm", more=" with a correlation of 0.6 between baseline and outcome"),
         AGREES, "adjusted for baseline by the printed correlation"),
        ("A crossover trial of 34 patients has 80% power to detect a difference of 5 (SD 10) at a two-sided 5% level.",
         AGREES, "the t test of pairs"),
        ("A crossover trial of 65 patients has 80% power to detect a difference of 5 (SD 10) at a two-sided 5% level.",
         EXPLAINED, "if the standard deviation is that within patients"),
        ("With an equivalence margin of 5 and an SD of 12, 99 patients per arm give 80% power at a one-sided 5% level.",
         AGREES, "the normal formula with a margin"),
        ("With 90% power and a one-sided alpha of 2.5%, 517 events show noninferiority with a hazard ratio margin of "
         "1.33.",
         AGREES, "Schoenfeld's formula"),
    ],
)  # fmt: skip
def test_times_margins_clusters_and_allocation(text, verdict, words):
    found = judged(text)
    assert found.verdict is verdict, found.message
    assert words in found.message


def test_the_first_arm_may_be_the_better_one():
    times = {"first": "months", "second": "months", "accrual": "months", "follow-up": "months"}
    numbers = {"first": "18", "second": "12", "ratio": "0.667", "accrual": "24", "follow-up": "12", "patients": "388"}
    numbers |= {"power": "90%", "alpha": "5%"}
    held = {name: Reported(text) for name, text in numbers.items()}
    ways = DesignSizes(Plan(id="p", effect="hazard-ratio", numbers=held, units=times, sided=2)).matches()
    assert ways[0].formula == "schoenfeld" and ways[0].ordinary


def test_accrual_and_follow_up_without_all_numbers_never_ask():
    # Nothing says who has the event: there is no upper limit.
    text = "With 24 months of accrual, 9000 patients give 80% power for a hazard ratio of 0.7 at a two-sided 5% level."
    assert judged(text).verdict is CONSISTENT


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


def test_two_standard_deviations_are_pooled():
    means = DesignSizes(plan("means", first="12.1", second="9.6", sd="4.5", second_sd="5.5", power="80%"))
    assert means.inputs() == [pytest.approx((2.5 / ((4.5**2 + 5.5**2) / 2) ** 0.5,))]


def test_chosen_assumptions_stand_for_themselves():
    chosen = DesignSizes(plan("proportions", first="30%", second="45%", power="80%", per_arm="163"))
    assert chosen.inputs(rounded=True) == chosen.inputs()
    assert len(DesignSizes(plan("proportions", first="31%", second="45%")).inputs(rounded=True)) == 2
    assert len(DesignSizes(plan(ratio="0.67")).inputs(rounded=True)) == 2
    assert DesignSizes(plan(ratio="0.65")).inputs(rounded=True) == [(0.65,)]


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


@given(
    first=st.integers(6, 40),
    longer=st.integers(3, 20),
    accrual=st.integers(0, 60),
    follow_up=st.integers(6, 36),
    formula=st.sampled_from(sorted(SURVIVAL)),
    lost=st.sampled_from((0, 10, 20)),
    said=st.booleans(),
)
def test_what_a_formula_gives_is_never_asked_about(first, longer, accrual, follow_up, formula, lost, said):
    course = Course(math.log(2) / first, first / (first + longer), accrual, follow_up)
    n = math.ceil(math.ceil(SURVIVAL[formula](Asked(0.05, 0.8), course)) / (1 - lost / 100))
    times = {"first": "months", "second": "months", "accrual": "months", "follow-up": "months"}
    numbers = {"first": first, "second": first + longer, "accrual": accrual, "follow-up": follow_up, "patients": n}
    numbers |= {"power": "80%", "alpha": "5%"} | ({"lost": f"{lost}%"} if lost else {})
    size = Plan(id="p", effect="hazard-ratio", numbers={name: Reported(str(one)) for name, one in numbers.items()},
                units=times, sided=2 if said else None)  # fmt: skip
    (found,) = reanalyse(Paper(id="own", plans=(size,)), convention=False).findings
    assert found.verdict in ((AGREES, CONSISTENT, EXPLAINED) if lost else (AGREES, CONSISTENT))
    tenth = Plan(id="p", effect="hazard-ratio", units=times, sided=2,
                 numbers={**size.numbers, "patients": Reported(str(max(n // 10, 1)))})  # fmt: skip
    (asked,) = reanalyse(Paper(id="own", plans=(tenth,)), convention=False).findings
    assert asked.verdict is STRAINED


@given(
    above=st.floats(0.2, 5.0),
    effect=st.sampled_from(("proportions", "means")),
    stated=st.booleans(),
    sure=st.booleans(),
)
def test_an_uncertain_or_special_design_is_never_asked_about(above, effect, stated, sure):
    numbers = {"first": "30", "second": "45", "sd": "40", "power": "80%", "per-arm": str(round(163 * above))}
    if effect == "proportions":
        numbers = {**numbers, "first": "30%", "second": "45%"}
        del numbers["sd"]
    numbers |= {"alpha": "5%"} if stated else {}
    held = {name: Reported(text) for name, text in numbers.items()}
    size = Plan(id="p", effect=effect, numbers=held, says=() if not sure else ("interim analyses",),
                inferred=() if sure else ("power",))  # fmt: skip
    (found,) = reanalyse(Paper(id="own", plans=(size,)), convention=False).findings
    assert found.verdict not in (STRAINED, Verdict.INCONSISTENT)


@pytest.mark.parametrize(
    "text, verdict",
    [
        ("To exclude a response rate of 5% with 90% power and a one-sided alpha of 10% if the true rate was 20%, 32 "
         "patients were needed.", AGREES),
        ("With 80% power and a one-sided alpha of 5%, 35 patients were needed to show a response rate of 40% against a "
         "historical rate of 20%.", AGREES),
        ("The null hypothesis of a response rate of 20% was tested against 40% with 80% power; 35 patients were "
         "required.", CONSISTENT),
        ("With 35 patients a response rate of 40% could be told from 20% with 80% power at a one-sided alpha of 5%.",
         AGREES),
        ("A response rate of 20% was expected, 5% being of no interest; with 90% power and alpha 10%, 32 patients were "
         "needed.", CONSISTENT),
        # A fixed rate beside two groups: not judged by formulas for two.
        ("With 80% power and a one-sided alpha of 5%, 35 patients were to be randomised to show a response rate of 40% "
         "against a historical rate of 20%.", UNCHECKED),
        # Two groups are still two.
        ("With 80% power and a two-sided alpha of 5%, 35 patients were needed to detect a rise in response from 20% to "
         "40%.", STRAINED),
        ("To detect response rates of 20% v 40% with 80% power, 32 patients were needed in all.", STRAINED),
    ],
)  # fmt: skip
def test_a_rate_held_against_a_fixed_one_is_of_one_arm(text, verdict):
    found = judged(text)
    assert found.verdict is verdict, found.message


def test_of_what_is_bad_the_rate_of_no_interest_may_be_the_larger():
    found = judged(
        "With 90% power and a one-sided alpha of 10%, 12 patients were needed to show a relapse rate of 20% against a "
        "historical rate of 40%."
    )
    assert found.verdict is UNCHECKED, found.message
