"""Words that say how many times, how much better or how many more, against the numbers beside them."""

import pytest

from trialstats.reanalysis import check


def asked(text):
    return [found.check for found in check(text).findings if found.verdict.is_question]


PAIRS = [
    # How many times
    ("Snoring was twice as common on the soft bed ({}%) as on the firm bed (8.2%).", "16.1", "26.1", "direction"),
    ("Sleepers with a cold were three times more likely to snore ({}% v 12%).", "38", "83", "direction"),
    ("The mean number of colds was halved by cocoa, from 2.8 in the winter before it to {} in the winter after.", "1.4",
     "2.6", "direction"),
    ("Cocoa halved the time awake (mean {} v 2.4 hours).", "1.2", "0.6", "direction"),
    # A better curve beside a ratio of the other side
    ("Two-year nap-free survival rose from 41% with broth to 58% with cocoa (hazard ratio, {}).",
     "0.61; 95% CI, 0.49 to 0.76", "1.64; 95% CI, 1.32 to 2.04", "direction"),
    ("Sleepers given cocoa lived longer than those given broth: median survival 18.4 v 12.1 months, HR {}.",
     "0.66 (95% CI 0.53 to 0.82)", "1.52 (95% CI 1.22 to 1.89)", "direction"),
    ("Patients assigned to cocoa had a median survival of {} months, compared with 9.1 months for those assigned to "
     "placebo (hazard ratio 0.58, 95% CI 0.46-0.73).", "15.2", "5.2", "medians-ratio"),
    # Rates in the order of their arms
    ("In 40 weeks 66 falls were seen during 310 patient-years with cocoa and {} during 305 patient-years with "
     "placebo (rate ratio 0.62, 95% CI 0.46-0.83).", "105", "41", "ratio-of-arms"),
    # Lists with the names behind the values
    ("Deep sleep: 81.4% cocoa, {}% broth; difference 12.6% (95% CI 4.1% to 21.1%).", "68.8", "48.8",
     "difference-of-arms"),
    # Changes in points of a percentage
    ("The mean change in snoring was -1.94 percentage points with once-daily cocoa and {} percentage points with broth "
     "(estimated difference, -1.12 percentage points; 95% CI, -1.39 to -0.85).", "-0.82", "-0.22",
     "difference-of-arms"),
    # Numbers needed to treat behind a word of conclusion
    ("Snoring was seen in 62 of 400 patients on soft beds and in 31 of 400 on firm beds; the number needed to harm was "
     "therefore {}.", "13", "52", "needed-to-treat"),
    # Sizes that the sentence before tells
    ("Forty sleepers per group completed the study. Mean wakings were 3.1 (SD 1.2) with cocoa and 4.2 (SD 1.3) with "
     "broth (unpaired t test, P {}).", "< .001", "= .21", "means-p"),
    ("Thirty-eight nurses on firm beds and 41 on soft ones completed the study. Their mean (SD) wakings were 3.1 (1.2) "
     "and 4.2 (1.3), respectively (t test, P {}).", "< .001", "= .21", "means-p"),
    # Said again in the conclusion
    ("Snoring occurred in 15.3% v 21.7% (RR 0.71, 95% CI 0.57 to 0.88). Conclusion: cocoa lowers snoring occurrence "
     "({}% v 21.7%).", "15.3", "13.5", "repeated"),
    ("Mean weight loss was 5.2 kg (95% CI 4.0 to 6.4 kg) at one year. We conclude that a weight loss of {} kg can be "
     "kept for a year.", "5.2", "15.2", "repeated"),
    # Totals of which one size has a slip
    ("The 93 participants were allocated to firm beds (31), soft beds ({}) or the floor (30).", "32", "52", "totals"),
    # A reduction of the conclusion beside rates
    ("The rate of wakings was 0.84 per year with cocoa and 1.12 per year with broth (rate ratio 0.75; 95% CI 0.66 to "
     "0.85). Conclusions: Cocoa reduced the rate of wakings by {}%.", "25", "52", "repeated"),
    ("Nap-free survival was higher in the cocoa group (61%) than in the broth group (46%), with a hazard ratio of {}.",
     "0.64 (95% CI, 0.50 to 0.82)", "1.56 (95% CI, 1.22 to 2.00)", "direction"),
    # Two values behind their names
    ("Snoring: firm bed 6.4%, soft bed 12.6%; RR {}.", "0.51 (95% CI 0.33 to 0.79)", "0.25 (95% CI 0.16 to 0.39)",
     "ratio-of-arms"),
    # A named test of counts whose sizes stand in the sentence before
    ("We allocated 302 adults to cocoa (n = 150) or broth (n = 152). Cramps returned in 30 and 54 participants, "
     "respectively (chi-square test, P = {}).", "0.002", "0.23", "two-arm-p"),
    # Standard errors where the text counts no handful
    ("The slope was 0.74 points per month (SE 0.15; 95% CI, {}).", "0.45 to 1.03", "0.06 to 1.42", "standard-error"),
    # Groups that make the whole
    ("Of the 840 patients randomised, 512 were younger than 65 years and {} were 65 years or older.", "328", "382",
     "categories"),
    ("Of the 212 adults enrolled, 118 were women and {} were men.", "94", "194", "categories"),
    ("Of 95 evaluable patients, 38 responded, including {} complete and 27 partial responses.", "11", "41",
     "categories"),
    # Counts of patients named before them
    ("Of 60 patients on cocoa 27 ({}%) snored, as did 15 of 61 (25%) on broth.", "45", "74", "percent-count"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sound", "slip", "by"), PAIRS)
def test_the_sound_number_is_left_alone_and_the_other_one_asked_about(text, sound, slip, by):
    assert asked(text.format(sound)) == []
    assert by in asked(text.format(slip))


@pytest.mark.parametrize("text", [
    # Words of an analysis, a dose or a wish
    "After adjustment snoring was twice as common on the soft bed (26.1%) as on the firm bed (8.2%).",
    "The dose was doubled from 10% to 60% of the beds (9% v 27%).",
    "More than twice as many snored on the soft bed (24%) as on the firm bed (8.2%).",
    "Sleepers were three times more likely to snore without a pillow (60% v 30%).",
    # A ratio of the other order
    "Nap-free survival rose from 41% with broth to 58% with cocoa (hazard ratio for broth versus cocoa, 1.64; 95% CI, "
    "1.32 to 2.04).",
    "Survival was not better with cocoa: median 18.4 v 12.1 months, HR 1.52 (95% CI 1.22 to 1.89).",
    # Those whom a count leaves
    "Of 310 sleepers with cramps, 118 (38%) snored. Cramps had gone by spring in 174 sleepers (56%): in 53 (45%) of "
    "those who snored and in 121 (63%) of those without.",
    # Groups that need not make the whole
    "Of 95 evaluable patients, 38 responded, including 11 complete and 20 partial responses.",
    "Of the 840 patients randomised, 512 were younger than 65 years and 120 were 75 years or older.",
    "In three villages the slope was 0.74 points per month (SE 0.15; 95% CI, 0.09 to 1.39).",
    "Survival was higher in the placebo group (61%) than in the broth group (46%), with a hazard ratio of 1.56 (95% CI "
    "1.22 to 2.00).",
    # Sizes of others, and another number of the conclusion
    "Forty sleepers were excluded and 38 not measured. Mean wakings were 3.1 (SD 1.2) with cocoa and 4.2 (SD 1.3) with "
    "broth (unpaired t test, P = .21).",
    "The mean pain was 5.2 points at one year. We conclude that 15.2 kg of cocoa can be kept for a year.",
])  # fmt: skip
def test_neighbours_that_say_no_such_thing(text):
    assert asked(text) == []
