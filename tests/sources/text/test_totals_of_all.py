"""Which numbers are those of all patients, and which count studies, events, some of them or one arm. Made up."""

from __future__ import annotations

import pytest

import trialstats as ts
from trialstats.sources.text.arms.found import find_groups
from trialstats.sources.text.reading import extract
from trialstats.sources.text.tokens.document import read_tokens

BOTH = "Rowers were randomised to receive lumarin or solvatan. "


def whole(text):
    return {(size.population, int(size.digits)) for size in find_groups(read_tokens(text)).whole}


def counted(text):
    return {count for _, count in whole(text)}


def sizes(text):
    return [[int(size.digits) for size in arm.sizes] for arm in find_groups(read_tokens(text)).arms]


@pytest.mark.parametrize(
    "text",
    [
        "Data came from three randomised, double-blind studies of lumarin in rowers.",
        "The report draws on two prospective cohorts of rowers with blisters who were followed.",
        "We pooled 14 randomised controlled trials of lumarin.",
        "Rowers were recruited from 34 Danish sports units.",
    ],
)
def test_studies_are_no_patients(text):
    assert counted(text) == set()


def test_clinics_are_clusters_still():
    assert whole("Rowers were recruited from 34 Danish hospitals.") == {("clusters", 34)}


@pytest.mark.parametrize(
    "text",
    [
        "Eighty rowers (62 men and 18 women) rowed.",
        "We saw 26 female infants and 37 male infants, who were enrolled.",
        "The sample (389 men, 609 women) took part in a survey.",
    ],
)
def test_one_sex_is_not_all(text):
    assert counted(text) <= {80}


def test_women_alone_may_be_all():
    assert counted("We enrolled 218 women with blisters.") == {218}


@pytest.mark.parametrize(
    "words",
    [
        "In a subset of 35 patients blood was taken.",
        "Blisters were seen in 28 patients, most of whom were treated.",
        "A rash was noted transiently in 11 infants.",
        "The other 20 patients were treated at home.",
        "Thirty-one patients (4 of whom rowed) dropped out of the study.",
        "During follow-up 39 patients had died, who were enrolled early.",
        "One in six women is treated for blisters.",
        "Costs per 1000 patients treated were low.",
        "Rowers received an average of 14 calls from people who were trained.",
        "Of the 23 patients with blisters, 9 had a complete response.",
    ],
)
def test_some_are_not_all(words):
    found = whole(f"We enrolled 218 rowers. {words}")
    assert found == {("enrolled", 218)} or found <= {("enrolled", 218), ("included", 23)}


@pytest.mark.parametrize(
    ("text", "all_of"),
    [
        ("The remaining 173 adults were divided into two groups.", ("randomised", 173)),
        ("Of 202 patients, 14 of 202 patients had blisters and were treated.", ("treated", 202)),
        ("A study of 148 patients reported that blisters were treated.", ("treated", 148)),
        ("Blisters were seen in 158 evaluable patients.", ("evaluable", 158)),
        ("Among the 147 response-evaluable patients, 51 were cured.", ("evaluable", 147)),
        ("Of 57 adults randomised, 45 (79%) were considered evaluable for speed.", ("evaluable", 45)),
        ("We enrolled 57 adults; 45 were deemed eligible.", ("eligible", 45)),
        ("Of the 400 adults, 384 (96%) provided speeds at both visits.", ("completed", 384)),
        ("Of 400 patients, 371 returned the diary.", ("completed", 371)),
        ("Among 49 women referred to us, 46 were randomly divided.", ("randomised", 46)),
        ("Sixty people had baseline and later data available.", ("analysed", 60)),
    ],
)
def test_those_are_all(text, all_of):
    assert all_of in whole(text)


def test_few_who_gave_something_are_not_all():
    assert counted("Of 400 patients, 184 provided blood.") == {400}


@pytest.mark.parametrize(
    "text",
    [
        "Of the 107 patients treated with lumarin, 41% had blisters.",
        "A total of 41 patients in the lumarin group received a second drug.",
        "At 4 months, among 79 rowers in the solvatan arm, blisters were rare.",
        "Blisters were seen in 7 (9%) of 79 patients who received lumarin.",
    ],
)
def test_one_arm_is_not_all(text):
    assert not {107, 41, 79} & counted(BOTH + text)


def test_size_of_an_arm_is_no_total():
    text = "We randomly assigned 48 patients to lumarin and 46 to solvatan. Nine (19%) of 48 adults were treated."
    assert sizes(text) == [[48], [46]]
    assert counted(text) == set()


def test_a_total_who_received_either():
    assert ("treated", 176) in whole(BOTH + "A total of 176 adults received lumarin or solvatan.")


def test_clusters_are_no_whole_of_men_and_women():
    text = "Patients of four hospitals were included in the study (a total of 67 men and 61 women)."
    assert [one.value.whole for one in extract(text).of.values()] == [4]
    assert not [one for one in ts.check(text).findings if one.code == "TS110"]


@pytest.mark.parametrize(
    "text",
    [
        "Lumarin eased blisters (risk ratio (RR) 0.61, 95% confidence interval (CI) 0.42 to 0.88; 316 rowers).",
        "Lumarin eased blisters (RR 0.61, 95% CI 0.42 to 0.88, 4 trials, 316 patients).",
        "In rowers (4 trials, 316 patients) lumarin helped (RR 0.61, 95% CI 0.42 to 0.88).",
        "Of 41 events, 21 in 316 patients on lumarin, 20 in 314 patients on solvatan.",
        "Studies were eligible with > or = 316 participants receiving lumarin.",
        "Blisters were sore in 41 rowers (33%; 316 patients of old age).",
        "Each year 9% of the patients (n = 316) moved.",
        "Data were unavailable for 316 participants.",
        "In gyms, 316 patients in each hospital were randomly assigned to lumarin.",
        "Rowers with a pressure of > or = 316 mmHg were enrolled.",
        "Treating 1000 patients with lumarin would spare 12 blisters.",
        "Among 24 men, men (n = 8) and women (n = 316) rowed.",
        "Blisters recurred in 316 patients.",
    ],
)
def test_a_part_or_a_pool_is_not_all(text):
    assert not {316, 314, 1000} & counted(text)


def test_trials_told_of_at_once_are_all():
    assert counted("Six trials (316 women) were included.") == {316}


@pytest.mark.parametrize("led", ["Another trial of", "One small study involving", "Results were alike in the first"])
def test_one_trial_of_several_is_not_all(led):
    assert counted(f"Five trials involving 410 patients were included. {led} 60 patients were reported.") == {410}
    assert counted(f"{led} 60 patients were reported.") <= {60}


def test_two_ways_of_treatment_are_parts():
    text = "Of the 130 patients who met the criteria, 71 were treated with lumarin rays and 59 with solvatan rays."
    assert 71 not in counted(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Of 90 adults randomised, 84 were eligible for analysis.", ("analysed", 84)),
        ("In all, 84 were eligible for the primary analysis.", ("analysed", 84)),
        ("Accrual was terminated early at 84 of 200 planned adults.", ("enrolled", 84)),
        ("PATIENTS--84 adults with blisters.", ("included", 84)),
        ("84 ASA physical status 1 and 2 women were enrolled.", ("enrolled", 84)),
        ("Ninety NYHA class II or III adults were randomised.", ("randomised", 90)),
        ("The analysis included 84 women (40% of the 210 adults randomised).", ("included", 84)),
        ("Sleep is short in strong older men (SOM). We did a trial in 84 SOM.", ("included", 84)),
        ("Some slept. In trial 1, 60 men were randomised. In trial 2, 84 men were randomised.", ("enrolled", 84)),
    ],
)
def test_who_are_counted_in_other_words(text, expected):
    assert expected in whole(text)


def test_a_short_word_for_no_people_counts_nobody():
    assert whole("Sleep is short in strong older moles (SOM). We did a trial in 84 SOM.") == set()


@pytest.mark.parametrize(
    "wanted",
    [
        "With 300 adults randomised and a one-sided alpha of 5%, 90% power was reached.",
        "Later trials will recruit about 300 adults.",
    ],
)
def test_what_was_wanted_stands_back(wanted):
    assert counted(f"{wanted} In all, 84 adults were randomised.") == {84}
