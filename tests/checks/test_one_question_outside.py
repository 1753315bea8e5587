"""An estimate outside its own interval is one question, whatever it measures."""

import pytest

import trialstats as ts


def by_check(text):
    return {one.check: one for one in ts.check(text).findings}


def asked(text):
    return [one.check for one in ts.check(text).findings if one.verdict.is_question or one.look]


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("Survival at 2 years was 65% (95% CI, 70 to 82).", "survival-interval"),
        ("The 3-year event-free survival rate was 88% (95% CI, 61% to 79%).", "survival-interval"),
        ("The posterior response rate was 70% (95% CrI, 30% to 60%).", "posterior-summary"),
        ("The posterior mean hazard ratio was 0.95 (95% CrI, 0.40 to 0.80).", "ratio-interval"),
        ("The mean score was 9.9 points (95% CI, 1.0 to 5.0).", "mean-interval"),
        ("The mean difference was 9.9 points (95% CI, 1.0 to 5.0; P = .01).", "difference-interval"),
        ("The mean difference was 9.9 points (95% CI, 1.0 to 5.0; P = .01).", "difference-p"),
        ("The hazard ratio was 0.95 (95% CI, 0.40 to 0.80; P = .01).", "ratio-p"),
        ("The response rate was 72% (95% CI, 31% to 63%).", "proportion-interval"),
        ("The correlation was 0.65 (95% CI, 0.70 to 0.82).", "unnamed-interval"),
    ],
)
def test_one_check_asks_and_the_others_say_why_they_did_not(text, check):
    assert asked(text) == ["order"]
    other = by_check(text)[check]
    assert other.verdict is ts.Verdict.UNCHECKED
    assert "the estimate lies outside its own interval" in other.message


def test_what_both_arms_say_of_it_is_told_and_not_asked():
    text = (
        "Weight was 70.1 kg (SD 10) in 50 women given lumarin and 60.2 kg (SD 9) in 50 given placebo; the mean "
        "difference was 19.9 kg (95% CI, 6.1 to 13.7)."
    )
    assert asked(text) == ["order"]
    told = by_check(text)["difference-of-arms"]
    assert "lies outside its own interval" in told.message
    assert "differ by 9.800 to 10.000" in told.message


def test_events_and_counts_are_other_numbers():
    rate = "Falls were 29.1 per 1,000 person-years (95% CI, 16.0 to 25.0), with 83 falls in 4,120 person-years."
    assert asked(rate.replace("29.1", "20.1")) == []
    assert by_check(rate.replace("29.1", "12.5")).get("order").verdict.is_question
    assert "percent-count" in asked("The response rate was 8 of 50 (70%; 95% CI, 30% to 60%).")


def test_no_repair_leads_to_another_question():
    found = by_check("Survival at 2 years was 65% (95% CI, 70 to 82).")["order"]
    assert "If 7.0 were printed" not in found.message


@pytest.mark.parametrize(
    "text",
    [
        "Walkers lost 7.3 kg (95% CI, -5.8 to -8.8).",
        "Weight decreased by 7.3 kg (95% CI -5.8 to -8.8).",
        "Pain fell by 2.4 points (95% CI, -1.1 to -3.7).",
    ],
)
def test_a_loss_without_its_sign_has_its_bounds_in_the_order_of_their_size(text):
    assert asked(text) == []
    assert by_check(text)["order"].verdict is ts.Verdict.EXPLAINED


def test_a_loss_outside_its_bounds_is_still_asked_about():
    assert asked("Walkers lost 9.3 kg (95% CI, -5.8 to -8.8).") == ["order"]
