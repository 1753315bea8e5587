"""The ordinary cause of a number is named before a rare one, and what is a slip is asked about."""

from __future__ import annotations

import pytest

from trialstats import check, extract


def found(text: str, code: str) -> list[tuple[str, str]]:
    """Return the verdicts and messages of one check."""
    return [(one.verdict.value, one.message) for one in check(text).findings if one.code == code]


@pytest.mark.parametrize(
    ("ratio", "verdict", "words"),
    [
        ("2.94 (95% CI, 1.92 to 4.55)", "explained", "0.34 (0.22 to 0.52) turned over"),
        ("2.94 (95% CI, 1.92 to 4.61)", "consistent", "next to the centre of the log scale"),
        ("1.7 (95% CI, 1.1 to 3.3)", "explained", "0.6 (0.3 to 0.9) turned over"),
        ("1.60 (95% CI, 1.45 to 1.80)", "consistent", "zeros were put behind rounded numbers: 1.6 (1.45 to 1.8)"),
        ("1.40 (95% CI, 0.66 to 2.90)", "consistent", "1.4 (0.66 to 2.9)"),
        ("2.19 (95% CI, 1.40 to 3.60)", "explained", "off the centre of the log scale"),
        ("0.50 (95% CI, 0.20 to 0.90)", "strained", "not the centre"),
    ],
)
def test_a_ratio_of_rounded_numbers(ratio, verdict, words):
    ((told, message),) = found(f"The odds ratio for a rash was {ratio}.", "TS201")
    assert told == verdict and words in message


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ("22 of 34 (65%; 95% CI, 47% to 80%)", "Clopper-Pearson, rounded twice: 46.49% through 46.5% to 47%"),
        ("3 of 14 (21%; 95% CI, 0% to 42%)", "Wald around the percentage as it is printed: 21% ± 21.34%"),
        ("14 of 34 (41%; 95% CI, 24% to 58%)", "Wald around the percentage as it is printed"),
    ],
)
def test_an_everyday_method_rounded_on_the_way_comes_first(share, words):
    ((verdict, message),) = found(f"A response was seen in {share}.", "TS104")
    assert verdict == "explained" and words in message


def test_a_difference_of_rounded_percentages():
    text = (
        "Of 442 nurses 221 got tea and 221 got water. A rash was seen in {} with tea and {} with water "
        "(difference, {}; 95% CI, {}; P < .01)."
    )
    counts = "129 of 221 (58%)", "99 of 221 (45%)"
    ((verdict, message),) = found(text.format(*counts, "13%", "4% to 22%"), "TS209")
    assert verdict == "explained" and "58% less 45%, the percentages as they are printed" in message
    ((verdict, _),) = found(text.format(*counts, "14%", "4% to 23%"), "TS209")
    assert verdict == "reproduced"


def test_a_curve_is_of_all_patients_that_the_text_counts():
    text = "We treated 70 patients. Overall survival at 3 years was 42.7% (95% CI, 31.1% to 54.3%)."
    ((verdict, _),) = found(text, "TS207")
    assert verdict == "consistent"


@pytest.mark.parametrize(
    ("words", "measure"),
    [
        ("The test has a sensitivity for mild loss of water of only 22%", "proportion"),
        ("The reduction in weight was 22%", "relative-reduction"),
    ],
)
def test_a_sensitivity_for_a_loss_is_a_share(words, measure):
    (claim,) = extract(f"{words} (95% CI, 6% to 48%).").claims
    assert (claim.measure == "proportion") is (measure == "proportion")


def test_percentages_at_a_time_are_no_counts():
    text = (
        "We assigned 348 women to tea and 354 to water. {} 81.9% with tea and 85.6% with water{}. A rash was seen in "
        "10.4% with tea and 10.3% with water, and sleep was good in 55.5% with tea and 55.4% with water."
    )
    timed = found(text.format("Three-year relapse was", "; HR, 0.94 [95% CI, 0.79 to 1.12]"), "TS105")
    plain = found(text.format("Pain was seen in", ""), "TS105")
    assert not any("81.9%" in message for _, message in timed) and any("81.9%" in message for _, message in plain)


@pytest.mark.parametrize(
    ("said", "verdict", "words"),
    [
        ("0.480; 95% CI, 0.193 to 1.154", "strained", "a minus sign may be lost"),
        ("0.480; bootstrap 95% CI, 0.193 to 1.154", "explained", "bootstrap"),
        ("0.52; 95% CI, 0.193 to 1.154", "strained", "standard errors off the centre"),
    ],
)
def test_a_lost_minus_sign_is_asked_about(said, verdict, words):
    ((told, message),) = found(f"The volume was larger with tea (mean difference {said}).", "TS209")
    assert told == verdict and words in message


def test_a_fold_change_with_a_sign_is_no_difference():
    text = "Costs: mean difference in pounds -1.58, 95% CI -2.63 to 1.06; later difference 1.02, 95% CI -1.60 to 1.65."
    told = found(text, "TS209")
    assert any(verdict == "strained" and "fold change with a sign" in message for verdict, message in told)


def test_a_change_in_per_cent_is_a_ratio_as_its_sisters_are():
    text = "The percentage differences were zinc {} (95% CI, {}) and iron 4% (95% CI, -13 to 25)."
    ((verdict, message), _) = found(text.format("-6%", "-11 to 2"), "TS209")
    assert verdict == "strained" and "as 4% beside it is" in message
    ((verdict, _), _) = found(text.format("-5%", "-11 to 2"), "TS209")
    assert verdict == "consistent"


@pytest.mark.parametrize(
    ("tests", "verdict"),
    [
        ("Groups were compared by the Mann-Whitney test.", "explained"),
        ("Groups were compared by t tests or the Mann-Whitney test.", "strained"),
    ],
)
def test_a_method_is_that_of_its_sentence_or_the_only_one(tests, verdict):
    text = f"{tests} The mean difference in sleep was 5.0 (95% CI, 1.0 to 14.0)."
    assert [told for told, _ in found(text, "TS209")] == [verdict]


COUNTS = "A rash was seen in 16 of 45 (36%) with tea and in 5 of 47 (11%) with water "


@pytest.mark.parametrize(
    ("effect", "code", "verdict", "words"),
    [
        ("(odds ratio 4.63; 95% CI, 1.40 to 17.74; P = .006)", "TS202", "consistent", "Fisher's exact test of 16/45"),
        ("(odds ratio 4.63; 95% CI, 1.40 to 17.74; P = .013)", "TS202", "explained", "Of the counts beside it"),
        ("(odds ratio 4.63; 95% CI, 1.40 to 17.74; stratified test, P = .006)", "TS202", "explained", "stratified"),
        ("(difference 24.9%; 95% CI, 8.4% to 41.4%; P = .006)", "TS213", "consistent", "Fisher's exact test of 16/45"),
    ],
)
def test_printed_counts_tell_the_test(effect, code, verdict, words):
    ((told, message),) = found(COUNTS + effect + ".", code)
    assert told == verdict and words in message


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (
            "This meta-analysis took random effects. A rash was seen in 1274 of 4104 (31%) with tea and 591 "
            "of 2814 (21%) with water (risk difference 0.09; 95% CI, 0.07 to 0.11).",
            "TS222",
            "pooled over several studies (“random effects”)",
        ),
        (
            "Times to a rash were compared by survival analysis. We saw 69.3 v 85.2 rashes per 100 patient-years with "
            "tea and with water (rate ratio, 0.85; 95% CI, 0.74 to 0.97).",
            "TS221",
            "a model of the times to the event: the text says “survival analysis”",
        ),
        (
            "Of 359 cats, 38 (20%) of 186 on tea and 40 (23%) of 173 on water had a rash, for an efficacy of 11.7% "
            "(95% CI, -41.3 to 44.9).",
            "TS221",
            "An exact Poisson ratio of 38 and 40 events prints it and its interval",
        ),
        (
            "A rash was seen in 27 of 61 (44%) with tea and 41 of 59 (69%) with water (risk ratio 0.63; "
            "95% CI, 0.46 to 0.87).",
            "TS221",
            "cut off instead of rounded",
        ),
        (
            "A rash was seen in 50 of 90 (56%) with tea and 41 of 92 (45%) with water (odds ratio 1.61; 95% CI, 0.90 "
            "to 2.90).",
            "TS221",
            "The text names no other analysis",
        ),
    ],
)
def test_why_an_effect_is_not_the_crude_one_is_said_in_the_words_of_the_text(text, code, words):
    ((verdict, message),) = found(text, code)
    assert verdict == "explained" and words in message and "adjusted or stratified" not in message


@pytest.mark.parametrize(
    ("ratio", "verdict"),
    [
        ("1.57, 95% CI 0.79-3.12", "strained"),
        ("1.47, 95% CI 0.74-2.95", "explained"),  # one in the last digit
        ("1.46, 95% CI 0.75-2.87", "reproduced"),
    ],
)
def test_beside_its_adjusted_twin_a_ratio_is_the_crude_one(ratio, verdict):
    text = (
        "A rash was seen in 50% (34/68) with tea and in 41% (28/69) with water (odds ratio {}; OR adjusted for age "
        "2.2, 95% CI 0.94-5.15)."
    )
    assert [told for told, _ in found(text.format(ratio), "TS221")][:1] == [verdict]


def test_an_interval_of_one_unit_gives_no_standard_deviation():
    text = (
        "We assigned 416 cats to tea (n = 278) or water (n = 138). Median progression-free survival was 3.7 months "
        "(95% CI, 3.7 to 4.6) with tea and 1.8 months (95% CI, {}) with water (hazard ratio 0.26; 95% CI, 0.21-0.34)."
    )
    ((_, message),) = found(text.format("1.8 to 1.8"), "TS205")
    assert "from arm sizes" in message
    ((_, message),) = found(text.format("1.6 to 2.1"), "TS205")
    assert "from arm sizes" not in message
    # Their intervals are narrower than that of the ratio: how far the two differ is not known.
    assert "a gap of at least" in message and "times the" not in message


def test_a_cost_for_a_benefit_is_no_mean_of_patients():
    text = "The {} was $29,618 (95% CI, 13,869 to 66,898){}."
    ((verdict, message),) = found(text.format("mean cost", " per DALY averted"), "TS212")
    assert verdict == "explained" and "comes from a simulation" in message
    ((_, message),) = found(text.format("mean cost", ""), "TS212")
    assert "comes from a simulation" not in message
