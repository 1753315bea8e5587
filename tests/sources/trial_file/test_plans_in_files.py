"""Design statements of trial files: `[[plans]]`, read strictly and written back."""

from dataclasses import replace

import pytest

from trialstats.errors import TrialFileError
from trialstats.findings import Verdict
from trialstats.reanalysis import reanalyse
from trialstats.sources.trial_file import dump_trial, parse_trial
from trialstats.sources.trial_file.draft import draft_trial_file

HEAD = 'schema = 1\n[trial]\nid = "own"\n'
PLAN = """
[[plans]]
id = "size"
section = "methods"
effect = "hazard-ratio"
sided = 1
alpha = "10%"
power = "85%"
ratio = "0.64"
events = "108"
"""


def test_a_plan_is_read_and_judged():
    trial = parse_trial(HEAD + PLAN)
    (plan,) = trial.plans
    assert (plan.effect, plan.sided, plan.numbers["ratio"].text, plan.where.line) == ("hazard-ratio", 1, "0.64", 5)
    report = reanalyse(trial, convention=False)
    assert report["size"].verdict is Verdict.REPRODUCED and report["size"].where.line == 5
    assert report.trials[0].labels["size"] == "planned: a hazard ratio of 0.64"


def test_more_events_than_patients_are_asked_about():
    def verdict(patients):
        trial = parse_trial(HEAD + PLAN + f'patients = "{patients}"\n')
        return reanalyse(trial, convention=False)["size"].verdict

    assert verdict(96) is Verdict.STRAINED
    assert verdict(141) is verdict(108) is Verdict.REPRODUCED


def test_what_a_plan_states_comes_back():
    more = 'design = "simon"\ndivided-into = 3\nsays = ["clusters"]\n'
    trial = parse_trial(HEAD + PLAN + more + 'expect = { verdict = "unchecked", reason = "clusters" }\n')
    again = parse_trial(dump_trial(trial))
    assert [plan.numbers for plan in again.plans] == [plan.numbers for plan in trial.plans]
    assert dump_trial(again) == dump_trial(trial) and again.plans[0].says == ("clusters",)


@pytest.mark.parametrize(
    "text, says",
    [
        (PLAN.replace('"108"', "108"), "108"),
        (PLAN.replace("hazard-ratio", "hazards"), "hazard-ratio"),
        (PLAN.replace('ratio = "0.64"', 'rate = "0.64"'), "rate"),
        (PLAN + PLAN, "given twice"),
        ('\n[[plans]]\nid = "size"\neffect = "means"\n', "states no number"),
        (PLAN + '\n[[rows]]\nid = "size"\nmeasure = "count"\nvalue = "3"\n', "of a row and of a plan"),
    ],
)
def test_what_cannot_be_meant_is_refused(text, says):
    with pytest.raises(TrialFileError, match=says):
        parse_trial(HEAD + text)


def test_a_draft_keeps_the_plans_of_its_text():
    text = "With 85% power to detect a hazard ratio of 0.64 at a one-sided alpha of .1, 108 events were needed."
    draft = draft_trial_file(text, id="own")
    assert "[[plans]]" in draft
    (plan,) = parse_trial(draft).plans
    assert plan.numbers["events"].text == "108"


SURVIVAL = """
[[plans]]
id = "size"
effect = "hazard-ratio"
sided = 2
allocation = "2:1"
power = "90%"
alpha = "5%"
first = "12 months"
second = "18 months"
patients = "453"
accrual = "2 years"
follow-up = "12 months"
"""


def test_times_stand_with_their_units():
    trial = parse_trial(HEAD + SURVIVAL)
    (plan,) = trial.plans
    units = {"first": "months", "second": "months", "accrual": "years", "follow-up": "months"}
    assert (plan.allocation, dict(plan.units), plan.numbers["accrual"].text) == ((2, 1), units, "2")
    assert reanalyse(trial, convention=False)["size"].verdict is Verdict.REPRODUCED
    again = parse_trial(dump_trial(trial))
    assert dump_trial(again) == dump_trial(trial) and replace(again.plans[0], where=plan.where) == plan


def test_a_margin_and_own_controls_in_a_file():
    margin = parse_trial(
        HEAD + '[[plans]]\nid = "size"\neffect = "means"\naim = "noninferiority"\nsided = 1\npower = "90%"\n'
        'alpha = "2.5%"\nmargin = "0.4"\nsd = "1.1"\nper-arm = "160"\n'
    )
    assert reanalyse(margin, convention=False)["size"].verdict is Verdict.REPRODUCED
    pairs = parse_trial(
        HEAD + '[[plans]]\nid = "size"\neffect = "means"\npairs = "crossover"\nsided = 2\npower = "80%"\nalpha = "5%"\n'
        'difference = "5"\nsd = "10"\npatients = "34"\n'
    )
    assert reanalyse(pairs, convention=False)["size"].verdict is Verdict.REPRODUCED
    assert dump_trial(parse_trial(dump_trial(pairs))) == dump_trial(pairs)


@pytest.mark.parametrize(
    "old, new, says",
    [
        ("2 years", "2", "is not a time; accepted is a printed number with its unit"),
        ("2 years", "2 moons", "is not a time"),
        ("2 years", "two years", "'two' is not a printed number"),
        ("2:1", "2 to 1", "is not an allocation"),
        ("18 months", "18 moons", "is not a printed number"),
    ],
)
def test_times_that_are_none_are_refused(old, new, says):
    with pytest.raises(TrialFileError, match=says):
        parse_trial(HEAD + SURVIVAL.replace(old, new))


def test_two_design_rates_of_a_single_arm_are_a_plan():
    rows = "".join(
        f'\n[[rows]]\nid = "{name}"\nsection = "design"\nmeasure = "proportion"\noutcome = "response"\narm = "a"\n'
        f'value = "{value}"\n'
        for name, value in (("null", "20%"), ("target", "40%"))
    )
    size = '\n[arms.a]\nlabel = "A"\nof = { included = "35" }\n'
    found = reanalyse(parse_trial(HEAD + size + rows), convention=False)["null"]
    assert found.verdict is Verdict.CONSISTENT and found.others == ("target",)
    assert "does not say the significance level, the power" in found.message and "By other usual ones" in found.message
    other = reanalyse(parse_trial(HEAD + size.replace("35", "400") + rows), convention=False)["null"]
    assert other.verdict is Verdict.UNCHECKED
