"""Words for the better arm, for a shorter time and for a reduced risk, against the numbers beside them."""

import pytest

from trialstats.reanalysis import check


def asked(text, name="direction"):
    return [found.verdict.value for found in check(text).findings if found.check == name and found.verdict.is_question]


SAID = [
    ("Snoring was rarer on the firm bed ({} of 120 adults) than on the soft bed ({} of 118).", 14, 41),
    ("Mean noise was lower with the pillow ({} dB) than without it ({} dB), by 8.6 dB.", "41.2", "49.8"),
    ("Sleep came sooner after cocoa than after broth (median {} min v {} min).", 19, 34),
    ("Naps were longer in sleepers on the firm bed (mean {} hours, SD 1.1) than in those on the soft bed "
     "(mean {} hours, SD 1.3).", "3.9", "2.2"),
    ("The cocoa group had a shorter time awake ({} minutes) than the broth group ({} minutes).", 31, 55),
    ("Sleep scores (lower scores are better) were better with cocoa than with broth (mean {} v {}).", "4.1", "6.8"),
    ("Neck pain at one month favoured cocoa (mean {} with cocoa and {} with broth).", "2.1", "3.6"),
    ("On a scale from 0 to 10 (higher = worse), scores averaged {} after cocoa and {} after broth, a difference of 1.5 "
     "points in favour of cocoa.", "2.1", "3.6"),
]  # fmt: skip


@pytest.mark.parametrize("text, good, bad", SAID)
def test_a_word_for_the_better_or_lower_value(text, good, bad):
    assert asked(text.format(good, bad)) == []
    assert asked(text.format(bad, good)) == ["strained"]


@pytest.mark.parametrize("text, right, turned", [
    ("Cocoa reduced the risk of waking as compared with broth (hazard ratio, {}).",
     "0.80; 95% CI, 0.70 to 0.91", "1.25; 95% CI, 1.10 to 1.42"),
    ("The odds of waking were significantly lower with cocoa (odds ratio for waking {}).",
     "0.61, 95% CI 0.45 to 0.83", "1.64, 95% CI 1.21 to 2.22"),
    ("Late meals increased the incidence of reflux (relative risk {}).",
     "1.52 (95% CI 1.20 to 1.93)", "0.66 (95% CI 0.52 to 0.83)"),
    ("Cocoa prolonged overall survival compared with broth (hazard ratio for death, {}).",
     "0.71; 95% CI, 0.58 to 0.87", "1.41; 95% CI, 1.15 to 1.72"),
])  # fmt: skip
def test_a_risk_that_is_said_to_fall_against_its_ratio(text, right, turned):
    assert asked(text.format(right)) == []
    assert asked(text.format(turned)) == ["strained"]


@pytest.mark.parametrize("text", [
    "Cocoa reduced the time to sleep (hazard ratio for sleep, 1.42; 95% CI, 1.20 to 1.68).",
    "Cocoa reduced the rate of waking, with a hazard ratio of 1.31 (95% CI 1.10 to 1.56) for broth.",
    "Waking was less frequent with cocoa than with broth, with a hazard ratio for broth of 1.45 (95% CI 1.2 to 1.8).",
    "The risk of waking was lower with placebo than with cocoa (risk ratio 1.62, 95% CI 1.11 to 2.36).",
    "Sleepers on reduced doses had a raised risk of waking (HR 1.45; 95% CI 1.12-1.88).",
    "Longer naps were associated with a lower risk of falls (hazard ratio 1.12; 95% CI 1.03 to 1.22).",
    "Cocoa may reduce the risk of waking (hazard ratio, 1.25; 95% CI, 1.10 to 1.42).",
    "Cocoa reduced the risk of waking (hazard ratio, 1.25; 95% CI, 0.90 to 1.74).",
    "The ratio for a 50% or greater reduction in attack frequency was 3.3 (95% CI 2.5 to 4.4).",
    "Sleep was better with cocoa (mean 6.8) than with broth (mean 4.1).",
    "Falls were fewer in beds with lower rails (5 cm) than in beds with higher rails (3 cm).",
    "Survival favoured cocoa plus tea: rates were 79% and 61% with tea alone.",
    "Pain fell by more in the group that the change favoured, cocoa (mean change 3.2 v 4.1).",
])  # fmt: skip
def test_words_that_say_no_such_thing(text):
    assert asked(text) == []


@pytest.mark.parametrize(
    "text, right, turned",
    [
        (
            "Waking was {} common in the cocoa group than in the broth group, affecting 66 of 306 "
            "(21.6%) and 121 of 299 "
            "(40.5%) sleepers, respectively.",
            "less",
            "more",
        ),
        (
            "Snoring was {} frequent among sleepers given cocoa than among those given broth, "
            "occurring in 4.1% and 1.9%, "
            "respectively.",
            "more",
            "less",
        ),
        (
            "Glycated hemoglobin fell by 1.42 percentage points in the lumarin group and by 0.88 "
            "percentage points in the broth "
            "group, a difference in favor of {} (0.54 percentage points; 95% CI, 0.31 to 0.77).",
            "lumarin",
            "broth",
        ),
        (
            "Sleep quality improved by 8.2 points in the cocoa arm and by 3.1 points in the broth "
            "arm (difference in favour "
            "of {}, 5.1 points; 95% CI 2.2 to 8.0).",
            "cocoa",
            "broth",
        ),
    ],
)
def test_words_before_values_in_turn_and_changes_that_favour(text, right, turned):
    assert asked(text.format(right)) == []
    assert asked(text.format(turned)) == ["strained"]


def test_words_behind_a_pair_are_not_those_for_its_second_arm():
    text = "Survival without waking was 51% v 37% in favor of the cocoa arm."
    assert asked(text) == []
    # A score whose good end nobody tells may fall further in the worse arm.
    assert asked("The score dropped 6.1 points with cocoa and 3.0 points with broth (difference favoring broth).") == []
