"""Times in words, in other units, in lists of several units, and what only leads to them. The sentences are made up."""

from __future__ import annotations

import pytest
from tests.sources.text.claims_shown import told

from trialstats.sources.text.outcomes.times import times_of
from trialstats.sources.text.reading import extract


def times(text):
    """Return the time of each claim of a text."""
    return [time for *_, time in told(text)]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("After the procedure the mean width was 2.31 mm.", "after the procedure"),
        ("Cough was seen in 41% during mask anaesthesia.", "during mask anaesthesia"),
        ("On follow-up, cough was seen in 41%.", "on follow-up"),
        ("At the last follow-up, cough was seen in 41%.", "at the last follow-up"),
        ("In stage II, cough was seen in 41%.", "in stage ii"),
        ("In the second phase of the study, cough was seen in 41%.", "in the second phase"),
        ("In the early postoperative period, cough was seen in 41%.", "in the early postoperative period"),
        ("In late post-operative period, cough was seen in 41%.", "in late post-operative period"),
        ("Cough (41%) was seen in the immediate postoperative period.", "in the immediate postoperative period"),
        ("At endpoint, cough was seen in 41%.", "at endpoint"),
        ("Mean cough at study outcome was 41 points.", None),
        ("At outcome, mean cough was 41 points.", "at outcome"),
        ("Cough was seen in 41% at post-test.", "at post-test"),
        ("Speed was told. Follow-up cough speed was 0.71 (SD 0.31) m/s.", "follow-up"),
        ("Cough was seen in 41% at posttreatment week 9.", "week 9"),
        ("Cough at 40 s was seen in 41%.", "40 s"),
        ("Cough was seen in 41% at 40 s.", "40 s"),
        ("Cough was seen in 41% after 90 sec.", "90 sec"),
        ("Cough was seen in 41% within 9 consecutive days.", "9 days"),
        ("Cough within 3 to 5 weeks was seen in 41%.", "3 to 5 weeks"),
        ("Cough during the next 9 h (3-12 h) after lunch was seen in 41%.", "9 h (3-12 h) after lunch"),
        ("Cough at 3 months following surgery was seen in 41%.", "3 months following surgery"),
    ],
)
def test_words_that_say_when(text, time):
    assert times(text) == [time]


@pytest.mark.parametrize(
    "text",
    [
        "Rowers in stage III disease had cough in 41%.",
        "Survival was 41% in stage I, was 31% in stage II.",
        "Cough was seen in 41% before a number of injections.",
        "Of women of ages 41 to 75 years, 41% had cough.",
        "Cough rose in year 2006 to 41%.",
        "The mean forced expiratory volume at 1 s was 2.31 L.",
        "The mean onset fell to 41 s.",
    ],
)
def test_words_that_do_not(text):
    assert not any(times(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The shares of iron were, respectively, 31, 24, 12 and 8% at 5 min, 1, 3 and 20 h.",
            ["5 min", "1 h", "3 h", "20 h"],
        ),
        ("Cough was seen in 13%, 22% and 35% at 5 weeks, 4 months and 2 years.", ["5 weeks", "4 months", "2 years"]),
        ("Cough was seen in 13%, 22% and 35% on day 3, 6 and 8, respectively.", ["day 3", "day 6", "day 8"]),
        ("After a median of 61 months, 4-year survival was 71%.", ["4 year"]),
        ("Cough was similar at 3 to 5 weeks: 13% and 22%, respectively.", ["3 to 5 weeks"] * 2),
    ],
)
def test_a_list_of_times_has_a_time_for_each(text, expected):
    assert [time for time in times(text) if time] == expected


def test_each_time_of_a_list_may_have_its_own_unit():
    assert times_of("5 min, 1, 3 and 20 h after lunch") == [
        "5 min",
        "1 h after lunch",
        "3 h after lunch",
        "20 h after lunch",
    ]
    assert times_of("6 month and 1 year") == ["6 month", "1 year"]


def test_a_change_is_seen_when_it_ends():
    text = "Iron fell by 44% from the level before the first meal on day 2 to that before lunch on day 6."
    assert times(text) == ["day 6"]


def test_what_was_kept_later_says_nothing_of_the_result_before():
    text = "The change at week 9 in mood was better (mean, -1.31 points; P = .02): this was kept at weeks 30 and 60."
    assert times(text)[0] == "week 9"


def test_what_a_visit_showed_goes_on():
    text = "The 7-month follow-up showed a mean width of 1.71 mm. Cough was seen in 33%. Rest was seen in 22%."
    assert told(text) == [("1.71", "width", "7 month"), ("33", "cough", "7 month"), ("22", "rest", "7 month")]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("The 2-year mortality was 22% v 43% (hazard ratio, 0.43; 95% CI, 0.19 to 0.97).", "2 year"),
        ("The 2-year overall survival was 78% v 57% (hazard ratio, 0.43; 95% CI, 0.19 to 0.97).", None),
    ],
)
def test_the_ratio_of_events_within_a_time_is_of_that_time(text, time):
    assert times(text)[-1] == time


def test_a_p_has_the_time_of_the_values_that_it_compares():
    text = "We ran a 12-week trial. The mean of mood was 4.81 with tea and 3.42 with milk (P = .03)."
    assert times(text) == ["12 week"] * 3


def test_a_part_of_a_trial_leaves_open_when_in_it():
    text = "The primary outcome was cough at week 17. In part B, cough was seen in 41%."
    assert times(text) == ["in part b (week 17)"]


def test_a_stretch_of_days_is_no_estimate():
    text = "The cure rate at the 6-17 days post-therapy visit was alike: 81.5% and 80.8% (95% CI, -8.2% to 9.5%)."
    claims = extract(text).claims
    assert [one.value and one.value.digits for one in claims] == ["81.5", "80.8", None]
    assert {one.time for one in claims} == {"6-17 days post-therapy"}


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("The change at week 9 in mood was seen in 41%.", "change in mood"),
        ("The cough rate at the 12-week follow-up visit was 41%.", "cough"),
        ("Cough in the first 9 weeks was seen in 41%.", "cough"),
        ("Cough at all time points was seen in 41%.", "cough"),
        ("Cough within 9 days of surgery was seen in 41%.", "cough"),
        ("The change in 30-day cough was seen in 41%.", "change in cough"),
        ("Cumulative incidence through 61 months was 41%.", "cumulative incidence"),
    ],
)
def test_what_leads_to_a_time_is_no_outcome(text, outcome):
    assert [said for _, said, _ in told(text)] == [outcome]


def test_an_early_and_a_late_part_have_each_their_own_hours():
    text = (
        "In the early postoperative period (0-6 h) milk reduced the incidence of a severe cough (41%), but in the late"
        " postoperative period (6-72 h) rash was seen in 17%."
    )
    assert times(text) == ["early postoperative period (0-6 h)", "late postoperative period (6-72 h)"]


def test_the_end_point_of_a_trial_with_one_time_is_that_time():
    text = "In this 17-week trial rowers drank milk or tea. At endpoint, mean weight was 71 kg."
    assert times(text) == ["at endpoint (17 week)"]


def test_the_same_time_is_that_of_the_result_before():
    text = "At 17 weeks, cough was seen in 41%. At the same time point, rash was rarer (P = .021)."
    assert [(outcome, time) for _, outcome, time in told(text)][-1] == ("rash was rarer", "17 weeks")


def test_a_change_of_hours_below_zero_was_seen_when_the_trial_measured():
    text = "Rowers drank milk or tea for 17 weeks. Waking time was reduced most with milk (-1.31 hours, P = .021)."
    assert times(text) == ["17 weeks"]
