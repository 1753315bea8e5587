"""A number of patients that the text contradicts, and what is said of numbers that it prints."""

import pytest

import trialstats as ts


def asked(text):
    return [one.check for one in ts.check(text).findings if one.verdict.is_question]


def message(text, check):
    return next(one.message for one in ts.check(text).findings if one.check == check)


@pytest.mark.parametrize(
    "said",
    [
        "All 50 randomised patients were included in the analysis.",
        "All 50 patients were analysed.",
        "We treated 50 women, and all were assessed.",
        "We randomised 50 patients and no patient was lost to follow-up.",
        "We enrolled 50 patients. There were no losses to follow-up.",
        "We enrolled 50 patients. The analysis included all randomised patients.",
    ],
)
def test_patients_who_could_not_be_evaluated_are_no_reason_where_all_were(said):
    assert asked(f"{said} A response was seen in 18 patients (37.5%).") == ["percent-count"]
    assert asked(f"{said} A response was seen in 18 patients (36.0%).") == []


@pytest.mark.parametrize(
    "said",
    [
        "We treated 50 patients.",
        "We treated 50 patients, and all were included in the safety analysis.",
        "All 50 patients were analysed; 48 had a scan.",
        "We treated 50 patients. No patient withdrew owing to adverse events.",
    ],
)
def test_they_may_be_one_where_the_text_does_not_say_so(said):
    assert asked(f"{said} A response was seen in 18 patients (37.5%).") == []


def test_an_arm_is_held_to_it_as_all_patients_are():
    text = (
        "All participants were analysed. Participants were randomised to lumarin (n = 50) or placebo (n = 52). A "
        "response was seen in 18 participants ({}) with lumarin and 10 (19.2%) with placebo."
    )
    assert asked(text.format("37.5%")) == ["percent-count"]
    assert asked(text.format("36.0%")) == []
    assert asked(text.format("75.0%").replace("All participants were analysed. ", "")) == asked(text.format("75.0%"))


@pytest.mark.parametrize(
    "text",
    [
        "Of 50 patients treated, 37.5% responded (95% CI, 24.0 to 52.6).",
        "Response rate 25% (95% CI, 18 to 36) of 32 patients.",
        "The response rate was 25% (95% CI, 18 to 36) in 32 patients.",
        "Among 32 evaluable patients the response rate was 25% (95% CI, 18 to 36).",
    ],
)
def test_a_share_of_another_number_than_stands_beside_it_is_hard_to_explain(text):
    (found,) = (one for one in ts.check(text).findings if one.check == "proportion-interval")
    assert found.verdict is ts.Verdict.STRAINED


@pytest.mark.parametrize(
    "text",
    [
        "Of 48 patients treated, 37.5% responded (95% CI, 24.0 to 52.6).",
        "The response rate was 30% (95% CI, 17 to 47) in 40 patients.",
        "We treated 50 patients. The response rate was 37.5% (95% CI, 24.0 to 52.6).",
        "Of 50 patients, 2 left. The response rate was 37.5% (95% CI, 24.0 to 52.6).",
    ],
)
def test_a_share_of_that_number_or_of_no_such_number_is_not(text):
    assert asked(text) == []


def test_numbers_of_patients_that_stand_in_the_text_are_not_denied():
    said = message("We treated 50 patients. The response rate was 37.5% (95% CI, 24.0 to 52.6).", "proportion-interval")
    assert "The text counts 50 patients" in said
    assert "no number of patients" not in said
    text = "We enrolled 50 patients. The posterior mean response rate was 36.5% (95% credible interval, 24.2 to 49.8)."
    assert "The text prints 50, though not beside this claim." in message(text, "posterior-summary")
    assert "We read no number" in message("The response rate was 37.5% (95% CI, 24.0 to 52.6).", "proportion-interval")


def test_a_count_of_no_number_of_patients_is_said_plainly():
    assert message("Response was seen in 3 patients (45%).", "percent-count").startswith(
        "3 patients are 50% of 6 and 43% of 7, and 45% is printed."
    )
    assert message("Deaths: 0 patients (62%).", "percent-count").startswith(
        "0 patients are 0% of any number of patients, and 62% is printed."
    )


def test_a_far_miss_is_told_by_its_numbers_alone():
    said = message("Response was seen in 49 of 98 patients (50.0%; 95% CI, 19.7 to 60.3).", "proportion-interval")
    assert "prints 50.0% (39.7% to 60.3%)." in said
    assert "units of the last digit" not in said


@pytest.mark.parametrize(
    "text",
    [
        "Remission was seen in 45% [3] of the treated patients and 30% [4] of controls.",
        "The response rate was 45% (3) in the first trial.",
        "In earlier work 82% of patients responded (7). We enrolled 120 patients; 56% of 120 patients responded.",
    ],
)
def test_a_number_in_brackets_that_nothing_bears_out_may_be_a_reference(text):
    assert asked(text) == []


def test_a_number_in_brackets_is_a_count_where_others_like_it_are():
    text = "We randomised 40 girls. Colds were seen in 45% (18), coughs in 30% (12) and falls in 45% (3) of them."
    assert asked(text) == ["percent-count"]
    assert asked("A cold was seen in 45% (n = 3) of the girls.") == ["percent-count"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The event rate at 3 years was 12.3% (n=45/420) with lumarin and 16.1% (62/415) without (log-rank P = .3).",
        "By 5 years 12.3% (45/420) and 16.1% (62/415) had died (hazard ratio, 0.74).",
        "At 3 years falls were 12.3% (45 of 420) and 16.1% (62 of 415) by the Kaplan-Meier method.",
    ],
)
def test_a_rate_at_a_time_above_its_events_may_be_from_a_curve(sentence):
    assert "percent-count" not in asked(sentence)
    assert asked(sentence.replace("12.3%", "9.3%")).count("percent-count") == 1
