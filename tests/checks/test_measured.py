"""What was measured of the checks, and that a reader is told."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from click.testing import CliRunner

from trialstats.checks import CHECKS
from trialstats.checks.measured import rates_in_words
from trialstats.cli import cli

MEASURED = tomllib.loads(files("trialstats.checks").joinpath("measured.toml").read_text(encoding="utf-8"))
UNMEASURED = {"TS000", "TS403", "TS404"}
"""What judges nothing, and what needs words that no simulation writes."""


def test_every_check_that_judges_numbers_was_measured():
    codes = {check.code for check in CHECKS}
    assert set(MEASURED) <= codes
    assert {code for code in codes if not rates_in_words(code)} <= UNMEASURED


def test_true_claims_are_not_questioned():
    assert {code: one["true-questioned"] for code, one in MEASURED.items() if one["true-questioned"]} == {}


def test_explain_says_what_was_measured_with_n_and_what_would_settle_it():
    said = CliRunner().invoke(cli, ["explain", "ratio-interval"]).output
    assert f"Of {MEASURED['TS201']['true-claims']:,} simulated true claims 0 had no explanation." in said
    assert "with one digit changed" in said and "What would settle it: one more decimal" in said
    assert "Serves: INSPECT-SR 4.9." in said
