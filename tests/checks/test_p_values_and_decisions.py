"""P values beside ratios, differences and percentages, and what they are said to decide."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from tests.checks.claims_in_short import ARMS, R, claim, hazard

from trialstats import Reported, check, explain_ratio, read_trial, reanalyse
from trialstats.claims.model import Arm, Basis, Comparison, Estimate, Paper, PValue, Size
from trialstats.errors import InputError, TrialFileError
from trialstats.findings import Verdict
from trialstats.intervals.events import materiality


# --------------------------------------------------------------------------------------------------
# P values beside a ratio
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["ratio-p", "significance"])
def test_a_p_value_above_1_is_compared_with_nothing(judge, name):
    found = judge(name, hazard("0.54", "0.36", "0.81", p="1.2"))
    assert found.verdict == "unchecked" and "lies between 0 and 1" in found.message
    assert not explain_ratio("0.54", ("0.36", "0.81"), p="1.2").feasible
    difference = claim("d", "difference", "-2.0", "-3.1", "-0.9", p="1.2")
    assert judge("difference-p", difference).verdict == "unchecked"


def test_the_other_tail_is_named_with_its_own_range(judge):
    found = judge("ratio-p", hazard("1.25", "0.90", "1.74", p=".91", sided=1))
    assert found.verdict == "consistent"
    assert "the one-sided Wald P value is .90 to .91, against the direction of the estimate" in found.message
    found = judge("ratio-p", hazard("1.25", "0.90", "1.74", p=".10", sided=1))
    assert "against" not in found.message


def test_a_p_value_in_per_cent_keeps_its_sign(judge):
    assert "P = 0.7% agrees" in judge("ratio-p", hazard("0.54", "0.35", "0.84", p="0.7%")).message


def test_another_test_could_print_it_and_a_log_rank_test_belongs_to_hazards(judge):
    found = judge("ratio-p", hazard("0.54", "0.37", "0.79", p="<.001"))
    assert "would print it and another test" in found.message
    assert "log-rank test, could (a gap of " in found.message
    odds = claim("or", "odds-ratio", "0.54", "0.37", "0.79", p=".0005")
    assert "log-rank" not in judge("ratio-p", odds).message
    assert "chi-square" in judge("ratio-p", odds).message
    odds = claim("or", "odds-ratio", "0.54", "0.37", "0.79", p=".0005", test="Fisher's exact")
    assert "test that the text names (Fisher's exact) could" in judge("ratio-p", odds).message


def test_what_a_p_value_apart_from_its_interval_does_to_the_standard_error(judge):
    found = judge("ratio-p", hazard("0.54", "0.36", "0.81", p=".03"))
    assert "the log of the ratio has standard error 0.202 to 0.212" in found.message
    assert "if the P value is a two-sided Wald test's, 0.271 to 0.297" in found.message
    numbers = judge("ratio-interval", hazard("0.50", "0.38", "0.81")).message
    assert "-0.693 with standard error 0.140 if the estimate and the lower bound are right" in numbers
    assert "-0.693 with standard error 0.246 if the estimate and the upper bound are right" in numbers


def test_materiality_takes_printed_text():
    printed, computed = materiality("0.54", ("0.37", "0.79"), p=".003"), materiality(0.54, (0.37, 0.79), p=0.003)
    assert printed == computed and len(printed) == 4
    with pytest.raises(InputError, match="printed number"):
        materiality("0.54", ("0.37", "not reached"))


def read(text, code):
    return next(one for one in check(text).findings if one.code == code)


def test_a_p_value_in_a_sentence_about_a_margin_is_about_the_margin():
    text = "The HR was 0.95 (95% CI, 0.75 to 1.20; P = .004), meeting the noninferiority margin of 1.25."
    assert read(text, "TS202").verdict == "unchecked" and "another null" in read(text, "TS203").message


# --------------------------------------------------------------------------------------------------
# Decisions
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("numbers", "p"), [(("0.83", "0.50", "0.30"), ".03"), (("0.83", "0.30", "0.50"), ".60")])
def test_no_decision_is_read_from_an_interval_that_leaves_out_its_estimate(judge, numbers, p):
    found = judge("significance", hazard(*numbers, p=p))
    assert found.verdict == "unchecked" and "outside its own interval" in found.message


def test_a_difference_without_its_sign_still_decides(judge):
    assert judge("significance", claim("d", "difference", "2.0", "-3.1", "-0.9", p=".001")).verdict == "consistent"


def test_one_arm_with_its_interval_decides_nothing(judge):
    assert judge("significance", claim("r", "proportion", "25%", "12%", "43%", p=".03", arms=("new",))) is None


def test_words_of_decisions(judge):
    said = judge("significance", hazard("0.54", "0.36", "0.81", says="not-significant")).message
    assert "excludes 1 at two-sided .05, and the text calls it not significant" in said
    level = judge("significance", hazard("0.80", "0.60", "1.07", p=".04", level="98.98%")).message
    assert "two-sided .0102" in level


# --------------------------------------------------------------------------------------------------
# NS
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("words", ["P = NS", "p=n.s.", "p not significant", "p: ns"])
def test_not_significant_is_a_p_value_above_the_level(words):
    text = f"Survival did not differ (HR 0.92; 95% CI, 0.70 to 1.21; {words})."
    assert read(text, "TS203").verdict == "consistent"
    assert read(text, "TS202").verdict == "consistent"
    text = f"Survival did differ (HR 0.54; 95% CI, 0.36 to 0.81; {words})."
    assert read(text, "TS203").look


def test_ns_stands_in_a_claim_and_keeps_its_words(judge):
    value = R("NS")
    assert value == R(">.05") and value.text == "NS" and 0.06 in value.range() and Fraction(1, 20) not in value.range()
    found = judge("significance", hazard("0.92", "0.70", "1.21", p="NS"))
    assert found.verdict == "consistent" and "P = NS" in found.message


def test_ns_is_a_p_value_in_a_trial_file_and_nothing_else(tmp_path):
    start = 'schema = 1\n[trial]\nid = "own"\ntitle = "Own"\n[[rows]]\nid = "hr"\nmeasure = "hazard-ratio"\n'
    file = tmp_path / "own.toml"
    file.write_text(start + 'value = ["0.92", "0.70", "1.21"]\nspread = "confidence"\nlevel = "95%"\np = "NS"\n')
    assert reanalyse(read_trial(file), select=["significance"])["hr"].verdict == "consistent"
    file.write_text(start + 'value = "NS"\n')
    with pytest.raises(TrialFileError, match="stands for a P value above"):
        read_trial(file)


# --------------------------------------------------------------------------------------------------
# P values of two arms
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("p", [".47", ".90", ".002"])
def test_another_test_of_two_arms_is_named_with_what_it_is_worth(judge, p):
    pair = [
        claim(f"r.{arm}", "proportion", value, arms=(arm,)) for arm, value in zip(ARMS, ("40%", "25%"), strict=True)
    ]
    found = judge("two-arm-p", *pair, Comparison(id="cmp", of=("r.new", "r.old"), p=PValue(R(p))),
                  sizes={"new": "100", "old": "100"})  # fmt: skip
    assert found.verdict == "unchecked" and "could print nearly any P value here" in found.message
    assert "stratified, adjusted or unconditional exact one, or one of the times to the event" in found.message
    assert re.search(r"\d\.\d away in z from every usual one", found.message)
    assert re.search(r"\d+% of all P values could be explained so", found.message)


@pytest.mark.parametrize(
    "p, verdict",
    [
        ("P = .03", "reproduced"),
        # Fewer patients than the arms have could give a larger P value, and none a smaller one.
        ("P = .0001", "strained"),
        ("P = .41", "unchecked"),
        ("P = .0001, adjusted for age", "unchecked"),
    ],
)
def test_a_p_value_beyond_any_test_at_the_sizes_of_the_arms(p, verdict):
    text = f"We randomised adults to lumarin (n = 100) or placebo (n = 100). Relief was 40% v 25% ({p})."
    assert [one.verdict for one in check(text).findings if one.check == "two-arm-p"] == [verdict]


def compared(first, second, p, sizes):
    arms = tuple(Arm(name, name, {"randomised": Size(Reported(n))}) for name, n in zip("ab", sizes, strict=True))
    pair = [
        Estimate(id=f"r.{arm}", measure="proportion", value=Reported(value), arms=(arm,))
        for arm, value in (("a", first), ("b", second))
    ]
    claims = (*pair, Comparison(id="cmp", of=("r.a", "r.b"), p=PValue(Reported(p))))
    return Paper(id="own", arms=arms, claims=claims, basis=Basis.TYPED)


@pytest.mark.parametrize(
    "first, second, p, sizes, words",
    [
        ("100.0%", "23.0%", "<.001", ("18", "39"), "cut off"),  # 9 of 39 is 23.08
        ("50%", "97%", "<.001", ("40", "57"), "rounded twice"),  # 55 of 57 is 96.49
    ],
)
def test_a_p_value_beside_percentages_that_are_not_plainly_rounded(first, second, p, sizes, words):
    found = reanalyse(compared(first, second, p, sizes), select=["two-arm-p"])["cmp"]
    assert found.verdict is Verdict.EXPLAINED
    assert any(words in reading for reading in found.explanations[0].readings) and words in found.message


def test_a_p_value_of_an_unconditional_test_is_not_left_as_a_question():
    """Barnard's test gives P = .2258 for 26 of 90 v 13 of 32; the catalogue does not hold it."""
    found = reanalyse(compared("28.9%", "40.6%", ".2258", ("90", "32")), select=["two-arm-p"])["cmp"]
    assert found.verdict is Verdict.EXPLAINED and "unconditional" in found.message


@pytest.mark.parametrize(
    ("first", "size", "share", "nothing"),
    [("58%", ("61", "59"), "83%", False), ("48%", ("100", "100"), "94%", True)],
)
def test_what_explains_more_than_nine_in_ten_p_values_explains_next_to_nothing(first, size, share, nothing):
    found = reanalyse(compared(first, "20%", ".60", size), select=["two-arm-p"])["cmp"]
    assert f"{share} of all P values could be explained so" in found.message
    assert ("this explains next to nothing" in found.message) is nothing
