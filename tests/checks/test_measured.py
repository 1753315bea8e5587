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

READ = {"read", "read-true"}


def test_every_check_that_judges_numbers_was_measured():
    codes = {check.code for check in CHECKS}
    assert set(MEASURED) <= codes
    assert {code for code in codes if set(MEASURED.get(code, {})) <= READ} <= set(NOT_MEASURED)
    # What no simulation writes may still have been counted in real texts.
    assert not any(MEASURED.get(code, {}).get("true-claims") for code in NOT_MEASURED)
    assert all(rates_in_words(code) for code in codes)


def test_true_claims_are_not_questioned():
    assert {code: one["true-questioned"] for code, one in MEASURED.items() if one.get("true-questioned")} == {}


def test_explain_says_what_was_measured_with_n_and_what_would_settle_it():
    said = CliRunner().invoke(cli, ["explain", "ratio-interval"]).output
    assert f"Of {MEASURED['TS201']['true-claims']:,} simulated true claims 0 were asked about (0 to " in said
    assert "of 1,000 with 95% confidence)" in said
    assert "with one digit changed" in said and "What would settle it: one more decimal" in said
    assert f"Serves: INSPECT-SR 4.9 ({INSPECT_SR['INSPECT-SR 4.9']})." in said


def test_explain_says_how_many_questions_about_real_texts_were_true_of_the_print():
    asked, true = MEASURED["TS103"]["read"], MEASURED["TS103"]["read-true"]
    said = CliRunner().invoke(cli, ["explain", "TS103"]).output
    assert 0 < true <= asked
    assert f"about real abstracts {asked} were read in their sentences: {true} were true of the print (" in said


def test_shares_have_the_interval_of_their_counts():
    one = MEASURED["TS201"]
    limits = trialstats.binomial_interval(one["slips-questioned"], one["slips"], method="clopper-pearson")
    (words,) = (said for said in rates_in_words("TS201") if "digit changed" in said)
    assert f"({100 * limits.lower:.0f} to {100 * limits.upper:.0f}%) were asked about" in words


def test_explain_says_why_a_check_was_not_simulated():
    for code, why in NOT_MEASURED.items():
        assert f"Nothing by simulation, for {why}." in CliRunner().invoke(cli, ["explain", code]).output


def test_every_item_that_a_check_serves_has_its_name():
    assert {item for check in CHECKS for item in check.serves} == set(INSPECT_SR)
