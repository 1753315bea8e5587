"""What was measured of the checks, and that a reader is told."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from click.testing import CliRunner

import trialstats
from trialstats.checks import CHECKS
from trialstats.checks.measured import NOT_MEASURED, rates_in_words
from trialstats.checks.serving import INSPECT_SR
from trialstats.cli import cli

MEASURED = tomllib.loads(files("trialstats.checks").joinpath("measured.toml").read_text(encoding="utf-8"))


def test_every_check_that_judges_numbers_was_measured():
    codes = {check.code for check in CHECKS}
    assert set(MEASURED) <= codes
    assert {code for code in codes if not rates_in_words(code)} == set(NOT_MEASURED)


def test_true_claims_are_not_questioned():
    assert {code: one["true-questioned"] for code, one in MEASURED.items() if one["true-questioned"]} == {}


def test_explain_says_what_was_measured_with_n_and_what_would_settle_it():
    said = CliRunner().invoke(cli, ["explain", "ratio-interval"]).output
    assert f"Of {MEASURED['TS201']['true-claims']:,} simulated true claims 0 were asked about (0 to " in said
    assert "of 1,000 with 95% confidence)" in said
    assert "with one digit changed" in said and "What would settle it: one more decimal" in said
    assert f"Serves: INSPECT-SR 4.9 ({INSPECT_SR['INSPECT-SR 4.9']})." in said


def test_shares_have_the_interval_of_their_counts():
    one = MEASURED["TS201"]
    limits = trialstats.binomial_interval(one["slips-questioned"], one["slips"], method="clopper-pearson")
    (words,) = (said for said in rates_in_words("TS201") if "digit changed" in said)
    assert f"({100 * limits.lower:.0f} to {100 * limits.upper:.0f}%) were asked about" in words


def test_explain_says_why_a_check_was_not_measured():
    for code, why in NOT_MEASURED.items():
        assert f"Not measured: {why}." in CliRunner().invoke(cli, ["explain", code]).output


def test_every_item_that_a_check_serves_has_its_name():
    assert {item for check in CHECKS for item in check.serves} == set(INSPECT_SR)
