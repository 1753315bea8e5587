"""The reason that explains a number is one that its text allows; where there is none, it is not explained."""

from __future__ import annotations

import pytest

from trialstats import check


def found(text: str, code: str) -> list[tuple[str, str]]:
    """Return the verdicts and messages of one check."""
    return [(one.verdict.value, one.message) for one in check(text).findings if one.code == code]


def verdicts(text: str, code: str) -> list[str]:
    """Return the verdicts of one check."""
    return [verdict for verdict, _ in found(text, code)]


@pytest.mark.parametrize("words", ["geometric mean titre was", "GMT was", "log-transformed mean was"])
def test_means_of_logs_are_central_on_their_scale(words):
    assert verdicts(f"With zincol the {words} 55 (95% CI, 38 to 80).", "TS212") in (["consistent"], [])
    assert "consistent" not in verdicts("Mean albuminuria with zincol was 55 mg (95% CI, 38 to 80).", "TS212")


def test_a_geometric_mean_needs_no_explanation():
    text = "The geometric mean titre was 62 (95% CI 43 to 89) with zincol and 29 (95% CI 21 to 40) with ferrol."
    assert verdicts(text, "TS212") == ["consistent", "consistent"]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("-1.45; 95% CI, -0.40 to -2.50", []),  # by their size
        ("-2.31; 95% CI, 6.10 to -1.48", ["strained"]),  # central with both signs turned
        ("2.2; 95% CI, 3.3 to 1.1", ["explained"]),
    ],
)
def test_bounds_with_the_larger_first(numbers, expected):
    assert verdicts(f"Pain changed with zincol (mean difference, {numbers}).", "TS101") == expected


@pytest.mark.parametrize(
    "text",
    [
        "The median time was 2 min (IQR: 40 sec to 3 min) with zincol.",
        "The median time was 3 h (IQR: 50 min to 4 h) with ferrol.",
    ],
)
def test_bounds_in_two_units_are_not_out_of_order(text):
    assert verdicts(text, "TS101") == []


def test_a_count_of_one_group_is_no_difference():
    text = (
        "A response was reported by 31 (18.2%; 95% CI 12.7-24.8) of 170 women given zincol, an improvement compared "
        "with 22 (14.0%; 9.0-20.4) of 157 women given ferrol."
    )
    assert "explained" not in verdicts(text, "TS209")


def test_an_interval_of_the_difference_behind_two_values():
    text = "The rise was 141 cells/mm3 with zincol and 22 cells/mm3 with ferrol (95% CI for difference, 60.1-178.0)."
    assert "explained" not in verdicts(text, "TS209")


def test_what_was_achieved_in_so_many_is_a_share():
    text = "A 2-point decrease in pain was achieved in 71% (95% CI, 48% to 87%) of the attacks."
    ((verdict, message),) = found(text, "TS209")
    assert verdict == "unchecked" and "share of one group" in message
    other = "Pain was seen to fall by 71% (95% CI, 48% to 87%) with zincol."
    assert "share of one group" not in " ".join(message for _, message in found(other, "TS209"))


@pytest.mark.parametrize(
    ("text", "has", "has_not"),
    [
        ("Walking took longer with zincol (treatment difference 31.0 s, 95% CI -11.0 to 80.0).", "ranks", "Newcombe"),
        ("Fewer died with zincol (difference, 4.8 percentage points; 95% CI -3.0 to 11.9).", "Newcombe", "ranks"),
        ("The median number differed (median difference, 0; 95% CI, -4 to 0).", "median", "cut off"),
        ("The weighted mean difference in stay was -1.4 days (95% CI, -2.3 to -0.2).", "unit of the last", "ranks"),
    ],
)  # fmt: skip
def test_the_method_named_fits_the_kind_of_number(text, has, has_not):
    ((_, message),) = found(text, "TS209")
    assert has in message and has_not not in message


def test_compounds_are_no_money_and_a_step_no_fold_change():
    text = "Use of the compounds was {} (mean difference 5.1, 95% CI 1.8 to 12.0)."
    assert "pounds" not in " ".join(message for _, message in found(text.format("higher"), "TS209"))


def test_a_trifle_off_the_centre_needs_no_reason():
    text = "Costs differed by 512.40 euros (difference 512.40 euros; 95% CI 310.20 to 714.80)."
    assert verdicts(text, "TS209") == ["consistent"]


def test_a_guessed_ratio_that_is_central_as_a_difference():
    text = "Higher risk (b 95% CI) for a cough was seen with smoking [2.2 (1.1-4.2)] and with distance [1.6 ({}-2.2)]."
    assert verdicts(text.format("1.0"), "TS201") == ["consistent", "unchecked"]
    assert verdicts(text.format("1.2"), "TS201") == ["consistent", "consistent"]


def test_a_ratio_below_nought_is_none():
    assert verdicts("The odds ratio was 0.80 (95% CI, -1.30 to 2.90).", "TS201") == ["unchecked"]
    assert verdicts("The odds ratio was 0.67 (95% CI, 0.49 to 0.85).", "TS201") == ["explained"]


def test_one_side_of_a_table_must_be_said():
    text = "A rash was more frequent with zincol (odds ratio, 2.09; 95% CI, 1.05 to 4.16; P = .023)."
    assert all("one-sided" not in message for _, message in found(text, "TS202"))
    assert any("one-sided" in message for _, message in found(f"{text} Tests were one-sided unless stated.", "TS202"))


def test_a_regression_has_tests_of_its_own_model():
    text = (
        "On multivariate analysis the only independent predictor was zincol (hazard ratio 3.9; 95% CI 1.8 to 8.3; "
        "P = .002)."
    )
    assert all("log-rank" not in message for _, message in found(text, "TS202"))


def test_a_gap_beyond_other_tests_names_none_of_them():
    text = "Survival was much the same (hazard ratio, 0.97; 95% CI, 0.79 to 1.20; P = .39). One-sided tests were used."
    ((verdict, message),) = found(text, "TS202")
    assert verdict == "explained" and "log-rank" not in message and "one-sided" in message


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("a reduction of 31.2%", "a rise of 2.0%", "consistent"),
        ("a reduction of 31.2%", "a fall of 2.0%", "strained"),
    ],
)
def test_two_changes_in_opposite_directions(first, second, verdict):
    text = (
        f"With zincol there was {first} in cholesterol, as compared with {second} with ferrol (difference, 33.2 "
        "percentage points; 95% CI, 29.0 to 37.4)."
    )
    assert verdicts(text, "TS222") in ([verdict], [])


def test_a_number_of_some_patients_before_a_ratio():
    text = (
        "There were fewer falls with zincol (92 of 1710) than with ferrol (176 of 1709), in rowers over 60 as well "
        "(n=1872, risk ratio {} [95% CI 0.31 to 0.64])."
    )
    assert "explained" not in verdicts(text.format("0.44"), "TS221")


def test_a_ratio_of_times_is_said_to_weigh_them():
    text = "Falls occurred in 40 of 100 with zincol and 60 of 98 with ferrol (rate ratio, 0.58; 95% CI, 0.45 to 0.77)."
    ((verdict, message),) = found(text, "TS221")
    assert verdict == "explained" and "weighs when events happen" in message


def test_the_words_for_a_gap_fit_its_size():
    text = (
        "It improved in {} of the rowers given zincol and 21.8% of those given ferrol (odds ratio, 1.52; 95% CI, 1.17 "
        "to 1.97)."
    )
    ((_, far),) = found(text.format("26.3%"), "TS221")
    ((_, near),) = found(text.format("29.3%"), "TS221")
    assert "other patients" in far and "rounding" not in far
    assert "rounding" in near


def test_per_cent_in_words_is_no_count():
    text = "Twenty-one percent of 512 left-sided tumours, 4% of 480 right-sided ones and 2% of 310 others were mutant."
    assert all("21 of 512" not in message for _, message in found(text, "TS103"))


def test_one_percentage_rounded_up_among_others():
    text = "Of the lesions 17 of 47 (36%) were round, 34 of 47 (72%) had edges and {} of 47 (90%) were soft."
    assert "strained" in verdicts(text.format(42), "TS103")
    assert "strained" not in verdicts(text.format(42).replace("90%", "89%"), "TS103")


def test_the_count_that_stands_in_the_text_comes_first():
    text = "Ulcers healed in 88 out of 93 per protocol rowers of the zincol group (95%; 95% CI: 88-98%)."
    assert any("88 of 93" in message for _, message in found(text, "TS104"))
    words = "Of the nine rowers with ulcers, healing was seen in five (56%; 95% CI, 27% to 81%)."
    assert all("does not print" not in message for _, message in found(words, "TS104"))


def test_a_reduction_above_one_is_a_ratio():
    text = "One boathouse told of a relative risk for decreased appetite of 0.24 (95% CI 0.05-1.15)."
    assert "explained" not in verdicts(text, "TS201")


def test_a_number_said_once_more_in_another_unit():
    text = "The difference was 0.00 [95% CI -0.11 to 0.12] %; 0.00 [-1.20 to 1.31] mmol/mol at week 30."
    assert any("another unit" in message for _, message in found(text, "TS209"))


def test_a_p_value_on_the_log_scale_beside_an_interval_on_the_natural_one():
    text = "The risk of a fall was higher with zincol (relative risk 3.1; 95% CI, 2.0 to 4.2; P < .0001)."
    assert verdicts(text, "TS202") == ["consistent"]
    assert verdicts(text.replace("< .0001", "= .03"), "TS202") != ["consistent"]
