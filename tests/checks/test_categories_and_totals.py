"""Numbers of patients against their total: categories that exclude each other, and the arms of a trial."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trialstats as ts
from trialstats import Verdict
from trialstats.checks.categories import category_of
from trialstats.checks.totals import numbers_in

RESPONSES = ("a complete response", "a partial response", "stable disease", "progressive disease")


def of(text, check):
    return [one for one in ts.check(text).findings if one.check == check]


def verdicts(text, check):
    return {one.verdict for one in of(text, check)}


def told(counts, n, *, percent=0):
    listed = [f"{x} ({100 * x / n:.{percent}f}%) had {what}" for x, what in zip(counts, RESPONSES, strict=False)]
    return f"Of {n} patients, {', '.join(listed[:-1])} and {listed[-1]}."


@given(
    shares=st.lists(st.integers(0, 60), min_size=4, max_size=4),
    left=st.integers(0, 20),
    percent=st.integers(0, 1),
)
def test_true_categories_are_never_asked_about(shares, left, percent):
    n = sum(shares) + left
    if n < 12:
        return
    text = told(shares, n, percent=percent)
    assert not any(one.verdict.is_question for one in of(text, "categories")), text


@pytest.mark.parametrize(
    "text",
    [
        told((20, 31, 40, 19), 101),
        "Of 120 patients, 70 were men and 60 were women.",
        "Complete response was seen in 31%, partial response in 42% and progressive disease in 35%.",
        "Stage II was found in 40 of 90 patients (44%), stage III in 35 of 90 (39%) and stage IV in 25 of 90 (28%).",
        "In all, 61% were male and 59% were female.",
        "Of 80 patients, 45 (56%) improved, 20 (25%) were unchanged and 24 (30%) deteriorated.",
    ],
)
def test_more_than_the_whole_is_asked_about(text):
    assert verdicts(text, "categories") == {Verdict.INCONSISTENT}


@pytest.mark.parametrize(
    "text",
    [
        told((20, 31, 40, 9), 101),
        "Of 120 patients, 70 (58%) had rash, 62 (52%) fatigue and 49 (41%) cough.",
        "Stable disease or a partial response was seen in 71% and progressive disease in 42%.",
        "A complete response was seen in 60%. Progressive disease occurred in 70% after 2 years.",
        "Diabetes was present in 60% of men and 70% of women.",
        "Survival was 91% in stage I, 72% in stage II and 40% in stage III.",
        "Relapse was seen in men in 60% and in women in 70%.",
        "The response rate was 61% for current smokers and 52% for never smokers.",
        "Of 100 patients, 60 relapsed and 55 died.",
    ],
)
def test_fewer_overlapping_and_other_lists_are_not(text):
    assert not verdicts(text, "categories") & {Verdict.INCONSISTENT, Verdict.STRAINED}


def test_a_category_is_named_alone():
    assert category_of("were alive") == ("outcome", "alive")
    assert category_of("men and women") is None
    assert category_of("stage IIIb disease") == ("stage", "stage IIIb")
    assert category_of("no progression", alone=True) is None


SLIPS = [
    "In all, 335 adults (zinc, 194; sugar, 131) underwent randomisation.",
    "A total of 484 women were randomised: 334 to zinc and 130 to sugar.",
    "Sixty men were randomised, thirty-two to zinc and thirty to sugar.",
    "We randomised 300 patients to zinc 10 mg (n=101), zinc 20 mg (n=100) or sugar (n=109).",
    "In this trial 300 patients were enrolled and randomly assigned to zinc (n=150) or sugar (n=140).",
]
SOUND = [
    "In all, 325 adults (zinc, 194; sugar, 131) underwent randomisation.",
    "A total of 484 women were randomised, 334 to zinc and 130 to sugar; 20 were excluded.",
    "Of 677 enrolled patients, 335 were randomly assigned to zinc and 337 were assigned to sugar.",
    "A total of 484 women were randomised; 464 were analysed: 334 with zinc and 130 with sugar.",
    "We randomised 60 patients to zinc (n = 28) or sugar (n = 30); two patients withdrew consent.",
]


@pytest.mark.parametrize("text", SLIPS)
def test_arms_that_do_not_add_up_in_one_sentence_are_asked_about(text):
    assert Verdict.INCONSISTENT in verdicts(text, "totals")


@pytest.mark.parametrize("text", SOUND)
def test_what_somebody_explains_is_not(text):
    assert not verdicts(text, "totals") & {Verdict.INCONSISTENT, Verdict.STRAINED}


@given(sizes=st.lists(st.integers(12, 900), min_size=2, max_size=3, unique=True), form=st.integers(0, 2))
def test_true_arms_are_never_asked_about(sizes, form):
    names = ("zinc", "sugar", "rest")[: len(sizes)]
    arms = [(f"{name}, {n}", f"{n} to {name}", f"{name} (n = {n})")[form] for name, n in zip(names, sizes, strict=True)]
    total = sum(sizes)
    text = (
        f"Last year {total} adults ({'; '.join(arms)}) underwent randomisation.",
        f"A total of {total} adults were randomised: {', '.join(arms[:-1])} and {arms[-1]}.",
        f"We randomly assigned {total} adults to {', '.join(arms[:-1])} or {arms[-1]}.",
    )[form]
    assert not any(one.verdict.is_question for one in of(text, "totals")), text


def test_numbers_that_may_count_people():
    assert numbers_in("1,205 men, three of whom left; 10 mg, 4 groups, 1:1, 3.5, 12%") == {1205, 3}
