"""Classes of writing and analysis that were asked about and need not be, each beside what must still be asked about."""

from __future__ import annotations

import pytest

import trialstats as ts


def asked(text, check=None):
    """Return the numbers asked about in a text."""
    found = ts.check(text).findings
    return [one.where.quote for one in found if one.verdict.is_question and check in (None, one.check)]


def numbers(text):
    """Return the intervals read from a text, as text."""
    return [
        (one.value.text, one.spread.lower.text, one.spread.upper.text)
        for one in ts.extract(text).claims
        if getattr(one, "interval", None) is not None and one.value is not None
    ]


@pytest.mark.parametrize("bounds", ["1.31,-1.92", "1.31;-1.92", "1.31,–1.92"])
def test_a_comma_and_a_dash_are_one_separator_where_the_estimate_lies_there(bounds):
    text = f"The risk was raised (women: OR 1.59; 95% CI {bounds}; men: OR 1.44; 95% CI 1.20-1.73)."
    assert numbers(text)[0] == ("1.59", "1.31", "1.92")
    assert asked(text) == []


@pytest.mark.parametrize("bounds", ["0.4,-1.2", "0.4, -1.2"])
def test_a_minus_sign_behind_a_comma_stays_one_where_the_estimate_says_so(bounds):
    assert numbers(f"The mean difference was -0.4 kg (95% CI {bounds}).")[0][2] == "-1.2"


@pytest.mark.parametrize("time", ["for 0-6 months", "over 2-12 weeks", "during 0-24 hours", "from 3-9 months"])
def test_the_end_of_a_stretch_of_time_is_no_estimate(time):
    text = f"The mean difference was -31.5 units {time} (95% CI -80.2 to 17.2)."
    assert [one[0] for one in numbers(text)] == ["-31.5"]


@pytest.mark.parametrize("names", ["2.5, 97.5 percentiles", "5th, 95th percentiles", "10, 90 centiles"])
def test_the_names_of_percentiles_are_no_estimates(names):
    text = f"The predicted rate was 14.2 ({names}: 1.7, 38.1) under the first model."
    assert asked(text) == []
    assert not any(one.value is not None and one.value.text in ("97.5", "95", "90") for one in ts.extract(text).claims)


@pytest.mark.parametrize(
    "header",
    [
        "Counts (with 5-year incidence) of stroke",
        "The numbers (cumulative incidence) of stroke",
        "Events (Kaplan-Meier estimates) of stroke",
    ],
)
def test_what_brackets_hold_is_said_once(header):
    text = f"{header} were 30/700 (5.9%) and 41/690 (8.3%). Dialysis was begun in 150/430 (46.2%) and 131/428 (39.9%)."
    assert asked(text) == []


def test_without_such_a_header_the_shares_are_asked_about():
    text = "Strokes were 30/700 (4.3%) and 41/690 (5.9%). Dialysis was begun in 150/430 (46.2%) and 131/428 (39.9%)."
    assert len(asked(text, "percent-count")) == 2


@pytest.mark.parametrize(
    "words",
    [
        "The ordinal scale of disability was compared by a proportional-odds model.",
        "Accrued weeks were compared according to categorical quantification.",
        "A shift analysis of the whole scale was done.",
        "The common odds ratio over all cut-offs was estimated.",
    ],
)
def test_the_odds_ratio_of_ordered_categories_is_not_that_of_one_cut(words):
    cut = "with the drug and 6% with placebo reached 20 points (odds ratio, 3.1; 95% CI, 1.7 to 5.7)."
    text = f"In a randomised trial 32% {cut} {{}}"
    assert asked(text.format(words), "ratio-of-arms") == []
    assert asked(text.format("Both groups were alike at baseline."), "ratio-of-arms")


@pytest.mark.parametrize(
    ("numbers_", "p"),
    [
        ("odds ratio, 9.1; 95% CI, 1.9 to 43.6", ".0015"),  # chi-square of few events beside Woolf's interval
        ("odds ratio, 60.2; 95% CI, 1.3 to 2790", "<.001"),
        ("odds ratio, 4.0; 95% CI, 1.0 to 16.1", ".14"),  # Fisher's test of few events
    ],
)
def test_two_tests_of_one_table_part_further_where_events_are_few(numbers_, p):
    assert asked(f"Relapse was more frequent ({numbers_}; P {p if p[0] == '<' else '= ' + p}).", "ratio-p") == []


@pytest.mark.parametrize(
    ("numbers_", "p"),
    [
        ("odds ratio, 1.62; 95% CI, 1.21 to 2.17", ".03"),
        ("odds ratio, 0.55; 95% CI, 0.38 to 0.80", ".0001"),
        ("hazard ratio, 9.1; 95% CI, 1.9 to 43.6", ".0005"),
        ("odds ratio, 4.0; 95% CI, 1.0 to 16.1", ".40"),
    ],
)
def test_and_are_asked_about_elsewhere(numbers_, p):
    assert asked(f"Relapse was more frequent ({numbers_}; P = {p}).", "ratio-p")


@pytest.mark.parametrize("p", [".0012", ".002"])
def test_a_difference_of_small_groups_is_held_against_t_with_their_degrees_of_freedom(p):
    text = (
        "Thirty patients were randomised to training (n = 10) or rest (n = 10). The mean difference between training "
        f"and rest was -1.02 kg (95% CI -1.49 to -0.55; P = {p})."
    )
    assert asked(text, "difference-p") == []
    assert asked(text.replace(f"P = {p}", "P = .03"), "difference-p")


@pytest.mark.parametrize(
    "words", ["66.6% (95% CI, 52.5% to 78.9%)", "66% (95% CI, 52.5% to 78.9%)", "66.6% (36/54; 95% CI, 52.5% to 78.9%)"]
)
def test_a_percentage_cut_off_beside_rounded_limits(words):
    """36 of 54 is 66.67 %, and Clopper and Pearson give 52.53 to 78.91 %."""
    text = f"Response was {words}."
    assert asked(text, "proportion-interval") == []
    assert asked(text.replace("66.6%", "65.9%").replace("66% (", "62% ("))


def test_exact_limits_of_a_difference_are_known():
    """19 of 24 less 9 of 25: 43.2 points, exactly 15.55 to 66.68."""
    text = "Healing was seen in 79% (19/24) with the gel v 36% (9/25) without ({}% difference; 95% CI, {} to {}%)."
    assert asked(text.format("43.2", "15.6", "66.7")) == []
    assert asked(text.format("43.2", "13.6", "66.7"), "difference-interval")


def test_bounds_of_the_counts_beside_another_difference_are_asked_about():
    """96 of 320 less 72 of 314: 7.07 points, Wald 0.2 to 13.9."""
    text = (
        "Death occurred in 96 of 320 patients (30.0%) in the low-dose group and in 72 of 314 patients (22.9%) in the "
        "high-dose group (absolute risk difference, {} percentage points; 95% CI, 0.2 to 13.9)."
    )
    assert asked(text.format("7.1"), "difference-interval") == []
    assert asked(text.format("5.1"), "difference-interval")


def test_a_size_that_a_text_prints_is_not_called_absent():
    text = "We treated a cohort of 129 patients. Remission was seen in 88% (95% confidence interval, 82-93)."
    said = [one.message for one in ts.check(text).findings if one.check == "proportion-interval"]
    assert said and not any("does not give 129" in one for one in said)


# ----------------------------------------------------------------------------------------------------------------------
# Numbers that were tied to the wrong ones
# ----------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "Nausea was seen in 20.0% v 25.2% ({} v 31/123; P = 0.33).",
        "Nausea was seen in 20.0% with zinc and in 25.2% with sugar ({} and 31/123, respectively).",
        "Nausea (20.0% v 25.2%; {} v 31/123) was mild.",
        "Nausea was seen (20.0% v 25.2% [{} v 31/123]).",
        "Nausea was seen in 20.0%, 25.2% and 17.9% ({}, 31/123 and 22/123).",
    ],
)
def test_percentages_listed_before_their_counts(text):
    assert asked(text.format("25/125"), "percent-count") == []
    if "17.9" in text:  # of two, one alone does not say that the lists are of one order
        assert any(one.look for one in ts.check(text.format("35/125")).findings if one.check == "percent-count")


@pytest.mark.parametrize(
    "text",
    [
        "Median survival was {} months (11.9 to 16.4) with zinc and 8.3 months (7.0 to 9.5) with sugar; 1-year survival"
        " was 57% and 31%, respectively.",
        "Median survival was {} mo (11.9-16.4) vs 8.3 mo (7.0-9.5); 1-year survival was 57% v 31%.",
        "Median survival after surgery was {} months, after rest 8.3 months; 1-year survival was 57% and 31%.",
    ],
)
def test_rates_of_two_curves_are_not_held_against_one_median(text):
    assert asked(text.format("14.1"), "median-landmark") == []


def test_a_rate_and_a_median_of_one_curve_still_are():
    assert asked("Median survival was 14.1 months; 1-year survival was 31%.", "median-landmark")


def test_the_events_of_one_arm_are_not_those_of_all():
    """1204 and 1010 events are 2214; the interval takes 2148 or more."""
    text = (
        "Falls were seen in {} of 24 156 users of zinc and 1010 of 24 120 users of sugar. The hazard ratio for falls"
        " was 1.18 (95% CI, 1.09 to 1.28)."
    )
    assert asked(text.format("1204")) == []
    said = [one.message for one in ts.check(text.format("1204")).findings if one.check == "events"]
    assert not any("1010 events are stated" in one for one in said)


def test_an_interval_without_its_estimate_is_called_so():
    text = "There were 37 cases among 5120 nurses in four wards of the north (95% CI, 5.1 to 10.0)."
    said = [one.message for one in ts.check(text).findings if one.where.quote and "5.1" in one.where.quote]
    assert said and all("an interval alone" in one for one in said)


@pytest.mark.parametrize("times", [30, 1200])
def test_many_effects_in_one_sentence_are_no_burden(times):
    """Each of them once asked for all before it, one inside the other."""
    assert asked("HR 0.5 (95% CI 0.4-0.6; P<.001), " * times) == []


_SHARES = "We randomised 498 adults to lumarin (n=250) or placebo (n=248). Abstinence was "
_COUNTED = _SHARES + "31.1% with lumarin (78 of 250) and 24.9% with placebo (62 of 248)"


@pytest.mark.parametrize(
    ("text", "still"),
    [
        (_COUNTED + "; missing outcomes were imputed.", False),
        (_COUNTED + ", by multiple imputation.", False),
        (_SHARES + "31.1% with lumarin and 24.9% with placebo. Missing outcomes were multiply imputed.", False),
        (_COUNTED + ".", True),
        # Counted as failures, they are whole.
        (_COUNTED + "; missing outcomes were imputed as failures.", True),
        (_COUNTED + "; no outcomes were imputed.", True),
        (_COUNTED + ". Baseline weight was imputed.", True),
    ],
)
def test_imputed_shares_are_no_counts(text, still):
    assert bool(asked(text, "percent-count")) is still
    found = [one for one in ts.check(text).findings if one.check == "percent-count"]
    assert found
    assert still or {one.verdict for one in found} == {ts.Verdict.UNCHECKED}
