"""What findings say: the plain fact first, and nothing asked for that the text already prints."""

import pytest

import trialstats as ts
from trialstats.catalogue.words import method_words
from trialstats.claims.model import Estimate, Paper, Spread
from trialstats.findings import PaperConvention
from trialstats.reanalysis import reanalyse
from trialstats.report.evidence_words import evidence_in_words
from trialstats.reported import Reported
from trialstats.wording import as_printed, p_range

ARMS = "We randomly assigned 120 women to axitinib (n = 61) or placebo (n = 59). "


def message(text, check):
    (finding,) = (one for one in ts.check(text).findings if one.check == check)
    return finding.message


def test_an_explanation_that_is_worth_nothing_begins_with_the_plain_fact():
    said = message(ARMS + "Response was 31% with axitinib and 15% with placebo (P = .90).", "two-arm-p")
    assert said.startswith("The printed P = .90 is not what any usual test of 31% v 15% gives")
    assert "Fisher's exact test gives P = .052" in said and "N-1" in said
    assert "100% of all P values could be explained so: this explains next to nothing" in said


def test_a_stratified_test_is_a_sentence():
    said = message("The hazard ratio was 0.62 (95% CI, 0.42 to 0.91; P = .14).", "ratio-p")
    assert said.startswith("The printed P = .14 is not the two-sided Wald P value")
    assert "It is 0.9 away in z, more than two tests of the same data ever were in simulated trials" in said
    said = message("The hazard ratio was 0.62 (95% CI, 0.42 to 0.91; stratified log-rank P = .14).", "ratio-p")
    assert "A stratified or adjusted test could print it (a gap of 0.91 in z, wider than between two tests" in said


def test_p_values_are_as_printed():
    assert ts.extract("HR 0.54 (95% CI 0.36-0.81; P = .003)").claims[0].p.value.text == ".003"
    assert ts.extract("HR 0.54 (95% CI 0.36-0.81; P = 0.003)").claims[0].p.value.text == "0.003"


def test_p_values_beyond_the_reach_of_floats():
    assert p_range((0.0, 0.0)) == "less than 1e-300"
    assert p_range((0.0, 0.05)) == "at most .050"


@pytest.mark.parametrize(
    ("text", "wanted", "not_wanted"),
    [
        ("Response was 25% (8/32; 95% CI, 18 to 36).", "The method of the interval would settle it", "The count"),
        (ARMS + "Response was seen in 30 (49%).", "61, the size of axitinib, is one of them", "no such number"),
        (ARMS + "Response was seen in 20 (49%).", "the text gives no such number", "the size of"),
    ],
)
def test_what_would_settle_it_is_not_what_the_text_prints(text, wanted, not_wanted):
    said = " ".join(finding.message for finding in ts.check(text).findings)
    assert wanted in said and not_wanted not in said


def test_a_text_has_no_total_that_we_read_and_one_arm_adds_up_to_nothing():
    text = "We randomly assigned women to axitinib (n = 61) or placebo (n = 59)."
    (finding,) = (one for one in ts.check(text).findings if one.check == "totals")
    assert finding.message == "We did not check 61 and 59 randomised: we read no total that they add up to."
    assert not [one for one in ts.reanalyse(ts.load_trial("alienor")).findings if "no total is printed" in one.message]


def test_results_that_an_arm_does_not_print_make_a_sentence():
    evidence = {"claims": 1, "printed": 0, "not_printed": ["response"], "inferred": {},
                "needs": {"n:new": {"response": []}}, "sizes": {"n:new": [58]}}  # fmt: skip
    assert evidence_in_words(PaperConvention(evidence=evidence)) == (
        "The one result of new that tells does not come out at the printed 58 patients: response comes out at no "
        "number near it either",
    )


def test_numbers_are_written_as_they_are_printed():
    def one(measure, value, spread=None, **more):
        return ts.claims.Estimate(id="one", measure=measure, value=ts.Reported(value), spread=spread, **more)

    upper = ts.claims.Spread("confidence", None, ts.Reported("1.06"), level=ts.Reported("95%"))
    assert as_printed(one("median", "not reached", unit="months")) == "not reached"
    assert as_printed(one("median", "6.5", unit="mm hg")) == "6.5 mm Hg"
    assert as_printed(one("hazard-ratio", "0.92", upper)) == "0.92 (upper bound 1.06)"
    assert method_words("newcombe") == "Newcombe"


def test_a_p_value_is_said_once():
    said = message("The mean difference was -2.3 (95% CI, -3.9 to -0.7; P = .005).", "difference-p")
    assert said.count("P = .005") == 1


def test_messages_count_what_the_text_counts():
    trials = ts.check("Harm was seen in 7 of 30 trials (23%).")
    assert [finding.message for finding in trials.findings if finding.check == "percent-count"] == ["23% is 7 of 30."]
    (one,) = [one for one in ts.check("Harm was seen in 1 of 1 women (100%).").findings if one.check == "percent-count"]
    assert "1 patients" not in one.message


def test_a_check_left_out_is_the_reason_given():
    claim = Estimate(
        id="r", measure="proportion", value=Reported("25%"), n=Reported("32"),
        spread=Spread("confidence", Reported("12%"), Reported("43%")),
    )  # fmt: skip
    found = reanalyse(Paper(id="own", claims=(claim,)), ignore=["proportion-interval"])["r"]
    assert "some were left out" in found.message


@pytest.mark.parametrize(
    ("text", "look"),
    [
        ("The mean difference in stiffness was -2.0 (95% CI 0.5 to 3.5).", True),
        ("The mean difference between quenzamab and placebo was -0.4 (95% CI 0.1 to 0.7; P = .01).", True),
        ("Stiffness was reduced by -2.0 (95% CI 0.5 to 3.5).", False),
        ("Stiffness fell by 2.0 (95% CI -3.5 to -0.5).", False),
        ("The mean difference in stiffness was -2.0 (95% CI -3.5 to -0.5).", False),
    ],
)
def test_a_minus_sign_that_its_interval_contradicts_is_not_turned_in_silence(text, look):
    found = ts.check(text).findings
    assert [one.check for one in found if one.look] == (["order"] if look else [])
    central = [one for one in found if one.check == "difference-interval" and "is the centre" in one.message]
    assert bool(central) is not look
    if central and "by" in text:
        assert "we read it with the sign of its bounds" in central[0].message


@pytest.mark.parametrize("text", ["Falls differed (P = 3.1).", "The arms differed in weight, P = 1.7."])
def test_a_p_value_alone_leaves_no_gap_in_its_sentence(text):
    assert message(text, "order").startswith("The printed numbers state a P value of ")


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (
            "We randomly assigned 90 women to mirvatol (n = 50) or placebo (n = 40). Sleep was better in 21 (70%), and "
            "30 slept alone.",
            "30 stands near it, but not as their number",
        ),
        ("Adverse events were seen in 21 women (70%).", "the text gives no such number"),
    ],
)
def test_a_number_that_stands_there_is_not_denied(text, known):
    assert known in message(text, "percent-count")
