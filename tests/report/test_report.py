"""`Report`: finding the finding one looks for, and what its summary says."""

from dataclasses import replace
from itertools import pairwise

import pytest

import trialstats as ts
from trialstats.claims.model import Expectation
from trialstats.errors import InputError, TrialstatsError, UnknownNameError
from trialstats.findings import Verdict
from trialstats.reanalysis import reanalyse
from trialstats.report import NOTE, Report, UnknownClaimError
from trialstats.report.by_claim import foremost


def test_a_claim_is_stood_for_by_the_finding_that_most_deserves_reading(report):
    assert report["pfs-hr"].check == "ratio-p"
    assert report["pfs-hr"].verdict is Verdict.INCONSISTENT


def test_of_gives_all_findings_of_a_claim_in_order(report):
    assert [finding.check for finding in report.of("pfs-hr")] == ["ratio-interval", "ratio-p"]


def test_what_is_to_be_looked_at_comes_behind_the_questions_and_before_all_else(report):
    of = {one.verdict if not one.look else "look": one for one in report.trials[0].findings}
    order = ["inconsistent", "strained", "look", "explained", "consistent", "reproduced", "unchecked"]
    for graver, lesser in pairwise(order):
        assert foremost([of[lesser], of[graver]]) is of[graver]


def test_of_two_equally_severe_findings_the_first_stands(report):
    one, two = report.trials[1].findings
    assert foremost([one, two]) is one
    assert foremost([two, one]) is two


def test_an_id_that_several_trials_have_must_name_its_trial(report):
    with pytest.raises(KeyError, match=r"'alienor:orr.paclitaxel' or 'lms03:orr.paclitaxel'"):
        report["orr.paclitaxel"]
    assert report["lms03:orr.paclitaxel"].verdict is Verdict.REPRODUCED
    assert report["lms03:age"] is report["age"]


@pytest.mark.parametrize(
    ("given", "suggested"), [("pfs-hrr", "'pfs-hr'"), ("alienor:centre", "'alienor:centres'"), ("lonly", "'lonely'")]
)
def test_an_unknown_id_is_a_key_error_that_suggests_the_nearest(report, given, suggested):
    with pytest.raises(KeyError) as caught:
        report[given]
    assert isinstance(caught.value, TrialstatsError)
    assert f"Did you mean {suggested}?" in str(caught.value)
    assert not str(caught.value).startswith(('"', "'"))  # a sentence, not the repr of one


def test_an_id_like_no_other_gets_no_suggestion(report):
    with pytest.raises(UnknownClaimError) as caught:
        report["zzzzzzzz"]
    assert "Did you mean" not in str(caught.value)


def test_the_summary_begins_with_the_note_and_counts_claims_not_findings(report):
    first, alienor, lms03 = report.summary().splitlines()
    assert first == NOTE == "An unexplained number is a question for the authors, not a judgement of them."
    assert alienor == (
        "alienor: 8 claims (2 no explanation found, 1 hard to explain, 1 please look, 1 explained, "
        "1 arithmetic agrees, 2 not checked); "
        "9 figures printed, 7 checked, 2 not checkable"
    )
    assert lms03.startswith("lms03: 2 claims (2 arithmetic agrees);")
    assert str(report) == report.summary()


def test_inconsistent_lists_expected_ones_too_and_as_expected_does_not_hold_them_against_it(report):
    assert len(report.inconsistent) == 2
    assert not report.as_expected
    assert Report(report.trials[1:]).as_expected
    assert [finding.claim for finding in report.inconsistent if finding.as_expected] == ["pfs-hr"]


def test_lines_of_questions_come_the_gravest_first_then_what_to_look_at(report):
    lines = report.to_line().splitlines()
    assert [line.split()[0] for line in lines[2:]] == ["?", "?", "!", "▷"]


def test_what_counts_as_unexpected_may_be_chosen(report):
    assert [one.verdict.value for one in report.unexpected()] == ["inconsistent"]
    assert [one.verdict.value for one in report.unexpected("strained")] == ["inconsistent", "strained"]
    assert report.unexpected("never") == ()
    with pytest.raises(UnknownNameError, match="Did you mean 'strained'"):
        report.unexpected("straind")


def test_an_expected_verdict_is_asked_of_strained_findings_too(report):
    strained = next(one for one in report.findings if one.verdict is Verdict.STRAINED)
    assert strained.as_expected
    assert replace(strained, expected="strained").is_as_expected("strained")
    assert not replace(strained, expected="consistent").as_expected


def test_a_report_of_nothing_is_as_expected_and_still_has_its_first_line():
    empty = Report(())
    assert empty.as_expected
    assert empty.summary() == NOTE
    assert empty.findings == ()


def test_a_report_cannot_be_changed(report):
    with pytest.raises(AttributeError):
        report.trials = ()


def test_a_report_can_be_gone_through():
    report = reanalyse(ts.load_trial("alienor"))
    assert tuple(report) == report.findings and len(report) == len(report.findings)
    assert "orr.paclitaxel" in report and "alienor:orr.paclitaxel" in report and "orr" not in report
    assert report.findings[0] in report and 3 not in report and bool(ts.Report(()))
    with pytest.raises(InputError, match=r"such as report\['orr'\], got 0"):
        report[0]


def test_a_report_is_shown_in_one_line():
    report = ts.check("Cure was seen in 8 of 32 (25%).")
    assert repr(report) == "<Report: 1 text, 1 finding, 0 without explanation>"


def test_the_order_of_bounds_alone_is_no_check_of_them():
    spread = ts.claims.Spread("iqr", ts.Reported("53"), ts.Reported("70"))
    age = ts.claims.Estimate(id="age", measure="median", value=ts.Reported("63"), spread=spread)
    (trial,) = reanalyse(ts.Paper(id="own", claims=(age,))).trials
    assert (trial.coverage.printed, trial.coverage.checked) == (3, 0)
    rate = ts.claims.Estimate(
        id="rate", measure="proportion", value=ts.Reported("25%"), x=ts.Reported("8"), n=ts.Reported("32")
    )
    (trial,) = reanalyse(ts.Paper(id="own", claims=(age, rate))).trials
    assert (trial.coverage.printed, trial.coverage.checked) == (6, 3)


@pytest.mark.parametrize(
    ("numbers", "expect", "sentence", "shown"),
    [
        ({"value": "25%", "n": "32"}, None, "25% is 8 of 32 patients.", False),
        ({"value": "25%", "n": "32"}, "reproduced", "25% is 8 of 32 patients.", False),
        ({"value": "25%", "n": "32"}, "inconsistent", "25% is 8 of 32 patients.", True),
        # Consistent, but only with fewer patients than are printed.
        ({"value": "33%"}, None, "No count of 28 prints 33%; 9 of 27 does", True),
        # Without an explanation, as the keeper of the file expected: it is read all the same.
        ({"value": "25%", "x": "9", "n": "32"}, "inconsistent", "9 of 32 is 28%", True),
    ],
)
def test_a_sentence_stands_under_the_table_where_a_result_departs_from_what_is_printed_or_expected(
    numbers, expect, sentence, shown
):
    given = {name: ts.Reported(text) for name, text in numbers.items()}
    expected = None if expect is None else Expectation(expect, "for a test", "percent-count")
    claim = ts.claims.Estimate(id="rate", measure="proportion", arms=("a",), expect=expected, **given)
    arm = ts.claims.Arm("a", "A", {"randomised": ts.claims.Size(ts.Reported("28"))})
    report = reanalyse(ts.Paper(id="own", arms=(arm,), claims=(claim,)), select=["percent-count"])
    assert (sentence in report.to_markdown().replace("\\", "")) is shown
    assert (sentence in " ".join(report.to_text().split())) is shown


def test_coverage_counts_each_figure_once_and_no_test_statistic():
    text = (
        "The odds ratio was 2.1 (95% CI 1.1 to 4.0; chi2 = 5.2; P = .02). "
        "The difference was 3.4 (95% CI 0.5 to 6.3; t(78) = 2.3, P = .024)."
    )
    coverage = ts.check(text).trials[0].coverage
    assert (coverage.read, coverage.checked, coverage.unchecked) == (8, 8, 0)
